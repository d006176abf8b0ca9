//! Collects the requirements of a document while it is walked.

use std::collections::HashSet;

use super::context::Context;
use super::need::Need;
use super::path::{KeyPath, keys_below};
use super::requirements::{Available, Part, Requirement, Requirements};
use super::verdict::has_user_enrollment;
use crate::schema::{AccessRights, Channel, Enrollment, Fact, Item, Mode, Os, TargetCondition, Version};

/// The facts about something, the item and the key that it is, and its value.
type Subject = (*const (Os, Fact), Option<&'static str>, Option<String>, Option<String>);

/// The requirements found so far.
#[derive(Default)]
pub(super) struct Collector {
    requirements: Requirements,
    /// The systems that lack something around the current place. What is in it requires nothing of them.
    absent: OsSet,
    /// What was found already.
    seen: HashSet<Subject>,
    parts: usize,
    /// The number of items, and of those that each system has.
    items: usize,
    available_items: [usize; Os::ALL.len()],
}

/// A set of operating systems.
#[derive(Clone, Copy, Default)]
pub(super) struct OsSet([bool; Os::ALL.len()]);

impl Collector {
    pub(super) fn finish(mut self) -> Requirements {
        for os in Os::ALL {
            let has_none = self.items > 0 && self.available_items[os as usize] == 0;
            let system = self.requirements.on_mut(os);
            system.available = match (has_none, system.unavailable.is_empty()) {
                (true, _) => Available::None,
                (false, false) => Available::Some,
                (false, true) => Available::All,
            };
        }
        self.requirements
    }

    fn is_absent(&self, os: Os) -> bool {
        self.absent.0[os as usize]
    }

    /// Returns whether there is room for another part.
    fn has_room(&mut self) -> bool {
        self.parts += 1;
        let has_room = self.parts <= Requirements::MAX_PARTS;
        if !has_room {
            self.requirements.set_incomplete();
        }
        has_room
    }

    fn unavailable(&mut self, os: Os, part: &Part) {
        if !self.is_absent(os) && self.has_room() {
            self.requirements.on_mut(os).unavailable.push(part.clone());
        }
    }

    fn require(&mut self, os: Os, need: Need, [since, before]: [Option<Version>; 2], part: &Part) {
        if !self.is_absent(os) && self.has_room() {
            self.requirements.on_mut(os).require(Requirement {
                need,
                since,
                before,
                parts: vec![part.clone()],
            });
        }
    }

    fn ignore(&mut self, os: Os, need: Need, part: &Part) {
        if !self.is_absent(os) && self.has_room() {
            self.requirements.on_mut(os).ignore(Requirement {
                need,
                since: None,
                before: None,
                parts: vec![part.clone()],
            });
        }
    }

    /// Adds a fact about something on a system that has it.
    fn fact(&mut self, os: Os, fact: Fact, part: &Part) {
        let always = [None, None];
        match fact {
            Fact::Introduced(version) => self.require(os, Need::Version(version), always, part),
            Fact::Removed(Some(version)) => self.require(os, Need::Before(version), always, part),
            Fact::Supervised(true) => self.require(os, Need::Supervised(true), always, part),
            Fact::SupervisedSince(since) => self.require(os, Need::Supervised(true), [Some(since), None], part),
            Fact::RequiresDep(true) => self.require(os, Need::AutomatedEnrollment(true), always, part),
            Fact::UserApprovedMdm(true) => self.require(os, Need::UserApproved(true), always, part),
            Fact::AllowManualInstall(false) => self.require(os, Need::ManualInstall(false), always, part),
            // For some keys no single right is enough, so the schema has a phrase instead of a name.
            Fact::AccessRight(Some(right)) if AccessRights::named(right).is_some() => {
                self.require(os, Need::Right(right), always, part)
            }
            // Only Macs have a user channel besides Shared iPads.
            Fact::DeviceChannel(false) if os == Os::Macos => {
                self.require(os, Need::Channel(Channel::User), always, part);
            }
            Fact::UserChannel(false) if os == Os::Macos => {
                self.require(os, Need::Channel(Channel::Device), always, part);
            }
            Fact::AllowedScopes(["system"]) if os == Os::Macos => {
                self.require(os, Need::Channel(Channel::Device), always, part);
            }
            Fact::AllowedScopes(["user"]) => self.require(os, Need::Channel(Channel::User), always, part),
            Fact::SharedIpad(mode) if os == Os::Ios => self.mode(os, mode, Need::SharedIpad, part),
            Fact::SharedIpadScopes([]) if os == Os::Ios => self.mode(os, Mode::Forbidden, Need::SharedIpad, part),
            Fact::UserEnrollment(mode) if has_user_enrollment(os) => {
                let need = |with| {
                    Need::Enrollment(vec![match with {
                        true => Enrollment::User,
                        false => Enrollment::Device,
                    }])
                };
                self.mode(os, mode, need, part);
            }
            Fact::AllowedEnrollments(allowed) => self.enrollments(os, allowed, part),
            _ => {}
        }
    }

    fn mode(&mut self, os: Os, mode: Mode, need: impl Fn(bool) -> Need, part: &Part) {
        match mode {
            Mode::Allowed => {}
            Mode::Required => self.require(os, need(true), [None, None], part),
            Mode::Forbidden => self.require(os, need(false), [None, None], part),
            Mode::Ignored => self.ignore(os, need(true), part),
        }
    }

    fn enrollments(&mut self, os: Os, allowed: &[&str], part: &Part) {
        let has = |name| allowed.contains(&name);
        let is_allowed = [
            (Enrollment::Device, has("device") || has("supervised")),
            (Enrollment::User, has("user") || !has_user_enrollment(os)),
        ];
        if is_allowed.iter().any(|(_, is_allowed)| !is_allowed) {
            let is_local = (Enrollment::Local, has("local"));
            let names = is_allowed.into_iter().chain([is_local]);
            let real = |enrollment| enrollment != Enrollment::User || has_user_enrollment(os);
            let enrollments = names.filter_map(|(name, is_allowed)| (is_allowed && real(name)).then_some(name));
            self.require(os, Need::Enrollment(enrollments.collect()), [None, None], part);
        }
        if has("supervised") != has("device") && !has("user") {
            self.require(os, Need::Supervised(has("supervised")), [None, None], part);
        }
    }
}

impl Context<'_> {
    /// Starts to collect requirements instead of checking availability.
    pub(crate) fn collect_requirements(&mut self) {
        self.collector = Some(Box::default());
    }

    /// Returns the collected requirements.
    pub(crate) fn take_requirements(&mut self) -> Requirements {
        self.collector
            .take()
            .map_or_else(Requirements::default, |collector| collector.finish())
    }

    /// Calls `check`, and forgets afterwards which systems lack what is in there.
    pub(super) fn within_part(&mut self, check: impl FnOnce(&mut Self)) {
        let absent = self.collector.as_ref().map(|collector| collector.absent);
        check(self);
        if let (Some(collector), Some(absent)) = (&mut self.collector, absent) {
            collector.absent = absent;
        }
    }

    /// Collects the facts about an item.
    pub(super) fn collect_item(&mut self, item: &'static Item, path: &KeyPath<'_>) {
        self.collect(item.support, path, None);
        let Some(collector) = &mut self.collector else { return };
        collector.items += 1;
        for os in Os::ALL {
            // A system that the facts do not mention does not have the item, unless there are no facts.
            let is_mentioned = item.support.is_empty() || item.support.iter().any(|(on, _)| *on == os);
            if !is_mentioned {
                let part = Part {
                    path: path.to_string(),
                    item: Some(item.name),
                    key: None,
                    value: None,
                };
                collector.unavailable(os, &part);
                collector.absent.0[os as usize] = true;
            }
            collector.available_items[os as usize] += usize::from(!collector.is_absent(os));
        }
    }

    /// Collects the facts about a key, or about one of its values.
    pub(super) fn collect(&mut self, facts: &'static [(Os, Fact)], path: &KeyPath<'_>, value: Option<&str>) {
        let (item, depth) = (self.item.map(|item| item.name), self.item_depth);
        let Some(collector) = &mut self.collector else { return };
        let path = path.to_string();
        let part = Part {
            key: keys_below(&path, depth),
            path,
            item,
            value: value.map(str::to_owned),
        };
        let is_gone = |fact: &Fact| matches!(fact, Fact::NotAvailable | Fact::Removed(None));
        let subject = (facts.as_ptr(), item, part.key.clone(), part.value.clone());
        let is_new =
            !facts.is_empty() && collector.seen.len() < Requirements::MAX_PARTS && collector.seen.insert(subject);
        for os in Os::ALL {
            let own: Vec<Fact> = facts
                .iter()
                .filter(|(on, _)| *on == os)
                .map(|(_, fact)| *fact)
                .collect();
            if own.iter().any(is_gone) {
                if is_new {
                    collector.unavailable(os, &part);
                }
                collector.absent.0[os as usize] |= value.is_none();
            } else if is_new {
                // The channels of Shared iPads matter if nothing else is possible.
                if own.contains(&Fact::SharedIpad(Mode::Required)) {
                    for (fact, channel) in [
                        (Fact::SharedIpadDeviceChannel(false), Channel::User),
                        (Fact::SharedIpadUserChannel(false), Channel::Device),
                    ] {
                        if own.contains(&fact) {
                            collector.require(os, Need::Channel(channel), [None, None], &part);
                        }
                    }
                }
                own.into_iter().for_each(|fact| collector.fact(os, fact, &part));
            }
        }
    }

    /// Collects what a target needs so that a key may be present.
    pub(super) fn collect_condition(
        &mut self,
        path: String,
        systems: Option<&[Os]>,
        need: Option<Need>,
        versions: [Option<Version>; 2],
    ) {
        let (item, depth) = (self.item.map(|item| item.name), self.item_depth);
        let Some(collector) = &mut self.collector else { return };
        let part = Part {
            key: keys_below(&path, depth),
            path,
            item,
            value: None,
        };
        for os in Os::ALL {
            if systems.is_some_and(|systems| !systems.contains(&os)) {
                continue;
            }
            match &need {
                // No other device is a Shared iPad.
                Some(Need::SharedIpad(false)) if os != Os::Ios => {}
                Some(need) => collector.require(os, need.clone(), versions, &part),
                None => collector.unavailable(os, &part),
            }
        }
    }
}

/// The systems and versions to which the conditions of a rule on a target apply, and its other conditions on a target.
pub(super) struct TargetConditions {
    pub(super) systems: Option<&'static [Os]>,
    pub(super) versions: [Option<Version>; 2],
    pub(super) others: Vec<TargetCondition>,
}

impl TargetConditions {
    /// Separates the conditions. Returns `None` if several of them name systems.
    pub(super) fn new(conditions: impl Iterator<Item = TargetCondition>) -> Option<Self> {
        let mut separated = Self {
            systems: None,
            versions: [None, None],
            others: Vec::new(),
        };
        for condition in conditions {
            match condition {
                TargetCondition::Os { .. } if separated.systems.is_some() => return None,
                TargetCondition::Os { systems, from, before } => {
                    (separated.systems, separated.versions) = (Some(systems), [from, before]);
                }
                other => separated.others.push(other),
            }
        }
        Some(separated)
    }
}

//! Parses `supportedOS`: the availability on each operating system.

use serde_yaml::{Mapping, Value};

use super::Parser;
use super::fields::Fields;
use crate::message::{did_you_mean, found, one_of, shorten};
use crate::model::{Fact, Os, Property, Version};

/// A boolean property, and the fact that it states.
type Flag = (&'static str, fn(bool) -> Property);

/// The operating systems.
const SYSTEMS: [&str; 5] = ["iOS", "macOS", "tvOS", "visionOS", "watchOS"];

impl<'a> Parser<'a> {
    /// Reads `supportedOS`.
    pub(super) fn support(&mut self, value: &'a Value, place: &str) -> Vec<Fact> {
        let mut facts = Vec::new();
        let Value::Mapping(systems) = value else {
            self.problem(
                place,
                format!(
                    "`supportedOS` must be a mapping of operating systems, found {}",
                    found(value)
                ),
            );
            return facts;
        };
        for (name, value) in systems {
            let name = name.as_str().map_or_else(|| found(name), str::to_owned);
            let Some(os) = Os::of(&name) else {
                let other = match name.to_ascii_lowercase().as_str() {
                    "ipados" | "iphone" | "ipad" | "iphoneos" => {
                        Some("did you mean `iOS`? It includes iPadOS".to_owned())
                    }
                    "osx" | "os x" | "mac" | "mac os" => Some("did you mean `macOS`?".to_owned()),
                    "xros" | "visionpro" => Some("did you mean `visionOS`?".to_owned()),
                    _ => did_you_mean(&name, SYSTEMS),
                };
                let message = format!(
                    "unknown operating system `{}`; expected {}",
                    shorten(&name),
                    one_of(&SYSTEMS)
                );
                self.suggest(place, message, other);
                continue;
            };
            let place = format!("{place}.{name}");
            match self.anchors.plain(value) {
                None => {}
                Some(Value::Mapping(properties)) => self.properties(os, properties, &place, &mut facts),
                Some(other) => {
                    let message = format!(
                        "a mapping was expected, such as `introduced: '15.0'`, found {}",
                        found(other)
                    );
                    self.problem(&place, message);
                }
            }
        }
        facts.sort();
        facts
    }

    /// Reads the properties of one operating system.
    fn properties(&mut self, os: Os, properties: &'a Mapping, place: &str, facts: &mut Vec<Fact>) {
        let mut fields = Fields::new(properties, place, self.anchors);
        let mut add = |property| facts.push(Fact { os, property });
        if let Some(text) = self.version_text(&mut fields, "introduced") {
            match text.as_str() {
                "n/a" => add(Property::NotAvailable),
                "all" => add(Property::Always),
                _ => {
                    if let Some(v) = self.version(&text, "introduced", place) {
                        add(Property::Introduced(v));
                    }
                }
            }
        }
        if let Some(text) = self.version_text(&mut fields, "deprecated")
            && let Some(v) = self.version(&text, "deprecated", place)
        {
            add(Property::Deprecated(v));
        }
        if let Some(text) = self.version_text(&mut fields, "removed")
            && let Some(v) = self.version(&text, "removed", place)
        {
            add(Property::Removed((v > Version(0, 0, 0)).then_some(v)));
        }
        if let Some(text) = fields.text("accessrights") {
            add(Property::AccessRight((text != "n/a" && text != "None").then_some(text)));
        }
        let flags: [Flag; 9] = [
            ("multiple", Property::Multiple),
            ("devicechannel", Property::DeviceChannel),
            ("userchannel", Property::UserChannel),
            ("supervised", Property::Supervised),
            ("requiresdep", Property::RequiresDep),
            ("userapprovedmdm", Property::UserApprovedMdm),
            ("allowmanualinstall", Property::AllowManualInstall),
            ("always-skippable", Property::AlwaysSkippable),
            ("beta", Property::Beta),
        ];
        for (name, property) in flags {
            if let Some(flag) = fields.flag(name) {
                add(property(flag));
            }
        }
        if let Some(list) = fields.take("allowed-enrollments") {
            add(Property::AllowedEnrollments(self.words(
                list,
                "allowed-enrollments",
                place,
            )));
        }
        if let Some(list) = fields.take("allowed-scopes") {
            add(Property::AllowedScopes(self.words(list, "allowed-scopes", place)));
        }
        if let Some(shared) = fields.mapping("sharedipad") {
            let mut shared = Fields::new(shared, &format!("{place}.sharedipad"), self.anchors);
            if let Some(mode) = self.mode(&mut shared) {
                add(Property::SharedIpadMode(mode));
            }
            if let Some(flag) = shared.flag("devicechannel") {
                add(Property::SharedIpadDeviceChannel(flag));
            }
            if let Some(flag) = shared.flag("userchannel") {
                add(Property::SharedIpadUserChannel(flag));
            }
            if let Some(list) = shared.take("allowed-scopes") {
                add(Property::SharedIpadScopes(self.words(
                    list,
                    "allowed-scopes",
                    shared.place(),
                )));
            }
            self.finish(shared);
        }
        if let Some(user) = fields.mapping("userenrollment") {
            let mut user = Fields::new(user, &format!("{place}.userenrollment"), self.anchors);
            if let Some(mode) = self.mode(&mut user) {
                add(Property::UserEnrollmentMode(mode));
            }
            user.take("behavior");
            self.finish(user);
        }
        self.finish(fields);
    }

    fn mode(&mut self, fields: &mut Fields<'_>) -> Option<String> {
        const MODES: [&str; 4] = ["allowed", "required", "forbidden", "ignored"];
        let mode = fields.text("mode")?;
        self.check_word(Some(&mode), "mode", &MODES, fields.place());
        MODES.contains(&mode.as_str()).then_some(mode)
    }

    /// Reads a list of enrollments or scopes.
    fn words(&mut self, list: &'a Value, name: &'static str, place: &str) -> Vec<String> {
        let known: &[&str] = if name == "allowed-scopes" {
            &["system", "user"]
        } else {
            &["supervised", "device", "user", "local"]
        };
        let words = self.texts(Some(list), place, name);
        for word in &words {
            self.check_word(Some(word), name, known, place);
        }
        words
    }

    /// Reads the text of a version. Reports a number, because `10.10` without quotes is 10.1.
    fn version_text(&mut self, fields: &mut Fields<'_>, name: &'static str) -> Option<String> {
        if let Some(Value::Number(number)) = fields.peek(name) {
            fields.take(name);
            let place = fields.place().to_owned();
            let spelling = number.to_string();
            let message = format!(
                "`{name}` is a version, but without quotes YAML reads it as the number {number}, the same for 10.1 and 10.10"
            );
            let other = self.spelling_after(name, number.as_f64()).unwrap_or(spelling);
            self.suggest(&place, message, Some(format!("put it in quotes: `{name}: '{other}'`")));
            return None;
        }
        fields.text(name)
    }

    /// Returns how the file spells the number after `name:`, if the spelling is always the same.
    fn spelling_after(&self, name: &str, number: Option<f64>) -> Option<String> {
        let mut spellings: Vec<&str> = self
            .text
            .match_indices(name)
            .filter_map(|(start, _)| {
                let rest = self.text[start + name.len()..]
                    .strip_prefix(':')?
                    .trim_start_matches(' ');
                let end = rest
                    .find(|c: char| !c.is_ascii_digit() && c != '.')
                    .unwrap_or(rest.len());
                Some(&rest[..end])
            })
            .filter(|spelling| spelling.parse().ok() == number)
            .collect();
        spellings.sort_unstable();
        spellings.dedup();
        match spellings.as_slice() {
            [one] => Some((*one).to_owned()),
            _ => None,
        }
    }

    fn version(&mut self, text: &str, name: &str, place: &str) -> Option<Version> {
        let version = Version::of(text);
        if version.is_none() {
            let words = if name == "introduced" { ", `n/a` or `all`" } else { "" };
            self.problem(
                place,
                format!(
                    "`{name}` is `{}`; expected a version such as '15.0' or '15.0.1'{words}",
                    shorten(text)
                ),
            );
        }
        version
    }
}

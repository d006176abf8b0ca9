//! What a document requires of the devices on which it works.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::need::{Need, Needs};
use crate::schema::{Os, Version};

/// What a document requires of a device: for each operating system the lowest version and the conditions, and what is not available or
/// ignored there.
///
/// [`Validate::requirements`](super::Validate::requirements) returns the requirements of a value, `lint::requirements` those of a file.
/// Collect those of several documents into the requirements of all of them:
///
/// ```
/// use apple_mdm::profiles::{Passcode, PayloadEntry, Profile, passcode};
/// use apple_mdm::schema::{Os, Version};
/// use apple_mdm::validate::{Need, Requirements, Validate};
///
/// let passcode = Passcode {
///     min_length: Some(8),
///     custom_regex: Some(passcode::CustomRegex::new("[0-9]{6}")),
///     ..Passcode::default()
/// };
/// let entry = PayloadEntry::new("com.example.passcode", "24A9D6AC-9C34-45F3-B92F-88C4657204C9", passcode);
/// let profile = Profile::new("com.example.office", "3F2504E0-4F89-41D3-9A0C-0305E82C3301", [entry]);
///
/// let requirements: Requirements = [profile].iter().map(Validate::requirements).collect();
/// let macos = requirements.on(Os::Macos);
/// assert_eq!(macos.version(), Some(Version::new(14, 0, 0)));
/// assert_eq!(macos.conditions[0].need, Need::Version(Version::new(14, 0, 0)));
/// assert_eq!(macos.conditions[0].parts[0].key.as_deref(), Some("customRegex"));
/// // iOS has the payload, but not this key.
/// let ios = requirements.on(Os::Ios);
/// assert_eq!(ios.unavailable[0].path, "PayloadContent[0].customRegex");
/// ```
///
/// Requirements follow from what is in the document. Whether its values are valid does not matter. Keys that the schema does not have, and
/// items of the document that are not known, require nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirements {
    systems: [SystemRequirements; Os::ALL.len()],
    /// Whether there were too many parts to list all of them.
    is_incomplete: bool,
}

/// What a document requires on one operating system.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SystemRequirements {
    /// The operating system.
    pub os: Os,
    /// How much of the document the system has in any version.
    pub available: Available,
    /// What a device must be so that everything works that the system has. The conditions on the version come first.
    pub conditions: Vec<Requirement>,
    /// What no version of the system has.
    pub unavailable: Vec<Part>,
    /// What the system accepts but ignores under a condition.
    pub ignored: Vec<Requirement>,
}

/// How much of a document an operating system has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums)]
pub enum Available {
    /// All of it.
    All,
    /// Some of it. The rest is listed as unavailable.
    Some,
    /// None of its items.
    None,
}

/// A condition, and the parts of the document that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Requirement {
    /// What is needed. For what is [ignored](SystemRequirements::ignored), the property with which it is ignored.
    pub need: Need,
    /// The version of the system from which it applies. `None`: from the first.
    pub since: Option<Version>,
    /// The version of the system from which it no longer applies. `None`: it still does.
    pub before: Option<Version>,
    /// The parts that it is about.
    pub parts: Vec<Part>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Part {
    /// The path in the document. Of several equal parts, such as a key in each element of an array, it is that of the first.
    pub path: String,
    /// The name of the item.
    pub item: Option<&'static str>,
    /// The key, as a path in the item without indices. `None` if the part is the item itself.
    pub key: Option<String>,
    /// The value of the key, if the requirement is about this value rather than about the key.
    pub value: Option<String>,
}

impl Available {
    /// Returns `all`, `some` or `none`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Some => "some",
            Self::None => "none",
        }
    }
}

impl Default for Requirements {
    /// The requirements of a document that requires nothing.
    fn default() -> Self {
        Self {
            systems: Os::ALL.map(SystemRequirements::new),
            is_incomplete: false,
        }
    }
}

impl Requirements {
    /// The maximum number of parts that are listed for all systems together.
    pub(super) const MAX_PARTS: usize = 20_000;

    /// Returns the requirements on an operating system.
    #[must_use]
    pub fn on(&self, os: Os) -> &SystemRequirements {
        &self.systems[os as usize]
    }

    /// Returns the requirements on each operating system.
    #[must_use]
    pub fn systems(&self) -> &[SystemRequirements] {
        &self.systems
    }

    /// Whether the document has so many different parts with requirements (20,000) that some of them are not listed.
    #[must_use]
    pub const fn is_incomplete(&self) -> bool {
        self.is_incomplete
    }

    pub(super) const fn set_incomplete(&mut self) {
        self.is_incomplete = true;
    }

    pub(super) fn on_mut(&mut self, os: Os) -> &mut SystemRequirements {
        &mut self.systems[os as usize]
    }

    /// Calls `change` with each part.
    #[cfg(feature = "lint")]
    pub(crate) fn each_part(&mut self, mut change: impl FnMut(&mut Part)) {
        for system in &mut self.systems {
            let listed = system.conditions.iter_mut().chain(&mut system.ignored);
            let listed = listed.flat_map(|requirement| &mut requirement.parts);
            listed.chain(&mut system.unavailable).for_each(&mut change);
        }
    }

    /// Adds the requirements of another document.
    pub fn merge(&mut self, other: Self) {
        self.is_incomplete |= other.is_incomplete;
        for (known, system) in self.systems.iter_mut().zip(other.systems) {
            known.merge(system);
        }
    }
}

impl FromIterator<Requirements> for Requirements {
    /// Collects the requirements of several documents. On a system that has all documents in part, all together are available in part.
    fn from_iter<I: IntoIterator<Item = Self>>(all: I) -> Self {
        let mut all = all.into_iter();
        let mut merged = all.next().unwrap_or_default();
        all.for_each(|requirements| merged.merge(requirements));
        merged
    }
}

impl SystemRequirements {
    const fn new(os: Os) -> Self {
        Self {
            os,
            available: Available::All,
            conditions: Vec::new(),
            unavailable: Vec::new(),
            ignored: Vec::new(),
        }
    }

    /// Returns the lowest version of the system in which everything works that the system has. Returns `None` if it works in every version,
    /// or if the system has none of it.
    #[must_use]
    pub fn version(&self) -> Option<Version> {
        self.conditions.iter().find_map(|condition| match condition.need {
            Need::Version(version) => Some(version),
            _ => None,
        })
    }

    /// Returns the first version of the system that no longer has all of it.
    #[must_use]
    pub fn removed(&self) -> Option<Version> {
        self.conditions.iter().find_map(|condition| match condition.need {
            Need::Before(version) => Some(version),
            _ => None,
        })
    }

    /// Adds a condition. Of the conditions on the version, the strictest one counts.
    pub(super) fn require(&mut self, requirement: Requirement) {
        let rank = |need: &Need| match need {
            Need::Version(_) => 0,
            Need::Before(_) => 1,
            _ => 2,
        };
        let is_same_bound = |known: &&mut Requirement| {
            matches!(
                (&known.need, &requirement.need),
                (Need::Version(_), Need::Version(_)) | (Need::Before(_), Need::Before(_))
            )
        };
        if let Some(known) = self.conditions.iter_mut().find(is_same_bound) {
            match (&known.need, &requirement.need) {
                (Need::Version(known), Need::Version(new)) if new < known => return,
                (Need::Before(known), Need::Before(new)) if new > known => return,
                (one, other) if one == other => {}
                _ => {
                    *known = requirement;
                    return;
                }
            }
        }
        if let Err(requirement) = add_to_equal(&mut self.conditions, requirement) {
            let rank_of_new = rank(&requirement.need);
            let at = self.conditions.iter().position(|known| rank(&known.need) > rank_of_new);
            self.conditions.insert(at.unwrap_or(self.conditions.len()), requirement);
        }
    }

    /// Adds something that is ignored.
    pub(super) fn ignore(&mut self, requirement: Requirement) {
        if let Err(requirement) = add_to_equal(&mut self.ignored, requirement) {
            self.ignored.push(requirement);
        }
    }

    fn merge(&mut self, other: Self) {
        if self.available != other.available {
            self.available = Available::Some;
        }
        other
            .conditions
            .into_iter()
            .for_each(|condition| self.require(condition));
        self.unavailable.extend(other.unavailable);
        other.ignored.into_iter().for_each(|ignored| self.ignore(ignored));
    }
}

/// Adds the parts of a requirement to an equal one, or returns it.
fn add_to_equal(list: &mut [Requirement], requirement: Requirement) -> Result<(), Requirement> {
    let equal = list.iter_mut().find(|known| {
        known.need == requirement.need && known.since == requirement.since && known.before == requirement.before
    });
    match equal {
        Some(known) => known.parts.extend(requirement.parts),
        None => return Err(requirement),
    }
    Ok(())
}

/// Writes the list of systems.
impl Serialize for Requirements {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.systems.serialize(serializer)
    }
}

impl Serialize for SystemRequirements {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut s = serializer.serialize_struct("SystemRequirements", 6)?;
        s.serialize_field("os", self.os.name())?;
        s.serialize_field("available", self.available.name())?;
        s.serialize_field("version", &self.version().map(|version| version.to_string()))?;
        s.serialize_field("conditions", &self.conditions)?;
        s.serialize_field("unavailable", &self.unavailable)?;
        s.serialize_field("ignored", &self.ignored)?;
        s.end()
    }
}

impl Serialize for Requirement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = |version: Option<Version>| version.map(|version| version.to_string());
        let mut s = serializer.serialize_struct("Requirement", 4)?;
        s.serialize_field("needs", &Needs::from(self.need.clone()))?;
        s.serialize_field("since", &text(self.since))?;
        s.serialize_field("before", &text(self.before))?;
        s.serialize_field("parts", &self.parts)?;
        s.end()
    }
}

impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut s = serializer.serialize_struct("Part", 4)?;
        s.serialize_field("path", &self.path)?;
        s.serialize_field("item", &self.item)?;
        s.serialize_field("key", &self.key)?;
        s.serialize_field("value", &self.value)?;
        s.end()
    }
}

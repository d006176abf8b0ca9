//! Conditions on the target of a document, and their wording.

use std::fmt;

use super::{Condition, Literal, Os, Path, Rule, Step, TextTest, Version};

/// A condition on the device, its enrollment, or the way in which the document reaches it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum TargetCondition {
    /// The device runs one of these systems, in the version `from` or later and before the version `before`.
    Os {
        /// The systems.
        systems: &'static [Os],
        /// The first version.
        from: Option<Version>,
        /// The first version that is too late.
        before: Option<Version>,
    },
    /// The device is enrolled in one of these ways.
    Enrollment(&'static [Enrollment]),
    /// The device is supervised, or is not.
    Supervised(bool),
    /// The document is sent on this channel.
    Channel(Channel),
    /// The profile's `PayloadScope` has this value.
    Scope(Scope),
    /// The device is a Shared iPad, or is not.
    SharedIpad(bool),
    /// The device was enrolled with Automated Device Enrollment, or was not.
    AutomatedEnrollment(bool),
    /// A person installs the profile, or MDM does.
    ManualInstall(bool),
    /// The document is signed, or is not.
    Signed(bool),
    /// The document is encrypted, or is not.
    Encrypted(bool),
}

/// The channel on which a document is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums)]
pub enum Channel {
    /// To the device.
    Device,
    /// To a user of the device.
    User,
}

/// How a device is enrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums)]
pub enum Enrollment {
    /// Device enrollment: the organization manages the whole device.
    Device,
    /// User enrollment: the organization manages its own data on the user's device.
    User,
    /// Not enrolled in MDM: the device itself stores the declarations.
    Local,
}

/// The scope of a profile on macOS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums)]
pub enum Scope {
    /// The profile applies to the device.
    System,
    /// The profile applies to a user.
    User,
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Device => "device channel",
            Self::User => "user channel",
        })
    }
}

impl fmt::Display for Enrollment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Device => "device enrollment",
            Self::User => "user enrollment",
            Self::Local => "local configurations",
        })
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::System => "System",
            Self::User => "User",
        })
    }
}

/// Joins words with commas and `or`.
fn alternatives<T: ToString>(list: impl IntoIterator<Item = T>) -> String {
    let mut words: Vec<String> = list.into_iter().map(|word| word.to_string()).collect();
    match words.pop() {
        Some(last) if !words.is_empty() => format!("{} or {last}", words.join(", ")),
        last => last.unwrap_or_default(),
    }
}

/// Writes a clause that fits after `if`, for example "the device runs macOS 14.0 or later".
impl fmt::Display for TargetCondition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let not = |flag: bool| if flag { "" } else { " not" };
        match *self {
            Self::Os { systems, from, before } => {
                write!(f, "the device runs {}", alternatives(systems))?;
                match (from, before) {
                    (Some(from), Some(before)) => write!(f, " {from} or later, before {before}"),
                    (Some(from), None) => write!(f, " {from} or later"),
                    (None, Some(before)) => write!(f, " before {before}"),
                    (None, None) => Ok(()),
                }
            }
            Self::Enrollment(list) => write!(f, "the device uses {}", alternatives(list)),
            Self::Supervised(flag) => write!(f, "the device is{} supervised", not(flag)),
            Self::Channel(channel) => write!(f, "the document is sent on the {channel}"),
            Self::Scope(scope) => write!(f, "`PayloadScope` is `{scope}`"),
            Self::SharedIpad(flag) => write!(f, "the device is{} a Shared iPad", not(flag)),
            Self::AutomatedEnrollment(flag) => {
                write!(
                    f,
                    "the device was{} enrolled with Automated Device Enrollment",
                    not(flag)
                )
            }
            Self::ManualInstall(true) => f.write_str("a person installs the profile"),
            Self::ManualInstall(false) => f.write_str("MDM installs the profile"),
            Self::Signed(flag) => write!(f, "the document is{} signed", not(flag)),
            Self::Encrypted(flag) => write!(f, "the document is{} encrypted", not(flag)),
        }
    }
}

/// Returns the text of a path in a rule, in the notation of the overlay.
#[must_use]
pub fn path_text(path: Path) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Key(name) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(name);
            }
            Step::Items | Step::Each => text.push_str("[]"),
            Step::Item(index) => text.push_str(&format!("[{index}]")),
            Step::Where(_, value) => text.push_str(&format!("[{value}]")),
            Step::Any => text.push_str(".*"),
            Step::Names => text.push_str("{}"),
        }
    }
    text
}

/// Writes a clause that fits after `if`, for example "`Mode` is `certificate`".
impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |path: Path| format!("`{}`", path_text(path));
        let values = |list: &[Literal]| alternatives(list.iter().map(|value| format!("`{value}`")));
        match *self {
            Self::In(path, list, _) => write!(f, "{} is {}", name(path), values(list)),
            Self::Not(path, [one], _) => write!(f, "{} is not `{one}`", name(path)),
            Self::Not(path, list, _) => write!(f, "{} is none of {}", name(path), values(list)),
            Self::Present(path, true) => write!(f, "{} is present", name(path)),
            Self::Present(path, false) => write!(f, "{} is missing", name(path)),
            Self::Contains(path, value) => write!(f, "{} contains `{value}`", name(path)),
            Self::Above(path, bound) => write!(f, "{} is greater than {bound}", name(path)),
            Self::Below(path, bound) => write!(f, "{} is less than {bound}", name(path)),
            Self::Fits(path, TextTest::Format(format)) => write!(f, "{} is {}", name(path), format.describe()),
            Self::Fits(path, TextTest::Pattern(pattern)) => write!(f, "{} matches `{pattern}`", name(path)),
            Self::Any(list) => f.write_str(&alternatives(list)),
            Self::Target(condition) => condition.fmt(f),
        }
    }
}

impl Rule {
    /// Returns the conditions that the sentence of the rule does not mention, as clauses that fit after `if`.
    ///
    /// ```
    /// use apple_mdm::schema::{Family, item};
    ///
    /// let restrictions = item(Family::Profile, "com.apple.applicationaccess").unwrap();
    /// let rules = restrictions.keys.unwrap().rules;
    /// let rule = rules.iter().find(|rule| rule.says.starts_with("ratingMovies must be")).unwrap();
    /// assert!(rule.unstated_conditions()[0].starts_with("`ratingRegion` is none of `au`"));
    /// ```
    #[must_use]
    pub fn unstated_conditions(&self) -> Vec<String> {
        let unstated = self.when.iter().filter(|condition| !is_stated(self.says, condition));
        unstated.map(ToString::to_string).collect()
    }
}

/// Returns whether the sentence of a rule mentions a condition.
fn is_stated(says: &str, condition: &Condition) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| says.contains(word));
    let has_key = |path: Path| {
        let name = path.iter().rev().find_map(|step| match step {
            Step::Key(name) => Some(*name),
            _ => None,
        });
        name.is_none_or(|name| says.to_lowercase().contains(&name.to_lowercase()))
    };
    match *condition {
        Condition::Any(list) => list.iter().all(|condition| is_stated(says, condition)),
        Condition::In(key, ..)
        | Condition::Not(key, ..)
        | Condition::Present(key, _)
        | Condition::Contains(key, _)
        | Condition::Above(key, _)
        | Condition::Below(key, _)
        | Condition::Fits(key, _) => has_key(key),
        Condition::Target(condition) => match condition {
            TargetCondition::Os { systems, .. } => {
                systems.iter().any(|os| says.contains(os.name())) || has(&["Mac", "iPad"])
            }
            TargetCondition::Enrollment(_) => has(&["nrollment"]),
            TargetCondition::Supervised(_) => has(&["upervis"]),
            TargetCondition::Channel(_) => has(&["channel", "for a user", "for the device"]),
            TargetCondition::Scope(_) => has(&["PayloadScope", "for a user", "for the device"]),
            TargetCondition::SharedIpad(_) => has(&["Shared iPad"]),
            TargetCondition::AutomatedEnrollment(_) => has(&["Automated Device Enrollment"]),
            TargetCondition::ManualInstall(_) => has(&["install"]),
            TargetCondition::Signed(_) => has(&["signed"]),
            TargetCondition::Encrypted(_) => has(&["encrypted"]),
        },
    }
}

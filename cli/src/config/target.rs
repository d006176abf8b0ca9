//! The tables `[[target]]`.

use apple_mdm::schema::{Os, Version};
use apple_mdm::validate::Target;

use super::MAX_TARGETS;
use super::table::{Entry, Table};
use crate::failure::Failure;
use crate::target::{CHANNELS, ENROLLMENTS, SWITCHES, access_rights, named};

/// A target and the name by which findings refer to it.
#[derive(Clone, Debug)]
pub struct NamedTarget {
    pub name: String,
    pub target: Target,
}

/// The keys of a target.
pub const KEYS: [&str; 11] = [
    "name",
    "os",
    "os-version",
    "supervised",
    "user-approved",
    "automated-enrollment",
    "shared-ipad",
    "manual-install",
    "rights",
    "channel",
    "enrollment",
];

/// Reads all targets.
pub fn read(entry: &Entry<'_>) -> Result<Vec<NamedTarget>, Failure> {
    let tables = entry.tables("[[target]]")?;
    if tables.len() > MAX_TARGETS {
        return Err(entry.error(format_args!("there are more than {MAX_TARGETS} targets")));
    }
    let mut targets: Vec<NamedTarget> = Vec::new();
    for table in tables {
        table.check_keys(&KEYS, |key| (key == "version").then_some("`os-version`"))?;
        let target = read_one(&table)?;
        if targets.iter().any(|known| known.name == target.name) {
            return Err(table.error(format_args!("two targets have the name `{}`", target.name)));
        }
        targets.push(target);
    }
    Ok(targets)
}

fn read_one(table: &Table<'_>) -> Result<NamedTarget, Failure> {
    let name = table.read("name", |entry| entry.parse(parse_name))?;
    let Some(os) = table.read("os", |entry| entry.parse(str::parse::<Os>))? else {
        return Err(table.error("the key `os` is missing: ios, ipados, macos, tvos, visionos or watchos"));
    };
    let mut default_name = os.to_string();
    let mut target = Target::new(os);
    let version = |entry: Entry<'_>| {
        let version = entry.text_or_number()?.parse::<Version>();
        version.map_err(|error| entry.error(error))
    };
    if let Some(version) = table.read("os-version", version)? {
        default_name.push_str(&format!(" {version}"));
        target = target.version(version);
    }
    for (key, set) in SWITCHES {
        if let Some(value) = table.read(key, |entry| entry.boolean())? {
            target = set(target, value);
        }
    }
    let rights = |entry: Entry<'_>| {
        let mut all = apple_mdm::AccessRights::empty();
        for item in entry.items() {
            all |= access_rights(item.text_or_number()?).map_err(|error| item.error(error))?;
        }
        Ok(all)
    };
    if let Some(rights) = table.read("rights", rights)? {
        target = target.access_rights(rights);
    }
    if let Some(channel) = table.read("channel", |entry| one_of(&entry, &CHANNELS))? {
        target = target.channel(channel);
    }
    if let Some(enrollment) = table.read("enrollment", |entry| one_of(&entry, &ENROLLMENTS))? {
        target = target.enrollment(enrollment);
    }
    Ok(NamedTarget {
        name: name.unwrap_or(default_name),
        target,
    })
}

fn parse_name(name: &str) -> Result<String, &'static str> {
    match name.trim() {
        "" => Err("expected a name, found nothing"),
        name => Ok(name.to_owned()),
    }
}

/// Reads one of these names.
fn one_of<T: Copy>(entry: &Entry<'_>, names: &[(&str, T)]) -> Result<T, Failure> {
    entry.parse(|name| {
        let known: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
        named(names, name).ok_or_else(|| format!("expected one of `{}`, found `{name}`", known.join("`, `")))
    })
}

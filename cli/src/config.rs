//! The configuration file `apple-mdm.toml`.

mod pattern;
pub mod table;
mod target;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use apple_mdm::cms::Roots;
use apple_mdm::lint::Placeholders;
use apple_mdm::schema::Item;
use apple_mdm::validate::Code;

use crate::explain;
use crate::failure::Failure;
use pattern::PathPattern;
use table::{Entry, Source, Table};
pub use target::NamedTarget;

/// The name of the configuration file.
const FILE_NAME: &str = "apple-mdm.toml";

/// The maximum number of targets, so that a set of targets fits into an integer.
const MAX_TARGETS: usize = 64;

/// The maximum size of the configuration file, in bytes.
const MAX_SIZE: u64 = 4 << 20;

/// The keys at the top level only.
const KEYS: [&str; 7] = [
    "target",
    "per-path",
    "exclude",
    "schemas",
    "baseline",
    "format",
    "statistics",
];

/// The keys that `[[per-path]]` has, too.
const RULES: [&str; 9] = [
    "select",
    "ignore",
    "strict",
    "placeholders",
    "no-placeholders",
    "require-signature",
    "trust-roots",
    "as",
    "command",
];

/// What a configuration file says. Paths are absolute.
#[derive(Debug, Default)]
pub struct Config {
    /// The folder of the file, without symbolic links. Patterns are relative to it.
    folder: Option<PathBuf>,
    pub targets: Vec<NamedTarget>,
    /// What applies to all files.
    pub rules: Rules,
    /// What applies to some files, in order.
    pub per_path: Vec<PerPath>,
    exclude: Vec<PathPattern>,
    /// Folders with the schemas of other vendors.
    pub schemas: Vec<PathBuf>,
    pub baseline: Option<PathBuf>,
    pub format: Option<String>,
    pub statistics: bool,
}

/// How documents are checked. What is `None` is left to what is less specific.
#[derive(Debug, Default)]
pub struct Rules {
    pub select: Option<BTreeSet<Code>>,
    pub ignore: BTreeSet<Code>,
    pub item: Option<&'static Item>,
    pub command: Option<String>,
    pub placeholders: Option<Placeholders>,
    pub require_signature: Option<bool>,
    pub strict: Option<bool>,
    pub roots: Option<Roots>,
}

/// A table `[[per-path]]`.
#[derive(Debug)]
pub struct PerPath {
    patterns: Vec<PathPattern>,
    pub rules: Rules,
    /// The indices of the targets, if not all apply.
    pub targets: Option<Vec<usize>>,
}

/// Reads the configuration: the file `explicit`, or else `apple-mdm.toml` in the current folder or the nearest parent that has one.
///
/// # Errors
///
/// Returns an error if a file cannot be read or is not a valid configuration.
pub fn load(explicit: Option<&Path>) -> Result<Config, Failure> {
    let path = match explicit {
        Some(path) => path.to_owned(),
        None => match find() {
            Some(path) => path,
            None => return Ok(Config::default()),
        },
    };
    let name = path.display().to_string();
    let cannot_open = |error| Failure::Usage(format!("cannot open {name}: {error}"));
    let size = fs::metadata(&path).map_err(cannot_open)?.len();
    if size > MAX_SIZE {
        return Err(Failure::Usage(format!("{name} is too large for a configuration file")));
    }
    let text = fs::read_to_string(&path).map_err(cannot_open)?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let folder = fs::canonicalize(folder).map_err(cannot_open)?;
    read(&Source { name, text: &text }, folder)
}

/// Finds the configuration file in the current folder or a parent. Its path is relative if it is in the current folder.
fn find() -> Option<PathBuf> {
    if Path::new(FILE_NAME).is_file() {
        return Some(FILE_NAME.into());
    }
    let current = std::env::current_dir().ok()?;
    let mut candidates = current.ancestors().skip(1).map(|folder| folder.join(FILE_NAME));
    candidates.find(|path| path.is_file())
}

fn read(source: &Source<'_>, folder: PathBuf) -> Result<Config, Failure> {
    let root = source.parse()?;
    let table = Table::root(source, &root);
    table.check_keys(&[&KEYS[..], &RULES].concat(), |key| match key {
        "path" | "targets" => Some("a key of `[[per-path]]`"),
        key => target::KEYS.contains(&key).then_some("a key of `[[target]]`"),
    })?;
    let path = |entry: &Entry<'_>| Ok(folder.join(entry.text()?));
    let targets = table.read("target", |entry| target::read(&entry))?.unwrap_or_default();
    let per_path = table.read("per-path", |entry| read_per_path(&entry, &folder, &targets))?;
    Ok(Config {
        rules: read_rules(&table, &folder)?,
        per_path: per_path.unwrap_or_default(),
        exclude: table.read("exclude", |entry| patterns(&entry))?.unwrap_or_default(),
        schemas: table
            .read("schemas", |entry| entry.parse_each(path))?
            .unwrap_or_default(),
        baseline: table.read("baseline", |entry| path(&entry))?,
        format: table.read("format", |entry| {
            entry.parse(|name| match crate::lint::FORMATS.contains(&name) {
                true => Ok(name.to_owned()),
                false => Err(format!("expected one of `{}`", crate::lint::FORMATS.join("`, `"))),
            })
        })?,
        statistics: table.read("statistics", |entry| entry.boolean())?.unwrap_or_default(),
        targets,
        folder: Some(folder),
    })
}

/// Reads the keys that both the configuration and `[[per-path]]` have.
fn read_rules(table: &Table<'_>, folder: &Path) -> Result<Rules, Failure> {
    let codes = |entry: Entry<'_>| {
        let lists = entry.parse_each(|item| item.parse(parse_codes))?;
        Ok(lists.into_iter().flatten().collect())
    };
    let mut rules = Rules {
        select: table.read("select", codes)?,
        ignore: table.read("ignore", codes)?.unwrap_or_default(),
        item: table.read("as", |entry| entry.parse(explain::parse_item))?,
        command: table
            .read("command", |entry| entry.parse(explain::parse_command))?
            .map(str::to_owned),
        placeholders: table.read("placeholders", |entry| {
            let patterns = entry.parse_each(Entry::text)?;
            Placeholders::new(patterns).map_err(|error| entry.error(error))
        })?,
        require_signature: table.read("require-signature", |entry| entry.boolean())?,
        strict: table.read("strict", |entry| entry.boolean())?,
        roots: table.read("trust-roots", |entry| {
            read_roots(&folder.join(entry.text()?)).map_err(|message| entry.error(message))
        })?,
    };
    if let Some(entry) = table.get("no-placeholders")
        && entry.boolean()?
    {
        if rules.placeholders.is_some() {
            return Err(entry.error("there are `placeholders`, too; keep one of them"));
        }
        rules.placeholders = Some(Placeholders::none());
    }
    Ok(rules)
}

fn read_per_path(entry: &Entry<'_>, folder: &Path, targets: &[NamedTarget]) -> Result<Vec<PerPath>, Failure> {
    let read = |table: Table<'_>| {
        table.check_keys(&[&["path", "targets"][..], &RULES].concat(), |key| match key {
            "glob" | "globs" | "paths" | "pattern" | "files" => Some("`path`"),
            "target" => Some("`targets`, an array of names of targets"),
            key if KEYS.contains(&key) => Some("the key at the top level of the file"),
            key => target::KEYS.contains(&key).then_some("a key of `[[target]]`"),
        })?;
        let index_of = |item: &Entry<'_>| {
            item.parse(|name| {
                let names = || targets.iter().map(|target| target.name.as_str());
                let known = || names().collect::<Vec<_>>().join("`, `");
                let index = names().position(|known| known == name);
                index.ok_or_else(|| format!("there is no target `{name}`; the names are `{}`", known()))
            })
        };
        let per_path = PerPath {
            patterns: table.read("path", |entry| patterns(&entry))?.unwrap_or_default(),
            rules: read_rules(&table, folder)?,
            targets: table.read("targets", |entry| entry.parse_each(index_of))?,
        };
        if per_path.patterns.is_empty() {
            return Err(table.error(
                "the key `path` is missing: the glob, or an array of globs, of the files that this applies to",
            ));
        }
        Ok(per_path)
    };
    entry.tables("[[per-path]]")?.into_iter().map(read).collect()
}

fn patterns(entry: &Entry<'_>) -> Result<Vec<PathPattern>, Failure> {
    entry.parse_each(|item| item.parse(PathPattern::new))
}

/// Parses codes of findings separated by commas; `all` stands for all of them.
///
/// # Errors
///
/// Returns an error with a suggestion if there is no such code.
pub fn parse_codes(text: &str) -> Result<BTreeSet<Code>, String> {
    let mut codes = BTreeSet::new();
    for name in text.split(',').map(str::trim) {
        if name == "all" {
            codes.extend(Code::ALL);
        } else if let Some(code) = explain::code_named(name) {
            codes.insert(code);
        } else {
            let names = Code::ALL.iter().map(|code| code.name());
            let suggestion = explain::suggestion(name, names);
            return Err(format!(
                "there is no code `{name}`{suggestion} (`apple-mdm explain codes` explains all codes)"
            ));
        }
    }
    Ok(codes)
}

/// Reads the certificates in a PEM file.
///
/// # Errors
///
/// Returns an error if the file cannot be read or has no certificates.
pub fn read_roots(path: &Path) -> Result<Roots, String> {
    let pem = fs::read(path).map_err(|error| format!("cannot open {}: {error}", path.display()))?;
    Roots::from_pem(&pem).map_err(|error| format!("{}: {error}", path.display()))
}

impl Config {
    /// Returns the path of a file relative to the folder of the configuration. `location` is absolute and without links to folders.
    fn relative<'l>(&self, location: &'l Path) -> Option<&'l Path> {
        location.strip_prefix(self.folder.as_ref()?).ok()
    }

    /// Whether the file is not to be checked.
    pub fn excludes(&self, location: &Path) -> bool {
        let relative = self.relative(location);
        relative.is_some_and(|path| self.exclude.iter().any(|pattern| pattern.matches(path)))
    }

    /// Returns the indices of the tables `[[per-path]]` that apply to the file.
    pub fn per_path_of(&self, location: &Path) -> Vec<usize> {
        let Some(path) = self.relative(location) else {
            return Vec::new();
        };
        let tables = self.per_path.iter().enumerate();
        let applies = |table: &PerPath| table.patterns.iter().any(|pattern| pattern.matches(path));
        tables
            .filter(|(_, table)| applies(table))
            .map(|(index, _)| index)
            .collect()
    }
}

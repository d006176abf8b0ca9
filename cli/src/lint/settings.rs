//! How each file is checked: the flags and the configuration combined.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use apple_mdm::lint::{Kind, Options, Placeholders};
use apple_mdm::schema::Item;
use apple_mdm::validate::{Code, Severity, Target};
use clap::ArgMatches;

use super::files::Input;
use crate::catalog::{self, Detail, Schemas};
use crate::config::{self, Config, NamedTarget, Rules};
use crate::failure::Failure;
use crate::target;

/// The flags and the configuration.
pub struct Settings {
    pub config: Config,
    /// The schemas of other vendors.
    pub schemas: Schemas,
    flags: Rules,
    /// The targets of the flags, or else of the configuration.
    pub targets: Vec<NamedTarget>,
    has_target_flags: bool,
    shows_requirements: bool,
    /// The distinct settings of files.
    of_files: Vec<FileSettings>,
    /// Their indices by the tables `[[per-path]]` that apply.
    by_tables: HashMap<Vec<usize>, usize>,
}

/// How a file is checked.
pub struct FileSettings {
    /// For a file with the extension of profiles.
    of_profile: Options,
    /// For another file in a directory. Directories contain unrelated files, too.
    in_directory: Options,
    /// For any other file.
    of_argument: Options,
    /// The targets and their indices.
    pub targets: Vec<Target>,
    pub target_indices: Vec<usize>,
    codes: BTreeSet<Code>,
    pub strict: bool,
    /// Whether the requirements of the document are shown.
    pub shows_requirements: bool,
}

impl Settings {
    /// Reads the flags and the configuration.
    ///
    /// # Errors
    ///
    /// Returns an error if the configuration or a file that a flag names cannot be read.
    pub fn new(matches: &ArgMatches) -> Result<Self, Failure> {
        let config = config::load(matches.get_one::<PathBuf>("config").map(PathBuf::as_path))?;
        let flag_target = target::from_flags(matches).zip(target::describe_flags(matches));
        let targets = match flag_target {
            Some((target, name)) => vec![NamedTarget { name, target }],
            None => config.targets.clone(),
        };
        let schemas = catalog::from_flags(matches, &config, Detail::Facts)?;
        Ok(Self {
            flags: flags(matches)?,
            schemas,
            targets,
            has_target_flags: target::from_flags(matches).is_some(),
            shows_requirements: matches.get_flag("requirements"),
            config,
            of_files: Vec::new(),
            by_tables: HashMap::new(),
        })
    }

    /// Returns the index of the settings of a file.
    pub fn index_for(&mut self, location: &Path) -> usize {
        let tables = self.config.per_path_of(location);
        if let Some(index) = self.by_tables.get(&tables) {
            return *index;
        }
        let index = self.of_files.len();
        self.of_files.push(self.combine(&tables));
        self.by_tables.insert(tables, index);
        index
    }

    /// Returns the settings with an index that [`index_for`](Self::index_for) returned.
    pub fn of_file(&self, index: usize) -> &FileSettings {
        &self.of_files[index]
    }

    /// Whether warnings about the run as a whole count as errors.
    pub fn is_strict(&self) -> bool {
        self.flags.strict.or(self.config.rules.strict).unwrap_or(false)
    }

    /// Combines what applies to files to which these tables `[[per-path]]` apply.
    fn combine(&self, tables: &[usize]) -> FileSettings {
        let tables: Vec<_> = tables.iter().map(|index| &self.config.per_path[*index]).collect();
        let own = tables.iter().map(|table| &table.rules);
        // From the most to the least specific.
        let layers: Vec<&Rules> = std::iter::once(&self.flags)
            .chain(own.rev())
            .chain([&self.config.rules])
            .collect();
        let mut options = Options::default();
        options.catalog = self.schemas.catalog.clone();
        options.item = layers.iter().find_map(|rules| rules.item);
        options.command = layers.iter().find_map(|rules| rules.command.clone());
        options.require_signature = layers.iter().find_map(|rules| rules.require_signature).unwrap_or(false);
        if let Some(placeholders) = layers.iter().find_map(|rules| rules.placeholders.clone()) {
            options.placeholders = placeholders;
        }
        if let Some(roots) = layers.iter().find_map(|rules| rules.roots.clone()) {
            options.roots = roots;
        }
        let (mut of_profile, mut in_directory) = (options.clone(), options.clone());
        if options.item.is_none() {
            of_profile.expected = Some(Kind::Profile);
            in_directory.unknown_kind = Severity::Info;
        }
        let own_targets = tables.iter().rev().find_map(|table| table.targets.clone());
        let own_targets = own_targets.filter(|_| !self.has_target_flags);
        let target_indices = own_targets.unwrap_or_else(|| (0..self.targets.len()).collect());
        FileSettings {
            of_profile,
            in_directory,
            of_argument: options,
            targets: target_indices.iter().map(|index| self.targets[*index].target).collect(),
            target_indices,
            codes: self.codes(&tables),
            strict: layers.iter().find_map(|rules| rules.strict).unwrap_or(false),
            shows_requirements: self.shows_requirements,
        }
    }

    /// The codes of findings that are shown. The flags replace the lists at the top of the configuration. A table `[[per-path]]` selects
    /// anew, then ignores. What a flag ignores is not shown in any file.
    fn codes(&self, tables: &[&config::PerPath]) -> BTreeSet<Code> {
        let top = &self.config.rules;
        let select = self.flags.select.as_ref().or(top.select.as_ref());
        let mut codes = select.cloned().unwrap_or_else(|| Code::ALL.iter().copied().collect());
        let mut ignored = match self.flags.ignore.is_empty() {
            true => top.ignore.clone(),
            false => self.flags.ignore.clone(),
        };
        for table in tables {
            if let Some(select) = table.rules.select.as_ref().filter(|_| self.flags.select.is_none()) {
                codes = select.clone();
                ignored = self.flags.ignore.clone();
            }
            ignored.extend(&table.rules.ignore);
        }
        // Nothing else is checked in a document that cannot be read.
        codes.insert(Code::Syntax);
        &codes - &ignored
    }
}

/// Reads the flags that a configuration can have, too.
fn flags(matches: &ArgMatches) -> Result<Rules, Failure> {
    let codes = |name| {
        let lists = matches.get_many::<BTreeSet<Code>>(name)?;
        Some(lists.flatten().copied().collect::<BTreeSet<Code>>())
    };
    let is_set = |name| matches.get_flag(name).then_some(true);
    let roots = matches.get_one::<PathBuf>("trust-roots");
    Ok(Rules {
        select: codes("select"),
        ignore: codes("ignore").unwrap_or_default(),
        item: matches.get_one::<&'static Item>("as").copied(),
        command: matches
            .get_one::<&'static str>("command")
            .map(|name| (*name).to_owned()),
        placeholders: is_set("no-placeholders").map(|_| Placeholders::none()),
        require_signature: is_set("require-signature"),
        strict: is_set("strict"),
        roots: roots
            .map(|path| config::read_roots(path).map_err(Failure::Usage))
            .transpose()?,
    })
}

impl FileSettings {
    /// The options for this file.
    pub fn options(&self, input: &Input) -> &Options {
        let extension = input.path.extension().unwrap_or_default();
        if extension.eq_ignore_ascii_case("mobileconfig") {
            &self.of_profile
        } else if input.directory.is_some() {
            &self.in_directory
        } else {
            &self.of_argument
        }
    }

    /// Whether findings with this code are shown.
    pub fn shows(&self, code: Code) -> bool {
        self.codes.contains(&code)
    }
}

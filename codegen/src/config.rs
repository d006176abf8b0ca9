//! What a build script says: where the schema is, what to generate from it, for whom.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;

use crate::mistake::{Mistake, Severity};
use crate::model::{Family, Schema};
use crate::problem::{self, Problem, ProblemKind};
use crate::rust::{self, Context};
use crate::{Error, any_state, check, folder, overlay, parallel, parse, resolve};

/// Generates Rust from a folder of YAML in Apple's format.
///
/// ```no_run
/// // In `main` of build.rs.
/// apple_mdm_codegen::Config::new("schemas").build();
/// ```
///
/// and in the crate, which depends on `apple-mdm`:
///
/// ```ignore
/// pub mod profiles {
///     include!(concat!(env!("OUT_DIR"), "/profiles.rs"));
/// }
/// ```
///
/// The repository's `examples/own_schema` does that for the payload of a vendor.
#[derive(Debug, Clone)]
pub struct Config {
    schemas: PathBuf,
    overlay: Option<PathBuf>,
    /// The state of the schema that the overlay is for, where any other will do.
    reference: Option<PathBuf>,
    families: Vec<Family>,
    items: Option<Vec<String>>,
    /// Whether it is for the crate `apple-mdm` itself.
    itself: bool,
    #[cfg(feature = "cli")]
    formatted: bool,
}

/// What was generated.
#[derive(Debug, Clone)]
pub struct Output {
    /// The files, such as `profiles.rs`, with their contents.
    pub files: Vec<(String, String)>,
    /// What in the schema was not understood or contradicts itself, with its place.
    pub warnings: Vec<String>,
    /// What was skipped or replaced: only with [`Config::any_state`], which leaves no warnings.
    pub problems: Vec<Problem>,
    /// The files and folders that decide on the result: what to watch.
    pub watched: Vec<PathBuf>,
}

/// The file in the output of [`Config::any_state`] that lists what was skipped or replaced.
pub const PROBLEMS_FILE: &str = "schema-problems.txt";

impl Config {
    /// Generates from the folder `schemas`, which holds `mdm`, `declarative` or `other` as Apple's repository does: a payload
    /// is a file in `mdm/profiles`, a command one in `mdm/commands`.
    ///
    /// The [overlay] is `overlay` within it, where there is one.
    #[must_use]
    pub fn new(schemas: impl Into<PathBuf>) -> Self {
        Self {
            schemas: schemas.into(),
            overlay: None,
            reference: None,
            families: rust::FAMILIES.to_vec(),
            items: None,
            itself: false,
            #[cfg(feature = "cli")]
            formatted: false,
        }
    }

    /// Takes the overlay from another folder.
    #[must_use]
    pub fn overlay(mut self, folder: impl Into<PathBuf>) -> Self {
        self.overlay = Some(folder.into());
        self
    }

    /// Generates from any state of the schema that `reference` is a state of, the one that the overlay was written for.
    ///
    /// The content of the schema then never fails the build. What is not understood, what the overlay says of things that do not exist
    /// there, and what contradicts the overlay is skipped; items without a name get the proposed one; what the crate's own code
    /// uses is taken from `reference` where it is missing. [`Output::problems`] and the file [`PROBLEMS_FILE`] list all of it, and
    /// [`Output::tell_cargo`] prints one warning with the counts.
    #[must_use]
    pub fn any_state(mut self, reference: impl Into<PathBuf>) -> Self {
        self.reference = Some(reference.into());
        self
    }

    /// Generates these families only.
    #[must_use]
    pub fn families(mut self, families: impl IntoIterator<Item = Family>) -> Self {
        self.families = families.into_iter().collect();
        self
    }

    /// Generates these items only, by their Rust names. [For `apple-mdm` itself](Self::for_apple_mdm) that is said of commands,
    /// payloads and declarations, and what its own code needs stays.
    #[must_use]
    pub fn items<T: Into<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        self.items = Some(names.into_iter().map(Into::into).collect());
        self
    }

    /// Generates for the crate `apple-mdm` itself: with the enums over all items, and a name required for each.
    #[must_use]
    pub fn for_apple_mdm(mut self) -> Self {
        self.itself = true;
        self
    }

    /// Formats the source for people who want to read it. In a build script that would take most of the time: without, the source is
    /// broken into lines and no more.
    #[cfg(feature = "cli")]
    #[must_use]
    pub fn formatted(mut self) -> Self {
        self.formatted = true;
        self
    }

    /// Does all that a build script has to: generates into `OUT_DIR` and tells cargo what to watch.
    ///
    /// What is wrong in the schema or its overlay becomes errors of the build, all of them at once, each with the file, the key, what
    /// was found and what was expected. Nothing is written then, and `main` of the build script should end.
    pub fn build(&self) {
        let Some(out) = std::env::var_os("OUT_DIR") else {
            println!("cargo::error=`OUT_DIR` is not set: `Config::build` is for build scripts, which cargo runs");
            return;
        };
        let built = self.generate().and_then(|output| {
            output.write(Path::new(&out))?;
            output.tell_cargo();
            Ok(())
        });
        if let Err(error) = built {
            for line in error.to_string().lines() {
                println!("cargo::error={line}");
            }
        }
    }

    /// Generates.
    ///
    /// # Errors
    ///
    /// If a file cannot be read, or the overlay and the names contradict the schema. For a schema other than that of
    /// [`apple-mdm` itself](Self::for_apple_mdm), also if something in it is not understood or contradicts itself.
    pub fn generate(&self) -> Result<Output, Error> {
        let overlay_folder = self.overlay.clone().unwrap_or_else(|| self.schemas.join("overlay"));
        let mut warnings = Vec::new();
        let mut problems = Vec::new();
        let mut examples = Vec::new();
        let (release, mut resolved) = match &self.reference {
            None => {
                let (schema, overlay, mut resolved) = self.strictly(&overlay_folder, &mut warnings)?;
                warnings.append(&mut resolved.warnings);
                if self.itself {
                    examples = rust::example::all(&resolved, &overlay)?;
                }
                (schema.release.name, resolved)
            }
            Some(reference) => {
                let (schema, overlay, found) = any_state::read(&self.schemas, &overlay_folder, reference)?;
                problems = found;
                let (mut resolved, found) = resolve::resolve_what_fits(&schema, &overlay);
                problems.extend(found);
                let contradictions = std::mem::take(&mut resolved.warnings).into_iter();
                problems.extend(contradictions.map(|what| Problem::new(ProblemKind::Schema, what)));
                if self.itself {
                    let (fitting, others) = rust::example::all_that_fit(&resolved, &overlay);
                    examples = fitting;
                    problems.extend(others);
                }
                problems.sort();
                problems.dedup();
                (schema.release.name, resolved)
            }
        };
        if let Some(names) = &self.items {
            let has = |name: &&String| resolved.items.iter().any(|item| item.name == **name);
            if let Some(name) = names.iter().find(|name| !has(name)) {
                let known = resolved
                    .items
                    .iter()
                    .find(|item| item.identifier.as_ref() == Some(name));
                let hint = known.map(|item| format!("; documents call `{}` so, name it", item.name));
                return Err(Error::Contradiction(format!(
                    "the schema has no item called `{name}`{}",
                    hint.unwrap_or_default()
                )));
            }
            let is_needed = |item: &resolve::Item| self.itself && rust::is_needed(item);
            resolved
                .items
                .retain(|item| names.contains(&item.name) || is_needed(item));
            examples.retain(|example| resolved.items.iter().any(|item| example.is_of(item)));
        }
        let mut cx = Context::new(self.itself, &resolved);
        cx.examples = examples;
        let count = |family: &Family| resolved.items.iter().filter(|item| item.family == *family).count();
        let mut families: Vec<Family> = self
            .families
            .iter()
            .copied()
            // The modules of the crate include their file also where it is empty.
            .filter(|family| (self.itself && self.reference.is_some()) || count(family) > 0)
            .collect();
        // The one that takes longest first, so that no core is left with it alone.
        families.sort_by_key(|family| std::cmp::Reverse(count(family)));
        let sources = parallel::map(&families, |family| {
            self.source(rust::families::generate(*family, &resolved, &cx))
        });
        let mut files = Vec::new();
        for (family, source) in families.into_iter().zip(sources) {
            files.push((format!("{}.rs", rust::module(family)), source?));
        }
        files.sort();
        if self.itself {
            let text = format!(
                "/// The release of Apple's schema that the crate was built from; empty where its folder does not say.\npub const RELEASE: &str = {release:?};\n"
            );
            files.push(("release.rs".to_owned(), text));
            files.push(("examples.rs".to_owned(), rust::example::listing(&cx.examples)));
        }
        if self.reference.is_some() {
            files.push((PROBLEMS_FILE.to_owned(), problem::listing(&problems)));
        }
        let mut watched = watched(&self.schemas, &overlay_folder);
        watched.extend(self.reference.clone());
        Ok(Output {
            files,
            warnings,
            problems,
            watched,
        })
    }

    /// Reads and resolves a schema of which everything has to be right; notes go to `warnings`.
    fn strictly(
        &self,
        overlay_folder: &Path,
        warnings: &mut Vec<String>,
    ) -> Result<(Schema, overlay::Overlay, resolve::Resolved), Error> {
        let Gathered {
            schema,
            overlay,
            mistakes,
            mut errors,
        } = gather(&self.schemas, overlay_folder)?;
        for mistake in mistakes {
            // What Apple writes is as it is; a vendor can correct the file.
            if self.itself || mistake.severity == Severity::Note {
                warnings.push(mistake.to_string());
            } else {
                errors.push(Error::Mistake(mistake));
            }
        }
        if !self.itself {
            errors.extend(only_for_the_crate(&overlay));
        }
        match resolve::resolve(&schema, &overlay, self.itself) {
            Ok(resolved) => {
                Error::all(errors)?;
                Ok((schema, overlay, resolved))
            }
            Err(error) => {
                match error {
                    Error::Several(several) => errors.extend(several),
                    error => errors.push(error),
                }
                Err(Error::Several(errors))
            }
        }
    }

    fn source(&self, tokens: TokenStream) -> Result<String, Error> {
        #[cfg(feature = "cli")]
        if self.formatted {
            let file = syn::parse2(tokens)
                .map_err(|e| Error::Contradiction(format!("the generated source is no Rust: {e}")))?;
            return Ok(prettyplease::unparse(&file));
        }
        Ok(rust::lines::unparse(tokens))
    }
}

/// Reads a schema folder and lays the overlay over it; the third part is what was not understood.
///
/// # Errors
///
/// If a file cannot be read, or the overlay contradicts the schema.
pub fn read(schemas: &Path, overlay_folder: &Path) -> Result<(Schema, overlay::Overlay, Vec<Mistake>), Error> {
    let gathered = gather(schemas, overlay_folder)?;
    Error::all(gathered.errors)?;
    Ok((gathered.schema, gathered.overlay, gathered.mistakes))
}

/// A schema folder with its overlay, and everything that is wrong in it.
struct Gathered {
    schema: Schema,
    overlay: overlay::Overlay,
    /// What is not understood, and what contradicts itself.
    mistakes: Vec<Mistake>,
    /// The files that cannot be read, and what of the overlay does not fit.
    errors: Vec<Error>,
}

fn gather(schemas: &Path, overlay_folder: &Path) -> Result<Gathered, Error> {
    let mut mistakes = Vec::new();
    let mut errors = Vec::new();
    let mut schema = Schema {
        release: overlay::release(schemas)?,
        files: Vec::new(),
    };
    let paths = folder::files(schemas)?;
    let files = parallel::map(&paths, |path| {
        let text = folder::read(&schemas.join(path))?;
        let mut mistakes = Vec::new();
        let file = parse::file(path, &text, &mut mistakes).map_err(Error::Mistake)?;
        Ok::<_, Error>((file, mistakes))
    });
    let mut unreadable = Vec::new();
    for (path, result) in paths.iter().zip(files) {
        match result {
            Ok((file, mut found)) => {
                schema.files.push(file);
                mistakes.append(&mut found);
            }
            Err(error) => {
                errors.push(error);
                unreadable.push(path);
            }
        }
    }
    let mut overlay = match overlay::read(overlay_folder) {
        Ok(overlay) => overlay,
        Err(error) => {
            errors.push(error);
            overlay::Overlay::default()
        }
    };
    // What the overlay says of a file that cannot be read is not wrong.
    for path in &unreadable {
        overlay.files.remove(*path);
        overlay.names.remove(*path);
    }
    if !unreadable.is_empty() {
        overlay.words = crate::ident::Words::default();
    }
    match overlay::apply(&overlay, &mut schema) {
        Ok(()) => {}
        Err(Error::Several(several)) => errors.extend(several),
        Err(error) => errors.push(error),
    }
    for file in &mut schema.files {
        parse::settle_file(file, &mut mistakes);
    }
    mistakes.extend(check::check(&schema));
    Ok(Gathered {
        schema,
        overlay,
        mistakes,
        errors,
    })
}

/// What an overlay can say only in the crate `apple-mdm` itself, whose code has what it refers to.
fn only_for_the_crate(overlay: &overlay::Overlay) -> Vec<Error> {
    let mut errors = Vec::new();
    let mut refuse = |path: &str, at: &str, what: &str| {
        let message = format!("`{what}` refers to code of the crate `apple-mdm`, which only its own schema can");
        let mistake = Mistake::new(format!("overlay/{path}"), at, message);
        errors.push(Error::Mistake(mistake.suggest(Some("remove it".to_owned()))));
    };
    for path in overlay.examples.keys() {
        refuse(&format!("examples/{path}"), "", "examples");
    }
    if !overlay.used.is_empty() {
        refuse("used.yaml", "", "used.yaml");
    }
    for (path, entries) in &overlay.files {
        if entries.contains_key("tables-only") {
            refuse(path, "", "tables-only");
        }
        for section in ["keys", "response-keys"] {
            let keys = entries.get(section).and_then(serde_yaml::Value::as_mapping);
            for (key, facts) in keys.into_iter().flatten() {
                if facts.get("rust").is_some() {
                    refuse(path, key.as_str().unwrap_or_default(), "rust");
                }
            }
        }
    }
    errors
}

/// What to watch of a schema folder and its overlay.
fn watched(schemas: &Path, overlay: &Path) -> Vec<PathBuf> {
    let mut paths = if schemas.join(".git").exists() {
        // A checkout: git writes to it whenever somebody looks at it, and other things than the schema change there.
        let parts = folder::ROOTS.iter().chain(&["RELEASE.yaml", "overlay"]);
        parts.map(|part| schemas.join(part)).collect()
    } else {
        vec![schemas.to_owned()]
    };
    if !paths.iter().any(|path| overlay.starts_with(path)) {
        paths.push(overlay.to_owned());
    }
    // What is not there counts as changed, every time.
    paths.retain(|path| path.exists());
    paths
}

impl Output {
    /// Writes the files to a folder; one that is there already with the same contents is left alone.
    ///
    /// # Errors
    ///
    /// Where a file cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), Error> {
        fs::create_dir_all(folder).map_err(|e| Error::io(folder, e))?;
        for (name, text) in &self.files {
            let path = folder.join(name);
            if fs::read_to_string(&path).ok().as_deref() != Some(text) {
                fs::write(&path, text).map_err(|e| Error::io(&path, e))?;
            }
        }
        Ok(())
    }

    /// Prints cargo's lines: what to watch, a warning for each thing that was not understood, and one for all [`problems`](Self::problems)
    /// together, with the path of their list in `OUT_DIR`.
    pub fn tell_cargo(&self) {
        for path in &self.watched {
            println!("cargo::rerun-if-changed={}", path.display());
        }
        for warning in &self.warnings {
            println!("cargo::warning={warning}");
        }
        if !self.problems.is_empty() {
            let out = env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
            println!(
                "cargo::warning=the schema is of another state than the overlay: {}, skipped or replaced; see {}",
                problem::counts(&self.problems),
                out.join(PROBLEMS_FILE).display()
            );
        }
    }
}

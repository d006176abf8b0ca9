//! The configuration of the generator, for build scripts.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;

use crate::model::{Family, Schema};
use crate::problem::{self, Problem, ProblemKind, Severity};
use crate::rust::{self, Context};
use crate::{Error, any_state, folder, overlay, parallel, resolve, strict};

/// Generates Rust from a schema folder in Apple's format.
///
/// ```no_run
/// // in the `main` function of build.rs
/// apple_mdm_codegen::Config::new("schemas").build();
/// ```
///
/// In the crate, which depends on `apple-mdm`, include the generated file:
///
/// ```ignore
/// pub mod profiles {
///     include!(concat!(env!("OUT_DIR"), "/profiles.rs"));
/// }
/// ```
///
/// `examples/own_schema` in the repository does this for a vendor's payload.
#[derive(Debug, Clone)]
pub struct Config {
    schemas: PathBuf,
    overlay: Option<PathBuf>,
    /// The state of the schema that the overlay was written for, if `schemas` may be any other state.
    reference: Option<PathBuf>,
    families: Vec<Family>,
    items: Option<Vec<String>>,
    /// Whether the code becomes part of the crate `apple-mdm`.
    for_apple_mdm: bool,
    #[cfg(feature = "cli")]
    formatted: bool,
}

/// The generated code, with warnings.
#[derive(Debug, Clone)]
pub struct Output {
    /// The files, such as `profiles.rs`, with their contents.
    pub files: Vec<(String, String)>,
    /// The statements of the schema that are not understood or contradict others; empty with [`Config::any_state`].
    pub warnings: Vec<Problem>,
    /// The problems that [`Config::any_state`] found, and solved by skipping or replacing something.
    pub problems: Vec<Problem>,
    /// The files and folders that affect the result. Cargo watches them.
    pub watched: Vec<PathBuf>,
}

/// The generated file that lists the problems found with [`Config::any_state`].
pub const PROBLEMS_FILE: &str = "schema-problems.txt";

impl Config {
    /// Reads the folder `schemas`, which contains `mdm`, `declarative` or `other` like Apple's repository. A payload is a file in
    /// `mdm/profiles`, and a command is a file in `mdm/commands`.
    ///
    /// The [overlay] is the folder `overlay` in it, if it exists.
    #[must_use]
    pub fn new(schemas: impl Into<PathBuf>) -> Self {
        Self {
            schemas: schemas.into(),
            overlay: None,
            reference: None,
            families: rust::FAMILIES.to_vec(),
            items: None,
            for_apple_mdm: false,
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

    /// Accepts any state of the schema. `reference` is the state that the overlay was written for.
    ///
    /// The content of the schema then never fails the build:
    ///
    /// - Statements that are not understood, and entries of the overlay that do not fit, are skipped.
    /// - Items without a name in the overlay get the proposed name.
    /// - Items and keys that the crate's own code uses come from `reference` if they are missing.
    ///
    /// [`Output::problems`] and the file [`PROBLEMS_FILE`] list all of this, and [`Output::tell_cargo`] prints one warning with the
    /// counts.
    #[must_use]
    pub fn any_state(mut self, reference: impl Into<PathBuf>) -> Self {
        self.reference = Some(reference.into());
        self
    }

    /// Generates only these families.
    #[must_use]
    pub fn families(mut self, families: impl IntoIterator<Item = Family>) -> Self {
        self.families = families.into_iter().collect();
        self
    }

    /// Generates only these items, by their Rust names. [For `apple-mdm` itself](Self::for_apple_mdm), this selects among the
    /// commands, payloads and declarations, and the items that its own code needs are always generated.
    #[must_use]
    pub fn items<T: Into<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        self.items = Some(names.into_iter().map(Into::into).collect());
        self
    }

    /// Generates code for the crate `apple-mdm` itself: with the enums over all items, and with a name required for each item.
    #[must_use]
    pub fn for_apple_mdm(mut self) -> Self {
        self.for_apple_mdm = true;
        self
    }

    /// Formats the source for people who want to read it. This would take most of the time in a build script, so by default the
    /// source is only broken into lines.
    #[cfg(feature = "cli")]
    #[must_use]
    pub fn formatted(mut self) -> Self {
        self.formatted = true;
        self
    }

    /// Generates the code into `OUT_DIR` and tells cargo which files to watch. This is all that a build script needs.
    ///
    /// Problems in the schema or its overlay become build errors. All of them are reported together, each with the file, the key, what
    /// was found and what was expected. In this case nothing is written, and the build script should return.
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

    /// Reads and resolves the schema without generating code, for programs that use it as data.
    ///
    /// # Errors
    ///
    /// Returns an error if a file cannot be read, if the overlay does not fit the schema, or if a statement is not understood or
    /// contradicts another.
    pub fn resolve(&self) -> Result<resolve::Resolved, Error> {
        let overlay_folder = self.overlay.clone().unwrap_or_else(|| self.schemas.join("overlay"));
        let (_, _, resolved) = self.strictly(&overlay_folder, &mut Vec::new())?;
        Ok(resolved)
    }

    /// Generates the code.
    ///
    /// # Errors
    ///
    /// Returns an error if a file cannot be read, or if the overlay does not fit the schema. For a schema other than that of
    /// [`apple-mdm` itself](Self::for_apple_mdm), also returns an error if a statement is not understood or contradicts another.
    pub fn generate(&self) -> Result<Output, Error> {
        let overlay_folder = self.overlay.clone().unwrap_or_else(|| self.schemas.join("overlay"));
        let mut warnings = Vec::new();
        let mut problems = Vec::new();
        let mut examples = Vec::new();
        let (release, mut resolved) = match &self.reference {
            None => {
                let (schema, overlay, mut resolved) = self.strictly(&overlay_folder, &mut warnings)?;
                warnings.append(&mut resolved.warnings);
                if self.for_apple_mdm {
                    examples = rust::example::all(&resolved, &overlay)?;
                }
                (schema.release.name, resolved)
            }
            Some(reference) => {
                let (schema, overlay, skipped) = any_state::read(&self.schemas, &overlay_folder, reference)?;
                problems = skipped;
                let (resolved, skipped) = resolve::resolve_what_fits(&schema, &overlay);
                problems.extend(skipped);
                if self.for_apple_mdm {
                    let (fitting, skipped) = rust::example::all_that_fit(&resolved, &overlay);
                    examples = fitting;
                    problems.extend(skipped);
                }
                // Advice on how to change the overlay does not help someone who builds another state with it.
                for problem in problems
                    .iter_mut()
                    .filter(|problem| problem.kind != ProblemKind::Schema)
                {
                    problem.suggestion = None;
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
                return Err(Error::UnknownItem {
                    name: name.clone(),
                    known_as: known.map(|item| item.name.clone()),
                });
            }
            let is_needed = |item: &resolve::Item| self.for_apple_mdm && rust::is_needed(item);
            resolved
                .items
                .retain(|item| names.contains(&item.name) || is_needed(item));
            examples.retain(|example| resolved.items.iter().any(|item| example.is_of(item)));
        }
        let mut cx = Context::new(self.for_apple_mdm, &resolved);
        cx.examples = examples;
        let count = |family: &Family| resolved.items.iter().filter(|item| item.family == *family).count();
        let mut families: Vec<Family> = self
            .families
            .iter()
            .copied()
            // The modules of the crate include their file even if it is empty.
            .filter(|family| (self.for_apple_mdm && self.reference.is_some()) || count(family) > 0)
            .collect();
        // Start with the largest family, because one thread generates each family.
        families.sort_by_key(|family| std::cmp::Reverse(count(family)));
        let sources = parallel::map(&families, |family| {
            self.source(rust::families::generate(*family, &resolved, &cx))
        });
        let mut files = Vec::new();
        for (family, source) in families.into_iter().zip(sources) {
            files.push((format!("{}.rs", rust::module(family)), source?));
        }
        files.sort();
        if self.for_apple_mdm {
            let text = format!(
                "/// The release of Apple's schema that the crate was built from; empty if the schema folder does not state it.\npub const RELEASE: &str = {release:?};\n"
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

    /// Reads and resolves a schema in which problems are errors. Notes are added to `warnings`.
    fn strictly(
        &self,
        overlay_folder: &Path,
        warnings: &mut Vec<Problem>,
    ) -> Result<(Schema, overlay::Overlay, resolve::Resolved), Error> {
        let strict::Gathered {
            schema,
            overlay,
            problems,
            mut errors,
        } = strict::gather(&self.schemas, overlay_folder)?;
        for problem in problems {
            // We cannot change Apple's files, but a vendor can correct its own.
            if self.for_apple_mdm || problem.severity == Severity::Note {
                warnings.push(problem);
            } else {
                errors.push(Error::Problem(problem));
            }
        }
        if !self.for_apple_mdm {
            errors.extend(strict::references_to_the_crate(&overlay));
        }
        match resolve::resolve(&schema, &overlay, self.for_apple_mdm) {
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
            let file = syn::parse2(tokens).map_err(|error| Error::InvalidSource(error.to_string()))?;
            return Ok(prettyplease::unparse(&file));
        }
        Ok(rust::lines::unparse(tokens))
    }
}

/// Returns the files and folders to watch for changes of a schema folder and its overlay.
fn watched(schemas: &Path, overlay: &Path) -> Vec<PathBuf> {
    let mut paths = if schemas.join(".git").exists() {
        // A git checkout contains files that change although the schema does not: git's own, for example.
        let parts = folder::ROOTS.iter().chain(&["RELEASE.yaml", "overlay"]);
        parts.map(|part| schemas.join(part)).collect()
    } else {
        vec![schemas.to_owned()]
    };
    if !paths.iter().any(|path| overlay.starts_with(path)) {
        paths.push(overlay.to_owned());
    }
    // Cargo considers a missing file as changed in every build.
    paths.retain(|path| path.exists());
    paths
}

impl Output {
    /// Writes the files to a folder. A file that already has the same contents is not touched.
    ///
    /// # Errors
    ///
    /// Returns an error if a file cannot be written.
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

    /// Prints instructions for cargo: the files to watch, the [warnings](Self::warnings), and one warning for all
    /// [problems](Self::problems) together, with the path of their list in `OUT_DIR`.
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
                "cargo::warning=the overlay was written for another state of the schema: {}, skipped or replaced; see {}",
                problem::counts(&self.problems),
                out.join(PROBLEMS_FILE).display()
            );
        }
    }
}

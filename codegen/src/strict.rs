//! Reads a schema in which problems are errors: the crate's own, or a vendor's.

use std::path::Path;

use crate::model::Schema;
use crate::overlay::{self, Overlay};
use crate::problem::{Problem, ProblemKind};
use crate::{Error, check, folder, parallel, parse};

/// Reads a schema folder and applies the overlay. Also returns the statements that are not understood or contradict others.
///
/// # Errors
///
/// Returns an error if a file cannot be read, or if the overlay does not fit the schema.
pub fn read(schemas: &Path, overlay_folder: &Path) -> Result<(Schema, Overlay, Vec<Problem>), Error> {
    let gathered = gather(schemas, overlay_folder)?;
    Error::all(gathered.errors)?;
    Ok((gathered.schema, gathered.overlay, gathered.problems))
}

/// A schema folder with its overlay, and all errors in them.
pub(crate) struct Gathered {
    pub(crate) schema: Schema,
    pub(crate) overlay: Overlay,
    /// Statements that are not understood or contradict others.
    pub(crate) problems: Vec<Problem>,
    /// Files that cannot be read, and entries of the overlay that do not fit.
    pub(crate) errors: Vec<Error>,
}

/// Reads a schema folder and applies the overlay. Continues after errors, so that all of them are reported.
pub(crate) fn gather(schemas: &Path, overlay_folder: &Path) -> Result<Gathered, Error> {
    let mut problems = Vec::new();
    let mut errors = Vec::new();
    let mut schema = Schema {
        release: overlay::release(schemas)?,
        files: Vec::new(),
    };
    let paths = folder::files(schemas)?;
    let files = parallel::map(&paths, |path| {
        let text = folder::read(&schemas.join(path))?;
        let mut problems = Vec::new();
        let file = parse::file(path, &text, &mut problems).map_err(Error::Problem)?;
        Ok::<_, Error>((file, problems))
    });
    let mut unreadable = Vec::new();
    for (path, result) in paths.iter().zip(files) {
        match result {
            Ok((file, skipped)) => {
                schema.files.push(file);
                problems.extend(skipped);
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
            Overlay::default()
        }
    };
    // Do not report entries of the overlay about files that cannot be read.
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
        parse::check_nesting(file, &mut problems);
    }
    problems.extend(check::check(&schema));
    Ok(Gathered {
        schema,
        overlay,
        problems,
        errors,
    })
}

/// Reports entries of the overlay that refer to code of the crate `apple-mdm`. Only its own schema can have them.
pub(crate) fn references_to_the_crate(overlay: &Overlay) -> Vec<Error> {
    let mut errors = Vec::new();
    let mut refuse = |path: &str, place: &str, entry: &str| {
        let message = format!("`{entry}` refers to code of the crate `apple-mdm`, which only its own schema can");
        let problem = Problem::new(ProblemKind::Fact, format!("overlay/{path}"), place, message);
        errors.push(Error::Problem(problem.suggest("remove it".to_owned())));
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

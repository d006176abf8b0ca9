//! The overlay: facts that Apple states only in prose, applied to the model.
//!
//! - `names.yaml`: the Rust name of each item, by the path of its file (`mdm/profiles/com.example.yaml: Example`)
//! - `words.yaml`: words that the general rule for names splits in the wrong place (`OAuth: oauth`)
//! - `used.yaml`: the keys that the crate's own code uses, by the path of the file
//! - `examples/`: values for the example in an item's documentation, under the path of the item's file
//! - all other files: facts about the file of the schema with the same path:
//!
//! ```yaml
//! author: device              # who writes `payloadkeys`: `device` or `server`; `response-author` is the same for `responsekeys`
//! keys:                       # facts about keys, by path; `response-keys` for those of `responsekeys`
//!   Accounts[].Password: { secret: true }
//!   Consent.Language: { any: true, source: content of Language }    # a placeholder for any key
//!   Timeout: { range: { min: 0, max: 60 }, source: content of Timeout }
//! rules:                      # requirements, see `rules`; also `response-rules`
//! - kind: requires
//!   when: [{ key: Proxy, is: manual }]
//!   keys: [ProxyHost]
//!   says: A manual proxy needs a host.
//!   source: content of Proxy
//! ```
//!
//! In the crate's own schema and in a vendor's, an entry that matches nothing is an error: the schema has changed, and a person must
//! decide what to do.

mod apply;
mod invalid;
mod path;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_yaml::{Mapping, Value};

use crate::ident::Words;
use crate::message::{found, shorten};
use crate::model::{Release, Scalar};
use crate::problem::{Problem, ProblemKind};
use crate::{Error, folder, parallel, yaml};

pub use apply::{CheckKey, apply, apply_what_fits};
pub use path::{Place, Step, locate, missing, steps};

/// The overlay of a schema folder.
#[derive(Debug, Default)]
pub struct Overlay {
    /// `names.yaml`: the Rust name of each file's item.
    pub names: BTreeMap<String, String>,
    /// `words.yaml`: how to split words in names.
    pub words: Words,
    /// The files in `examples`: the values of an example, by the path of the item's file.
    pub examples: BTreeMap<String, Mapping>,
    /// `used.yaml`: the keys that the crate's own code uses, by the path of the file.
    pub used: BTreeMap<String, Vec<String>>,
    /// `common.yaml`: keys of all items, by the folder of their files.
    pub common: BTreeMap<String, Mapping>,
    /// The facts about each file of the schema, by its path.
    pub files: BTreeMap<String, Mapping>,
}

impl Overlay {
    /// Returns the paths of the files that the overlay has entries for.
    #[must_use]
    pub fn paths(&self) -> BTreeSet<&str> {
        let paths = self.names.keys().chain(self.examples.keys()).chain(self.files.keys());
        paths.chain(self.used.keys()).map(String::as_str).collect()
    }

    /// Moves the entries for the file `from` to the file `to`.
    pub(crate) fn rename(&mut self, from: &str, to: &str) {
        fn rename<T>(entries: &mut BTreeMap<String, T>, from: &str, to: &str) {
            if let Some(entry) = entries.remove(from) {
                entries.insert(to.to_owned(), entry);
            }
        }
        rename(&mut self.names, from, to);
        rename(&mut self.examples, from, to);
        rename(&mut self.files, from, to);
        rename(&mut self.used, from, to);
    }
}

/// The content of a file of the overlay.
enum Content {
    Names(BTreeMap<String, String>),
    Words(BTreeMap<String, String>),
    Used(BTreeMap<String, Vec<String>>),
    Common(BTreeMap<String, Mapping>),
    Facts(Mapping),
}

/// Reads the overlay in the folder `root`. A missing folder is an empty overlay.
///
/// # Errors
///
/// Returns an error if a file cannot be read or is not a YAML mapping.
pub fn read(root: &Path) -> Result<Overlay, Error> {
    let mut overlay = Overlay::default();
    if !root.is_dir() {
        return Ok(overlay);
    }
    let paths = folder::all_files(root)?;
    let contents = parallel::map(&paths, |path| {
        let full = root.join(path);
        let text = folder::read(&full)?;
        let document = document(path, &text)?;
        invalid::lists(path, &document)?;
        let content = match path.as_str() {
            "names.yaml" => serde_yaml::from_value(document).map(Content::Names),
            "words.yaml" => serde_yaml::from_value(document).map(Content::Words),
            "common.yaml" => serde_yaml::from_value(document).map(Content::Common),
            "used.yaml" => serde_yaml::from_value(document).map(Content::Used),
            _ => serde_yaml::from_value(document).map(Content::Facts),
        };
        content.map_err(|error| problem(path, "", error.to_string()))
    });
    let mut errors = Vec::new();
    for (path, content) in paths.into_iter().zip(contents) {
        let content = match content {
            Ok(content) => content,
            Err(error) => {
                errors.push(error);
                continue;
            }
        };
        match content {
            Content::Names(names) => overlay.names = names,
            Content::Words(words) => overlay.words = Words::new(words.into_iter().collect()),
            Content::Used(used) => overlay.used = used,
            Content::Common(common) => overlay.common = common,
            Content::Facts(facts) => {
                match path.strip_prefix("examples/") {
                    Some(path) => overlay.examples.insert(path.to_owned(), facts),
                    None => overlay.files.insert(path, facts),
                };
            }
        }
    }
    Error::all(errors)?;
    Ok(overlay)
}

/// Reads a file of the overlay, which must be a mapping.
fn document(path: &str, text: &str) -> Result<Value, Error> {
    let document = yaml::read_expanded(text).map_err(|error| problem(path, "", error.to_string()))?;
    if let Some((place, key)) = document.duplicates.first() {
        let message = format!("the YAML key `{}` occurs twice; remove one of them", shorten(key));
        return Err(problem(path, &yaml::render(&document.value, place), message));
    }
    match document.value {
        Value::Mapping(_) => Ok(document.value),
        other => Err(problem(
            path,
            "",
            format!("expected a mapping, found {}", found(&other)),
        )),
    }
}

fn problem(path: &str, place: &str, message: String) -> Error {
    Error::Problem(Problem::new(
        ProblemKind::Fact,
        format!("overlay/{path}"),
        place,
        message,
    ))
}

/// Reads `RELEASE.yaml` in a schema folder. Without the file, the release is empty.
///
/// # Errors
///
/// Returns an error if the file cannot be read or is not a YAML mapping.
pub fn release(root: &Path) -> Result<Release, Error> {
    let path = root.join("RELEASE.yaml");
    if !path.is_file() {
        return Ok(Release::default());
    }
    let document = yaml::read(&folder::read(&path)?).map_err(|e| Error::yaml(&path, &e))?;
    let name = document
        .get("name")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let notes = document.get("notes").and_then(Value::as_sequence).into_iter().flatten();
    Ok(Release {
        name,
        notes: notes.filter_map(Value::as_str).map(str::to_owned).collect(),
    })
}

/// Reads a scalar. A number that no document can hold is `None`.
pub(crate) fn scalar(value: &Value) -> Option<Scalar> {
    match value {
        Value::String(s) => Some(Scalar::String(s.clone())),
        Value::Bool(b) => Some(Scalar::Boolean(*b)),
        Value::Number(n) => {
            let real = || n.as_f64().filter(|n| n.is_finite()).map(Scalar::Real);
            n.as_i64().map(Scalar::Integer).or_else(real)
        }
        _ => None,
    }
}

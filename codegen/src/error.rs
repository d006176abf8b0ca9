//! Errors that stop the generator.

use std::io;
use std::path::{Path, PathBuf};

use crate::problem::Problem;

/// The reason why nothing was generated or imported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder cannot be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What went wrong.
        source: io::Error,
    },
    /// A file is not YAML, or not UTF-8.
    #[error("{}: {message}", path.display())]
    Yaml {
        /// The file.
        path: PathBuf,
        /// The reason, from the parser.
        message: String,
    },
    /// The folder contains no schema.
    #[error(
        "{}: no folder `mdm`, `declarative` or `other` with YAML files in it; a payload is a file in `mdm/profiles`",
        .0.display()
    )]
    NoSchemas(PathBuf),
    /// Something is wrong in a file of the schema or the overlay.
    #[error("{0}")]
    Problem(Problem),
    /// [`Config::items`](crate::Config::items) names an item that the schema does not have.
    #[error("the schema has no item called `{name}`{}", .known_as.as_ref().map(|known| format!("; this is the identifier of `{known}`")).unwrap_or_default())]
    UnknownItem {
        /// The name.
        name: String,
        /// The Rust name of the item that has `name` as its identifier in documents.
        known_as: Option<String>,
    },
    /// The generated source is not Rust. This is a bug in the generator.
    #[error("the generated source is not valid Rust: {0}")]
    InvalidSource(String),
    /// The state to import is older than the one in the folder.
    #[error(
        "the state to import goes up to version {theirs}, the schema folder up to {ours}; use `--older` to import it anyway"
    )]
    OlderState {
        /// The newest version in the state to import.
        theirs: String,
        /// The newest version in the schema folder.
        ours: String,
    },
    /// Several errors, which are reported together.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Several(Vec<Error>),
}

impl Error {
    pub(crate) fn io(path: &Path, source: io::Error) -> Self {
        Self::Io {
            path: path.to_owned(),
            source,
        }
    }

    pub(crate) fn yaml(path: &Path, source: &impl ToString) -> Self {
        Self::Yaml {
            path: path.to_owned(),
            message: source.to_string(),
        }
    }

    /// Combines several errors into one. Returns `Ok` if there are none.
    pub(crate) fn all(mut errors: Vec<Self>) -> Result<(), Self> {
        match errors.len() {
            0 => Ok(()),
            1 => Err(errors.remove(0)),
            _ => Err(Self::Several(errors)),
        }
    }

    /// Combines several problems into one error. Returns `Ok` if there are none.
    pub(crate) fn problems(problems: Vec<Problem>) -> Result<(), Self> {
        Self::all(problems.into_iter().map(Self::Problem).collect())
    }
}

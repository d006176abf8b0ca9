//! What can keep the generator from its work.

use std::io;
use std::path::{Path, PathBuf};

use crate::mistake::Mistake;

/// Why nothing was generated or imported.
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
    /// A file is no YAML.
    #[error("{}: {message}", path.display())]
    Yaml {
        /// The file.
        path: PathBuf,
        /// What the parser says.
        message: String,
    },
    /// The folder holds no schema.
    #[error(
        "{}: no folder `mdm`, `declarative` or `other` with YAML files in it; a payload is a file in `mdm/profiles`",
        .0.display()
    )]
    NoSchemas(PathBuf),
    /// A file of the schema is wrong.
    #[error("{0}")]
    Mistake(Mistake),
    /// The overlay or the names contradict the schema.
    #[error("{0}")]
    Contradiction(String),
    /// The state to import is older than the one in the folder.
    #[error(
        "the state to import goes up to version {theirs}, the schema folder up to {ours}; `--older` imports it all the same"
    )]
    OlderState {
        /// The newest version in the state to import.
        theirs: String,
        /// The newest version in the schema folder.
        ours: String,
    },
    /// Several at once.
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

    /// The errors as one; `Ok` where there are none.
    pub(crate) fn all(mut errors: Vec<Self>) -> Result<(), Self> {
        match errors.len() {
            0 => Ok(()),
            1 => Err(errors.remove(0)),
            _ => Err(Self::Several(errors)),
        }
    }
}

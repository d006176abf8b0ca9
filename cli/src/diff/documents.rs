//! Reads the documents and finds those that belong together.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use apple_mdm::cms::{self, Integrity, Signed};
use apple_mdm::lint::{AnnotatedValue, Kind, Options, annotate};

use crate::failure::Failure;
use crate::lint::files;
use crate::{document, terminal};

/// A document that was read.
pub struct Document {
    /// The path; in a folder, relative to it.
    pub name: PathBuf,
    pub kind: Kind,
    pub root: AnnotatedValue,
}

/// Two documents that belong together, or one that has no counterpart.
pub struct Compared {
    pub old: Option<Document>,
    pub new: Option<Document>,
}

impl Document {
    /// The identifier of a profile or a declaration.
    pub fn identifier(&self) -> Option<&str> {
        let key = match self.kind {
            Kind::Profile => "PayloadIdentifier",
            Kind::Declaration => "Identifier",
            _ => return None,
        };
        self.root.get(key)?.as_str()
    }
}

/// Reads two files, or all documents in two folders, and pairs them. Calls `failed` for files in folders that cannot be read.
///
/// # Errors
///
/// Returns an error if a file cannot be read, or if one path is a folder and the other is not.
pub fn load(old: &Path, new: &Path, options: &Options, failed: &mut dyn FnMut(&str)) -> Result<Vec<Compared>, Failure> {
    match (old.is_dir(), new.is_dir()) {
        (true, true) => Ok(pair(folder(old, options, failed), folder(new, options, failed))),
        (false, false) => {
            if old.as_os_str() == "-" && new.as_os_str() == "-" {
                return Err(Failure::Usage(
                    "only one of the documents can be standard input".to_owned(),
                ));
            }
            let read = |path: &Path| read(path, path, options).map_err(Failure::Usage);
            Ok(vec![Compared {
                old: Some(read(old)?),
                new: Some(read(new)?),
            }])
        }
        _ => Err(Failure::Usage("compare two files or two folders".to_owned())),
    }
}

/// Reads the documents in a folder. Other files with the same extensions do not count.
fn folder(folder: &Path, options: &Options, failed: &mut dyn FnMut(&str)) -> Vec<Document> {
    let arguments = [folder.to_owned()];
    let inputs = files::find(arguments.iter(), &mut |path, error| {
        failed(&format!("cannot open {}: {error}", path.display()));
    });
    let mut documents = Vec::new();
    for input in inputs {
        let name = input.path.strip_prefix(folder).unwrap_or(&input.path);
        match read(&input.path, name, options) {
            Ok(document) if document.kind != Kind::Unknown => documents.push(document),
            Ok(_) => {}
            Err(message) => failed(&message),
        }
    }
    documents
}

fn read(path: &Path, name: &Path, options: &Options) -> Result<Document, String> {
    let mut bytes = document::read(path).map_err(|error| format!("cannot open {}: {error}", path.display()))?;
    if cms::kind(&bytes).is_some() {
        let signed = Signed::open(&bytes).map_err(|error| format!("{}: {error}", path.display()))?;
        let is_broken = |signer: &cms::Signer| matches!(signer.integrity(), Integrity::Broken(_));
        if signed.signers().iter().any(is_broken) {
            terminal::print_warning(&format!("{}: its signature is invalid", path.display()));
        }
        bytes = signed.into_content();
    }
    let (kind, root) = annotate(&bytes, options).map_err(|error| {
        // What is wrong can be part of a secret.
        let place = error
            .position()
            .map(|position| format!(" at line {}, column {}", position.line, position.column));
        let place = place.unwrap_or_default();
        let path = path.display();
        format!("{path}: the document cannot be read{place}; `apple-mdm lint` shows why")
    })?;
    Ok(Document {
        name: name.to_owned(),
        kind,
        root,
    })
}

/// Pairs documents with the same path, then those of the same kind with the same identifier.
fn pair(old: Vec<Document>, new: Vec<Document>) -> Vec<Compared> {
    let mut old: Vec<Option<Document>> = old.into_iter().map(Some).collect();
    let mut new: Vec<Option<Document>> = new.into_iter().map(Some).collect();
    let mut pairs = Vec::new();
    type Name<'a> = Option<(&'static str, &'a Path, &'a str)>;
    let by_path: fn(&Document) -> Name<'_> = |document| Some(("", &document.name, ""));
    let by_identifier: fn(&Document) -> Name<'_> =
        |document| Some((document.kind.name(), Path::new(""), document.identifier()?));
    for name in [by_path, by_identifier] {
        let mut indices: HashMap<_, Vec<usize>> = HashMap::new();
        for (index, document) in old.iter().enumerate() {
            if let Some(name) = document.as_ref().and_then(name) {
                indices.entry(name).or_default().push(index);
            }
        }
        let mut found = Vec::new();
        for (index, document) in new.iter().enumerate() {
            // An identifier that several documents have does not tell which of them it was.
            if let Some(partners) = document.as_ref().and_then(name).and_then(|name| indices.get_mut(&name))
                && partners.len() == 1
            {
                found.extend(partners.pop().map(|partner| (partner, index)));
            }
        }
        for (a, b) in found {
            pairs.push(Compared {
                old: old[a].take(),
                new: new[b].take(),
            });
        }
    }
    pairs.extend(old.into_iter().flatten().map(|old| Compared {
        old: Some(old),
        new: None,
    }));
    pairs.extend(new.into_iter().flatten().map(|new| Compared {
        old: None,
        new: Some(new),
    }));
    let path = |compared: &Compared| {
        compared
            .new
            .as_ref()
            .or(compared.old.as_ref())
            .map(|one| one.name.clone())
    };
    pairs.sort_by_cached_key(path);
    pairs
}

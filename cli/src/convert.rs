//! `apple-mdm convert`

use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use apple_mdm::checkin::Message;
use apple_mdm::cms::{self, Signed};
use apple_mdm::commands::{Request, Response};
use apple_mdm::declarations::Declaration;
use apple_mdm::input::Limits;
use apple_mdm::other::{MachineInfo, ManifestUrl};
use apple_mdm::profiles::{PayloadEntry, Profile};
use apple_mdm::protocol::{DeclarationItemsResponse, StatusReport, TokensResponse};
use apple_mdm::value::Value;
use apple_mdm::{Document, Error, ErrorKind};
use clap::ArgMatches;

use crate::document::{self, Kind, Step};
use crate::failure::Failure;
use crate::screen;

/// How many places a note names.
const NAMED: usize = 5;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Xml,
    Binary,
    Json,
}

/// `apple-mdm convert …`
pub fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let Some(file) = matches.get_one::<PathBuf>("file") else {
        return Ok(());
    };
    let to = match matches.get_one::<String>("to").map(String::as_str) {
        Some("binary") => Format::Binary,
        Some("json") => Format::Json,
        _ => Format::Xml,
    };
    let output = matches.get_one::<PathBuf>("output");
    if to == Format::Binary && output.is_none() && io::stdout().is_terminal() {
        return Err(Failure::Usage(
            "a binary property list is nothing for a terminal; name a file with -o FILE".to_owned(),
        ));
    }
    let bytes = unsigned(file, read(file)?)?;
    let wrong = |error: &Error| Failure::Document(format!("{}: {error}", file.display()));
    let tree = Value::from_slice(&bytes).map_err(|error| wrong(&error))?;
    let kind = document::kind(&tree);
    let written = match through(kind, &bytes, to) {
        Ok(written) => written,
        Err(error) if kind != Kind::Other && is_misfit(&error) => {
            let message = format!(
                "{}: {error}; it is converted as it stands, without its type",
                file.display()
            );
            screen::note(&message);
            through(Kind::Other, &bytes, to).map_err(|error| wrong(&error))?
        }
        Err(error) => return Err(wrong(&error)),
    };
    tell(file, to, &written.changed)?;
    match output {
        Some(path) => fs::write(path, &written.bytes)
            .map_err(|error| Failure::Usage(format!("cannot write {}: {error}", path.display()))),
        None => {
            let mut out = io::stdout().lock();
            out.write_all(&written.bytes)?;
            if to != Format::Binary && !written.bytes.ends_with(b"\n") {
                out.write_all(b"\n")?;
            }
            out.flush()?;
            Ok(())
        }
    }
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    // No more than what is too much for the reader: some files have no end.
    let limit = Limits::default().size as u64 + 1;
    let mut bytes = Vec::new();
    let result = if file.as_os_str() == "-" {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        fs::File::open(file).and_then(|opened| opened.take(limit).read_to_end(&mut bytes))
    };
    result.map_err(|error| Failure::Usage(format!("cannot open {}: {error}", file.display())))?;
    Ok(bytes)
}

/// The document itself, where it is signed: a signature does not survive another format.
fn unsigned(file: &Path, bytes: Vec<u8>) -> Result<Vec<u8>, Failure> {
    if cms::kind(&bytes).is_none() {
        return Ok(bytes);
    }
    let signed = Signed::open(&bytes).map_err(|error| Failure::Document(format!("{}: {error}", file.display())))?;
    screen::note(&format!("{}: it is signed; what is written is not", file.display()));
    Ok(signed.into_content())
}

/// Whether a value is other than its type has it, and the document as such can be read.
fn is_misfit(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::WrongType { .. } | ErrorKind::Value { .. } | ErrorKind::MissingKey
    )
}

/// A document in its new format.
struct Written {
    bytes: Vec<u8>,
    /// Where it would be read back as something else.
    changed: Vec<String>,
}

fn through(kind: Kind, bytes: &[u8], to: Format) -> Result<Written, Error> {
    match kind {
        Kind::Profile => rewrite::<Profile>(bytes, to),
        Kind::Payload => rewrite::<PayloadEntry>(bytes, to),
        Kind::Request => rewrite::<Request>(bytes, to),
        Kind::Response => rewrite::<Response>(bytes, to),
        Kind::Message => rewrite::<Message>(bytes, to),
        Kind::Declaration => rewrite::<Declaration>(bytes, to),
        Kind::StatusReport => rewrite::<StatusReport>(bytes, to),
        Kind::DeclarationItems => rewrite::<DeclarationItemsResponse>(bytes, to),
        Kind::Tokens => rewrite::<TokensResponse>(bytes, to),
        Kind::MachineInfo => rewrite::<MachineInfo>(bytes, to),
        Kind::Manifest => rewrite::<ManifestUrl>(bytes, to),
        Kind::Other => rewrite::<Value>(bytes, to),
    }
}

fn rewrite<T: Document>(bytes: &[u8], to: Format) -> Result<Written, Error> {
    let typed = T::from_slice(bytes)?;
    let bytes = match to {
        Format::Xml => typed.to_xml()?.into_bytes(),
        Format::Binary => typed.to_binary()?,
        Format::Json => typed.to_json()?.into_bytes(),
    };
    let before = typed.to_value()?;
    let after = T::from_slice(&bytes)?.to_value()?;
    let mut changed = Vec::new();
    differences(&before, &after, &mut Vec::new(), &mut changed);
    Ok(Written { bytes, changed })
}

/// The paths at which two trees differ.
fn differences(a: &Value, b: &Value, at: &mut Vec<Step>, found: &mut Vec<String>) {
    match (a, b) {
        (Value::Dictionary(a), Value::Dictionary(b)) => {
            for (key, value) in a {
                at.push(Step::Key(key.to_owned()));
                match b.get(key) {
                    Some(other) => differences(value, other, at, found),
                    None => found.push(document::path(at)),
                }
                at.pop();
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                at.push(Step::Index(index));
                differences(a, b, at, found);
                at.pop();
            }
        }
        _ if a == b => {}
        _ => found.push(document::path(at)),
    }
}

/// Says where something does not come back as what it was; fails where the format should have kept it.
fn tell(file: &Path, to: Format, changed: &[String]) -> Result<(), Failure> {
    if changed.is_empty() {
        return Ok(());
    }
    let mut places = changed.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if changed.len() > NAMED {
        places.push_str(&format!(" and {} more", changed.len() - NAMED));
    }
    if to == Format::Json {
        screen::note(&format!(
            "{}: JSON has no data and no dates, and the schema does not know these keys: they are text now, and stay text \
             when the JSON is converted back: {places}",
            file.display()
        ));
        Ok(())
    } else {
        Err(Failure::Document(format!(
            "{}: the format cannot hold what is at {places}; nothing was written",
            file.display()
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_found_where_they_are() {
        let tree = |text: &str| match Value::from_slice(text.as_bytes()) {
            Ok(tree) => tree,
            Err(error) => panic!("{text}: {error}"),
        };
        let mut found = Vec::new();
        let a = tree(r#"{"a": [1, {"b c": 2}], "d": 1, "same": 0}"#);
        let b = tree(r#"{"a": [1, {"b c": "2"}], "same": 0}"#);
        differences(&a, &b, &mut Vec::new(), &mut found);
        assert_eq!(found, [r#"a[1]["b c"]"#, "d"]);
    }
}

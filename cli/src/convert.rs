//! `apple-mdm convert`: writes a document in another format.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use apple_mdm::checkin::Message;
use apple_mdm::cms::{self, Signed};
use apple_mdm::commands::{Request, Response};
use apple_mdm::declarations::Declaration;
use apple_mdm::other::{MachineInfo, ManifestUrl};
use apple_mdm::profiles::{PayloadEntry, Profile};
use apple_mdm::protocol::{DeclarationItemsResponse, StatusReport, TokensResponse};
use apple_mdm::value::Value;
use apple_mdm::{Document, Error, ErrorKind, writer};
use clap::ArgMatches;

use crate::document::{self, Kind, Step};
use crate::failure::Failure;
use crate::{output, terminal};

/// The most paths that a message lists.
const MAX_LISTED_PATHS: usize = 5;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Xml,
    Binary,
    Json,
}

/// A document in its new format.
struct Converted {
    bytes: Vec<u8>,
    /// The paths of the values that reading the new document changes.
    changed: Vec<String>,
}

/// Runs `apple-mdm convert`.
pub fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let Some(file) = matches.get_one::<PathBuf>("file") else {
        return Ok(());
    };
    let to = match matches.get_one::<String>("to").map(String::as_str) {
        Some("binary") => Format::Binary,
        Some("json") => Format::Json,
        _ => Format::Xml,
    };
    if to == Format::Binary && matches.get_one::<PathBuf>("output").is_none() && io::stdout().is_terminal() {
        return Err(Failure::Usage(
            "a terminal cannot show a binary property list; write it to a file with -o FILE".to_owned(),
        ));
    }
    let bytes =
        document::read(file).map_err(|error| Failure::Usage(format!("cannot open {}: {error}", file.display())))?;
    let bytes = without_signature(file, bytes)?;
    let failure = |error: &Error| Failure::Document(format!("{}: {error}", file.display()));
    let command = matches.get_one::<&'static str>("command").copied();
    let kind = document::kind(&Value::from_slice(&bytes).map_err(|error| failure(&error))?);
    let mut converted = match convert(kind, &bytes, to, command) {
        Ok(converted) => converted,
        Err(error) if kind != Kind::Other && contradicts_schema(&error) => {
            terminal::print_note(&format!(
                "{}: {error}; converting the document without its type",
                file.display()
            ));
            convert(Kind::Other, &bytes, to, None).map_err(|error| failure(&error))?
        }
        Err(error) => return Err(failure(&error)),
    };
    report_changes(file, to, &converted.changed)?;
    if to != Format::Binary && matches.get_one::<PathBuf>("output").is_none() && !converted.bytes.ends_with(b"\n") {
        converted.bytes.push(b'\n');
    }
    output::write(matches, &converted.bytes)
}

/// Returns the content of a signed document, or the bytes themselves. A signature cannot be kept in another format.
fn without_signature(file: &Path, bytes: Vec<u8>) -> Result<Vec<u8>, Failure> {
    if cms::kind(&bytes).is_none() {
        return Ok(bytes);
    }
    let signed = Signed::open(&bytes).map_err(|error| Failure::Document(format!("{}: {error}", file.display())))?;
    terminal::print_note(&format!("{}: it is signed; the output is not", file.display()));
    Ok(signed.into_content())
}

/// Whether the document can be read, but not as its type.
fn contradicts_schema(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::WrongType { .. } | ErrorKind::Value { .. } | ErrorKind::MissingKey
    )
}

fn convert(kind: Kind, bytes: &[u8], to: Format, command: Option<&str>) -> Result<Converted, Error> {
    match kind {
        Kind::Profile => convert_as::<Profile>(bytes, to),
        Kind::Payload => convert_as::<PayloadEntry>(bytes, to),
        Kind::Request => convert_as::<Request>(bytes, to),
        Kind::Response => convert_with(bytes, to, |bytes| read_response(bytes, command)),
        Kind::Message => convert_as::<Message>(bytes, to),
        Kind::Declaration => convert_as::<Declaration>(bytes, to),
        Kind::StatusReport => convert_as::<StatusReport>(bytes, to),
        Kind::DeclarationItems => convert_as::<DeclarationItemsResponse>(bytes, to),
        Kind::Tokens => convert_as::<TokensResponse>(bytes, to),
        Kind::MachineInfo => convert_as::<MachineInfo>(bytes, to),
        Kind::Manifest => convert_as::<ManifestUrl>(bytes, to),
        Kind::Other => convert_as::<Value>(bytes, to),
    }
}

/// Reads a response, including the keys of its command: the one given, or the one that the response names.
fn read_response(bytes: &[u8], command: Option<&str>) -> Result<Response, Error> {
    let mut response = Response::from_slice(bytes)?;
    let Some(command) = command.or(response.request_type.as_deref()) else {
        return Ok(response);
    };
    if let Some(body) = response.body_of(command)? {
        let mut values = Vec::new();
        body.each(&mut |key, view| values.push((key.to_owned(), writer::to_value(*view))));
        for (key, value) in values {
            response.extra.insert(key, value?);
        }
    }
    Ok(response)
}

fn convert_as<T: Document>(bytes: &[u8], to: Format) -> Result<Converted, Error> {
    convert_with(bytes, to, T::from_slice)
}

fn convert_with<T: Document>(
    bytes: &[u8],
    to: Format,
    read: impl Fn(&[u8]) -> Result<T, Error>,
) -> Result<Converted, Error> {
    let (bytes, before) = {
        let typed = read(bytes)?;
        let bytes = match to {
            Format::Xml => typed.to_xml()?.into_bytes(),
            Format::Binary => typed.to_binary()?,
            Format::Json => typed.to_json()?.into_bytes(),
        };
        (bytes, typed.to_value()?)
    };
    let after = read(&bytes)?.to_value()?;
    let mut changed = Vec::new();
    find_differences(&before, &after, &mut Vec::new(), &mut changed);
    Ok(Converted { bytes, changed })
}

/// Adds the paths at which two trees differ to `found`.
fn find_differences(a: &Value, b: &Value, at: &mut Vec<Step>, found: &mut Vec<String>) {
    match (a, b) {
        (Value::Dictionary(a), Value::Dictionary(b)) => {
            for (key, value) in a {
                at.push(Step::Key(key.to_owned()));
                match b.get(key) {
                    Some(other) => find_differences(value, other, at, found),
                    None => found.push(document::path(at)),
                }
                at.pop();
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                at.push(Step::Index(index));
                find_differences(a, b, at, found);
                at.pop();
            }
        }
        _ if a == b => {}
        _ => found.push(document::path(at)),
    }
}

/// Prints which values the conversion changes. JSON is expected to change some; for the other formats this is an error.
fn report_changes(file: &Path, to: Format, changed: &[String]) -> Result<(), Failure> {
    if changed.is_empty() {
        return Ok(());
    }
    let mut paths = changed
        .iter()
        .take(MAX_LISTED_PATHS)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if changed.len() > MAX_LISTED_PATHS {
        paths.push_str(&format!(" and {} more", changed.len() - MAX_LISTED_PATHS));
    }
    let file = file.display();
    if to == Format::Json {
        terminal::print_note(&format!(
            "{file}: JSON has no data and no dates, and the schema does not know these keys; they are now text and stay text \
             when the JSON is converted back: {paths}"
        ));
        Ok(())
    } else {
        Err(Failure::Document(format!(
            "{file}: the format cannot represent {paths}; nothing was written"
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_have_paths() {
        let tree = |text: &str| match Value::from_slice(text.as_bytes()) {
            Ok(tree) => tree,
            Err(error) => panic!("{text}: {error}"),
        };
        let mut found = Vec::new();
        let a = tree(r#"{"a": [1, {"b c": 2}], "d": 1, "same": 0}"#);
        let b = tree(r#"{"a": [1, {"b c": "2"}], "same": 0}"#);
        find_differences(&a, &b, &mut Vec::new(), &mut found);
        assert_eq!(found, [r#"a[1]["b c"]"#, "d"]);
    }
}

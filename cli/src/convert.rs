//! `apple-mdm convert`: writes a document in another format.

mod fingerprints;

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

use crate::document::{self, Kind};
use crate::failure::Failure;
use crate::{output, terminal};
use fingerprints::Fingerprints;

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
    if to == Format::Binary {
        output::refuse_terminal(matches, "a binary property list")?;
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
    report_changes(file, kind, to, command, &converted.changed)?;
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
        (bytes, Fingerprints::of(typed.view()))
    };
    let changed = before.differences(read(&bytes)?.view());
    Ok(Converted { bytes, changed })
}

/// Prints which values the conversion changes. JSON is expected to change some; for the other formats this is an error.
fn report_changes(
    file: &Path,
    kind: Kind,
    to: Format,
    command: Option<&str>,
    changed: &[String],
) -> Result<(), Failure> {
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
        let reason = match kind {
            Kind::Other => " (the schema does not define this document)",
            Kind::Response if command.is_none() => {
                " (the keys of a response depend on its command: name it with --command)"
            }
            _ => "",
        };
        terminal::print_note(&format!(
            "{file}: JSON has no data and no dates; these values are now text and stay text when the JSON is converted back: \
             {paths}{reason}"
        ));
        Ok(())
    } else {
        Err(Failure::Document(format!(
            "{file}: the format cannot represent {paths}; nothing was written"
        )))
    }
}

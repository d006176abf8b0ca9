//! Checks data that must itself be a document.
//!
//! Cryptographic messages are recognized by their outer structure and not opened. Documents of the schema are read into their types.

mod der;
#[cfg(test)]
mod document_tests;
mod magic;

use crate::codec::Document;
use crate::error::{Error, ErrorKind, quoted};
use crate::format::{DocumentFormat, Input, Limits};
use crate::items::other::{ManifestUrl, PasswordHash};
use crate::items::registry::items;
use crate::schema::{EmbeddedDocument, Family};
use crate::validate::suggest;
use crate::value::Value;

use self::der::Cms;

impl EmbeddedDocument {
    /// Checks whether data is such a document.
    ///
    /// # Errors
    ///
    /// Returns what the data is instead, in words that fit after "the data is". The text never contains anything from the data.
    pub fn check(self, bytes: &[u8]) -> Result<(), String> {
        match self {
            Self::Profile(payload_type) => self.profile(bytes, payload_type),
            Self::Plist => self.property_list(bytes).map(drop),
            Self::Json => self.json(bytes).map(drop),
            Self::Certificate | Self::CertificateDer => match der::after_certificate(bytes) {
                Some([]) => Ok(()),
                Some(rest) => Err(format!("a certificate with {} bytes after it", rest.len())),
                None => Err(self.instead(bytes)),
            },
            Self::CertificatePem => self.certificate_pem(bytes),
            Self::Pkcs12 => self.hold(bytes, der::is_pkcs12(bytes)),
            Self::Pkcs12OrUnknown => {
                let other = magic::is_text(bytes) || der::is_sequence(bytes);
                self.hold(bytes, der::is_pkcs12(bytes) || !other)
            }
            Self::Cms => self.hold(bytes, der::cms(bytes).is_some()),
            Self::PublicKeyDer => self.hold(bytes, der::is_sequence(bytes)),
            Self::Rtf => self.hold(bytes, magic::is_rtf(bytes)),
            Self::Font => self.hold(bytes, magic::is_font(bytes)),
            Self::FontNotCollection => self.hold(bytes, !magic::is_font_collection(bytes)),
            Self::Image => self.hold(bytes, magic::is_image(bytes)),
            Self::PngOrJpeg => self.hold(bytes, magic::is_png_or_jpeg(bytes)),
            Self::ProvisioningProfile => self.provisioning_profile(bytes),
            Self::PasswordHash => {
                self.property_list(bytes)?;
                self.read::<PasswordHash>(bytes)
            }
            Self::StatusReport => self.status_report(bytes),
            Self::TokensResponse => self.tokens_response(bytes),
            Self::Declaration => self.declaration(bytes),
            Self::Manifest => {
                self.property_list(bytes)?;
                self.read::<ManifestUrl>(bytes)
            }
            Self::StatusPredicate => status_predicate(bytes),
        }
    }

    fn hold(self, bytes: &[u8], holds: bool) -> Result<(), String> {
        if holds { Ok(()) } else { Err(self.instead(bytes)) }
    }

    /// Describes what the data is, and what it should be.
    fn instead(self, bytes: &[u8]) -> String {
        format!("{}, not {}", found(bytes), self.describe())
    }

    /// Describes why a property list or JSON does not fit the type.
    fn misfit(self, error: &Error) -> String {
        format!("not {}: {error}", self.describe())
    }

    /// Reads the data as a tree if it has one of the formats.
    fn tree(self, bytes: &[u8], formats: &[DocumentFormat], called: &str) -> Result<Value, String> {
        let broken = |error: Error| match error.kind() {
            ErrorKind::UnknownFormat | ErrorKind::Cms => self.instead(bytes),
            _ => format!("no {called}: {error}"),
        };
        let input = Input::new(bytes, &Limits::default()).map_err(broken)?.within();
        if !formats.contains(&input.format()) {
            return Err(self.instead(bytes));
        }
        let mut reader = input.reader();
        let value = reader.value().map_err(broken)?;
        reader.finish().map_err(broken)?;
        Ok(value)
    }

    fn property_list(self, bytes: &[u8]) -> Result<Value, String> {
        self.tree(bytes, &[DocumentFormat::Xml, DocumentFormat::Binary], "property list")
    }

    fn json(self, bytes: &[u8]) -> Result<Value, String> {
        self.tree(bytes, &[DocumentFormat::Json], "JSON")
    }

    /// Reads the data as a type of the schema.
    fn read<T: Document>(self, bytes: &[u8]) -> Result<(), String> {
        T::from_slice(bytes).map(drop).map_err(|error| self.misfit(&error))
    }

    /// Checks the keys of a profile, but not those of its payloads.
    fn profile(self, bytes: &[u8], payload_type: Option<&str>) -> Result<(), String> {
        if let Some(Cms::Signed | Cms::Enveloped) = der::cms(bytes) {
            return Ok(());
        }
        let profile = self.property_list(bytes)?;
        if profile.get("PayloadType").and_then(Value::as_str) != Some("Configuration") {
            return Err("a property list whose PayloadType is not Configuration".to_owned());
        }
        #[cfg(feature = "profiles")]
        self.read::<crate::items::profiles::Profile>(bytes)?;
        let Some(wanted) = payload_type else { return Ok(()) };
        let payloads = profile.get("PayloadContent").and_then(Value::as_array);
        if payloads.is_none() && profile.get("EncryptedPayloadContent").is_some() {
            return Ok(());
        }
        let is_wanted = |payload: &Value| payload.get("PayloadType").and_then(Value::as_str) == Some(wanted);
        if payloads.unwrap_or_default().iter().any(is_wanted) {
            Ok(())
        } else {
            Err(format!("a profile without a payload of type {wanted}"))
        }
    }

    /// Checks the labels of the blocks, but not what they contain.
    fn certificate_pem(self, bytes: &[u8]) -> Result<(), String> {
        let text = String::from_utf8_lossy(bytes);
        if !text.contains("-----BEGIN ") {
            return Err(self.instead(bytes));
        }
        let labels = |marker: &'static str| {
            text.match_indices(marker).filter_map(|(at, _)| {
                let (label, _) = text.get(at + marker.len()..)?.split_once("-----")?;
                Some(label)
            })
        };
        if labels("-----BEGIN ").any(|label| label.ends_with("PRIVATE KEY")) {
            Err("PEM text with a private key".to_owned())
        } else if !labels("-----BEGIN ").any(is_certificate_label) {
            Err("PEM text without a certificate".to_owned())
        } else if !labels("-----END ").any(is_certificate_label) {
            Err("PEM text that ends within a certificate".to_owned())
        } else {
            Ok(())
        }
    }

    fn provisioning_profile(self, bytes: &[u8]) -> Result<(), String> {
        if der::cms(bytes) != Some(Cms::Signed) {
            return Err(self.instead(bytes));
        }
        let contains = |text: &[u8]| bytes.windows(text.len()).any(|window| window == text);
        if contains(b"<plist") || contains(b"bplist00") {
            Ok(())
        } else {
            Err("a signed message without a property list".to_owned())
        }
    }

    /// Checks a status report. The key for errors can be missing, since there may be none.
    fn status_report(self, bytes: &[u8]) -> Result<(), String> {
        let report = self.json(bytes)?;
        #[cfg(feature = "declarations")]
        self.read::<crate::items::protocol::StatusReport>(bytes)?;
        self.need(&report, "StatusItems", |items| items.as_dictionary().is_some())
    }

    fn tokens_response(self, bytes: &[u8]) -> Result<(), String> {
        let response = self.json(bytes)?;
        #[cfg(feature = "declarations")]
        self.read::<crate::items::protocol::TokensResponse>(bytes)?;
        self.need(&response, "SyncTokens", |tokens| tokens.as_dictionary().is_some())
    }

    fn declaration(self, bytes: &[u8]) -> Result<(), String> {
        let declaration = self.json(bytes)?;
        for key in ["Identifier", "Type"] {
            self.need(&declaration, key, |value| value.as_str().is_some())?;
        }
        self.need(&declaration, "Payload", |payload| payload.as_dictionary().is_some())
    }

    /// Checks that a key of the document is present and valid.
    fn need(self, value: &Value, key: &str, right: fn(&Value) -> bool) -> Result<(), String> {
        match value.get(key) {
            Some(value) if right(value) => Ok(()),
            Some(value) => Err(format!("not {}: {} is {}", self.describe(), key, value.type_of())),
            None => Err(format!("not {}: {key} is missing", self.describe())),
        }
    }
}

fn is_certificate_label(label: &str) -> bool {
    matches!(label, "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE")
}

/// Describes what the data looks like.
fn found(bytes: &[u8]) -> &'static str {
    let start = bytes.trim_ascii_start();
    match () {
        () if bytes.is_empty() => "empty",
        () if start.starts_with(b"-----BEGIN ") => "PEM text",
        () if bytes.starts_with(b"bplist00") => "a binary property list",
        () if start.starts_with(b"<") => "XML text",
        () if magic::is_rtf(bytes) => "rich text",
        () if start.starts_with(b"{") || start.starts_with(b"[") => "JSON",
        () if der::after_certificate(bytes).is_some() => "a certificate in DER",
        () if der::is_pkcs12(bytes) => "a PKCS#12 file",
        () if der::cms(bytes).is_some() => "a CMS message",
        () if der::is_sequence(bytes) => "another document in DER",
        () if magic::is_image(bytes) => "an image",
        () if magic::is_font_collection(bytes) => "a collection of fonts",
        () if magic::is_font(bytes) => "a font",
        () if magic::is_text(bytes) => "text",
        () => "unknown binary data",
    }
}

/// Checks that each `@status(NAME)` of a predicate names a status item or something inside one.
fn status_predicate(bytes: &[u8]) -> Result<(), String> {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let names = || {
        items()
            .filter(|item| item.family == Family::Status)
            .map(|item| item.name)
    };
    for part in text.split("@status(").skip(1) {
        let Some((name, _)) = part.split_once(')') else {
            continue;
        };
        let name = name.trim();
        let is_known = |known: &str| {
            name.strip_prefix(known)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        // Without the feature for declarations there is nothing to compare with.
        if names().next().is_some() && !names().any(is_known) {
            let hint = suggest::closest(name, names()).map(|known| format!("; {}", suggest::did_you_mean(known)));
            let name = quoted(name, 80);
            return Err(format!(
                "a predicate about the unknown status item {name}{}",
                hint.unwrap_or_default()
            ));
        }
    }
    Ok(())
}

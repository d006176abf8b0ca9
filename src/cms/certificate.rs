//! X.509 certificates of signers and authorities.

use std::fmt;

use ::cms::signed_data::SignerIdentifier;
use der::{Decode, Encode};
use sha2::{Digest, Sha256};
use x509_cert::ext::pkix::SubjectKeyIdentifier;
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::time::Time;

use super::Error;
use super::algorithm::{Key, Unverified};
use super::ber::{Elements, SEQUENCE};
use super::roots::Roots;
use crate::value::Date;

/// The maximum size of a certificate in bytes. The largest post-quantum keys and signatures have about 50 KB.
const MAX_SIZE: usize = 64 << 10;

/// The maximum size of a name in bytes, and the maximum number of its attributes. Names are converted to text and compared with
/// each other, so hostile ones would take time.
const MAX_NAME_SIZE: u32 = 4096;
const MAX_ATTRIBUTES: usize = 64;

/// The maximum number of extensions. Certificates in the wild have up to about 20.
const MAX_EXTENSIONS: usize = 64;

/// A certificate from a signed message, or a trusted root.
#[derive(Clone)]
pub struct Certificate {
    der: Vec<u8>,
    subject: String,
    issuer: String,
    serial: String,
    not_before: Date,
    not_after: Date,
    fingerprint: [u8; 32],
    pub(super) x509: Box<x509_cert::Certificate>,
}

impl Certificate {
    /// Reads the first certificate of a PEM file.
    ///
    /// # Errors
    ///
    /// Returns an error if the file contains no certificate, or one that cannot be read.
    pub fn from_pem(pem: &[u8]) -> Result<Self, Error> {
        let certificates = Roots::from_pem(pem)?.into_certificates();
        certificates.into_iter().next().ok_or(Error::Certificate)
    }

    /// Reads a certificate in DER.
    ///
    /// # Errors
    ///
    /// Returns an error if the certificate cannot be read.
    pub fn from_der(der: &[u8]) -> Result<Self, Error> {
        Self::read(der).ok_or(Error::Certificate)
    }

    /// Reads a certificate. Returns `None` if the bytes are not a certificate or exceed the limits above.
    pub(super) fn read(der: &[u8]) -> Option<Self> {
        if der.len() > MAX_SIZE {
            return None;
        }
        let x509 = x509_cert::Certificate::from_der(der).ok()?;
        let tbs = x509.tbs_certificate();
        let extensions = tbs.extensions().map_or(0, |extensions| extensions.len());
        if extensions > MAX_EXTENSIONS || !is_within_limits(tbs.subject()) || !is_within_limits(tbs.issuer()) {
            return None;
        }
        Some(Self {
            der: der.to_vec(),
            subject: name_text(tbs.subject()),
            issuer: name_text(tbs.issuer()),
            serial: serial_text(tbs.serial_number()),
            not_before: date(&tbs.validity().not_before)?,
            not_after: date(&tbs.validity().not_after)?,
            fingerprint: Sha256::digest(der).into(),
            x509: Box::new(x509),
        })
    }

    /// Returns the subject in the notation of RFC 4514, most specific part first: `CN=profiles.example.com,O=Example`.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Returns the issuer in the same notation as the subject.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Returns the serial number in uppercase hexadecimal digits.
    #[must_use]
    pub fn serial(&self) -> &str {
        &self.serial
    }

    /// Returns the first moment at which the certificate is valid.
    #[must_use]
    pub fn not_before(&self) -> Date {
        self.not_before
    }

    /// Returns the last second in which the certificate is valid.
    #[must_use]
    pub fn not_after(&self) -> Date {
        self.not_after
    }

    /// Returns whether the certificate is valid at the given date.
    #[must_use]
    pub fn is_valid_at(&self, date: Date) -> bool {
        self.not_before <= date && date.whole_seconds() <= self.not_after
    }

    /// Returns the SHA-256 fingerprint in uppercase hexadecimal digits.
    ///
    /// The fingerprint identifies a certificate. Subjects and serial numbers do so only within one issuer.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        hexadecimal(&self.fingerprint)
    }

    /// Returns the certificate in DER.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Returns the bytes that the issuer signed.
    pub(super) fn signed_part(&self) -> &[u8] {
        Elements(&self.der)
            .expect(SEQUENCE, "")
            .and_then(|certificate| Elements(certificate.content).next())
            .map_or(&[], |tbs| tbs.whole)
    }

    /// Returns the public key.
    pub(super) fn key(&self) -> Result<Key, Unverified> {
        Key::of(self.x509.tbs_certificate().subject_public_key_info())
    }

    /// Returns `IssuerAndSerialNumber` in DER, with the issuer exactly as in the certificate.
    #[cfg(feature = "cms-sign")]
    pub(super) fn issuer_and_serial(&self) -> Vec<u8> {
        let mut signed_part = Elements(self.signed_part());
        let mut fields = Elements(signed_part.next().map_or(&[], |element| element.content));
        // The version is absent in certificates of version 1.
        let _ = fields.optional(super::ber::CONTEXT_0);
        let serial = fields.next().map_or(&[][..], |element| element.whole);
        // Skip the signature algorithm.
        let _ = fields.next();
        let issuer = fields.next().map_or(&[][..], |element| element.whole);
        super::ber::element(SEQUENCE, &[issuer, serial])
    }

    /// Returns whether the certificate has this subject key identifier.
    pub(super) fn has_key_identifier(&self, identifier: &[u8]) -> bool {
        matches!(
            self.x509.tbs_certificate().get_extension::<SubjectKeyIdentifier>(),
            Ok(Some((_, own))) if own.0.as_bytes() == identifier
        )
    }

    /// Returns whether the signer names this certificate as its own.
    pub(super) fn matches_signer(&self, signer: &SignerName) -> bool {
        match signer {
            SignerName::IssuerAndSerial { issuer, serial } => *serial == self.serial && same_name(issuer, &self.issuer),
            SignerName::KeyIdentifier(identifier) => self.has_key_identifier(identifier),
        }
    }

    /// Returns whether this certificate names the subject of `issuer` as its issuer.
    pub(super) fn names_as_issuer(&self, issuer: &Self) -> bool {
        same_name(&self.issuer, &issuer.subject)
    }

    /// Returns whether the subject has this name.
    pub(super) fn has_subject(&self, name: &str) -> bool {
        same_name(&self.subject, name)
    }

    /// Returns whether subject and issuer are the same.
    pub(super) fn is_self_issued(&self) -> bool {
        same_name(&self.issuer, &self.subject)
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.fingerprint == other.fingerprint
    }
}

impl Eq for Certificate {}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate")
            .field("subject", &self.subject)
            .field("issuer", &self.issuer)
            .field("serial", &self.serial)
            .field("not_before", &self.not_before)
            .field("not_after", &self.not_after)
            .finish_non_exhaustive()
    }
}

/// How a signature names the certificate of its signer.
pub(super) enum SignerName {
    IssuerAndSerial { issuer: String, serial: String },
    KeyIdentifier(Vec<u8>),
}

impl SignerName {
    /// Reads the name. Returns `None` if it exceeds the limits above.
    pub fn read(id: &SignerIdentifier) -> Option<Self> {
        match id {
            SignerIdentifier::IssuerAndSerialNumber(id) => {
                is_within_limits(&id.issuer).then(|| Self::IssuerAndSerial {
                    issuer: name_text(&id.issuer),
                    serial: serial_text(&id.serial_number),
                })
            }
            SignerIdentifier::SubjectKeyIdentifier(id) => Some(Self::KeyIdentifier(id.0.as_bytes().to_vec())),
        }
    }
}

fn is_within_limits(name: &Name) -> bool {
    let size = name.encoded_len().map_or(u32::MAX, u32::from);
    size <= MAX_NAME_SIZE && name.iter().count() <= MAX_ATTRIBUTES
}

/// Compares two names without regard to string types and the case of ASCII letters (RFC 5280, 7.1).
fn same_name(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// Returns a name in the notation of RFC 4514, with escapes for characters that control a terminal or the text direction.
pub(super) fn name_text(name: &impl fmt::Display) -> String {
    let mut text = String::new();
    for c in name.to_string().chars() {
        match c {
            '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                text.extend(c.escape_unicode())
            }
            c if c.is_control() => text.extend(c.escape_unicode()),
            c => text.push(c),
        }
    }
    text
}

/// Returns a serial number in hexadecimal digits.
pub(super) fn serial_text(number: &SerialNumber) -> String {
    let octets = number.as_bytes();
    let octets = match octets {
        [0, rest @ ..] if !rest.is_empty() => rest,
        _ => octets,
    };
    hexadecimal(octets)
}

fn hexadecimal(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02X}")).collect()
}

/// Converts the time in a certificate or an attribute.
pub(super) fn date(time: &Time) -> Option<Date> {
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).ok()?;
    Date::from_unix_seconds(seconds).ok()
}

/// Reads the time in the value of an attribute.
pub(super) fn date_of(value: &der::Any) -> Option<Date> {
    let time = Time::from_der(&value.to_der().ok()?).ok()?;
    date(&time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_in_names_are_escaped() {
        let cases = [
            ("CN=profiles.example.com,O=Example", "CN=profiles.example.com,O=Example"),
            ("CN=M\u{fc}ller", "CN=M\u{fc}ller"),
            ("CN=a\u{1b}[2Jb", "CN=a\\1b[2Jb"),
            ("CN=a\u{9b}2Jb", "CN=a\\u{9b}2Jb"),
            ("CN=moc.\u{202e}live", "CN=moc.\\u{202e}live"),
        ];
        for (name, want) in cases {
            assert_eq!(name_text(&name.parse::<Name>().unwrap()), want);
        }
    }

    #[test]
    fn names_are_compared_case_insensitively() {
        assert!(same_name("CN=Example Root,O=EXAMPLE", "CN=example root,O=Example"));
        assert!(!same_name("CN=Example Root", "CN=Example"));
    }

    #[test]
    fn serial_numbers_are_written_with_all_digits_and_without_a_sign() {
        for (octets, want) in [(&[0x0a, 0xbc][..], "0ABC"), (&[0xff, 1], "FF01"), (&[0], "00")] {
            assert_eq!(serial_text(&SerialNumber::new(octets).unwrap()), want);
        }
    }
}

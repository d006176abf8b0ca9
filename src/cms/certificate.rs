//! Certificates, as far as signatures need them.

use std::fmt;

use ::cms::signed_data::SignerIdentifier;
use der::{Decode, Encode};
use x509_cert::ext::pkix::SubjectKeyIdentifier;
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::time::Time;

use super::ber::{Elements, SEQUENCE};
use crate::value::Date;

/// No certificate in use is larger (the keys and signatures of tomorrow have 50 KB); larger ones are not looked at.
const MAX_SIZE: usize = 64 << 10;

/// No name in use has more attributes; certificates that have are not looked at. Turning attributes into text takes its time.
const MAX_ATTRIBUTES: usize = 64;

/// A certificate that came with a signature, or that is trusted.
#[derive(Clone)]
pub struct Certificate {
    der: Vec<u8>,
    subject: String,
    issuer: String,
    serial: String,
    not_before: Date,
    not_after: Date,
    pub(super) x509: Box<x509_cert::Certificate>,
}

impl Certificate {
    /// Reads a certificate; `None` where the bytes are none, or one that is out of the ordinary.
    pub(super) fn read(der: &[u8]) -> Option<Self> {
        if der.len() > MAX_SIZE {
            return None;
        }
        let x509 = x509_cert::Certificate::from_der(der).ok()?;
        let tbs = x509.tbs_certificate();
        let small = |name: &Name| name.iter().count() <= MAX_ATTRIBUTES;
        if !small(tbs.subject()) || !small(tbs.issuer()) {
            return None;
        }
        Some(Self {
            der: der.to_vec(),
            subject: text(tbs.subject()),
            issuer: text(tbs.issuer()),
            serial: serial(tbs.serial_number()),
            not_before: date(&tbs.validity().not_before)?,
            not_after: date(&tbs.validity().not_after)?,
            x509: Box::new(x509),
        })
    }

    /// Whose certificate it is, as RFC 4514 writes names, the most specific part first: `CN=profiles.example.com,O=Example`.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Who issued it, written like the subject.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The serial number, in hexadecimal digits.
    #[must_use]
    pub fn serial(&self) -> &str {
        &self.serial
    }

    /// When it begins to be valid.
    #[must_use]
    pub fn not_before(&self) -> Date {
        self.not_before
    }

    /// When it ceases to be valid.
    #[must_use]
    pub fn not_after(&self) -> Date {
        self.not_after
    }

    /// Whether the date is within the certificate's validity.
    #[must_use]
    pub fn is_valid_at(&self, date: Date) -> bool {
        self.not_before <= date && date.whole_seconds() <= self.not_after
    }

    /// The certificate itself, in DER.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The part that its issuer signed, byte for byte.
    pub(super) fn signed_part(&self) -> &[u8] {
        Elements(&self.der)
            .expect(SEQUENCE, "")
            .and_then(|certificate| Elements(certificate.content).next())
            .map_or(&[], |tbs| tbs.whole)
    }

    /// Whether it is the one that a signer says to have signed with.
    pub(super) fn is_of(&self, signer: &SignerIdentifier) -> bool {
        match signer {
            SignerIdentifier::IssuerAndSerialNumber(id) => {
                serial(&id.serial_number) == self.serial && same_name(&text(&id.issuer), &self.issuer)
            }
            SignerIdentifier::SubjectKeyIdentifier(id) => matches!(
                self.x509.tbs_certificate().get_extension::<SubjectKeyIdentifier>(),
                Ok(Some((_, own))) if own.0.as_bytes() == id.0.as_bytes()
            ),
        }
    }

    /// Whether its issuer has the name of that certificate.
    pub(super) fn names_as_issuer(&self, issuer: &Self) -> bool {
        same_name(&self.issuer, &issuer.subject)
    }

    /// Whether it has the same name as its issuer.
    pub(super) fn is_self_issued(&self) -> bool {
        same_name(&self.issuer, &self.subject)
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
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

/// Whether two names are the same: the type of string and the case of ASCII letters do not matter (RFC 5280, 7.1).
fn same_name(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// A name as RFC 4514 writes it, with nothing in it that a terminal would not show but obey.
pub(super) fn text(name: &Name) -> String {
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

/// A serial number in hexadecimal digits.
pub(super) fn serial(number: &SerialNumber) -> String {
    let octets = number.as_bytes();
    let octets = match octets {
        [0, rest @ ..] if !rest.is_empty() => rest,
        _ => octets,
    };
    octets.iter().map(|octet| format!("{octet:02X}")).collect()
}

/// The date of a certificate's or an attribute's time.
pub(super) fn date(time: &Time) -> Option<Date> {
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).ok()?;
    Date::from_unix_seconds(seconds).ok()
}

/// The time that an attribute has.
pub(super) fn date_of(value: &der::Any) -> Option<Date> {
    let time = Time::from_der(&value.to_der().ok()?).ok()?;
    date(&time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_nothing_that_a_terminal_would_obey() {
        let cases = [
            ("CN=profiles.example.com,O=Example", "CN=profiles.example.com,O=Example"),
            ("CN=M\u{fc}ller", "CN=M\u{fc}ller"),
            ("CN=a\u{1b}[2Jb", "CN=a\\1b[2Jb"),
            ("CN=a\u{9b}2Jb", "CN=a\\u{9b}2Jb"),
            ("CN=moc.\u{202e}live", "CN=moc.\\u{202e}live"),
        ];
        for (name, want) in cases {
            assert_eq!(text(&name.parse().unwrap()), want);
        }
    }

    #[test]
    fn names_are_the_same_whatever_the_case() {
        assert!(same_name("CN=Example Root,O=EXAMPLE", "CN=example root,O=Example"));
        assert!(!same_name("CN=Example Root", "CN=Example"));
    }

    #[test]
    fn serial_numbers_have_all_their_digits_and_no_sign() {
        for (octets, want) in [(&[0x0a, 0xbc][..], "0ABC"), (&[0xff, 1], "FF01"), (&[0], "00")] {
            assert_eq!(serial(&SerialNumber::new(octets).unwrap()), want);
        }
    }
}

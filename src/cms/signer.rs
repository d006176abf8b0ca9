//! Who signed, and whether the signature holds.

use std::sync::Arc;

use ::cms::signed_data::{SignerIdentifier, SignerInfo};
use der::asn1::{ObjectIdentifier, OctetString};
use der::{Any, Decode, Encode};
use x509_cert::attr::Attributes;

use super::algorithm::{Hash, Key, Scheme, Unverified, name};
use super::ber::{CONTEXT_0, Element, Elements, SEQUENCE, SET, to_der};
use super::certificate::{Certificate, date_of, serial, text};
use crate::value::Date;

const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_TIME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");

/// What a signer says in a signature, and whether it holds.
#[derive(Clone, Debug)]
pub struct Signer {
    pub(super) certificate: Option<Arc<Certificate>>,
    issuer: Option<String>,
    serial: Option<String>,
    signing_time: Option<Date>,
    digest_algorithm: Option<String>,
    signature_algorithm: Option<String>,
    integrity: Integrity,
}

/// Whether a signature holds: the content is what was signed, with the key of the signer's certificate.
///
/// It says nothing about who the signer is: that is [trust](super::Signed::trust).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Integrity {
    /// It holds.
    Verified,
    /// It does not hold.
    Broken(Broken),
    /// It may or may not hold.
    Unverified(Unverified),
}

/// Why a signature does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Broken {
    /// The digest of the content is another than the signed one.
    #[error("the content was changed after it was signed: its digest is not the signed one")]
    Content,
    /// The signature is not one of the certificate's key over this content.
    #[error("the signature was not made over this content with the key of the signer's certificate")]
    Signature,
    /// The signed attributes lack what they must have, or contradict the message.
    #[error("the signed attributes are no good: {0}")]
    Attributes(&'static str),
    /// What the signer says cannot be read.
    #[error("the signer's part of the message cannot be read")]
    Unreadable,
}

impl Signer {
    /// The signer's certificate, if it came with the signature.
    #[must_use]
    pub fn certificate(&self) -> Option<&Certificate> {
        self.certificate.as_deref()
    }

    /// Whose certificate it is; see [`Certificate::subject`].
    #[must_use]
    pub fn subject(&self) -> Option<&str> {
        self.certificate().map(Certificate::subject)
    }

    /// The issuer of the signer's certificate; see [`Certificate::issuer`]. Known also where the certificate is not there, unless the
    /// signer is named by a key identifier.
    #[must_use]
    pub fn issuer(&self) -> Option<&str> {
        self.certificate().map(Certificate::issuer).or(self.issuer.as_deref())
    }

    /// The serial number of the signer's certificate; see [`Certificate::serial`]. Known where the issuer is.
    #[must_use]
    pub fn serial(&self) -> Option<&str> {
        self.certificate().map(Certificate::serial).or(self.serial.as_deref())
    }

    /// When it was signed, as the signer says.
    #[must_use]
    pub fn signing_time(&self) -> Option<Date> {
        self.signing_time
    }

    /// The name of the digest algorithm, `SHA-256`, or its object identifier.
    #[must_use]
    pub fn digest_algorithm(&self) -> Option<&str> {
        self.digest_algorithm.as_deref()
    }

    /// The name of the signature algorithm, `ECDSA with SHA-256`, or its object identifier.
    #[must_use]
    pub fn signature_algorithm(&self) -> Option<&str> {
        self.signature_algorithm.as_deref()
    }

    /// Whether the signature holds.
    #[must_use]
    pub fn integrity(&self) -> &Integrity {
        &self.integrity
    }

    /// Reads a `SignerInfo` and verifies it.
    pub(super) fn read(info: &Element<'_>, message: &mut Message<'_>) -> Self {
        // DER as it came, so that the signed attributes are the bytes that were signed.
        let rewritten = match SignerInfo::from_der(info.whole) {
            Ok(_) => None,
            Err(_) => to_der(info).ok(),
        };
        let der = rewritten.as_deref().unwrap_or(info.whole);
        match SignerInfo::from_der(der) {
            Ok(info) => Self::verify(&info, der, message),
            Err(_) => Self {
                certificate: None,
                issuer: None,
                serial: None,
                signing_time: None,
                digest_algorithm: None,
                signature_algorithm: None,
                integrity: Integrity::Broken(Broken::Unreadable),
            },
        }
    }

    fn verify(info: &SignerInfo, der: &[u8], message: &mut Message<'_>) -> Self {
        let certificate = message.certificates.iter().find(|c| c.is_of(&info.sid)).cloned();
        let (issuer, serial) = match &info.sid {
            SignerIdentifier::IssuerAndSerialNumber(id) => (Some(text(&id.issuer)), Some(serial(&id.serial_number))),
            SignerIdentifier::SubjectKeyIdentifier(_) => (None, None),
        };
        let scheme = Scheme::of(&info.signature_algorithm, Some(&info.digest_alg));
        let signature_algorithm = match &scheme {
            Ok(scheme) => scheme.to_string(),
            Err(Unverified::WeakAlgorithm { algorithm } | Unverified::UnsupportedAlgorithm { algorithm }) => {
                algorithm.clone()
            }
            Err(_) => name(info.signature_algorithm.oid),
        };
        let signing_time = info
            .signed_attrs
            .as_ref()
            .and_then(|attributes| only_value(attributes, SIGNING_TIME).ok())
            .and_then(date_of);
        let integrity = scheme
            .map_err(Integrity::Unverified)
            .and_then(|scheme| check(info, der, scheme, certificate.as_deref(), message));
        Self {
            certificate,
            issuer,
            serial,
            signing_time,
            digest_algorithm: Some(name(info.digest_alg.oid)),
            signature_algorithm: Some(signature_algorithm),
            integrity: integrity.err().unwrap_or(Integrity::Verified),
        }
    }
}

/// What signers signed.
pub(super) struct Message<'a> {
    pub content: &'a [u8],
    pub content_type: ObjectIdentifier,
    pub certificates: &'a [Arc<Certificate>],
    /// Digests that were computed, so that many signers do not cost many walks over the content.
    pub digests: Vec<(Hash, Vec<u8>)>,
}

impl Message<'_> {
    fn digest(&mut self, hash: Hash) -> Vec<u8> {
        if let Some((_, digest)) = self.digests.iter().find(|known| known.0 == hash) {
            return digest.clone();
        }
        let digest = hash.digest(self.content);
        self.digests.push((hash, digest.clone()));
        digest
    }
}

/// Whether the signature holds (RFC 5652, 5.4 and 5.6); the error says why not.
fn check(
    info: &SignerInfo,
    der: &[u8],
    scheme: Scheme,
    certificate: Option<&Certificate>,
    message: &mut Message<'_>,
) -> Result<(), Integrity> {
    let signed = match &info.signed_attrs {
        Some(attributes) => {
            let hash = Hash::of(&info.digest_alg).map_err(Integrity::Unverified)?;
            let digest = message.digest(hash);
            check_attributes(attributes, &digest, message.content_type).map_err(Integrity::Broken)?;
            Some(attributes)
        }
        None => None,
    };
    let certificate = certificate.ok_or(Integrity::Unverified(Unverified::NoCertificate))?;
    let info_of_key = certificate.x509.tbs_certificate().subject_public_key_info();
    let key = Key::of(info_of_key).map_err(Integrity::Unverified)?;
    let signature = info.signature.as_bytes();
    let holds = match signed {
        Some(attributes) => {
            let as_sent = scheme.hash().digest(&attributes_as_sent(der).unwrap_or_default());
            // DER wants the attributes in an order that some signers keep only in what they sign.
            scheme.verify(&key, &as_sent, signature) || {
                let in_order = scheme.hash().digest(&attributes.to_der().unwrap_or_default());
                in_order != as_sent && scheme.verify(&key, &in_order, signature)
            }
        }
        None => scheme.verify(&key, &message.digest(scheme.hash()), signature),
    };
    if holds {
        Ok(())
    } else {
        Err(Integrity::Broken(Broken::Signature))
    }
}

fn check_attributes(attributes: &Attributes, digest: &[u8], content_type: ObjectIdentifier) -> Result<(), Broken> {
    let said = only_value(attributes, CONTENT_TYPE).map_err(|_| Broken::Attributes("not one content type"))?;
    let said: ObjectIdentifier = said.decode_as().map_err(|_| Broken::Attributes("no content type"))?;
    if said != content_type {
        return Err(Broken::Attributes("the content type is not the message's"));
    }
    let signed = only_value(attributes, MESSAGE_DIGEST).map_err(|_| Broken::Attributes("not one message digest"))?;
    let signed: OctetString = signed
        .decode_as()
        .map_err(|_| Broken::Attributes("no message digest"))?;
    if signed.as_bytes() == digest {
        Ok(())
    } else {
        Err(Broken::Content)
    }
}

/// The value of an attribute that must be there once, with one value.
fn only_value(attributes: &Attributes, oid: ObjectIdentifier) -> Result<&Any, ()> {
    let mut found = attributes.iter().filter(|attribute| attribute.oid == oid);
    let (Some(attribute), None) = (found.next(), found.next()) else {
        return Err(());
    };
    let mut values = attribute.values.iter();
    match (values.next(), values.next()) {
        (Some(value), None) => Ok(value),
        _ => Err(()),
    }
}

/// The signed attributes of a `SignerInfo` in the order in which they came, as the set that was signed.
fn attributes_as_sent(signer_info: &[u8]) -> Option<Vec<u8>> {
    let info = Elements(signer_info).expect(SEQUENCE, "").ok()?;
    let mut fields = Elements(info.content);
    // The version, who signed, the digest algorithm.
    for _ in 0..3 {
        fields.next().ok()?;
    }
    let mut attributes = fields.optional(CONTEXT_0).ok()??.whole.to_vec();
    *attributes.first_mut()? = SET;
    Some(attributes)
}

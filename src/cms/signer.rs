//! Signers, and the verification of their signatures.

use std::sync::Arc;

use ::cms::signed_data::SignerInfo;
use der::asn1::{ObjectIdentifier, OctetString};
use der::{Any, Decode, Encode};
use x509_cert::attr::Attributes;

use super::algorithm::{Hash, Scheme, Unverified, algorithm_name};
use super::ber::{CONTEXT_0, Element, Elements, SEQUENCE, SET, to_der};
use super::certificate::{Certificate, SignerName, date_of};
use crate::value::Date;

const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_TIME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");

/// A signer of a message, and the result of verifying the signature.
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

/// The result of verifying a signature: whether the key of the signer's certificate signed exactly this content.
///
/// It does not tell who the signer is. For that, check [trust](super::Signed::trust).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Integrity {
    /// The signature is valid.
    Verified,
    /// The signature is valid, but it uses SHA-1. An attacker who can choose part of the content may be able to create another
    /// document with the same signature.
    VerifiedWithSha1,
    /// The signature is invalid.
    Broken(Broken),
    /// The signature could not be verified, so it may or may not be valid.
    Unverified(Unverified),
}

/// Why a signature is invalid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Broken {
    /// The digest of the content differs from the signed digest.
    #[error("the content was changed after it was signed")]
    Content,
    /// The signature was not made with the certificate's key, or not over this content.
    #[error("the signature was not made over this content with the key of the signer's certificate")]
    Signature,
    /// A required signed attribute is missing or contradicts the message.
    #[error("the signed attributes are invalid: {0}")]
    Attributes(&'static str),
    /// The signer's part of the message cannot be read.
    #[error("the signer's part of the message cannot be read")]
    Unreadable,
}

impl Signer {
    /// Returns the signer's certificate if the message includes it.
    #[must_use]
    pub fn certificate(&self) -> Option<&Certificate> {
        self.certificate.as_deref()
    }

    /// Returns the subject of the signer's certificate; see [`Certificate::subject`].
    #[must_use]
    pub fn subject(&self) -> Option<&str> {
        self.certificate().map(Certificate::subject)
    }

    /// Returns the issuer of the signer's certificate; see [`Certificate::issuer`]. If the certificate is missing, the issuer is still
    /// known unless the message identifies the signer by a key identifier.
    #[must_use]
    pub fn issuer(&self) -> Option<&str> {
        self.certificate().map(Certificate::issuer).or(self.issuer.as_deref())
    }

    /// Returns the serial number of the signer's certificate; see [`Certificate::serial`]. It is known if the issuer is known.
    #[must_use]
    pub fn serial(&self) -> Option<&str> {
        self.certificate().map(Certificate::serial).or(self.serial.as_deref())
    }

    /// Returns the signing time that the signer claims.
    #[must_use]
    pub fn signing_time(&self) -> Option<Date> {
        self.signing_time
    }

    /// Returns the name of the digest algorithm, such as `SHA-256`, or its object identifier if the name is unknown.
    #[must_use]
    pub fn digest_algorithm(&self) -> Option<&str> {
        self.digest_algorithm.as_deref()
    }

    /// Returns the name of the signature algorithm, such as `ECDSA with SHA-256`, or its object identifier if the name is unknown.
    #[must_use]
    pub fn signature_algorithm(&self) -> Option<&str> {
        self.signature_algorithm.as_deref()
    }

    /// Returns the result of verifying the signature.
    #[must_use]
    pub fn integrity(&self) -> &Integrity {
        &self.integrity
    }

    /// Reads a `SignerInfo` and verifies it.
    pub(super) fn read(info: &Element<'_>, message: &mut Message<'_>) -> Self {
        // Keep DER as it is, so that the signed attributes are the bytes that were signed.
        let verified = if let Ok(signer) = SignerInfo::from_der(info.whole) {
            Self::verify(&signer, info.whole, message)
        } else {
            to_der(info)
                .ok()
                .and_then(|der| Self::verify(&SignerInfo::from_der(&der).ok()?, &der, message))
        };
        verified.unwrap_or(Self {
            certificate: None,
            issuer: None,
            serial: None,
            signing_time: None,
            digest_algorithm: None,
            signature_algorithm: None,
            integrity: Integrity::Broken(Broken::Unreadable),
        })
    }

    fn verify(info: &SignerInfo, der: &[u8], message: &mut Message<'_>) -> Option<Self> {
        let name = SignerName::read(&info.sid)?;
        let certificate = message.certificates.iter().find(|c| c.matches_signer(&name)).cloned();
        let (issuer, serial) = match name {
            SignerName::IssuerAndSerial { issuer, serial } => (Some(issuer), Some(serial)),
            SignerName::KeyIdentifier(_) => (None, None),
        };
        let scheme = Scheme::of(&info.signature_algorithm, Some(&info.digest_alg));
        let signature_algorithm = match &scheme {
            Ok(scheme) => scheme.to_string(),
            Err(Unverified::WeakAlgorithm { algorithm } | Unverified::UnsupportedAlgorithm { algorithm }) => {
                algorithm.clone()
            }
            Err(_) => algorithm_name(info.signature_algorithm.oid),
        };
        let signing_time = info
            .signed_attrs
            .as_ref()
            .and_then(|attributes| single_value(attributes, SIGNING_TIME).ok())
            .and_then(date_of);
        let integrity = scheme
            .map_err(Integrity::Unverified)
            .and_then(|scheme| check(info, der, scheme, certificate.as_deref(), message));
        Some(Self {
            certificate,
            issuer,
            serial,
            signing_time,
            digest_algorithm: Some(algorithm_name(info.digest_alg.oid)),
            signature_algorithm: Some(signature_algorithm),
            integrity: integrity.unwrap_or_else(|reason| reason),
        })
    }
}

/// The parts of a message that its signers share.
pub(super) struct Message<'a> {
    pub content: &'a [u8],
    pub content_type: ObjectIdentifier,
    pub certificates: &'a [Arc<Certificate>],
    /// The digests of the content computed so far, so that each algorithm reads the content only once.
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

/// Verifies a signature (RFC 5652, 5.4 and 5.6). Returns one of the `Verified` variants, or an error with the other ones.
fn check(
    info: &SignerInfo,
    der: &[u8],
    scheme: Scheme,
    certificate: Option<&Certificate>,
    message: &mut Message<'_>,
) -> Result<Integrity, Integrity> {
    let mut uses_sha1 = scheme.hash() == Hash::Sha1;
    let signed = match &info.signed_attrs {
        Some(attributes) => {
            let hash = Hash::of(&info.digest_alg).map_err(Integrity::Unverified)?;
            uses_sha1 |= hash == Hash::Sha1;
            let digest = message.digest(hash);
            check_attributes(attributes, &digest, message.content_type).map_err(Integrity::Broken)?;
            Some(attributes)
        }
        None => None,
    };
    let certificate = certificate.ok_or(Integrity::Unverified(Unverified::NoCertificate))?;
    let key = certificate.key().map_err(Integrity::Unverified)?;
    let signature = info.signature.as_bytes();
    let valid = match signed {
        Some(attributes) => {
            let as_sent = scheme.hash().digest(&attributes_as_sent(der).unwrap_or_default());
            // Some signers sort the attributes, as DER requires, in the bytes they sign but not in the message.
            scheme.verify(&key, &as_sent, signature) || {
                let in_order = scheme.hash().digest(&attributes.to_der().unwrap_or_default());
                in_order != as_sent && scheme.verify(&key, &in_order, signature)
            }
        }
        None => scheme.verify(&key, &message.digest(scheme.hash()), signature),
    };
    match (valid, uses_sha1) {
        (true, false) => Ok(Integrity::Verified),
        (true, true) => Ok(Integrity::VerifiedWithSha1),
        (false, _) => Err(Integrity::Broken(Broken::Signature)),
    }
}

fn check_attributes(attributes: &Attributes, digest: &[u8], content_type: ObjectIdentifier) -> Result<(), Broken> {
    let claimed = single_value(attributes, CONTENT_TYPE)
        .map_err(|_| Broken::Attributes("there is not exactly one content type"))?;
    let claimed: ObjectIdentifier = claimed
        .decode_as()
        .map_err(|_| Broken::Attributes("the content type cannot be read"))?;
    if claimed != content_type {
        return Err(Broken::Attributes("the content type differs from that of the message"));
    }
    let signed = single_value(attributes, MESSAGE_DIGEST)
        .map_err(|_| Broken::Attributes("there is not exactly one message digest"))?;
    let signed: OctetString = signed
        .decode_as()
        .map_err(|_| Broken::Attributes("the message digest cannot be read"))?;
    if signed.as_bytes() == digest {
        Ok(())
    } else {
        Err(Broken::Content)
    }
}

/// Returns the value of an attribute that must occur once and have one value.
fn single_value(attributes: &Attributes, oid: ObjectIdentifier) -> Result<&Any, ()> {
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

/// Returns the signed attributes of a `SignerInfo` in their original order, encoded as the `SET` that was signed.
fn attributes_as_sent(signer_info: &[u8]) -> Option<Vec<u8>> {
    let info = Elements(signer_info).expect(SEQUENCE, "").ok()?;
    let mut fields = Elements(info.content);
    // Skip the version, the signer identifier and the digest algorithm.
    for _ in 0..3 {
        fields.next().ok()?;
    }
    let mut attributes = fields.optional(CONTEXT_0).ok()??.whole.to_vec();
    *attributes.first_mut()? = SET;
    Some(attributes)
}

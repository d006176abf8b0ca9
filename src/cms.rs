//! Signed documents: CMS messages (RFC 5652).
//!
//! About half of all published profiles are signed, and devices sign some of their messages. [`from_slice`] reads a document
//! whether or not it is signed. [`Signed::open`] opens a signed message, reports who signed it, and verifies the
//! [signatures](Integrity). [`Signed::trust`] checks whether the signer's certificate chains up to one of your root certificates.
//! Messages may be in DER, BER or PEM.
//!
//! ```
//! # #[cfg(feature = "profiles")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use apple_mdm::cms::{self, Integrity, Roots, Trust};
//! use apple_mdm::profiles::Profile;
//!
//! let bytes = std::fs::read("tests/data/cms/p256.mobileconfig")?;
//! let (profile, signed) = cms::from_slice::<Profile>(&bytes)?;
//! assert_eq!(profile.payload_identifier.as_deref(), Some("com.example.passcode"));
//!
//! let signed = signed.expect("it is signed");
//! let signer = &signed.signers()[0];
//! assert_eq!(signer.subject(), Some("CN=p256,O=Example"));
//! assert_eq!(signer.signature_algorithm(), Some("ECDSA with SHA-256"));
//! assert_eq!(*signer.integrity(), Integrity::Verified);
//!
//! let roots = Roots::from_pem(&std::fs::read("tests/data/cms/root.pem")?)?;
//! let root = "CN=Example Root,O=Example".to_owned();
//! let exceptions = Vec::new();
//! assert_eq!(signed.trust(&roots, "2026-12-01T00:00:00Z".parse()?), Trust::Trusted { root, exceptions });
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "profiles"))]
//! # fn main() {}
//! ```
//!
//! # What each check proves
//!
//! | check | proves |
//! |---|---|
//! | [`Integrity::Verified`] | The key of the certificate that the message names signed exactly this content. Anyone can create such a certificate. |
//! | [`Integrity::VerifiedWithSha1`] | The same, unless an attacker could choose part of the content before it was signed. |
//! | [`Signed::verify`] with roots | An authority that you trust vouches for the name in the signer's certificate. |
//! | [`Policy::issued_by`] | This particular authority issued the certificate. |
//! | [`verify_mdm_signature`] | A device with a certificate from your authority signed the body. Compare the certificate's fingerprint with the one at enrollment to learn which device. |
//!
//! None of them proves when the content was signed: the [signing time](Signer::signing_time) is a claim by the signer. None of them
//! checks revocation, or the purpose a certificate was issued for, because profiles are signed with certificates for servers, code
//! and email alike.
//!
//! # What is supported
//!
//! Signatures with RSA keys of 1024 to 8192 bits (PKCS#1 v1.5 and PSS) and with ECDSA on P-256 and P-384, each with SHA-1, SHA-256,
//! SHA-384 or SHA-512. A signature with any other algorithm, including MD5, is [`Integrity::Unverified`] and names the algorithm. You
//! can still read the content.
//!
//! A signature is trusted under a strict [`Policy`] if every certificate up to the root was signed by the next one and is valid at
//! the given time, every issuer is a certificate authority that may have that many authorities below it and may issue certificates
//! for these names (name constraints), no RSA key is shorter than 2048 bits, and nothing uses SHA-1. A root may be a certificate of
//! version 1, which cannot say that it is an authority.
//!
//! # Limits
//!
//! Opening takes time proportional to the size of the message. A message may have 64 certificates of 64 KiB (1 MiB in total) and
//! 16 signers of 64 KiB. Certificates with names of more than 4 KiB or with more than 64 extensions are ignored. Verifying trust
//! stops after 64 signatures of certificates.
//!
//! # Sign and encrypt
//!
//! With the feature `cms-sign`, `sign` and `Profile::sign` create signed messages, and `encrypt`, `decrypt`, `Profile::encrypt_for` and
//! `Profile::decrypt` process encrypted ones, such as the value of `EncryptedPayloadContent`. The keys come from PEM files
//! (`Identity`), or you implement `SigningKey` for a key that does not leave its hardware. Without the feature, encrypted messages
//! are only [recognized](kind).
//!
//! # RUSTSEC-2023-0071
//!
//! Audit tools may report [RUSTSEC-2023-0071] (the Marvin attack) for the crate `rsa`, which this module uses. The advisory concerns
//! operations with a private key: an attacker who can measure how long many of them take may be able to recover the key or decrypt
//! messages.
//!
//! - *Verifying* a signature is not affected: it uses the public key, the message and the signature, none of which is secret. The
//!   feature `cms` does nothing else with `rsa`.
//! - *Signing and decrypting* with an RSA key in memory (feature `cms-sign`) use the private key and are affected in principle.
//!   This module blinds both operations with random numbers, and invalid padding yields a random key instead of an error. Even so, do
//!   not let others trigger these operations at will while they measure the time, and do not tell the sender of a message whether it
//!   could be decrypted. Signing with ECDSA, or with a `SigningKey` of your own, does not use `rsa`.
//!
//! [RUSTSEC-2023-0071]: https://rustsec.org/advisories/RUSTSEC-2023-0071.html

mod algorithm;
mod ber;
mod certificate;
mod certificate_checks;
#[cfg(feature = "cms-sign")]
mod encrypt;
#[cfg(feature = "cms-sign")]
mod identity;
mod mdm_signature;
mod name_constraints;
mod path;
mod pem;
mod policy;
mod roots;
#[cfg(feature = "cms-sign")]
mod sign;
mod signer;
mod trust;
mod untrusted;

use std::borrow::Cow;
use std::sync::Arc;

use der::asn1::ObjectIdentifier;

use crate::codec::Document;
use crate::format::Limits;
use crate::value::Date;

pub use algorithm::Unverified;
use ber::{CONTEXT_0, CONTEXT_1, Elements, INTEGER, OBJECT_IDENTIFIER, SEQUENCE, SET};
pub use certificate::Certificate;
#[cfg(feature = "cms-sign")]
pub use encrypt::{decrypt, encrypt};
#[cfg(feature = "cms-sign")]
pub use identity::{Identity, SignatureAlgorithm, SigningKey};
pub use mdm_signature::{VerifiedSigner, verify_mdm_signature};
pub use policy::Policy;
pub use roots::Roots;
#[cfg(feature = "cms-sign")]
pub use sign::sign;
pub use signer::{Broken, Integrity, Signer};
pub use trust::Trust;
pub use untrusted::Untrusted;

/// Limits on the work that a hostile message can cause. Messages in the wild stay far below them.
const MAX_CERTIFICATES: usize = 64;
const MAX_CERTIFICATES_SIZE: usize = 1 << 20;
const MAX_SIGNERS: usize = 16;

/// The largest `SignerInfo` that is read, in bytes. One with a timestamp needs about 10 KB.
const MAX_SIGNER_SIZE: usize = 64 << 10;

/// Why a message could not be opened.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are not a CMS message.
    #[error("not a CMS message")]
    NotCms,
    /// The message is encrypted, so only its recipient can read it.
    #[error("encrypted, so only its recipient can read it")]
    Encrypted,
    /// The message is neither signed nor encrypted.
    #[error("a CMS message that is not signed but has the type {0}")]
    OtherType(String),
    /// The message violates the format.
    #[error("a broken CMS message: {0}")]
    Malformed(&'static str),
    /// The message is a signature without the signed content; see [`Signed::open_detached`].
    #[error("a signature without the signed content")]
    Detached,
    /// The signature includes content that differs from the given content.
    #[error("the signature includes other content")]
    OtherContent,
    /// A signature is not valid base64.
    #[error("the signature is not base64")]
    NotBase64,
    /// A private key cannot be read.
    #[error("the private key cannot be used: {0}")]
    PrivateKey(&'static str),
    /// A private key does not belong to its certificate.
    #[error("the private key does not belong to the certificate of {subject}")]
    KeyMismatch {
        /// The subject of the certificate.
        subject: String,
    },
    /// Signing failed. The text is that of the key's error.
    #[error("signing failed: {0}")]
    Signing(String),
    /// The system provides no random numbers.
    #[error("the system provides no random numbers")]
    Random,
    /// The message is not encrypted.
    #[error("a CMS message that is not encrypted but has the type {0}")]
    NotEncrypted(String),
    /// The message is encrypted for other certificates.
    #[error("the message is not encrypted for this certificate")]
    NotRecipient,
    /// The recipient's key is not supported.
    #[error("the recipient is not supported: {0}")]
    UnsupportedRecipient(String),
    /// The message is encrypted with an algorithm that is not supported.
    #[error("the encryption is not supported: {0}")]
    UnsupportedEncryption(String),
    /// The message cannot be decrypted.
    #[error("the message cannot be decrypted")]
    Decryption,
    /// The signature is invalid or not trusted.
    #[error(transparent)]
    Untrusted(#[from] Untrusted),
    /// The message is larger than the limits allow.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The maximum size in bytes.
        limit: usize,
    },
    /// A PEM file is broken.
    #[error("a broken PEM file: {what}")]
    Pem {
        /// The reason.
        what: &'static str,
    },
    /// A root certificate cannot be read.
    #[error("a certificate that cannot be read")]
    Certificate,
    /// The content, or the unsigned document, cannot be read as the expected type.
    #[error(transparent)]
    Document(#[from] crate::error::Error),
}

/// The kind of a CMS message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Signed: everyone can read the content.
    Signed,
    /// Encrypted: `EnvelopedData`, `AuthEnvelopedData` or `EncryptedData`.
    Encrypted,
    /// Any other kind, such as digested or compressed data.
    Other,
}

/// Returns the kind of CMS message the bytes contain, in DER, BER or PEM, or `None` if they are not a CMS message.
///
/// Only the beginning of the message is read.
///
/// ```
/// # #[cfg(feature = "profiles")]
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use apple_mdm::cms::{Kind, kind};
/// use apple_mdm::profiles::{Content, Profile};
/// use apple_mdm::Document;
///
/// let profile = Profile::from_slice(&std::fs::read("tests/data/cms/encrypted.mobileconfig")?)?;
/// let Content::Encrypted(message) = &profile.content else { panic!("not encrypted") };
/// assert_eq!(kind(message), Some(Kind::Encrypted));
/// assert_eq!(kind(b"<plist/>"), None);
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "profiles"))]
/// # fn main() {}
/// ```
#[must_use]
pub fn kind(bytes: &[u8]) -> Option<Kind> {
    let bytes = without_pem(bytes).ok()?;
    content_type(&bytes).map(kind_of)
}

fn kind_of(content_type: ObjectIdentifier) -> Kind {
    match &*content_type.to_string() {
        "1.2.840.113549.1.7.2" => Kind::Signed,
        "1.2.840.113549.1.7.3" | "1.2.840.113549.1.7.6" | "1.2.840.113549.1.9.16.1.23" => Kind::Encrypted,
        _ => Kind::Other,
    }
}

/// Returns the content type of a message that may be incomplete.
fn content_type(bytes: &[u8]) -> Option<ObjectIdentifier> {
    let (SEQUENCE, _, fields) = ber::header(bytes).ok()? else {
        return None;
    };
    let oid = Elements(fields).expect(OBJECT_IDENTIFIER, "").ok()?;
    let oid = ObjectIdentifier::from_bytes(oid.content).ok()?;
    // Other structures start with an object identifier too, such as algorithms and attributes.
    const CMS_PREFIXES: [&str; 2] = ["1.2.840.113549.1.7.", "1.2.840.113549.1.9.16.1."];
    let text = oid.to_string();
    CMS_PREFIXES
        .iter()
        .any(|prefix| text.starts_with(prefix))
        .then_some(oid)
}

/// Returns the message in DER or BER, decoded from PEM if necessary.
fn without_pem(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Error> {
    if !bytes.trim_ascii_start().starts_with(pem::BEGIN.as_bytes()) {
        return Ok(Cow::Borrowed(bytes));
    }
    for block in pem::blocks(bytes).map_err(|what| Error::Pem { what })? {
        let block = block.map_err(|what| Error::Pem { what })?;
        if ["CMS", "PKCS7", "PKCS #7 SIGNED DATA"].contains(&block.label) {
            return block.bytes().map(Cow::Owned).map_err(|what| Error::Pem { what });
        }
    }
    Err(Error::NotCms)
}

/// Reads a document that may be signed. Returns the document, and the signed message if there is one.
///
/// An invalid signature is not an error. Use [`Signed::is_intact`] to check the signature, and [`Signed::trust`] to check the
/// signer.
///
/// # Errors
///
/// Returns an error if the message is encrypted or broken, or if the document cannot be read.
pub fn from_slice<T: Document>(bytes: &[u8]) -> Result<(T, Option<Signed>), Error> {
    from_slice_with(bytes, &Limits::default())
}

/// Reads a document that may be signed, like [`from_slice`], with limits that apply to the message and to the document.
///
/// # Errors
///
/// Returns the same errors as [`from_slice`], and [`Error::TooLarge`] if the message exceeds the limits.
pub fn from_slice_with<T: Document>(bytes: &[u8], limits: &Limits) -> Result<(T, Option<Signed>), Error> {
    match Signed::open_with(bytes, limits) {
        Ok(signed) => Ok((T::from_slice_with(signed.content(), limits)?, Some(signed))),
        Err(Error::NotCms) => Ok((T::from_slice_with(bytes, limits)?, None)),
        Err(error) => Err(error),
    }
}

/// An opened signed message.
#[derive(Clone, Debug)]
pub struct Signed {
    content: Vec<u8>,
    certificates: Vec<Arc<Certificate>>,
    signers: Vec<Signer>,
}

impl Signed {
    /// Opens a signed message and verifies its signatures, with the default [`Limits`].
    ///
    /// An invalid signature is not an error: you can read the content, and each [`Signer`] tells what is wrong. Certificates that
    /// cannot be read are skipped, and bytes after the message are ignored.
    ///
    /// # Errors
    ///
    /// Returns an error if the bytes are not a signed message or if the message is broken.
    pub fn open(bytes: &[u8]) -> Result<Self, Error> {
        Self::open_with(bytes, &Limits::default())
    }

    /// Opens a signed message like [`open`](Self::open), with the given limits.
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`open`](Self::open), and [`Error::TooLarge`] if the message exceeds the limits.
    pub fn open_with(bytes: &[u8], limits: &Limits) -> Result<Self, Error> {
        Self::read(bytes, None, limits)
    }

    /// Opens a detached signature over the given content, with the default [`Limits`].
    ///
    /// A signature that includes the content is accepted if it is the same. For the `Mdm-Signature` header of a device, use
    /// [`verify_mdm_signature`].
    ///
    /// # Errors
    ///
    /// Returns an error if the bytes are not a signature, if it is broken, or if it includes other content.
    pub fn open_detached(signature: &[u8], content: &[u8]) -> Result<Self, Error> {
        Self::open_detached_with(signature, content, &Limits::default())
    }

    /// Opens a detached signature like [`open_detached`](Self::open_detached), with the given limits, which apply to the signature
    /// and to the content.
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`open_detached`](Self::open_detached), and [`Error::TooLarge`] if either exceeds the limits.
    pub fn open_detached_with(signature: &[u8], content: &[u8], limits: &Limits) -> Result<Self, Error> {
        if content.len() > limits.size {
            return Err(Error::TooLarge { limit: limits.size });
        }
        Self::read(signature, Some(content), limits)
    }

    /// Returns the signed content: a property list if the message is a profile.
    #[must_use]
    pub fn content(&self) -> &[u8] {
        &self.content
    }

    /// Returns the signed content by value.
    #[must_use]
    pub fn into_content(self) -> Vec<u8> {
        self.content
    }

    /// Returns the signers: almost always one, rarely several, and none if the message carries only content and certificates.
    #[must_use]
    pub fn signers(&self) -> &[Signer] {
        &self.signers
    }

    /// Returns the readable certificates of the message, in their original order.
    pub fn certificates(&self) -> impl ExactSizeIterator<Item = &Certificate> {
        self.certificates.iter().map(|certificate| &**certificate)
    }

    /// Returns whether there is at least one signature and all signatures are [`Integrity::Verified`]. This does not tell who
    /// signed: see [`verify`](Self::verify).
    #[must_use]
    pub fn is_intact(&self) -> bool {
        !self.signers.is_empty() && self.signers.iter().all(|s| *s.integrity() == Integrity::Verified)
    }

    /// Checks whether all signatures are valid and all signers are trusted under the policy. Returns [`Trust::NotChecked`] if the
    /// policy has no roots.
    #[must_use]
    pub fn verify(&self, policy: &Policy) -> Trust {
        trust::trust(&self.signers, &self.certificates, policy)
    }

    /// Checks whether all signatures are valid and all signers are trusted under a strict [`Policy`] with these roots, at the given
    /// time. Returns [`Trust::NotChecked`] if there are no roots.
    ///
    /// For a profile that is to be installed now, pass the current time. The [signing time](Signer::signing_time) is only a claim
    /// by the signer.
    #[must_use]
    pub fn trust(&self, roots: &Roots, at: Date) -> Trust {
        self.verify(&Policy::new(roots.clone()).at(at))
    }

    fn read(bytes: &[u8], detached: Option<&[u8]>, limits: &Limits) -> Result<Self, Error> {
        if bytes.len() > limits.size {
            return Err(Error::TooLarge { limit: limits.size });
        }
        let bytes = without_pem(bytes)?;
        let content_type = content_type(&bytes).ok_or(Error::NotCms)?;
        match kind_of(content_type) {
            Kind::Signed => Self::parse(&bytes, detached),
            Kind::Encrypted => Err(Error::Encrypted),
            Kind::Other => Err(Error::OtherType(content_type.to_string())),
        }
    }

    /// Reads `ContentInfo` and `SignedData` (RFC 5652, 3 and 5.1).
    fn parse(bytes: &[u8], detached: Option<&[u8]>) -> Result<Self, Error> {
        let info = Elements(bytes).expect(SEQUENCE, "it is not a sequence")?;
        let mut info = Elements(info.content);
        info.expect(OBJECT_IDENTIFIER, "the content type is missing")?;
        let data = info.expect(CONTEXT_0, "the content is missing")?;
        let data = Elements(data.content).expect(SEQUENCE, "the signed data is missing")?;

        let mut data = Elements(data.content);
        data.expect(INTEGER, "the version is missing")?;
        data.expect(SET, "the digest algorithms are missing")?;
        let content = data.expect(SEQUENCE, "the encapsulated content is missing")?;
        let certificates = data.optional(CONTEXT_0)?;
        // Revocation lists.
        data.optional(CONTEXT_1)?;
        let infos = data.expect(SET, "the signers are missing")?;

        let mut content = Elements(content.content);
        let content_type = content.expect(OBJECT_IDENTIFIER, "the type of the content is missing")?;
        let content_type = ObjectIdentifier::from_bytes(content_type.content)
            .map_err(|_| Error::Malformed("the type of the content is broken"))?;
        let included = match content.optional(CONTEXT_0)? {
            Some(content) => Some(ber::octets(&Elements(content.content).next()?)?),
            None => None,
        };
        let content = match (included, detached) {
            (Some(included), Some(content)) if *included != *content => return Err(Error::OtherContent),
            (Some(content), _) => content,
            (None, Some(content)) => Cow::Borrowed(content),
            (None, None) => return Err(Error::Detached),
        };

        let certificates = read_certificates(certificates.map_or(&[], |set| set.content))?;
        let mut message = signer::Message {
            content: &content,
            content_type,
            certificates: &certificates,
            digests: Vec::new(),
        };
        let mut signers = Vec::new();
        let mut infos = Elements(infos.content);
        while !infos.is_empty() {
            let info = infos.next()?;
            if signers.len() == MAX_SIGNERS {
                return Err(Error::Malformed("it has more than 16 signers"));
            }
            if info.whole.len() > MAX_SIGNER_SIZE {
                return Err(Error::Malformed("a signer has more than 64 KiB"));
            }
            signers.push(Signer::read(&info, &mut message));
        }
        Ok(Self {
            content: content.into_owned(),
            certificates,
            signers,
        })
    }
}

/// Reads the certificates of the message, and skips those that cannot be read.
fn read_certificates(set: &[u8]) -> Result<Vec<Arc<Certificate>>, Error> {
    if set.len() > MAX_CERTIFICATES_SIZE {
        return Err(Error::Malformed("its certificates have more than 1 MiB"));
    }
    let mut certificates = Vec::new();
    let mut elements = Elements(set);
    let mut count = 0;
    while !elements.is_empty() {
        let element = elements.next()?;
        count += 1;
        if count > MAX_CERTIFICATES {
            return Err(Error::Malformed("it has more than 64 certificates"));
        }
        if element.tag == SEQUENCE {
            certificates.extend(Certificate::read(element.whole).map(Arc::new));
        }
    }
    Ok(certificates)
}

impl From<ber::Malformed> for Error {
    fn from(error: ber::Malformed) -> Self {
        Self::Malformed(error.0)
    }
}

//! Signed documents: CMS messages, as RFC 5652 has them.
//!
//! Half of the profiles that are published are signed, in DER or BER, and so are some messages of devices. [`from_slice`] reads a
//! document whether it is signed or not; [`Signed::open`] opens a signed one and says who signed it and whether the signature
//! [holds](Integrity); [`Signed::trust`] says whether the signer's certificate leads up to one of the roots that are given.
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
//! assert_eq!(signed.trust(&roots, "2026-12-01T00:00:00Z".parse()?), Trust::Trusted { root });
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "profiles"))]
//! # fn main() {}
//! ```
//!
//! # What is verified
//!
//! RSA with at least 1024 bits (PKCS#1 v1.5 and PSS) and ECDSA on P-256 and P-384, each with SHA-256, SHA-384 and SHA-512. All else,
//! MD5 and SHA-1 among it, is named and [`Integrity::Unverified`]; the content can be read all the same.
//!
//! Trust means: each certificate up to a root was signed by the next one, all are valid at the time that is asked about, those that
//! issued others are authorities, allowed to have as many below them, and no RSA key has less than 2048 bits. Whether a certificate
//! was revoked is not asked, nor what it was issued for, since profiles are signed with certificates for servers, code and mail
//! alike. Names are not constrained: an authority with critical name constraints is not trusted.
//!
//! # RUSTSEC-2023-0071
//!
//! Audit tools may report [RUSTSEC-2023-0071] (the Marvin attack) for the crate `rsa`, which this module uses. The advisory concerns
//! operations with a private key: an attacker who can measure how long many of them take may be able to recover the key. Verifying a
//! signature is not affected. It uses the public key, the message and the signature, none of which is secret, so its timing has
//! nothing to reveal. This module does nothing else with `rsa`: it never holds a private key, and it neither signs nor decrypts.
//!
//! [RUSTSEC-2023-0071]: https://rustsec.org/advisories/RUSTSEC-2023-0071.html
//!
//! # What is not opened
//!
//! Encrypted messages, among them what `EncryptedPayloadContent` holds, are [recognized](kind) and not decrypted.

mod algorithm;
mod ber;
mod certificate;
mod pem;
mod signer;
mod trust;

use std::borrow::Cow;
use std::sync::Arc;

use der::asn1::ObjectIdentifier;

use crate::codec::Document;
use crate::format::Limits;
use crate::value::Date;

pub use algorithm::Unverified;
use ber::{CONTEXT_0, CONTEXT_1, Elements, INTEGER, OBJECT_IDENTIFIER, SEQUENCE, SET};
pub use certificate::Certificate;
pub use signer::{Broken, Integrity, Signer};
pub use trust::{Roots, Trust, Untrusted};

/// No message in use has more certificates or signers; with more of them, all of hostile make, reading would take long.
const MAX_CERTIFICATES: usize = 64;
const MAX_SIGNERS: usize = 16;

/// No signer in use needs more, timestamps included.
const MAX_SIGNER_SIZE: usize = 256 << 10;

/// Why a message could not be opened.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are no CMS message.
    #[error("no CMS message")]
    NotCms,
    /// The message is encrypted: only the device that it is meant for can read it.
    #[error("encrypted, for the device alone to read")]
    Encrypted,
    /// The message is neither signed nor encrypted.
    #[error("a CMS message that is not signed, but of the type {0}")]
    OtherType(String),
    /// The message is broken.
    #[error("a broken CMS message: {0}")]
    Malformed(&'static str),
    /// The signature came without the content that was signed; see [`Signed::open_detached`].
    #[error("a signature without the content that was signed")]
    Detached,
    /// The message has content of its own, though it should be a signature alone.
    #[error("a message with content, where a signature alone was expected")]
    NotDetached,
    /// The message is larger than the limits allow.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The greatest number of bytes that is accepted.
        limit: usize,
    },
    /// A PEM file cannot be read.
    #[error("a broken PEM file: {what}")]
    Pem {
        /// What is wrong with it.
        what: &'static str,
    },
    /// A certificate that should be a root cannot be read.
    #[error("a certificate that cannot be read")]
    Certificate,
    /// The content, or what was not signed at all, is not the document that was expected.
    #[error(transparent)]
    Document(#[from] crate::error::Error),
}

/// What kind of CMS message bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Signed: content that everybody can read.
    Signed,
    /// Encrypted, for those who have the key: `EnvelopedData`, `AuthEnvelopedData` or `EncryptedData`.
    Encrypted,
    /// Something else: digested, compressed, a timestamp.
    Other,
}

/// What kind of CMS message the bytes are, in DER, BER or PEM; `None` where they are none. Only their first bytes are looked at.
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
    let bytes = armoured(bytes).ok()?;
    content_type(&bytes).map(kind_of)
}

fn kind_of(content_type: ObjectIdentifier) -> Kind {
    match &*content_type.to_string() {
        "1.2.840.113549.1.7.2" => Kind::Signed,
        "1.2.840.113549.1.7.3" | "1.2.840.113549.1.7.6" | "1.2.840.113549.1.9.16.1.23" => Kind::Encrypted,
        _ => Kind::Other,
    }
}

/// The content type of a message, whether or not the message is complete.
fn content_type(bytes: &[u8]) -> Option<ObjectIdentifier> {
    let (SEQUENCE, _, fields) = ber::header(bytes).ok()? else {
        return None;
    };
    let oid = Elements(fields).expect(OBJECT_IDENTIFIER, "").ok()?;
    let oid = ObjectIdentifier::from_bytes(oid.content).ok()?;
    // Other sequences that begin with an object identifier are no messages: algorithms, attributes.
    let known = ["1.2.840.113549.1.7.", "1.2.840.113549.1.9.16.1."];
    known
        .iter()
        .any(|known| oid.to_string().starts_with(known))
        .then_some(oid)
}

/// The message, without PEM around it.
fn armoured(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Error> {
    if !bytes.trim_ascii_start().starts_with(pem::BEGIN.as_bytes()) {
        return Ok(Cow::Borrowed(bytes));
    }
    let blocks = pem::blocks(bytes).map_err(|what| Error::Pem { what })?;
    let message = blocks
        .into_iter()
        .find(|block| ["CMS", "PKCS7", "PKCS #7 SIGNED DATA"].contains(&block.label));
    message.map(|block| Cow::Owned(block.bytes)).ok_or(Error::NotCms)
}

/// Reads a document that may be signed: the document, and the signature if there is one.
///
/// That there is a signature does not say that it [holds](Signed::is_intact), nor who made it.
///
/// # Errors
///
/// Where the message is encrypted or broken, and where the document cannot be read.
pub fn from_slice<T: Document>(bytes: &[u8]) -> Result<(T, Option<Signed>), Error> {
    from_slice_with(bytes, &Limits::default())
}

/// Reads a document that may be signed, as [`from_slice`] does. The limits are for the message as for the document.
///
/// # Errors
///
/// As for [`from_slice`].
pub fn from_slice_with<T: Document>(bytes: &[u8], limits: &Limits) -> Result<(T, Option<Signed>), Error> {
    match Signed::open_with(bytes, limits) {
        Ok(signed) => Ok((T::from_slice_with(signed.content(), limits)?, Some(signed))),
        Err(Error::NotCms) => Ok((T::from_slice_with(bytes, limits)?, None)),
        Err(error) => Err(error),
    }
}

/// A signed message that was opened.
#[derive(Clone, Debug)]
pub struct Signed {
    content: Vec<u8>,
    certificates: Vec<Arc<Certificate>>,
    signers: Vec<Signer>,
}

impl Signed {
    /// Opens a signed message and verifies its signatures, with the default [`Limits`].
    ///
    /// A signature that does not hold is no error: the content can be read, and each [`Signer`] says what is wrong. Neither is a
    /// certificate that cannot be read; it is left out. What follows the message is ignored.
    ///
    /// # Errors
    ///
    /// Where the bytes are not a signed message, or a broken one.
    pub fn open(bytes: &[u8]) -> Result<Self, Error> {
        Self::open_with(bytes, &Limits::default())
    }

    /// Opens a signed message, as [`open`](Self::open) does, if it is not larger than the limits allow.
    ///
    /// # Errors
    ///
    /// As for [`open`](Self::open).
    pub fn open_with(bytes: &[u8], limits: &Limits) -> Result<Self, Error> {
        Self::read(bytes, None, limits)
    }

    /// Verifies a signature that came apart from its content: what devices send as `Mdm-Signature`, decoded from base64, beside
    /// the body that they signed.
    ///
    /// # Errors
    ///
    /// Where the bytes are not a signature, a broken one, or one that comes with content of its own.
    pub fn open_detached(signature: &[u8], content: &[u8]) -> Result<Self, Error> {
        Self::read(signature, Some(content), &Limits::default())
    }

    /// What was signed: a property list, where the message is a profile.
    #[must_use]
    pub fn content(&self) -> &[u8] {
        &self.content
    }

    /// What was signed, to keep.
    #[must_use]
    pub fn into_content(self) -> Vec<u8> {
        self.content
    }

    /// Who signed: almost always one, seldom several, and none in messages that only carry content and certificates.
    #[must_use]
    pub fn signers(&self) -> &[Signer] {
        &self.signers
    }

    /// The certificates that came along and can be read, in the order of the message.
    pub fn certificates(&self) -> impl ExactSizeIterator<Item = &Certificate> {
        self.certificates.iter().map(|certificate| &**certificate)
    }

    /// Whether somebody signed, and all signatures hold. It does not say who signed: see [`trust`](Self::trust).
    #[must_use]
    pub fn is_intact(&self) -> bool {
        !self.signers.is_empty() && self.signers.iter().all(|s| *s.integrity() == Integrity::Verified)
    }

    /// Whether the signatures hold and all signers' certificates lead up to one of the roots, as of that time. Without roots that
    /// is not checked.
    ///
    /// The time is for the caller to choose: now, for what is to be installed now; the [signing time](Signer::signing_time)
    /// is only what the signer says.
    #[must_use]
    pub fn trust(&self, roots: &Roots, at: Date) -> Trust {
        trust::trust(&self.signers, &self.certificates, roots, at)
    }

    fn read(bytes: &[u8], detached: Option<&[u8]>, limits: &Limits) -> Result<Self, Error> {
        if bytes.len() > limits.size {
            return Err(Error::TooLarge { limit: limits.size });
        }
        let bytes = armoured(bytes)?;
        let content_type = content_type(&bytes).ok_or(Error::NotCms)?;
        match kind_of(content_type) {
            Kind::Signed => Self::parse(&bytes, detached).map_err(|problem| match problem {
                Problem::Fault(what) => Error::Malformed(what),
                Problem::Error(error) => error,
            }),
            Kind::Encrypted => Err(Error::Encrypted),
            Kind::Other => Err(Error::OtherType(content_type.to_string())),
        }
    }

    /// Reads `ContentInfo` and `SignedData` (RFC 5652, 3 and 5.1).
    fn parse(bytes: &[u8], detached: Option<&[u8]>) -> Result<Self, Problem> {
        let info = Elements(bytes).expect(SEQUENCE, "no sequence")?;
        let mut info = Elements(info.content);
        info.expect(OBJECT_IDENTIFIER, "no content type")?;
        let data = info.expect(CONTEXT_0, "no content")?;
        let data = Elements(data.content).expect(SEQUENCE, "no signed data")?;

        let mut data = Elements(data.content);
        data.expect(INTEGER, "no version")?;
        data.expect(SET, "no digest algorithms")?;
        let content = data.expect(SEQUENCE, "no encapsulated content")?;
        let certificates = data.optional(CONTEXT_0)?;
        // Revocation lists.
        data.optional(CONTEXT_1)?;
        let infos = data.expect(SET, "no signers")?;

        let mut content = Elements(content.content);
        let content_type = content.expect(OBJECT_IDENTIFIER, "no type of content")?;
        let content_type =
            ObjectIdentifier::from_bytes(content_type.content).map_err(|_| "a broken type of content")?;
        let content = match (content.optional(CONTEXT_0)?, detached) {
            (Some(content), None) => ber::octets(&Elements(content.content).next()?)?,
            (None, Some(content)) => Cow::Borrowed(content),
            (None, None) => return Err(Problem::Error(Error::Detached)),
            (Some(_), Some(_)) => return Err(Problem::Error(Error::NotDetached)),
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
                return Err("more signers than any message has".into());
            }
            if info.whole.len() > MAX_SIGNER_SIZE {
                return Err("a signer that is larger than any".into());
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

/// The certificates of the message that can be read; there may be others, and things that are none.
fn read_certificates(set: &[u8]) -> Result<Vec<Arc<Certificate>>, ber::Fault> {
    let mut certificates = Vec::new();
    let mut elements = Elements(set);
    let mut count = 0;
    while !elements.is_empty() {
        let element = elements.next()?;
        count += 1;
        if count > MAX_CERTIFICATES {
            return Err("more certificates than any message has");
        }
        if element.tag == SEQUENCE {
            certificates.extend(Certificate::read(element.whole).map(Arc::new));
        }
    }
    Ok(certificates)
}

/// What keeps a message from being read.
enum Problem {
    Fault(ber::Fault),
    Error(Error),
}

impl From<ber::Fault> for Problem {
    fn from(fault: ber::Fault) -> Self {
        Self::Fault(fault)
    }
}

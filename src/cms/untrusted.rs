//! Reasons why a signature is not trusted.

use super::algorithm::Unverified;
use super::signer::Broken;
use crate::value::Date;

/// Why a signature is not trusted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Untrusted {
    /// No roots were given, so no certificate can be trusted.
    #[error("no root certificates were given")]
    NoRoots,
    /// The message has no signer.
    #[error("the message has no signer")]
    NoSigner,
    /// The message has no signer or several, where exactly one is expected.
    #[error("the message does not have exactly one signer")]
    NotOneSigner,
    /// The signature is invalid.
    #[error("the signature is invalid: {0}")]
    Broken(Broken),
    /// The signature could not be verified.
    #[error("the signature cannot be verified: {0}")]
    Unverified(Unverified),
    /// The signature uses SHA-1.
    #[error("the signature uses SHA-1")]
    Sha1Signature,
    /// A certificate is signed with SHA-1.
    #[error("the certificate of {subject} is signed with SHA-1")]
    Sha1Certificate {
        /// The subject of the certificate.
        subject: String,
    },
    /// A certificate is not valid yet.
    #[error("the certificate of {subject} is not valid before {not_before}")]
    NotYetValid {
        /// The subject of the certificate.
        subject: String,
        /// The first moment at which the certificate is valid.
        not_before: Date,
    },
    /// A certificate has expired.
    #[error("the certificate of {subject} expired on {not_after}")]
    Expired {
        /// The subject of the certificate.
        subject: String,
        /// The last second in which the certificate was valid.
        not_after: Date,
    },
    /// The chain ends before it reaches a root: a certificate is missing.
    #[error("the issuer of the certificate of {subject} is neither a trusted root nor in the message: {issuer}")]
    UnknownIssuer {
        /// The subject of the certificate.
        subject: String,
        /// The issuer whose certificate is missing.
        issuer: String,
    },
    /// The chain ends at a self-signed certificate that is not one of the roots.
    #[error("the self-signed certificate of {subject} is not a trusted root")]
    UntrustedRoot {
        /// The subject of the certificate.
        subject: String,
    },
    /// The policy names the issuers of signers, and the signer's certificate is from another one.
    #[error("the certificate of {subject} was not issued by a required issuer, but by {issuer}")]
    WrongIssuer {
        /// The subject of the certificate.
        subject: String,
        /// Its issuer.
        issuer: String,
    },
    /// A certificate was not signed with the key of its issuer.
    #[error("the certificate of {subject} was not signed with the key of its issuer")]
    CertificateSignature {
        /// The subject of the certificate.
        subject: String,
    },
    /// A certificate is signed with an algorithm or key that is too weak or not supported.
    #[error("the signature of the certificate of {subject} cannot be verified: {reason}")]
    CertificateAlgorithm {
        /// The subject of the certificate.
        subject: String,
        /// The reason.
        reason: Unverified,
    },
    /// A certificate has an RSA key of less than 2048 bits.
    #[error("the certificate of {subject} has an RSA key of less than 2048 bits")]
    WeakKey {
        /// The subject of the certificate.
        subject: String,
    },
    /// A certificate was issued by one that is not a certificate authority.
    #[error("{subject} is not a certificate authority but issued a certificate")]
    NotAnAuthority {
        /// The subject of the issuer.
        subject: String,
    },
    /// More authorities are below an authority than its path length allows.
    #[error("{subject} has more authorities below it than its certificate allows")]
    PathTooLong {
        /// The subject of the authority.
        subject: String,
    },
    /// An authority issued a certificate for a name that its name constraints do not allow.
    #[error("the name constraints of {authority} do not allow the certificate of {subject}")]
    NameConstraints {
        /// The subject of the certificate.
        subject: String,
        /// The subject of the authority.
        authority: String,
    },
    /// The key usage of the signer's certificate does not include signing.
    #[error("the certificate of {subject} is not for digital signatures")]
    NotForSigning {
        /// The subject of the certificate.
        subject: String,
    },
    /// A certificate has a critical extension that this crate does not process.
    #[error("the certificate of {subject} has a critical extension that is not supported: {extension}")]
    CriticalExtension {
        /// The subject of the certificate.
        subject: String,
        /// The extension's object identifier.
        extension: String,
    },
    /// An extension of a certificate cannot be read or occurs twice.
    #[error("the extensions of the certificate of {subject} cannot be read")]
    Extensions {
        /// The subject of the certificate.
        subject: String,
    },
    /// The chain has more certificates than are followed.
    #[error("the chain of certificates is longer than 10")]
    ChainTooLong,
    /// So many certificates have the same name, or so many names are constrained, that not all chains were tried.
    #[error("there are too many possible chains of certificates")]
    TooManyChains,
    /// The policy gives no time, and the system clock gives none that can be compared with certificates.
    #[error("the system clock has no usable time")]
    NoClock,
}

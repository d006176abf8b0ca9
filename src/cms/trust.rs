//! Trust in signers: chains of certificates up to given roots.

use std::collections::BTreeSet;
use std::sync::Arc;

use x509_cert::ext::pkix::{BasicConstraints, KeyUsage};

use super::Error;
use super::algorithm::{Key, Scheme};
use super::certificate::Certificate;
use super::pem;
use super::signer::{Integrity, Signer};
use crate::value::Date;

/// The maximum number of certificates in a chain, including those of the signer and the root.
const MAX_CHAIN: usize = 10;

/// The maximum number of certificate signatures verified per signer, so that many certificates with the same name cost little time.
const MAX_ATTEMPTS: usize = 64;

/// Trusted root certificates.
///
/// ```
/// use apple_mdm::cms::Roots;
///
/// let roots = Roots::from_pem(&std::fs::read("tests/data/cms/root.pem")?)?;
/// assert_eq!(roots.certificates()[0].subject(), "CN=Example Root,O=Example");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Roots(Vec<Certificate>);

impl Roots {
    /// Reads all certificates of a PEM file, which may contain other text.
    ///
    /// # Errors
    ///
    /// Returns an error if the file contains no certificate, or one that cannot be read.
    pub fn from_pem(pem: &[u8]) -> Result<Self, Error> {
        let blocks = pem::blocks(pem).map_err(|what| Error::Pem { what })?;
        let labels = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"];
        let certificates = blocks.iter().filter(|block| labels.contains(&block.label));
        let certificates = certificates.map(|block| Certificate::read(&block.bytes).ok_or(Error::Certificate));
        let roots = certificates.collect::<Result<Vec<_>, _>>()?;
        if roots.is_empty() {
            return Err(Error::Pem { what: "no certificate" });
        }
        Ok(Self(roots))
    }

    /// Adds a certificate in DER.
    ///
    /// # Errors
    ///
    /// Returns an error if the certificate cannot be read.
    pub fn add_der(&mut self, der: &[u8]) -> Result<(), Error> {
        self.0.push(Certificate::read(der).ok_or(Error::Certificate)?);
        Ok(())
    }

    /// Returns the certificates.
    #[must_use]
    pub fn certificates(&self) -> &[Certificate] {
        &self.0
    }
}

/// Whether all signers of a message are trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trust {
    /// Every signer's certificate chains up to one of the roots.
    Trusted {
        /// The subject of the first signer's root.
        root: String,
    },
    /// A signer is not trusted.
    Untrusted(Untrusted),
    /// No roots were given, so trust was not checked.
    NotChecked,
}

/// Why a signature is not trusted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Untrusted {
    /// The message has no signer.
    #[error("nobody signed")]
    NoSigner,
    /// The signature is invalid or could not be verified; see [`Signer::integrity`].
    #[error("the signature is not verified")]
    Signature,
    /// A certificate is not valid yet.
    #[error("the certificate of {subject} is valid only from {not_before}")]
    NotYetValid {
        /// The subject of the certificate.
        subject: String,
        /// The first moment at which the certificate is valid.
        not_before: Date,
    },
    /// A certificate has expired.
    #[error("the certificate of {subject} expired at {not_after}")]
    Expired {
        /// The subject of the certificate.
        subject: String,
        /// The last second in which the certificate was valid.
        not_after: Date,
    },
    /// The chain ends before it reaches a root.
    #[error("the issuer of the certificate of {subject} is neither a trusted root nor in the message: {issuer}")]
    UnknownIssuer {
        /// The subject of the certificate.
        subject: String,
        /// The issuer that is missing.
        issuer: String,
    },
    /// A certificate was not signed with the key of its issuer.
    #[error("the certificate of {subject} was not signed by its issuer")]
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
        reason: super::Unverified,
    },
    /// A certificate has an RSA key of less than 2048 bits.
    #[error("the key of {subject} is too short")]
    WeakKey {
        /// The subject of the certificate.
        subject: String,
    },
    /// A certificate was issued by one that is not a certificate authority.
    #[error("{subject} is no certificate authority, yet issued a certificate")]
    NotAnAuthority {
        /// The subject of the issuer.
        subject: String,
    },
    /// More authorities are below an authority than its path length allows.
    #[error("{subject} may not have so many authorities below it")]
    PathTooLong {
        /// The subject of the authority.
        subject: String,
    },
    /// The key usage of the signer's certificate does not include signing.
    #[error("the certificate of {subject} is not for digital signatures")]
    NotForSigning {
        /// The subject of the certificate.
        subject: String,
    },
    /// A certificate has a critical extension that this crate does not process.
    #[error("the certificate of {subject} has a critical extension that is not understood: {extension}")]
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
    /// So many certificates have the same name that not all chains were tried.
    #[error("too many possible chains of certificates")]
    TooManyChains,
}

/// Checks whether all signers are trusted at the given time.
pub(super) fn trust(signers: &[Signer], included: &[Arc<Certificate>], roots: &Roots, at: Date) -> Trust {
    if roots.0.is_empty() {
        return Trust::NotChecked;
    }
    let mut first = None;
    for signer in signers {
        match find_root(signer, included, roots, at) {
            Ok(root) => first = first.or(Some(root)),
            Err(reason) => return Trust::Untrusted(reason),
        }
    }
    match first {
        Some(root) => Trust::Trusted {
            root: root.subject().to_owned(),
        },
        None => Trust::Untrusted(Untrusted::NoSigner),
    }
}

fn find_root<'a>(
    signer: &'a Signer,
    included: &'a [Arc<Certificate>],
    roots: &'a Roots,
    at: Date,
) -> Result<&'a Certificate, Untrusted> {
    let (Integrity::Verified, Some(certificate)) = (signer.integrity(), signer.certificate()) else {
        return Err(Untrusted::Signature);
    };
    check_date(certificate, at)?;
    check_key(certificate)?;
    check_critical(certificate)?;
    let usage = extension::<KeyUsage>(certificate)?;
    if usage.is_some_and(|usage| !usage.digital_signature() && !usage.non_repudiation()) {
        return Err(Untrusted::NotForSigning {
            subject: certificate.subject().to_owned(),
        });
    }
    let mut search = PathSearch {
        included,
        roots,
        at,
        attempts: MAX_ATTEMPTS,
    };
    search.extend(&mut vec![certificate])
}

/// The search for a chain from the signer's certificate to a root.
struct PathSearch<'a> {
    included: &'a [Arc<Certificate>],
    roots: &'a Roots,
    at: Date,
    attempts: usize,
}

impl<'a> PathSearch<'a> {
    /// Extends the chain from its last certificate up to a root, and returns the root.
    fn extend(&mut self, chain: &mut Vec<&'a Certificate>) -> Result<&'a Certificate, Untrusted> {
        let Some(&last) = chain.last() else {
            return Err(Untrusted::NoSigner);
        };
        if let Some(root) = self.roots.0.iter().find(|&root| root == last) {
            return Ok(root);
        }
        let mut reason = None;
        let roots: &'a Roots = self.roots;
        let included: &'a [Arc<Certificate>] = self.included;
        for issuer in roots.0.iter().chain(included.iter().map(|c| &**c)) {
            if !last.names_as_issuer(issuer) || chain.contains(&issuer) || chain.len() >= MAX_CHAIN {
                continue;
            }
            if self.attempts == 0 {
                return Err(Untrusted::TooManyChains);
            }
            self.attempts -= 1;
            let found = check_signature(last, issuer)
                .and_then(|()| check_authority(issuer, chain))
                .and_then(|()| check_date(issuer, self.at))
                .and_then(|()| {
                    chain.push(issuer);
                    let found = self.extend(chain);
                    chain.pop();
                    found
                });
            match found {
                Ok(root) => return Ok(root),
                Err(Untrusted::TooManyChains) => return Err(Untrusted::TooManyChains),
                // An authority that changed its key has two certificates. Prefer the reason why the matching one failed.
                Err(why @ Untrusted::CertificateSignature { .. }) => reason = reason.or(Some(why)),
                Err(why) => match reason {
                    None | Some(Untrusted::CertificateSignature { .. }) => reason = Some(why),
                    Some(_) => {}
                },
            }
        }
        Err(reason.unwrap_or_else(|| Untrusted::UnknownIssuer {
            subject: last.subject().to_owned(),
            issuer: last.issuer().to_owned(),
        }))
    }
}

fn check_date(certificate: &Certificate, at: Date) -> Result<(), Untrusted> {
    let subject = || certificate.subject().to_owned();
    if certificate.is_valid_at(at) {
        Ok(())
    } else if at < certificate.not_before() {
        Err(Untrusted::NotYetValid {
            subject: subject(),
            not_before: certificate.not_before(),
        })
    } else {
        Err(Untrusted::Expired {
            subject: subject(),
            not_after: certificate.not_after(),
        })
    }
}

fn check_key(certificate: &Certificate) -> Result<Key, Untrusted> {
    let subject = certificate.subject().to_owned();
    match Key::of(certificate.x509.tbs_certificate().subject_public_key_info()) {
        Ok(key) if key.is_weak() => Err(Untrusted::WeakKey { subject }),
        Ok(key) => Ok(key),
        Err(reason) => Err(Untrusted::CertificateAlgorithm { subject, reason }),
    }
}

/// Verifies the signature of the certificate with the issuer's key.
fn check_signature(certificate: &Certificate, issuer: &Certificate) -> Result<(), Untrusted> {
    let subject = || certificate.subject().to_owned();
    let algorithm = certificate.x509.signature_algorithm();
    let scheme = Scheme::of(algorithm, None).map_err(|reason| Untrusted::CertificateAlgorithm {
        subject: subject(),
        reason,
    })?;
    let key = check_key(issuer)?;
    let signature = certificate.x509.signature().as_bytes().unwrap_or_default();
    let digest = scheme.hash().digest(certificate.signed_part());
    if certificate.x509.tbs_certificate().signature() == algorithm && scheme.verify(&key, &digest, signature) {
        Ok(())
    } else {
        Err(Untrusted::CertificateSignature { subject: subject() })
    }
}

/// Checks whether `issuer` may have issued the last certificate of the chain.
fn check_authority(issuer: &Certificate, chain: &[&Certificate]) -> Result<(), Untrusted> {
    let subject = || issuer.subject().to_owned();
    check_critical(issuer)?;
    let constraints = extension::<BasicConstraints>(issuer)?;
    let Some(BasicConstraints {
        ca: true,
        path_len_constraint,
    }) = constraints
    else {
        return Err(Untrusted::NotAnAuthority { subject: subject() });
    };
    if extension::<KeyUsage>(issuer)?.is_some_and(|usage| !usage.key_cert_sign()) {
        return Err(Untrusted::NotAnAuthority { subject: subject() });
    }
    // The signer's certificate and self-issued certificates do not count (RFC 5280, 4.2.1.9).
    let below = chain.iter().skip(1).filter(|c| !c.is_self_issued()).count();
    if path_len_constraint.is_some_and(|max| below > usize::from(max)) {
        return Err(Untrusted::PathTooLong { subject: subject() });
    }
    Ok(())
}

/// Returns the extension of type `T`, or an error if it cannot be read.
fn extension<T>(certificate: &Certificate) -> Result<Option<T>, Untrusted>
where
    T: for<'a> der::Decode<'a, Error = der::Error> + der::oid::AssociatedOid,
{
    let found = certificate.x509.tbs_certificate().get_extension::<T>();
    found
        .map(|found| found.map(|(_, extension)| extension))
        .map_err(|_| Untrusted::Extensions {
            subject: certificate.subject().to_owned(),
        })
}

/// Checks that every critical extension is either processed or irrelevant to signing, and that none occurs twice.
fn check_critical(certificate: &Certificate) -> Result<(), Untrusted> {
    const ACCEPTED: [&str; 5] = [
        // Key usage, basic constraints.
        "2.5.29.15",
        "2.5.29.19",
        // Alternative names, policies and extended key usage are irrelevant here: profiles are signed with certificates for
        // servers, code and email.
        "2.5.29.17",
        "2.5.29.32",
        "2.5.29.37",
    ];
    // Apple marks the purpose of its certificates with extensions below this identifier.
    const APPLE_PREFIX: &str = "1.2.840.113635.100.6.";
    let subject = || certificate.subject().to_owned();
    let extensions = certificate.x509.tbs_certificate().extensions().map_or(&[][..], |e| e);
    let mut seen = BTreeSet::new();
    for extension in extensions {
        let oid = extension.extn_id.to_string();
        if extension.critical && !ACCEPTED.contains(&&*oid) && !oid.starts_with(APPLE_PREFIX) {
            return Err(Untrusted::CriticalExtension {
                subject: subject(),
                extension: oid,
            });
        }
        if !seen.insert(oid) {
            return Err(Untrusted::Extensions { subject: subject() });
        }
    }
    Ok(())
}

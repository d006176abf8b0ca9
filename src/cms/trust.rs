//! Whether signers are who they say: chains of certificates up to roots that are given.

use std::collections::BTreeSet;
use std::sync::Arc;

use x509_cert::ext::pkix::{BasicConstraints, KeyUsage};

use super::Error;
use super::algorithm::{Key, Scheme};
use super::certificate::Certificate;
use super::pem;
use super::signer::{Integrity, Signer};
use crate::value::Date;

/// A chain has at most so many certificates, those of signer and root included.
const MAX_CHAIN: usize = 10;

/// So many signatures of certificates are verified for a signer, that certificates which all have the same name cost no time.
const MAX_ATTEMPTS: usize = 64;

/// The certificates that are trusted.
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
    /// The certificates of a PEM file, which may have other text around them.
    ///
    /// # Errors
    ///
    /// Where there is no certificate, or one that cannot be read.
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
    /// Where it cannot be read.
    pub fn add_der(&mut self, der: &[u8]) -> Result<(), Error> {
        self.0.push(Certificate::read(der).ok_or(Error::Certificate)?);
        Ok(())
    }

    /// The certificates.
    #[must_use]
    pub fn certificates(&self) -> &[Certificate] {
        &self.0
    }
}

/// Whether a signature is trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trust {
    /// It is: each signer's certificate was issued, over others or not, by one of the roots.
    Trusted {
        /// The subject of the root; of that of the first signer, where there are several.
        root: String,
    },
    /// It is not.
    Untrusted(Untrusted),
    /// No roots were given.
    NotChecked,
}

/// Why a signature is not trusted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Untrusted {
    /// Nobody signed.
    #[error("nobody signed")]
    NoSigner,
    /// The signature itself does not hold, or could not be verified; see [`Signer::integrity`].
    #[error("the signature is not verified")]
    Signature,
    /// A certificate is not valid yet.
    #[error("the certificate of {subject} is valid only from {not_before}")]
    NotYetValid {
        /// Whose certificate it is.
        subject: String,
        /// When it begins to be valid.
        not_before: Date,
    },
    /// A certificate is not valid any more.
    #[error("the certificate of {subject} expired at {not_after}")]
    Expired {
        /// Whose certificate it is.
        subject: String,
        /// When it ceased to be valid.
        not_after: Date,
    },
    /// The chain ends before a root.
    #[error("the issuer of the certificate of {subject} is neither a trusted root nor in the message: {issuer}")]
    UnknownIssuer {
        /// Whose certificate it is.
        subject: String,
        /// The issuer that is missing.
        issuer: String,
    },
    /// A certificate has a signature that its issuer's key did not make.
    #[error("the certificate of {subject} was not signed by its issuer")]
    CertificateSignature {
        /// Whose certificate it is.
        subject: String,
    },
    /// A certificate is signed with what is too weak or not supported.
    #[error("the signature of the certificate of {subject} cannot be verified: {reason}")]
    CertificateAlgorithm {
        /// Whose certificate it is.
        subject: String,
        /// What is the matter with the algorithm or the key.
        reason: super::Unverified,
    },
    /// A key is too short: RSA with less than 2048 bits.
    #[error("the key of {subject} is too short")]
    WeakKey {
        /// Whose key it is.
        subject: String,
    },
    /// A certificate was issued by one that may not issue certificates.
    #[error("{subject} is no certificate authority, yet issued a certificate")]
    NotAnAuthority {
        /// Who issued it.
        subject: String,
    },
    /// There are more authorities below an authority than it may have.
    #[error("{subject} may not have so many authorities below it")]
    PathTooLong {
        /// The authority.
        subject: String,
    },
    /// The signer's certificate is not for signing.
    #[error("the certificate of {subject} is not for digital signatures")]
    NotForSigning {
        /// Whose certificate it is.
        subject: String,
    },
    /// A certificate has a critical extension that is not understood here.
    #[error("the certificate of {subject} has a critical extension that is not understood: {extension}")]
    CriticalExtension {
        /// Whose certificate it is.
        subject: String,
        /// The extension's object identifier.
        extension: String,
    },
    /// A certificate has extensions that cannot be read or are there twice.
    #[error("the extensions of the certificate of {subject} cannot be read")]
    Extensions {
        /// Whose certificate it is.
        subject: String,
    },
    /// There are too many certificates with the same name to look at all chains.
    #[error("too many possible chains of certificates")]
    TooManyChains,
}

/// Whether all signers are trusted at that time.
pub(super) fn trust(signers: &[Signer], included: &[Arc<Certificate>], roots: &Roots, at: Date) -> Trust {
    if roots.0.is_empty() {
        return Trust::NotChecked;
    }
    let mut first = None;
    for signer in signers {
        match root_of(signer, included, roots, at) {
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

fn root_of<'a>(
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
    let mut search = Search {
        included,
        roots,
        at,
        attempts: MAX_ATTEMPTS,
    };
    search.up(&mut vec![certificate])
}

/// The search for a chain, from the signer's certificate to a root.
struct Search<'a> {
    included: &'a [Arc<Certificate>],
    roots: &'a Roots,
    at: Date,
    attempts: usize,
}

impl<'a> Search<'a> {
    /// The root that the chain leads to from its last certificate.
    fn up(&mut self, chain: &mut Vec<&'a Certificate>) -> Result<&'a Certificate, Untrusted> {
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
                    let found = self.up(chain);
                    chain.pop();
                    found
                });
            match found {
                Ok(root) => return Ok(root),
                Err(Untrusted::TooManyChains) => return Err(Untrusted::TooManyChains),
                // An authority that changed its key has two certificates; the one that does not fit is not the reason.
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

/// Whether the issuer's key made the signature of the certificate.
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

/// Whether the certificate may have issued the last one of the chain.
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
    // The signer's certificate and those that an authority issued to itself do not count (RFC 5280, 4.2.1.9).
    let below = chain.iter().skip(1).filter(|c| !c.is_self_issued()).count();
    if path_len_constraint.is_some_and(|most| below > usize::from(most)) {
        return Err(Untrusted::PathTooLong { subject: subject() });
    }
    Ok(())
}

/// An extension; an error where it cannot be read.
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

/// Whether all critical extensions are understood, or may be left alone where a profile is signed.
fn check_critical(certificate: &Certificate) -> Result<(), Untrusted> {
    const UNDERSTOOD: [&str; 5] = [
        // Key usage, basic constraints.
        "2.5.29.15",
        "2.5.29.19",
        // Other names of the subject, policies, purposes: no matter here. Profiles are signed with certificates for servers,
        // for code and for mail.
        "2.5.29.17",
        "2.5.29.32",
        "2.5.29.37",
    ];
    // Marks of what Apple issued a certificate for.
    const APPLE: &str = "1.2.840.113635.100.6.";
    let subject = || certificate.subject().to_owned();
    let extensions = certificate.x509.tbs_certificate().extensions().map_or(&[][..], |e| e);
    let mut seen = BTreeSet::new();
    for extension in extensions {
        let oid = extension.extn_id.to_string();
        if extension.critical && !UNDERSTOOD.contains(&&*oid) && !oid.starts_with(APPLE) {
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

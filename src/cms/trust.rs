//! Trust in signers: chains of certificates up to given roots.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use x509_cert::certificate::Version;
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage};

use super::Error;
use super::algorithm::{Hash, Key, Scheme, Unverified};
use super::certificate::Certificate;
use super::name_constraints::NameChecks;
use super::pem;
use super::policy::Policy;
use super::signer::{Broken, Integrity, Signer};
use crate::value::Date;

/// The maximum number of certificates in a chain, including those of the signer and the root.
const MAX_CHAIN: usize = 10;

/// The maximum number of certificate signatures verified per message. A signature with the largest RSA keys takes several
/// milliseconds, and many certificates with the same name allow many chains.
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
        const LABELS: [&str; 3] = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"];
        let mut roots = Vec::new();
        for block in pem::blocks(pem).map_err(|what| Error::Pem { what })? {
            let block = block.map_err(|what| Error::Pem { what })?;
            if LABELS.contains(&block.label) {
                let der = block.bytes().map_err(|what| Error::Pem { what })?;
                roots.push(Certificate::read(&der).ok_or(Error::Certificate)?);
            }
        }
        if roots.is_empty() {
            return Err(Error::Pem {
                what: "it has no certificate",
            });
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

    pub(super) fn into_certificates(self) -> Vec<Certificate> {
        self.0
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
    /// Every signer's certificate chains up to one of the roots and fulfills the policy.
    Trusted {
        /// The subject of the first signer's root.
        root: String,
        /// The reasons against trust that the [`Policy`] allows. Empty with the default policy.
        exceptions: Vec<Untrusted>,
    },
    /// A signer is not trusted.
    Untrusted(Untrusted),
    /// No roots were given, so trust was not checked.
    NotChecked,
}

/// Formats as "trusted by the root CN=Example", followed by the exceptions, or as the reason why the signature is not trusted.
impl fmt::Display for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Trusted { root, exceptions } => {
                write!(f, "trusted by the root {root}")?;
                for (index, exception) in exceptions.iter().enumerate() {
                    write!(f, "{}{exception}", if index == 0 { ", but " } else { "; " })?;
                }
                Ok(())
            }
            Self::Untrusted(reason) => write!(f, "not trusted: {reason}"),
            Self::NotChecked => f.write_str("trust was not checked because no roots were given"),
        }
    }
}

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

/// A signer whose certificate is trusted.
pub(super) struct TrustedSigner<'a> {
    pub root: &'a Certificate,
    /// The reasons against trust that the policy allows.
    pub exceptions: Vec<Untrusted>,
}

/// Checks whether all signers are trusted under the policy.
pub(super) fn trust(signers: &[Signer], included: &[Arc<Certificate>], policy: &Policy) -> Trust {
    match trusted_signers(signers, included, policy) {
        Err(Untrusted::NoRoots) => Trust::NotChecked,
        Err(reason) => Trust::Untrusted(reason),
        Ok(signers) => Trust::Trusted {
            root: signers
                .first()
                .map(|signer| signer.root.subject().to_owned())
                .unwrap_or_default(),
            exceptions: signers.into_iter().flat_map(|signer| signer.exceptions).collect(),
        },
    }
}

/// Returns all signers, at least one, if they are trusted under the policy.
pub(super) fn trusted_signers<'a>(
    signers: &'a [Signer],
    included: &'a [Arc<Certificate>],
    policy: &'a Policy,
) -> Result<Vec<TrustedSigner<'a>>, Untrusted> {
    if policy.roots().certificates().is_empty() {
        return Err(Untrusted::NoRoots);
    }
    if signers.is_empty() {
        return Err(Untrusted::NoSigner);
    }
    let mut search = PathSearch {
        included,
        policy,
        at: policy.time().ok_or(Untrusted::NoClock)?,
        attempts: MAX_ATTEMPTS,
        name_checks: NameChecks::default(),
        signer_issues: Vec::new(),
        best: None,
    };
    signers.iter().map(|signer| search.trusted_signer(signer)).collect()
}

/// The search for chains from a signer's certificate to a root.
///
/// The search follows names and signatures only. Each complete chain is then checked for issues, so that a missing root is never
/// reported as another issue or the other way round.
struct PathSearch<'a> {
    included: &'a [Arc<Certificate>],
    policy: &'a Policy,
    at: Date,
    /// The number of certificate signatures that may still be verified.
    attempts: usize,
    name_checks: NameChecks,
    /// The issues of the signature itself.
    signer_issues: Vec<Untrusted>,
    /// The best complete chain so far.
    best: Option<CheckedChain<'a>>,
}

/// A chain from a signer to a root with its issues.
struct CheckedChain<'a> {
    root: &'a Certificate,
    /// Issues that the policy allows.
    allowed: Vec<Untrusted>,
    /// The first issue that the policy does not allow.
    refused: Option<Untrusted>,
}

impl CheckedChain<'_> {
    fn has_issues(&self) -> bool {
        self.refused.is_some() || !self.allowed.is_empty()
    }
}

impl<'a> PathSearch<'a> {
    fn trusted_signer(&mut self, signer: &'a Signer) -> Result<TrustedSigner<'a>, Untrusted> {
        self.signer_issues = match signer.integrity() {
            Integrity::Verified => Vec::new(),
            Integrity::VerifiedWithSha1 => vec![Untrusted::Sha1Signature],
            Integrity::Broken(reason) => return Err(Untrusted::Broken(reason.clone())),
            Integrity::Unverified(reason) => return Err(Untrusted::Unverified(reason.clone())),
        };
        let certificate = signer
            .certificate()
            .ok_or(Untrusted::Unverified(Unverified::NoCertificate))?;
        self.best = None;
        let dead_end = self.extend(&mut vec![certificate]);
        match (self.best.take(), dead_end) {
            (
                Some(CheckedChain {
                    root,
                    allowed,
                    refused: None,
                }),
                _,
            ) => Ok(TrustedSigner {
                root,
                exceptions: allowed,
            }),
            (_, Some(reason @ Untrusted::TooManyChains)) => Err(reason),
            (
                Some(CheckedChain {
                    refused: Some(reason), ..
                }),
                _,
            )
            | (None, Some(reason)) => Err(reason),
            // Unreachable: a search without a dead end finds a chain.
            (None, None) => Err(Untrusted::NoSigner),
        }
    }

    /// Extends the chain from its last certificate up to the roots, and keeps the best complete chain. Returns why the search
    /// ended without a root, if it did, or `None` once a chain without issues is found.
    fn extend(&mut self, chain: &mut Vec<&'a Certificate>) -> Option<Untrusted> {
        let &last = chain.last()?;
        let policy: &'a Policy = self.policy;
        let included: &'a [Arc<Certificate>] = self.included;
        let roots = policy.roots().certificates();
        if let Some(root) = roots.iter().find(|&root| root == last) {
            let checked = self.check(chain, root);
            let is_better = match &self.best {
                None => true,
                Some(best) => best.refused.is_some() && checked.refused.is_none() || !checked.has_issues(),
            };
            if is_better {
                self.best = Some(checked);
            }
            return None;
        }
        let mut dead_end: Option<Untrusted> = None;
        for issuer in roots.iter().chain(included.iter().map(|certificate| &**certificate)) {
            if !last.names_as_issuer(issuer) || chain.contains(&issuer) {
                continue;
            }
            let failure = if chain.len() >= MAX_CHAIN {
                Some(Untrusted::ChainTooLong)
            } else if self.attempts == 0 {
                return Some(Untrusted::TooManyChains);
            } else {
                self.attempts -= 1;
                match check_signature(last, issuer) {
                    Ok(()) => {
                        chain.push(issuer);
                        let failure = self.extend(chain);
                        chain.pop();
                        failure
                    }
                    Err(reason) => Some(reason),
                }
            };
            if failure == Some(Untrusted::TooManyChains) || self.best.as_ref().is_some_and(|best| !best.has_issues()) {
                return failure;
            }
            if let Some(reason) = failure
                && dead_end
                    .as_ref()
                    .is_none_or(|known| precedence(&reason) > precedence(known))
            {
                dead_end = Some(reason);
            }
        }
        if dead_end.is_some() || self.best.is_some() {
            return dead_end;
        }
        Some(if last.is_self_issued() && check_signature(last, last).is_ok() {
            Untrusted::UntrustedRoot {
                subject: last.subject().to_owned(),
            }
        } else {
            Untrusted::UnknownIssuer {
                subject: last.subject().to_owned(),
                issuer: last.issuer().to_owned(),
            }
        })
    }

    /// Checks a complete chain, whose last certificate is the root.
    fn check(&mut self, chain: &[&'a Certificate], root: &'a Certificate) -> CheckedChain<'a> {
        let mut issues = self.signer_issues.clone();
        for (index, &certificate) in chain.iter().enumerate() {
            issues.extend(check_date(certificate, self.at).err());
            issues.extend(check_key(certificate).err());
            issues.extend(check_critical(certificate).err());
            if index == 0 {
                issues.extend(check_usage(certificate).err());
            } else {
                issues.extend(check_authority(certificate, &chain[..index], index + 1 == chain.len()).err());
            }
            // The root's own signature proves nothing.
            if index + 1 < chain.len() && uses_sha1(certificate) {
                issues.push(Untrusted::Sha1Certificate {
                    subject: certificate.subject().to_owned(),
                });
            }
        }
        if let Some(signer) = chain.first()
            && !self.policy.allows_issuer(chain.get(1).copied())
        {
            issues.push(Untrusted::WrongIssuer {
                subject: signer.subject().to_owned(),
                issuer: signer.issuer().to_owned(),
            });
        }
        issues.extend(self.name_checks.check(chain).err());
        let (allowed, refused): (Vec<_>, Vec<_>) = issues.into_iter().partition(|issue| self.policy.allows(issue));
        CheckedChain {
            root,
            allowed,
            refused: refused.into_iter().next(),
        }
    }
}

/// Returns which of several dead ends to report. An authority that changed its key has two certificates, and only one of them fits.
fn precedence(dead_end: &Untrusted) -> u8 {
    match dead_end {
        Untrusted::CertificateSignature { .. } => 0,
        Untrusted::UnknownIssuer { .. } | Untrusted::UntrustedRoot { .. } => 1,
        _ => 2,
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

fn key(certificate: &Certificate) -> Result<Key, Untrusted> {
    certificate.key().map_err(|reason| Untrusted::CertificateAlgorithm {
        subject: certificate.subject().to_owned(),
        reason,
    })
}

fn check_key(certificate: &Certificate) -> Result<(), Untrusted> {
    if key(certificate)?.is_weak() {
        Err(Untrusted::WeakKey {
            subject: certificate.subject().to_owned(),
        })
    } else {
        Ok(())
    }
}

fn uses_sha1(certificate: &Certificate) -> bool {
    let scheme = Scheme::of(certificate.x509.signature_algorithm(), None);
    scheme.is_ok_and(|scheme| scheme.hash() == Hash::Sha1)
}

/// Verifies the signature of the certificate with the issuer's key.
fn check_signature(certificate: &Certificate, issuer: &Certificate) -> Result<(), Untrusted> {
    let subject = || certificate.subject().to_owned();
    let algorithm = certificate.x509.signature_algorithm();
    let scheme = Scheme::of(algorithm, None).map_err(|reason| Untrusted::CertificateAlgorithm {
        subject: subject(),
        reason,
    })?;
    let key = key(issuer)?;
    let signature = certificate.x509.signature().as_bytes().unwrap_or_default();
    let digest = scheme.hash().digest(certificate.signed_part());
    if certificate.x509.tbs_certificate().signature() == algorithm && scheme.verify(&key, &digest, signature) {
        Ok(())
    } else {
        Err(Untrusted::CertificateSignature { subject: subject() })
    }
}

/// Checks that the signer's certificate is for signing.
fn check_usage(certificate: &Certificate) -> Result<(), Untrusted> {
    let usage = extension::<KeyUsage>(certificate)?;
    if usage.is_some_and(|usage| !usage.digital_signature() && !usage.non_repudiation()) {
        return Err(Untrusted::NotForSigning {
            subject: certificate.subject().to_owned(),
        });
    }
    Ok(())
}

/// Checks whether `issuer` may have issued the last certificate of the chain below it.
fn check_authority(issuer: &Certificate, below: &[&Certificate], is_root: bool) -> Result<(), Untrusted> {
    let subject = || issuer.subject().to_owned();
    // Certificates of version 1 have no extensions. The user of a root vouches for it.
    if is_root && issuer.x509.tbs_certificate().version() == Version::V1 && issuer.is_self_issued() {
        return Ok(());
    }
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
    let below = below.iter().skip(1).filter(|c| !c.is_self_issued()).count();
    if path_len_constraint.is_some_and(|max| below > usize::from(max)) {
        return Err(Untrusted::PathTooLong { subject: subject() });
    }
    Ok(())
}

/// Returns the extension of type `T`, or an error if it cannot be read.
pub(super) fn extension<T>(certificate: &Certificate) -> Result<Option<T>, Untrusted>
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
    const ACCEPTED: [&str; 6] = [
        // Key usage, basic constraints, name constraints.
        "2.5.29.15",
        "2.5.29.19",
        "2.5.29.30",
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

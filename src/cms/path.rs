//! The search for certification paths: chains of certificates from a signer to a root.

use std::sync::Arc;

use super::algorithm::Unverified;
use super::certificate::Certificate;
use super::certificate_checks::{
    check_authority, check_critical, check_date, check_key, check_signature, check_usage, uses_sha1,
};
use super::name_constraints::NameChecks;
use super::policy::Policy;
use super::signer::{Integrity, Signer};
use super::untrusted::Untrusted;
use crate::value::Date;

/// The maximum number of certificates in a chain, including those of the signer and the root.
const MAX_CHAIN: usize = 10;

/// The maximum number of certificate signatures verified per message. A signature with the largest RSA keys takes several
/// milliseconds, and many certificates with the same name allow many chains.
const MAX_ATTEMPTS: usize = 64;

/// A signer whose certificate is trusted.
pub(super) struct TrustedSigner<'a> {
    pub root: &'a Certificate,
    /// The reasons against trust that the policy allows.
    pub exceptions: Vec<Untrusted>,
}

/// The search for chains from a signer's certificate to a root.
///
/// The search follows names and signatures only. Each complete chain is then checked for issues, so that a missing root is never
/// reported as another issue or the other way round.
pub(super) struct PathSearch<'a> {
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
    /// Starts a search among the certificates that the message includes. `at` is the time at which all must be valid.
    pub(super) fn new(included: &'a [Arc<Certificate>], policy: &'a Policy, at: Date) -> Self {
        Self {
            included,
            policy,
            at,
            attempts: MAX_ATTEMPTS,
            name_checks: NameChecks::default(),
            signer_issues: Vec::new(),
            best: None,
        }
    }

    /// Returns the root of the signer and what the policy allows, or why the signer is not trusted.
    pub(super) fn trusted_signer(&mut self, signer: &'a Signer) -> Result<TrustedSigner<'a>, Untrusted> {
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

//! Trust in the signers of a message.

use std::fmt;
use std::sync::Arc;

use super::certificate::Certificate;
use super::path::{PathSearch, TrustedSigner};
use super::policy::Policy;
use super::signer::Signer;
use super::untrusted::Untrusted;

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
    let at = policy.time().ok_or(Untrusted::NoClock)?;
    let mut search = PathSearch::new(included, policy, at);
    signers.iter().map(|signer| search.trusted_signer(signer)).collect()
}

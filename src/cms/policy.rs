//! What a signature must fulfill to be trusted.

use std::time::SystemTime;

use super::certificate::Certificate;
use super::roots::Roots;
use super::untrusted::Untrusted;
use crate::value::Date;

/// What a signature must fulfill to be trusted.
///
/// A new policy is strict. It trusts signatures only if all certificates up to one of the roots are valid now, nothing uses SHA-1,
/// and no RSA key is shorter than 2048 bits. Real devices do not always meet this:
///
/// - Devices sign the `Mdm-Signature` header and the MachineInfo document with SHA-1.
/// - The MachineInfo document is signed below an intermediate certificate of Apple that has expired.
/// - Device certificates that SCEP issues have RSA keys of 1024 bits unless the profile asks for more.
///
/// A policy can allow these one by one. [`Trust::Trusted`](super::Trust::Trusted) then lists what was allowed.
///
/// ```
/// use apple_mdm::cms::{Policy, Roots, Signed, Trust, Untrusted};
///
/// let signed = Signed::open(&std::fs::read("tests/data/cms/rsa-sha1.mobileconfig")?)?;
/// let roots = Roots::from_pem(&std::fs::read("tests/data/cms/root.pem")?)?;
/// let policy = Policy::new(roots).at("2026-12-01T00:00:00Z".parse()?);
/// assert_eq!(signed.verify(&policy), Trust::Untrusted(Untrusted::Sha1Signature));
///
/// let trust = signed.verify(&policy.allow_sha1(true));
/// assert_eq!(trust.to_string(), "trusted by the root CN=Example Root,O=Example, but the signature uses SHA-1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Policy {
    roots: Roots,
    time: Option<Date>,
    issuers: Vec<Issuer>,
    allow_sha1: bool,
    allow_short_rsa: bool,
    ignore_validity: bool,
}

/// A required issuer of signers' certificates.
#[derive(Clone, Debug)]
enum Issuer {
    Subject(String),
    Certificate(Certificate),
}

impl Policy {
    /// Creates a strict policy that trusts the given roots at the current time.
    pub fn new(roots: Roots) -> Self {
        Self {
            roots,
            ..Self::default()
        }
    }

    /// Sets the time at which all certificates must be valid, instead of the current time.
    pub fn at(mut self, time: Date) -> Self {
        self.time = Some(time);
        self
    }

    /// Sets whether to allow certificates that have expired or are not valid yet.
    ///
    /// A revoked certificate can no longer be recognized once it has expired, so allow this only where the protocol requires it.
    pub fn ignore_validity(mut self, ignore: bool) -> Self {
        self.ignore_validity = ignore;
        self
    }

    /// Sets whether to allow SHA-1 in the signature and in the certificates below the root.
    ///
    /// Someone who can choose part of a document before it is signed can create two documents with the same SHA-1 digest, so that
    /// a signature on one is valid for the other. Nobody is known to be able to forge a signature on a document that the signer
    /// alone composed, as devices do. The same applies to certificates: whoever requests one chooses part of it. Require the issuer with
    /// [`issued_by`](Self::issued_by) if authorities below your roots still sign certificates for others with SHA-1.
    pub fn allow_sha1(mut self, allow: bool) -> Self {
        self.allow_sha1 = allow;
        self
    }

    /// Sets whether to allow RSA keys of 1024 to 2047 bits. Shorter keys are never accepted.
    pub fn allow_short_rsa(mut self, allow: bool) -> Self {
        self.allow_short_rsa = allow;
        self
    }

    /// Requires that an authority with this subject issued the signer's certificate. The subject is written like
    /// [`Certificate::subject`]. If you call this or [`issued_by_certificate`](Self::issued_by_certificate) several times, any of
    /// the issuers is accepted.
    ///
    /// A root may have many authorities below it that issue certificates for different purposes. Require the issuer if only one of
    /// them issues the certificates you expect.
    pub fn issued_by(mut self, subject: impl Into<String>) -> Self {
        self.issuers.push(Issuer::Subject(subject.into()));
        self
    }

    /// Requires that the signer's certificate was issued with exactly this certificate. See [`issued_by`](Self::issued_by).
    pub fn issued_by_certificate(mut self, certificate: Certificate) -> Self {
        self.issuers.push(Issuer::Certificate(certificate));
        self
    }

    /// Returns the roots.
    #[must_use]
    pub fn roots(&self) -> &Roots {
        &self.roots
    }

    /// Returns the time at which certificates must be valid.
    pub(super) fn time(&self) -> Option<Date> {
        self.time.or_else(|| Date::try_from(SystemTime::now()).ok())
    }

    /// Returns whether the certificate may be the issuer of a signer.
    pub(super) fn allows_issuer(&self, issuer: Option<&Certificate>) -> bool {
        self.issuers.is_empty()
            || issuer.is_some_and(|issuer| {
                self.issuers.iter().any(|required| match required {
                    Issuer::Subject(subject) => issuer.has_subject(subject),
                    Issuer::Certificate(certificate) => issuer == certificate,
                })
            })
    }

    /// Returns whether the policy allows this reason against trust.
    pub(super) fn allows(&self, reason: &Untrusted) -> bool {
        match reason {
            Untrusted::Sha1Signature | Untrusted::Sha1Certificate { .. } => self.allow_sha1,
            Untrusted::WeakKey { .. } => self.allow_short_rsa,
            Untrusted::Expired { .. } | Untrusted::NotYetValid { .. } => self.ignore_validity,
            _ => false,
        }
    }
}

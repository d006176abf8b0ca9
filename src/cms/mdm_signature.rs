//! The `Mdm-Signature` header, with which a device signs what it sends.

use super::certificate::Certificate;
use super::policy::Policy;
use super::trust::trusted_signers;
use super::untrusted::Untrusted;
use super::{Error, Signed};
use crate::format::Limits;
use crate::value::{Date, data};

/// A signer whose signature is valid and trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct VerifiedSigner {
    /// The signer's certificate. Its [subject](Certificate::subject), [serial number](Certificate::serial) and
    /// [fingerprint](Certificate::fingerprint) identify the signer.
    pub certificate: Certificate,
    /// The subject of the root to which the certificate chains up.
    pub root: String,
    /// The signing time that the signer claims.
    pub signing_time: Option<Date>,
    /// The reasons against trust that the policy allows. Empty with a strict policy.
    pub exceptions: Vec<Untrusted>,
}

/// Verifies the `Mdm-Signature` header of a request and returns the device's certificate.
///
/// Devices send this header if `SignMessage` is set in the MDM payload. `value` is the header's value (base64), and `body` is the body
/// of the request exactly as received. The signature may or may not include the content; if it does, the content must equal the
/// body. `limits` apply to the body and to the decoded signature.
///
/// # What this proves
///
/// Someone with the private key of the certificate signed exactly this body, and one of your roots, directly or through other
/// authorities, issued the certificate. This does *not* prove that the device is the one the body names: every device with a
/// certificate from the same authority can sign any body. Remember the [fingerprint](Certificate::fingerprint) of the certificate
/// when a device enrolls, and reject messages for this enrollment that are signed with another certificate. The signature does not
/// protect against replay either, since the body contains no challenge.
///
/// ```
/// use apple_mdm::cms::{Policy, Roots, verify_mdm_signature};
/// use apple_mdm::input::Limits;
///
/// let value = std::fs::read_to_string("tests/data/cms/mdm-signature.txt")?;
/// let body = std::fs::read("tests/data/cms/plain.mobileconfig")?;
///
/// // Devices sign with RSA and SHA-1.
/// let roots = Roots::from_pem(&std::fs::read("tests/data/cms/root.pem")?)?;
/// let policy = Policy::new(roots).allow_sha1(true).at("2026-12-01T00:00:00Z".parse()?);
/// let signer = verify_mdm_signature(&value, &body, &policy, &Limits::default())?;
/// assert_eq!(signer.certificate.subject(), "CN=device,O=Example");
/// assert_eq!(signer.certificate.fingerprint().len(), 64);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Returns an error if the value is not a signature or is broken, if there is not exactly one signer, if a limit is exceeded, or
/// with [`Error::Untrusted`] if the signature is invalid or not trusted under the policy.
pub fn verify_mdm_signature(
    value: &str,
    body: &[u8],
    policy: &Policy,
    limits: &Limits,
) -> Result<VerifiedSigner, Error> {
    // Four characters of base64 are three bytes; lines may be folded.
    if value.len() / 2 > limits.size {
        return Err(Error::TooLarge { limit: limits.size });
    }
    let signature = data::decode(value).ok_or(Error::NotBase64)?;
    let signed = Signed::open_detached_with(&signature.0, body, limits)?;
    let [signer] = signed.signers() else {
        return Err(Untrusted::NotOneSigner.into());
    };
    let trusted = trusted_signers(&signed.signers, &signed.certificates, policy)?;
    let (Some(trusted), Some(certificate)) = (trusted.into_iter().next(), signer.certificate()) else {
        return Err(Untrusted::NotOneSigner.into());
    };
    Ok(VerifiedSigner {
        certificate: certificate.clone(),
        root: trusted.root.subject().to_owned(),
        signing_time: signer.signing_time(),
        exceptions: trusted.exceptions,
    })
}

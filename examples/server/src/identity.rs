//! Who sent a message.
//!
//! A message names its sender, but anyone can write a name. The header `Mdm-Signature` proves that the sender has a certificate of our
//! authority. That is not enough either, because every enrolled device has one. So the server remembers with which certificate a device
//! enrolled, and rejects what is signed with another one.

use apple_mdm::cms::{Policy, verify_mdm_signature};
use apple_mdm::enrollment::Enrollment;
use apple_mdm::input;

use crate::refusal::Refusal;
use crate::store::{Device, Records};

/// Whether devices must sign their messages.
pub enum Signatures {
    /// Every message needs a valid signature under this policy.
    ///
    /// Devices sign with SHA-1, so the policy must allow it. Its roots should contain nothing but the authority that issues device
    /// certificates: the policy lets in everyone who has a certificate from them.
    Required(Policy),
    /// Anyone who can connect can speak for any device. Only for tests on the same machine.
    NotChecked,
}

impl Signatures {
    /// Verifies the signature of a body and returns the SHA-256 fingerprint of the signer's certificate, or `None` if signatures are not
    /// checked.
    ///
    /// # Errors
    ///
    /// Returns an error if the signature is missing or not trusted.
    pub fn signer(&self, header: Option<&str>, body: &[u8], limits: &input::Limits) -> Result<Option<String>, Refusal> {
        let Self::Required(policy) = self else {
            return Ok(None);
        };
        let header = header.ok_or_else(|| {
            Refusal::forbidden("the header `Mdm-Signature` is missing; set `SignMessage` in the enrollment profile")
        })?;
        let signer = verify_mdm_signature(header, body, policy, limits)
            .map_err(|error| Refusal::forbidden(format!("Mdm-Signature: {error}")))?;
        Ok(Some(signer.certificate.fingerprint()))
    }
}

/// Checks that the signer of an Authenticate message may enroll this device.
///
/// A device that is already known may enroll again with a new certificate, because it gets one each time. What the server keeps for the
/// old enrollment is deleted, so a false device cannot get hold of it. It can still take the place of the real one, so your authority
/// should not issue certificates to just anyone: give each device a challenge of its own that works once.
///
/// # Errors
///
/// Returns an error if the certificate belongs to another device.
pub fn may_enroll(records: &Records<'_>, enrollment: &Enrollment, signer: Option<&str>) -> Result<(), Refusal> {
    let owner = signer.map(|fingerprint| records.device_with(fingerprint)).transpose()?;
    match owner.flatten() {
        Some(owner) if owner != enrollment.key() => {
            Err(Refusal::forbidden("the certificate belongs to another device"))
        }
        _ => Ok(()),
    }
}

/// Checks that the signer is this device. Users sign with the certificate of their device.
///
/// # Errors
///
/// Returns an error if the certificate is not the one with which the device enrolled.
pub fn must_be(records: &Records<'_>, device: &Device, signer: Option<&str>) -> Result<(), Refusal> {
    let Some(signer) = signer else {
        return Ok(()); // Signatures are not checked.
    };
    if device.fingerprint.as_deref() == Some(signer) {
        return Ok(());
    }
    if device.renewal_expected && records.device_with(signer)?.is_none() {
        return Ok(records.renew(&device.key, signer)?);
    }
    Err(Refusal::forbidden("signed with the certificate of another device"))
}

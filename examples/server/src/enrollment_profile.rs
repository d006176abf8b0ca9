//! The profile with which a device enrolls: how it gets a certificate, and where the server is.

use apple_mdm::cms::{self, SigningKey};
use apple_mdm::profiles::mdm::ServerCapabilitiesItems as Capability;
use apple_mdm::profiles::{Mdm, PayloadEntry, Profile, Scep, scep};
use apple_mdm::{AccessRights, Document};

const IDENTIFIER: &str = "com.example.mdm";
const PROFILE_UUID: &str = "7C1B4C9E-5D0C-4B55-9E51-2B0A7B0E8E11";
const SCEP_UUID: &str = "0E2C6F0B-6A0F-4B0C-8C55-0A1D6F6C7C12";
const MDM_UUID: &str = "C2B7A6B1-3F5E-4E0A-9C52-61F3B1F0D213";

/// What the enrollment profile contains.
pub struct EnrollmentProfile {
    /// The URL of this server as devices see it, such as `https://mdm.example.com/mdm`. Used for check-in messages too.
    pub server_url: String,
    /// The topic of the push certificate, `com.apple.mgmt.External.` and a UUID.
    pub topic: String,
    /// The URL of the SCEP server that issues device certificates. This server does not issue any.
    pub scep_url: String,
    /// The name that the SCEP server expects, if any.
    pub scep_name: Option<String>,
    /// What the SCEP server asks for before it issues a certificate. A real server uses a new challenge for each profile.
    pub scep_challenge: Option<String>,
    /// Signs the profile, so that the device shows who it comes from. `None` leaves it unsigned.
    pub signer: Option<Box<dyn SigningKey + Send + Sync>>,
}

impl EnrollmentProfile {
    /// Creates the profile.
    #[must_use]
    pub fn profile(&self, rights: AccessRights) -> Profile {
        // The common name contains the serial number, so that a person can tell the certificates apart. macOS and iOS replace the
        // variable. It proves nothing, since the device chooses it.
        let subject = [["O", "Example"], ["CN", "MDM %SerialNumber%"]];
        let scep = Scep::new(scep::PayloadContent {
            name: self.scep_name.clone(),
            challenge: self.scep_challenge.clone(),
            subject: Some(subject.map(|part| vec![part.map(str::to_owned).to_vec()]).to_vec()),
            // Without this, devices create keys of 1024 bits, which the server does not accept.
            keysize: Some(2048),
            key_type: Some("RSA".to_owned()),
            // Sign and encrypt.
            key_usage: Some(5),
            ..scep::PayloadContent::new(&self.scep_url)
        });
        let mdm = Mdm {
            access_rights: Some(rights.bits()),
            check_out_when_removed: Some(true),
            // Without this, there is no `Mdm-Signature`.
            sign_message: Some(true),
            // Without the first, users of a Mac have no channel.
            server_capabilities: Some(vec![
                Capability::ComAppleMdmPerUserConnections,
                Capability::ComAppleMdmBootstraptoken,
            ]),
            ..Mdm::new(SCEP_UUID, &self.topic, &self.server_url)
        };
        let mut profile = Profile::new(
            IDENTIFIER,
            PROFILE_UUID,
            [
                PayloadEntry::new(format!("{IDENTIFIER}.scep"), SCEP_UUID, scep),
                PayloadEntry::new(format!("{IDENTIFIER}.mdm"), MDM_UUID, mdm),
            ],
        );
        profile.payload_display_name = Some("Example device management".to_owned());
        profile
    }

    /// Creates the profile as a file, signed if there is a signer.
    ///
    /// # Errors
    ///
    /// Returns an error if the signer fails.
    pub fn file(&self, rights: AccessRights) -> Result<Vec<u8>, cms::Error> {
        let profile = self.profile(rights);
        match &self.signer {
            Some(signer) => profile.sign(signer.as_ref()),
            None => Ok(profile.to_xml()?.into_bytes()),
        }
    }
}

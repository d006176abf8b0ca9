//! The profile in an InstallProfile command.

use crate::codec::{Document, Read};
use crate::error::Error;
use crate::items::profiles::Profile;

use super::InstallProfile;

impl InstallProfile {
    /// Creates a command that installs `profile` without signing or encrypting it.
    ///
    /// # Errors
    ///
    /// Returns an error if an XML property list cannot represent a value of the profile.
    pub fn of(profile: &Profile) -> Result<Self, Error> {
        Ok(Self {
            payload: profile.to_xml()?.into_bytes().into(),
            ..Self::blank()
        })
    }

    /// Reads the profile in `payload`.
    ///
    /// ```
    /// use apple_mdm::ErrorKind;
    /// use apple_mdm::commands::InstallProfile;
    /// use apple_mdm::profiles::Profile;
    ///
    /// let profile = Profile::new("com.example.nothing", "9DC16A50-8F79-4A56-8C3B-6B0B4C2E1D7A", []);
    /// let command = InstallProfile::of(&profile)?;
    /// assert_eq!(command.profile()?, profile);
    ///
    /// // A signed profile starts with the bytes of a CMS message.
    /// let signed = InstallProfile::new(vec![0x30, 0x82, 0x0b, 0x1f]);
    /// assert_eq!(signed.profile().unwrap_err().kind(), &ErrorKind::Cms);
    /// # Ok::<(), apple_mdm::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if `payload` is a signed or encrypted profile ([`ErrorKind::Cms`](crate::ErrorKind::Cms)) or not a profile.
    /// The position in the error is one in the profile.
    pub fn profile(&self) -> Result<Profile, Error> {
        Profile::from_slice(&self.payload)
    }
}

//! Creating signed messages.

use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::Error;
use super::ber::{CONTEXT_0, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, SET, element};
use super::identity::{SignatureAlgorithm, SigningKey};
use crate::value::Date;

const NULL: &[u8] = &[5, 0];

const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2];
pub(super) const DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1];
const CONTENT_TYPE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 3];
const MESSAGE_DIGEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 4];
const SIGNING_TIME: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 5];
const SHA256: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1];
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
const ECDSA_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];

/// Signs content. Returns a signed message in DER that includes the content and the certificates, as devices expect it of profiles.
///
/// The digest algorithm is SHA-256, and the signing time is the current time. To sign a profile, use [`Profile::sign`].
///
/// ```
/// use apple_mdm::cms::{Identity, Signed, sign};
///
/// # let pem = std::fs::read("tests/data/cms/identity.pem")?;
/// let identity = Identity::from_pem(&pem, &pem)?;
/// let message = sign(b"content", &identity)?;
/// let signed = Signed::open(&message)?;
/// assert!(signed.is_intact());
/// assert_eq!(signed.content(), b"content");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [`Profile::sign`]: crate::profiles::Profile::sign
///
/// # Errors
///
/// Returns [`Error::Signing`] if the key cannot be used, or if the system clock is not between 1970 and 9999.
pub fn sign(content: &[u8], key: &(impl SigningKey + ?Sized)) -> Result<Vec<u8>, Error> {
    let now = Date::try_from(SystemTime::now()).map_err(|error| Error::Signing(error.to_string()))?;
    let attribute = |oid: &[u8], value: Vec<u8>| {
        element(
            SEQUENCE,
            &[&element(OBJECT_IDENTIFIER, &[oid]), &element(SET, &[&value])],
        )
    };
    let mut attributes = [
        attribute(CONTENT_TYPE, element(OBJECT_IDENTIFIER, &[DATA])),
        attribute(SIGNING_TIME, time(now)?),
        attribute(MESSAGE_DIGEST, element(OCTET_STRING, &[&Sha256::digest(content)])),
    ];
    // DER sorts the elements of a set.
    attributes.sort();
    let attributes = attributes.concat();
    let signature = key
        .sign(&element(SET, &[&attributes]))
        .map_err(|error| Error::Signing(error.to_string()))?;

    let digest_algorithm = algorithm(SHA256, &[]);
    let signature_algorithm = match key.algorithm() {
        SignatureAlgorithm::RsaSha256 => algorithm(RSA, NULL),
        SignatureAlgorithm::EcdsaSha256 => algorithm(ECDSA_SHA256, &[]),
    };
    let certificate = key.certificate();
    let signer = element(
        SEQUENCE,
        &[
            &element(INTEGER, &[&[1]]),
            &certificate.issuer_and_serial(),
            &digest_algorithm,
            &element(CONTEXT_0, &[&attributes]),
            &signature_algorithm,
            &element(OCTET_STRING, &[&signature]),
        ],
    );
    let mut certificates: Vec<&[u8]> = vec![certificate.der()];
    certificates.extend(key.intermediates().iter().map(|certificate| certificate.der()));
    certificates.sort_unstable();
    certificates.dedup();
    let encapsulated = element(
        SEQUENCE,
        &[
            &element(OBJECT_IDENTIFIER, &[DATA]),
            &element(CONTEXT_0, &[&element(OCTET_STRING, &[content])]),
        ],
    );
    let signed_data = element(
        SEQUENCE,
        &[
            &element(INTEGER, &[&[1]]),
            &element(SET, &[&digest_algorithm]),
            &encapsulated,
            &element(CONTEXT_0, &certificates),
            &element(SET, &[&signer]),
        ],
    );
    Ok(content_info(SIGNED_DATA, &signed_data))
}

#[cfg(feature = "profiles")]
impl crate::profiles::Profile {
    /// Signs the profile. Returns the bytes of a signed `.mobileconfig` file, which
    /// [`InstallProfile::new`](crate::commands::InstallProfile::new) accepts as well.
    ///
    /// ```
    /// # #[cfg(feature = "commands")]
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use apple_mdm::cms::{self, Identity};
    /// use apple_mdm::commands::InstallProfile;
    /// use apple_mdm::profiles::Profile;
    ///
    /// # let pem = std::fs::read("tests/data/cms/identity.pem")?;
    /// let identity = Identity::from_pem(&pem, &pem)?;
    /// let profile = Profile::new("com.example.office", "3F2504E0-4F89-41D3-9A0C-0305E82C3301", []);
    /// let command = InstallProfile::new(profile.sign(&identity)?);
    ///
    /// let (read, signed) = cms::from_slice::<Profile>(&command.payload)?;
    /// assert_eq!(read, profile);
    /// assert!(signed.is_some_and(|signed| signed.is_intact()));
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "commands"))]
    /// # fn main() {}
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the profile has a value that XML property lists do not support, or if the key cannot be used.
    pub fn sign(&self, key: &(impl SigningKey + ?Sized)) -> Result<Vec<u8>, Error> {
        use crate::codec::Document;
        sign(self.to_xml()?.as_bytes(), key)
    }
}

/// Writes an `AlgorithmIdentifier`.
pub(super) fn algorithm(oid: &[u8], parameters: &[u8]) -> Vec<u8> {
    element(SEQUENCE, &[&element(OBJECT_IDENTIFIER, &[oid]), parameters])
}

/// Writes `ContentInfo`.
pub(super) fn content_info(content_type: &[u8], content: &[u8]) -> Vec<u8> {
    let content = element(CONTEXT_0, &[content]);
    element(SEQUENCE, &[&element(OBJECT_IDENTIFIER, &[content_type]), &content])
}

/// Writes a time: `UTCTime` until 2049, and `GeneralizedTime` afterwards (RFC 5652, 11.3).
fn time(date: Date) -> Result<Vec<u8>, Error> {
    const UTC_TIME: u8 = 0x17;
    const GENERALIZED_TIME: u8 = 0x18;
    let digits: String = date.whole_seconds().to_string();
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    match digits.get(..4).and_then(|year| year.parse().ok()) {
        Some(1970..2050) => Ok(element(UTC_TIME, &[&digits.as_bytes()[2..], b"Z"])),
        Some(2050_u16..) => Ok(element(GENERALIZED_TIME, &[digits.as_bytes(), b"Z"])),
        _ => Err(Error::Signing("the system clock is not set".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_utc_time_until_2049() {
        let cases = [
            ("2026-12-01T01:02:03.5Z", Some("\x17\x0d261201010203Z")),
            ("2049-12-31T23:59:59Z", Some("\x17\x0d491231235959Z")),
            ("2050-01-01T00:00:00Z", Some("\x18\x0f20500101000000Z")),
            ("1969-01-01T00:00:00Z", None),
        ];
        for (date, want) in cases {
            let written = time(date.parse().unwrap()).ok();
            assert_eq!(written.as_deref(), want.map(str::as_bytes), "{date}");
        }
    }
}

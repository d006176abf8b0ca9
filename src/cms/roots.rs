//! Trusted root certificates.

use super::Error;
use super::certificate::Certificate;
use super::pem;

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

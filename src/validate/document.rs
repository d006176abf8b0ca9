//! stub
#![allow(missing_docs)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    Profile(Option<&'static str>),
    Plist,
    Json,
    Certificate,
    CertificateDer,
    CertificatePem,
    Pkcs12,
    Pkcs12OrUnknown,
    Cms,
    PublicKeyDer,
    Rtf,
    Font,
    FontNotCollection,
    Image,
    PngOrJpeg,
    ProvisioningProfile,
    PasswordHash,
    StatusReport,
    TokensResponse,
    Declaration,
    Manifest,
}
impl Holds {
    pub fn check(self, _: &[u8]) -> Result<(), String> {
        Ok(())
    }
}

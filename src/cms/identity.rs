//! Private keys with their certificates.

use std::fmt;

use p256::ecdsa::signature::hazmat::PrehashSigner;
use rsa::traits::PublicKeyParts;
use rsa::{BoxedUint, Pkcs1v15Encrypt, Pkcs1v15Sign};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::Error;
use super::algorithm::Key;
use super::ber::{CONTEXT_0, Elements, INTEGER, Malformed, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE};
use super::certificate::Certificate;
use super::pem;
use super::roots::Roots;

/// How a [`SigningKey`] signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignatureAlgorithm {
    /// RSA PKCS#1 v1.5 with SHA-256. The signature is as long as the key.
    RsaSha256,
    /// ECDSA with SHA-256, on P-256 or P-384. The signature is the DER encoding of `ECDSA-Sig-Value`.
    EcdsaSha256,
}

/// A key that signs documents.
///
/// [`Identity`] implements this trait with a private key in memory. Implement it yourself for a key that does not leave its
/// hardware or service.
pub trait SigningKey {
    /// Returns the certificate of the key.
    fn certificate(&self) -> &Certificate;

    /// Returns the certificates between the key's certificate and the root, which become part of signed messages. Devices need
    /// them to verify the signature.
    fn intermediates(&self) -> &[Certificate] {
        &[]
    }

    /// Returns how the key signs.
    fn algorithm(&self) -> SignatureAlgorithm;

    /// Computes the SHA-256 digest of the message and signs it.
    ///
    /// # Errors
    ///
    /// Returns an error if the key cannot be used. [`sign`](super::sign) passes its text on.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>>;
}

/// A private key in memory with its certificate, to sign and to decrypt.
///
/// The key is erased from memory when the identity is dropped.
pub struct Identity {
    certificate: Certificate,
    intermediates: Vec<Certificate>,
    key: PrivateKey,
}

enum PrivateKey {
    Rsa(Box<rsa::PrivateKey>),
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
}

impl Identity {
    /// Reads certificates and a private key from PEM files. Both may be the same file.
    ///
    /// The first certificate must be that of the key. The others become part of signed messages. The key is RSA, P-256 or P-384, in
    /// a `PRIVATE KEY` (PKCS#8), `RSA PRIVATE KEY` or `EC PRIVATE KEY` block without a password.
    ///
    /// # Errors
    ///
    /// Returns an error if a file is broken, if the key is encrypted or not supported, or if it does not belong to the first
    /// certificate.
    pub fn from_pem(certificates: &[u8], key: &[u8]) -> Result<Self, Error> {
        let mut certificates = Roots::from_pem(certificates)?.into_certificates().into_iter();
        let certificate = certificates.next().ok_or(Error::Certificate)?;
        let identity = Self {
            key: PrivateKey::from_pem(key)?,
            certificate,
            intermediates: certificates.collect(),
        };
        if identity.key.matches(&identity.certificate) {
            Ok(identity)
        } else {
            Err(Error::KeyMismatch {
                subject: identity.certificate.subject().to_owned(),
            })
        }
    }

    /// Decrypts a content key that was encrypted for this identity's RSA key. Invalid padding yields random bytes.
    pub(super) fn decrypt_key(&self, encrypted: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        let PrivateKey::Rsa(key) = &self.key else {
            return Err(Error::UnsupportedRecipient("only RSA keys can decrypt".to_owned()));
        };
        key.decrypt_blinded(&mut getrandom::SysRng, Pkcs1v15Encrypt, encrypted)
            .map(Zeroizing::new)
            .map_err(|_| Error::Decryption)
    }
}

impl SigningKey for Identity {
    fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    fn intermediates(&self) -> &[Certificate] {
        &self.intermediates
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        match self.key {
            PrivateKey::Rsa(_) => SignatureAlgorithm::RsaSha256,
            PrivateKey::P256(_) | PrivateKey::P384(_) => SignatureAlgorithm::EcdsaSha256,
        }
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
        let digest = Sha256::digest(message);
        match &self.key {
            PrivateKey::Rsa(key) => {
                // Blinding with random numbers hides the timing of the operation.
                let scheme = Pkcs1v15Sign::new::<Sha256>();
                Ok(key.sign_with_rng(&mut getrandom::SysRng, scheme, &digest)?)
            }
            PrivateKey::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign_prehash(&digest)?;
                Ok(signature.to_der().as_bytes().to_vec())
            }
            PrivateKey::P384(key) => {
                let signature: p384::ecdsa::Signature = key.sign_prehash(&digest)?;
                Ok(signature.to_der().as_bytes().to_vec())
            }
        }
    }
}

/// Shows the certificate, and not the key.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("certificate", &self.certificate)
            .field("intermediates", &self.intermediates)
            .finish_non_exhaustive()
    }
}

impl PrivateKey {
    fn from_pem(pem: &[u8]) -> Result<Self, Error> {
        let broken = |_: Malformed| Error::PrivateKey("it is broken");
        for block in pem::blocks(pem).map_err(|what| Error::Pem { what })? {
            let block = block.map_err(|what| Error::Pem { what })?;
            let read = match block.label {
                "PRIVATE KEY" => Self::from_pkcs8,
                "RSA PRIVATE KEY" => Self::from_pkcs1,
                "EC PRIVATE KEY" => |der: &[u8]| Self::from_sec1(der, None),
                "ENCRYPTED PRIVATE KEY" => return Err(Error::PrivateKey("it is encrypted with a password")),
                _ => continue,
            };
            if block.is_encrypted() {
                return Err(Error::PrivateKey("it is encrypted with a password"));
            }
            let der = block.secret_bytes().map_err(|what| Error::Pem { what })?;
            return read(&der).map_err(broken)?.ok_or(Error::PrivateKey(
                "it is invalid, or not an RSA key of 2048 to 8192 bits or an EC key on P-256 or P-384",
            ));
        }
        Err(Error::PrivateKey("the file has none"))
    }

    /// Reads `PrivateKeyInfo` (RFC 5208). Returns `None` if the key is invalid or not supported.
    fn from_pkcs8(der: &[u8]) -> Result<Option<Self>, Malformed> {
        let mut fields = Elements(Elements(der).expect(SEQUENCE, "")?.content);
        fields.expect(INTEGER, "")?;
        let mut algorithm = Elements(fields.expect(SEQUENCE, "")?.content);
        let key = fields.expect(OCTET_STRING, "")?.content;
        match algorithm.expect(OBJECT_IDENTIFIER, "")?.content {
            RSA => Self::from_pkcs1(key),
            EC => Self::from_sec1(key, Some(algorithm.expect(OBJECT_IDENTIFIER, "")?.content)),
            _ => Ok(None),
        }
    }

    /// Reads `RSAPrivateKey` (RFC 8017).
    fn from_pkcs1(der: &[u8]) -> Result<Option<Self>, Malformed> {
        let mut fields = Elements(Elements(der).expect(SEQUENCE, "")?.content);
        fields.expect(INTEGER, "")?;
        let mut number = || {
            let number = fields.expect(INTEGER, "")?.content;
            Ok(BoxedUint::from_be_slice_vartime(number))
        };
        let (modulus, public_exponent, exponent) = (number()?, number()?, number()?);
        let primes = vec![number()?, number()?];
        let key = rsa::PrivateKey::from_components(modulus, public_exponent, exponent, primes);
        let key = key.ok().filter(|key| key.n().bit_width_vartime() >= 2048);
        Ok(key.map(|key| Self::Rsa(Box::new(key))))
    }

    /// Reads `ECPrivateKey` (RFC 5915). The curve is either outside or in the key.
    fn from_sec1(der: &[u8], curve: Option<&[u8]>) -> Result<Option<Self>, Malformed> {
        let mut fields = Elements(Elements(der).expect(SEQUENCE, "")?.content);
        fields.expect(INTEGER, "")?;
        let key = fields.expect(OCTET_STRING, "")?.content;
        let curve = match (curve, fields.optional(CONTEXT_0)?) {
            (Some(curve), _) => curve,
            (None, Some(curve)) => Elements(curve.content).expect(OBJECT_IDENTIFIER, "")?.content,
            (None, None) => return Ok(None),
        };
        Ok(match curve {
            P256 => p256::ecdsa::SigningKey::from_slice(key).ok().map(Self::P256),
            P384 => p384::ecdsa::SigningKey::from_slice(key).ok().map(Self::P384),
            _ => None,
        })
    }

    /// Returns whether the certificate has the public key of this key.
    fn matches(&self, certificate: &Certificate) -> bool {
        match (self, certificate.key()) {
            (Self::Rsa(own), Ok(Key::Rsa { key, .. })) => own.n() == key.n() && own.e() == key.e(),
            (Self::P256(own), Ok(Key::P256(key))) => *own.verifying_key() == key,
            (Self::P384(own), Ok(Key::P384(key))) => *own.verifying_key() == key,
            _ => false,
        }
    }
}

/// Object identifiers of key types and curves.
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
const P384: &[u8] = &[0x2b, 0x81, 0x04, 0, 0x22];

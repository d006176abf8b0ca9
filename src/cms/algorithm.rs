//! Digest and signature algorithms, and public keys.

use std::fmt;

use der::asn1::{BitString, ObjectIdentifier, UintRef};
use der::{Decode, Sequence};
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use rsa::{BoxedUint, Pkcs1v15Sign, Pss, PublicKey};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
const MGF1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.8");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");

/// Why a signature could not be verified.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unverified {
    /// The algorithm is too weak to prove anything, such as MD5.
    #[error("{algorithm} is too weak to prove anything")]
    WeakAlgorithm {
        /// The algorithm's name.
        algorithm: String,
    },
    /// The algorithm is not supported.
    #[error("{algorithm} is not supported")]
    UnsupportedAlgorithm {
        /// The algorithm's name, or its object identifier if the name is unknown.
        algorithm: String,
    },
    /// The signer's public key is not supported or cannot be read.
    #[error("the signer's key is not supported: {key}")]
    UnsupportedKey {
        /// A description of the key.
        key: String,
    },
    /// The message does not include the signer's certificate.
    #[error("the signer's certificate is not in the message")]
    NoCertificate,
}

/// The supported digest algorithms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    /// Returns the digest algorithm that the identifier names.
    pub fn of(algorithm: &AlgorithmIdentifierOwned) -> Result<Self, Unverified> {
        Self::from_oid(algorithm.oid)
    }

    fn from_oid(oid: ObjectIdentifier) -> Result<Self, Unverified> {
        match &*oid.to_string() {
            "1.3.14.3.2.26" => Ok(Self::Sha1),
            "2.16.840.1.101.3.4.2.1" => Ok(Self::Sha256),
            "2.16.840.1.101.3.4.2.2" => Ok(Self::Sha384),
            "2.16.840.1.101.3.4.2.3" => Ok(Self::Sha512),
            _ => Err(unverified(oid)),
        }
    }

    /// Computes the digest of a message.
    pub fn digest(self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => Sha1::digest(message).to_vec(),
            Self::Sha256 => Sha256::digest(message).to_vec(),
            Self::Sha384 => Sha384::digest(message).to_vec(),
            Self::Sha512 => Sha512::digest(message).to_vec(),
        }
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sha1 => "SHA-1",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        })
    }
}

/// The supported signature algorithms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    Pkcs1(Hash),
    Pss(Hash, u16),
    Ecdsa(Hash),
}

impl Scheme {
    /// Returns the signature algorithm that the identifier names. If it names only a key type, `digest` supplies the digest
    /// algorithm.
    pub fn of(
        algorithm: &AlgorithmIdentifierOwned,
        digest: Option<&AlgorithmIdentifierOwned>,
    ) -> Result<Self, Unverified> {
        let separate_digest = || digest.map_or_else(|| Err(unverified(algorithm.oid)), Hash::of);
        match &*algorithm.oid.to_string() {
            "1.2.840.113549.1.1.1" => separate_digest().map(Self::Pkcs1),
            "1.2.840.113549.1.1.5" | "1.3.14.3.2.29" => Ok(Self::Pkcs1(Hash::Sha1)),
            "1.2.840.113549.1.1.11" => Ok(Self::Pkcs1(Hash::Sha256)),
            "1.2.840.113549.1.1.12" => Ok(Self::Pkcs1(Hash::Sha384)),
            "1.2.840.113549.1.1.13" => Ok(Self::Pkcs1(Hash::Sha512)),
            "1.2.840.113549.1.1.10" => pss(algorithm),
            "1.2.840.10045.4.1" => Ok(Self::Ecdsa(Hash::Sha1)),
            "1.2.840.10045.4.3.2" => Ok(Self::Ecdsa(Hash::Sha256)),
            "1.2.840.10045.4.3.3" => Ok(Self::Ecdsa(Hash::Sha384)),
            "1.2.840.10045.4.3.4" => Ok(Self::Ecdsa(Hash::Sha512)),
            // Some of Apple's systems write the key type here.
            "1.2.840.10045.2.1" => separate_digest().map(Self::Ecdsa),
            _ => Err(unverified(algorithm.oid)),
        }
    }

    pub fn hash(self) -> Hash {
        match self {
            Self::Pkcs1(hash) | Self::Pss(hash, _) | Self::Ecdsa(hash) => hash,
        }
    }

    /// Returns whether the signature is valid for the key and the digest of the message.
    pub fn verify(self, key: &Key, digest: &[u8], signature: &[u8]) -> bool {
        match (self, key) {
            (Self::Pkcs1(hash), Key::Rsa { key, any_scheme: true }) => {
                let scheme = match hash {
                    Hash::Sha1 => Pkcs1v15Sign::new::<Sha1>(),
                    Hash::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
                    Hash::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
                    Hash::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
                };
                key.verify(scheme, digest, signature).is_ok()
            }
            (Self::Pss(hash, salt), Key::Rsa { key, .. }) => {
                let salt = usize::from(salt);
                let verified = match hash {
                    Hash::Sha1 => key.verify(Pss::<Sha1>::new_with_salt(salt), digest, signature),
                    Hash::Sha256 => key.verify(Pss::<Sha256>::new_with_salt(salt), digest, signature),
                    Hash::Sha384 => key.verify(Pss::<Sha384>::new_with_salt(salt), digest, signature),
                    Hash::Sha512 => key.verify(Pss::<Sha512>::new_with_salt(salt), digest, signature),
                };
                verified.is_ok()
            }
            (Self::Ecdsa(_), Key::P256(key)) => {
                p256::ecdsa::Signature::from_der(signature).is_ok_and(|s| key.verify_prehash(digest, &s).is_ok())
            }
            (Self::Ecdsa(_), Key::P384(key)) => {
                // The `ecdsa` crate rejects digests shorter than half the field, such as SHA-1. Leading zeros do not change the number.
                let mut padded = vec![0; 48_usize.saturating_sub(digest.len())];
                padded.extend_from_slice(digest);
                p384::ecdsa::Signature::from_der(signature).is_ok_and(|s| key.verify_prehash(&padded, &s).is_ok())
            }
            _ => false,
        }
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pkcs1(hash) => write!(f, "RSA PKCS#1 v1.5 with {hash}"),
            Self::Pss(hash, _) => write!(f, "RSA-PSS with {hash}"),
            Self::Ecdsa(hash) => write!(f, "ECDSA with {hash}"),
        }
    }
}

/// `RSASSA-PSS-params` of RFC 4055.
#[derive(Sequence)]
struct PssParameters {
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    hash: Option<AlgorithmIdentifierOwned>,
    #[asn1(context_specific = "1", tag_mode = "EXPLICIT", optional = "true")]
    mask: Option<AlgorithmIdentifierOwned>,
    #[asn1(context_specific = "2", tag_mode = "EXPLICIT", optional = "true")]
    salt: Option<u16>,
    #[asn1(context_specific = "3", tag_mode = "EXPLICIT", optional = "true")]
    trailer: Option<u8>,
}

fn pss(algorithm: &AlgorithmIdentifierOwned) -> Result<Scheme, Unverified> {
    let unsupported = |what: &str| Unverified::UnsupportedAlgorithm {
        algorithm: format!("RSA-PSS with {what}"),
    };
    let parameters: PssParameters = algorithm
        .parameters
        .as_ref()
        .and_then(|parameters| parameters.decode_as().ok())
        .ok_or_else(|| unsupported("unreadable parameters"))?;
    // The defaults are SHA-1 and a salt of 20 octets.
    let hash = parameters.hash.as_ref().map_or(Ok(Hash::Sha1), Hash::of)?;
    let mask_hash = match parameters.mask {
        None => Ok(Hash::Sha1),
        Some(mask) if mask.oid == MGF1 => {
            let mask_hash: Option<AlgorithmIdentifierOwned> = mask.parameters.and_then(|p| p.decode_as().ok());
            mask_hash
                .as_ref()
                .map_or_else(|| Err(unsupported("an unreadable mask")), Hash::of)
        }
        Some(_) => Err(unsupported("a mask other than MGF1")),
    };
    if mask_hash? != hash {
        return Err(unsupported("a mask of another digest"));
    }
    if parameters.trailer.is_some_and(|trailer| trailer != 1) {
        return Err(unsupported("another trailer"));
    }
    Ok(Scheme::Pss(hash, parameters.salt.unwrap_or(20)))
}

/// A public key of a supported type.
pub(super) enum Key {
    Rsa {
        key: PublicKey,
        /// Whether the key may be used with PKCS#1 v1.5, and not only with PSS.
        any_scheme: bool,
    },
    P256(p256::ecdsa::VerifyingKey),
    P384(p384::ecdsa::VerifyingKey),
}

/// `RSAPublicKey` of RFC 8017.
#[derive(Sequence)]
struct RsaPublicKey<'a> {
    modulus: UintRef<'a>,
    exponent: UintRef<'a>,
}

impl Key {
    /// Reads the public key of a certificate.
    pub fn of(info: &SubjectPublicKeyInfoOwned) -> Result<Self, Unverified> {
        let algorithm = &info.algorithm;
        if algorithm.oid == RSA || algorithm.oid == RSA_PSS {
            let any_scheme = algorithm.oid == RSA;
            rsa(&info.subject_public_key).map(|key| Self::Rsa { key, any_scheme })
        } else if algorithm.oid == EC {
            let curve: Option<ObjectIdentifier> = algorithm.parameters.as_ref().and_then(|p| p.decode_as().ok());
            let point = info.subject_public_key.as_bytes().unwrap_or_default();
            let broken = |curve: &str| unsupported_key(&format!("an EC key that is no point of {curve}"));
            match curve {
                Some(P256) => p256::ecdsa::VerifyingKey::from_sec1_bytes(point)
                    .map(Self::P256)
                    .map_err(|_| broken("P-256")),
                Some(P384) => p384::ecdsa::VerifyingKey::from_sec1_bytes(point)
                    .map(Self::P384)
                    .map_err(|_| broken("P-384")),
                Some(curve) => Err(unsupported_key(&format!("an EC key on {}", algorithm_name(curve)))),
                None => Err(unsupported_key("an EC key without a named curve")),
            }
        } else {
            Err(unsupported_key(&algorithm_name(algorithm.oid)))
        }
    }

    /// Returns whether the key is an RSA key of less than 2048 bits.
    pub fn is_weak(&self) -> bool {
        use rsa::traits::PublicKeyParts;
        match self {
            Self::Rsa { key, .. } => key.n().bit_width_vartime() < 2048,
            Self::P256(_) | Self::P384(_) => false,
        }
    }
}

fn rsa(key: &BitString) -> Result<PublicKey, Unverified> {
    let numbers = key
        .as_bytes()
        .and_then(|key| RsaPublicKey::from_der(key).ok())
        .ok_or_else(|| unsupported_key("an RSA key that cannot be read"))?;
    let size = numbers.modulus.as_bytes().len() * 8;
    // Verifying with larger numbers would take too long.
    if size > PublicKey::MAX_SIZE || numbers.exponent.as_bytes().len() > 8 {
        return Err(unsupported_key(&format!("an RSA key of {size} bits")));
    }
    let modulus = BoxedUint::from_be_slice_vartime(numbers.modulus.as_bytes());
    let exponent = BoxedUint::from_be_slice_vartime(numbers.exponent.as_bytes());
    PublicKey::new(modulus, exponent).map_err(|error| unsupported_key(&format!("an RSA key of {size} bits ({error})")))
}

fn unsupported_key(key: &str) -> Unverified {
    Unverified::UnsupportedKey { key: key.to_owned() }
}

/// Names of other algorithms and curves, each with its object identifier and whether it is too weak to prove anything.
const NAMES: &[(&str, &str, bool)] = &[
    ("1.2.840.113549.2.2", "MD2", true),
    ("1.2.840.113549.2.5", "MD5", true),
    ("1.3.14.3.2.26", "SHA-1", true),
    ("2.16.840.1.101.3.4.2.4", "SHA-224", false),
    ("2.16.840.1.101.3.4.2.1", "SHA-256", false),
    ("2.16.840.1.101.3.4.2.2", "SHA-384", false),
    ("2.16.840.1.101.3.4.2.3", "SHA-512", false),
    ("2.16.840.1.101.3.4.2.6", "SHA-512/256", false),
    ("2.16.840.1.101.3.4.2.8", "SHA3-256", false),
    ("2.16.840.1.101.3.4.2.9", "SHA3-384", false),
    ("2.16.840.1.101.3.4.2.10", "SHA3-512", false),
    ("1.2.840.113549.1.1.1", "RSA", false),
    ("1.2.840.113549.1.1.2", "RSA PKCS#1 v1.5 with MD2", true),
    ("1.2.840.113549.1.1.4", "RSA PKCS#1 v1.5 with MD5", true),
    ("1.2.840.113549.1.1.5", "RSA PKCS#1 v1.5 with SHA-1", true),
    ("1.3.14.3.2.29", "RSA PKCS#1 v1.5 with SHA-1", true),
    ("1.2.840.113549.1.1.10", "RSA-PSS", false),
    ("1.2.840.113549.1.1.14", "RSA PKCS#1 v1.5 with SHA-224", false),
    ("1.2.840.10040.4.1", "DSA", false),
    ("1.2.840.10040.4.3", "DSA with SHA-1", true),
    ("1.2.840.10045.2.1", "ECDSA", false),
    ("1.2.840.10045.4.1", "ECDSA with SHA-1", true),
    ("1.2.840.10045.4.3.1", "ECDSA with SHA-224", false),
    ("1.2.840.10045.3.1.1", "P-192", false),
    ("1.3.132.0.33", "P-224", false),
    ("1.3.132.0.35", "P-521", false),
    ("1.3.132.0.10", "secp256k1", false),
    ("1.3.101.112", "Ed25519", false),
    ("1.3.101.113", "Ed448", false),
    ("2.16.840.1.101.3.4.3.17", "ML-DSA-44", false),
    ("2.16.840.1.101.3.4.3.18", "ML-DSA-65", false),
    ("2.16.840.1.101.3.4.3.19", "ML-DSA-87", false),
];

fn find_name(oid: ObjectIdentifier) -> Option<(&'static str, bool)> {
    let oid = oid.to_string();
    NAMES
        .iter()
        .find(|entry| entry.0 == oid)
        .map(|&(_, name, weak)| (name, weak))
}

/// Returns the name of an algorithm or a curve, or its object identifier if the name is unknown.
pub(super) fn algorithm_name(oid: ObjectIdentifier) -> String {
    find_name(oid).map_or_else(|| oid.to_string(), |(name, _)| name.to_owned())
}

/// Returns why an algorithm is not verified.
fn unverified(oid: ObjectIdentifier) -> Unverified {
    let algorithm = algorithm_name(oid);
    match find_name(oid) {
        Some((_, true)) => Unverified::WeakAlgorithm { algorithm },
        _ => Unverified::UnsupportedAlgorithm { algorithm },
    }
}

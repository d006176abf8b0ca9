//! Encrypted messages: `EnvelopedData` for RSA keys (RFC 5652, 6).

use std::borrow::Cow;

use aes::{Aes128, Aes192, Aes256};
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use des::TdesEde3;
use rsa::Pkcs1v15Encrypt;
use zeroize::Zeroizing;

use super::algorithm::Key;
use super::ber::{
    self, CONTEXT_0, CONTEXT_1, Element, Elements, INTEGER, Malformed, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, SET,
    element,
};
use super::certificate::Certificate;
use super::identity::{Identity, SigningKey};
use super::sign::{DATA, algorithm, content_info};
use super::{Error, Kind, content_type, kind_of, without_pem};
use crate::format::Limits;

const ENVELOPED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 3];
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
const RSA_OAEP: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 7];
const AES_128_CBC: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 1, 2];
const AES_192_CBC: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 1, 22];
const AES_256_CBC: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 1, 42];
const TRIPLE_DES_CBC: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 3, 7];

/// The maximum number of recipients, so that a hostile message does not take long.
const MAX_RECIPIENTS: usize = 1024;

/// `[0]`, primitive.
const CONTEXT_0_PRIMITIVE: u8 = 0x80;

/// Encrypts content so that only the holder of the certificate's private key can read it. Returns a message in DER.
///
/// The content is encrypted with AES-256 in CBC mode, and the key with RSA (PKCS#1 v1.5). Encryption does not protect against
/// changes: sign the profile that contains the message. To encrypt the payloads of a profile, use [`Profile::encrypt_for`].
///
/// [`Profile::encrypt_for`]: crate::profiles::Profile::encrypt_for
///
/// # Errors
///
/// Returns [`Error::UnsupportedRecipient`] if the certificate does not have an RSA key of at least 2048 bits, and
/// [`Error::Random`] if the system provides no random numbers.
pub fn encrypt(content: &[u8], recipient: &Certificate) -> Result<Vec<u8>, Error> {
    let unsupported = |why: &str| {
        let subject = recipient.subject();
        Error::UnsupportedRecipient(format!("the certificate of {subject} has {why}"))
    };
    let public_key = match recipient.key() {
        Ok(key) if key.is_weak() => return Err(unsupported("an RSA key of less than 2048 bits")),
        Ok(Key::Rsa { key, any_scheme: true }) => key,
        Ok(Key::Rsa { .. }) => return Err(unsupported("an RSA key for signatures only")),
        Ok(Key::P256(_) | Key::P384(_)) => return Err(unsupported("an EC key; only RSA keys can be encrypted for")),
        Err(_) => {
            return Err(unsupported(
                "a key that is not supported; only RSA keys can be encrypted for",
            ));
        }
    };
    let mut key = Zeroizing::new([0; 32]);
    let mut vector = [0; 16];
    getrandom::fill(&mut *key).map_err(|_| Error::Random)?;
    getrandom::fill(&mut vector).map_err(|_| Error::Random)?;
    let encrypted_key = public_key
        .encrypt(&mut getrandom::SysRng, Pkcs1v15Encrypt, &*key)
        .map_err(|_| Error::Random)?;
    let mut encrypted = content.to_vec();
    // PKCS #7 padding adds at least one byte and at most a block.
    encrypted.resize(content.len() + 16, 0);
    let length = cbc::Encryptor::<Aes256>::new((&*key).into(), (&vector).into())
        .encrypt_padded::<Pkcs7>(&mut encrypted, content.len())
        .map_or(0, <[u8]>::len);
    encrypted.truncate(length);

    let recipient = element(
        SEQUENCE,
        &[
            &element(INTEGER, &[&[0]]),
            &recipient.issuer_and_serial(),
            &algorithm(RSA, &[5, 0]),
            &element(OCTET_STRING, &[&encrypted_key]),
        ],
    );
    let content = element(
        SEQUENCE,
        &[
            &element(OBJECT_IDENTIFIER, &[DATA]),
            &algorithm(AES_256_CBC, &element(OCTET_STRING, &[&vector])),
            &element(CONTEXT_0_PRIMITIVE, &[&encrypted]),
        ],
    );
    let enveloped = element(
        SEQUENCE,
        &[&element(INTEGER, &[&[0]]), &element(SET, &[&recipient]), &content],
    );
    Ok(content_info(ENVELOPED_DATA, &enveloped))
}

/// Decrypts a message for this identity. The message may be in DER, BER or PEM and encrypted with AES or 3DES in CBC mode.
///
/// # Security
///
/// The content of an encrypted message is not authenticated: anyone can change it or create it, since encrypting needs only the
/// certificate. Do not tell the sender of a message whether it could be decrypted, and do not let senders measure how long it
/// takes. Someone who can try many messages could otherwise learn the content of others.
///
/// # Errors
///
/// Returns an error if the bytes are not an encrypted message or exceed the limits, if the message is not for this identity
/// ([`Error::NotRecipient`]), or if its algorithms are not supported. If the message cannot be decrypted for any other reason, the error
/// is always [`Error::Decryption`].
pub fn decrypt(message: &[u8], identity: &Identity, limits: &Limits) -> Result<Vec<u8>, Error> {
    if message.len() > limits.size {
        return Err(Error::TooLarge { limit: limits.size });
    }
    let message = without_pem(message)?;
    let content_type = content_type(&message).ok_or(Error::NotCms)?;
    if kind_of(content_type) != Kind::Encrypted {
        return Err(Error::NotEncrypted(content_type.to_string()));
    }
    if content_type.as_bytes() != ENVELOPED_DATA {
        return Err(Error::UnsupportedEncryption(content_type.to_string()));
    }
    let enveloped = Enveloped::read(&message)?;
    let certificate = identity.certificate();
    let encrypted_key = enveloped.encrypted_key(certificate)?;
    let cipher = Cipher::read(&enveloped.algorithm)?;
    let key = identity.decrypt_key(encrypted_key)?;
    cipher.decrypt(&key, &enveloped.content)
}

#[cfg(feature = "profiles")]
impl crate::profiles::Profile {
    /// Encrypts the payloads for the device with this certificate, and replaces the content with [`Content::Encrypted`].
    ///
    /// Does nothing if the payloads are already encrypted or if there are none. To let the device verify where the profile comes
    /// from, [sign](Self::sign) it afterwards.
    ///
    /// ```
    /// use apple_mdm::cms::{Identity, SigningKey};
    /// use apple_mdm::input::Limits;
    /// use apple_mdm::profiles::{Content, Profile};
    ///
    /// # let pem = std::fs::read("tests/data/cms/identity.pem")?;
    /// let identity = Identity::from_pem(&pem, &pem)?;
    /// let mut profile = Profile::new("com.example.office", "3F2504E0-4F89-41D3-9A0C-0305E82C3301", []);
    /// profile.encrypt_for(identity.certificate())?;
    /// assert!(matches!(profile.content, Content::Encrypted(_)));
    ///
    /// profile.decrypt(&identity, &Limits::default())?;
    /// assert_eq!(profile.content, Content::Plain(Vec::new()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// [`Content::Encrypted`]: crate::profiles::Content::Encrypted
    ///
    /// # Errors
    ///
    /// Returns an error if a payload has a value that XML property lists do not support, and the errors of [`encrypt`]. The profile
    /// is then unchanged.
    pub fn encrypt_for(&mut self, recipient: &Certificate) -> Result<(), Error> {
        use crate::codec::Document;
        use crate::profiles::Content;
        if let Content::Plain(payloads) = &self.content {
            let payloads = Zeroizing::new(payloads.to_xml()?);
            self.content = Content::Encrypted(encrypt(payloads.as_bytes(), recipient)?.into());
        }
        Ok(())
    }

    /// Decrypts the payloads and replaces the content with [`Content::Plain`]. Does nothing if they are not encrypted.
    ///
    /// See [`decrypt`] on how to use this securely.
    ///
    /// [`Content::Plain`]: crate::profiles::Content::Plain
    ///
    /// # Errors
    ///
    /// Returns the errors of [`decrypt`], and an error if the decrypted content is not a list of payloads. The profile is then
    /// unchanged.
    pub fn decrypt(&mut self, identity: &Identity, limits: &Limits) -> Result<(), Error> {
        use crate::codec::Document;
        use crate::profiles::{Content, PayloadEntry};
        if let Content::Encrypted(message) = &self.content {
            let payloads = Zeroizing::new(decrypt(message, identity, limits)?);
            self.content = Content::Plain(Vec::<PayloadEntry>::from_slice_with(&payloads, limits)?);
        }
        Ok(())
    }
}

/// The parts of `EnvelopedData`.
struct Enveloped<'a> {
    recipients: Elements<'a>,
    algorithm: Element<'a>,
    content: Cow<'a, [u8]>,
}

impl<'a> Enveloped<'a> {
    fn read(message: &'a [u8]) -> Result<Self, Malformed> {
        let mut info = Elements(Elements(message).expect(SEQUENCE, "it is not a sequence")?.content);
        info.expect(OBJECT_IDENTIFIER, "the content type is missing")?;
        let enveloped = Elements(info.expect(CONTEXT_0, "the content is missing")?.content)
            .expect(SEQUENCE, "the enveloped data is missing")?;
        let mut fields = Elements(enveloped.content);
        fields.expect(INTEGER, "the version is missing")?;
        fields.optional(CONTEXT_0)?;
        let recipients = Elements(fields.expect(SET, "the recipients are missing")?.content);
        let mut content = Elements(fields.expect(SEQUENCE, "the encrypted content is missing")?.content);
        content.expect(OBJECT_IDENTIFIER, "the type of the content is missing")?;
        let algorithm = content.expect(SEQUENCE, "the algorithm is missing")?;
        let encrypted = content.next()?;
        let content = match encrypted.tag {
            CONTEXT_0_PRIMITIVE => Cow::Borrowed(encrypted.content),
            CONTEXT_0 => Cow::Owned(ber::joined_pieces(encrypted.content)?),
            _ => return Err(Malformed("the encrypted content is missing")),
        };
        Ok(Self {
            recipients,
            algorithm,
            content,
        })
    }

    /// Returns the content key as encrypted for the certificate.
    fn encrypted_key(&self, certificate: &Certificate) -> Result<&'a [u8], Error> {
        let issuer_and_serial = certificate.issuer_and_serial();
        let mut recipients = self.recipients;
        let mut count = 0;
        let mut has_ec_recipient = false;
        while !recipients.is_empty() {
            count += 1;
            if count > MAX_RECIPIENTS {
                return Err(Error::Malformed("it has more than 1024 recipients"));
            }
            let recipient = recipients.next()?;
            // Key agreement, which EC keys use, has the tag `[1]`.
            has_ec_recipient |= recipient.tag == CONTEXT_1;
            if recipient.tag != SEQUENCE {
                continue;
            }
            let mut fields = Elements(recipient.content);
            fields.expect(INTEGER, "the version of a recipient is missing")?;
            let identifier = fields.next()?;
            let is_recipient = match identifier.tag {
                SEQUENCE => identifier.whole == issuer_and_serial,
                CONTEXT_0_PRIMITIVE => certificate.has_key_identifier(identifier.content),
                _ => false,
            };
            if !is_recipient {
                continue;
            }
            let mut algorithm = Elements(
                fields
                    .expect(SEQUENCE, "the algorithm of a recipient is missing")?
                    .content,
            );
            match algorithm
                .expect(OBJECT_IDENTIFIER, "the algorithm of a recipient is missing")?
                .content
            {
                RSA => {}
                RSA_OAEP => return Err(Error::UnsupportedEncryption("RSA-OAEP".to_owned())),
                other => return Err(unsupported(other)),
            }
            return Ok(fields
                .expect(OCTET_STRING, "the key of a recipient is missing")?
                .content);
        }
        Err(if has_ec_recipient {
            Error::UnsupportedRecipient("the message is for an EC key; only RSA keys can decrypt".to_owned())
        } else {
            Error::NotRecipient
        })
    }
}

fn unsupported(oid: &[u8]) -> Error {
    let name = der::asn1::ObjectIdentifier::from_bytes(oid);
    Error::UnsupportedEncryption(
        name.map_or_else(|_| "an unknown algorithm".to_owned(), super::algorithm::algorithm_name),
    )
}

/// The algorithm of the content with its initialization vector.
enum Cipher {
    Aes128([u8; 16]),
    Aes192([u8; 16]),
    Aes256([u8; 16]),
    TripleDes([u8; 8]),
}

impl Cipher {
    fn read(algorithm: &Element<'_>) -> Result<Self, Error> {
        let mut fields = Elements(algorithm.content);
        let oid = fields.expect(OBJECT_IDENTIFIER, "the algorithm is missing")?.content;
        if ![AES_128_CBC, AES_192_CBC, AES_256_CBC, TRIPLE_DES_CBC].contains(&oid) {
            return Err(unsupported(oid));
        }
        let vector = fields
            .expect(OCTET_STRING, "the initialization vector is missing")?
            .content;
        let wrong_size = |_| Error::Malformed("the initialization vector has the wrong size");
        if oid == TRIPLE_DES_CBC {
            return vector.try_into().map(Self::TripleDes).map_err(wrong_size);
        }
        let vector = vector.try_into().map_err(wrong_size)?;
        Ok(match oid {
            AES_128_CBC => Self::Aes128(vector),
            AES_192_CBC => Self::Aes192(vector),
            _ => Self::Aes256(vector),
        })
    }

    fn key_size(&self) -> usize {
        match self {
            Self::Aes128(_) => 16,
            Self::Aes192(_) | Self::TripleDes(_) => 24,
            Self::Aes256(_) => 32,
        }
    }

    /// Decrypts the content.
    fn decrypt(&self, key: &[u8], content: &[u8]) -> Result<Vec<u8>, Error> {
        // Continue with a random key if the size of the key is wrong, so that this takes the same time as with a right one (RFC 3218).
        let mut random = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *random).map_err(|_| Error::Random)?;
        let size = self.key_size();
        let key = if key.len() == size { key } else { &random[..size] };
        let mut buffer = Zeroizing::new(content.to_vec());
        let length = match self {
            Self::Aes128(vector) => unpadded::<cbc::Decryptor<Aes128>>(key, vector, &mut buffer),
            Self::Aes192(vector) => unpadded::<cbc::Decryptor<Aes192>>(key, vector, &mut buffer),
            Self::Aes256(vector) => unpadded::<cbc::Decryptor<Aes256>>(key, vector, &mut buffer),
            Self::TripleDes(vector) => unpadded::<cbc::Decryptor<TdesEde3>>(key, vector, &mut buffer),
        };
        Ok(buffer[..length.ok_or(Error::Decryption)?].to_vec())
    }
}

/// Decrypts the buffer in place. Returns the length without padding, or `None` if the padding is invalid.
fn unpadded<D: KeyIvInit + BlockModeDecrypt>(key: &[u8], vector: &[u8], buffer: &mut [u8]) -> Option<usize> {
    let decryptor = D::new_from_slices(key, vector).ok()?;
    decryptor.decrypt_padded::<Pkcs7>(buffer).ok().map(<[u8]>::len)
}

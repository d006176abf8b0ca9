//! `apple-mdm encrypt` and `decrypt`: the payloads of a profile.

use std::path::{Path, PathBuf};

use apple_mdm::cms::{self, Integrity, Signed};
use apple_mdm::input::Limits;
use apple_mdm::value::{Data, Dictionary, Value};
use apple_mdm::{Document, Error};
use clap::ArgMatches;
use zeroize::Zeroizing;

use crate::document::{self, Kind};
use crate::failure::Failure;
use crate::{key_file, output, terminal};

const PLAIN: &str = "PayloadContent";
const ENCRYPTED: &str = "EncryptedPayloadContent";

/// Runs `apple-mdm encrypt`.
pub fn encrypt(matches: &ArgMatches) -> Result<(), Failure> {
    let (Some(file), Some(recipient)) = (matches.get_one::<PathBuf>("file"), matches.get_one::<PathBuf>("for")) else {
        return Ok(());
    };
    let recipient = key_file::certificate(recipient)?;
    let source = Source::read(file)?;
    if source.is_binary {
        output::refuse_terminal(matches, "a binary property list")?;
    }
    let profile = source.profile()?;
    if profile.contains_key(ENCRYPTED) {
        return Err(source.failure("the profile is already encrypted"));
    }
    let Some(payloads) = profile.get(PLAIN) else {
        return Err(source.failure("the profile has no PayloadContent to encrypt"));
    };
    if payloads.as_array().is_none() {
        return Err(source.failure("PayloadContent is not an array"));
    }
    key_file::warn_if_not_valid(&recipient);
    let payloads = Zeroizing::new(payloads.to_xml().map_err(|error| source.failure(error))?);
    let message = cms::encrypt(payloads.as_bytes(), &recipient).map_err(|error| source.failure(error))?;
    let encrypted = replaced(profile, PLAIN, ENCRYPTED, Data::from(message).into());
    source.write(matches, encrypted)
}

/// Runs `apple-mdm decrypt`.
pub fn decrypt(matches: &ArgMatches) -> Result<(), Failure> {
    let Some(file) = matches.get_one::<PathBuf>("file") else {
        return Ok(());
    };
    let identity = key_file::identity(matches)?;
    let source = Source::read(file)?;
    if source.is_binary {
        output::refuse_terminal(matches, "a binary property list")?;
    }
    let profile = source.profile()?;
    let Some(message) = profile.get(ENCRYPTED) else {
        return Err(source.failure("the profile is not encrypted: it has no EncryptedPayloadContent"));
    };
    if profile.contains_key(PLAIN) {
        return Err(source.failure("the profile has both PayloadContent and EncryptedPayloadContent"));
    }
    let Some(message) = message.as_data() else {
        return Err(source.failure("EncryptedPayloadContent is not data"));
    };
    let limits = Limits::default();
    let payloads = cms::decrypt(message, &identity, &limits).map_err(|error| source.failure(error))?;
    let payloads = Zeroizing::new(payloads);
    // The error could show what was encrypted.
    let payloads = Value::from_slice_with(&payloads, &limits).ok();
    let Some(payloads) = payloads.filter(|payloads| payloads.as_array().is_some()) else {
        return Err(source.failure("the decrypted content is not a list of payloads"));
    };
    let decrypted = replaced(profile, ENCRYPTED, PLAIN, payloads);
    source.write(matches, decrypted)
}

/// A profile as it was found.
struct Source<'a> {
    file: &'a Path,
    document: Value,
    is_binary: bool,
}

impl<'a> Source<'a> {
    /// Reads a profile. Of a signed one, reads the content: the signature does not cover what becomes of it.
    fn read(file: &'a Path) -> Result<Self, Failure> {
        let failure = |error: &dyn std::fmt::Display| Failure::Document(format!("{}: {error}", file.display()));
        let mut bytes =
            document::read(file).map_err(|error| Failure::Usage(format!("cannot open {}: {error}", file.display())))?;
        if cms::kind(&bytes).is_some() {
            let signed = Signed::open(&bytes).map_err(|error| failure(&error))?;
            if let Some(broken) = signed.signers().iter().find_map(|signer| match signer.integrity() {
                Integrity::Broken(reason) => Some(reason),
                _ => None,
            }) {
                return Err(failure(&format!("the signature is invalid: {broken}")));
            }
            terminal::print_note(&format!("{}: it is signed; the output is not", file.display()));
            bytes = signed.into_content();
        }
        let document = Value::from_slice(&bytes).map_err(|error| failure(&error))?;
        if bytes.trim_ascii_start().starts_with(b"{") {
            return Err(failure(
                &"a profile in JSON; `apple-mdm convert --to xml` makes it a property list",
            ));
        }
        Ok(Self {
            file,
            is_binary: bytes.starts_with(b"bplist"),
            document,
        })
    }

    fn profile(&self) -> Result<&Dictionary, Failure> {
        let is_profile = document::kind(&self.document) == Kind::Profile || self.document.get(ENCRYPTED).is_some();
        let profile = self.document.as_dictionary().filter(|_| is_profile);
        profile.ok_or_else(|| self.failure("not a configuration profile"))
    }

    fn failure(&self, error: impl std::fmt::Display) -> Failure {
        Failure::Document(format!("{}: {error}", self.file.display()))
    }

    /// Writes the profile in the format in which it was read.
    fn write(&self, matches: &ArgMatches, profile: Dictionary) -> Result<(), Failure> {
        let profile = Value::Dictionary(profile);
        let bytes: Result<Vec<u8>, Error> = if self.is_binary {
            profile.to_binary()
        } else {
            profile.to_xml().map(String::into_bytes)
        };
        let bytes = Zeroizing::new(bytes.map_err(|error| self.failure(error))?);
        output::write(matches, &bytes)
    }
}

/// Returns the profile with `new` in the place of the key `old`.
fn replaced(profile: &Dictionary, old: &str, new: &str, value: Value) -> Dictionary {
    let mut value = Some(value);
    let mut result = Dictionary::new();
    for (key, existing) in profile.iter() {
        if key == old {
            if let Some(value) = value.take() {
                result.insert(new, value);
            }
        } else {
            result.insert(key, existing.clone());
        }
    }
    result
}

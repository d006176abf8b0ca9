//! Certificates and private keys from files.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use apple_mdm::cms::{self, Certificate, Identity};
use apple_mdm::value::Date;
use clap::ArgMatches;
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::{document, terminal};

/// The largest file with keys or certificates that is read, in bytes.
const MAX_SIZE: usize = 1 << 20;

/// Reads the private key and the certificates of the flags `--key` and `--certificate`.
///
/// # Errors
///
/// Returns an error if a file cannot be opened or read, or if the key does not belong to the certificate.
pub fn identity(matches: &ArgMatches) -> Result<Identity, Failure> {
    let (Some(certificate), Some(key)) = (
        matches.get_one::<PathBuf>("certificate"),
        matches.get_one::<PathBuf>("key"),
    ) else {
        return Err(Failure::Usage("--certificate and --key are required".to_owned()));
    };
    let certificates = read_certificates(certificate)?;
    let secret = read_secret(key).map_err(|error| cannot_open(key, &error))?;
    Identity::from_pem(&certificates, &secret).map_err(|error| {
        let (key, certificate) = (key.display(), certificate.display());
        Failure::Usage(match error {
            cms::Error::KeyMismatch { .. } => {
                format!("{key}: {error}, the first one in {certificate}; list it before those of the authorities")
            }
            cms::Error::PrivateKey(reason) if reason.contains("password") => {
                format!("{key}: {error}; `openssl pkey -in {key} -out FILE` decrypts it")
            }
            // Errors of the certificates have been reported.
            error => format!("{key}: {error}"),
        })
    })
}

/// Reads the first certificate of a file, in PEM or DER.
///
/// # Errors
///
/// Returns an error if the file cannot be opened or does not begin with a certificate.
pub fn certificate(path: &Path) -> Result<Certificate, Failure> {
    let bytes = read_bounded(path)?;
    let certificate = if bytes.starts_with(&[0x30]) {
        Certificate::from_der(&bytes)
    } else {
        Certificate::from_pem(&bytes)
    };
    certificate.map_err(|error| Failure::Usage(format!("{}: {error}", path.display())))
}

/// Warns if the certificate is not valid now. The signature would be rejected, or the recipient may have a new certificate.
pub fn warn_if_not_valid(certificate: &Certificate) {
    let now = Date::try_from(std::time::SystemTime::now());
    if now.is_ok_and(|now| !certificate.is_valid_at(now)) {
        terminal::print_warning(&format!(
            "the certificate of {} is not valid now, but from {} to {}",
            certificate.subject(),
            certificate.not_before(),
            certificate.not_after()
        ));
    }
}

fn read_certificates(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = read_bounded(path)?;
    // Reports broken certificates as those of this file.
    cms::Roots::from_pem(&bytes).map_err(|error| Failure::Usage(format!("{}: {error}", path.display())))?;
    Ok(bytes)
}

fn read_bounded(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = document::read(path).map_err(|error| cannot_open(path, &error))?;
    if bytes.len() > MAX_SIZE {
        return Err(Failure::Usage(format!(
            "{}: larger than {MAX_SIZE} bytes",
            path.display()
        )));
    }
    Ok(bytes)
}

/// Reads a file with a private key. Its content is erased from memory afterwards; the buffer never grows, so that no copy remains.
fn read_secret(path: &Path) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(vec![0; MAX_SIZE]);
    let mut source = File::open(path)?;
    let mut length = 0;
    loop {
        match source.read(&mut bytes[length..]) {
            Ok(0) if length == MAX_SIZE => return Err(io::Error::other(format!("larger than {MAX_SIZE} bytes"))),
            Ok(0) => break,
            Ok(count) => length += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    bytes.truncate(length);
    Ok(bytes)
}

fn cannot_open(path: &Path, error: &io::Error) -> Failure {
    Failure::Usage(format!("cannot open {}: {error}", path.display()))
}

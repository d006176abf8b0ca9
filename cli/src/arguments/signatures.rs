//! The subcommands that sign, verify, encrypt and decrypt.

use clap::{Arg, ArgAction, Command};

use super::{file, output};

/// Returns the subcommands.
pub fn commands() -> [Command; 4] {
    [sign(), verify(), encrypt(), decrypt()]
}

fn sign() -> Command {
    Command::new("sign")
        .about("Sign a profile")
        .long_about(
            "Sign a profile as devices expect it: the result contains the profile as it is, the certificates and the signature \
             (CMS in DER, with SHA-256).",
        )
        .after_help(
            "Example:\n  apple-mdm sign --certificate chain.pem --key key.pem -o signed.mobileconfig wifi.mobileconfig\n\n\
             Exit status: 0 if the profile was signed; 1 if it cannot be read or is already signed; 2 for a usage error, a file \
             that cannot be opened or written, or a key that cannot be used.",
        )
        .args([
            certificate("Sign as the first certificate of PEM, and include the others, which lead to a root"),
            key(),
            output(),
            document("Sign this profile, or - for standard input"),
        ])
}

fn verify() -> Command {
    let flag = |name: &'static str, help: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help);
    Command::new("verify")
        .about("Check who signed a document, and whether the signature is valid and trusted")
        .after_help(
            "Examples:\n  apple-mdm verify --trust-roots roots.pem signed.mobileconfig\n  \
             apple-mdm verify --content body.plist --trust-roots roots.pem --allow-sha1 mdm-signature.txt\n\n\
             Exit status: 0 only if every signature is valid and trusted, so never without --trust-roots; 1 if a signature is not \
             valid or not trusted, or if there is none; 2 for a usage error or a file that cannot be opened.",
        )
        .args([
            file("content")
                .long("content")
                .value_name("FILE")
                .help("Verify a detached signature of this content, such as the body that an Mdm-Signature header belongs to"),
            file("trust-roots")
                .long("trust-roots")
                .value_name("PEM")
                .help("Trust signers whose certificates lead to one of these certificates"),
            flag("allow-sha1", "Trust signatures and certificates with SHA-1 too, as devices make them"),
            flag(
                "ignore-validity",
                "Trust certificates that have expired or are not valid yet, such as the one above MachineInfo",
            ),
            document("Verify this signed document or signature (DER, PEM, or the base64 of a header), or - for standard input"),
        ])
}

fn encrypt() -> Command {
    Command::new("encrypt")
        .about("Encrypt the payloads of a profile for one device")
        .long_about(
            "Encrypt the payloads of a profile so that only the device with this certificate can read them: replaces PayloadContent \
             by EncryptedPayloadContent (AES-256, and an RSA key of the recipient). Encryption does not show where a profile comes \
             from, so sign the result.",
        )
        .after_help(EXIT_STATUS)
        .args([
            file("for")
                .long("for")
                .value_name("PEM")
                .required(true)
                .help("Encrypt for the device with this certificate, which must have an RSA key"),
            output(),
            document("Encrypt this profile, or - for standard input; of a signed profile, the content is encrypted"),
        ])
}

fn decrypt() -> Command {
    Command::new("decrypt")
        .about("Decrypt the payloads of a profile")
        .long_about("Decrypt the payloads of a profile: replaces EncryptedPayloadContent by PayloadContent.")
        .after_help(EXIT_STATUS)
        .args([
            certificate("Decrypt as the recipient with this certificate, the first one of PEM"),
            key(),
            output(),
            document("Decrypt this profile, or - for standard input; of a signed profile, the content is decrypted"),
        ])
}

const EXIT_STATUS: &str = "Exit status: 0 if the profile was written; 1 if it cannot be read, encrypted or decrypted; 2 for a usage \
                           error, a file that cannot be opened or written, or a key that cannot be used.";

fn certificate(help: &'static str) -> Arg {
    file("certificate")
        .long("certificate")
        .value_name("PEM")
        .required(true)
        .help(help)
}

fn key() -> Arg {
    file("key")
        .long("key")
        .value_name("PEM")
        .required(true)
        .help("Use this private key: RSA, or for signing also P-256 or P-384, without a password")
}

fn document(help: &'static str) -> Arg {
    file("file").value_name("FILE").required(true).help(help)
}

//! `apple-mdm verify`: checks who signed a document, and whether the signature is valid and trusted.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::str;

use anstyle::Style;
use apple_mdm::cms::{self, Integrity, Policy, Roots, Signed, Signer, Trust};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::ArgMatches;

use crate::document;
use crate::failure::Failure;
use crate::terminal::{ERROR, GOOD, STRONG, Styled, WARNING, escape};

/// Runs `apple-mdm verify`.
pub fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let Some(file) = matches.get_one::<PathBuf>("file") else {
        return Ok(());
    };
    let content = matches.get_one::<PathBuf>("content");
    if content.is_some_and(|content| content == file && content.as_os_str() == "-") {
        return Err(Failure::Usage(
            "only one of the two files can be standard input".to_owned(),
        ));
    }
    let roots = match matches.get_one::<PathBuf>("trust-roots") {
        Some(path) => Roots::from_pem(&read(path)?)
            .map_err(|error| Failure::Usage(format!("cannot use {}: {error}", path.display())))?,
        None => Roots::default(),
    };
    let policy = Policy::new(roots)
        .allow_sha1(matches.get_flag("allow-sha1"))
        .ignore_validity(matches.get_flag("ignore-validity"));
    let signature = read(file)?;
    let signed = match content {
        Some(content) => open_detached(&signature, &read(content)?),
        None => Signed::open(&signature),
    };
    let signed = signed.map_err(|error| Failure::Document(format!("{}: {}", file.display(), explained(&error))))?;
    let trust = signed.verify(&policy);
    report(file, &signed, &trust)?;
    match trust {
        Trust::Trusted { .. } => Ok(()),
        _ => Err(Failure::Findings),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    document::read(path).map_err(|error| Failure::Usage(format!("cannot open {}: {error}", path.display())))
}

/// Opens a signature of other content. Besides DER, BER and PEM it can be base64, as in the `Mdm-Signature` header.
fn open_detached(signature: &[u8], content: &[u8]) -> Result<Signed, cms::Error> {
    match Signed::open_detached(signature, content) {
        Err(cms::Error::NotCms) => {
            let text = str::from_utf8(signature).map_err(|_| cms::Error::NotCms)?;
            let text: String = text.split_ascii_whitespace().collect();
            let decoded = STANDARD.decode(text).map_err(|_| cms::Error::NotCms)?;
            Signed::open_detached(&decoded, content)
        }
        opened => opened,
    }
}

/// Returns the error as the command's user understands it.
fn explained(error: &cms::Error) -> String {
    match error {
        cms::Error::NotCms => "it is not signed".to_owned(),
        cms::Error::Detached => format!("{error}; name the file with the content: --content FILE"),
        error => error.to_string(),
    }
}

fn report(file: &Path, signed: &Signed, trust: &Trust) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    let name = file.display().to_string();
    for (index, signer) in signed.signers().iter().enumerate() {
        let number = match signed.signers().len() {
            1 => String::new(),
            count => format!(", signer {} of {count}", index + 1),
        };
        writeln!(out, "{}{number}", Styled(STRONG, escape(&name)))?;
        for (label, text) in lines(signer) {
            writeln!(out, "  {label:<12} {}", escape(&text))?;
        }
        let (style, text) = integrity(signer);
        writeln!(out, "  {:<12} {}", "signature", Styled(style, escape(&text)))?;
    }
    let (style, text) = conclusion(signed, trust);
    writeln!(out, "{}: {}", escape(&name), Styled(style, escape(&text)))?;
    out.flush()?;
    Ok(())
}

/// What the message says about a signer, with labels.
fn lines(signer: &Signer) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    let mut line = |label, text: Option<String>| lines.extend(text.map(|text| (label, text)));
    match signer.certificate() {
        Some(certificate) => {
            line("signer", Some(certificate.subject().to_owned()));
            line("issuer", Some(certificate.issuer().to_owned()));
            line("serial", Some(certificate.serial().to_owned()));
            line("SHA-256", Some(certificate.fingerprint()));
            let (from, until) = (certificate.not_before(), certificate.not_after());
            line("valid", Some(format!("{from} to {until}")));
        }
        None => {
            line(
                "signer",
                Some("unknown: the message does not include its certificate".to_owned()),
            );
            line("issuer", signer.issuer().map(str::to_owned));
            line("serial", signer.serial().map(str::to_owned));
        }
    }
    let claimed = |time| format!("{time}, as the signer claims");
    line("signed", signer.signing_time().map(claimed));
    line("algorithm", signer.signature_algorithm().map(str::to_owned));
    lines
}

fn integrity(signer: &Signer) -> (Style, String) {
    match signer.integrity() {
        Integrity::Verified => (GOOD, "valid: the content is as it was signed".to_owned()),
        Integrity::VerifiedWithSha1 => (
            WARNING,
            "valid, but with SHA-1, which no longer protects against all forgeries".to_owned(),
        ),
        Integrity::Broken(reason) => (ERROR, format!("invalid: {reason}")),
        Integrity::Unverified(reason) => (ERROR, format!("cannot be verified: {reason}")),
        _ => (ERROR, "cannot be verified".to_owned()),
    }
}

/// What holds for the whole message.
fn conclusion(signed: &Signed, trust: &Trust) -> (Style, String) {
    let is_valid = |signer: &Signer| matches!(signer.integrity(), Integrity::Verified | Integrity::VerifiedWithSha1);
    let is_intact = !signed.signers().is_empty() && signed.signers().iter().all(is_valid);
    match trust {
        Trust::Trusted { exceptions, .. } if exceptions.is_empty() => (GOOD, format!("valid and {trust}")),
        Trust::Trusted { .. } => (WARNING, format!("valid and {trust}")),
        _ if signed.signers().is_empty() => (ERROR, "a message without a signature".to_owned()),
        Trust::NotChecked if is_intact => (
            WARNING,
            "valid, but trust was not checked; name the root certificates with --trust-roots".to_owned(),
        ),
        Trust::NotChecked => (ERROR, "not valid".to_owned()),
        trust if is_intact => (ERROR, format!("valid, but {trust}")),
        _ => (ERROR, "not valid".to_owned()),
    }
}

//! Findings about signatures.

use std::time::SystemTime;

use super::{Options, about_document};
use crate::cms::{Integrity, Policy, Signed, Trust, Untrusted};
use crate::validate::{Code, Finding, Severity};
use crate::value::Date;

/// Returns the findings about the signatures of a message.
pub(super) fn findings(signed: &Signed, options: &Options) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |severity, message: String| findings.push(about_document(severity, Code::Signature, message));
    let has_roots = !options.roots.certificates().is_empty();
    let unverified = if options.require_signature || has_roots {
        Severity::Error
    } else {
        Severity::Warning
    };
    if signed.signers().is_empty() {
        add(unverified, "the signed message has no signer".to_owned());
    }
    let now = Date::try_from(SystemTime::now()).ok();
    for signer in signed.signers() {
        let subject = signer.subject().unwrap_or("an unknown signer");
        match signer.integrity() {
            Integrity::Verified => {
                let mut message = format!("signed by {subject}");
                if let Some(certificate) = signer.certificate() {
                    message += &format!(
                        ", whose certificate is valid from {} to {}",
                        certificate.not_before(),
                        certificate.not_after()
                    );
                }
                if let Some(time) = signer.signing_time() {
                    message += &format!("; signed at {time}");
                }
                add(Severity::Info, message);
            }
            Integrity::Broken(why) => add(Severity::Error, format!("the signature of {subject} is invalid: {why}")),
            Integrity::VerifiedWithSha1 => add(
                unverified,
                format!("the signature of {subject} uses SHA-1, which is too weak to prove anything"),
            ),
            Integrity::Unverified(why) => {
                add(
                    unverified,
                    format!("the signature of {subject} could not be verified: {why}"),
                );
            }
        }
        // With roots, trust includes validity.
        if let (false, Some(certificate), Some(now)) = (has_roots, signer.certificate(), now) {
            if now < certificate.not_before() {
                let not_before = certificate.not_before();
                add(
                    Severity::Info,
                    format!("the certificate of {subject} is not valid before {not_before}"),
                );
            } else if !certificate.is_valid_at(now) {
                let not_after = certificate.not_after();
                add(
                    Severity::Info,
                    format!("the certificate of {subject} expired on {not_after}"),
                );
            }
        }
    }
    match signed.verify(&Policy::new(options.roots.clone())) {
        // Reported above.
        Trust::Untrusted(
            Untrusted::NoSigner | Untrusted::Broken(_) | Untrusted::Unverified(_) | Untrusted::Sha1Signature,
        ) => {}
        Trust::Untrusted(reason) => add(Severity::Error, format!("the signature is not trusted: {reason}")),
        Trust::NotChecked => add(
            Severity::Info,
            "whether the signature is trusted was not checked: no roots were given".to_owned(),
        ),
        trusted => add(Severity::Info, trusted.to_string()),
    }
    findings
}

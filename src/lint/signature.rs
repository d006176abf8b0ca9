//! Findings about signatures.

use std::time::SystemTime;

use super::{Options, about_document};
use crate::cms::{Integrity, Signed, Trust};
use crate::validate::{Code, Finding, Severity};
use crate::value::Date;

/// Returns the findings about the signatures of a message.
pub(super) fn findings(signed: &Signed, options: &Options) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |severity, message: String| findings.push(about_document(severity, Code::Signature, message));
    let unverified = if options.require_signature {
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
            Integrity::Broken(why) => add(
                Severity::Error,
                format!("the signature of {subject} does not hold: {why}"),
            ),
            Integrity::Unverified(why) => {
                add(
                    unverified,
                    format!("the signature of {subject} could not be verified: {why}"),
                );
            }
        }
        // With roots, trust includes expiry.
        let expired = signer
            .certificate()
            .zip(now)
            .filter(|(certificate, now)| !certificate.is_valid_at(*now));
        if let Some((certificate, _)) = expired.filter(|_| options.roots.certificates().is_empty()) {
            let message = format!(
                "the certificate of {subject} is valid from {} to {} only",
                certificate.not_before(),
                certificate.not_after()
            );
            add(Severity::Info, message);
        }
    }
    match now.map(|now| signed.trust(&options.roots, now)) {
        Some(Trust::Trusted { root }) => add(Severity::Info, format!("trusted by the root {root}")),
        Some(Trust::Untrusted(why)) => add(unverified, format!("the signer is not trusted: {why}")),
        Some(Trust::NotChecked) | None => {
            add(
                Severity::Info,
                "whether the signer is trusted was not checked: no roots were given".to_owned(),
            );
        }
    }
    findings
}

//! Checks of single certificates in a chain.

use std::collections::BTreeSet;

use x509_cert::certificate::Version;
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage};

use super::algorithm::{Hash, Key, Scheme};
use super::certificate::Certificate;
use super::untrusted::Untrusted;
use crate::value::Date;

/// Checks that the certificate is valid at this time.
pub(super) fn check_date(certificate: &Certificate, at: Date) -> Result<(), Untrusted> {
    let subject = || certificate.subject().to_owned();
    if certificate.is_valid_at(at) {
        Ok(())
    } else if at < certificate.not_before() {
        Err(Untrusted::NotYetValid {
            subject: subject(),
            not_before: certificate.not_before(),
        })
    } else {
        Err(Untrusted::Expired {
            subject: subject(),
            not_after: certificate.not_after(),
        })
    }
}

fn key(certificate: &Certificate) -> Result<Key, Untrusted> {
    certificate.key().map_err(|reason| Untrusted::CertificateAlgorithm {
        subject: certificate.subject().to_owned(),
        reason,
    })
}

/// Checks that the certificate's key is strong enough.
pub(super) fn check_key(certificate: &Certificate) -> Result<(), Untrusted> {
    if key(certificate)?.is_weak() {
        Err(Untrusted::WeakKey {
            subject: certificate.subject().to_owned(),
        })
    } else {
        Ok(())
    }
}

/// Whether the certificate is signed with SHA-1.
pub(super) fn uses_sha1(certificate: &Certificate) -> bool {
    let scheme = Scheme::of(certificate.x509.signature_algorithm(), None);
    scheme.is_ok_and(|scheme| scheme.hash() == Hash::Sha1)
}

/// Verifies the signature of the certificate with the issuer's key.
pub(super) fn check_signature(certificate: &Certificate, issuer: &Certificate) -> Result<(), Untrusted> {
    let subject = || certificate.subject().to_owned();
    let algorithm = certificate.x509.signature_algorithm();
    let scheme = Scheme::of(algorithm, None).map_err(|reason| Untrusted::CertificateAlgorithm {
        subject: subject(),
        reason,
    })?;
    let key = key(issuer)?;
    let signature = certificate.x509.signature().as_bytes().unwrap_or_default();
    let digest = scheme.hash().digest(certificate.signed_part());
    if certificate.x509.tbs_certificate().signature() == algorithm && scheme.verify(&key, &digest, signature) {
        Ok(())
    } else {
        Err(Untrusted::CertificateSignature { subject: subject() })
    }
}

/// Checks that the signer's certificate is for signing.
pub(super) fn check_usage(certificate: &Certificate) -> Result<(), Untrusted> {
    let usage = extension::<KeyUsage>(certificate)?;
    if usage.is_some_and(|usage| !usage.digital_signature() && !usage.non_repudiation()) {
        return Err(Untrusted::NotForSigning {
            subject: certificate.subject().to_owned(),
        });
    }
    Ok(())
}

/// Checks whether `issuer` may have issued the last certificate of the chain below it.
pub(super) fn check_authority(issuer: &Certificate, below: &[&Certificate], is_root: bool) -> Result<(), Untrusted> {
    let subject = || issuer.subject().to_owned();
    // Certificates of version 1 have no extensions. The user of a root vouches for it.
    if is_root && issuer.x509.tbs_certificate().version() == Version::V1 && issuer.is_self_issued() {
        return Ok(());
    }
    let constraints = extension::<BasicConstraints>(issuer)?;
    let Some(BasicConstraints {
        ca: true,
        path_len_constraint,
    }) = constraints
    else {
        return Err(Untrusted::NotAnAuthority { subject: subject() });
    };
    if extension::<KeyUsage>(issuer)?.is_some_and(|usage| !usage.key_cert_sign()) {
        return Err(Untrusted::NotAnAuthority { subject: subject() });
    }
    // The signer's certificate and self-issued certificates do not count (RFC 5280, 4.2.1.9).
    let below = below.iter().skip(1).filter(|c| !c.is_self_issued()).count();
    if path_len_constraint.is_some_and(|max| below > usize::from(max)) {
        return Err(Untrusted::PathTooLong { subject: subject() });
    }
    Ok(())
}

/// Returns the extension of type `T`, or an error if it cannot be read.
pub(super) fn extension<T>(certificate: &Certificate) -> Result<Option<T>, Untrusted>
where
    T: for<'a> der::Decode<'a, Error = der::Error> + der::oid::AssociatedOid,
{
    let found = certificate.x509.tbs_certificate().get_extension::<T>();
    found
        .map(|found| found.map(|(_, extension)| extension))
        .map_err(|_| Untrusted::Extensions {
            subject: certificate.subject().to_owned(),
        })
}

/// Checks that every critical extension is either processed or irrelevant to signing, and that none occurs twice.
pub(super) fn check_critical(certificate: &Certificate) -> Result<(), Untrusted> {
    const ACCEPTED: [&str; 6] = [
        // Key usage, basic constraints, name constraints.
        "2.5.29.15",
        "2.5.29.19",
        "2.5.29.30",
        // Alternative names, policies and extended key usage are irrelevant here: profiles are signed with certificates for
        // servers, code and email.
        "2.5.29.17",
        "2.5.29.32",
        "2.5.29.37",
    ];
    // Apple marks the purpose of its certificates with extensions below this identifier.
    const APPLE_PREFIX: &str = "1.2.840.113635.100.6.";
    let subject = || certificate.subject().to_owned();
    let extensions = certificate.x509.tbs_certificate().extensions().map_or(&[][..], |e| e);
    let mut seen = BTreeSet::new();
    for extension in extensions {
        let oid = extension.extn_id.to_string();
        if extension.critical && !ACCEPTED.contains(&&*oid) && !oid.starts_with(APPLE_PREFIX) {
            return Err(Untrusted::CriticalExtension {
                subject: subject(),
                extension: oid,
            });
        }
        if !seen.insert(oid) {
            return Err(Untrusted::Extensions { subject: subject() });
        }
    }
    Ok(())
}

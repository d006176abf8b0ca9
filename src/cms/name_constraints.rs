//! Name constraints: the names for which an authority may issue certificates (RFC 5280, 4.2.1.10).

use std::net::{Ipv4Addr, Ipv6Addr};

use der::asn1::{Ia5StringRef, ObjectIdentifier};
use x509_cert::ext::pkix::constraints::name::GeneralSubtree;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{NameConstraints, SubjectAltName};
use x509_cert::name::Name;

use super::certificate::{Certificate, name_text};
use super::certificate_checks::extension;
use super::untrusted::Untrusted;

const EMAIL_ADDRESS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.1");

/// The maximum number of names and of comparisons of a name with a constraint per message.
const MAX_COMPARISONS: usize = 1 << 16;

/// Checks name constraints, and limits the number of comparisons.
pub(super) struct NameChecks {
    remaining: usize,
}

impl Default for NameChecks {
    fn default() -> Self {
        Self {
            remaining: MAX_COMPARISONS,
        }
    }
}

impl NameChecks {
    /// Checks the names of every certificate in the chain against the constraints of all authorities above it.
    pub fn check(&mut self, chain: &[&Certificate]) -> Result<(), Untrusted> {
        for (index, authority) in chain.iter().enumerate().skip(1) {
            let Some(constraints) = extension::<NameConstraints>(authority)? else {
                continue;
            };
            for (below, certificate) in chain[..index].iter().enumerate() {
                // Self-issued authorities are exempt (RFC 5280, 6.1.3).
                if below > 0 && certificate.is_self_issued() {
                    continue;
                }
                let names = names(certificate, below == 0)?;
                self.spend(names.len())?;
                for name in names {
                    if !self.allow(&constraints, &name)? {
                        return Err(Untrusted::NameConstraints {
                            subject: certificate.subject().to_owned(),
                            authority: authority.subject().to_owned(),
                        });
                    }
                }
            }
        }
        Ok(())
    }

    fn spend(&mut self, count: usize) -> Result<(), Untrusted> {
        self.remaining = self.remaining.checked_sub(count).ok_or(Untrusted::TooManyChains)?;
        Ok(())
    }

    /// Returns whether the constraints allow the name.
    fn allow(&mut self, constraints: &NameConstraints, name: &SubjectName) -> Result<bool, Untrusted> {
        let excluded = constraints.excluded_subtrees.iter().flatten();
        let permitted = constraints.permitted_subtrees.iter().flatten();
        let mut is_constrained = false;
        let mut is_permitted = false;
        for (subtree, excludes) in excluded.map(|s| (s, true)).chain(permitted.map(|s| (s, false))) {
            self.spend(1)?;
            match name.matches(subtree) {
                Match::OtherForm => {}
                Match::Unknown => return Ok(false),
                Match::Yes if excludes => return Ok(false),
                Match::No if excludes => {}
                Match::Yes => (is_constrained, is_permitted) = (true, true),
                Match::No => is_constrained = true,
            }
        }
        Ok(is_permitted || !is_constrained)
    }
}

/// A name of a certificate's subject.
enum SubjectName {
    Directory(Name),
    Email(String),
    Dns(String),
    Uri(String),
    Ip(Vec<u8>),
    /// A form that is not supported, such as `otherName`.
    Other(std::mem::Discriminant<GeneralName>),
}

/// Returns all names of the certificate.
fn names(certificate: &Certificate, is_signer: bool) -> Result<Vec<SubjectName>, Untrusted> {
    let subject = certificate.x509.tbs_certificate().subject();
    let mut names = Vec::new();
    if !subject.is_empty() {
        names.push(SubjectName::Directory(subject.clone()));
    }
    for attribute in subject.iter().filter(|attribute| attribute.oid == EMAIL_ADDRESS) {
        let email: Result<Ia5StringRef<'_>, _> = attribute.value.decode_as();
        let email = email.map_err(|_| Untrusted::Extensions {
            subject: certificate.subject().to_owned(),
        })?;
        names.push(SubjectName::Email(email.as_str().to_owned()));
    }
    let alternative = extension::<SubjectAltName>(certificate)?.map_or_else(Vec::new, |names| names.0);
    names.extend(alternative.into_iter().map(|name| match name {
        GeneralName::DirectoryName(name) => SubjectName::Directory(name),
        GeneralName::Rfc822Name(email) => SubjectName::Email(email.as_str().to_owned()),
        GeneralName::DnsName(host) => SubjectName::Dns(host.as_str().to_owned()),
        GeneralName::UniformResourceIdentifier(uri) => SubjectName::Uri(uri.as_str().to_owned()),
        GeneralName::IpAddress(address) => SubjectName::Ip(address.as_bytes().to_vec()),
        other => SubjectName::Other(std::mem::discriminant(&other)),
    }));
    // Like OpenSSL: without alternative names, a common name that is a host name counts as one.
    if is_signer
        && !names.iter().any(|name| matches!(name, SubjectName::Dns(_)))
        && let Ok(Some(common_name)) = subject.common_name()
        && is_host_name(&common_name.value())
    {
        names.push(SubjectName::Dns(common_name.value().into_owned()));
    }
    Ok(names)
}

fn is_host_name(text: &str) -> bool {
    text.contains('.')
        && text.split('.').all(|label| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'*'))
        })
}

/// The result of comparing a name with a constraint.
enum Match {
    Yes,
    No,
    /// The constraint is about another form of names.
    OtherForm,
    /// The comparison is not supported, so the name must not be allowed.
    Unknown,
}

impl SubjectName {
    fn matches(&self, subtree: &GeneralSubtree) -> Match {
        let is_match = match (self, &subtree.base) {
            (Self::Directory(name), GeneralName::DirectoryName(base)) => has_prefix(name, base),
            (Self::Email(email), GeneralName::Rfc822Name(base)) => email_matches(email, base.as_str()),
            (Self::Dns(host), GeneralName::DnsName(base)) => dns_matches(host, base.as_str()),
            (Self::Uri(uri), GeneralName::UniformResourceIdentifier(base)) => match uri_host(uri) {
                Some(host) => host_matches(host, base.as_str()),
                None => return Match::Unknown,
            },
            (Self::Ip(address), GeneralName::IpAddress(base)) => ip_matches(address, base.as_bytes()),
            (Self::Other(form), base) if *form == std::mem::discriminant(base) => return Match::Unknown,
            _ => return Match::OtherForm,
        };
        if subtree.minimum != 0 || subtree.maximum.is_some() {
            return Match::Unknown;
        }
        if is_match { Match::Yes } else { Match::No }
    }
}

/// Returns whether the name starts with all parts of `base`.
fn has_prefix(name: &Name, base: &Name) -> bool {
    let mut parts = name.iter_rdn();
    base.iter_rdn().all(|base| {
        let part = parts.next();
        part.is_some_and(|part| name_text(part).eq_ignore_ascii_case(&name_text(base)))
    })
}

/// Returns whether the host equals `base`. If `base` starts with a dot, the host must be below it.
fn host_matches(host: &str, base: &str) -> bool {
    if base.starts_with('.') {
        host.len() > base.len() && ends_with(host, base)
    } else {
        host.eq_ignore_ascii_case(base)
    }
}

/// Returns whether the host equals `base` or is below it. Some authorities write a dot before it.
fn dns_matches(host: &str, base: &str) -> bool {
    base.is_empty()
        || host_matches(host, base)
        || (!base.starts_with('.')
            && ends_with(host, base)
            && host.as_bytes()[..host.len() - base.len()].ends_with(b"."))
}

fn ends_with(text: &str, end: &str) -> bool {
    let start = text.len().checked_sub(end.len());
    start.is_some_and(|start| text.as_bytes()[start..].eq_ignore_ascii_case(end.as_bytes()))
}

fn email_matches(email: &str, base: &str) -> bool {
    let Some((mailbox, host)) = email.rsplit_once('@') else {
        return false;
    };
    match base.rsplit_once('@') {
        Some((base_mailbox, base_host)) => mailbox == base_mailbox && host.eq_ignore_ascii_case(base_host),
        None => host_matches(host, base),
    }
}

/// Returns the host name in a URI, or `None` if there is none or it is an address.
fn uri_host(uri: &str) -> Option<&str> {
    let (_, rest) = uri.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if host.starts_with('[') {
        return None;
    }
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    (!host.is_empty() && host.parse::<Ipv4Addr>().is_err() && host.parse::<Ipv6Addr>().is_err()).then_some(host)
}

/// Returns whether the address is in the network. `base` is an address followed by a mask.
fn ip_matches(address: &[u8], base: &[u8]) -> bool {
    let (network, mask) = base.split_at(base.len() / 2);
    address.len() == network.len()
        && network.len() == mask.len()
        && (address.iter().zip(network).zip(mask)).all(|((a, n), m)| a & m == n & m)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name_matches(name: &str, base: &str) -> bool {
        has_prefix(&name.parse().unwrap(), &base.parse().unwrap())
    }

    #[test]
    fn names_are_compared_with_constraints() {
        type Matches = fn(&str, &str) -> bool;
        let dns: Matches = dns_matches;
        let email: Matches = email_matches;
        let host: Matches = host_matches;
        let directory: Matches = name_matches;
        let cases = [
            (dns, "example.com", "example.com", true),
            (dns, "a.b.EXAMPLE.com", "example.com", true),
            (dns, "badexample.com", "example.com", false),
            (dns, "example.com", ".example.com", false),
            (dns, "a.example.com", ".example.com", true),
            (dns, "example.org", "", true),
            (dns, "com", "example.com", false),
            (email, "jane@example.com", "example.com", true),
            (email, "jane@a.example.com", "example.com", false),
            (email, "jane@a.example.com", ".example.com", true),
            (email, "jane@example.com", ".example.com", false),
            (email, "jane@Example.com", "jane@example.com", true),
            (email, "Jane@example.com", "jane@example.com", false),
            (email, "example.com", "example.com", false),
            (host, "a.example.com", "example.com", false),
            (host, "a.example.com", ".example.com", true),
            (directory, "CN=x,O=Example,C=US", "O=example,C=US", true),
            (directory, "CN=x,O=Other,C=US", "O=Example,C=US", false),
            (directory, "C=US", "O=Example,C=US", false),
        ];
        for (matches, name, base, want) in cases {
            assert_eq!(matches(name, base), want, "{name} {base}");
        }
        let uris = [
            ("https://jane@Host.example:8443/x@y", Some("Host.example")),
            ("https://[::1]/", None),
            ("https://10.0.0.1/", None),
            ("urn:uuid:x", None),
        ];
        for (uri, want) in uris {
            assert_eq!(uri_host(uri), want, "{uri}");
        }
        assert!(ip_matches(&[10, 1, 2, 3], &[10, 1, 0, 0, 255, 255, 0, 0]));
        assert!(!ip_matches(&[10, 2, 2, 3], &[10, 1, 0, 0, 255, 255, 0, 0]));
        assert!(!ip_matches(&[10, 1, 2, 3], &[0; 32]));
        assert!(!ip_matches(&[10, 1, 2, 3], &[0; 7]));
    }
}

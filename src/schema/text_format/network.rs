//! Hosts, domains and addresses.

use std::net::{Ipv4Addr, Ipv6Addr};

/// A host name or an IP address. IPv6 addresses can have brackets.
pub(super) fn hostname(text: &str) -> bool {
    ip(text) || bracketed_ipv6(text) || names(text).is_some()
}

/// Returns the number of labels of a DNS name, or `None` for any other text.
///
/// Underscores are in use although host names should not contain them, and devices accept names beyond ASCII. Several labels that
/// are all numbers are a mistyped IPv4 address.
fn names(text: &str) -> Option<usize> {
    let text = text.strip_suffix('.').unwrap_or(text);
    if text.len() > 253 || !text.split('.').all(label) {
        return None;
    }
    let count = text.split('.').count();
    let numbers = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (count == 1 || !numbers).then_some(count)
}

fn label(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 63
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text.chars().all(|c| match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' => true,
            _ => !c.is_ascii() && !c.is_whitespace() && !c.is_control(),
        })
}

fn bracketed_ipv6(text: &str) -> bool {
    text.strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'))
        .is_some_and(ipv6)
}

/// A host with or without a port.
pub(super) fn host_port(text: &str) -> bool {
    hostname(text)
        || text
            .rsplit_once(':')
            .is_some_and(|(host, number)| port(number) && !ipv6(host) && hostname(host))
}

fn port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok()
}

/// The part of a URL before the path: user, host and port.
///
/// A host that contains a template expression or an escape is accepted.
pub(super) fn authority(text: &str) -> bool {
    let host = text.rsplit_once('@').map_or(text, |(_, host)| host);
    if host.is_empty() || host.starts_with(':') {
        return false;
    }
    let host = host.strip_suffix(':').unwrap_or(host);
    (!host.starts_with('[') && host.contains(['{', '%', '$'])) || host_port(host) && !ipv6(host)
}

pub(super) fn host_or_suffix(text: &str) -> bool {
    hostname(text.strip_prefix('.').unwrap_or(text))
}

pub(super) fn host_prefix(text: &str) -> bool {
    !text.is_empty()
        && !text
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '/' | ':'))
}

/// A domain; a single label and a leading dot are in use too.
pub(super) fn domain(text: &str) -> bool {
    names(text.strip_prefix('.').unwrap_or(text)).is_some()
}

/// A domain, optionally after `*.`, as Apple's documentation of the schema defines it.
pub(super) fn domain_prefix(text: &str) -> bool {
    names(text.strip_prefix("*.").unwrap_or(text)).is_some()
}

/// A domain, optionally after `*` or `*.`, or `*` alone.
pub(super) fn wildcard_domain(text: &str) -> bool {
    text.strip_prefix('*')
        .map_or_else(|| domain(text), |rest| rest.is_empty() || domain(rest))
}

pub(super) fn fqdn(text: &str) -> bool {
    names(text).is_some_and(|labels| labels >= 2)
}

pub(super) fn ip(text: &str) -> bool {
    ipv4(text) || ipv6(text)
}

pub(super) fn ipv4(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok()
}

/// An IPv6 address, optionally with a zone such as `%en0`.
pub(super) fn ipv6(text: &str) -> bool {
    let (address, zone) = text.split_once('%').unwrap_or((text, "en0"));
    address.parse::<Ipv6Addr>().is_ok()
        && !zone.is_empty()
        && zone
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

pub(super) fn cidr(text: &str) -> bool {
    let Some((address, bits)) = text.split_once('/') else {
        return false;
    };
    let most = if ipv4(address) { 32 } else { 128 };
    ip(address) && (bits == "0" || !bits.starts_with(['0', '+'])) && bits.parse::<u8>().is_ok_and(|bits| bits <= most)
}

pub(super) fn ip_or_cidr(text: &str) -> bool {
    ip(text) || cidr(text)
}

/// An IP address, or the leading parts of one followed by `*`.
pub(super) fn ip_wildcard(text: &str) -> bool {
    let Some(start) = text.strip_suffix('*') else {
        return ip(text);
    };
    if let Some(octets) = start.strip_suffix('.') {
        return octets.split('.').count() <= 3
            && octets
                .split('.')
                .all(|octet| (octet == "0" || !octet.starts_with(['0', '+'])) && octet.parse::<u8>().is_ok());
    }
    start.is_empty() || start.strip_suffix(':').is_some_and(ipv6_groups)
}

/// The beginning of an IPv6 address. It can contain `::` once, also at its end.
fn ipv6_groups(text: &str) -> bool {
    let (before, after) = text.split_once("::").unwrap_or((text, ""));
    let before = before.strip_suffix(':').unwrap_or(before);
    let groups = |text: &str| {
        text.split(':')
            .all(|group| (1..=4).contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    text.split(':').count() <= 8 && groups(before) && (after.is_empty() || groups(after))
}

pub(super) fn mac_address(text: &str) -> bool {
    text.split(':').count() == 6
        && text
            .split(':')
            .all(|pair| pair.len() == 2 && pair.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// One `@` between a name and a host. The name is up to the mail server.
pub(super) fn email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c.is_control()) && mail_host(host)
    })
}

fn mail_host(text: &str) -> bool {
    let literal = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    literal.map_or_else(
        || names(text).is_some(),
        |literal| ip(literal.strip_prefix("IPv6:").unwrap_or(literal)),
    )
}

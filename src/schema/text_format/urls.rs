//! URLs and their parts, header fields, media types.

use super::network::{authority, hostname};

/// Splits a URL into its scheme and the text after the colon.
fn scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    valid.then_some((scheme, rest))
}

/// Whether a text contains no character that is always escaped in URLs.
fn clean(text: &str) -> bool {
    !text
        .chars()
        .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"'))
}

fn is_http(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// Whether the text after `http:` has a host.
fn with_host(rest: &str) -> bool {
    rest.strip_prefix("//").is_some_and(|rest| {
        let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        authority(rest.split_at(end).0)
    })
}

/// An absolute URL of any scheme, including `mailto:`, `data:` and `prefs:`.
pub(super) fn url(text: &str) -> bool {
    let Some((scheme, rest)) = scheme(text) else {
        return false;
    };
    if is_http(scheme) {
        return clean(text) && with_host(rest);
    }
    match rest.strip_prefix("//") {
        Some(place) => !place.is_empty() && clean(text),
        // `example.com:8080` and `C:\file` only look as if they had a scheme.
        None => !rest.is_empty() && !rest.starts_with('\\') && !scheme.contains('.') && clean(text),
    }
}

pub(super) fn http_url(text: &str) -> bool {
    scheme(text).is_some_and(|(scheme, rest)| is_http(scheme) && with_host(rest)) && clean(text)
}

pub(super) fn https_url(text: &str) -> bool {
    scheme(text).is_some_and(|(scheme, rest)| scheme.eq_ignore_ascii_case("https") && with_host(rest)) && clean(text)
}

/// Whether the braces of RFC 6570 expressions are balanced, not empty and not nested.
fn expressions(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (_, from) = rest.split_at(at);
        let Some((expression, after)) = from.strip_prefix('{').and_then(|from| from.split_once('}')) else {
            return false;
        };
        if expression.is_empty() || expression.contains('{') {
            return false;
        }
        rest = after;
    }
    true
}

pub(super) fn url_template(text: &str) -> bool {
    url(text) && expressions(text)
}

pub(super) fn https_url_template(text: &str) -> bool {
    https_url(text) && expressions(text)
}

pub(super) fn hostname_or_url(text: &str) -> bool {
    hostname(text) || url(text)
}

pub(super) fn uri(text: &str) -> bool {
    scheme(text).is_some_and(|(_, rest)| !rest.is_empty()) && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// An absolute or relative path. The root is an empty text.
pub(super) fn url_path(text: &str) -> bool {
    let first = text.split('/').next().unwrap_or_default();
    scheme(first).is_none() && !text.starts_with("//") && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// A token of RFC 9110.
fn token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

pub(super) fn http_header_name(text: &str) -> bool {
    token(text)
}

/// A media type, with or without parameters.
pub(super) fn mime_type(text: &str) -> bool {
    let mut parts = text.split(';');
    parts
        .next()
        .and_then(|kind| kind.trim_end().split_once('/'))
        .is_some_and(|(kind, subtype)| token(kind) && token(subtype))
        && parts.all(|parameter| {
            parameter
                .split_once('=')
                .is_some_and(|(name, value)| token(name.trim()) && !value.trim().is_empty())
        })
}

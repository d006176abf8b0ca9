//! Recognizes certificates, keys and messages by the tags and lengths of their ASN.1.

/// The element at the start of some bytes.
struct Element<'a> {
    tag: u8,
    content: &'a [u8],
    /// The bytes after the element. Empty if its length is indefinite, since its end is not searched for.
    rest: &'a [u8],
    definite: bool,
}

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OBJECT_IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
/// `[0]`, constructed.
const CONTEXT_0: u8 = 0xa0;

/// Returns the element at the start of the bytes, or `None` if it is cut off. Tags of more than one byte are not supported.
fn element(bytes: &[u8]) -> Option<Element<'_>> {
    let [tag, length, rest @ ..] = bytes else { return None };
    let constructed = tag & 0x20 != 0;
    let (length, rest) = match *length {
        0x80 if constructed => {
            return Some(Element {
                tag: *tag,
                content: rest,
                rest: &[],
                definite: false,
            });
        }
        short @ 0..0x80 => (usize::from(short), rest),
        long @ 0x81..=0x84 => {
            let (length, rest) = rest.split_at_checked(usize::from(long - 0x80))?;
            let length = length.iter().fold(0_u64, |length, byte| length << 8 | u64::from(*byte));
            (usize::try_from(length).ok()?, rest)
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some(Element {
        tag: *tag,
        content,
        rest,
        definite: true,
    })
}

/// Returns the element at the start of the bytes if it has this tag.
fn tagged(bytes: &[u8], tag: u8) -> Option<Element<'_>> {
    element(bytes).filter(|element| element.tag == tag)
}

/// Returns whether the bytes are exactly one sequence in DER.
pub(super) fn is_sequence(bytes: &[u8]) -> bool {
    tagged(bytes, SEQUENCE)
        .is_some_and(|outer| outer.definite && outer.rest.is_empty() && element(outer.content).is_some())
}

/// Returns the bytes after the X.509 certificate at the start.
///
/// Certificate requests and revocation lists have the same outer structure, so the inner elements are checked too.
pub(super) fn after_certificate(bytes: &[u8]) -> Option<&[u8]> {
    let outer = tagged(bytes, SEQUENCE).filter(|outer| outer.definite)?;
    let signed = tagged(outer.content, SEQUENCE)?;
    let signature = tagged(tagged(signed.rest, SEQUENCE)?.rest, BIT_STRING)?;
    let mut rest = signed.content;
    if let Some(version) = tagged(rest, CONTEXT_0) {
        rest = version.rest;
    }
    // Serial number, algorithm, issuer, validity, subject, key.
    for tag in [INTEGER, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE] {
        rest = tagged(rest, tag)?.rest;
    }
    signature.rest.is_empty().then_some(outer.rest)
}

/// A kind of CMS message.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Cms {
    Signed,
    Enveloped,
    Other,
}

/// `1.2.840.113549.1`, the arc of PKCS#7 and S/MIME.
const PKCS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01];

/// Returns the kind of the CMS message at the start of the bytes. Lengths may be indefinite.
pub(super) fn cms(bytes: &[u8]) -> Option<Cms> {
    let kind = tagged(tagged(bytes, SEQUENCE)?.content, OBJECT_IDENTIFIER)?;
    let cms = match kind.content.strip_prefix(PKCS)? {
        [7, 2] => Cms::Signed,
        [7, 3] => Cms::Enveloped,
        [7, _] | [9, 16, 1, _] => Cms::Other,
        _ => return None,
    };
    tagged(kind.rest, CONTEXT_0).map(|_| cms)
}

/// Returns whether the bytes start with a PKCS#12 file: version 3 and a CMS message. Lengths may be indefinite.
pub(super) fn is_pkcs12(bytes: &[u8]) -> bool {
    tagged(bytes, SEQUENCE)
        .and_then(|outer| tagged(outer.content, INTEGER))
        .is_some_and(|version| version.content == [3] && cms(version.rest).is_some())
}

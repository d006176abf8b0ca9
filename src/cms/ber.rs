//! The outer structure of a CMS message: ASN.1 elements in BER.
//!
//! Signed profiles come in DER and, from programs that stream, in BER with indefinite lengths and octet strings in pieces.
//! Certificates and signed attributes are DER in both cases, and the `der` crate reads them. This module reads only what surrounds
//! them, so that one broken certificate does not make the content unreadable.

use std::borrow::Cow;

/// Why bytes cannot be read as BER.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Malformed(pub &'static str);

/// The maximum depth of nested elements of indefinite length and of nested octet strings in pieces. Each level costs another pass
/// over the bytes. Messages need six.
const MAX_DEPTH: usize = 16;

/// The maximum number of elements within an element of indefinite length, and of pieces of an octet string. A message of 64 MiB
/// stays below it if its pieces have 64 bytes; programs that stream write pieces of 1000 bytes or more.
const MAX_ELEMENTS: usize = 1 << 20;

/// The maximum depth of elements in [`to_der`]. A signer with a timestamp needs fourteen levels.
const MAX_DER_DEPTH: usize = 32;

pub(super) const INTEGER: u8 = 0x02;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const OBJECT_IDENTIFIER: u8 = 0x06;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;
/// `[0]`, constructed.
pub(super) const CONTEXT_0: u8 = 0xa0;
/// `[1]`, constructed.
pub(super) const CONTEXT_1: u8 = 0xa1;

const TOO_MANY_ELEMENTS: Malformed = Malformed("it has too many elements");

const CONSTRUCTED: u8 = 0x20;
const OCTET_STRING_IN_PIECES: u8 = OCTET_STRING | CONSTRUCTED;
const END_OF_CONTENTS: u8 = 0;

/// An ASN.1 element.
#[derive(Clone, Copy)]
pub(super) struct Element<'a> {
    pub tag: u8,
    pub content: &'a [u8],
    /// The element including its tag and length.
    pub whole: &'a [u8],
}

/// A sequence of adjacent elements.
#[derive(Clone, Copy)]
pub(super) struct Elements<'a>(pub &'a [u8]);

impl<'a> Elements<'a> {
    /// Reads the next element.
    pub fn next(&mut self) -> Result<Element<'a>, Malformed> {
        let (element, rest) = split(self.0)?;
        self.0 = rest;
        Ok(element)
    }

    /// Reads the next element, which must have this tag.
    pub fn expect(&mut self, tag: u8, otherwise: &'static str) -> Result<Element<'a>, Malformed> {
        self.next()
            .and_then(|e| if e.tag == tag { Ok(e) } else { Err(Malformed(otherwise)) })
    }

    /// Reads the next element if it has this tag.
    pub fn optional(&mut self, tag: u8) -> Result<Option<Element<'a>>, Malformed> {
        match self.0.first() {
            Some(&next) if next == tag => self.next().map(Some),
            _ => Ok(None),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Reads the header of an element. Returns the tag, the length if it is definite, and the bytes after the header.
pub(super) fn header(bytes: &[u8]) -> Result<(u8, Option<usize>, &[u8]), Malformed> {
    const TRUNCATED: Malformed = Malformed("it ends in the middle of an element");
    let (&tag, rest) = bytes.split_first().ok_or(TRUNCATED)?;
    if tag & 0x1f == 0x1f {
        return Err(Malformed("an element has a long tag"));
    }
    let (&first, rest) = rest.split_first().ok_or(TRUNCATED)?;
    match first {
        0..0x80 => Ok((tag, Some(usize::from(first)), rest)),
        0x80 if tag & CONSTRUCTED != 0 => Ok((tag, None, rest)),
        0x80 => Err(Malformed("a primitive element has an indefinite length")),
        _ => {
            let (octets, rest) = rest.split_at_checked(usize::from(first & 0x7f)).ok_or(TRUNCATED)?;
            let length = octets.iter().try_fold(0_usize, |length, &octet| {
                length.checked_mul(256)?.checked_add(usize::from(octet))
            });
            Ok((tag, Some(length.ok_or(Malformed("an element is too long"))?), rest))
        }
    }
}

/// Splits the bytes after the first element.
fn split(bytes: &[u8]) -> Result<(Element<'_>, &[u8]), Malformed> {
    let (tag, length, after) = header(bytes)?;
    let (content, rest) = match length {
        Some(length) => after
            .split_at_checked(length)
            .ok_or(Malformed("an element exceeds its parent"))?,
        None => until_end_of_contents(after)?,
    };
    let whole = &bytes[..bytes.len() - rest.len()];
    Ok((Element { tag, content, whole }, rest))
}

/// Splits the content of an element of indefinite length from the bytes after its end.
fn until_end_of_contents(bytes: &[u8]) -> Result<(&[u8], &[u8]), Malformed> {
    let mut open = 1;
    let mut rest = bytes;
    for _ in 0..MAX_ELEMENTS {
        let (tag, length, after) = header(rest)?;
        match length {
            Some(0) if tag == END_OF_CONTENTS => {
                open -= 1;
                if open == 0 {
                    return Ok((&bytes[..bytes.len() - rest.len()], after));
                }
                rest = after;
            }
            Some(length) => rest = after.get(length..).ok_or(Malformed("an element exceeds its parent"))?,
            None if open == MAX_DEPTH => return Err(Malformed("elements are nested too deeply")),
            None => {
                open += 1;
                rest = after;
            }
        }
    }
    Err(TOO_MANY_ELEMENTS)
}

/// Returns the content of an octet string, which may be in pieces.
pub(super) fn octets<'a>(element: &Element<'a>) -> Result<Cow<'a, [u8]>, Malformed> {
    match element.tag {
        OCTET_STRING => Ok(Cow::Borrowed(element.content)),
        OCTET_STRING_IN_PIECES => joined_pieces(element.content).map(Cow::Owned),
        _ => Err(Malformed("an octet string is missing")),
    }
}

/// Joins the pieces of an octet string.
pub(super) fn joined_pieces(pieces: &[u8]) -> Result<Vec<u8>, Malformed> {
    let mut whole = Vec::new();
    append_pieces(pieces, MAX_DEPTH, &mut { MAX_ELEMENTS }, &mut whole)?;
    Ok(whole)
}

fn append_pieces(pieces: &[u8], depth: usize, remaining: &mut usize, whole: &mut Vec<u8>) -> Result<(), Malformed> {
    let mut pieces = Elements(pieces);
    while !pieces.is_empty() {
        *remaining = remaining.checked_sub(1).ok_or(TOO_MANY_ELEMENTS)?;
        let piece = pieces.next()?;
        match piece.tag {
            OCTET_STRING => whole.extend_from_slice(piece.content),
            OCTET_STRING_IN_PIECES if depth > 0 => append_pieces(piece.content, depth - 1, remaining, whole)?,
            OCTET_STRING_IN_PIECES => return Err(Malformed("elements are nested too deeply")),
            _ => return Err(Malformed("an octet string has a piece of another type")),
        }
    }
    Ok(())
}

/// Rewrites an element with definite lengths in their shortest form and with octet strings in one piece.
///
/// The result is DER unless a set is out of order or a primitive value is not in its DER form. Both stay as they are.
pub(super) fn to_der(element: &Element<'_>) -> Result<Vec<u8>, Malformed> {
    let mut der = Vec::new();
    write_der(element, MAX_DER_DEPTH, &mut der)?;
    Ok(der)
}

fn write_der(element: &Element<'_>, depth: usize, der: &mut Vec<u8>) -> Result<(), Malformed> {
    if element.tag == OCTET_STRING_IN_PIECES {
        push(OCTET_STRING, &octets(element)?, der);
    } else if element.tag & CONSTRUCTED == 0 {
        push(element.tag, element.content, der);
    } else if depth == 0 {
        return Err(Malformed("elements are nested too deeply"));
    } else {
        let mut content = Vec::new();
        let mut children = Elements(element.content);
        while !children.is_empty() {
            write_der(&children.next()?, depth - 1, &mut content)?;
        }
        push(element.tag, &content, der);
    }
    Ok(())
}

/// Writes an element in DER whose content consists of the given parts.
#[cfg(feature = "cms-sign")]
pub(super) fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let mut der = Vec::new();
    push(tag, &parts.concat(), &mut der);
    der
}

fn push(tag: u8, content: &[u8], der: &mut Vec<u8>) {
    der.push(tag);
    let length = content.len().to_be_bytes();
    let octets = &length[length.iter().take_while(|&&octet| octet == 0).count()..];
    match octets {
        [] => der.push(0),
        &[octet @ 0..0x80] => der.push(octet),
        // A length has at most eight octets.
        _ => {
            der.push(0x80 | octets.len() as u8);
            der.extend_from_slice(octets);
        }
    }
    der.extend_from_slice(content);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sequence of indefinite length with an octet string in nested pieces, and an integer whose length has a superfluous byte.
    const STREAMED: &[u8] = &[
        0x30, 0x80, 0x24, 0x80, 0x04, 1, b'a', 0x24, 0x80, 0x04, 1, b'b', 0x04, 1, b'c', 0, 0, 0, 0, 0x02, 0x81, 1, 5,
        0, 0,
    ];

    #[test]
    fn reads_indefinite_lengths_and_octet_strings_in_pieces() {
        let sequence = Elements(STREAMED).expect(SEQUENCE, "no sequence").unwrap();
        assert_eq!(sequence.whole, STREAMED);
        let mut elements = Elements(sequence.content);
        assert_eq!(*octets(&elements.next().unwrap()).unwrap(), *b"abc");
        assert_eq!(elements.expect(INTEGER, "no integer").unwrap().content, [5]);
        assert!(elements.is_empty());
    }

    #[test]
    fn to_der_writes_definite_lengths_in_their_shortest_form() {
        let sequence = Elements(STREAMED).next().unwrap();
        assert_eq!(
            to_der(&sequence).unwrap(),
            [0x30, 8, 0x04, 3, b'a', b'b', b'c', 0x02, 1, 5]
        );
        let mut long = vec![0x30, 0x80, 0x04, 0x82, 1, 0];
        long.extend([7; 256]);
        long.extend([0, 0]);
        let der = to_der(&Elements(&long).next().unwrap()).unwrap();
        assert_eq!(der[..8], [0x30, 0x82, 1, 4, 0x04, 0x82, 1, 0]);
        assert_eq!(der.len(), 264);
        assert_eq!(to_der(&Elements(&der).next().unwrap()).unwrap(), der);
    }

    #[test]
    fn truncated_oversized_and_deeply_nested_elements_are_malformed() {
        for end in 0..STREAMED.len() {
            assert!(Elements(&STREAMED[..end]).next().is_err(), "{end}");
        }
        let deep = [0x24, 0x80].repeat(1000);
        let cases: [&[u8]; 6] = [
            &[0x04, 5, 1],
            &[0x04, 0x80, 0, 0],
            &[0x04, 0x84, 0xff, 0xff, 0xff, 0xff, 1],
            &[0x04, 0x89, 1, 0, 0, 0, 0, 0, 0, 0, 0],
            &[0x1f, 0x81, 0x01, 0],
            &deep,
        ];
        for case in cases {
            assert!(Elements(case).next().is_err(), "{:02x?}", &case[..3]);
        }
        let mut definite = vec![0x04, 1, 7];
        for _ in 0..60 {
            let mut outer = Vec::new();
            push(OCTET_STRING_IN_PIECES, &definite, &mut outer);
            definite = outer;
        }
        let element = Elements(&definite).next().unwrap();
        assert_eq!(
            octets(&element).unwrap_err(),
            Malformed("elements are nested too deeply")
        );
        assert_eq!(
            to_der(&element).unwrap_err(),
            Malformed("elements are nested too deeply")
        );
    }
}

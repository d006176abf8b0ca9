//! Recognizes files by their first bytes.

/// Returns whether the data is an image in a format that Apple's systems support.
pub(super) fn is_image(bytes: &[u8]) -> bool {
    is_png_or_jpeg(bytes)
        || [
            b"GIF87a".as_slice(),
            b"GIF89a",
            b"II*\0",
            b"MM\0*",
            b"BM",
            b"\0\0\x01\0",
            b"icns",
            b"\0\0\0\x0cjP  ",
        ]
        .iter()
        .any(|magic| bytes.starts_with(magic))
        || is_heic(bytes)
        || matches!(bytes, [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..])
}

/// Returns whether the data starts with the box `ftyp` and the brand of an image rather than a video.
fn is_heic(bytes: &[u8]) -> bool {
    bytes.get(4..8) == Some(b"ftyp")
        && bytes.get(8..11).is_some_and(|brand| {
            [b"hei", b"hev", b"mif", b"msf", b"avi"]
                .iter()
                .any(|known| brand == *known)
        })
}

pub(super) fn is_png_or_jpeg(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x89PNG\r\n\x1a\n") || bytes.starts_with(b"\xff\xd8\xff")
}

/// Returns whether the data is a TrueType or OpenType font or a collection of such fonts.
pub(super) fn is_font(bytes: &[u8]) -> bool {
    [b"\0\x01\0\0", b"OTTO", b"true", b"typ1"]
        .iter()
        .any(|magic| bytes.starts_with(*magic))
        || is_font_collection(bytes)
}

pub(super) fn is_font_collection(bytes: &[u8]) -> bool {
    bytes.starts_with(b"ttcf")
}

pub(super) fn is_rtf(bytes: &[u8]) -> bool {
    bytes.starts_with(b"{\\rtf")
}

/// Returns whether the data is text without control characters.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    !bytes.is_empty()
        && std::str::from_utf8(bytes)
            .is_ok_and(|text| !text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')))
}

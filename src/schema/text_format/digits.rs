//! Texts made of digits: numbers, hashes, Base64, SIM cards, telephone numbers.

pub(super) fn numeric(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

pub(super) fn hex(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

pub(super) fn sha256_hex(text: &str) -> bool {
    text.len() == 64 && hex(text)
}

/// Padded Base64. Line breaks and indentation are allowed anywhere.
pub(super) fn base64(text: &str) -> bool {
    let mut digits = 0_usize;
    let mut padding = 0_usize;
    for byte in text.bytes() {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {}
            b'=' => padding += 1,
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' if padding == 0 => digits += 1,
            _ => return false,
        }
    }
    padding <= 2 && (digits + padding).is_multiple_of(4)
}

/// 18 to 22 digits: Apple's example has 20, and cards in use have the others.
pub(super) fn iccid(text: &str) -> bool {
    (18..=22).contains(&text.len()) && numeric(text)
}

pub(super) fn e164(text: &str) -> bool {
    text.strip_prefix('+')
        .is_some_and(|number| (2..=15).contains(&number.len()) && !number.starts_with('0') && numeric(number))
}

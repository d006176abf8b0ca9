//! Paths and names of files.

/// A path from the root; a URL such as `file:///` is none.
pub(super) fn absolute_path(text: &str) -> bool {
    text.starts_with('/') && !text.contains('\0')
}

/// A path from the root, from a home folder, or from wherever it is used.
pub(super) fn path(text: &str) -> bool {
    !text.is_empty() && !text.contains('\0') && !text.contains("://")
}

/// An absolute path of an executable file, as `/etc/shells` lists it.
pub(super) fn shell_path(text: &str) -> bool {
    absolute_path(text) && !text.ends_with('/') && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

pub(super) fn file_name(text: &str) -> bool {
    !matches!(text.trim(), "" | "." | "..") && !text.chars().any(|c| c == '/' || c.is_control())
}

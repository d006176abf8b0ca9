//! Paths and file names.

/// A path from the root, not a URL such as `file:///`.
pub(super) fn absolute_path(text: &str) -> bool {
    text.starts_with('/') && !text.contains('\0')
}

/// An absolute path, a path from a home folder, or a relative path.
pub(super) fn path(text: &str) -> bool {
    !text.is_empty() && !text.contains('\0') && !text.contains("://")
}

/// The absolute path of an executable file, as in `/etc/shells`.
pub(super) fn shell_path(text: &str) -> bool {
    absolute_path(text) && !text.ends_with('/') && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

pub(super) fn file_name(text: &str) -> bool {
    !matches!(text.trim(), "" | "." | "..") && !text.chars().any(|c| c == '/' || c.is_control())
}

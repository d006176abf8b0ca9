//! Patterns for the paths of files.

use std::path::Path;

use globset::{GlobBuilder, GlobMatcher};

/// A glob for paths relative to the folder of the configuration file.
///
/// `*` and `?` match within a name, `**` matches any number of folders. A pattern without `/` (except at its end)
/// matches a name in any folder. A pattern that matches a folder matches everything in it.
#[derive(Debug)]
pub struct PathPattern {
    glob: GlobMatcher,
    /// Whether the pattern is compared with a single name instead of a path.
    is_name: bool,
}

impl PathPattern {
    /// Parses a pattern.
    ///
    /// # Errors
    ///
    /// Returns an error if the pattern is empty or not a valid glob, or if it is absolute or leads out of the folder: it could not match.
    pub fn new(text: &str) -> Result<Self, String> {
        let pattern = text.strip_prefix("./").unwrap_or(text);
        let folder = pattern.strip_suffix("/**").or_else(|| pattern.strip_suffix('/'));
        let is_name = !text.trim_end_matches('/').contains('/');
        let pattern = folder.unwrap_or(pattern);
        if pattern.is_empty() {
            return Err("expected a path or a glob such as `legacy/**`, found nothing".to_owned());
        }
        if Path::new(pattern).is_absolute() || pattern.split('/').any(|name| name == "..") {
            let message = "expected a path relative to the folder of the configuration file and within it";
            return Err(format!("{message}, found `{text}`"));
        }
        let glob = GlobBuilder::new(pattern)
            .literal_separator(true)
            .build()
            .map_err(|error| format!("not a valid glob: {}", error.kind()))?;
        Ok(Self {
            glob: glob.compile_matcher(),
            is_name,
        })
    }

    /// Whether the pattern matches a path relative to the folder of the configuration file, or a folder around it.
    pub fn matches(&self, path: &Path) -> bool {
        if self.is_name {
            path.iter().any(|name| self.glob.is_match(name))
        } else {
            let around = path.ancestors().take_while(|path| !path.as_os_str().is_empty());
            around.into_iter().any(|path| self.glob.is_match(path))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_names_paths_and_folders() {
        for (pattern, path, expected) in [
            ("*.json", "a/b/c.json", true),
            ("*.json", "c.json", true),
            ("*.json", "a/b/c.plist", false),
            ("./*.json", "c.json", true),
            ("./*.json", "a/c.json", false),
            ("legacy", "a/legacy/b/c.json", true),
            ("legacy/", "legacy/c.json", true),
            ("legacy/", "a/legacy/c.json", true),
            ("./legacy/", "legacy/c.json", true),
            ("legacy/**", "legacy/a/b.json", true),
            ("legacy/**", "other/legacy/b.json", false),
            ("legacy/*", "legacy/a/b.json", true),
            ("legacy/*.json", "legacy/b.json", true),
            ("legacy/*.json", "legacy/a/b.json", false),
            ("**/wifi/*.json", "wifi/a.json", true),
            ("**/wifi/*.json", "a/b/wifi/a.json", true),
            ("a/**/z.json", "a/z.json", true),
            ("a/**/z.json", "a/b/c/z.json", true),
            ("a/{b,c}/*.json", "a/c/z.json", true),
            ("a/[bc].json", "a/c.json", true),
            ("a/b.json", "a/b.json", true),
            ("b.json/x", "b.json", false),
            ("**", "a/b.json", true),
            ("*", "a/b.json", true),
        ] {
            let matches = PathPattern::new(pattern).unwrap().matches(Path::new(path));
            assert_eq!(matches, expected, "{pattern} {path}");
        }
        for pattern in ["", "/", "/etc/x", "../x", "a/../../x", "a[", "a{b"] {
            assert!(PathPattern::new(pattern).is_err(), "{pattern}");
        }
    }
}

//! Files with expected output. `UPDATE_GOLDEN=1` rewrites them.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// Compares `found` with a file in `tests/golden`. With `UPDATE_GOLDEN=1`, writes the file instead.
pub fn compare(name: &str, found: &str) {
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(path(name), found).unwrap();
    } else {
        check(name, found);
    }
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

/// Compares `found` with a file in `tests/golden`.
pub fn check(name: &str, found: &str) {
    let expected = fs::read_to_string(path(name)).unwrap_or_default();
    if expected == found {
        return;
    }
    let (expected, found): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
    let mut message = String::new();
    for line in expected.iter().filter(|line| !found.contains(line)).take(40) {
        message += &format!("- {line}\n");
    }
    for line in found.iter().filter(|line| !expected.contains(line)).take(40) {
        message += &format!("+ {line}\n");
    }
    panic!("tests/golden/{name} differs; if this is meant, run with UPDATE_GOLDEN=1 and commit it:\n{message}");
}

//! Compares two trees of which only one is in memory.

use std::hash::{DefaultHasher, Hash, Hasher};

use apple_mdm::codec::View;

use crate::document::{self, Step};

/// The hashes of all values of a tree, in order. They take a fraction of the tree's memory.
pub struct Fingerprints(Vec<u32>);

/// A value's hash, and whether it is an array or dictionary.
#[derive(Clone, Copy)]
struct Fingerprint {
    hash: u32,
    is_container: bool,
}

impl Fingerprints {
    /// Computes the hashes of a tree.
    pub fn of(tree: View<'_>) -> Self {
        let mut hashes = Vec::new();
        visit(tree, &mut Vec::new(), &mut |_, fingerprint| {
            hashes.push(fingerprint.hash)
        });
        Self(hashes)
    }

    /// Returns the paths at which another tree differs. The last one can stand for several if the number or names of entries differ.
    pub fn differences(&self, other: View<'_>) -> Vec<String> {
        let mut paths = Vec::new();
        let mut hashes = self.0.iter();
        let mut is_aligned = true;
        visit(other, &mut Vec::new(), &mut |steps, fingerprint| {
            if is_aligned && hashes.next() != Some(&fingerprint.hash) {
                paths.push(document::path(steps));
                is_aligned = !fingerprint.is_container;
            }
        });
        if is_aligned && hashes.next().is_some() {
            paths.push(String::new());
        }
        paths
    }
}

fn visit(value: View<'_>, steps: &mut Vec<Step>, f: &mut dyn FnMut(&[Step], Fingerprint)) {
    let mut hasher = DefaultHasher::new();
    if let Some(Step::Key(key)) = steps.last() {
        key.hash(&mut hasher);
    }
    value.type_of().map(|of| of.to_string()).hash(&mut hasher);
    let mut count = 0;
    match value {
        View::String(text) => text.hash(&mut hasher),
        View::Integer(number) => number.hash(&mut hasher),
        View::Real(number) => number.to_bits().hash(&mut hasher),
        View::Boolean(flag) => flag.hash(&mut hasher),
        View::Data(bytes) => bytes.hash(&mut hasher),
        View::Date(date) => date.hash(&mut hasher),
        View::Uid(number) => number.hash(&mut hasher),
        View::Unparsed(unparsed) => unparsed.as_str().hash(&mut hasher),
        View::Array(list) => list.len().hash(&mut hasher),
        value => {
            value.each(&mut |_, _| count += 1);
            count.hash(&mut hasher);
        }
    }
    let fingerprint = Fingerprint {
        #[allow(clippy::cast_possible_truncation, reason = "half of a hash is a hash")]
        hash: hasher.finish() as u32,
        is_container: count > 0 || matches!(value, View::Array(_)),
    };
    f(steps, fingerprint);
    match value {
        View::Array(list) => {
            for index in 0..list.len() {
                steps.push(Step::Index(index));
                visit(list.item(index), steps, f);
                steps.pop();
            }
        }
        value => value.each(&mut |key, value| {
            steps.push(Step::Key(key.to_owned()));
            visit(*value, steps, f);
            steps.pop();
        }),
    }
}

#[cfg(test)]
mod tests {
    use apple_mdm::Document;
    use apple_mdm::codec::Write;
    use apple_mdm::value::Value;

    use super::*;

    #[test]
    fn differences_have_paths() {
        for (a, b, expected) in [
            (
                r#"{"a": [1, {"b": 2}], "c": 0}"#,
                r#"{"a": [1, {"b": 2}], "c": 0}"#,
                &[][..],
            ),
            (
                r#"{"a": [1, {"b c": 2}, 3], "d": 0}"#,
                r#"{"a": [1, {"b c": "2"}, 4], "d": 0}"#,
                &[r#"a[1]["b c"]"#, "a[2]"],
            ),
            (
                r#"{"a": {"b": 1, "c": 2}, "d": 3}"#,
                r#"{"a": {"b": 1}, "d": 4}"#,
                &["a"],
            ),
            (r#"{"a": 1}"#, r#"{"b": 1}"#, &["b"]),
            ("[1]", "[[1]]", &["[0]"]),
            ("[[1]]", "[1]", &["[0]", ""]),
        ] {
            let tree = |text: &str| match Value::from_slice(text.as_bytes()) {
                Ok(tree) => tree,
                Err(error) => panic!("{text}: {error}"),
            };
            let fingerprints = Fingerprints::of(tree(a).view());
            assert_eq!(fingerprints.differences(tree(b).view()), expected, "{a} {b}");
        }
    }
}

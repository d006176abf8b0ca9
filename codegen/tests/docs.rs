//! What the documentation of generated types says.

mod fixture;

use fixture::Fixture;

/// The documentation in front of the line that has `code`, without the marks of a comment.
fn doc(source: &str, code: &str) -> String {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let at = lines.iter().position(|line| line.starts_with(code));
    let at = at.unwrap_or_else(|| panic!("no `{code}` in {source}"));
    let above = lines[..at].iter().rev().skip_while(|line| line.starts_with("#["));
    let mut doc: Vec<&str> = above.map_while(|line| line.strip_prefix("///")).collect();
    doc.reverse();
    let text: Vec<&str> = doc.iter().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    text.join("\n")
}

#[test]
fn what_values_stand_for_is_told_beside_them() {
    let keys = "
- {key: Mode, type: <string>, rangelist: [dark, '1.3', light]}
- {key: Level, type: <integer>, rangelist: [-1, 0, 7], content: How much.}
";
    let overlay = "
keys:
  Mode:
    values: { dark: No light at all., 1.3: One and a bit. }
    source: content of Mode
  Level: { values: { -1: Never., 0: At once. }, source: content of Level }
";
    let source = Fixture::new("meanings")
        .payload(keys)
        .with("overlay/mdm/profiles/example.yaml", overlay)
        .source("profiles.rs");
    for (code, expected) in [
        ("Dark,", "`dark`: No light at all."),
        ("V1_3,", "`1.3`: One and a bit."),
        ("Light,", "`light`"),
    ] {
        assert_eq!(doc(&source, code), expected);
    }
    let level = doc(&source, "pub level:");
    assert!(level.ends_with("\n\n- `-1`: Never.\n- `0`: At once.\n- `7`"), "{level}");
}

#[test]
fn an_enum_of_several_keys_is_described_by_any_of_them() {
    let keys = "
- {key: A, type: <dictionary>, subkeys: [{key: Mode, type: <string>, rangelist: [On, Off]}]}
- {key: B, type: <dictionary>, subkeys: [{key: Mode, type: <string>, rangelist: [On, Off]}]}
";
    let overlay = "keys: {B.Mode: {values: {On: All of it.}}}\n";
    let source = Fixture::new("shared_meanings")
        .payload(keys)
        .with("overlay/mdm/profiles/example.yaml", overlay)
        .source("profiles.rs");
    assert_eq!(doc(&source, "On,"), "`On`: All of it.");
}

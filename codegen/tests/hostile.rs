//! Broken and malicious files result in an error or in code, within seconds, and never in a panic.

mod fixture;
mod shared;

use std::time::{Duration, Instant};

use apple_mdm_codegen::{Config, folder, parse};
use fixture::{Fixture, payload};

/// The time limit for each file. It allows for unoptimized code and a busy machine.
const LIMIT: Duration = Duration::from_secs(4);

/// Returns the errors in a payload with this text, and checks the time limit.
fn errors(name: &str, text: &str) -> Vec<String> {
    let fixture = Fixture::new(name).with("mdm/profiles/example.yaml", text);
    let start = Instant::now();
    let result = Config::new(fixture.root()).generate();
    let took = start.elapsed();
    assert!(took < LIMIT, "{name}: {took:?}");
    let error = result.expect_err(name).to_string();
    error.lines().map(str::to_owned).collect()
}

/// Lists of keys that each refer `wide` times to the previous list, so that the number of values grows exponentially.
fn bomb(levels: usize, wide: usize) -> String {
    let mut keys = "- {key: L0, type: <dictionary>, subkeys: &l0 [{key: A, type: <string>}]}\n".to_owned();
    for level in 1..levels {
        let below = level - 1;
        let list: Vec<String> = (0..wide)
            .map(|number| format!("{{key: K{number}, type: <dictionary>, subkeys: *l{below}}}"))
            .collect();
        keys.push_str(&format!(
            "- {{key: L{level}, type: <dictionary>, subkeys: &l{level} [{}]}}\n",
            list.join(", ")
        ));
    }
    payload(&keys)
}

/// Lists of keys that all refer to each other.
fn web(lists: usize) -> String {
    let key = |list: usize| format!("{{key: K{list}, type: <dictionary>, subkeys: *l{list}}}");
    let mut inner = "[{key: End, type: <string>}]".to_owned();
    for list in (0..lists).rev() {
        let others: Vec<String> = (0..=list).map(key).collect();
        inner = format!(
            "&l{list} [{{key: N{list}, type: <dictionary>, subkeys: {inner}}}, {}]",
            others.join(", ")
        );
    }
    payload(&format!("- {{key: Root, type: <dictionary>, subkeys: {inner}}}\n"))
}

#[test]
fn files_that_would_take_forever_are_rejected_at_once() {
    let nested = |open: &str, close: &str, depth: usize| format!("a: {}{}", open.repeat(depth), close.repeat(depth));
    let block: String = (0..700).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    let chain: String = (1..100)
        .map(|n| {
            format!(
                "- {{key: C{n}, type: <array>, subkeys: &c{n} [{{key: I, type: <array>, subkeys: *c{}}}]}}\n",
                n - 1
            )
        })
        .collect();
    let chain = payload(&format!(
        "- {{key: C0, type: <array>, subkeys: &c0 [{{key: I, type: <string>}}]}}\n{chain}"
    ));
    let shared = "a: &x [1,1,1,1,1,1,1,1,1,1]\n".to_owned()
        + &(0..9)
            .map(|n| {
                format!(
                    "b{n}: &é{n} [{}]\n",
                    vec![
                        if n == 0 {
                            "1".to_owned()
                        } else {
                            format!("*é{}", n - 1)
                        };
                        10
                    ]
                    .join(", ")
                )
            })
            .collect::<String>();
    for (name, text, expected) in [
        ("brackets", nested("[", "]", 20_000), "nested more than 128 levels deep"),
        (
            "open-brackets",
            nested("[", "", 20_000),
            "nested more than 128 levels deep",
        ),
        (
            "braces",
            nested("{a: ", "}", 20_000),
            "nested more than 128 levels deep",
        ),
        (
            "under-the-limit",
            nested("[", "]", 250),
            "nested more than 128 levels deep",
        ),
        ("dashes", "- ".repeat(20_000), "nested more than 128 levels deep"),
        ("questions", "? ".repeat(20_000), "nested more than 128 levels deep"),
        ("block", block, "nested more than 128 levels deep"),
        ("bomb", bomb(30, 10), "the file has more than 200000 values"),
        ("small-bomb", bomb(20, 2), "the file has more than 200000 values"),
        ("values-bomb", shared, ""),
        ("chain", chain, "keys are nested more than 32 levels deep"),
        (
            "array-of-itself",
            payload("- {key: A, type: <array>, subkeys: &a [{key: B, type: <array>, subkeys: *a}]}\n"),
            "`B` is infinitely nested",
        ),
        (
            "map-of-itself",
            payload("- {key: A, type: <dictionary>, subkeys: &a [{key: ANY, type: <dictionary>, subkeys: *a}]}\n"),
            "`ANY` is infinitely nested",
        ),
        (
            "required-in-itself",
            payload(
                "- {key: A, type: <dictionary>, subkeys: &a [{key: B, presence: required, type: <dictionary>, subkeys: *a}]}\n",
            ),
            "`B` is required within itself",
        ),
        (
            "value-of-itself",
            payload("- {key: A, type: <string>, supportedOS: &a {iOS: *a}}\n"),
            "the alias `*a` is within the value that it refers to",
        ),
        (
            "long",
            format!("title: {}\n", "a".repeat(2 << 20)),
            "the file has 2097160 bytes, and the limit is 1048576",
        ),
        (
            "pattern",
            payload("- {key: A, type: <string>, format: '((((a{1000}){1000}){1000}){1000})'}\n"),
            "not a valid regular expression",
        ),
        (
            "parentheses",
            payload(&format!(
                "- {{key: A, type: <string>, format: '{}'}}\n",
                "(".repeat(20_000)
            )),
            "not a valid regular expression",
        ),
    ] {
        let errors = errors(&format!("hostile_{name}"), &text);
        assert!(
            errors
                .iter()
                .any(|error| error.starts_with("mdm/profiles/example.yaml: ") && error.contains(expected)),
            "{name}: {:.300}",
            errors.join("\n")
        );
    }
}

#[test]
fn lists_and_texts_beyond_the_limits_are_rejected_quickly() {
    let many = |count: usize, each: fn(usize) -> String| (0..count).map(each).collect::<Vec<_>>().join(", ");
    let values = many(60_000, |n| format!("v{n}"));
    let unknown = many(20_000, |n| format!("{{key: K{n}, type: <strin>, presence: x, foo: 1}}"));
    let keys = many(500, |n| format!("{{key: K{n}, type: <string>}}"));
    let facts = many(20_000, |n| format!("Z{n}: {{secret: true}}"));
    let rules = many(8_000, |n| {
        format!("{{kind: requires, keys: [Z{n}], says: A., source: x}}")
    });
    for (name, keys, overlay, expected) in [
        (
            "values",
            format!("- {{key: A, type: <string>, rangelist: [{values}]}}\n"),
            String::new(),
            "payloadkeys.A: `rangelist` has 60000 values; the limit is 2000",
        ),
        (
            "text",
            format!(
                "- {{key: A, type: <string>, content: '{}'}}\n",
                "[a](b) <c> `d ".repeat(50_000)
            ),
            String::new(),
            "payloadkeys.A: `content` has 699999 bytes; the limit is 32768",
        ),
        (
            "keys",
            format!("  [{unknown}]\n"),
            String::new(),
            "payloadkeys: 20000 keys in one dictionary; a generated type can have 512",
        ),
        (
            "values-of-the-overlay",
            "- {key: A, type: <string>}\n".to_owned(),
            format!("keys: {{A: {{rangelist: [{values}]}}}}\n"),
            "A: rangelist: has 60000 values; the limit is 2000",
        ),
        (
            "facts",
            format!("  [{keys}]\n"),
            format!("keys: {{{facts}}}\n"),
            "the schema has no `Z0` (at `Z0`)",
        ),
        (
            "rules",
            format!("  [{keys}]\n"),
            format!("rules: [{rules}]\n"),
            "rules: has 8000 rules; the limit is 500",
        ),
    ] {
        let mut fixture = Fixture::new(&format!("many_{name}")).payload(&keys);
        if !overlay.is_empty() {
            fixture = fixture.with("overlay/mdm/profiles/example.yaml", &overlay);
        }
        let start = Instant::now();
        let error = Config::new(fixture.root()).generate().expect_err(name).to_string();
        assert!(start.elapsed() < LIMIT, "{name}: {:?}", start.elapsed());
        assert!(error.contains(expected), "{name}: {:.300}", error);
    }
}

#[test]
fn an_overlay_cannot_make_a_key_contain_itself() {
    let keys = "- {key: A, type: <dictionary>, subkeys: &a [{key: B, type: <dictionary>, subkeys: *a}, {key: C, type: <string>}]}\n";
    let only = "- {key: A, type: <dictionary>, subkeys: &a [{key: B, type: <dictionary>, subkeys: *a}]}\n";
    for (index, (keys, facts, expected)) in [
        (keys, "A.B: {presence: required}", "`B` is required within itself"),
        (keys, "A.B: {group: true}", "`B` is required within itself"),
        (only, "A.B: {any: true}", "`B` is infinitely nested"),
        (only, "A: {type: array}, A.B: {type: array}", "`B` is infinitely nested"),
    ]
    .into_iter()
    .enumerate()
    {
        let fixture = Fixture::new(&format!("overlay_loop_{index}")).payload(keys);
        let errors = fixture
            .with("overlay/mdm/profiles/example.yaml", &format!("keys: {{{facts}}}\n"))
            .errors();
        assert!(
            errors.len() == 1 && errors[0].contains(expected),
            "{facts}: {errors:#?}"
        );
    }
}

#[cfg(unix)]
#[test]
fn links_to_enclosing_folders_are_not_followed_and_devices_not_read() {
    let fixture = Fixture::new("links").payload("- {key: A, type: <string>}\n");
    let profiles = fixture.root().join("mdm/profiles");
    for name in ["a", "b", "c"] {
        std::os::unix::fs::symlink(".", profiles.join(name)).unwrap();
    }
    std::os::unix::fs::symlink("/dev/zero", profiles.join("zero.yaml")).unwrap();
    let start = Instant::now();
    let errors = fixture.errors();
    assert!(start.elapsed() < LIMIT, "{:?}", start.elapsed());
    assert!(
        errors.len() == 1 && errors[0].ends_with("mdm/profiles/zero.yaml: not a regular file"),
        "{errors:#?}"
    );
}

#[test]
fn lists_that_refer_to_each_other_stay_within_the_time_limit() {
    let fixture = Fixture::new("web").with("mdm/profiles/example.yaml", &web(14));
    let start = Instant::now();
    let output = Config::new(fixture.root()).generate();
    assert!(start.elapsed() < LIMIT, "{:?}", start.elapsed());
    output.unwrap();
}

#[test]
fn bytes_that_are_not_yaml_are_errors_that_name_the_file() {
    for (index, (bytes, expected)) in [
        (&b""[..], "the file is empty"),
        (b"# only a comment\n", "the file is empty"),
        (
            b"- a list\n",
            "expected a mapping with `title` and `payload`, found a list",
        ),
        (b"just text", "found the text `just text`"),
        (b"a: [", "not valid YAML"),
        (b"a:\n\t- b\n", "a line is indented with a tab"),
        (b"title: a: b\n", "put a text that contains `: ` in quotes"),
        (b"title: @home\n", "in quotes"),
        (b"title: a\nb: c\xff\n", "line 2 is not UTF-8"),
        (b"\xff\xfet\0i\0", "line 1 is not UTF-8"),
        (b"--- {a: b}\n--- {a: b}\n", "not valid YAML"),
        (b"title: \0\n", "not valid YAML"),
    ]
    .into_iter()
    .enumerate()
    {
        let fixture = Fixture::new(&format!("bytes_{index}")).payload("- {key: A, type: <string>}\n");
        std::fs::write(fixture.root().join("mdm/profiles/broken.yaml"), bytes).unwrap();
        let errors = fixture.errors();
        assert!(
            errors.len() == 1 && errors[0].contains("mdm/profiles/broken.yaml: ") && errors[0].contains(expected),
            "{errors:#?}"
        );
    }
}

/// Pseudorandom numbers that are the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap()
    }
}

/// Changes some lines, characters or words of a text.
fn mutated(text: &str, random: &mut Random) -> String {
    const PARTS: [&str; 24] = [
        "*id001",
        "&id001 ",
        "<<: ",
        ": ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        "'",
        "\"",
        "|",
        ">",
        "\t",
        "\n",
        "#",
        "!!int ",
        "? ",
        "%",
        "@",
        "~",
        "\u{feff}",
        "1e999",
        "subkeys: &id002\n",
    ];
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..=random.below(4) {
        let at = random.below(lines.len().max(1));
        let Some(line) = lines.get(at).cloned() else { break };
        match random.below(7) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(at, line),
            2 => {
                let other = random.below(lines.len());
                lines.swap(at, other);
            }
            3 => lines[at] = line.trim_start().to_owned(),
            4 => lines[at] = format!("{}{line}", " ".repeat(random.below(5))),
            5 => {
                let ends: Vec<usize> = line.char_indices().map(|(at, _)| at).collect();
                let place = ends.get(random.below(ends.len().max(1))).copied().unwrap_or(0);
                lines[at].insert_str(place, PARTS[random.below(PARTS.len())]);
            }
            _ => {
                let words: Vec<&str> = line.split(' ').collect();
                let gone = random.below(words.len());
                let kept = words.iter().enumerate().filter(|(index, _)| *index != gone);
                lines[at] = kept.map(|(_, word)| *word).collect::<Vec<_>>().join(" ");
            }
        }
    }
    lines.join("\n")
}

#[test]
fn damaged_files_never_panic() {
    let schemas = shared::repository().join("schemas");
    let paths = folder::files(&schemas).unwrap();
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let (mut read, mut refused) = (0, 0);
    for path in paths.iter().step_by(3) {
        let text = folder::read(&schemas.join(path)).unwrap();
        if text.len() > 20_000 {
            continue;
        }
        for _ in 0..6 {
            let text = mutated(&text, &mut random);
            let start = Instant::now();
            let mut mistakes = Vec::new();
            match parse::file(path, &text, &mut mistakes) {
                Ok(_) if mistakes.is_empty() => read += 1,
                _ => refused += 1,
            }
            assert!(start.elapsed() < LIMIT, "{path}:\n{text}");
        }
    }
    assert!(read > 20 && refused > 100, "{read} {refused}");
}

#[test]
fn damaged_payloads_are_generated_or_rejected() {
    let schemas = shared::repository().join("schemas");
    let mut random = Random(0x0123_4567_89AB_CDEF);
    let profiles = schemas.join("mdm/profiles");
    for path in folder::all_files(&profiles).unwrap().iter().step_by(9) {
        let text = folder::read(&profiles.join(path)).unwrap();
        if text.len() > 10_000 {
            continue;
        }
        let text = mutated(&text, &mut random);
        let fixture = Fixture::new("damaged").with("mdm/profiles/example.yaml", &text);
        let start = Instant::now();
        if let Err(error) = Config::new(fixture.root()).generate() {
            assert!(error.to_string().contains("example"), "{error}");
        }
        assert!(start.elapsed() < LIMIT, "{path}:\n{text}");
    }
}

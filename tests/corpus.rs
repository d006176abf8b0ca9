//! Writes the seed documents and the dictionary for fuzzing: `cargo test --all-features --test corpus -- --ignored`.
#![cfg(all(feature = "lint", feature = "cms"))]

mod documents;
mod shared;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use apple_mdm::Document;
use apple_mdm::lint::{Kind, Options, lint};
use apple_mdm::schema;
use apple_mdm::value::{Dictionary, Value};
use documents::{Fill, samples};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Returns the fuzz targets that a document is for: the one for its kind, and lint, which accepts every kind.
fn targets(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Profile => &["profile", "lint"],
        Kind::Response => &["response", "lint"],
        Kind::Checkin => &["checkin", "lint"],
        Kind::Declaration | Kind::Status => &["declaration", "lint"],
        _ => &["lint"],
    }
}

/// Makes documents for every item, in several formats.
fn make_documents() -> Vec<Vec<u8>> {
    let mut made = Vec::new();
    for (index, sample) in samples().iter().enumerate() {
        let fill = |variant| Fill {
            json: sample.json,
            ..Fill::new(variant)
        };
        for fill in [
            fill(index % Fill::NUMBER),
            Fill {
                sparse: true,
                ..fill((index + 1) % Fill::NUMBER)
            },
        ] {
            let mut document = sample.document(fill.dictionary(sample.table));
            if document.get("PayloadUUID").is_some() && document.get("PayloadContent").is_none() {
                document = Dictionary::from_iter([
                    ("PayloadContent", vec![document].into()),
                    ("PayloadIdentifier", "com.example".into()),
                    ("PayloadType", "Configuration".into()),
                    ("PayloadUUID", "3F2504E0-4F89-41D3-9A0C-0305E82C3301".into()),
                    ("PayloadVersion", 1.into()),
                ] as [(&str, Value); 5])
                .into();
            }
            let bytes = match (sample.json, index % 3) {
                (true, _) => document.to_json_compact().map(String::into_bytes),
                (false, 0) => document.to_binary(),
                (false, _) => document.to_xml().map(String::into_bytes),
            };
            made.push(bytes.unwrap());
        }
    }
    made
}

#[test]
#[ignore = "writes files: fuzz/corpus and fuzz/dictionary"]
fn write_fuzzing_seeds() {
    let mut documents = make_documents();
    for entry in fs::read_dir(folder("tests/data/cms")).unwrap() {
        let path = entry.unwrap().path();
        documents.push(fs::read(&path).unwrap());
        let seeds = folder("fuzz/corpus/cms");
        fs::create_dir_all(&seeds).unwrap();
        fs::copy(&path, seeds.join(path.file_name().unwrap())).unwrap();
    }
    documents.extend(shared::files("profiles").into_iter().map(|(_, bytes)| bytes));
    let mut written = 0;
    for (number, bytes) in documents.iter().enumerate() {
        for target in targets(lint(bytes, &Options::default()).kind) {
            let folder = folder("fuzz/corpus").join(target);
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(format!("made-{number:04}")), bytes).unwrap();
            written += 1;
        }
    }
    // Inputs from earlier findings that the repository keeps.
    for entry in fs::read_dir(folder("tests/data/fuzz")).into_iter().flatten() {
        let from = entry.unwrap().path();
        let to = folder("fuzz/corpus").join(from.file_name().unwrap());
        fs::create_dir_all(&to).unwrap();
        for file in fs::read_dir(from).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), to.join(file.file_name())).unwrap();
            written += 1;
        }
    }
    let words = dictionary();
    fs::write(folder("fuzz/dictionary"), words.join("\n") + "\n").unwrap();
    eprintln!("{written} files, {} words", words.len());
}

/// The words that the fuzzer may insert: property-list tags, JSON syntax, and names from the schema.
fn dictionary() -> Vec<String> {
    let mut words: BTreeSet<String> = [
        "<dict>",
        "</dict>",
        "<dict/>",
        "<array>",
        "</array>",
        "<array/>",
        "<key>",
        "</key>",
        "<string>",
        "</string>",
        "<string/>",
        "<true/>",
        "<false/>",
        "<integer>1</integer>",
        "<integer>-1</integer>",
        "<real>30</real>",
        "<real>nan</real>",
        "<data>QQ==</data>",
        "<data/>",
        "<date>2024-05-06T07:08:09Z</date>",
        "<plist version=\"1.0\">",
        "</plist>",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
        "<!DOCTYPE plist>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "&amp;",
        "&lt;",
        "&#x41;",
        "null",
        "true",
        "false",
        "1e400",
        "\\u0000",
        "\\ud800",
        "{\"a\":",
        "[1,",
        "bplist00",
    ]
    .map(str::to_owned)
    .into();
    for item in schema::items() {
        words.insert(item.name.to_owned());
        for keys in [item.keys, item.response].into_iter().flatten() {
            // Only keys at the first level; the seed documents contain the others.
            words.extend(keys.keys.iter().map(|key| key.name.to_owned()));
        }
    }
    words.retain(|word| !word.is_empty() && word.len() <= 64);
    words
        .iter()
        .map(|word| format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\"")))
        .collect()
}

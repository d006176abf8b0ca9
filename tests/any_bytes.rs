//! Invariants for any bytes: for documents changed at random, and for everything that fuzzing ever found.

mod documents;
mod entries;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use apple_mdm::Document;
use documents::{Fill, samples};
use entries::{ENTRIES, Random};

fn data(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(folder);
    let mut files: Vec<_> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| (path.display().to_string(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn documents_found_by_fuzzing_are_handled() {
    for (name, entry) in ENTRIES {
        for (path, bytes) in data(&format!("fuzz/{name}")) {
            eprintln!("{path}");
            entry(&bytes);
        }
    }
}

#[test]
fn changed_documents_keep_the_invariants() {
    let mut documents: Vec<Vec<u8>> = data("cms").into_iter().map(|(_, bytes)| bytes).collect();
    for (index, sample) in samples().iter().enumerate() {
        let fill = Fill {
            json: sample.json,
            sparse: index % 2 == 0,
            ..Fill::new(index % Fill::NUMBER)
        };
        let document = sample.document(fill.dictionary(sample.table));
        documents.push(match (sample.json, index % 3) {
            (true, _) => document.to_json().unwrap().into_bytes(),
            (false, 0) => document.to_binary().unwrap(),
            (false, _) => document.to_xml().unwrap().into_bytes(),
        });
    }
    // It is a test, not a campaign: for that there is fuzz/, or more seconds and another seed.
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    let seconds = Duration::from_secs(number("ANY_BYTES_SECONDS").unwrap_or(20));
    let mut random = Random::new(number("ANY_BYTES_SEED").unwrap_or(0x9e37_79b9_7f4a_7c15));
    let start = Instant::now();
    let mut tried = 0;
    while start.elapsed() < seconds {
        let (index, other) = (random.below(documents.len()), random.below(documents.len()));
        let mut bytes = documents[index].clone();
        for _ in 0..random.below(4) {
            random.change(&mut bytes, &documents[other]);
        }
        for (name, entry) in ENTRIES {
            if let Err(panic) = std::panic::catch_unwind(|| entry(&bytes)) {
                eprintln!("{name}: {:?}", String::from_utf8_lossy(&bytes));
                std::panic::resume_unwind(panic);
            }
            tried += 1;
        }
    }
    eprintln!("{tried} documents");
    assert!(tried > 100, "{tried}");
}

//! Prints the table of run times in `docs/performance.md`: reading, writing, validation and lint, compared with alternatives, with their
//! memory use. Run it with `cargo bench -p apple-mdm-benches --bench table`. An argument after `--` selects the rows that contain it.
//!
//! The candidates take turns of a few milliseconds, and the fastest turn of each counts. On a busy machine the ratios are then the same
//! from run to run, while averages differ by half.

mod made;

use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use allocation_counter::measure;
use apple_mdm::Document;
use apple_mdm::commands::{Request, Response};
use apple_mdm::declarations::Declaration;
use apple_mdm::lint::{self, Options};
use apple_mdm::profiles::Profile;
use apple_mdm::protocol::StatusReport;
use apple_mdm::validate::{Channel, Target, Validate};
use apple_mdm::value::Value;
use made::derived;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The length and number of turns.
const TURN: Duration = Duration::from_millis(2);
const TURNS: usize = 60;

/// A candidate: its name and the function to measure.
type Candidate<'a> = (&'static str, &'a mut dyn FnMut());

/// Wraps a function so that the optimizer cannot remove it although its result is unused.
fn discard<T>(f: impl Fn() -> T) -> impl FnMut() {
    move || drop(black_box(f()))
}

/// Prints a row: time and memory of the first candidate, and the relative times of the others.
fn row(name: &str, bytes: usize, candidates: &mut [Candidate<'_>], python: Option<f64>) {
    let filter = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    if filter.is_some_and(|filter| !name.contains(&filter)) {
        return;
    }
    let mut counts = Vec::new();
    for (_, run) in candidates.iter_mut() {
        run();
        let start = Instant::now();
        run();
        let count = TURN.as_nanos() / start.elapsed().as_nanos().max(1);
        counts.push(u32::try_from(count).unwrap_or(u32::MAX).max(1));
    }
    let mut best = vec![f64::MAX; candidates.len()];
    for _ in 0..TURNS {
        for ((best, count), (_, run)) in best.iter_mut().zip(&counts).zip(candidates.iter_mut()) {
            let start = Instant::now();
            for _ in 0..*count {
                run();
            }
            *best = best.min(start.elapsed().as_secs_f64() / f64::from(*count));
        }
    }
    let own = best[0];
    let mut others = Vec::new();
    for ((name, run), best) in candidates.iter_mut().zip(&best).skip(1) {
        others.push(format!("{name} {:.2} ({})", best / own, measure(run).count_total));
    }
    if let Some(seconds) = python {
        others.push(format!("plistlib {:.0}", seconds / own));
    }
    let memory = measure(&mut candidates[0].1);
    println!(
        "| {name} | {bytes} | {:.1} µs | {:.0} MB/s | {} | {:.1} | {} |",
        own * 1e6,
        bytes as f64 / own / 1e6,
        memory.count_total,
        memory.bytes_max as f64 / bytes as f64,
        others.join(", "),
    );
}

/// Measures how long Python's `plistlib` takes to read and to write the document. Returns `None` without Python.
fn plistlib(document: &[u8]) -> (Option<f64>, Option<f64>) {
    let path = std::env::temp_dir().join(format!("apple-mdm-bench-{}.plist", std::process::id()));
    let output = std::fs::write(&path, document).ok().and_then(|()| {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/plistlib_times.py");
        Command::new("python3").arg(script).arg(&path).output().ok()
    });
    let _ = std::fs::remove_file(&path);
    let text = output
        .and_then(|output| String::from_utf8(output.stdout).ok())
        .unwrap_or_default();
    let mut seconds = text.split_whitespace().map(|word| word.parse().ok());
    (seconds.next().flatten(), seconds.next().flatten())
}

/// Reads a document with this crate.
type Read = fn(&[u8]);

/// Reads a response with its body in one pass.
fn read_response(bytes: &[u8]) {
    let _ = black_box(Response::from_slice_as::<made::Applications>(bytes));
}

/// Reads a response, and then its body.
fn read_response_in_two_steps(bytes: &[u8]) {
    let body = |response: Response| response.body::<made::Applications>();
    let _ = black_box(Response::from_slice(bytes).and_then(body));
}

/// Measures a property list in both formats, compared with the structs `D`. `read` reads it with this crate, and so does `slower`.
fn property_list<T: Document, D: Serialize + DeserializeOwned>(
    name: &str,
    value: &T,
    read: Read,
    slower: Option<(&'static str, Read)>,
) {
    let (xml, binary) = (value.to_xml().unwrap(), value.to_binary().unwrap());
    let tree: plist::Value = plist::from_bytes(xml.as_bytes()).unwrap();
    let derived: D = plist::from_bytes(xml.as_bytes()).unwrap();
    let (python_reads, python_writes) = plistlib(xml.as_bytes());
    for (format, bytes, python) in [("XML", xml.as_bytes(), python_reads), ("binary", &binary, None)] {
        let mut typed = || read(black_box(bytes));
        let mut events = discard(|| made::events(black_box(&xml)));
        let mut plist = discard(|| plist::from_bytes::<plist::Value>(black_box(bytes)));
        let mut derive = discard(|| plist::from_bytes::<D>(black_box(bytes)));
        let mut other = || slower.iter().for_each(|(_, read)| read(black_box(bytes)));
        let mut candidates: Vec<Candidate<'_>> = vec![("typed", &mut typed)];
        if format == "XML" {
            candidates.push(("events", &mut events));
        }
        candidates.extend([("plist", &mut plist as &mut dyn FnMut()), ("derive", &mut derive)]);
        if let Some((name, _)) = slower {
            candidates.push((name, &mut other));
        }
        row(&format!("read {format}, {name}"), bytes.len(), &mut candidates, python);
    }
    row(
        &format!("write XML, {name}"),
        xml.len(),
        &mut [
            ("typed", &mut discard(|| black_box(value).to_xml())),
            (
                "plist",
                &mut discard(|| made::written(|bytes| black_box(&tree).to_writer_xml(bytes))),
            ),
            (
                "derive",
                &mut discard(|| made::written(|bytes| plist::to_writer_xml(bytes, black_box(&derived)))),
            ),
        ],
        python_writes,
    );
    row(
        &format!("write binary, {name}"),
        binary.len(),
        &mut [
            ("typed", &mut discard(|| black_box(value).to_binary())),
            (
                "plist",
                &mut discard(|| made::written(|bytes| black_box(&tree).to_writer_binary(bytes))),
            ),
            (
                "derive",
                &mut discard(|| made::written(|bytes| plist::to_writer_binary(bytes, black_box(&derived)))),
            ),
        ],
        None,
    );
}

/// Measures a JSON document, compared with the structs `D`.
fn json<T: Document, D: Serialize + DeserializeOwned>(name: &str, value: &T) {
    let text = value.to_json_compact().unwrap();
    let tree: serde_json::Value = serde_json::from_str(&text).unwrap();
    let derived: D = serde_json::from_str(&text).unwrap();
    row(
        &format!("read JSON, {name}"),
        text.len(),
        &mut [
            ("typed", &mut discard(|| T::from_slice(black_box(text.as_bytes())))),
            (
                "serde_json",
                &mut discard(|| serde_json::from_slice::<serde_json::Value>(black_box(text.as_bytes()))),
            ),
            (
                "derive",
                &mut discard(|| serde_json::from_slice::<D>(black_box(text.as_bytes()))),
            ),
        ],
        None,
    );
    row(
        &format!("write JSON, {name}"),
        text.len(),
        &mut [
            ("typed", &mut discard(|| black_box(value).to_json_compact())),
            ("serde_json", &mut discard(|| serde_json::to_string(black_box(&tree)))),
            ("derive", &mut discard(|| serde_json::to_string(black_box(&derived)))),
        ],
        None,
    );
}

/// Measures validation and lint, compared with reading: on a target where everything is available and validation reports this number of
/// findings, and on a target where something is not available.
fn validated<T: Document + Validate>(name: &str, value: &T, here: &Target, findings: usize, elsewhere: &Target) {
    let xml = value.to_xml().unwrap();
    let report = value.check(here);
    assert!(report.is_ok() && report.findings().len() == findings && !value.check(elsewhere).is_ok());
    row(
        &format!("validate, {name}"),
        xml.len(),
        &mut [
            ("reading", &mut discard(|| T::from_slice(black_box(xml.as_bytes())))),
            (
                "reading a Value",
                &mut discard(|| Value::from_slice(black_box(xml.as_bytes()))),
            ),
            ("validate", &mut discard(|| black_box(value).validate())),
            ("check", &mut discard(|| black_box(value).check(here))),
            ("check elsewhere", &mut discard(|| black_box(value).check(elsewhere))),
            (
                "lint",
                &mut discard(|| lint::lint(black_box(xml.as_bytes()), &Options::default())),
            ),
        ],
        None,
    );
}

fn main() {
    // `cargo test --all-targets` runs this program too.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    println!(
        "| operation | bytes | time | speed | allocations | peak memory / bytes | others, relative time (allocations) |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    let read_command = |bytes: &[u8]| drop(black_box(Request::from_slice(bytes)));
    let read_profile = |bytes: &[u8]| drop(black_box(Profile::from_slice(bytes)));
    let in_two_steps = Some(("in two steps", read_response_in_two_steps as Read));
    let response = made::response(100);
    property_list::<Request, derived::Command>("command", &made::command(), read_command, None);
    property_list::<Response, derived::Response>(
        "response of 100 applications",
        &response,
        read_response,
        in_two_steps,
    );
    property_list::<Profile, derived::Profile>("profile of 6", &made::profile(6), read_profile, None);
    property_list::<Profile, derived::Profile>("profile of 1,000", &made::profile(1000), read_profile, None);
    json::<Declaration, derived::Declaration>("declaration", &made::declaration());
    json::<StatusReport, derived::StatusReport>("status report of 50", &made::status_report(50));
    let [mac, phone] = [Target::macos("15.2"), Target::ios("18.2")]
        .map(|target| target.unwrap().supervised(true).channel(Channel::Device));
    validated("command", &made::command(), &mac, 0, &phone);
    validated("profile of 6", &made::profile(6), &phone, 0, &mac);
    validated("profile of 1,000", &made::profile(1000), &phone, 0, &mac);
    validated("profile as found", &made::profile_as_found(), &mac, 6, &phone);
}

//! The memory and time for a document are in proportion to its length.

use std::fs;
use std::time::{Duration, Instant};

use apple_mdm::profiles::Profile;
use apple_mdm::value::Value;
use apple_mdm::{Document, ErrorKind};

/// The most memory that the process has had since it was last forgotten, in bytes, where the system says so.
fn peak() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: usize = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes << 10)
}

/// Forgets the peak, so that it is what the process has now.
fn forget() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// A binary property list of these objects, references of two bytes, the first object its root.
fn document(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"bplist00".to_vec();
    let mut offsets = Vec::new();
    for object in objects {
        offsets.push(u32::try_from(bytes.len()).unwrap());
        bytes.extend_from_slice(object);
    }
    let (count, table) = (objects.len() as u64, bytes.len() as u64);
    bytes.extend(offsets.into_iter().flat_map(u32::to_be_bytes));
    bytes.extend_from_slice(&[0, 0, 0, 0, 0, 0, 4, 2]);
    bytes.extend([count, 0, table].into_iter().flat_map(u64::to_be_bytes));
    bytes
}

fn container(marker: u8, references: &[u16]) -> Vec<u8> {
    let len = references.len() / if marker == 0xd0 { 2 } else { 1 };
    let mut object = vec![marker | 0xf, 0x12];
    object.extend(u32::try_from(len).unwrap().to_be_bytes());
    object.extend(references.iter().flat_map(|reference| reference.to_be_bytes()));
    object
}

fn text(len: usize) -> Vec<u8> {
    [
        &[0x5f, 0x12][..],
        &u32::try_from(len).unwrap().to_be_bytes(),
        &vec![b'a'; len],
    ]
    .concat()
}

fn name(n: u16) -> Vec<u8> {
    [&[0x54][..], format!("{n:04}").as_bytes()].concat()
}

/// Small documents that stand for huge ones: each level refers many times to the next.
fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let tower = |levels: u16, level: &dyn Fn(u16) -> Vec<u8>| -> Vec<Vec<u8>> { (1..=levels).map(level).collect() };
    let mut arrays = tower(16, &|next| container(0xa0, &[next; 16]));
    arrays.push(vec![0x09]);
    let mut wide = tower(3, &|next| container(0xa0, &vec![next; 4000]));
    wide.push(vec![0xa0]);
    let mut empty_dictionaries = tower(3, &|next| container(0xa0, &vec![next; 4000]));
    empty_dictionaries.push(vec![0xd0]);
    let strings = vec![container(0xa0, &vec![1; 60_000]), text(1 << 20)];
    let data = vec![
        container(0xa0, &vec![1; 60_000]),
        [&[0x4f][..], &text(1 << 20)[1..]].concat(),
    ];
    // One dictionary with many keys, many times.
    let keys: Vec<u16> = (2..1002).collect();
    let values = vec![2; keys.len()];
    let mut dictionaries = vec![
        container(0xa0, &vec![1; 60_000]),
        container(0xd0, &[keys.clone(), values.clone()].concat()),
    ];
    dictionaries.extend(keys.iter().map(|n| name(*n)));
    let mut tall = vec![
        container(0xa0, &vec![1; 60_000]),
        container(0xa0, &vec![2; 60_000]),
        container(0xd0, &[3, 4]),
    ];
    tall.extend([name(0), vec![0xd0]]);
    vec![
        ("arrays in arrays", document(&arrays)),
        ("empty arrays", document(&wide)),
        ("empty dictionaries", document(&empty_dictionaries)),
        ("a string", document(&strings)),
        ("data", document(&data)),
        ("a dictionary", document(&dictionaries)),
        ("small dictionaries", document(&tall)),
        (
            "small dictionaries in a long document",
            document(&[&tall[..], &[text(1 << 20)]].concat()),
        ),
    ]
}

// One test, so that no other one uses memory or time meanwhile.
#[test]
fn memory_and_time_are_in_proportion_to_the_document() {
    references_to_shared_objects();
    many_keys_and_items();
}

fn references_to_shared_objects() {
    for (what, bytes) in bombs() {
        forget();
        let before = peak();
        let start = Instant::now();
        let error = Value::from_slice(&bytes).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::TooLarge { .. }), "{what}: {error}");
        assert!(Profile::from_slice(&bytes).is_err());
        assert!(start.elapsed() < Duration::from_secs(20), "{what}");
        if let (Some(before), Some(after)) = (before, peak()) {
            let grown = after - before;
            eprintln!("{what}: {} bytes, {} more at the peak", bytes.len(), grown);
            assert!(grown < (16 << 20) + 110 * bytes.len(), "{what}: {grown}");
        }
    }
    // Each object once, and as many as fit: this is read, at the same price.
    let count = 60_000;
    let references: Vec<u16> = (1..=count).collect();
    let objects: Vec<Vec<u8>> = std::iter::once(container(0xa0, &references))
        .chain((0..count).map(|_| vec![0xd0]))
        .collect();
    let bytes = document(&objects);
    assert_eq!(
        Value::from_slice(&bytes).unwrap().as_array().unwrap().len(),
        usize::from(count)
    );
    // The same string, as writers that share objects have it.
    let keys: Vec<u16> = (2..602).collect();
    let mut objects = vec![
        container(0xa0, &[1; 40]),
        container(0xd0, &[keys.clone(), vec![2; 600]].concat()),
    ];
    objects.extend(keys.iter().map(|n| name(*n)));
    let shared = Value::from_slice(&document(&objects)).unwrap();
    assert_eq!(shared.as_array().unwrap()[39].as_dictionary().unwrap().len(), 600);
}

fn many_keys_and_items() {
    let misfits = |count: usize| {
        let link = "<dict><key>ErrorCode</key><string>x</string><key>ErrorDomain</key><integer>1</integer></dict>";
        format!(
            "<dict><key>Status</key><string>Error</string><key>ErrorChain</key><array>{}</array></dict>",
            link.repeat(count)
        )
    };
    let unknown = |count: usize| {
        let keys: String = (0..count).map(|n| format!("<key>k{n}</key><dict/>")).collect();
        format!(
            "<dict><key>PayloadContent</key><array><dict>{keys}<key>PayloadType</key><string>a</string></dict></array></dict>"
        )
    };
    let invalid = |count: usize| {
        let payload = "<dict><key>minLength</key><string/><key>PayloadType</key>\
                       <string>com.apple.mobiledevice.passwordpolicy</string></dict>";
        format!(
            "<dict><key>PayloadContent</key><array>{}</array></dict>",
            payload.repeat(count)
        )
    };
    let time = |document: String, read: fn(&[u8])| {
        let start = Instant::now();
        read(document.as_bytes());
        start.elapsed()
    };
    let response: fn(&[u8]) = |bytes| drop(apple_mdm::commands::Response::from_slice(bytes).unwrap());
    let profile: fn(&[u8]) = |bytes| drop(Profile::from_slice(bytes).unwrap());
    /// What a case is called, its text by size, and what reads it.
    type Case<'a> = (&'a str, &'a dyn Fn(usize) -> String, fn(&[u8]));
    let cases: [Case<'_>; 3] = [
        ("misfits", &misfits, response),
        ("unknown keys", &unknown, profile),
        ("invalid payloads", &invalid, profile),
    ];
    for (what, make, read) in cases {
        let (small, large) = (time(make(1000), read), time(make(16_000), read));
        eprintln!("{what}: {small:?}, sixteen times as many: {large:?}");
        assert!(
            large < 160 * small.max(Duration::from_millis(1)),
            "{what}: {small:?} {large:?}"
        );
    }
}

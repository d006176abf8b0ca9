//! The peak memory of reading, compared with the memory of the result.
#![cfg(all(feature = "commands", feature = "profiles"))]

use allocation_counter::measure;
use apple_mdm::Document;
use apple_mdm::commands::Response;
use apple_mdm::profiles::{PayloadEntry, Profile, Restrictions};
use apple_mdm::value::{Dictionary, Value};

/// The most memory that reading holds at once, and what it holds at its end.
fn peak_and_end<T: Document>(bytes: &[u8]) -> (u64, u64) {
    let mut read = None;
    let memory = measure(|| read = Some(T::from_slice(bytes).unwrap()));
    let end = u64::try_from(memory.bytes_current).unwrap();
    (memory.bytes_max, end)
}

fn profile(payloads: usize) -> Profile {
    let entry = |number: usize| {
        let restrictions = Restrictions {
            allow_camera: Some(false),
            ..Restrictions::default()
        };
        PayloadEntry::new(format!("com.example.{number}"), format!("{number:036}"), restrictions)
    };
    Profile::new("com.example", "0", (0..payloads).map(entry))
}

fn response(applications: usize) -> Value {
    let application = |number: usize| {
        Value::from(Dictionary::from_iter([
            ("Identifier", Value::from(format!("com.example.application{number}"))),
            ("BundleSize", 48_234_496.into()),
            ("DynamicSize", 1_662_976.into()),
            ("Installing", false.into()),
            ("BetaApp", false.into()),
        ]))
    };
    Value::from(Dictionary::from_iter([
        ("Status", Value::from("Acknowledged")),
        (
            "InstalledApplicationList",
            Value::Array((0..applications).map(application).collect()),
        ),
    ]))
}

/// A binary property list says how many items an array has: none is moved, and there is no room for more.
#[test]
fn binary_property_lists_take_the_memory_of_their_values() {
    for count in [1, 5, 100, 1025] {
        let bytes = profile(count).to_binary().unwrap();
        let (peak, end) = peak_and_end::<Profile>(&bytes);
        assert!(peak <= end + 512, "{count} payloads: {peak} for {end}");
        let size = u64::try_from(count * (size_of::<PayloadEntry>() + size_of::<Restrictions>() + 60)).unwrap();
        assert!(end < size + 512, "{count} payloads: {end}");

        let bytes = response(count).to_binary().unwrap();
        let (peak, end) = peak_and_end::<Response>(&bytes);
        assert!(peak <= end + 512, "{count} applications: {peak} for {end}");
    }
}

/// The dictionaries of an array have the memory of their values, whatever their keys are.
#[test]
fn keys_of_the_items_of_an_array_are_there_once() {
    let value = response(1000);
    let values = u64::try_from(1000 * (6 * size_of::<Value>() + "com.example.application999".len())).unwrap();
    let (_, of_binary) = peak_and_end::<Value>(&value.to_binary().unwrap());
    assert!(of_binary < values + 2048, "{of_binary} for {values}");
    let (_, of_xml) = peak_and_end::<Value>(value.to_xml().unwrap().as_bytes());
    let (_, of_json) = peak_and_end::<Value>(value.to_json().unwrap().as_bytes());
    for end in [of_xml, of_json] {
        // The array grows, and has room for some more.
        assert!(end < values + 2048 + 24 * 32, "{end} for {values}");
    }
}

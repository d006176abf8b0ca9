//! Nothing is lost: sample documents of every item survive a round trip through every format.

mod documents;

use apple_mdm::codec::{Map, Record, View};
use apple_mdm::generated::HasTable;
use apple_mdm::profiles::{CommonPayloadKeys, Dock, Payload, PayloadEntry};
use apple_mdm::schema::{Dict, Key, Kind};
use apple_mdm::value::{Date, Dictionary, Value};
use apple_mdm::{Document, ErrorKind};
use documents::{Fill, Sample, Whole, each_dictionary, samples, tolerate};

/// Calls `f` with every record in a document.
fn each_record(records: &[&dyn Record], f: &mut dyn FnMut(&dyn Record)) {
    fn look(view: View<'_>, f: &mut dyn FnMut(&dyn Record)) {
        match view {
            View::Record(record) => {
                f(record);
                for index in 0..record.table().keys.len() {
                    look(record.get(index), f);
                }
            }
            View::Array(list) => (0..list.len()).for_each(|index| look(list.item(index), f)),
            View::Map(map) => map.each(&mut |_, view| look(*view, f)),
            _ => {}
        }
    }
    for record in records {
        look(View::Record(*record), f);
    }
}

/// The document in every format that it has, read again.
fn reread(sample: &Sample, document: &dyn Whole, json: bool) {
    let name = &sample.name;
    let mut written = vec![
        (
            "XML",
            document.xml().unwrap_or_else(|e| panic!("{name}: {e}")).into_bytes(),
        ),
        ("binary", document.binary().unwrap_or_else(|e| panic!("{name}: {e}"))),
    ];
    if json {
        written.push((
            "JSON",
            document.json().unwrap_or_else(|e| panic!("{name}: {e}")).into_bytes(),
        ));
    }
    for (format, bytes) in written {
        let again = (sample.read)(&bytes).unwrap_or_else(|e| panic!("{name} as {format}: {e}"));
        assert!(
            document.same(&*again),
            "{name} as {format}:\n{:?}\n{:?}",
            document.value(),
            again.value()
        );
    }
}

fn fills() -> impl Iterator<Item = Fill> {
    (0..Fill::NUMBER).map(Fill::new)
}

/// The fill with nothing that JSON changes the type of, for those that are JSON.
fn for_sample(fill: Fill, sample: &Sample) -> Fill {
    Fill {
        json: sample.json,
        ..fill
    }
}

#[test]
fn every_key_of_every_item_survives_a_round_trip() {
    let (mut documents, mut keys) = (0, 0);
    for sample in samples() {
        for fill in fills() {
            let fill = for_sample(fill, &sample);
            let document = sample.document(fill.dictionary(sample.table));
            let read = (sample.read)(&document.to_binary().unwrap()).unwrap_or_else(|e| panic!("{}: {e}", sample.name));
            let records = read.records().unwrap_or_else(|e| panic!("{}: {e}", sample.name));
            each_record(&records, &mut |record| {
                let extra: Vec<&str> = record.extra().keys().filter(|key| *key != "Any Key").collect();
                assert!(
                    extra.is_empty(),
                    "{}: {extra:?} in {:?}",
                    sample.name,
                    record.table().name
                );
                keys += record.table().keys.len();
            });
            assert_eq!(read.value(), document, "{}", sample.name);
            reread(&sample, &*read, fill.json);
            documents += 1;
        }
    }
    eprintln!("{documents} documents, {keys} keys");
}

#[test]
fn property_list_items_survive_a_round_trip_through_json() {
    for sample in samples().iter().filter(|sample| !sample.json) {
        for fill in fills() {
            let fill = Fill { json: true, ..fill };
            let document = sample.document(fill.dictionary(sample.table));
            let read = (sample.read)(&document.to_binary().unwrap()).unwrap();
            reread(sample, &*read, true);
        }
    }
}

#[test]
fn items_with_only_their_required_keys_are_read() {
    for sample in samples() {
        let fill = Fill {
            sparse: true,
            ..for_sample(Fill::new(0), &sample)
        };
        let document = sample.document(fill.dictionary(sample.table));
        let read = sample
            .read_value(&document)
            .unwrap_or_else(|e| panic!("{}: {e}", sample.name));
        read.records().unwrap_or_else(|e| panic!("{}: {e}", sample.name));
        assert_eq!(read.value(), document, "{}", sample.name);
        reread(&sample, &*read, fill.json);
    }
}

#[test]
fn unknown_keys_are_kept_in_every_dictionary() {
    for sample in samples() {
        for fill in fills() {
            let fill = Fill {
                unknown: true,
                ..for_sample(fill, &sample)
            };
            let document = sample.document(fill.dictionary(sample.table));
            let read = sample
                .read_value(&document)
                .unwrap_or_else(|e| panic!("{}: {e}", sample.name));
            let records = read.records().unwrap_or_else(|e| panic!("{}: {e}", sample.name));
            let common: *const Dict = CommonPayloadKeys::TABLE;
            each_record(&records, &mut |record| {
                // In a payload the unknown key is the item's; a declaration's is in its payload.
                let around = std::ptr::eq(record.table(), common) || record.table().name == "DeclarationBase";
                let kept = record.extra().contains_key(Fill::UNKNOWN);
                let table = record.table().name;
                assert_eq!(kept, !around, "{}: {table}", sample.name);
                assert_eq!(record.extra().misfits().count(), 0, "{}: {table}", sample.name);
            });
            assert_eq!(read.value(), document, "{}", sample.name);
            reread(&sample, &*read, fill.json);
        }
    }
}

#[test]
fn numbers_and_booleans_are_read_from_other_types() {
    for sample in samples() {
        for fill in fills() {
            let fill = for_sample(fill, &sample);
            let mut keys = fill.dictionary(sample.table);
            let exact = sample.read_value(&sample.document(keys.clone())).unwrap();
            each_dictionary(sample.table, &mut keys, &mut |table, keys| {
                for key in table.keys {
                    if let Some(value) = keys.get_mut(key.name) {
                        tolerate(key, value);
                    }
                }
            });
            let careless = sample.document(keys);
            let read = sample
                .read_value(&careless)
                .unwrap_or_else(|e| panic!("{}: {e}", sample.name));
            read.records().unwrap_or_else(|e| panic!("{}: {e}", sample.name));
            assert!(
                exact.same(&*read),
                "{}:\n{:?}\n{:?}",
                sample.name,
                exact.value(),
                read.value()
            );
        }
    }
}

/// A value that the key cannot have.
fn wrong(key: &Key) -> Option<Value> {
    Some(match key.kind {
        Kind::String | Kind::Array(_) | Kind::OneOrMany(_) => 5.into(),
        Kind::Integer => 0.5.into(),
        Kind::Real | Kind::Date => "no number and no date".into(),
        Kind::Boolean => 2.into(),
        Kind::Data => "no base64!".into(),
        Kind::Dictionary(_) | Kind::Union(_) | Kind::Map(_) => vec!["no dictionary"].into(),
        _ => return None,
    })
}

#[test]
fn misfits_in_device_messages_are_kept_with_the_reason() {
    let mut count = 0;
    for sample in samples().iter().filter(|sample| sample.table.lenient) {
        let fill = for_sample(Fill::new(0), sample);
        // First what holds nothing else, at every level; then every key of the document itself.
        for outermost in [false, true] {
            let mut keys = fill.dictionary(sample.table);
            each_dictionary(sample.table, &mut keys, &mut |table, keys| {
                for key in table
                    .keys
                    .iter()
                    .filter(|_| outermost == std::ptr::eq(table, sample.table))
                {
                    let container = matches!(
                        key.kind,
                        Kind::Dictionary(_) | Kind::Array(_) | Kind::OneOrMany(_) | Kind::Map(_)
                    );
                    let is_tag = key.field.is_empty();
                    if let Some(wrong) = wrong(key).filter(|_| !is_tag && (outermost || !container)) {
                        keys.insert(key.name, wrong);
                    }
                }
            });
            let document = sample.document(keys);
            let read = sample
                .read_value(&document)
                .unwrap_or_else(|e| panic!("{}: {e}", sample.name));
            let records = read.records().unwrap_or_else(|e| panic!("{}: {e}", sample.name));
            each_record(&records, &mut |record| {
                let outer = std::ptr::eq(record.table(), sample.table);
                for (index, key) in record.table().keys.iter().enumerate() {
                    let container = matches!(
                        key.kind,
                        Kind::Dictionary(_) | Kind::Array(_) | Kind::OneOrMany(_) | Kind::Map(_)
                    );
                    let is_wrong = outer == outermost && wrong(key).is_some() && (outermost || !container);
                    if !is_wrong || key.field.is_empty() || record.table().name == "CommonPayloadKeys" {
                        continue;
                    }
                    count += 1;
                    let at = format!("{}: {} of {}", sample.name, key.name, record.table().name);
                    let reason = record
                        .extra()
                        .misfit(key.name)
                        .unwrap_or_else(|| panic!("{at} is no misfit"));
                    assert!(
                        matches!(reason.kind(), ErrorKind::WrongType { .. } | ErrorKind::Value { .. }),
                        "{at}: {reason}"
                    );
                    assert!(
                        reason.path().ends_with(key.name) || reason.path().ends_with("\"]"),
                        "{at}: {reason}"
                    );
                    assert!(record.get(index).is_absent(), "{at}");
                }
            });
            assert_eq!(read.value(), document, "{}", sample.name);
            reread(sample, &*read, fill.json);
        }
    }
    eprintln!("{count} values that do not fit");
    assert!(count > 1000);
}

#[test]
fn misfits_in_server_messages_make_the_item_invalid_but_lossless() {
    let (mut types, mut absent) = (0, 0);
    for sample in samples().iter().filter(|sample| !sample.table.lenient) {
        let fill = for_sample(Fill::new(0), sample);
        let keys = fill.dictionary(sample.table);
        for key in sample.table.keys.iter().filter(|key| !key.field.is_empty()) {
            let Some(wrong) = wrong(key) else { continue };
            let mut broken = keys.clone();
            broken.insert(key.name, wrong);
            check_invalid(sample, broken, key, |kind| {
                matches!(kind, ErrorKind::WrongType { .. } | ErrorKind::Value { .. })
            });
            types += 1;
            if key.required {
                let mut broken = keys.clone();
                broken.remove(key.name);
                check_invalid(sample, broken, key, |kind| *kind == ErrorKind::MissingKey);
                absent += 1;
            }
        }
    }
    eprintln!("{types} of a wrong type, {absent} absent");
    assert!(types > 1000 && absent > 200, "{types} {absent}");
}

/// The item is invalid for this key, or, where it is no item of an enum, the document an error.
fn check_invalid(sample: &Sample, keys: Dictionary, key: &Key, is_reason: impl Fn(&ErrorKind) -> bool) {
    let document = sample.document(keys);
    let at = format!("{}: {}", sample.name, key.name);
    let mut path = String::new();
    if document.get("Payload").is_some() && sample.json {
        path.push_str("Payload.");
    }
    path.push_str(key.name);
    let plain = key.name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    match sample.read_value(&document) {
        Err(error) => {
            assert!(is_reason(error.kind()), "{at}: {error}");
            assert!(!plain || error.path() == path, "{at}: {error}");
        }
        Ok(read) => {
            let reason = read.records().err().unwrap_or_else(|| panic!("{at} fits"));
            assert!(
                !plain || reason.starts_with(&format!("invalid: {path}")),
                "{at}: {reason}"
            );
            // Without a type, data and dates stay the text that they are in JSON.
            let whole = if sample.json {
                Value::from_slice(document.to_json().unwrap().as_bytes()).unwrap()
            } else {
                document
            };
            assert_eq!(read.value(), whole, "{at}");
            reread(sample, &*read, sample.json);
        }
    }
}

#[test]
fn common_payload_keys_are_not_in_any_payload() {
    let common = CommonPayloadKeys::TABLE;
    for item in apple_mdm::profiles::ITEMS {
        let own = item
            .keys
            .into_iter()
            .flat_map(|table| table.keys)
            .filter(|key| common.key(key.name).is_some());
        let own: Vec<&str> = own.map(|key| key.name).collect();
        assert!(
            own.is_empty() || matches!(item.rust, "TopLevel" | "CommonPayloadKeys"),
            "{}: {own:?}",
            item.rust
        );
    }
}

#[test]
fn items_without_a_textual_discriminator_are_unknown_and_lossless() {
    for name in [
        Value::from(5),
        vec!["Settings"].into(),
        Value::Data(b"x".into()),
        Dictionary::new().into(),
    ] {
        for (tag, sample) in [
            ("RequestType", "RestartDevice"),
            ("PayloadType", "Dock"),
            ("MessageType", "CheckOut"),
            ("Type", "PasscodeSettings"),
        ] {
            let sample = samples().into_iter().find(|known| known.name == sample).unwrap();
            for absent in [false, true] {
                let mut document = sample.document(Dictionary::from_iter([("Key", 1)]));
                let keys = document.as_dictionary_mut().unwrap();
                if absent {
                    keys.remove(tag);
                } else {
                    keys.insert(tag, name.clone());
                }
                let read = (sample.read)(&document.to_binary().unwrap()).unwrap_or_else(|e| panic!("{tag}: {e}"));
                assert_eq!(read.records().err().as_deref(), Some("unknown"), "{tag}");
                assert_eq!(read.value(), document, "{tag}");
                reread(&sample, &*read, false);
            }
        }
    }
}

#[test]
fn a_key_in_a_field_and_in_extra_is_written_once() {
    let mut dock = Dock::default();
    dock.extra.insert("PayloadUUID", "of the extra");
    dock.extra.insert("PayloadType", "com.example");
    dock.extra.insert("orientation", "of the extra");
    dock.orientation = Some("left".into());
    let mut entry = PayloadEntry::new("com.example", "24A9D6AC-9C34-45F3-B92F-88C4657204C9", dock);
    entry.common.extra.insert("tilesize", 7);
    if let Payload::Dock(dock) = &mut entry.payload {
        dock.tilesize = Some(8);
    }
    for bytes in [
        entry.to_xml().unwrap().into_bytes(),
        entry.to_binary().unwrap(),
        entry.to_json().unwrap().into_bytes(),
    ] {
        let again = PayloadEntry::from_slice(&bytes).unwrap_or_else(|e| panic!("{e}"));
        let dock = again.payload.get::<Dock>().unwrap();
        assert_eq!(
            (dock.tilesize, dock.orientation.as_ref()),
            (Some(8), Some(&"left".into()))
        );
    }
    assert_eq!(entry.to_value().unwrap().as_dictionary().unwrap().len(), entry.len());
}

#[test]
fn a_message_with_another_discriminator_is_written_back_unchanged() {
    use apple_mdm::checkin::Authenticate;

    let text = b"<plist><dict><key>MessageType</key><string>Check\nOut</string><key>UDID</key><string>x</string></dict></plist>";
    let message = Authenticate::from_slice(text).unwrap();
    let written = Value::from_slice(message.to_xml().unwrap().as_bytes()).unwrap();
    assert_eq!(written, Value::from_slice(text).unwrap());
    let why = message.extra.misfit("MessageType").unwrap().to_string();
    assert_eq!(
        why,
        "MessageType, line 1, column 36: expected `Authenticate`, found `Check\\nOut`"
    );
}

#[test]
fn dates_are_never_rounded_to_the_next_second() {
    for text in [
        "9999-12-31T23:59:59.9999999Z",
        "2024-05-06T07:08:09.999999999Z",
        "0000-01-01T00:00:00.999999999Z",
    ] {
        let date: Date = text.parse().unwrap();
        let read = Value::from_slice(&Value::Date(date).to_binary().unwrap()).unwrap();
        let Value::Date(read) = read else { panic!("{text}") };
        assert_eq!(read.whole_seconds(), date.whole_seconds(), "{text}");
    }
    for text in ["2024-05-06#07:08:09Z", "2024-05-06507:08:09Z"] {
        assert!(text.parse::<Date>().is_err(), "{text}");
    }
}

#[test]
fn binary_documents_with_many_shared_values_can_be_read() {
    for value in [
        Value::Array(vec![Value::Data(vec![0; 1 << 20].into()); 200]),
        Value::Array(vec!["x".repeat(1000).into(); 20_000]),
        Value::Array(vec!["x".repeat(63).into(); 100_000]),
    ] {
        let bytes = value.to_binary().unwrap();
        let limits = apple_mdm::input::Limits::default().with_size(1 << 30);
        assert!(
            Value::from_slice_with(&bytes, &limits).unwrap() == value,
            "{} bytes",
            bytes.len()
        );
    }
    // A certificate that stands in several payloads is written once.
    let few = Value::Array(vec![Value::Data(vec![0; 2000].into()); 10]);
    assert!(few.to_binary().unwrap().len() < 2200);
}

//! What must hold of edits.

use apple_mdm::edit::{Edit, Editor};
use apple_mdm::input::{DocumentFormat, Input, Limits};
use apple_mdm::value::{Data, Date, Dictionary, Value};
use apple_mdm::{Document, Error, ErrorKind};

use super::{Random, pick};

/// A step to a value: the index of the child, and its part of the path.
type Steps = Vec<(usize, String)>;

/// Edits change what they name, and nothing else.
pub fn edit(bytes: &[u8]) {
    let Ok(input) = Input::new(bytes, &Limits::default()) else {
        return;
    };
    let read = Value::from_slice(bytes);
    let editor = Editor::new(&input);
    let (Ok(value), Ok(editor)) = (&read, editor) else {
        return agreed(&input, read.as_ref().err(), Editor::new(&input).err());
    };
    // Without edits the bytes are the same.
    assert!(!editor.is_changed());
    assert_eq!(editor.finish().expect("nothing is new"), bytes);
    let mut random = Random::new(pick(bytes, 1) as u64 | 1);
    let mut places = Vec::new();
    collect(value, &mut Vec::new(), &mut places);
    one_by_one(bytes, value, &places, &mut random);
    at_once(&input, value, &places, &mut random);
}

/// What the reader reads can be edited, with known exceptions, and what it does not read cannot.
fn agreed(input: &Input<'_>, read: Option<&Error>, edited: Option<Error>) {
    let is_kept = |error: &Error| match error.kind() {
        ErrorKind::NotText => input.format() == DocumentFormat::Binary,
        ErrorKind::Syntax(message) => message.contains("<plist>") || message.contains("encoding"),
        // An editor has limits of its own.
        ErrorKind::TooLarge { .. } => true,
        _ => false,
    };
    match (read, edited) {
        (None, Some(error)) => assert!(is_kept(&error), "it is read, but {error}"),
        (Some(error), None) => assert!(
            matches!(error.kind(), ErrorKind::TooLarge { .. }),
            "edited, but {error}"
        ),
        _ => {}
    }
}

/// Collects the places of all values but the document itself.
fn collect(value: &Value, steps: &mut Steps, found: &mut Vec<Steps>) {
    let mut visit = |index: usize, part: String, child: &Value| {
        steps.push((index, part));
        found.push(steps.clone());
        collect(child, steps, found);
        steps.pop();
    };
    for (index, item) in value.as_array().unwrap_or_default().iter().enumerate() {
        visit(index, format!("[{index}]"), item);
    }
    for (index, (key, child)) in value.as_dictionary().into_iter().flatten().enumerate() {
        visit(index, format!("[{}]", quoted(key)), child);
    }
}

fn quoted(key: &str) -> String {
    let mut text = String::from("\"");
    for c in key.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            c if c.is_control() => text.extend(c.escape_default()),
            c => text.push(c),
        }
    }
    text + "\""
}

fn path(steps: &Steps) -> String {
    steps.iter().map(|(_, part)| part.as_str()).collect()
}

fn at<'v>(value: &'v mut Value, steps: &[(usize, String)]) -> &'v mut Value {
    steps.iter().fold(value, |value, (index, _)| match value {
        Value::Array(items) => &mut items[*index],
        Value::Dictionary(entries) => {
            let key = entries.keys().nth(*index).expect("it was there").to_owned();
            entries.get_mut(&key).expect("it was there")
        }
        _ => panic!("no container"),
    })
}

/// A value that is new to the document.
fn new_value(random: &mut Random) -> Value {
    match random.below(9) {
        0 => true.into(),
        1 => (random.below(1000) as u64).into(),
        2 => (random.below(1000) as f64 / 8.0).into(),
        3 => Date::from_unix_seconds(random.below(1 << 30) as i64).unwrap().into(),
        4 => Data(vec![7; random.below(90)]).into(),
        5 => vec!["a", "<&>\r\n\"\\ €"].into(),
        6 => Dictionary::from_iter([("a.b", Value::from(vec![0; 0])), ("é<", Dictionary::new().into())]).into(),
        7 => "\u{1}x ]]> é".into(),
        _ => "new".into(),
    }
}

/// What JSON has instead of dates and data.
fn as_read(value: &Value, format: DocumentFormat) -> Value {
    if format != DocumentFormat::Json {
        return value.clone();
    }
    match value {
        Value::Date(date) => date.to_string().into(),
        Value::Data(_) => Value::from_slice(format!("[{}]", value.to_json().unwrap()).as_bytes())
            .unwrap()
            .as_array()
            .unwrap()[0]
            .clone(),
        value => value.clone(),
    }
}

/// An edit of a place, and what it does to the document.
fn edit_of(
    steps: &Steps,
    value: &Value,
    format: DocumentFormat,
    random: &mut Random,
) -> (Edit, impl Fn(&mut Value) + use<>) {
    let (last, parent) = steps.split_last().expect("not the document itself");
    let (index, new) = (last.0, new_value(random));
    let mut copy = value.clone();
    let is_entry = at(&mut copy, parent).as_dictionary().is_some();
    let path = path(steps);
    let name = format!("new {index} é");
    let parent_path = self::path(&parent.to_vec());
    let edit = match (random.below(4), is_entry) {
        (0, _) => Edit::Remove { path },
        (1, true) => Edit::Rename {
            path,
            key: name.clone(),
        },
        (2, true) => Edit::Insert {
            path: format!("{parent_path}[\"{name}\"]"),
            value: new.clone(),
        },
        (2, false) => Edit::InsertItem {
            path: parent_path,
            index,
            value: new.clone(),
        },
        _ => Edit::Set {
            path,
            value: new.clone(),
        },
    };
    let (new, kind, parent) = (as_read(&new, format), edit.clone(), parent.to_vec());
    let change = move |value: &mut Value| match (at(value, &parent), &kind) {
        (Value::Array(items), Edit::Remove { .. }) => drop(items.remove(index)),
        (Value::Array(items), Edit::InsertItem { .. }) => items.insert(index, new.clone()),
        (Value::Array(items), _) => items[index] = new.clone(),
        (Value::Dictionary(entries), kind) => {
            let key = entries.keys().nth(index).expect("it was there").to_owned();
            match kind {
                Edit::Remove { .. } => drop(entries.remove(&key)),
                Edit::Rename { .. } => {
                    // The order stays, so that indices do.
                    let renamed = entries
                        .iter()
                        .map(|(old, value)| (if *old == *key { name.clone() } else { old.to_owned() }, value.clone()));
                    *entries = renamed.collect();
                }
                Edit::Insert { .. } => drop(entries.insert(&name, new.clone())),
                _ => drop(entries.insert(&key, new.clone())),
            }
        }
        _ => panic!("no container"),
    };
    (edit, change)
}

/// Each edit alone does what it should, and edits that undo it bring the bytes back.
fn one_by_one(bytes: &[u8], value: &Value, places: &[Steps], random: &mut Random) {
    for _ in 0..places.len().min(6) {
        let steps = &places[random.below(places.len())];
        let input = Input::new(bytes, &Limits::default()).expect("it was read");
        let (edit, change) = edit_of(steps, value, input.format(), random);
        let mut editor = Editor::new(&input).expect("it was read");
        if let Err(error) = editor.apply(&edit) {
            assert_eq!(*error.kind(), ErrorKind::Present, "{edit:?}: {error}");
            continue;
        }
        let result = editor.finish().expect("it was accepted");
        let mut expected = value.clone();
        change(&mut expected);
        let found = read_again(&result, &edit);
        assert_eq!(found, expected, "{edit:?}: {}", String::from_utf8_lossy(&result));
        // What was added is removed again.
        let undo = match &edit {
            Edit::Insert { path, .. } => Edit::Remove { path: path.clone() },
            Edit::InsertItem { path, index, .. } => Edit::Remove {
                path: format!("{path}[{index}]"),
            },
            _ => continue,
        };
        let input = Input::new(&result, &Limits::default()).expect("it was written");
        let mut editor = Editor::new(&input).expect("it was written");
        editor.apply(&undo).expect("it is there");
        let back = editor.finish().expect("nothing is new");
        assert_eq!(read_again(&back, &undo), *value, "{undo:?}");
        // The dictionary or array has other children, so that its brackets stay.
        assert_eq!(
            String::from_utf8_lossy(&back),
            String::from_utf8_lossy(bytes),
            "{edit:?}, then {undo:?}"
        );
    }
}

/// Many edits at once do what they should: paths are those of the document as it was.
fn at_once(input: &Input<'_>, value: &Value, places: &[Steps], random: &mut Random) {
    let mut editor = Editor::new(input).expect("it was read");
    let mut made: Vec<(Steps, _)> = Vec::new();
    for _ in 0..places.len().min(20) {
        let steps = &places[random.below(places.len())];
        // Two edits of a place are not what this is about.
        if made.iter().any(|(known, _)| known == steps) {
            continue;
        }
        let (edit, change) = edit_of(steps, value, input.format(), random);
        match editor.apply(&edit) {
            Ok(()) => made.push((steps.clone(), change)),
            Err(error) => assert!(
                matches!(error.kind(), ErrorKind::Conflict | ErrorKind::Present),
                "{edit:?}: {error}"
            ),
        }
    }
    let result = editor.finish().expect("the edits were accepted");
    // From the end, so that indices stay what they are.
    made.sort_by(|(one, _), (other, _)| other.cmp(one));
    let mut expected = value.clone();
    for (_, change) in &made {
        change(&mut expected);
    }
    let found =
        Value::from_slice(&result).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&result)));
    assert_eq!(found, expected, "{}", String::from_utf8_lossy(&result));
}

fn read_again(result: &[u8], edit: &Edit) -> Value {
    Value::from_slice(result).unwrap_or_else(|error| panic!("{edit:?}: {error}: {}", String::from_utf8_lossy(result)))
}

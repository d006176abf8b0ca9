//! Edits of documents as they occur in the wild, in many forms: only what they name changes.

mod documents;
mod entries;
mod shared;
mod variants;

use apple_mdm::Document;
use apple_mdm::edit::Editor;
use apple_mdm::input::{Input, Limits};
use apple_mdm::value::Value;
use documents::{Fill, samples};

/// Documents of every item, each in one of its forms, and those that people published, in all.
fn all_documents() -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for (index, sample) in samples().iter().enumerate() {
        let fill = Fill {
            json: sample.json,
            sparse: index % 2 == 0,
            ..Fill::new(index % Fill::NUMBER)
        };
        let document = sample.document(fill.dictionary(sample.table));
        let text = if sample.json {
            document.to_json()
        } else {
            document.to_xml()
        };
        let mut forms = variants::variants(text.unwrap().as_bytes());
        let (form, bytes) = forms.swap_remove(index % forms.len());
        found.push((format!("{}, {form}", sample.name), bytes));
    }
    for folder in ["profiles", "apple-examples", "cases/documents", "cases/strict-xml"] {
        for (name, bytes) in shared::files(folder) {
            let forms = variants::variants(&bytes).into_iter();
            found.extend(forms.map(|(form, bytes)| (format!("{name}, {form}"), bytes)));
        }
    }
    found
}

#[test]
fn edits_of_all_documents_in_all_forms_do_what_they_name() {
    let edit = entries::ENTRIES.iter().find(|(name, _)| *name == "edit").unwrap().1;
    for (name, bytes) in all_documents() {
        if let Err(panic) = std::panic::catch_unwind(|| edit(&bytes)) {
            eprintln!("{name}");
            std::panic::resume_unwind(panic);
        }
    }
}

/// The paths of all texts in a document.
fn texts(value: &Value, path: &str, found: &mut Vec<String>) {
    for (index, item) in value.as_array().unwrap_or_default().iter().enumerate() {
        texts(item, &format!("{path}[{index}]"), found);
    }
    for (key, value) in value.as_dictionary().into_iter().flatten() {
        texts(value, &format!("{path}[{key:?}]"), found);
    }
    if value.as_str().is_some() {
        found.push(path.to_owned());
    }
}

#[test]
fn a_new_text_replaces_a_single_element() {
    for (name, bytes) in all_documents() {
        let (Ok(value), Ok(input)) = (Value::from_slice(&bytes), Input::new(&bytes, &Limits::default())) else {
            continue;
        };
        let (mut paths, before) = (Vec::new(), input.text().map(str::to_owned));
        texts(&value, "", &mut paths);
        let (Some(before), Ok(_)) = (before, Editor::new(&input)) else {
            continue;
        };
        for path in paths.iter().take(10) {
            let mut editor = Editor::new(&input).unwrap();
            editor.set(path, "\u{7}").unwrap();
            let result = editor.finish().unwrap();
            let after = Input::new(&result, &Limits::default()).unwrap();
            let after = after.text().unwrap();
            let start = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
            let same = before
                .bytes()
                .rev()
                .zip(after.bytes().rev())
                .take_while(|(a, b)| a == b)
                .count();
            let end = before.len() - same.min(before.len() - start).min(after.len() - start);
            let (removed, added) = (&before[start..end], &after[start..after.len() - (before.len() - end)]);
            assert!(
                !removed.contains("</string>") && !removed.contains("<key>") && added.len() < 32,
                "{name}, {path}: {removed} became {added}"
            );
        }
    }
}

//! Updates the schema folder from a checkout of Apple's repository: copies the facts, and keeps our descriptions.
//!
//! Only the fields that are listed here are copied. Any other field is skipped with a warning, so that somebody reviews it first.
//! Deleted keys and items remain if they are marked `removed`.

mod descriptions;
mod kept;
mod renames;
mod report;

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use serde_yaml::{Mapping, Value};

use crate::facts::{self, Facts};
use crate::{Error, folder, overlay, parse, resolve, yaml};

use descriptions::Descriptions;
use kept::Kept;
pub use report::Report;

/// The fields of a key that are facts, in the order of the written file.
const KEY_FACTS: [&str; 16] = [
    "key",
    "type",
    "presence",
    "valuetype",
    "subtype",
    "format",
    "rangelist",
    "range",
    "default",
    "repetition",
    "combinetype",
    "assettypes",
    "asset-content-types",
    "supportedOS",
    "content",
    "subkeytype",
];

/// The fields of `payload` that are facts.
const PAYLOAD_FACTS: [&str; 8] = [
    "requesttype",
    "payloadtype",
    "declarationtype",
    "statusitemtype",
    "credentialtype",
    "supportedOS",
    "apply",
    "beta",
];

/// Fields of a key or item that contain Apple's prose, or refer to it.
const KEY_PROSE: [&str; 1] = ["title"];
const ITEM_PROSE: [&str; 2] = ["notes", "examples"];

/// Creates or updates the schema folder `to` from the checkout `from`.
///
/// Deletes files and keys that the checkout no longer has, unless they are marked `removed`. A renamed file keeps its descriptions.
/// `RELEASE.yaml` and `overlay` do not change.
///
/// # Errors
///
/// Returns an error if a file cannot be read, parsed or written. Also returns an error if `from` is older than `to` and `older` is
/// false; the highest version that introduces something decides this. In both cases nothing is written.
pub fn import(from: &Path, to: &Path, older: bool) -> Result<Report, Error> {
    let mut report = Report::default();
    let theirs = documents(from, &folder::files(from)?)?;
    let ours = documents(to, &folder::files(to).unwrap_or_default())?;
    if !older {
        refuse_older(&theirs, &ours)?;
    }
    let overlay = overlay::read(&to.join("overlay"))?;
    let gone: BTreeMap<&str, Value> = without(&ours, &theirs);
    report.renames = renames::renames(&gone, &without(&theirs, &ours));
    let old_path: HashMap<String, String> = report
        .renames
        .iter()
        .map(|(old, new)| (new.clone(), old.clone()))
        .collect();
    // Write nothing before everything was read.
    let mut texts = Vec::new();
    for (path, new) in &theirs {
        let old = ours.get(old_path.get(path).unwrap_or(path));
        let mut import = Import {
            path,
            descriptions: Descriptions::of(old),
            kept: Kept::of(old),
            report: &mut report,
        };
        let document = import.item(new);
        let text = yaml::write(&document).map_err(|e| Error::yaml(&from.join(path), &e))?;
        let before = old.map(facts::of).unwrap_or_default();
        note_changes(&mut report, path, &before, &facts::of(&document));
        let mut problems = Vec::new();
        let file = parse::file(path, &text, &mut problems).map_err(Error::Problem)?;
        report.warnings.extend(problems.iter().map(ToString::to_string));
        if !overlay.names.contains_key(path) && !old_path.contains_key(path) {
            let name = resolve::propose(&file, &overlay.words);
            report.names.insert(path.clone(), Some(name));
        }
        texts.push((to.join(path), text));
    }
    let mut obsolete: Vec<PathBuf> = report.renames.keys().map(|path| to.join(path)).collect();
    for (path, document) in &gone {
        if report.renames.contains_key(*path) {
            continue;
        }
        if kept::is_removed_item(document) {
            report.kept.insert((*path).to_owned(), vec![facts::ITEM.to_owned()]);
            continue;
        }
        note_changes(&mut report, path, &facts::of(document), &Facts::new());
        obsolete.push(to.join(path));
    }
    for path in overlay.names.keys() {
        let known = theirs.contains_key(path) || report.renames.contains_key(path) || report.kept.contains_key(path);
        if !known {
            report.names.insert(path.clone(), None);
        }
    }
    for old in report.renames.keys() {
        let files = [
            overlay.files.contains_key(old).then(|| format!("overlay/{old}")),
            overlay
                .examples
                .contains_key(old)
                .then(|| format!("overlay/examples/{old}")),
        ];
        report
            .overlay_files
            .extend(files.into_iter().flatten().map(|file| (file, old.clone())));
    }
    for (target, text) in texts {
        if fs::read_to_string(&target).ok().as_deref() != Some(&text) {
            write(&target, &text)?;
            report.written += 1;
        }
    }
    for target in obsolete {
        fs::remove_file(&target).map_err(|e| Error::io(&target, e))?;
        report.removed += 1;
    }
    Ok(report)
}

/// Reads the documents at `paths` in `root`.
fn documents(root: &Path, paths: &[String]) -> Result<BTreeMap<String, Value>, Error> {
    let read = |path: &String| Ok((path.clone(), document(root, path)?));
    paths.iter().map(read).collect()
}

/// Returns the documents of `some` whose paths are not in `others`.
fn without<'a>(some: &'a BTreeMap<String, Value>, others: &BTreeMap<String, Value>) -> BTreeMap<&'a str, Value> {
    let only = some.iter().filter(|(path, _)| !others.contains_key(*path));
    only.map(|(path, document)| (path.as_str(), document.clone())).collect()
}

/// Returns an error if the newest version in `theirs` is older than that in `ours`.
fn refuse_older(theirs: &BTreeMap<String, Value>, ours: &BTreeMap<String, Value>) -> Result<(), Error> {
    let newest = |documents: &BTreeMap<String, Value>| documents.values().filter_map(facts::newest).max();
    match (newest(theirs), newest(ours)) {
        (Some(theirs), Some(ours)) if theirs < ours => Err(Error::OlderState {
            theirs: theirs.to_string(),
            ours: ours.to_string(),
        }),
        _ => Ok(()),
    }
}

fn document(root: &Path, path: &str) -> Result<Value, Error> {
    let path = root.join(path);
    yaml::read(&folder::read(&path)?).map_err(|e| Error::yaml(&path, &e))
}

fn write(target: &Path, text: &str) -> Result<(), Error> {
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(|e| Error::io(folder, e))?;
    }
    fs::write(target, text).map_err(|e| Error::io(target, e))
}

fn note_changes(report: &mut Report, path: &str, before: &Facts, after: &Facts) {
    let changes = facts::changes(before, after);
    if !changes.is_empty() {
        report.changes.insert(path.to_owned(), changes);
    }
}

fn items(list: Option<&Value>) -> impl Iterator<Item = &Value> {
    list.and_then(Value::as_sequence).into_iter().flatten()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn related_name(related: &Value) -> String {
    items(related.get("status-items"))
        .filter_map(Value::as_str)
        .collect::<Vec<_>>()
        .join(" ")
}

struct Import<'a> {
    path: &'a str,
    descriptions: Descriptions,
    kept: Kept,
    report: &'a mut Report,
}

impl Import<'_> {
    fn item(&mut self, document: &Value) -> Value {
        let mut out = Mapping::new();
        copy(document, &mut out, "title");
        self.describe(&mut out, "description", "description", "the item");
        if let Some(payload) = document.get("payload").and_then(Value::as_mapping) {
            let mut facts = Mapping::new();
            for (name, value) in payload {
                match name.as_str().unwrap_or_default() {
                    "content" => {}
                    name if PAYLOAD_FACTS.contains(&name) => {
                        facts.insert(name.into(), self.without_prose(value, name));
                    }
                    name => self.unknown("payload", name),
                }
            }
            if let Some(text) = self.descriptions.get("content") {
                facts.insert("content".into(), text.clone().into());
            }
            out.insert("payload".into(), facts.into());
        }
        for section in ["payloadkeys", "responsekeys"] {
            if let Some(list) = document.get(section) {
                let list = self.list(list, section);
                out.insert(section.into(), list);
            }
        }
        if document.get("reasons").is_some() {
            let reasons = items(document.get("reasons"))
                .map(|reason| self.reason(reason))
                .collect();
            out.insert("reasons".into(), Value::Sequence(reasons));
        }
        if document.get("related-status-items").is_some() {
            let related = items(document.get("related-status-items")).map(|entry| {
                let mut kept = Mapping::new();
                copy(entry, &mut kept, "status-items");
                if let Some(text) = self.descriptions.get(&format!("related {}", related_name(entry))) {
                    kept.insert("note".into(), text.clone().into());
                }
                kept.into()
            });
            let related = related.collect();
            out.insert("related-status-items".into(), Value::Sequence(related));
        }
        for name in document
            .as_mapping()
            .into_iter()
            .flatten()
            .filter_map(|(name, _)| name.as_str())
        {
            if !out.contains_key(name) && name != "description" && !ITEM_PROSE.contains(&name) {
                self.unknown("the top level", name);
            }
        }
        out.into()
    }

    fn reason(&mut self, reason: &Value) -> Value {
        let code = text(reason, "value").to_owned();
        let mut out = Mapping::new();
        copy(reason, &mut out, "value");
        self.describe(
            &mut out,
            "description",
            &format!("reason {code}"),
            &format!("reason {code}"),
        );
        if reason.get("details").is_some() {
            let details = items(reason.get("details")).map(|detail| {
                let mut kept = Mapping::new();
                for name in ["key", "type", "valuetype"] {
                    copy(detail, &mut kept, name);
                }
                let at = format!("reason {code}.{}", text(detail, "key"));
                self.describe(&mut kept, "description", &at, &at);
                kept.into()
            });
            let details = details.collect();
            out.insert("details".into(), Value::Sequence(details));
        }
        out.into()
    }

    fn list(&mut self, list: &Value, at: &str) -> Value {
        if yaml::alias(list).is_some() {
            return list.clone();
        }
        if let Some((name, inner)) = yaml::anchor(list) {
            return yaml::anchored(&name, self.list(inner, at));
        }
        let mut keys = items(Some(list)).map(|key| self.key(key, at)).collect();
        let restored = self.kept.restore(at, &mut keys);
        if !restored.is_empty() {
            self.report
                .kept
                .entry(self.path.to_owned())
                .or_default()
                .extend(restored);
        }
        Value::Sequence(keys)
    }

    fn key(&mut self, key: &Value, parent: &str) -> Value {
        let at = facts::place(parent, text(key, "key"));
        let mut out = Mapping::new();
        for name in KEY_FACTS {
            match name {
                "content" => self.describe(&mut out, "content", &at, &at),
                // If `format` is a sentence, the overlay has a rule for it.
                "format" if text(key, name).contains(' ') => {
                    self.warn(&at, "its `format` is prose and was left out");
                }
                "supportedOS" => {
                    if let Some(value) = key.get(name) {
                        out.insert(name.into(), self.without_prose(value, &at));
                    }
                }
                _ => copy(key, &mut out, name),
            }
        }
        if let Some(list) = key.get("subkeys") {
            let list = self.list(list, &at);
            out.insert("subkeys".into(), list);
        }
        for name in key
            .as_mapping()
            .into_iter()
            .flatten()
            .filter_map(|(name, _)| name.as_str())
        {
            if !KEY_FACTS.contains(&name) && !KEY_PROSE.contains(&name) && name != "subkeys" {
                self.unknown(&at, name);
            }
        }
        out.into()
    }

    /// Copies our description of a place, or reports that it is missing.
    fn describe(&mut self, out: &mut Mapping, name: &str, at: &str, label: &str) {
        match self.descriptions.get(at) {
            Some(text) if !text.trim().is_empty() => {
                out.insert(name.into(), text.clone().into());
            }
            _ => self
                .report
                .undescribed
                .entry(self.path.to_owned())
                .or_default()
                .push(label.to_owned()),
        }
    }

    /// Copies a mapping without entries that are sentences, at any depth.
    fn without_prose(&mut self, value: &Value, at: &str) -> Value {
        let Value::Mapping(entries) = value else {
            return value.clone();
        };
        let mut kept = Mapping::new();
        for (name, value) in entries {
            let words = value.as_str().map_or(0, |text| text.split_whitespace().count());
            if words > 3 {
                let name = name.as_str().unwrap_or_default();
                self.warn(at, format_args!("`{name}` is prose and was left out"));
            } else {
                kept.insert(name.clone(), self.without_prose(value, at));
            }
        }
        kept.into()
    }

    fn unknown(&mut self, at: &str, name: &str) {
        self.warn(at, format_args!("the YAML key `{name}` is not known and was left out"));
    }

    fn warn(&mut self, at: &str, what: impl std::fmt::Display) {
        self.report.warnings.push(format!("{}: {at}: {what}", self.path));
    }
}

fn copy(from: &Value, to: &mut Mapping, name: &str) {
    if let Some(value) = from.get(name) {
        to.insert(name.into(), value.clone());
    }
}

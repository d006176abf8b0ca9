//! Parses a document into the model, and reports everything in it that is not understood.

mod anchors;
mod fields;
mod key;
mod reasons;
mod spelling;
mod structure;
mod support;

use serde_yaml::Value;

use crate::message::{did_you_mean, found, one_of, shorten};
use crate::model::{Family, File, Key, ListId};
use crate::problem::Problem;
use crate::yaml::{self, Document};

use anchors::Anchors;
use fields::Fields;
use spelling::Spellings;

pub(crate) use key::{MAX_VALUES, VALUE_TYPES};
pub(crate) use structure::check_nesting;

/// Reads one file of the schema.
///
/// Skips statements that are not understood, and adds them to `problems`.
///
/// # Errors
///
/// Returns an error if the text is not a YAML mapping.
pub fn file(path: &str, text: &str, problems: &mut Vec<Problem>) -> Result<File, Problem> {
    let unreadable = |message: String| Problem::in_schema(path, "", message);
    let document = yaml::read_document(text).map_err(|error| unreadable(error.to_string()))?;
    let anchors = Anchors::of(&document.value);
    let top = match &document.value {
        Value::Mapping(top) => top,
        Value::Null => {
            return Err(unreadable(
                "the file is empty; expected a mapping with `title` and `payload`".into(),
            ));
        }
        other => {
            let message = format!("expected a mapping with `title` and `payload`, found {}", found(other));
            return Err(unreadable(message));
        }
    };
    if anchors.nodes() > yaml::MAX_NODES {
        return Err(unreadable(yaml::Error::TooMany.to_string()));
    }
    let mut parser = Parser {
        path,
        text,
        spellings: None,
        previous_problems: problems.len(),
        anchors: &anchors,
        problems,
        lists: Vec::new(),
        named: std::collections::HashMap::new(),
    };
    parser.check_yaml(&document);
    let family = Family::of(path);
    parser.check_folder();
    let mut top = Fields::new(top, "", &anchors);
    let title = top.text("title");
    if title.is_none() && !top.failed("title") && top.close_to("title").is_none() {
        parser.problem(
            "",
            "`title` is missing: the name of the item, from which the name of its Rust type is derived",
        );
    }
    let description = top.text("description");
    let mut identifier = None;
    let mut apply = None;
    let mut content = None;
    let mut support = Vec::new();
    if let Some(payload) = top.mapping("payload") {
        let mut payload = Fields::new(payload, "payload", &anchors);
        identifier = parser.identifier(family, &mut payload);
        apply = payload.text("apply");
        parser.check_word(
            apply.as_deref(),
            "apply",
            &["single", "multiple", "combined"],
            "payload",
        );
        content = payload.text("content");
        if let Some(value) = payload.take("supportedOS") {
            support = parser.support(value, "payload.supportedOS");
        }
        payload.take("beta");
        payload.known_elsewhere(
            &["title", "description", "payloadkeys", "responsekeys"],
            "at the top level of the file",
        );
        parser.finish(payload);
    } else if identifier_key(family).is_some() && !top.failed("payload") && top.close_to("payload").is_none() {
        parser.problem(
            "",
            "`payload` is missing: a mapping with the type of the item and `supportedOS`",
        );
    }
    let keys = top.take("payloadkeys").and_then(|v| parser.list(v, "payloadkeys"));
    let response = top.take("responsekeys").and_then(|v| parser.list(v, "responsekeys"));
    let reasons = top.take("reasons").map(|list| parser.reasons(list)).unwrap_or_default();
    let related = top.take("related-status-items");
    let related = related.map(|list| parser.related(list)).unwrap_or_default();
    top.take("notes");
    top.take("examples");
    top.known_elsewhere(
        &[
            "supportedOS",
            "apply",
            "payloadtype",
            "requesttype",
            "declarationtype",
            "statusitemtype",
            "credentialtype",
        ],
        "in `payload`",
    );
    parser.finish(top);
    let lists = parser.lists;
    let device_keys = matches!(family, Family::CheckIn | Family::Status);
    let device_response = matches!(family, Family::Command);
    let mut file = File {
        path: path.to_owned(),
        family,
        title: title.unwrap_or_else(|| path.to_owned()),
        description,
        content,
        identifier,
        apply,
        support,
        lists,
        keys,
        response,
        reasons,
        related,
        device_keys,
        tolerant: false,
        device_response,
        tables_only: false,
        retired: Vec::new(),
        replaced_by: None,
        aliases: Vec::new(),
        rules: Vec::new(),
    };
    check_nesting(&mut file, problems);
    Ok(file)
}

/// Returns the key of `payload` that contains the type of the item.
fn identifier_key(family: Family) -> Option<&'static str> {
    match family {
        Family::Command | Family::CheckIn => Some("requesttype"),
        Family::Profile => Some("payloadtype"),
        Family::Declaration => Some("declarationtype"),
        Family::Credential => Some("credentialtype"),
        Family::Status => Some("statusitemtype"),
        Family::Error | Family::Protocol | Family::Other => None,
    }
}

/// The maximum number of keys in a dictionary (`Indices::MAX` in the runtime).
pub(crate) const MAX_KEYS: usize = 512;

/// The number of problems in a file after which the rest of its keys is skipped.
const MAX_PROBLEMS: usize = 5000;

struct Parser<'a> {
    path: &'a str,
    text: &'a str,
    /// The numbers in the text, which are collected on first use.
    spellings: Option<Spellings<'a>>,
    /// The number of problems before this file.
    previous_problems: usize,
    anchors: &'a Anchors<'a>,
    problems: &'a mut Vec<Problem>,
    lists: Vec<Vec<Key>>,
    /// The anchored lists of keys that were read so far.
    named: std::collections::HashMap<String, ListId>,
}

impl<'a> Parser<'a> {
    fn problem(&mut self, place: &str, message: impl Into<String>) {
        self.problems.push(Problem::in_schema(self.path, place, message));
    }

    fn suggest(&mut self, place: &str, message: impl Into<String>, suggestion: Option<String>) {
        let problem = Problem::in_schema(self.path, place, message).suggest(suggestion);
        self.problems.push(problem);
    }

    /// Reports the problems in a mapping, including its unknown entries.
    fn finish(&mut self, fields: Fields<'_>) {
        fields.finish(self.path, self.problems);
    }

    /// Reports errors in the YAML: duplicate keys, anchors, aliases and tags.
    fn check_yaml(&mut self, document: &Document) {
        for (path, key) in &document.duplicates {
            let place = yaml::render(&document.value, path);
            self.problem(
                &place,
                format!("the YAML key `{}` occurs twice; remove one of them", shorten(key)),
            );
        }
        for (path, message) in self.anchors.problems() {
            let place = yaml::render(&document.value, path);
            self.problem(&place, message.clone());
        }
    }

    /// Reports a folder that contains no items.
    fn check_folder(&mut self) {
        const FOLDERS: [&str; 9] = [
            "mdm/commands",
            "mdm/profiles",
            "mdm/checkin",
            "mdm/errors",
            "declarative/declarations",
            "declarative/declarations/configurations",
            "declarative/status",
            "declarative/protocol",
            "other",
        ];
        let folder = self.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if !FOLDERS.contains(&folder) && !folder.starts_with("declarative/declarations/") {
            let expected = one_of(&[
                "mdm/profiles",
                "mdm/commands",
                "declarative/declarations/configurations",
            ]);
            self.suggest(
                "",
                format!("the folder `{folder}` does not hold items; expected {expected}, for example"),
                did_you_mean(folder, FOLDERS),
            );
        }
    }

    /// Reads the type of the item in documents.
    fn identifier(&mut self, family: Family, payload: &mut Fields<'a>) -> Option<String> {
        let wanted = identifier_key(family);
        let mut identifier = None;
        for name in [
            "requesttype",
            "payloadtype",
            "declarationtype",
            "statusitemtype",
            "credentialtype",
        ] {
            let Some(raw) = payload.peek(name) else {
                if wanted == Some(name) {
                    payload.expect(name);
                }
                continue;
            };
            self.check_spelling(raw, &format!("`{name}`"), "payload");
            let text = payload.text(name);
            // Apple's file about the reasons in status reports has this type but is not a status item.
            let is_reason = text.as_deref() == Some("status-reason");
            if let Some(wanted) = wanted.filter(|wanted| *wanted != name && !is_reason) {
                let message = format!("`{name}` is not the type of an item in this folder; expected `{wanted}`");
                self.problem("payload", message);
            }
            if text.as_deref() == Some("") {
                self.problem("payload", format!("`{name}` is empty"));
            }
            identifier = identifier.or(text);
        }
        if let Some(wanted) = wanted
            && identifier.is_none()
            && !payload.failed(wanted)
            && payload.close_to(wanted).is_none()
        {
            self.problem(
                "payload",
                format!("`{wanted}` is missing: the type of the item in documents"),
            );
        }
        identifier
    }

    /// Reports a text that is not one of the known ones.
    fn check_word(&mut self, text: Option<&str>, name: &str, known: &[&str], place: &str) {
        if let Some(text) = text.filter(|text| !known.contains(text)) {
            let message = format!("`{name}` is `{}`; expected {}", shorten(text), one_of(known));
            self.suggest(place, message, did_you_mean(text, known.iter().copied()));
        }
    }

    /// Reads a list of keys.
    fn list(&mut self, value: &'a Value, place: &str) -> Option<ListId> {
        let mut name = yaml::alias(value).map(str::to_owned);
        if let Some(id) = name.as_ref().and_then(|name| self.named.get(name)) {
            return Some(*id);
        }
        let mut items = value;
        if let Some(inner) = name.as_ref().and_then(|name| self.anchors.get(name)) {
            items = inner;
        }
        if let Some((anchor, inner)) = yaml::anchor(value) {
            name = Some(anchor);
            items = inner;
        }
        let Value::Sequence(items) = items else {
            let hint = matches!(items, Value::Mapping(_)).then(|| "begin each key with `- key: NAME`".to_owned());
            self.suggest(
                place,
                format!("a list of keys was expected, found {}", found(items)),
                hint,
            );
            return None;
        };
        let id = ListId(self.lists.len());
        self.lists.push(Vec::new());
        if let Some(name) = name {
            // Insert it before reading its items, because a list may refer to itself.
            self.named.insert(name, id);
        }
        if items.len() > MAX_KEYS {
            let message = format!(
                "{} keys in one dictionary; a generated type can have {MAX_KEYS}",
                items.len()
            );
            self.problem(place, message);
        }
        let mut keys: Vec<Key> = Vec::new();
        let mut names = std::collections::HashSet::new();
        for (index, item) in items.iter().take(MAX_KEYS).enumerate() {
            if self.problems.len() - self.previous_problems > MAX_PROBLEMS {
                break;
            }
            let Some(item) = self.anchors.plain(item) else { continue };
            let Value::Mapping(item) = item else {
                let message = format!("a key must be a mapping with `key` and `type`, found {}", found(item));
                self.problem(&format!("{place}[{index}]"), message);
                continue;
            };
            if let Some(key) = self.key(item, place, index) {
                if names.insert(key.name.clone()) {
                    keys.push(key);
                } else {
                    let message = format!("the key `{}` is defined twice; remove one of them", shorten(&key.name));
                    self.problem(place, message);
                }
            }
        }
        self.lists[id.0] = keys;
        Some(id)
    }

    /// Reads a list of texts.
    fn texts(&mut self, value: Option<&'a Value>, place: &str, name: &str) -> Vec<String> {
        let Some(value) = value else { return Vec::new() };
        let Value::Sequence(list) = value else {
            self.problem(
                place,
                format!("`{name}` must be a list of texts, found {}", found(value)),
            );
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in list {
            match self.anchors.plain(item) {
                None => {}
                Some(item) => match fields::scalar_text(item) {
                    Some(text) => texts.push(text),
                    None => self.problem(
                        place,
                        format!("`{name}` must be a list of texts, found {} in it", found(item)),
                    ),
                },
            }
        }
        texts
    }

    /// Reads a list of mappings.
    fn mappings(&mut self, value: &'a Value, place: &str) -> Vec<&'a serde_yaml::Mapping> {
        let Value::Sequence(list) = value else {
            self.problem(
                place,
                format!("a list of mappings was expected, found {}", found(value)),
            );
            return Vec::new();
        };
        let mut mappings = Vec::new();
        for item in list.iter().filter_map(|item| self.anchors.plain(item)) {
            match item {
                Value::Mapping(mapping) => mappings.push(mapping),
                other => self.problem(place, format!("a mapping was expected, found {}", found(other))),
            }
        }
        mappings
    }
}

//! Turns the report of a document into findings with positions and excerpts that show no secrets.

use std::collections::{BTreeSet, HashSet};

use super::excerpt::{self, Excerpt, Subject};
use super::fix::{Fix, Fixes};
use super::place::Place;
use super::secrecy::{self, MASK};
use super::suppression::Suppressions;
use super::tree::{Node, Tree};
use super::{Finding, Job, Kind, LintResult, Options, embedded, set};
use crate::error::{Error, ErrorKind, path};
use crate::format::lines::Lines;
use crate::format::{DocumentFormat, Input};
use crate::schema::Item;
use crate::validate::{self, Code, Facet, KeyPath, Report, Severity, Target};

/// Returns the finding for a document that cannot be read. Nothing of what it contains is shown but markup and key names of the schema.
pub(super) fn unreadable(error: &Error, input: Option<&Input<'_>>) -> Finding {
    let code = match error.kind() {
        ErrorKind::UnknownFormat | ErrorKind::Cms => Code::UnknownKind,
        ErrorKind::RepeatedKey => Code::RepeatedKey,
        _ => Code::Syntax,
    };
    let text = input.and_then(Input::text);
    let is_xml = input.is_some_and(|input| input.format() == DocumentFormat::Xml);
    let excerpt = text
        .zip(error.position())
        .filter(|_| is_xml)
        .and_then(|(text, position)| excerpt::of_xml(text, position.offset, Subject::Hidden));
    let message = safe_syntax_message(&error.kind().to_string());
    Finding {
        finding: validate::Finding::new(code, Severity::Error, safe_unknown_path(error.path()), message),
        position: error.position(),
        excerpt,
        fix: None,
    }
}

/// Masks the keys in a path that are not in the schema. In a broken document, a value can be read as a key.
fn safe_unknown_path(text: &str) -> String {
    let (mut safe, mut rest) = (String::new(), text);
    while !rest.is_empty() {
        if let Some((key, after)) = path::first_key(rest) {
            path::push_key(&mut safe, if secrecy::is_schema_name(&key) { &key } else { MASK });
            rest = after;
        } else {
            let Some((index, after)) = rest.split_once(']') else {
                break;
            };
            safe.push_str(index);
            safe.push(']');
            rest = after;
        }
        rest = rest.strip_prefix('.').unwrap_or(rest);
    }
    safe
}

/// Masks what a message about a syntax error quotes, unless all of it is markup.
fn safe_syntax_message(message: &str) -> String {
    let is_markup = |quoted: &str| {
        let words = quoted.split(|c: char| !c.is_alphanumeric() && c != '_');
        words.filter(|word| !word.is_empty()).all(is_syntax_word)
    };
    // Between quotations of markup stand words of the message. Quoted text can contain backticks itself.
    let is_message = |text: &str| {
        text.starts_with([' ', ',', ';', ':', '.', ')'])
            && text.chars().all(|c| c.is_ascii_lowercase() || " ,;:.()".contains(c))
    };
    let parts: Vec<&str> = message.split('`').collect();
    let is_paired = parts.len() % 2 == 1;
    let is_safe = |(index, part): (usize, &&str)| match index {
        0 => true,
        _ if index + 1 == parts.len() => true,
        _ if index % 2 == 1 => is_markup(part),
        _ => is_message(part),
    };
    if is_paired && parts.iter().enumerate().all(is_safe) {
        message.to_owned()
    } else {
        mask_quotations(message)
    }
}

/// Masks everything from the first backtick to the last.
fn mask_quotations(message: &str) -> String {
    match (message.find('`'), message.rfind('`')) {
        (Some(first), Some(last)) if first < last => {
            format!("{}`{MASK}`{}", &message[..first], &message[last + 1..])
        }
        (Some(first), _) => format!("{}{MASK}", &message[..first]),
        _ => message.to_owned(),
    }
}

/// Whether a word belongs to the syntax of property lists or JSON.
fn is_syntax_word(word: &str) -> bool {
    const WORDS: [&str; 34] = [
        "plist", "dict", "array", "key", "string", "integer", "real", "true", "false", "data", "date", "xml",
        "DOCTYPE", "CDATA", "null", "amp", "lt", "gt", "quot", "apos", "version", "encoding", "UTF", "8", "16", "x",
        "u", "2026", "11", "22T12", "00", "00Z", "ENTITY", "xmlns",
    ];
    WORDS.contains(&word)
}

/// Replaces each part of a message in backticks that may not be shown.
fn replace_quoted(message: &str, mut may_be_shown: impl FnMut(&str) -> bool) -> String {
    let mut parts = message.split('`');
    let mut safe = parts.next().unwrap_or_default().to_owned();
    let mut is_quoted = true;
    for part in parts {
        safe.push('`');
        safe.push_str(if is_quoted && !may_be_shown(part) { MASK } else { part });
        is_quoted = !is_quoted;
    }
    safe
}

/// A finding that has its offset, but no position yet.
struct Located {
    finding: validate::Finding,
    offset: Option<usize>,
    excerpt: Option<Excerpt>,
    fix: Option<Fix>,
}

/// Completes the results of a document that could be read, one for each target.
pub(super) fn results(
    input: &Input<'_>,
    tree: &Tree<'_>,
    kind: Kind,
    item: Option<&'static Item>,
    mut reports: Vec<Report>,
    job: Job<'_>,
) -> Vec<LintResult> {
    let options = job.options;
    let root = Place::root(tree, kind, item, &options.catalog);
    let mut secrets = Secrets::default();
    let mut placeholders = HashSet::new();
    let mut has_embedded = false;
    root.each(&tree.root, &KeyPath::ROOT, &mut |at, place, node| {
        if place.is_secret {
            secrets.add(node);
        }
        has_embedded |= embedded::expected(place, at, node).is_some();
        let found = node.raw_text().and_then(|text| options.placeholders.find(text));
        let has_room = || reports.iter().any(|report| !report.is_full());
        if let Some(found) = found.filter(|_| kind != Kind::Unknown && !place.is_regex(at) && has_room()) {
            let path = at.to_string();
            let finding = placeholder(&path, found, place.may_be_shown());
            reports.iter_mut().for_each(|report| report.push(finding.clone()));
            placeholders.insert(path);
        }
    });
    let is_xml = input.format() == DocumentFormat::Xml;
    let assembly = Assembly {
        input,
        tree,
        kind,
        options,
        root,
        secrets,
        placeholders,
        suppressions: input
            .text()
            .filter(|_| is_xml)
            .map_or_else(Suppressions::default, Suppressions::read),
        // A document in another one is not fixed.
        fixes: Fixes::of(input, kind).filter(|_| job.depth == 0),
    };
    let of_target = |(report, target): (&Report, &Option<Target>)| match target {
        Some(_) => report.open().to_vec(),
        // Without a target, nothing is compared with one.
        None => Vec::new(),
    };
    let unchecked: Vec<Vec<Facet>> = reports.iter().zip(job.targets).map(of_target).collect();
    let mut wrong_documents = HashSet::new();
    let locate = |report| assembly.locate(report, &mut wrong_documents);
    let mut located: Vec<Vec<Located>> = reports.into_iter().map(locate).collect();
    if has_embedded {
        embedded::check(
            &assembly.root,
            tree,
            job,
            &wrong_documents,
            &mut |target, finding, offset| {
                if !assembly.suppressions.cover(&finding, offset, tree) {
                    located[target].push(assembly.with_line(finding, offset));
                }
            },
        );
    }
    let lines = input.text().map(Lines::new);
    let position = |offset: Option<usize>| lines.as_ref().zip(offset).map(|(lines, offset)| lines.position(offset));
    let facts = set::facts(set::Source {
        root: &assembly.root,
        tree,
        kind,
        job,
        suppressions: &assembly.suppressions,
        position: &position,
    });
    // Whether a comment is unused is unknown if findings were left out.
    let is_left_out = |located: &Located| located.finding.code == Code::LeftOut;
    if !located.iter().flatten().any(is_left_out) {
        for (finding, offset) in assembly.suppressions.unused(job.depth) {
            for located in &mut located {
                located.push(assembly.with_line(finding.clone(), Some(offset)));
            }
        }
    }
    let result = |(mut located, unchecked): (Vec<Located>, Vec<Facet>)| {
        // Positions are counted from one to the next.
        located.sort_by_key(|located| located.offset);
        let findings = located.into_iter().map(|located| Finding {
            position: position(located.offset),
            finding: located.finding,
            excerpt: located.excerpt,
            fix: located.fix,
        });
        LintResult {
            kind,
            findings: findings.collect(),
            unchecked,
            facts: facts.clone(),
        }
    };
    located.into_iter().zip(unchecked).map(result).collect()
}

/// What turns a report into findings with positions.
struct Assembly<'a> {
    input: &'a Input<'a>,
    tree: &'a Tree<'a>,
    kind: Kind,
    options: &'a Options,
    root: Place<'a>,
    secrets: Secrets,
    /// The paths of values with placeholders.
    placeholders: HashSet<String>,
    suppressions: Suppressions,
    /// How findings can be fixed. `None` if they cannot.
    fixes: Option<Fixes<'a>>,
}

impl Assembly<'_> {
    /// Locates the findings of a report. Adds the paths of data that is not the document that it must be to `wrong_documents`.
    fn locate(&self, report: Report, wrong_documents: &mut HashSet<String>) -> Vec<Located> {
        let (tree, kind, root) = (self.tree, self.kind, &self.root);
        let with_code = |code: Code| {
            let irregularities = tree.irregularities.list.iter();
            irregularities.filter(move |found| found.kind.code() == code)
        };
        let (mut repeated, mut syntax) = (with_code(Code::RepeatedKey), with_code(Code::Syntax));
        let fixes = self.fixes.as_ref();
        let mut located = Vec::new();
        for mut finding in report.into_findings() {
            let is_about_key = is_about_key(finding.code);
            let offset = match finding.code {
                Code::RepeatedKey => repeated.next().and_then(|repeated| repeated.offset),
                Code::Syntax => syntax.next().and_then(|syntax| syntax.offset),
                _ => tree.offset(&finding.path, is_about_key),
            };
            if finding.code == Code::Document {
                wrong_documents.insert(finding.path.clone());
            }
            if is_superseded(&finding, kind, self.options)
                || is_about_placeholder(&finding, &self.placeholders)
                || self.suppressions.cover(&finding, offset, tree)
            {
                continue;
            }
            // Nobody can correct what a device wrote. But a syntax error or an empty status makes the document unreadable.
            let is_unreadable = matches!(finding.code, Code::RepeatedKey | Code::Syntax)
                || kind == Kind::Response && finding.path == "Status";
            if kind.is_written_by_device() && !is_unreadable {
                finding.severity = finding.severity.min(Severity::Warning);
            }
            // What was noticed while the document was read is not yet about an item.
            if kind != Kind::Unknown && finding.key.is_none() && finding.item.is_none() && !finding.path.is_empty() {
                let (item, key) = root.item_and_key(tree, &finding.path);
                (finding.item, finding.key) = (item.map(|item| item.name), key);
            }
            let (place, node) = root.resolve(tree, &finding.path);
            let fix = fixes.and_then(|fixes| fixes.fix(&finding, &place, node));
            let may_be_shown = kind != Kind::Unknown && place.may_be_shown() && !node.is_some_and(contains_secret);
            let is_leaf = |node: &&Node<'_>| node.text().is_some() || node.scalar().is_some();
            self.secrets.hide(
                &mut finding,
                node.filter(|node| !may_be_shown && (place.is_secret || is_leaf(node))),
            );
            let subject = if finding.code == Code::RepeatedKey || is_about_key && node.is_some() {
                Some(SubjectKind::Key)
            } else {
                // A syntax error can be anywhere in a value.
                (may_be_shown && finding.code != Code::Syntax).then_some(SubjectKind::Value)
            };
            if kind == Kind::Unknown {
                finding.mask_path(safe_unknown_path(&finding.path));
            } else if place.is_secret {
                finding.mask_path(root.safe_path(tree, &finding.path));
            }
            let excerpt = offset.and_then(|offset| make_excerpt(self.input, offset, &finding.path, subject, node));
            located.push(Located {
                finding,
                offset,
                excerpt,
                fix,
            });
        }
        located
    }

    /// Locates a finding whose line is shown without any value.
    fn with_line(&self, finding: validate::Finding, offset: Option<usize>) -> Located {
        let excerpt = offset.and_then(|offset| make_excerpt(self.input, offset, "", None, None));
        Located {
            finding,
            offset,
            excerpt,
            fix: None,
        }
    }
}

/// Returns the finding for a value with a placeholder.
fn placeholder(path: &str, found: &str, may_be_shown: bool) -> validate::Finding {
    let message = if may_be_shown {
        format!(
            "the value has the placeholder `{}` and was not checked",
            found.escape_debug()
        )
    } else {
        "the value has a placeholder and was not checked".to_owned()
    };
    validate::Finding::new(Code::Placeholder, Severity::Info, path.to_owned(), message)
}

/// Whether a finding concerns a value that has a placeholder.
fn is_about_placeholder(finding: &validate::Finding, placeholders: &HashSet<String>) -> bool {
    !is_about_key(finding.code)
        && !matches!(
            finding.code,
            Code::Placeholder | Code::RepeatedKey | Code::Syntax | Code::LeftOut
        )
        && placeholders.contains(&finding.path)
}

/// Whether a finding of the schema does not apply to this document.
fn is_superseded(finding: &validate::Finding, kind: Kind, options: &Options) -> bool {
    match (kind, finding.code) {
        // Some devices name the command in a response.
        (Kind::Response, Code::UnknownKey) => finding.path == "RequestType",
        // The server adds the token.
        (Kind::Declaration, Code::MissingKey) => {
            finding.path == "ServerToken" && options.placeholders != super::Placeholders::none()
        }
        _ => false,
    }
}

/// Whether findings with this code concern the key rather than its value.
fn is_about_key(code: Code) -> bool {
    matches!(
        code,
        Code::UnknownKey
            | Code::RetiredKey
            | Code::NotAvailable
            | Code::NotYetAvailable
            | Code::Removed
            | Code::Deprecated
            | Code::NeedsSupervision
            | Code::OnlyIf
            | Code::Excludes
            | Code::ExactlyOneOf
            | Code::Ignored
            | Code::WrongEnrollment
            | Code::WrongChannel
            | Code::SharedIpad
    )
}

fn contains_secret(node: &Node<'_>) -> bool {
    node.raw_text().is_some_and(secrecy::contains_secret)
}

/// Whether an excerpt marks the key or the value.
#[derive(Clone, Copy)]
enum SubjectKind {
    Key,
    Value,
}

fn make_excerpt(
    input: &Input<'_>,
    offset: usize,
    at: &str,
    kind: Option<SubjectKind>,
    node: Option<&Node<'_>>,
) -> Option<Excerpt> {
    let key = last_key(at).unwrap_or_default();
    let subject = match kind {
        Some(SubjectKind::Key) => Subject::Key(&key),
        Some(SubjectKind::Value) => match node.map(|node| (node.text(), node.scalar())) {
            Some((Some(text), _)) => Subject::Text(text),
            Some((None, Some(_))) => Subject::Scalar,
            _ => Subject::Hidden,
        },
        None => Subject::Hidden,
    };
    match input.format() {
        DocumentFormat::Xml => excerpt::of_xml(input.text()?, offset, subject),
        _ => excerpt::of_json(input.text()?, offset, &key, subject),
    }
}

/// The last key of a path.
fn last_key(text: &str) -> Option<String> {
    let (mut last, mut rest) = (None, text);
    while !rest.is_empty() {
        if let Some((key, after)) = path::first_key(rest) {
            last = Some(key.into_owned());
            rest = after;
        } else {
            (_, rest) = rest.split_once(']')?;
        }
        rest = rest.strip_prefix('.').unwrap_or(rest);
    }
    last
}

/// The texts that no message may quote.
///
/// Messages do not quote secrets in the first place. This is the second line of defense.
#[derive(Default)]
struct Secrets {
    texts: BTreeSet<String>,
    /// Those of the texts that contain backticks.
    with_backticks: Vec<String>,
}

/// Shorter secrets are not searched for: they occur in messages by chance.
const MIN_SECRET: usize = 5;

impl Secrets {
    /// The number of secrets that are remembered.
    const MAX: usize = 10_000;

    fn add(&mut self, node: &Node<'_>) {
        let keys = node.entries().map(|(key, _)| key);
        for text in keys.chain(node.raw_text()) {
            if text.len() >= MIN_SECRET
                && text.len() <= 1 << 10
                && self.texts.len() < Self::MAX
                && !secrecy::is_schema_name(text)
            {
                let quoted = as_quoted(text);
                if quoted.contains('`') {
                    self.with_backticks.push(quoted.clone());
                }
                self.texts.insert(quoted);
            }
        }
    }

    /// Masks secrets in the message and help of a finding, and the `hidden` value.
    fn hide(&self, finding: &mut validate::Finding, hidden: Option<&Node<'_>>) {
        let mut values = Vec::new();
        let all_are_known = hidden.is_none_or(|node| collect_texts(node, &mut values));
        let may_be_shown = |quoted: &str| {
            let quoted = quoted.strip_suffix('…').unwrap_or(quoted);
            let is_value = values
                .iter()
                .any(|value| value == quoted || quoted.len() >= 4 && value.contains(quoted));
            let after = self.texts.range(quoted.to_owned()..).next();
            let is_secret = quoted.len() >= MIN_SECRET && after.is_some_and(|text| text.starts_with(quoted));
            !is_value && !is_secret
        };
        for text in [Some(&mut finding.message), finding.help.as_mut()]
            .into_iter()
            .flatten()
        {
            // Where a value with backticks ends is uncertain.
            let quotes =
                |value: &String| value.contains('`') && text.contains(value.split('`').next().unwrap_or_default());
            *text = if !all_are_known || values.iter().chain(&self.with_backticks).any(quotes) {
                mask_quotations(text)
            } else {
                replace_quoted(text, may_be_shown)
            };
        }
    }
}

/// Returns a text as messages quote it, without the backticks.
fn as_quoted(text: &str) -> String {
    crate::error::quoted(text, usize::MAX).trim_matches('`').to_owned()
}

/// Collects the texts and numbers of a value as messages quote them. Returns false if there is more than a message is searched for.
fn collect_texts(node: &Node<'_>, texts: &mut Vec<String>) -> bool {
    const MAX: usize = 64;
    const MAX_LEN: usize = 4 << 10;
    if let Some(text) = node.raw_text() {
        if text.len() > MAX_LEN || texts.len() >= MAX {
            return false;
        }
        texts.extend([as_quoted(text), text.escape_debug().to_string()]);
    }
    if let Some(crate::value::Value::Integer(number)) = node.scalar() {
        texts.push(number.to_string());
    }
    texts.len() <= MAX
        && node.items().iter().all(|item| collect_texts(item, texts))
        && node.entries().all(|(_, value)| collect_texts(value, texts))
}

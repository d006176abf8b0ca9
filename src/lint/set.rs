//! Checks documents against each other.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::place::Place;
use super::suppression::{self, Suppressions};
use super::tree::{Node, Tree};
use super::{Finding, Job, Kind, Options};
use crate::codec::{View, Write};
use crate::error::Position;
use crate::schema::{Family, Severity};
use crate::validate::{self, Code, KeyPath, Target, allows_several, find_item, keys_after};
use crate::value::Value;

/// What a document contributes to checks across documents: identifiers, references and settings.
///
/// It takes less than 1 KB for each payload or declaration of a usual size, so that the facts of thousands of documents fit in memory. Add
/// it to a [`DocumentSet`].
#[derive(Debug, Clone, Default)]
pub struct DocumentFacts {
    identifier: Option<Named>,
    uuid: Option<Named>,
    declaration: Option<Declared>,
    payloads: Vec<Settings>,
    /// The comments that suppress findings of a set.
    suppressions: Vec<SetSuppression>,
}

/// A comment that suppresses findings of a set.
#[derive(Debug, Clone)]
struct SetSuppression {
    code: Code,
    position: Option<Position>,
    /// Whether it suppresses a finding of the document alone.
    is_used: bool,
}

/// A name and where it is.
#[derive(Debug, Clone)]
struct Named {
    name: String,
    position: Option<Position>,
    /// The index of the comment that suppresses findings about it.
    suppressed_by: Option<usize>,
}

/// A declaration and what it refers to.
#[derive(Debug, Clone)]
struct Declared {
    declaration_type: String,
    /// The name of the item, if the schema has it.
    item: Option<&'static str>,
    /// The media type of the data of an asset.
    content_type: Option<String>,
    references: Vec<Reference>,
}

/// A reference from one declaration to another.
#[derive(Debug, Clone)]
struct Reference {
    path: String,
    position: Option<Position>,
    suppressed_by: Option<usize>,
    identifier: String,
    /// The types of assets that are allowed. A reference without any is to a configuration.
    asset_types: &'static [&'static str],
    content_types: &'static [&'static str],
}

/// The settings of a payload that a device can have only once.
#[derive(Debug, Clone)]
struct Settings {
    path: String,
    position: Option<Position>,
    suppressed_by: Option<usize>,
    payload_type: &'static str,
    is_for_user: bool,
    /// The keys of scalars, and hashes of their values.
    values: Vec<(&'static str, u64)>,
}

/// The settings and references of a document that are remembered.
const MAX_VALUES: usize = 32;
const MAX_REFERENCES: usize = 1000;

/// The length of an identifier that is remembered, in bytes.
const MAX_NAME: usize = 1 << 10;

/// What the facts of a document are collected from.
#[derive(Clone, Copy)]
pub(super) struct Source<'s> {
    pub(super) root: &'s Place<'s>,
    pub(super) tree: &'s Tree<'s>,
    pub(super) kind: Kind,
    pub(super) job: Job<'s>,
    pub(super) suppressions: &'s Suppressions,
    /// Returns the position of an offset.
    pub(super) position: &'s dyn Fn(Option<usize>) -> Option<Position>,
}

/// Collects the facts of a document.
pub(super) fn facts(source: Source<'_>) -> DocumentFacts {
    let Source { tree, kind, job, .. } = source;
    let of_sets = source.suppressions.of_sets();
    let mut facts = DocumentFacts {
        suppressions: of_sets
            .map(|(code, offset, is_used)| SetSuppression {
                code,
                position: (source.position)(Some(offset)),
                is_used,
            })
            .collect(),
        ..DocumentFacts::default()
    };
    let is_payload = kind == Kind::Profile
        && tree
            .root
            .step("PayloadContent")
            .is_none_or(|(_, node, _)| !node.is_array());
    if job.options.item.is_some() || is_payload {
        return facts;
    }
    let named = |key: &str| {
        let (_, node, _) = tree.root.step(key)?;
        let name = node.text()?;
        let has_placeholder = job.options.placeholders.find(name).is_some();
        let is_fixed = !has_placeholder && !name.is_empty() && name.len() <= MAX_NAME;
        is_fixed.then(|| Named {
            name: name.to_owned(),
            position: (source.position)(node.offset()),
            suppressed_by: source.suppressions.of_set(Code::Unique, key, tree),
        })
    };
    match kind {
        Kind::Profile => {
            facts.identifier = named("PayloadIdentifier");
            facts.uuid = named("PayloadUUID");
            facts.payloads = payloads(source);
        }
        Kind::Declaration => {
            facts.identifier = named("Identifier");
            facts.declaration = named("Type").map(|named| declared(source, named.name));
        }
        _ => {}
    }
    facts
}

fn payloads(source: Source<'_>) -> Vec<Settings> {
    let Source { root, tree, job, .. } = source;
    let is_for_user = tree.root.view().value("PayloadScope").as_str() == Some("User");
    let Some((_, content, _)) = tree.root.step("PayloadContent") else {
        return Vec::new();
    };
    let list = root.child(
        Some(&tree.root),
        super::place::Step::Key("PayloadContent"),
        Some(content),
    );
    let settings = content.items().iter().enumerate().filter_map(|(index, payload)| {
        let View::String(name) = payload.view().value("PayloadType") else {
            return None;
        };
        let item = find_item(&job.options.catalog, Family::Profile, name, payload.view())?;
        let allows = |target: &Option<Target>| allows_several(item, target.as_ref().map(Target::os));
        if job.targets.iter().all(allows) {
            return None;
        }
        let place = list.child(Some(content), super::place::Step::Index, Some(payload));
        let values = payload.entries().filter_map(|(name, value)| {
            let place = place.child(Some(payload), super::place::Step::Key(name), Some(value));
            let key = place.key.filter(|_| place.may_be_shown())?;
            if key.name.is_empty() || key.name.starts_with("Payload") {
                return None;
            }
            Some((key.name, hash(value, job.options)?))
        });
        let path = format!("PayloadContent[{index}]");
        Some(Settings {
            position: (source.position)(payload.offset()),
            suppressed_by: source.suppressions.of_set(Code::Conflict, &path, tree),
            path,
            payload_type: item.name,
            is_for_user,
            values: values.take(MAX_VALUES).collect(),
        })
    });
    settings.collect()
}

/// Returns a hash of a scalar, or `None` for another value or one with a placeholder.
fn hash(node: &Node<'_>, options: &Options) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    match (node.text(), node.scalar()) {
        (Some(text), _) if options.placeholders.find(text).is_none() => text.hash(&mut hasher),
        (None, Some(Value::Integer(number))) => number.to_string().hash(&mut hasher),
        (None, Some(Value::Boolean(flag))) => flag.hash(&mut hasher),
        (None, Some(Value::Real(number))) => number.to_bits().hash(&mut hasher),
        _ => return None,
    }
    Some(hasher.finish())
}

fn declared(source: Source<'_>, declaration_type: String) -> Declared {
    let Source { root, tree, job, .. } = source;
    let payload = tree.root.view().value("Payload");
    let content_type = payload.value("Reference").value("ContentType").as_str();
    let mut references = Vec::new();
    let is_activation = declaration_type.starts_with("com.apple.activation.");
    root.each(&tree.root, &KeyPath::ROOT, &mut |at, place, node| {
        let Some(identifier) = node.text() else { return };
        if references.len() >= MAX_REFERENCES || job.options.placeholders.find(identifier).is_some() {
            return;
        }
        let keys = [place.key, place.array].into_iter().flatten();
        let asset = keys
            .map(|key| key.details())
            .find(|details| !details.asset_types.is_empty());
        let is_configuration = is_activation && place.array.is_some_and(|key| key.name == "StandardConfigurations");
        let (asset_types, content_types) = match asset {
            Some(details) => (details.asset_types, details.asset_content_types),
            None if is_configuration => (&[][..], &[][..]),
            None => return,
        };
        let path = at.to_string();
        references.push(Reference {
            position: (source.position)(node.offset()),
            suppressed_by: source.suppressions.of_set(Code::BadReference, &path, tree),
            path,
            identifier: identifier.to_owned(),
            asset_types,
            content_types,
        });
    });
    let item = find_item(
        &job.options.catalog,
        Family::Declaration,
        &declaration_type,
        tree.root.view(),
    );
    Declared {
        item: item.map(|item| item.name),
        declaration_type,
        content_type: content_type.map(str::to_owned),
        references,
    }
}

/// A set of documents that are checked against each other.
///
/// - Two profiles with the same `PayloadIdentifier` or `PayloadUUID` replace each other on a device: a warning at the later one. So is a
///   declaration with the `Identifier` of an earlier one in the same directory.
/// - Declarations in the same directory that refer to missing configurations or assets: a warning.
/// - Payloads of the same type, of which a device can have only one, with contradicting settings: an info at the later one.
/// - [Comments](super#suppression) that suppress none of these findings, although they name such a code: a warning.
///
/// ```
/// use apple_mdm::lint::{DocumentSet, Options, lint};
/// use apple_mdm::validate::Code;
///
/// let activation = br#"{"Type": "com.apple.activation.simple", "Identifier": "a", "Payload": {"StandardConfigurations": ["c"]}}"#;
/// let mut set = DocumentSet::new();
/// set.add("activation.json", Some("declarations"), lint(activation, &Options::default()).facts);
/// let (document, finding) = &set.check()[0];
/// assert_eq!((*document, finding.finding.code), (0, Code::BadReference));
/// assert_eq!(finding.finding.path, "Payload.StandardConfigurations[0]");
/// ```
#[derive(Debug, Clone, Default)]
pub struct DocumentSet {
    documents: Vec<Member>,
    profiles: KnownProfiles,
}

#[derive(Debug, Clone)]
struct Member {
    name: String,
    directory: Option<String>,
    facts: DocumentFacts,
    /// Whether the findings have been returned.
    is_checked: bool,
}

impl Member {
    /// Whether the findings depend on later documents: a declaration can refer to them.
    fn depends_on_later(&self) -> bool {
        self.directory.is_some() && self.facts.declaration.is_some()
    }
}

/// The first profile with each identifier, UUID and setting.
#[derive(Debug, Clone, Default)]
struct KnownProfiles {
    identifiers: HashMap<String, usize>,
    uuids: HashMap<String, usize>,
    /// By payload type, whether it is for users, and key: a hash of the value.
    settings: HashMap<(&'static str, bool, &'static str), (u64, usize)>,
}

/// A finding of a set.
struct SetFinding {
    document: usize,
    finding: Finding,
    /// The index of the comment that suppresses it.
    suppressed_by: Option<usize>,
}

impl DocumentSet {
    /// Creates an empty set.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a document under the name by which findings refer to it, such as its path. References are checked among the declarations with the
    /// same `directory`, and not at all without one.
    pub fn add(&mut self, name: impl Into<String>, directory: Option<&str>, facts: DocumentFacts) {
        self.push(name.into(), directory, facts);
    }

    /// Adds a document as [`add`](Self::add) does, and checks it against those that were added before. Returns `None` if the findings depend on
    /// later documents, because it is a declaration in a directory. Otherwise [`check`](Self::check) does not return its findings again.
    ///
    /// With this method, a program can print what it finds while it still reads other documents.
    pub fn add_and_check(
        &mut self,
        name: impl Into<String>,
        directory: Option<&str>,
        facts: DocumentFacts,
    ) -> Option<Vec<Finding>> {
        let index = self.push(name.into(), directory, facts);
        if self.documents[index].depends_on_later() {
            return None;
        }
        self.documents[index].is_checked = true;
        let mut found = Vec::new();
        let mut known = std::mem::take(&mut self.profiles);
        self.check_profile(index, &mut known, &mut found);
        self.profiles = known;
        let mut findings: Vec<Finding> = self
            .shown(index..index + 1, found)
            .map(|(_, finding)| finding)
            .collect();
        findings.sort_by_key(|finding| finding.position.map(|position| position.offset));
        Some(findings)
    }

    /// Returns the index of the document.
    fn push(&mut self, name: String, directory: Option<&str>, facts: DocumentFacts) -> usize {
        self.documents.push(Member {
            name,
            directory: directory.map(str::to_owned),
            facts,
            is_checked: false,
        });
        self.documents.len() - 1
    }

    /// Checks the documents against each other. Returns the findings, each with the index of its document in the order in which they were added.
    #[must_use]
    pub fn check(&self) -> Vec<(usize, Finding)> {
        let mut found = Vec::new();
        let mut known = KnownProfiles::default();
        for index in 0..self.documents.len() {
            self.check_profile(index, &mut known, &mut found);
        }
        self.check_declarations(&mut found);
        let findings = self.shown(0..self.documents.len(), found);
        let mut findings: Vec<_> = findings
            .filter(|(index, _)| !self.documents[*index].is_checked)
            .collect();
        findings.sort_by_key(|(document, finding)| (*document, finding.position.map(|position| position.offset)));
        findings
    }

    /// Removes the findings that comments suppress, and adds those about comments in the documents of a range that suppress nothing.
    fn shown(&self, documents: Range<usize>, found: Vec<SetFinding>) -> impl Iterator<Item = (usize, Finding)> {
        let suppressing = found
            .iter()
            .filter_map(|found| Some((found.document, found.suppressed_by?)));
        let used: HashSet<(usize, usize)> = suppressing.collect();
        let shown = found.into_iter().filter(|found| found.suppressed_by.is_none());
        let unused = documents.flat_map(|document| {
            let suppressions = self.documents[document].facts.suppressions.iter().enumerate();
            suppressions.map(move |(index, suppression)| (document, index, suppression))
        });
        let unused =
            unused.filter(move |(document, index, found)| !found.is_used && !used.contains(&(*document, *index)));
        let unused = unused.map(|(document, _, suppression)| {
            let mut finding = Finding::unplaced(suppression::unused_suppression(suppression.code));
            finding.position = suppression.position;
            (document, finding)
        });
        shown.map(|found| (found.document, found.finding)).chain(unused)
    }

    /// Compares a profile with earlier ones.
    fn check_profile(&self, index: usize, known: &mut KnownProfiles, findings: &mut Vec<SetFinding>) {
        self.check_names(index, known, findings);
        self.check_settings(index, known, findings);
    }

    /// Reports that the profile has the identifier or UUID of an earlier one.
    fn check_names(&self, index: usize, known: &mut KnownProfiles, findings: &mut Vec<SetFinding>) {
        let facts = &self.documents[index].facts;
        if facts.declaration.is_some() {
            return;
        }
        let first = |named: &Option<Named>, known: &mut HashMap<String, usize>| {
            let name = named.as_ref()?.name.to_ascii_lowercase();
            let first = *known.entry(name).or_insert(index);
            (first != index).then_some(first)
        };
        let (same_identifier, same_uuid) = (
            first(&facts.identifier, &mut known.identifiers),
            first(&facts.uuid, &mut known.uuids),
        );
        // Two copies of a profile are one mistake.
        for (same, key, named) in [
            (same_identifier, "PayloadIdentifier", &facts.identifier),
            (
                same_uuid.filter(|_| same_identifier.is_none()),
                "PayloadUUID",
                &facts.uuid,
            ),
        ] {
            if let Some((first, named)) = same.zip(named.as_ref()) {
                let message = format!(
                    "{} has the same `{key}`, `{}`: of two such profiles, a device keeps the one installed last",
                    self.documents[first].name,
                    named.name.escape_debug()
                );
                findings.push(SetFinding {
                    document: index,
                    finding: warning(Code::Unique, key.to_owned(), named.position, message),
                    suppressed_by: named.suppressed_by,
                });
            }
        }
    }

    /// Reports the payloads that contradict an earlier one of the same type.
    fn check_settings(&self, index: usize, known: &mut KnownProfiles, findings: &mut Vec<SetFinding>) {
        for payload in &self.documents[index].facts.payloads {
            let mut keys = Vec::new();
            let mut other = None;
            for (key, value) in &payload.values {
                let place = (payload.payload_type, payload.is_for_user, *key);
                let (first, document) = *known.settings.entry(place).or_insert((*value, index));
                // Within a profile, validation reports the second payload.
                if first != *value && document != index {
                    other.get_or_insert(document);
                    keys.push(*key);
                }
            }
            let Some(other) = other else { continue };
            let shown: Vec<String> = keys.iter().take(5).map(|key| format!("`{key}`")).collect();
            let more = if keys.len() > shown.len() { " and others" } else { "" };
            let message = format!(
                "{} sets {}{more} of `{}` differently; a device uses only one of the payloads",
                self.documents[other].name,
                shown.join(", "),
                payload.payload_type
            );
            let mut finding = warning(Code::Conflict, payload.path.clone(), payload.position, message);
            finding.finding.severity = Severity::Info;
            finding.finding.item = Some(payload.payload_type);
            finding.finding.key = None;
            findings.push(SetFinding {
                document: index,
                finding,
                suppressed_by: payload.suppressed_by,
            });
        }
    }

    /// Checks identifiers and references of declarations in the same directory.
    fn check_declarations(&self, findings: &mut Vec<SetFinding>) {
        let mut known: HashMap<(&str, &str), usize> = HashMap::new();
        let declarations = || {
            let members = self.documents.iter().enumerate();
            members.filter_map(|(index, member)| {
                Some((
                    index,
                    member.directory.as_deref()?,
                    member,
                    member.facts.declaration.as_ref()?,
                ))
            })
        };
        for (index, directory, member, _) in declarations() {
            let Some(identifier) = &member.facts.identifier else {
                continue;
            };
            let first = *known.entry((directory, &identifier.name)).or_insert(index);
            if first != index {
                let message = format!(
                    "{} has the same `Identifier`, `{}`",
                    self.documents[first].name,
                    identifier.name.escape_debug()
                );
                findings.push(SetFinding {
                    document: index,
                    finding: warning(Code::Unique, "Identifier".to_owned(), identifier.position, message),
                    suppressed_by: identifier.suppressed_by,
                });
            }
        }
        for (index, directory, _, declared) in declarations() {
            for reference in &declared.references {
                let target = known.get(&(directory, &*reference.identifier)).copied();
                let problem = match target {
                    Some(target) => self.wrong_target(reference, target),
                    None => Some((Severity::Warning, missing(reference))),
                };
                if let Some((severity, message)) = problem {
                    let mut finding = warning(Code::BadReference, reference.path.clone(), reference.position, message);
                    finding.finding.severity = severity;
                    finding.finding.item = declared.item;
                    // The first key is that of the payload, which the item describes.
                    finding.finding.key = keys_after(&finding.finding.path, 1);
                    findings.push(SetFinding {
                        document: index,
                        finding,
                        suppressed_by: reference.suppressed_by,
                    });
                }
            }
        }
    }

    /// What is wrong with a reference to this document.
    fn wrong_target(&self, reference: &Reference, target: usize) -> Option<(Severity, String)> {
        let member = &self.documents[target];
        let declared = member.facts.declaration.as_ref()?;
        let found = &*declared.declaration_type;
        let is_right = if reference.asset_types.is_empty() {
            found.starts_with("com.apple.configuration.")
        } else {
            reference.asset_types.contains(&found)
        };
        if !is_right {
            let message = format!(
                "expected {}, found `{}` in {}",
                wanted(reference),
                found.escape_debug(),
                member.name
            );
            return Some((Severity::Error, message));
        }
        let content_type = declared.content_type.as_deref()?;
        let allowed = reference.content_types;
        let is_allowed = allowed.is_empty() || allowed.iter().any(|allowed| allowed.eq_ignore_ascii_case(content_type));
        (!is_allowed).then(|| {
            let message = format!(
                "expected data of type `{}`, found `{}` in {}",
                allowed.join("` or `"),
                content_type.escape_debug(),
                member.name
            );
            (Severity::Error, message)
        })
    }
}

/// What a reference must lead to.
fn wanted(reference: &Reference) -> String {
    match reference.asset_types {
        [] => "a configuration".to_owned(),
        types => format!("`{}`", types.join("` or `")),
    }
}

fn missing(reference: &Reference) -> String {
    format!(
        "no declaration in the directory has the identifier `{}`: expected {}",
        reference.identifier.escape_debug(),
        wanted(reference)
    )
}

fn warning(code: Code, path: String, position: Option<Position>, message: String) -> Finding {
    let key = keys_after(&path, 0);
    Finding {
        finding: validate::Finding {
            key,
            ..validate::Finding::new(code, Severity::Warning, path, message)
        },
        position,
        excerpt: None,
        fix: None,
    }
}

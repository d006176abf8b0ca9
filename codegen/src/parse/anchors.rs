//! The anchors and aliases of a document.

use std::collections::HashMap;

use serde_yaml::Value;

use crate::message::{did_you_mean, found, shorten};
use crate::yaml::{self, PathStep};

/// The anchored values of a document, and the errors in its anchors, aliases and tags.
pub(super) struct Anchors<'a> {
    values: HashMap<String, &'a Value>,
    problems: Vec<(Vec<PathStep>, String)>,
    nodes: usize,
}

impl<'a> Anchors<'a> {
    pub(super) fn of(document: &'a Value) -> Self {
        let mut anchors = Self {
            values: HashMap::new(),
            problems: Vec::new(),
            nodes: 0,
        };
        let mut sizes = HashMap::new();
        let mut open = Vec::new();
        anchors.nodes = anchors.walk(document, &mut Vec::new(), &mut sizes, &mut open);
        anchors
    }

    /// Returns the number of values in the document. An alias counts as the value that it refers to.
    pub(super) fn nodes(&self) -> usize {
        self.nodes
    }

    pub(super) fn problems(&self) -> &[(Vec<PathStep>, String)] {
        &self.problems
    }

    /// Returns the value with this anchor.
    pub(super) fn get(&self, name: &str) -> Option<&'a Value> {
        self.values.get(name).copied()
    }

    /// Removes an anchor, and follows an alias. Returns `None` for an alias without an anchor, which [`problems`](Self::problems)
    /// reports.
    pub(super) fn plain(&self, value: &'a Value) -> Option<&'a Value> {
        if let Some(name) = yaml::alias(value) {
            return self.get(name);
        }
        // `problems` reports other tags.
        match value {
            Value::Tagged(tagged) => Some(&tagged.value),
            plain => Some(plain),
        }
    }

    /// Collects the anchors and problems in a value. Returns the number of values in it.
    fn walk(
        &mut self,
        value: &'a Value,
        path: &mut Vec<PathStep>,
        sizes: &mut HashMap<String, usize>,
        open: &mut Vec<String>,
    ) -> usize {
        if let Some(name) = yaml::alias(value) {
            if let Some(size) = sizes.get(name) {
                return *size;
            }
            if open.iter().any(|open| open == name) {
                // Only a list of keys may refer to itself. Any other value would be infinite.
                if path.last() != Some(&PathStep::Key("subkeys".to_owned())) {
                    let message = format!("the alias `*{name}` is within the value that it refers to");
                    self.problems.push((path.clone(), message));
                    self.values.remove(name);
                }
                return 1;
            }
            let close = did_you_mean(name, self.values.keys().map(String::as_str));
            let close = close.map(|close| format!("; {close}")).unwrap_or_default();
            let message =
                format!("the alias `*{name}` refers to nothing: no value above it is marked `&{name}`{close}");
            self.problems.push((path.clone(), message));
            return 1;
        }
        match value {
            Value::Sequence(list) => {
                let mut size = 1_usize;
                for (index, item) in list.iter().enumerate() {
                    path.push(PathStep::Item(index));
                    size = size.saturating_add(self.walk(item, path, sizes, open));
                    path.pop();
                }
                size
            }
            Value::Mapping(mapping) => {
                let mut size = 1_usize;
                for (key, item) in mapping {
                    let name = key.as_str().map_or_else(|| found(key), str::to_owned);
                    path.push(PathStep::Key(name));
                    size = size.saturating_add(self.walk(item, path, sizes, open));
                    path.pop();
                }
                size
            }
            Value::Tagged(tagged) => match yaml::anchor(value) {
                Some((name, inner)) => {
                    if self.values.insert(name.clone(), inner).is_some() {
                        let message = format!("the anchor `&{name}` is given to two values; rename one");
                        self.problems.push((path.clone(), message));
                    }
                    open.push(name.clone());
                    let size = self.walk(inner, path, sizes, open);
                    open.pop();
                    sizes.insert(name, size);
                    size
                }
                None => {
                    let message = format!(
                        "the YAML tag `{}` is not used in schemas; remove it",
                        shorten(&tagged.tag.to_string())
                    );
                    self.problems.push((path.clone(), message));
                    self.walk(&tagged.value, path, sizes, open)
                }
            },
            _ => 1,
        }
    }
}

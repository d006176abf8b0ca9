//! Keys within keys: what no Rust type and no document could be, and what is nested too deeply.

use crate::model::{Key, Kind, ListId};
use crate::problem::Problem;

/// How deeply keys can be nested.
const MAX_DEPTH: usize = 32;

/// Reports keys that contain themselves without end or are nested too deeply, and takes their subkeys or `required` away.
pub(super) fn settle(file: &str, section: &str, root: ListId, lists: &mut [Vec<Key>], problems: &mut Vec<Problem>) {
    let mut depths = Depths {
        file,
        lists,
        problems,
        heights: Vec::new(),
    };
    depths.heights.resize(depths.lists.len(), None);
    depths.list(root, section, 1);
    for (list, index) in cycles(lists, is_nameless) {
        let key = &mut lists[list][index];
        let message = format!(
            "`{}` contains itself without end: an array cannot be its own item, nor a dictionary of any keys its own \
             value; put a dictionary with keys between",
            key.name
        );
        key.subkeys = None;
        problems.push(Problem::in_schema(file, section, message));
    }
    for (list, index) in cycles(lists, is_required) {
        let key = &mut lists[list][index];
        let message = format!(
            "`{}` is required within itself, so that no document could be complete; make it optional",
            key.name
        );
        key.required = false;
        problems.push(Problem::in_schema(file, section, message));
    }
}

struct Depths<'a> {
    file: &'a str,
    lists: &'a mut [Vec<Key>],
    problems: &'a mut Vec<Problem>,
    /// How many levels are below each list that was looked at; 0 while it is.
    heights: Vec<Option<usize>>,
}

impl Depths<'_> {
    /// Cuts off what is too deep in a list; returns how many levels are left below it.
    fn list(&mut self, list: ListId, at: &str, depth: usize) -> usize {
        if let Some(height) = self.heights[list.0] {
            return height;
        }
        self.heights[list.0] = Some(0);
        let mut height = 0;
        for index in 0..self.lists[list.0].len() {
            let key = &self.lists[list.0][index];
            let Some(inner) = key.subkeys else { continue };
            let at = format!("{at}.{}", key.name);
            let below = if depth < MAX_DEPTH {
                1 + self.list(inner, &at, depth + 1)
            } else {
                MAX_DEPTH
            };
            if depth + below > MAX_DEPTH {
                let message = format!("keys are nested more than {MAX_DEPTH} levels deep");
                self.problems.push(Problem::in_schema(self.file, at, message));
                self.lists[list.0][index].subkeys = None;
            } else {
                height = height.max(below);
            }
        }
        self.heights[list.0] = Some(height);
        height
    }
}

/// Whether the type of the subkeys has no name of its own, and so cannot refer to itself.
fn is_nameless(key: &Key, keys: &[Key]) -> bool {
    keys.len() == 1 && (key.kind == Kind::Array || key.kind == Kind::Dictionary && keys[0].any)
}

/// Whether the key is a dictionary that must be there.
fn is_required(key: &Key, keys: &[Key]) -> bool {
    key.required && key.kind == Kind::Dictionary && !is_nameless(key, keys)
}

/// The keys, by list and index, that close a circle of keys for all of which `follow` holds.
fn cycles(lists: &[Vec<Key>], follow: fn(&Key, &[Key]) -> bool) -> Vec<(usize, usize)> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut states = vec![State::New; lists.len()];
    let mut found = Vec::new();
    for start in 0..lists.len() {
        if states[start] != State::New {
            continue;
        }
        states[start] = State::Open;
        // The lists around, each with the index of its next key.
        let mut open = vec![(start, 0)];
        while let Some((list, index)) = open.last_mut() {
            let (at, here) = (*list, *index);
            let Some(key) = lists[at].get(here) else {
                states[at] = State::Done;
                open.pop();
                continue;
            };
            *index += 1;
            let Some(inner) = key.subkeys.filter(|inner| follow(key, &lists[inner.0])) else {
                continue;
            };
            match states[inner.0] {
                State::New => {
                    states[inner.0] = State::Open;
                    open.push((inner.0, 0));
                }
                State::Open => found.push((at, here)),
                State::Done => {}
            }
        }
    }
    found
}

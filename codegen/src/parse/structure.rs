//! Finds nested keys that cannot become a Rust type, that no document can have, or that are nested too deeply.

use crate::model::{File, Key, Kind, ListId};
use crate::problem::Problem;

/// The maximum depth of nested keys.
const MAX_DEPTH: usize = 32;

/// Reports keys that are infinitely nested or nested too deeply, and removes their subkeys or makes them optional.
///
/// The overlay can change the type of a key or make it required, so this check runs when a file is read and again after the overlay.
pub(crate) fn check_nesting(file: &mut File, problems: &mut Vec<Problem>) {
    for (section, list) in [("payloadkeys", file.keys), ("responsekeys", file.response)] {
        if let Some(list) = list {
            check_section(&file.path, section, list, &mut file.lists, problems);
        }
    }
}

fn check_section(file: &str, section: &str, root: ListId, lists: &mut [Vec<Key>], problems: &mut Vec<Problem>) {
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
            "`{}` is infinitely nested: an array cannot be its own item, nor a dictionary of any keys its own \
             value; put a dictionary with named keys between them",
            key.name
        );
        key.subkeys = None;
        problems.push(Problem::in_schema(file, section, message));
    }
    for (list, index) in cycles(lists, is_required) {
        let key = &mut lists[list][index];
        let message = format!(
            "`{}` is required within itself, so no document could be complete; make it optional",
            key.name
        );
        key.required = false;
        key.group = false;
        problems.push(Problem::in_schema(file, section, message));
    }
}

struct Depths<'a> {
    file: &'a str,
    lists: &'a mut [Vec<Key>],
    problems: &'a mut Vec<Problem>,
    /// The number of levels below each list that was visited; 0 during the visit.
    heights: Vec<Option<usize>>,
}

impl Depths<'_> {
    /// Removes the subkeys in a list that are nested too deeply. Returns the number of levels that remain below the list.
    fn list(&mut self, list: ListId, place: &str, depth: usize) -> usize {
        if let Some(height) = self.heights[list.0] {
            return height;
        }
        self.heights[list.0] = Some(0);
        let mut height = 0;
        for index in 0..self.lists[list.0].len() {
            let key = &self.lists[list.0][index];
            let Some(inner) = key.subkeys else { continue };
            let place = format!("{place}.{}", key.name);
            let below = if depth < MAX_DEPTH {
                1 + self.list(inner, &place, depth + 1)
            } else {
                MAX_DEPTH
            };
            if depth + below > MAX_DEPTH {
                let message = format!("keys are nested more than {MAX_DEPTH} levels deep");
                self.problems.push(Problem::in_schema(self.file, place, message));
                self.lists[list.0][index].subkeys = None;
            } else {
                height = height.max(below);
            }
        }
        self.heights[list.0] = Some(height);
        height
    }
}

/// Whether the subkeys have no named type. Only a named type can refer to itself.
fn is_nameless(key: &Key, keys: &[Key]) -> bool {
    keys.len() == 1 && (key.kind == Kind::Array || key.kind == Kind::Dictionary && keys[0].any)
}

/// Whether the key is a dictionary whose Rust field is not optional.
fn is_required(key: &Key, keys: &[Key]) -> bool {
    (key.required || key.group) && key.kind == Kind::Dictionary && !is_nameless(key, keys)
}

/// Finds cycles of keys that all satisfy `follow`. Returns the list and index of the key that closes each cycle.
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
        // The enclosing lists, each with the index of its next key.
        let mut open = vec![(start, 0)];
        while let Some((list, index)) = open.last_mut() {
            let (place, here) = (*list, *index);
            let Some(key) = lists[place].get(here) else {
                states[place] = State::Done;
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
                State::Open => found.push((place, here)),
                State::Done => {}
            }
        }
    }
    found
}

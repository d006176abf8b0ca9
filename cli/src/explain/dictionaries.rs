//! The dictionaries inside a dictionary.

use apple_mdm::schema::{Dict, Kind};

/// Returns the dictionary and all dictionaries inside it, with their paths. A dictionary that appears in several places has the same
/// table in each, and is returned for the first place.
pub fn inside(dict: &'static Dict) -> Vec<(String, &'static Dict)> {
    let mut found = Vec::new();
    add(dict, String::new(), &mut found);
    found
}

fn add(dict: &'static Dict, path: String, found: &mut Vec<(String, &'static Dict)>) {
    if found.iter().any(|(_, known)| std::ptr::eq(*known, dict)) {
        return;
    }
    found.push((path.clone(), dict));
    for key in dict.keys.iter().chain(dict.any) {
        let name = if key.name.is_empty() { "*" } else { key.name };
        let path = if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}.{name}")
        };
        add_value(key.kind, path, found);
    }
}

fn add_value(kind: Kind, path: String, found: &mut Vec<(String, &'static Dict)>) {
    match kind {
        Kind::Array(item) | Kind::OneOrMany(item) => add_value(item.kind, format!("{path}[]"), found),
        Kind::Map(value) => add_value(value.kind, format!("{path}.*"), found),
        Kind::Dictionary(dict) => add(dict, path, found),
        Kind::Union(union) => {
            let path = path.strip_suffix("[]").unwrap_or(&path);
            for (label, alternative) in union.alternatives {
                if let Kind::Dictionary(dict) = alternative.kind {
                    add(dict, format!("{path}[{label}]"), found);
                }
            }
        }
        _ => {}
    }
}

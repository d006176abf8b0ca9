//! Names the types of a section.

use std::collections::HashMap;

use crate::ident::{self, Words};
use crate::model::Family;

/// Names that generated code uses without a path. A type cannot have such a name.
pub(super) const RESERVED: [&str; 35] = [
    "Availability",
    "BTreeMap",
    "Box",
    "Clone",
    "Data",
    "Date",
    "Default",
    "Described",
    "Dict",
    "Dictionary",
    "Envelope",
    "Err",
    "Error",
    "Extra",
    "From",
    "Into",
    "InvalidItem",
    "None",
    "Ok",
    "OneOrMany",
    "Option",
    "Over",
    "Read",
    "Reader",
    "Record",
    "Result",
    "Selected",
    "Some",
    "String",
    "ToOwned",
    "UnknownItem",
    "Value",
    "Vec",
    "View",
    "Write",
];

/// Whether an item of a family cannot have this name, because generated code or the module that includes it uses the name.
pub(super) fn is_reserved(family: Family, name: &str) -> bool {
    let written: &[&str] = match family {
        Family::Command => &[
            "Command",
            "CommandItem",
            "ErrorChainItem",
            "Request",
            "Response",
            "Status",
        ],
        Family::Profile => &[
            "Content",
            "Payload",
            "PayloadEntry",
            "PayloadItem",
            "PayloadScope",
            "Profile",
        ],
        Family::CheckIn => &["Message", "MessageItem"],
        Family::Declaration => &["Declaration", "DeclarationItem"],
        Family::Status => &["StatusReport"],
        _ => &[],
    };
    // Links in the documentation would be ambiguous, because a macro that derives a trait has the same name.
    const DERIVED: [&str; 7] = ["Copy", "Debug", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];
    // `Unknown` and `Invalid` are variants of the enum of all items of a family.
    ["Self", "Unknown", "Invalid"].contains(&name)
        || DERIVED.contains(&name)
        || RESERVED.contains(&name)
        || written.contains(&name)
}

/// The modules next to the generated ones that are written by hand, and the module of the tables.
pub(super) const MODULES: [&str; 5] = ["envelope", "install_profile", "profile", "response", "tables"];

/// The possible names of a type.
#[derive(Debug, Clone)]
pub(super) struct Candidates {
    /// The name that the schema suggests, unless another type has it.
    pub(super) hint: Option<String>,
    /// The enclosing keys from the root, and the name that the key itself suggests.
    pub(super) trail: Vec<String>,
}

/// Chooses the name of every type: the hint in the schema, or the shortest end of its trail that is unique.
///
/// The first type is the item itself, which is in another module and is named `root`.
pub(super) fn choose_names(types: &[Candidates], root: &str, words: &Words) -> Vec<String> {
    let spell = |trail: &[String], length: usize| -> String {
        let from = trail.len().saturating_sub(length);
        let mut names: Vec<String> = trail[from..trail.len() - 1]
            .iter()
            .map(|name| words.type_name(name))
            .collect();
        names.push(trail[trail.len() - 1].clone());
        names.concat()
    };
    let longest = types.iter().map(|ty| ty.trail.len()).max().unwrap_or(1);
    let count = types.len();
    // The number of names to use from the trail; 0 means the hint.
    let mut lengths: Vec<usize> = types.iter().map(|ty| usize::from(ty.hint.is_none())).collect();
    let mut names: Vec<String> = vec![String::new(); count];
    for _ in 0..=longest {
        for (index, ty) in types.iter().enumerate() {
            names[index] = match (&ty.hint, lengths[index]) {
                (Some(hint), 0) => hint.clone(),
                (_, length) => spell(&ty.trail, length),
            };
        }
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for name in names.iter().skip(1) {
            *uses.entry(name).or_default() += 1;
        }
        for index in 1..count {
            let name = names[index].as_str();
            if RESERVED.contains(&name) || uses[name] > 1 {
                lengths[index] += 1;
            }
        }
    }
    root.clone_into(&mut names[0]);
    let mut taken: Vec<String> = RESERVED.iter().map(|name| (*name).to_owned()).collect();
    // The names of tables are in upper case, so different names of types may result in the same name: `A1b`, `A1B`.
    let mut tables: Vec<String> = Vec::new();
    for name in names.iter_mut().skip(1) {
        *name = ident::distinct_type(std::mem::take(name), &mut taken);
        while tables.contains(&ident::shout(name)) {
            *name = ident::distinct_type(std::mem::take(name), &mut taken);
        }
        tables.push(ident::shout(name));
    }
    names
}

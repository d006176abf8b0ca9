//! What the types of a section are called.

use crate::ident::{self, Words};
use crate::model::Family;

/// Names that generated code uses as they are: a type called so would stand in their way.
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

/// Whether the item of a family cannot be called so: generated code uses the name, or the module that the code is included in.
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
    RESERVED.contains(&name) || written.contains(&name)
}

/// The modules that are written by hand beside the generated ones of a family, and that of the tables.
pub(super) const MODULES: [&str; 5] = ["envelope", "install_profile", "profile", "response", "tables"];

/// What a type may be called.
#[derive(Debug, Clone)]
pub(super) struct Candidates {
    /// The name that the schema suggests for the shape, for as long as no other shape has it.
    pub(super) hint: Option<String>,
    /// The key and those around it, from the root; the last one is spelt as a type.
    pub(super) trail: Vec<String>,
}

/// Names every type: as the schema suggests, or by the shortest end of its trail that no other type wants.
///
/// The first one is the item itself; it stands in another module, and `root` is its name.
pub(super) fn settle(types: &[Candidates], root: &str, words: &Words) -> Vec<String> {
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
    // 0 stands for the hint.
    let mut lengths: Vec<usize> = types.iter().map(|ty| usize::from(ty.hint.is_none())).collect();
    let mut names: Vec<String> = vec![String::new(); count];
    for _ in 0..=longest {
        for (index, ty) in types.iter().enumerate() {
            names[index] = match (&ty.hint, lengths[index]) {
                (Some(hint), 0) => hint.clone(),
                (_, length) => spell(&ty.trail, length),
            };
        }
        for index in 1..count {
            let reserved = RESERVED.contains(&names[index].as_str());
            if reserved || (1..count).any(|other| other != index && names[other] == names[index]) {
                lengths[index] += 1;
            }
        }
    }
    root.clone_into(&mut names[0]);
    let mut taken: Vec<String> = RESERVED.iter().map(|name| (*name).to_owned()).collect();
    // Their tables are told apart by these names in capitals, which may be the same where the names differ: `A1b`, `A1B`.
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

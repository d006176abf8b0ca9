//! Payloads that a profile, or a device, may have once.

use std::collections::HashMap;

use super::context::Context;
use super::finding::{Code, Severity};
use super::path::Trail;
use crate::schema::{Availability, Item, Os};

/// Finds the payloads after the first of each type that may be there once; `content` is the path of the array.
pub(crate) fn check(cx: &mut Context<'_>, payloads: impl Iterator<Item = Option<&'static Item>>, content: &Trail<'_>) {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (index, item) in payloads.enumerate() {
        let Some(item) = item else { continue };
        let Some(first) = seen.get(item.rust).copied() else {
            seen.insert(item.rust, index);
            continue;
        };
        if !may_be_several(item, cx.target.map(|target| target.os)) {
            let message = format!(
                "a profile may have one `{}` only, the first one is {content}[{first}]",
                item.name
            );
            cx.find(Code::DuplicatePayload, Severity::Error, &content.index(index), message);
        }
    }
}

/// Whether some system takes several; with a target, whether that does.
fn may_be_several(item: &Item, os: Option<Os>) -> bool {
    let availability = Availability::of(item.support);
    let may = |os: Os| availability.on(os).multiple != Some(false);
    match os {
        Some(os) => may(os),
        None => {
            let mut systems = availability.systems().map(|(os, _)| os).peekable();
            systems.peek().is_none() || systems.any(may)
        }
    }
}

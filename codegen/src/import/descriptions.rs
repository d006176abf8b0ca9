//! Our descriptions, which an import keeps.

use std::collections::HashMap;

use serde_yaml::Value;

use super::{items, related_name, text};
use crate::facts;

/// Our descriptions of a file, by place.
pub(super) struct Descriptions(HashMap<String, String>);

impl Descriptions {
    pub(super) fn of(document: Option<&Value>) -> Self {
        let mut texts = HashMap::new();
        let Some(document) = document else { return Self(texts) };
        let mut keep = |at: String, value: Option<&Value>| {
            if let Some(text) = value.and_then(Value::as_str) {
                texts.insert(at, text.to_owned());
            }
        };
        keep("description".to_owned(), document.get("description"));
        keep(
            "content".to_owned(),
            document.get("payload").and_then(|p| p.get("content")),
        );
        for reason in items(document.get("reasons")) {
            let code = text(reason, "value");
            keep(format!("reason {code}"), reason.get("description"));
            for detail in items(reason.get("details")) {
                keep(
                    format!("reason {code}.{}", text(detail, "key")),
                    detail.get("description"),
                );
            }
        }
        for related in items(document.get("related-status-items")) {
            keep(format!("related {}", related_name(related)), related.get("note"));
        }
        facts::each_key(document, &mut |place, key| keep(place.to_owned(), key.get("content")));
        Self(texts)
    }

    pub(super) fn get(&self, place: &str) -> Option<&String> {
        self.0.get(place)
    }
}

//! Parses the reasons and status items of a declaration.

use serde_yaml::Value;

use super::Parser;
use super::fields::Fields;
use crate::model::{Detail, Kind, Reason, Related};

impl<'a> Parser<'a> {
    /// Reads the reason codes.
    pub(super) fn reasons(&mut self, list: &'a Value) -> Vec<Reason> {
        let mut reasons = Vec::new();
        for reason in self.mappings(list, "reasons") {
            let mut fields = Fields::new(reason, "reasons", self.anchors);
            let Some(code) = fields.text("value") else {
                self.problem("reasons", "a reason needs its code as `value`");
                continue;
            };
            let place = format!("reasons.{code}");
            fields.set_place(&place);
            let mut details = Vec::new();
            let list = fields.take("details");
            for detail in list.map(|list| self.mappings(list, &place)).unwrap_or_default() {
                let mut detail = Fields::new(detail, &place, self.anchors);
                let Some(name) = detail.text("key") else {
                    self.problem(&place, "a detail needs its name as `key`");
                    continue;
                };
                detail.set_place(&format!("{place}.{name}"));
                details.push(Detail {
                    kind: self.kind(&mut detail).unwrap_or(Kind::Any),
                    name,
                    value_type: detail.text("valuetype"),
                    description: detail.text("description"),
                });
                self.finish(detail);
            }
            reasons.push(Reason {
                description: fields.text("description"),
                details,
                value: code,
            });
            self.finish(fields);
        }
        reasons
    }

    /// Reads the related status items.
    pub(super) fn related(&mut self, list: &'a Value) -> Vec<Related> {
        const PLACE: &str = "related-status-items";
        let mut related = Vec::new();
        for entry in self.mappings(list, PLACE) {
            let mut fields = Fields::new(entry, PLACE, self.anchors);
            let items = fields.take("status-items");
            related.push(Related {
                items: self.texts(items, PLACE, "status-items"),
                note: fields.text("note"),
            });
            self.finish(fields);
        }
        related
    }
}

//! `supportedOS`: what is said of each operating system.

use serde_yaml::{Mapping, Value};

use super::{Fields, Parser};
use crate::model::{Fact, Os, Version, What};

/// A property that is true or false, and what it says.
type Flag = (&'static str, fn(bool) -> What);

impl Parser<'_> {
    pub(super) fn support(&mut self, value: &Value, at: &str) -> Vec<Fact> {
        let mut facts = Vec::new();
        let value = self.plain(value);
        let Value::Mapping(systems) = &value else {
            self.warn(at, "`supportedOS` must be a mapping");
            return facts;
        };
        for (name, value) in systems {
            let name = name.as_str().unwrap_or_default();
            let Some(os) = Os::of(name) else {
                self.warn(
                    at,
                    format_args!("the operating system `{name}` is not known and is left out"),
                );
                continue;
            };
            let value = self.plain(value);
            let Value::Mapping(properties) = &value else {
                self.warn(at, format_args!("{name} must be a mapping"));
                continue;
            };
            self.properties(os, properties, at, &mut facts);
        }
        facts.sort();
        facts
    }

    fn properties(&mut self, os: Os, properties: &Mapping, at: &str, facts: &mut Vec<Fact>) {
        let mut fields = Fields::new(properties);
        let mut add = |what| facts.push(Fact { os, what });
        if let Some(text) = fields.text("introduced") {
            match text.as_str() {
                "n/a" => add(What::NotAvailable),
                "all" => add(What::Always),
                _ => {
                    if let Some(v) = self.version(&text, at) {
                        add(What::Introduced(v));
                    }
                }
            }
        }
        if let Some(v) = fields.text("deprecated").and_then(|text| self.version(&text, at)) {
            add(What::Deprecated(v));
        }
        if let Some(v) = fields.text("removed").and_then(|text| self.version(&text, at)) {
            add(What::Removed((v > Version(0, 0, 0)).then_some(v)));
        }
        if let Some(text) = fields.text("accessrights") {
            add(What::AccessRight((text != "n/a" && text != "None").then_some(text)));
        }
        let flags: [Flag; 9] = [
            ("multiple", What::Multiple),
            ("devicechannel", What::DeviceChannel),
            ("userchannel", What::UserChannel),
            ("supervised", What::Supervised),
            ("requiresdep", What::RequiresDep),
            ("userapprovedmdm", What::UserApprovedMdm),
            ("allowmanualinstall", What::AllowManualInstall),
            ("always-skippable", What::AlwaysSkippable),
            ("beta", What::Beta),
        ];
        for (name, what) in flags {
            if let Some(flag) = self.flag(&mut fields, name, at) {
                add(what(flag));
            }
        }
        if let Some(list) = fields.take("allowed-enrollments") {
            add(What::AllowedEnrollments(self.texts(Some(list), at)));
        }
        if let Some(list) = fields.take("allowed-scopes") {
            add(What::AllowedScopes(self.texts(Some(list), at)));
        }
        if let Some(shared) = fields.mapping("sharedipad") {
            let mut shared = Fields::new(shared);
            if let Some(mode) = self.mode(&mut shared, at) {
                add(What::SharedIpadMode(mode));
            }
            if let Some(flag) = self.flag(&mut shared, "devicechannel", at) {
                add(What::SharedIpadDeviceChannel(flag));
            }
            if let Some(flag) = self.flag(&mut shared, "userchannel", at) {
                add(What::SharedIpadUserChannel(flag));
            }
            if let Some(list) = shared.take("allowed-scopes") {
                add(What::SharedIpadScopes(self.texts(Some(list), at)));
            }
            self.rest(shared, at);
        }
        if let Some(user) = fields.mapping("userenrollment") {
            let mut user = Fields::new(user);
            if let Some(mode) = self.mode(&mut user, at) {
                add(What::UserEnrollmentMode(mode));
            }
            user.take("behavior");
            self.rest(user, at);
        }
        self.rest(fields, at);
    }

    fn flag(&mut self, fields: &mut Fields<'_>, name: &str, at: &str) -> Option<bool> {
        let value = fields.take(name)?;
        if value.as_bool().is_none() {
            self.warn(at, format_args!("`{name}` must be true or false"));
        }
        value.as_bool()
    }

    fn mode(&mut self, fields: &mut Fields<'_>, at: &str) -> Option<String> {
        let mode = fields.text("mode")?;
        if !["allowed", "required", "forbidden", "ignored"].contains(&mode.as_str()) {
            self.warn(at, format_args!("the mode `{mode}` is not known and is left out"));
            return None;
        }
        Some(mode)
    }

    fn version(&mut self, text: &str, at: &str) -> Option<Version> {
        let mut parts = text.split('.').map(str::parse::<u16>);
        let version = match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(Ok(a)), None, None, None) => Some(Version(a, 0, 0)),
            (Some(Ok(a)), Some(Ok(b)), None, None) => Some(Version(a, b, 0)),
            (Some(Ok(a)), Some(Ok(b)), Some(Ok(c)), None) => Some(Version(a, b, c)),
            _ => None,
        };
        if version.is_none() {
            self.warn(at, format_args!("`{text}` is no version and is left out"));
        }
        version
    }
}

//! Records as the generator writes them, for the tests of the runtime.

use std::collections::BTreeMap;

use apple_mdm::Error;
use apple_mdm::codec::{Extra, Joined, Map, Read, Reader, Record, View, Write};
use apple_mdm::schema::{Dict, Key, Kind};
use apple_mdm::value::{Data, Date};

macro_rules! record {
    (
        $(#[$attribute:meta])* $name:ident, $table:ident, lenient: $lenient:expr;
        $($field:ident: $t:ty = $key:literal, $kind:expr, $required:expr;)*
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $(pub $field: $t,)*
            pub extra: Extra,
        }

        pub static $table: Dict = {
            const KEYS: &[Key] = &[$(Key { required: $required, ..Key::new($key, $kind) }),*];
            Dict {
                lenient: $lenient,
                ..Dict::of(stringify!($name), KEYS)
            }
        };

        impl Record for $name {
            fn parts(&self) -> (&'static Dict, &Extra) {
                (&$table, &self.extra)
            }

            #[allow(unused_assignments)]
            fn get(&self, index: usize) -> View<'_> {
                let mut at = 0;
                $(
                    if index == at {
                        return self.$field.view();
                    }
                    at += 1;
                )*
                View::Absent
            }

            #[allow(unused_assignments)]
            fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
                let mut at = 0;
                $(
                    if index == at {
                        return Read::fill(&mut self.$field, r);
                    }
                    at += 1;
                )*
                r.keep(&mut self.extra)
            }

            fn empty() -> Self {
                Self { $($field: <$t as Read>::blank(),)* extra: Extra::new() }
            }
        }
    };
}

record! {
    SetFirmwarePassword, SET_FIRMWARE_PASSWORD, lenient: false;
    new_password: String = "NewPassword", Kind::String, true;
    allow_oroms: Option<bool> = "AllowOroms", Kind::Boolean, false;
    current_password: Option<String> = "CurrentPassword", Kind::String, false;
    request_type: Option<String> = "RequestType", Kind::String, false;
}

record! {
    CustomRegex, CUSTOM_REGEX, lenient: false;
    regex: String = "passwordContentRegex", Kind::String, true;
    description: Option<BTreeMap<String, String>> = "passwordContentDescription", Kind::Any, false;
}

record! {
    Passcode, PASSCODE, lenient: false;
    allow_simple: Option<bool> = "allowSimple", Kind::Boolean, false;
    max_inactivity: Option<i64> = "maxInactivity", Kind::Integer, false;
    min_length: Option<i64> = "minLength", Kind::Integer, false;
    force_pin: Option<bool> = "forcePIN", Kind::Boolean, false;
    custom_regex: Option<CustomRegex> = "customRegex", Kind::Dictionary(&CUSTOM_REGEX), false;
}

record! {
    /// Keys that stand beside those of every payload.
    Common, COMMON, lenient: false;
    identifier: String = "PayloadIdentifier", Kind::String, true;
    payload_type: String = "PayloadType", Kind::String, true;
    uuid: String = "PayloadUUID", Kind::String, true;
    display_name: Option<String> = "PayloadDisplayName", Kind::String, false;
}

record! {
    Certificate, CERTIFICATE, lenient: true;
    common_name: Option<String> = "CommonName", Kind::String, true;
    data: Option<Data> = "Data", Kind::Data, true;
    not_after: Option<Date> = "NotAfter", Kind::Date, false;
}

record! {
    CertificateListResponse, CERTIFICATE_LIST_RESPONSE, lenient: true;
    certificates: Option<Vec<Certificate>> = "CertificateList", Kind::Any, true;
    level: Option<f64> = "Level", Kind::Real, false;
}

record! {
    Folder, FOLDER, lenient: false;
    name: String = "Name", Kind::String, true;
    folder: Option<Box<Folder>> = "Folder", Kind::Any, false;
}

apple_mdm::generated_serde!(SetFirmwarePassword, plist);
apple_mdm::generated_serde!(CertificateListResponse, plist);

/// The same as [`Certificate`], as a declaration would have it.
#[derive(Clone, Debug, PartialEq)]
pub struct Asset(pub Certificate);

impl Read for Asset {
    fn blank() -> Self {
        Self(Certificate::blank())
    }

    fn fill(&mut self, r: &mut Reader<'_>) -> Result<(), Error> {
        self.0.fill(r)
    }
}

impl Write for Asset {
    fn view(&self) -> View<'_> {
        self.0.view()
    }
}

apple_mdm::generated_serde!(Asset, json);

/// A payload with the keys of every payload beside its own.
#[derive(Clone, Debug, PartialEq)]
pub struct PasscodeEntry {
    pub common: Common,
    pub passcode: Passcode,
}

impl Read for PasscodeEntry {
    fn blank() -> Self {
        Self {
            common: Common::blank(),
            passcode: Passcode::blank(),
        }
    }

    fn fill(&mut self, r: &mut Reader<'_>) -> Result<(), Error> {
        r.record_beside(&mut self.passcode, &mut self.common)
    }
}

impl Write for PasscodeEntry {
    fn view(&self) -> View<'_> {
        View::Map(self)
    }
}

impl Map for PasscodeEntry {
    fn len(&self) -> usize {
        Joined(&self.common, &self.passcode).len()
    }

    fn value(&self, key: &str) -> View<'_> {
        Joined(&self.common, &self.passcode).value(key)
    }

    fn each<'a>(&'a self, f: &mut dyn FnMut(&'a str, &View<'a>)) {
        Joined(&self.common, &self.passcode).each(f);
    }
}

mod tests {
    use super::*;

    #[test]
    fn the_tables_find_their_keys() {
        for table in [
            &SET_FIRMWARE_PASSWORD,
            &CUSTOM_REGEX,
            &PASSCODE,
            &COMMON,
            &CERTIFICATE,
            &CERTIFICATE_LIST_RESPONSE,
            &FOLDER,
        ] {
            for (index, key) in table.keys.iter().enumerate() {
                assert_eq!(table.index(key.name), Some(index), "{} {}", table.name, key.name);
            }
        }
    }
}

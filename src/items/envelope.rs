//! Dictionaries around items, which the schema does not describe.

/// Implements `Record` for a struct with these fields and `extra`, and creates its table with additional fields. The keys must be
/// sorted.
macro_rules! envelope {
    (@required required) => { true };
    (@required optional) => { false };
    (
        $type:ident, $flavor:ident $(, $more:ident: $said:expr)*;
        $($key:literal => $field:ident: $presence:ident $kind:ident,)*
    ) => {
        impl crate::codec::Record for $type {
            fn parts(&self) -> (&'static crate::schema::Dict, &crate::codec::Extra) {
                (<Self as crate::codec::HasTable>::TABLE, &self.extra)
            }
            #[allow(unused_assignments)]
            fn get(&self, index: usize) -> crate::codec::View<'_> {
                let mut at = 0;
                $(
                    if index == at {
                        return crate::codec::Write::view(&self.$field);
                    }
                    at += 1;
                )*
                crate::codec::View::Absent
            }
            #[allow(unused_assignments)]
            fn set(&mut self, index: usize, r: &mut crate::codec::reader::Reader<'_>) -> Result<(), crate::error::Error> {
                let mut at = 0;
                $(
                    if index == at {
                        return crate::codec::Read::fill(&mut self.$field, r);
                    }
                    at += 1;
                )*
                r.keep(&mut self.extra)
            }
            fn empty() -> Self {
                Self { $($field: crate::codec::Read::blank(),)* extra: crate::codec::Extra::default() }
            }
        }
        impl crate::codec::HasTable for $type {
            const TABLE: &'static crate::schema::Dict = {
                use crate::schema::{Dict, Key, Kind};
                const KEYS: &[Key] = &[$(
                    Key {
                        required: crate::items::envelope::envelope!(@required $presence),
                        field: stringify!($field),
                        ..Key::new($key, Kind::$kind)
                    },
                )*];
                static TABLE: Dict = Dict {
                    $($more: $said,)*
                    ..Dict::of(stringify!($type), KEYS)
                };
                &TABLE
            };
        }
        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let mut shown = f.debug_struct(stringify!($type));
                $(shown.field(stringify!($field), &self.$field);)*
                if !self.extra.is_empty() {
                    shown.field("extra", &self.extra);
                }
                shown.finish()
            }
        }
        crate::generated_serde!($type, $flavor);
    };
}
#[allow(unused_imports)]
pub(crate) use envelope;

//! Reading and viewing for values and types of the standard library.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::{List, Map, Read, Reader, View, Write};
use crate::error::{Error, ErrorKind};
use crate::value::{Data, Date, Dictionary, Integer, Type, Value};

macro_rules! scalar {
    ($($t:ty: $blank:expr, $r:ident => $read:expr, $v:ident => $view:expr;)*) => {$(
        impl Read for $t {
            fn blank() -> Self {
                $blank
            }

            fn fill(&mut self, $r: &mut Reader<'_>) -> Result<(), Error> {
                *self = $read;
                Ok(())
            }
        }

        impl Write for $t {
            fn view(&self) -> View<'_> {
                let $v = self;
                $view
            }
        }
    )*};
}

scalar! {
    String: Self::new(), r => r.string()?.into(), v => View::String(v);
    Integer: 0_i64.into(), r => r.integer()?, v => View::Integer(*v);
    f64: 0.0, r => r.real()?, v => View::Real(*v);
    bool: false, r => r.boolean()?, v => View::Boolean(*v);
    Data: Self::default(), r => r.data()?, v => View::Data(v);
    Date: Self::EPOCH, r => r.date()?, v => View::Date(*v);
    i64: 0, r => r.small_integer()?, v => View::Integer((*v).into());
    Value: Self::Null, r => r.value()?, v => match v {
        Value::Null => View::Null,
        Value::String(text) => View::String(text),
        Value::Integer(n) => View::Integer(*n),
        Value::Real(n) => View::Real(*n),
        Value::Boolean(b) => View::Boolean(*b),
        Value::Data(data) => View::Data(data),
        Value::Date(date) => View::Date(*date),
        Value::Uid(n) => View::Uid(*n),
        Value::Unparsed(unparsed) => View::Unparsed(unparsed),
        Value::Array(items) => View::Array(items),
        Value::Dictionary(entries) => View::Map(entries),
    };
    Dictionary: Self::new(), r => {
        // `begin_dictionary` returns the error if it is not a dictionary.
        if r.kind()? == Type::Dictionary && let Value::Dictionary(entries) = r.value()? {
            entries
        } else {
            r.begin_dictionary()?;
            Dictionary::new()
        }
    }, v => View::Map(v);
}

impl<T: Read> Read for Option<T> {
    fn blank() -> Self {
        None
    }

    /// Reads the value. JSON's `null` does not count as absent, as on devices.
    fn fill(&mut self, r: &mut Reader<'_>) -> Result<(), Error> {
        *self = Some(T::read(r)?);
        Ok(())
    }
}

impl<T: Write> Write for Option<T> {
    fn view(&self) -> View<'_> {
        match self {
            Some(value) => value.view(),
            None => View::Absent,
        }
    }
}

impl<T: Read> Read for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn fill(&mut self, r: &mut Reader<'_>) -> Result<(), Error> {
        r.begin_array()?;
        self.reserve_exact(r.room(size_of::<T>()));
        while r.next_item()? {
            self.push(T::read(r)?);
        }
        Ok(())
    }
}

impl<T: Write> Write for Vec<T> {
    fn view(&self) -> View<'_> {
        View::Array(self)
    }
}

impl<T: Write> List for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> View<'_> {
        self.get(index).map_or(View::Absent, Write::view)
    }
}

impl<T: Read> Read for BTreeMap<String, T> {
    fn blank() -> Self {
        Self::new()
    }

    fn fill(&mut self, r: &mut Reader<'_>) -> Result<(), Error> {
        r.begin_dictionary()?;
        while let Some(key) = r.next_key()? {
            let Entry::Vacant(place) = self.entry(key.into_owned()) else {
                return Err(r.error(ErrorKind::RepeatedKey));
            };
            place.insert(T::read(r)?);
        }
        Ok(())
    }
}

impl<T: Write> Write for BTreeMap<String, T> {
    fn view(&self) -> View<'_> {
        View::Map(self)
    }
}

impl<T: Write> Map for BTreeMap<String, T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn value(&self, key: &str) -> View<'_> {
        self.get(key).map_or(View::Absent, Write::view)
    }

    fn each<'a>(&'a self, f: &mut dyn FnMut(&'a str, &View<'a>)) {
        for (key, value) in self {
            f(key, &value.view());
        }
    }
}

impl Map for Dictionary {
    fn len(&self) -> usize {
        self.len()
    }

    fn value(&self, key: &str) -> View<'_> {
        self.get(key).map_or(View::Absent, Write::view)
    }

    fn each<'a>(&'a self, f: &mut dyn FnMut(&'a str, &View<'a>)) {
        for (key, value) in self {
            f(key, &value.view());
        }
    }
}

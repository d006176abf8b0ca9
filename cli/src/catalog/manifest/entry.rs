//! The keys of a manifest as plain data.

use apple_mdm::schema::{Fact, Os};

/// A key, the elements of an array, or the values of a dictionary with arbitrary keys.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Empty for elements and values.
    pub name: String,
    /// Empty if descriptions are not wanted.
    pub description: String,
    pub shape: Shape,
    pub is_required: bool,
    pub is_secret: bool,
    /// The values that the manifest lists, and what they mean.
    pub choices: Vec<(Scalar, String)>,
    /// Whether no other value is possible.
    pub is_closed: bool,
    pub default: Option<Scalar>,
    pub min: Option<f64>,
    pub max: Option<f64>,
    /// The minimum and maximum number of elements.
    pub repetition: (Option<i64>, Option<i64>),
    /// A regular expression that values match.
    pub format: Option<String>,
    pub support: Vec<(Os, Fact)>,
    /// The key is required if all conditions of one of these lists are true.
    pub required_if: Vec<Vec<Condition>>,
}

/// The type of a value.
#[derive(Debug, Clone)]
pub enum Shape {
    Any,
    String,
    Integer,
    Real,
    Boolean,
    Data,
    Date,
    /// An array, with its elements if they are described.
    Array(Option<Box<Entry>>),
    /// A dictionary with these keys.
    Dictionary(Vec<Entry>),
    /// A dictionary with arbitrary keys, with their values if they are described.
    Map(Option<Box<Entry>>),
}

/// A value that a manifest states.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    String(String),
    Integer(i64),
    Real(f64),
    Boolean(bool),
}

/// A condition on another key of the same dictionary.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// The key has one of these values.
    In(String, Vec<Scalar>),
    /// The key is absent or has none of these values.
    Not(String, Vec<Scalar>),
    Present(String, bool),
    /// One of these is true.
    Any(Vec<Condition>),
}

impl Entry {
    /// An entry of which nothing is known.
    pub fn unknown(name: String) -> Self {
        Self {
            name,
            description: String::new(),
            shape: Shape::Any,
            is_required: false,
            is_secret: false,
            choices: Vec::new(),
            is_closed: false,
            default: None,
            min: None,
            max: None,
            repetition: (None, None),
            format: None,
            support: Vec::new(),
            required_if: Vec::new(),
        }
    }

    /// Forgets everything that restricts the value.
    pub fn allow_anything(&mut self) {
        self.shape = Shape::Any;
        self.choices.clear();
        self.is_closed = false;
        self.default = None;
        self.forget_bounds();
        self.repetition = (None, None);
        self.format = None;
    }

    pub fn forget_bounds(&mut self) {
        (self.min, self.max) = (None, None);
    }
}

impl Shape {
    /// Whether values are numbers.
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Integer | Self::Real)
    }

    /// Whether a value of this type can be the scalar.
    pub fn has(&self, scalar: &Scalar) -> bool {
        match scalar {
            Scalar::String(_) => matches!(self, Self::String),
            Scalar::Integer(_) | Scalar::Real(_) => self.is_number(),
            Scalar::Boolean(_) => matches!(self, Self::Boolean),
        }
    }
}

impl Scalar {
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Integer(number) => Some(*number as f64),
            Self::Real(number) => Some(*number),
            Self::String(_) | Self::Boolean(_) => None,
        }
    }

    /// Whether the values are equal, whatever the type of a number.
    pub fn equals(&self, other: &Self) -> bool {
        match (self.number(), other.number()) {
            (Some(one), Some(other)) => one == other,
            _ => self == other,
        }
    }
}

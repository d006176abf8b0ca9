//! Sets of a table's keys.

use std::fmt;

/// A set of keys of a table, by their indices.
///
/// A bit for each, the lowest of the first word for the first key. Those beyond [`MOST`](Self::MOST), which no generated table has, are
/// not told apart: each counts as in the set.
#[derive(Clone, Default)]
#[allow(clippy::exhaustive_structs)]
pub struct Indices(pub [u64; Self::MOST / 64]);

impl Indices {
    /// How many indices are told apart; `apple-mdm-codegen` makes no table of more keys.
    pub const MOST: usize = 512;

    /// No index.
    pub const EMPTY: Self = Self([0; Self::MOST / 64]);

    /// Some of the first 64 indices, a bit for each: in tables it is less to compile than the words of the set.
    #[must_use]
    pub const fn few(bits: u64) -> Self {
        let mut few = Self::EMPTY;
        few.0[0] = bits;
        few
    }

    /// The set with an index.
    #[must_use]
    pub(super) const fn with(mut self, index: usize) -> Self {
        if index < Self::MOST {
            self.0[index / 64] |= 1 << (index % 64);
        }
        self
    }

    /// The indices of those that are true.
    // Inlined it is taken apart flag by flag.
    #[must_use]
    #[inline(never)]
    pub fn of(flags: &[bool]) -> Self {
        let mut indices = Self::default();
        let (bytes, rest) = flags.as_chunks::<8>();
        let mut add = |number: usize, byte: [bool; 8]| {
            // Multiplication gathers the lowest bits of eight bytes in the highest byte.
            let spread = u64::from_le_bytes(byte.map(u8::from));
            let bits = spread.wrapping_mul(0x0102_0408_1020_4080) >> 56;
            if let Some(word) = indices.0.get_mut(number / 8) {
                *word |= bits << (8 * (number % 8));
            }
        };
        for (number, byte) in bytes.iter().enumerate() {
            add(number, *byte);
        }
        let mut last = [false; 8];
        last[..rest.len()].copy_from_slice(rest);
        add(bytes.len(), last);
        indices
    }

    /// Adds an index; whether it is new.
    #[inline]
    pub fn insert(&mut self, index: usize) -> bool {
        let new = !self.contains(index);
        if let Some(bits) = self.0.get_mut(index / 64) {
            *bits |= 1 << (index % 64);
        }
        new
    }

    /// Whether an index is in the set.
    #[must_use]
    #[inline]
    pub fn contains(&self, index: usize) -> bool {
        self.0
            .get(index / 64)
            .is_none_or(|bits| bits & (1 << (index % 64)) != 0)
    }

    /// Whether no index is in the set.
    #[must_use]
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0.iter().fold(0, |all, bits| all | bits) == 0
    }

    /// The indices that are not in another set.
    #[inline]
    pub(crate) fn minus(&self, other: &Self) -> Self {
        self.words_with(other, |bits, others| bits & !others)
    }

    #[inline]
    fn words_with(&self, other: &Self, f: impl Fn(u64, u64) -> u64) -> Self {
        let mut words = self.0;
        words
            .iter_mut()
            .zip(other.0)
            .for_each(|(bits, others)| *bits = f(*bits, others));
        Self(words)
    }

    /// Calls `f` with each index in order, of those that are told apart.
    #[inline]
    pub fn each(&self, mut f: impl FnMut(usize)) {
        for (word, bits) in self.0.iter().enumerate() {
            in_word(*bits, word).for_each(&mut f);
        }
    }

    /// The same up to the first error.
    #[inline]
    pub(crate) fn try_each<E>(&self, mut f: impl FnMut(usize) -> Result<(), E>) -> Result<(), E> {
        for (word, bits) in self.0.iter().enumerate() {
            in_word(*bits, word).try_for_each(&mut f)?;
        }
        Ok(())
    }
}

/// The indices of the bits that are set in the word with this number.
#[inline]
fn in_word(mut bits: u64, word: usize) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let next = (bits != 0).then(|| 64 * word + bits.trailing_zeros() as usize);
        bits &= bits.wrapping_sub(1);
        next
    })
}

impl fmt::Debug for Indices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_set();
        self.each(|index| {
            shown.entry(&index);
        });
        shown.finish()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn flags_become_the_indices_of_those_that_are_true() {
        for count in [0, 1, 7, 8, 9, 63, 64, 65, 200, Indices::MOST] {
            for step in [1, 2, 3, 7, 64] {
                let flags: Vec<bool> = (0..count).map(|index| index % step == 0).collect();
                let expected: Vec<usize> = (0..count).step_by(step).collect();
                let indices = Indices::of(&flags);
                assert_eq!(
                    format!("{indices:?}"),
                    format!("{:?}", BTreeSet::from_iter(expected.iter().copied()))
                );
                assert_eq!(indices.is_empty(), expected.is_empty());
                assert!((0..count).all(|index| indices.contains(index) == flags[index]));
            }
        }
    }

    #[test]
    fn what_is_not_in_another_set_is_told_in_every_word() {
        let set = |list: &[usize]| list.iter().fold(Indices::EMPTY, |set, index| set.with(*index));
        for index in [0, 63, 64, 200, Indices::MOST - 1] {
            let (one, other) = (set(&[3, index]), set(&[index, 70]));
            assert_eq!(one.minus(&other).0, set(&[3]).0);
            assert!(one.minus(&one).is_empty());
        }
    }

    #[test]
    fn what_was_added_is_there_and_what_cannot_be_told_apart_always_is() {
        let mut indices = Indices::default();
        assert!(indices.insert(70) && !indices.insert(70) && indices.insert(3));
        assert_eq!(format!("{indices:?}"), "{3, 70}");
        assert!(indices.contains(Indices::MOST) && !indices.insert(Indices::MOST));
    }
}

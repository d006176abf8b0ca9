//! Sets of a table's keys.

use std::fmt;

const WORD: usize = u64::BITS as usize;

/// A set of keys of a table, by their indices.
///
/// It holds indices below [`MAX`](Self::MAX). Every other index counts as in the set.
#[derive(Clone, Default)]
pub struct Indices([u64; Self::MAX / WORD]);

impl Indices {
    /// The number of keys that a table can have.
    pub const MAX: usize = 512;

    /// The empty set.
    pub const EMPTY: Self = Self([0; Self::MAX / WORD]);

    /// The set of these indices.
    #[must_use]
    pub const fn of(indices: &[usize]) -> Self {
        let mut set = Self::EMPTY;
        let mut at = 0;
        while at < indices.len() {
            set = set.with(indices[at]);
            at += 1;
        }
        set
    }

    /// The set with `index` added.
    #[must_use]
    pub(super) const fn with(mut self, index: usize) -> Self {
        if index < Self::MAX {
            self.0[index / WORD] |= 1 << (index % WORD);
        }
        self
    }

    /// Adds `index`. Returns whether it is new.
    pub fn insert(&mut self, index: usize) -> bool {
        let new = !self.contains(index);
        if let Some(bits) = self.0.get_mut(index / WORD) {
            *bits |= 1 << (index % WORD);
        }
        new
    }

    /// Whether `index` is in the set.
    #[must_use]
    #[inline]
    pub fn contains(&self, index: usize) -> bool {
        self.0
            .get(index / WORD)
            .is_none_or(|bits| bits & (1 << (index % WORD)) != 0)
    }

    /// Whether the set is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|bits| *bits == 0)
    }

    /// The indices that are not in `other`.
    pub(crate) fn minus(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] & !other.0[word]))
    }

    /// The indices, in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(word, bits)| {
            let mut rest = *bits;
            std::iter::from_fn(move || {
                let next = (rest != 0).then(|| WORD * word + rest.trailing_zeros() as usize);
                rest &= rest.wrapping_sub(1);
                next
            })
        })
    }
}

impl fmt::Debug for Indices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_the_indices_in_order() {
        let list = [3, 0, 63, 64, 200, Indices::MAX - 1];
        let indices = Indices::of(&list);
        assert_eq!(
            indices.iter().collect::<Vec<_>>(),
            [0, 3, 63, 64, 200, Indices::MAX - 1]
        );
        assert!((0..Indices::MAX).all(|index| indices.contains(index) == list.contains(&index)));
        assert!(!indices.is_empty() && Indices::EMPTY.is_empty());
    }

    #[test]
    fn differences_cover_every_word() {
        for index in [0, 63, 64, 200, Indices::MAX - 1] {
            let (one, other) = (Indices::of(&[3, index]), Indices::of(&[index, 70]));
            assert_eq!(one.minus(&other).0, Indices::of(&[3]).0);
            assert!(one.minus(&one).is_empty());
        }
    }

    #[test]
    fn an_index_is_new_once_and_too_large_ones_count_as_present() {
        let mut indices = Indices::default();
        assert!(indices.insert(70) && !indices.insert(70) && indices.insert(3));
        assert_eq!(format!("{indices:?}"), "{3, 70}");
        assert!(indices.contains(Indices::MAX) && !indices.insert(Indices::MAX));
    }
}

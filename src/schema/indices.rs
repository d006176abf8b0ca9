//! Sets of a table's keys.

/// Which keys of a table are meant, by their indices. Those beyond [`MOST`](Self::MOST), which no schema has, are not told apart:
/// each counts as in the set.
#[derive(Default)]
pub(crate) struct Indices([u64; Self::MOST / 64]);

impl Indices {
    /// How many keys are told apart.
    pub(crate) const MOST: usize = 512;

    /// Adds an index; whether it is new.
    pub(crate) fn insert(&mut self, index: usize) -> bool {
        let new = !self.contains(index);
        if let Some(bits) = self.0.get_mut(index / 64) {
            *bits |= 1 << (index % 64);
        }
        new
    }

    pub(crate) fn contains(&self, index: usize) -> bool {
        self.0
            .get(index / 64)
            .is_none_or(|bits| bits & (1 << (index % 64)) != 0)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|bits| *bits == 0)
    }
}

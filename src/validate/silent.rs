//! Facts of which nothing is to be said.

use crate::schema::{Fact, Os};

/// Some of the lists of facts of which nothing is to be said: many keys have the same ones, and many payloads the same keys.
pub(super) struct Silent([&'static [(Os, Fact)]; Silent::MOST]);

impl Silent {
    const MOST: usize = 32;

    pub(super) const NONE: Self = Self([&[]; Self::MOST]);

    /// The places where a list may stand, of which others may have taken some.
    #[inline]
    fn places(facts: &'static [(Os, Fact)]) -> impl Iterator<Item = usize> {
        let first = facts.as_ptr().addr() / size_of::<(Os, Fact)>();
        (0..4).map(move |number| (first + number) % Self::MOST)
    }

    #[inline]
    pub(super) fn has(&self, facts: &'static [(Os, Fact)]) -> bool {
        Self::places(facts).any(|place| std::ptr::eq(self.0[place], facts))
    }

    /// Adds a list, unless its places are taken.
    pub(super) fn add(&mut self, facts: &'static [(Os, Fact)]) {
        if let Some(place) = Self::places(facts).find(|place| self.0[*place].is_empty()) {
            self.0[place] = facts;
        }
    }
}

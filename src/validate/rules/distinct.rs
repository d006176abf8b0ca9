//! Texts that are all different: in nearly all lists they are, and to see that much takes little.

/// Texts that all differ.
///
/// They are told apart by a hash that is fast and that anybody can make collide: that two texts differ is certain, that they are the
/// same is not.
pub(in crate::validate) struct Distinct {
    /// Whether the case of letters makes no difference.
    ignore_case: bool,
    few: [u64; FEW],
    /// Where they are once there are more than half as many as [`FEW`].
    many: Vec<u64>,
    len: usize,
}

/// The room for hashes that takes no memory.
const FEW: usize = 64;

/// How far from its place a hash is looked for.
const NEAR: usize = 48;

impl Distinct {
    pub(in crate::validate) const fn new(ignore_case: bool) -> Self {
        Self {
            ignore_case,
            few: [0; FEW],
            many: Vec::new(),
            len: 0,
        }
    }

    /// Adds the texts to none; whether there are as many and all certainly differ.
    #[cfg(feature = "profiles")]
    pub(in crate::validate) fn add_all<'a>(
        &mut self,
        mut texts: impl ExactSizeIterator<Item = Option<&'a str>>,
    ) -> bool {
        if texts.len() > FEW / 2 {
            self.many = vec![0; (2 * texts.len()).next_power_of_two()];
        }
        texts.all(|text| text.is_some_and(|text| self.add(text)))
    }

    /// Adds a text that certainly differs from all before it; `false` where that is not certain, and nothing is from then on.
    #[inline]
    pub(super) fn add(&mut self, text: &str) -> bool {
        let Some(hash) = hash(text, self.ignore_case) else {
            return false;
        };
        // Half of the places at most, so that hashes of honest texts find one near theirs.
        if self.len == self.places().len() / 2 && !self.grow() {
            return false;
        }
        self.len += 1;
        place(self.places(), hash)
    }

    /// Makes room; `false` where the hashes do not find a place there.
    #[cold]
    fn grow(&mut self) -> bool {
        let mut more = vec![0; self.len * 8];
        let mut known = self.places().iter().filter(|known| **known != 0);
        let have_place = known.all(|known| place(&mut more, *known));
        self.many = more;
        have_place
    }

    /// Whether they differ by this measure too.
    pub(super) const fn is_as_strict(&self, ignore_case: bool) -> bool {
        self.ignore_case || !ignore_case
    }

    /// Whether a text certainly differs from all of them.
    pub(super) fn lacks(&self, text: &str) -> bool {
        let places = if self.many.is_empty() {
            &self.few[..]
        } else {
            &self.many
        };
        hash(text, self.ignore_case).is_some_and(|hash| {
            let mut there = near(places, hash).map(|at| places[at]).take_while(|known| *known != 0);
            there.all(|known| known != hash)
        })
    }

    fn places(&mut self) -> &mut [u64] {
        if self.many.is_empty() {
            &mut self.few
        } else {
            &mut self.many
        }
    }
}

/// The hash of a text; never 0, which is where there is none.
#[inline]
fn hash(text: &str, ignore_case: bool) -> Option<u64> {
    text_hash(text, ignore_case).map(|hash| hash.max(1))
}

/// Where a hash may be.
fn near(places: &[u64], hash: u64) -> impl Iterator<Item = usize> + use<> {
    let last = places.len() - 1;
    let start = usize::try_from(hash >> 32).unwrap_or_default();
    (start..start + NEAR).map(move |at| at & last)
}

/// Puts a hash where it was not yet; `false` where it was, or there is no room near its place.
fn place(places: &mut [u64], hash: u64) -> bool {
    for at in near(places, hash) {
        let place = &mut places[at];
        if *place == 0 {
            *place = hash;
            return true;
        }
        if *place == hash {
            return false;
        }
    }
    false
}

/// A hash that is the same for texts that are the same, or that differ in nothing but the case of their letters; `None` where there
/// are letters whose case takes more than a look at a byte. It is made for speed: texts that collide are easily found.
#[inline]
fn text_hash(text: &str, ignore_case: bool) -> Option<u64> {
    const ODD: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0xd6e8_feb8_6659_fd93];
    let bytes = text.as_bytes();
    // Small and capital letters differ in this bit; that other bytes do too makes them collide.
    let case = if ignore_case { 0x2020_2020_2020_2020 } else { 0 };
    let mut hash = bytes.len() as u64;
    let mut all = 0;
    let mut mix = |first: u64, second: u64| {
        all |= first | second;
        let product = u128::from((first | case) ^ ODD[0] ^ hash) * u128::from((second | case) ^ ODD[1]);
        hash = (product ^ (product >> 64)) as u64;
    };
    let pair = |bytes: &[u8; 16]| {
        let both = u128::from_le_bytes(*bytes);
        (both as u64, (both >> 64) as u64)
    };
    let (pairs, rest) = bytes.as_chunks();
    for bytes in pairs {
        let (first, second) = pair(bytes);
        mix(first, second);
    }
    if !rest.is_empty() {
        let (first, second) = match (bytes.last_chunk(), rest.first_chunk::<8>(), rest.last_chunk::<8>()) {
            (Some(last), ..) => pair(last),
            (None, Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            _ => (rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)), 0),
        };
        mix(first, second);
    }
    (!ignore_case || all & 0x8080_8080_8080_8080 == 0).then_some(hash.wrapping_mul(ODD[0]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of the texts are certainly different from all before, up to the first that is not.
    fn certain(texts: &[String], ignore_case: bool) -> usize {
        let mut distinct = Distinct::new(ignore_case);
        texts.iter().take_while(|text| distinct.add(text)).count()
    }

    #[test]
    fn texts_that_differ_are_told_apart_however_many_there_are() {
        for count in [0, 1, 5, 31, 32, 33, 200, 5_000] {
            let texts: Vec<String> = (0..count).map(|number| format!("com.example.{number}")).collect();
            assert_eq!(certain(&texts, false), count);
            assert_eq!(certain(&texts, true), count);
            let mut distinct = Distinct::new(true);
            assert!(texts.iter().all(|text| distinct.add(text)));
            assert!(texts.iter().all(|text| !distinct.lacks(&text.to_uppercase())));
            assert!(distinct.lacks("com.example") && distinct.lacks(""));
        }
    }

    #[test]
    fn a_text_that_was_there_is_never_certainly_different() {
        for count in [1, 31, 32, 33, 200, 5_000] {
            let mut texts: Vec<String> = (0..count).map(|number| format!("com.example.{number}")).collect();
            texts.push("COM.example.0".to_owned());
            assert_eq!(certain(&texts, true), count);
            texts.push("com.example.0".to_owned());
            assert_eq!(certain(&texts, false), count + 1);
        }
        // Letters that differ in case in other alphabets, where one may be as long as three bytes.
        let texts = ["k", "\u{212a}"].map(str::to_owned);
        assert_eq!(certain(&texts, true), 1);
    }

    #[test]
    fn texts_that_collide_end_it() {
        let mut distinct = Distinct::new(false);
        let places: Vec<bool> = (0..=NEAR)
            .map(|number| place(distinct.places(), 1 + number as u64))
            .collect();
        assert_eq!(places.iter().filter(|placed| **placed).count(), NEAR);
        assert!(!places[NEAR]);
    }
}

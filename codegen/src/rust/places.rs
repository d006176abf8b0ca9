//! The hash table in which the runtime looks up the keys of a dictionary. It is generated so that it needs no work at compile time.

/// Returns the table: each place contains the index of a key plus one, or 0. Returns `None` for fewer than four keys, because a
/// linear search is as fast.
#[must_use]
pub fn generate(names: &[&str]) -> Option<Vec<u16>> {
    (names.len() >= 4).then(|| places(names))
}

fn places(names: &[&str]) -> Vec<u16> {
    // At most half full, so that there are few collisions.
    let mut places = vec![0; (2 * names.len()).next_power_of_two()];
    let last = places.len() - 1;
    for (number, name) in (1..).zip(names) {
        let mut at = hash(name) & last;
        while places[at] != 0 {
            at = (at + 1) & last;
        }
        places[at] = number;
    }
    places
}

/// Hashes the length and both ends of a name. They differ in nearly all names of a dictionary and need no loop.
///
/// `Dict::index` in the runtime has the same function. Change both together.
fn hash(name: &str) -> usize {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let bytes = name.as_bytes();
    let ends = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => u64::from_le_bytes(*first).rotate_left(29) ^ u64::from_le_bytes(*last),
        _ => match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            (Some(first), Some(last)) => {
                u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
            }
            _ => bytes.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)),
        },
    };
    let mixed = (ends ^ bytes.len() as u64).wrapping_mul(ODD);
    // At most 24 bits remain, so this cannot fail.
    usize::try_from(mixed >> 40).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_place_and_half_of_the_places_are_free() {
        let names: Vec<String> = (0..100).map(|number| format!("Key{number}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let places = places(&names);
        assert_eq!(places.len(), 256);
        let mut found: Vec<u16> = places.into_iter().filter(|place| *place > 0).collect();
        found.sort_unstable();
        assert_eq!(found, (1..=100).collect::<Vec<u16>>());
        assert!(generate(&names[..3]).is_none());
    }
}

//! The generated tables: that a look-up by name finds each key, and no other, and that what is required is listed.

mod made;

use made::walk;

#[test]
fn every_key_of_every_dictionary_is_found_by_its_name() {
    let all = walk::dicts();
    for described in all {
        let (dict, label) = (described.dict, described.label());
        for (index, key) in dict.keys.iter().enumerate() {
            assert_eq!(dict.index(key.name), Some(index), "{label} {}", key.name);
            let other = format!("{}x", key.name);
            let there = dict.keys.iter().position(|key| key.name == other);
            assert_eq!(dict.index(&other), there, "{label} {other}");
        }
        assert_eq!(dict.index(""), None, "{label}");
    }
    assert!(all.len() > 700, "{} dictionaries", all.len());
}

#[test]
fn the_required_keys_of_large_dictionaries_are_listed() {
    let mut listed = 0;
    for described in walk::dicts() {
        let dict = described.dict;
        let required = dict.keys.iter().enumerate().filter(|(_, key)| key.required);
        let required: Vec<_> = required.map(|(index, _)| u16::try_from(index).unwrap()).collect();
        let expected = if dict.places.is_empty() { &[][..] } else { &required };
        assert_eq!(dict.required, expected, "{}", described.label());
        listed += dict.required.len();
    }
    assert!(listed > 300, "{listed} required keys");
}

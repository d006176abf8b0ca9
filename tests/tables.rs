//! The generated tables: that a look-up by name finds each key, and no other.

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

//! What a version introduced.

use apple_mdm::schema::{Availability, Item, Os, Place, Version};

use crate::search::FoundKey;

/// Whether a system, or the given one, introduced something in this version or later.
pub fn is_new(availability: &Availability, since: Version, os: Option<Os>) -> bool {
    let mut systems = availability.systems();
    systems.any(|(on, support)| {
        os.is_none_or(|os| os == on) && support.introduced().is_some_and(|version| version >= since)
    })
}

/// The systems that introduced something in this version or later, with their versions.
pub fn versions(availability: &Availability, since: Version, os: Option<Os>) -> String {
    let new = availability.systems().filter_map(|(on, support)| {
        let version = support.introduced().filter(|version| *version >= since)?;
        os.is_none_or(|os| os == on).then(|| format!("{on} {version}"))
    });
    new.collect::<Vec<_>>().join(", ")
}

/// The keys of an item that are new themselves, without those inside a new key.
pub fn new_keys(item: &'static Item, since: Version, os: Option<Os>) -> Vec<FoundKey> {
    let mut found: Vec<FoundKey> = Vec::new();
    let mut add = |path: &str, place: Place, in_response: bool| {
        let is_inside = |outer: &FoundKey| {
            let rest = path.strip_prefix(outer.path.as_str());
            outer.in_response == in_response && rest.is_some_and(|rest| rest.starts_with(['.', '[']))
        };
        if !place.key.support.is_empty() && is_new(&place.availability, since, os) && !found.iter().any(is_inside) {
            found.push(FoundKey {
                path: path.to_owned(),
                in_response,
            });
        }
    };
    item.each_key(&mut |path, place| add(path, place, false));
    item.each_response_key(&mut |path, place| add(path, place, true));
    found
}

#[cfg(test)]
mod tests {
    use apple_mdm::schema;

    use super::*;

    #[test]
    fn a_new_key_of_an_old_item_is_found_for_its_system_only() {
        let item = schema::items_named("com.apple.mobiledevice.passwordpolicy")
            .next()
            .unwrap();
        let version = Version::new(14, 0, 0);
        assert!(!is_new(&Availability::of(item.support), version, Some(Os::Macos)));
        let keys = new_keys(item, version, Some(Os::Macos));
        // The keys inside the new dictionary are not listed again.
        let paths: Vec<&str> = keys.iter().map(|key| key.path.as_str()).collect();
        assert_eq!(paths, ["customRegex"]);
        assert!(new_keys(item, version, Some(Os::Ios)).is_empty());
        let place = item.place("customRegex").unwrap();
        assert_eq!(versions(&place.availability, version, None), "macOS 14.0");
    }
}

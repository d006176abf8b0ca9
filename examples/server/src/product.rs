//! Which system a product runs.

use apple_mdm::schema::Os;

/// Returns the system of a product name such as `Mac14,2`, or of a model name such as `MacBook Pro`. Returns `None` for names that give
/// no hint, such as those of virtual machines of other vendors.
#[must_use]
pub fn os(product: &str) -> Option<Os> {
    let is_one_of = |names: &[&str]| names.iter().any(|name| product.starts_with(name));
    Some(if is_one_of(&["iPhone", "iPad", "iPod"]) {
        Os::Ios
    } else if is_one_of(&["AppleTV", "Apple TV"]) {
        Os::Tvos
    } else if is_one_of(&["RealityDevice", "Apple Vision"]) {
        Os::Visionos
    } else if is_one_of(&["Watch", "Apple Watch"]) {
        Os::Watchos
    } else if is_one_of(&["Mac", "iMac", "VirtualMac", "Xserve"]) {
        Os::Macos
    } else {
        return None;
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_product_has_a_system() {
        let cases: [(Os, &[&str]); 5] = [
            (Os::Ios, &["iPhone17,2", "iPad16,3", "iPod9,1", "iPhone", "iPad Pro"]),
            (Os::Tvos, &["AppleTV14,1", "Apple TV"]),
            (
                Os::Visionos,
                &["RealityDevice14,1", "RealityDevice17,1", "Apple Vision Pro"],
            ),
            (Os::Watchos, &["Watch7,5", "Apple Watch"]),
            (
                Os::Macos,
                &[
                    "Mac14,2",
                    "MacBookPro18,3",
                    "MacBookAir10,1",
                    "Macmini9,1",
                    "MacPro7,1",
                    "iMac21,1",
                    "iMacPro1,1",
                    "VirtualMac2,1",
                    "MacBook Pro",
                ],
            ),
        ];
        for (system, products) in cases {
            for product in products {
                assert_eq!(os(product), Some(system), "{product}");
            }
        }
        for product in ["", "VMware7,1", "Parallels16,1", "AudioAccessory6,1", "MGLW2LL/A"] {
            assert_eq!(os(product), None, "{product}");
        }
    }
}

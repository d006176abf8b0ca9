//! Writes a profile with a vendor's payload and one of Apple's, and reads both back as types.
//!
//!     cargo run -p own-schema
//!
//! `build.rs` generates the type [`VendorApp`] from `schemas/`, which is in Apple's format.

use apple_mdm::Document;
use apple_mdm::profiles::{Passcode, Payload, PayloadEntry, Profile};
use apple_mdm::schema::{Described, Os};
use apple_mdm::validate::{Code, Validate};

use vendor::VendorApp;
use vendor::vendor_app::{Folder, Proxy, SyncMode};

/// The vendor's payloads.
pub mod vendor {
    include!(concat!(env!("OUT_DIR"), "/profiles.rs"));
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = VendorApp {
        sync_mode: Some(SyncMode::OnDemand),
        proxy: Some(Proxy {
            port: Some(3128),
            password: Some("battery staple".to_owned()),
            ..Proxy::new("proxy.example.com")
        }),
        folders: Some(vec![Folder::new("Plans"), Folder::new("Photos")]),
        ..VendorApp::new("https://app.example.com/v1")
    };
    let passcode = Passcode {
        min_length: Some(8),
        ..Passcode::default()
    };
    let profile = Profile::new(
        "com.example.settings",
        "5F3C2A54-40B5-4F3D-9B0C-7C4A1C0D2E11",
        [
            PayloadEntry::new("com.example.passcode", "0E9B7E0A-6D1E-4C0F-8A55-3B1A4C7D9F22", passcode),
            PayloadEntry::new(
                "com.example.vendor.app",
                "9A0F4D7C-2B3E-4E5F-A6B7-C8D9E0F1A233",
                Payload::custom(&app)?,
            ),
        ],
    );
    let xml = profile.to_xml()?;
    print!("{xml}");

    // The crate keeps payloads that its schema does not define. Read them as the vendor's type.
    let read = Profile::from_slice(xml.as_bytes())?;
    let back: Vec<VendorApp> = read
        .payloads()
        .iter()
        .filter_map(|entry| entry.payload.read_as::<VendorApp>().transpose())
        .collect::<Result<_, _>>()?;
    assert_eq!(back, [app]);
    assert!(read.payloads()[0].payload.read_as::<VendorApp>()?.is_none());

    // Rules, availability and secrets work as for Apple's payloads.
    assert!(back[0].validate().is_ok());
    let invalid = VendorApp {
        sync_minutes: Some(1),
        ..VendorApp::new("http://app.example.com")
    };
    let found: Vec<Code> = invalid.validate().errors().map(|finding| finding.code).collect();
    println!("\nFindings of an invalid payload: {found:?}");
    assert_eq!(found, [Code::OutOfRange, Code::Pattern]);
    let proxy = VendorApp::ITEM.availability("Proxy").ok_or("the schema has the key")?;
    let since = proxy.on(Os::Macos).introduced().ok_or("macOS has it")?;
    println!("The proxy is available since macOS {since}");
    let shown = format!("{:?}", back[0]);
    assert!(shown.contains("[redacted]") && !shown.contains("battery staple"));
    Ok(())
}

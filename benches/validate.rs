//! How long it takes to hold a command and a profile against the schema, alone and with a target.

use std::hint::black_box;
use std::time::Duration;

use apple_mdm::commands::settings::{DeviceName, Setting};
use apple_mdm::commands::{Request, SetFirmwarePassword, Settings};
use apple_mdm::profiles::{Passcode, PayloadEntry, Profile, Restrictions};
use apple_mdm::validate::{Channel, Target, Validate};
use criterion::{Criterion, criterion_group, criterion_main};

fn firmware_password() -> Request {
    let command = SetFirmwarePassword {
        allow_oroms: Some(true),
        ..SetFirmwarePassword::new("correct horse battery")
    };
    Request::new("0001_SetFirmwarePassword", command)
}

fn settings() -> Request {
    let names = (0..3).map(|n| Setting::DeviceName(DeviceName::new(format!("Mac {n}"))));
    Request::new("0001_Settings", Settings::new(names.collect()))
}

fn profile() -> Profile {
    let passcode = Passcode {
        force_pin: Some(true),
        min_length: Some(8),
        max_failed_attempts: Some(6),
        ..Passcode::default()
    };
    let restrictions = Restrictions {
        allow_camera: Some(false),
        allow_air_drop: Some(false),
        allow_cloud_backup: Some(false),
        ..Restrictions::default()
    };
    Profile::new(
        "com.example.profile",
        "3F2504E0-4F89-41D3-9A0C-0305E82C3301",
        [
            PayloadEntry::new(
                "com.example.profile.1",
                "24A9D6AC-9C34-45F3-B92F-88C4657204C9",
                passcode,
            ),
            PayloadEntry::new(
                "com.example.profile.2",
                "C1B2A1D0-0F0E-4B0A-8C0D-5D0E6F708192",
                restrictions,
            ),
        ],
    )
}

fn benches(c: &mut Criterion) {
    let mac = Target::macos("15.2").unwrap().supervised(true).channel(Channel::Device);
    let mut measure = |name: &str, value: &dyn Validate| {
        assert!(value.validate().findings().is_empty(), "{}", value.validate());
        c.bench_function(&format!("{name}/validate"), |b| b.iter(|| black_box(value).validate()));
        c.bench_function(&format!("{name}/check"), |b| b.iter(|| black_box(value).check(&mac)));
    };
    measure("SetFirmwarePassword", &firmware_password());
    measure("Settings", &settings());
    measure("profile", &profile());
}

criterion_group! {
    name = validate;
    config = Criterion::default()
        .sample_size(30)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .without_plots();
    targets = benches
}
criterion_main!(validate);

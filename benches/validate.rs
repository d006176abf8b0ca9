//! Measures the validation of commands and profiles, without and with a target.

mod made;

use std::hint::black_box;

use apple_mdm::Document;
use apple_mdm::commands::settings::{DeviceName, Setting};
use apple_mdm::commands::{Request, Settings};
use apple_mdm::validate::{Channel, Target, Validate};
use criterion::{Criterion, criterion_group, criterion_main};

/// A request with three settings.
fn settings() -> Request {
    let names = (0..3).map(|n| Setting::DeviceName(DeviceName::new(format!("Mac {n}"))));
    Request::new("0001_Settings", Settings::new(names.collect()))
}

/// Measures the validation of a value, compared with reading it.
fn measure<T: Document + Validate>(c: &mut Criterion, name: &str, value: &T) {
    let mac = Target::macos("15.2").unwrap().supervised(true).channel(Channel::Device);
    assert!(value.validate().findings().is_empty(), "{}", value.validate());
    let xml = value.to_xml().unwrap();
    let mut group = c.benchmark_group(format!("validate/{name}"));
    group.bench_function("read", |b| b.iter(|| T::from_slice(black_box(xml.as_bytes())).unwrap()));
    group.bench_function("validate", |b| b.iter(|| black_box(value).validate()));
    group.bench_function("check", |b| b.iter(|| black_box(value).check(&mac)));
    group.finish();
}

fn benches(c: &mut Criterion) {
    measure(c, "SetFirmwarePassword", &made::command());
    measure(c, "Settings", &settings());
    measure(c, "profile", &made::profile(6));
    measure(c, "profile-1000", &made::profile(1000));
}

criterion_group! {
    name = validate;
    config = made::criterion();
    targets = benches
}
criterion_main!(validate);

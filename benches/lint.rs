//! Measures lint, compared with reading the same profile into its type and into a tree.

mod made;

use std::hint::black_box;

use apple_mdm::Document;
use apple_mdm::lint::{self, Options};
use apple_mdm::profiles::Profile;
use apple_mdm::value::Value;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn benches(c: &mut Criterion) {
    for count in [6, 1000] {
        let xml = made::profile(count).to_xml().unwrap();
        let bytes = xml.as_bytes();
        let options = Options::default();
        let found = lint::lint(bytes, &options);
        assert!(found.findings.is_empty(), "{:?}", found.findings.first());
        let mut group = c.benchmark_group(format!("lint/{count}"));
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function("lint", |b| b.iter(|| lint::lint(black_box(bytes), &options)));
        group.bench_function("read-typed", |b| {
            b.iter(|| Profile::from_slice(black_box(bytes)).unwrap())
        });
        group.bench_function("read-value", |b| {
            b.iter(|| Value::from_slice(black_box(bytes)).unwrap())
        });
        group.finish();
    }
}

criterion_group! {
    name = lints;
    config = made::criterion();
    targets = benches
}
criterion_main!(lints);

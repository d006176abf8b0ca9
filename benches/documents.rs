//! Measures reading and writing, compared with other ways to process the same bytes: `plist::Value`, `serde_json::Value`, structs with
//! derived serde, and for XML the bare events of quick-xml.

mod made;

use std::hint::black_box;

use apple_mdm::Document;
use apple_mdm::commands::{Request, Response};
use apple_mdm::declarations::Declaration;
use apple_mdm::profiles::Profile;
use apple_mdm::protocol::StatusReport;
use apple_mdm::value::Value;
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use made::derived;
use serde::Serialize;
use serde::de::DeserializeOwned;

fn group<'c>(c: &'c mut Criterion, name: &str, len: usize) -> BenchmarkGroup<'c, WallTime> {
    let mut group = c.benchmark_group(name);
    group.throughput(Throughput::Bytes(len as u64));
    group
}

/// Measures a property list in both formats, compared with the structs `D`.
fn property_list<T, D>(c: &mut Criterion, name: &str, value: &T)
where
    T: Document,
    D: Serialize + DeserializeOwned,
{
    let xml = value.to_xml().unwrap();
    let tree: plist::Value = plist::from_bytes(xml.as_bytes()).unwrap();
    let derived: D = plist::from_bytes(xml.as_bytes()).unwrap();

    let mut read = group(c, &format!("read/xml/{name}"), xml.len());
    read.bench_function("events", |b| b.iter(|| made::events(black_box(&xml))));
    read.bench_function("typed", |b| {
        b.iter(|| T::from_slice(black_box(xml.as_bytes())).unwrap())
    });
    read.bench_function("value", |b| {
        b.iter(|| Value::from_slice(black_box(xml.as_bytes())).unwrap())
    });
    read.bench_function("plist-value", |b| {
        b.iter(|| plist::from_bytes::<plist::Value>(black_box(xml.as_bytes())).unwrap());
    });
    read.bench_function("plist-derive", |b| {
        b.iter(|| plist::from_bytes::<D>(black_box(xml.as_bytes())).unwrap());
    });
    read.finish();

    let binary = value.to_binary().unwrap();
    let mut read = group(c, &format!("read/binary/{name}"), binary.len());
    read.bench_function("typed", |b| b.iter(|| T::from_slice(black_box(&binary)).unwrap()));
    read.bench_function("plist-value", |b| {
        b.iter(|| plist::from_bytes::<plist::Value>(black_box(&binary)).unwrap());
    });
    read.bench_function("plist-derive", |b| {
        b.iter(|| plist::from_bytes::<D>(black_box(&binary)).unwrap())
    });
    read.finish();

    let mut write = group(c, &format!("write/xml/{name}"), xml.len());
    write.bench_function("typed", |b| b.iter(|| black_box(value).to_xml().unwrap()));
    write.bench_function("plist-value", |b| {
        b.iter(|| made::written(|bytes| black_box(&tree).to_writer_xml(bytes)));
    });
    write.bench_function("plist-derive", |b| {
        b.iter(|| made::written(|bytes| plist::to_writer_xml(bytes, black_box(&derived))));
    });
    write.finish();

    let mut write = group(c, &format!("write/binary/{name}"), binary.len());
    write.bench_function("typed", |b| b.iter(|| black_box(value).to_binary().unwrap()));
    write.bench_function("plist-value", |b| {
        b.iter(|| made::written(|bytes| black_box(&tree).to_writer_binary(bytes)));
    });
    write.bench_function("plist-derive", |b| {
        b.iter(|| made::written(|bytes| plist::to_writer_binary(bytes, black_box(&derived))));
    });
    write.finish();
}

/// Measures a JSON document, compared with the structs `D`.
fn json<T, D>(c: &mut Criterion, name: &str, value: &T)
where
    T: Document,
    D: Serialize + DeserializeOwned,
{
    let text = value.to_json_compact().unwrap();
    let derived: D = serde_json::from_str(&text).unwrap();
    let tree: serde_json::Value = serde_json::from_str(&text).unwrap();

    let mut read = group(c, &format!("read/json/{name}"), text.len());
    read.bench_function("typed", |b| {
        b.iter(|| T::from_slice(black_box(text.as_bytes())).unwrap())
    });
    read.bench_function("json-value", |b| {
        b.iter(|| serde_json::from_slice::<serde_json::Value>(black_box(text.as_bytes())).unwrap());
    });
    read.bench_function("json-derive", |b| {
        b.iter(|| serde_json::from_slice::<D>(black_box(text.as_bytes())).unwrap());
    });
    read.finish();

    let mut write = group(c, &format!("write/json/{name}"), text.len());
    write.bench_function("typed", |b| b.iter(|| black_box(value).to_json_compact().unwrap()));
    write.bench_function("json-value", |b| {
        b.iter(|| serde_json::to_string(black_box(&tree)).unwrap())
    });
    write.bench_function("json-derive", |b| {
        b.iter(|| serde_json::to_string(black_box(&derived)).unwrap())
    });
    write.finish();
}

fn benches(c: &mut Criterion) {
    property_list::<Request, derived::Command>(c, "command", &made::command());
    property_list::<Response, derived::Response>(c, "response", &made::response(100));
    property_list::<Profile, derived::Profile>(c, "profile", &made::profile(6));
    property_list::<Profile, derived::Profile>(c, "profile-1000", &made::profile(1000));
    json::<Declaration, derived::Declaration>(c, "declaration", &made::declaration());
    json::<StatusReport, derived::StatusReport>(c, "status-report", &made::status_report(50));

    // A response with its body, in one pass and in two.
    let response = made::response(100);
    for (format, bytes) in [
        ("xml", response.to_xml().unwrap().into_bytes()),
        ("binary", response.to_binary().unwrap()),
    ] {
        let mut read = group(c, &format!("read/{format}/response-with-body"), bytes.len());
        read.bench_function("one-pass", |b| {
            b.iter(|| Response::from_slice_as::<made::Applications>(black_box(&bytes)).unwrap());
        });
        read.bench_function("two-steps", |b| {
            b.iter(|| {
                let response = Response::from_slice(black_box(&bytes)).unwrap();
                response.body::<made::Applications>().unwrap()
            });
        });
        read.finish();
    }

    // The cost per payload must not grow with their number.
    let mut scale = c.benchmark_group("read/scale");
    for count in [1usize, 10, 100, 1000, 10_000] {
        let xml = made::profile(count).to_xml().unwrap();
        scale.throughput(Throughput::Elements(count as u64));
        scale.bench_function(count.to_string(), |b| {
            b.iter(|| Profile::from_slice(black_box(xml.as_bytes())).unwrap());
        });
    }
    scale.finish();
}

criterion_group! {
    name = documents;
    config = made::criterion();
    targets = benches
}
criterion_main!(documents);

//! How long reading and writing take, and what else reads and writes the same bytes: `plist::Value` and `serde_json::Value`,
//! structs with derived serde written for these documents, and for XML the events of quick-xml that nothing is made of.

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
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The structs that one would write by hand for these documents.
mod derived {
    use super::*;

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    pub struct Command {
        command: SetFirmwarePassword,
        #[serde(rename = "CommandUUID")]
        command_uuid: String,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct SetFirmwarePassword {
        request_type: String,
        current_password: Option<String>,
        new_password: String,
        #[serde(rename = "AllowOROMs")]
        allow_oroms: Option<bool>,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    pub struct Response {
        #[serde(rename = "UDID")]
        udid: String,
        #[serde(rename = "CommandUUID")]
        command_uuid: String,
        status: String,
        installed_application_list: Vec<Application>,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Application {
        identifier: String,
        name: String,
        version: String,
        short_version: String,
        bundle_size: i64,
        dynamic_size: i64,
        installing: bool,
        ad_hoc_code_signed: bool,
        beta_app: bool,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    pub struct Profile {
        payload_content: Vec<Payload>,
        payload_identifier: String,
        payload_type: String,
        #[serde(rename = "PayloadUUID")]
        payload_uuid: String,
        payload_version: i64,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(tag = "PayloadType")]
    enum Payload {
        #[serde(rename = "com.apple.mobiledevice.passwordpolicy", rename_all = "camelCase")]
        Passcode {
            #[serde(flatten)]
            common: Common,
            allow_simple: Option<bool>,
            #[serde(rename = "forcePIN")]
            force_pin: Option<bool>,
            max_failed_attempts: Option<i64>,
            max_inactivity: Option<i64>,
            #[serde(rename = "maxPINAgeInDays")]
            max_pin_age_in_days: Option<i64>,
            min_complex_chars: Option<i64>,
            min_length: Option<i64>,
            pin_history: Option<i64>,
        },
        #[serde(rename = "com.apple.applicationaccess", rename_all = "camelCase")]
        Restrictions {
            #[serde(flatten)]
            common: Common,
            allow_air_drop: Option<bool>,
            allow_app_installation: Option<bool>,
            allow_camera: Option<bool>,
            allow_cloud_backup: Option<bool>,
            allow_cloud_document_sync: Option<bool>,
            allow_diagnostic_submission: Option<bool>,
            allow_screen_shot: Option<bool>,
            #[serde(rename = "allowUSBRestrictedMode")]
            allow_usb_restricted_mode: Option<bool>,
            force_encrypted_backup: Option<bool>,
        },
        #[serde(rename = "com.apple.wifi.managed")]
        WiFi {
            #[serde(flatten)]
            common: Common,
            #[serde(rename = "SSID_STR")]
            ssid_str: Option<String>,
            #[serde(rename = "HIDDEN_NETWORK")]
            hidden_network: Option<bool>,
            #[serde(rename = "AutoJoin")]
            auto_join: Option<bool>,
        },
    }

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Common {
        payload_identifier: String,
        #[serde(rename = "PayloadUUID")]
        payload_uuid: String,
        payload_version: i64,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    pub struct Declaration {
        #[serde(rename = "Type")]
        declaration_type: String,
        identifier: String,
        server_token: String,
        payload: Passcode,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Passcode {
        require_passcode: Option<bool>,
        require_alphanumeric_passcode: Option<bool>,
        require_complex_passcode: Option<bool>,
        minimum_length: Option<i64>,
        minimum_complex_characters: Option<i64>,
        maximum_failed_attempts: Option<i64>,
        failed_attempts_reset_in_minutes: Option<i64>,
        maximum_grace_period_in_minutes: Option<i64>,
        maximum_inactivity_in_minutes: Option<i64>,
        maximum_passcode_age_in_days: Option<i64>,
        passcode_reuse_limit: Option<i64>,
        custom_regex: Option<CustomRegex>,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct CustomRegex {
        regex: String,
        description: std::collections::BTreeMap<String, String>,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    pub struct StatusReport {
        status_items: StatusItems,
        errors: Vec<serde_json::Value>,
    }

    #[derive(Serialize, Deserialize)]
    struct StatusItems {
        device: Device,
        management: Management,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    struct Device {
        identifier: Identifier,
        model: Model,
        operating_system: OperatingSystem,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    struct Identifier {
        serial_number: String,
        udid: String,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    struct Model {
        family: String,
        identifier: String,
        marketing_name: String,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    struct OperatingSystem {
        version: String,
        family: String,
        build_version: String,
    }

    #[derive(Serialize, Deserialize)]
    struct Management {
        declarations: Declarations,
    }

    #[derive(Serialize, Deserialize)]
    struct Declarations {
        activations: Vec<Status>,
        configurations: Vec<Status>,
        assets: Vec<Status>,
        management: Vec<Status>,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    struct Status {
        identifier: String,
        server_token: String,
        active: bool,
        valid: String,
    }
}

/// All events of a property list, looked at no further: the floor for whatever reads XML with quick-xml.
fn events(xml: &str) -> usize {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut count = 0;
    while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {
        count += 1;
    }
    count
}

fn group<'c>(c: &'c mut Criterion, name: &str, len: usize) -> BenchmarkGroup<'c, WallTime> {
    let mut group = c.benchmark_group(name);
    group.throughput(Throughput::Bytes(len as u64));
    group
}

/// A property list in both forms, beside structs `D`.
fn property_list<T, D>(c: &mut Criterion, name: &str, value: &T)
where
    T: Document,
    D: Serialize + DeserializeOwned,
{
    let xml = value.to_xml().unwrap();
    let tree: plist::Value = plist::from_bytes(xml.as_bytes()).unwrap();
    let derived: D = plist::from_bytes(xml.as_bytes()).unwrap();

    let mut read = group(c, &format!("read/xml/{name}"), xml.len());
    read.bench_function("events", |b| b.iter(|| events(black_box(&xml))));
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
        b.iter(|| {
            let mut bytes = Vec::new();
            black_box(&tree).to_writer_xml(&mut bytes).unwrap();
            bytes
        });
    });
    write.bench_function("plist-derive", |b| {
        b.iter(|| {
            let mut bytes = Vec::new();
            plist::to_writer_xml(&mut bytes, black_box(&derived)).unwrap();
            bytes
        });
    });
    write.finish();

    let mut write = group(c, &format!("write/binary/{name}"), binary.len());
    write.bench_function("typed", |b| b.iter(|| black_box(value).to_binary().unwrap()));
    write.bench_function("plist-value", |b| {
        b.iter(|| {
            let mut bytes = Vec::new();
            black_box(&tree).to_writer_binary(&mut bytes).unwrap();
            bytes
        });
    });
    write.bench_function("plist-derive", |b| {
        b.iter(|| {
            let mut bytes = Vec::new();
            plist::to_writer_binary(&mut bytes, black_box(&derived)).unwrap();
            bytes
        });
    });
    write.finish();
}

/// A JSON document, beside structs `D`.
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

    // The body of a response is read from what its envelope kept.
    let response = made::response(100);
    let mut body = c.benchmark_group("read/body/response");
    body.bench_function("typed", |b| {
        b.iter(|| black_box(&response).body::<made::Applications>().unwrap());
    });
    body.finish();

    // Cost per payload, from one to ten thousand.
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

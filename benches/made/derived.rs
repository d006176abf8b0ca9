//! Structs as one would write them by hand for these documents.

use serde::{Deserialize, Serialize};

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

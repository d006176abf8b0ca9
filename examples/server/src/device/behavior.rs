//! What a simulated device does with commands and declarations.

use apple_mdm::cms;
use apple_mdm::commands::device_information::response::QueryResponses;
use apple_mdm::commands::set_firmware_password::response::SetFirmwarePassword as FirmwareResult;
use apple_mdm::commands::{
    Command, DeviceInformationResponse, ErrorChainItem, Response, SetFirmwarePasswordResponse, Status,
};
use apple_mdm::declarations::Declaration;
use apple_mdm::profiles::Profile;
use apple_mdm::protocol::DeclarationItemsResponse;
use apple_mdm::{Document, validate::Validate};

use super::{Device, Result};

impl Device {
    /// Carries out a command, and returns the response without identifiers.
    pub(super) fn execute(&mut self, command: &Command) -> Result<Response> {
        if std::mem::take(&mut self.is_busy) {
            return Ok(Response::new(Status::NotNow));
        }
        let done = Response::new(Status::Acknowledged);
        match command {
            Command::DeviceInformation(_) => {
                let values = QueryResponses {
                    device_name: Some(self.name.clone()),
                    product_name: Some(self.product.clone()),
                    os_version: Some(self.version.clone()),
                    ..Default::default()
                };
                Ok(done.with_body(&DeviceInformationResponse {
                    query_responses: Some(values),
                    ..Default::default()
                })?)
            }
            Command::SetFirmwarePassword(command) => {
                if self.firmware_password != command.current_password {
                    return Ok(failed(7, "The current password is wrong."));
                }
                self.firmware_password = Some(command.new_password.clone());
                Ok(done.with_body(&SetFirmwarePasswordResponse {
                    set_firmware_password: Some(FirmwareResult {
                        password_changed: Some(true),
                        ..Default::default()
                    }),
                    ..Default::default()
                })?)
            }
            Command::ClearPasscode(command) => {
                if self.unlock_token.as_deref() != Some(&command.unlock_token[..]) {
                    return Ok(failed(12, "The unlock token belongs to another device."));
                }
                self.has_passcode = false;
                Ok(done)
            }
            Command::InstallProfile(command) => match cms::from_slice::<Profile>(&command.payload) {
                Ok((profile, _)) if profile.validate().is_ok() => {
                    self.profiles
                        .push(profile.payload_identifier.clone().unwrap_or_default());
                    Ok(done)
                }
                _ => Ok(failed(4001, "The profile is invalid.")),
            },
            Command::DeclarativeManagement(_) => {
                self.synchronize()?;
                Ok(done)
            }
            _ => Ok(Response::new(Status::CommandFormatError)),
        }
    }

    /// Fetches the declarations and reports the status.
    fn synchronize(&mut self) -> Result<()> {
        self.request("tokens", None)?;
        let items = DeclarationItemsResponse::from_slice(&self.request("declaration-items", None)?)?;
        let lists = items.declarations;
        let lists = [
            ("activation", lists.activations),
            ("configuration", lists.configurations),
            ("asset", lists.assets),
            ("management", lists.management),
        ];
        self.declarations.clear();
        for (kind, list) in lists {
            for item in list {
                let endpoint = format!("declaration/{kind}/{}", item.identifier);
                let declaration = Declaration::from_slice(&self.request(&endpoint, None)?)?;
                self.declarations.push(declaration);
            }
        }
        let status = |kind: &str| -> Vec<_> {
            self.declarations
                .iter()
                .filter(|declaration| {
                    declaration
                        .declaration_type()
                        .is_some_and(|name| name.starts_with(kind))
                })
                .map(declaration_status)
                .collect()
        };
        let report = serde_json::json!({
            "StatusItems": {
                "device": { "operating-system": { "version": self.version } },
                "passcode": { "is-present": self.has_passcode },
                "management": { "declarations": {
                    "activations": status("com.apple.activation."),
                    "configurations": status("com.apple.configuration."),
                } },
            },
            "Errors": [],
        });
        self.request("status", Some(report.to_string().as_bytes()))?;
        Ok(())
    }
}

fn failed(code: i64, text: &str) -> Response {
    Response {
        error_chain: Some(vec![ErrorChainItem {
            error_code: Some(code),
            error_domain: Some("com.example.simulated".to_owned()),
            us_english_description: Some(text.to_owned()),
            ..Default::default()
        }]),
        ..Response::new(Status::Error)
    }
}

fn declaration_status(declaration: &Declaration) -> serde_json::Value {
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    serde_json::json!({
        "identifier": text(declaration.identifier()),
        "server-token": text(declaration.server_token()),
        "active": true,
        "valid": "valid",
    })
}

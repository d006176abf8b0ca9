//! Simulated devices that talk to a server over HTTP.

use std::error::Error;
use std::net::SocketAddr;
use std::time::Duration;

use apple_mdm::checkin::{Authenticate, DeclarativeManagement, Message, TokenUpdate};
use apple_mdm::commands::device_information::response::QueryResponses;
use apple_mdm::commands::set_firmware_password::response::SetFirmwarePassword as FirmwareResult;
use apple_mdm::commands::{
    Command, DeviceInformationResponse, ErrorChainItem, Request, Response, SetFirmwarePasswordResponse, Status,
};
use apple_mdm::declarations::Declaration;
use apple_mdm::protocol::DeclarationItemsResponse;
use apple_mdm::{Document, checkin, commands};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// A simulated device.
pub struct Device {
    /// Its UDID.
    pub udid: String,
    /// The name that its user gave it.
    pub name: String,
    /// Its product name, such as `Mac14,2`.
    pub product: String,
    /// The version of its operating system.
    pub version: String,
    /// The token that clears its passcode. Macs have none.
    pub unlock_token: Option<Vec<u8>>,
    /// Whether it has a passcode.
    pub has_passcode: bool,
    /// Its firmware password.
    pub firmware_password: Option<String>,
    /// Whether it postpones the next command.
    pub is_busy: bool,
    /// The declarations it received.
    pub declarations: Vec<Declaration>,
    server: SocketAddr,
    agent: ureq::Agent,
}

/// A server's reply.
struct Reply {
    status: u16,
    body: Vec<u8>,
}

impl Device {
    /// Creates a device that connects to the server at this address.
    #[must_use]
    pub fn new(server: SocketAddr, udid: &str, name: &str, product: &str, version: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(20)))
            .build();
        Self {
            udid: udid.to_owned(),
            name: name.to_owned(),
            product: product.to_owned(),
            version: version.to_owned(),
            unlock_token: None,
            has_passcode: true,
            firmware_password: None,
            is_busy: false,
            declarations: Vec::new(),
            server,
            agent: config.into(),
        }
    }

    /// Enrolls with the messages Authenticate and TokenUpdate.
    ///
    /// # Errors
    ///
    /// Returns an error if the server rejects the device.
    pub fn enroll(&self) -> Result<()> {
        self.check_in(Authenticate {
            topic: Some("com.apple.mgmt.External.7a1f".to_owned()),
            udid: Some(self.udid.clone()),
            product_name: Some(self.product.clone()),
            os_version: Some(self.version.clone()),
            ..Default::default()
        })?;
        self.check_in(TokenUpdate {
            topic: Some("com.apple.mgmt.External.7a1f".to_owned()),
            udid: Some(self.udid.clone()),
            push_magic: Some("3C0B7E5A-EXAMPLE".to_owned()),
            token: Some(b"a push token".into()),
            unlock_token: self.unlock_token.as_deref().map(Into::into),
            ..Default::default()
        })?;
        Ok(())
    }

    /// Fetches and executes commands until there are no more, as a device does after a push notification. Returns their number.
    ///
    /// # Errors
    ///
    /// Returns an error if the server rejects the device or sends something that cannot be read.
    pub fn poll(&mut self) -> Result<usize> {
        let mut response = Response::new(Status::Idle);
        // A faulty server could send commands forever.
        for count in 0..100 {
            response.udid = Some(self.udid.clone());
            let reply = self.put("mdm", commands::CONTENT_TYPE, response.to_xml()?.as_bytes())?;
            let body = reply.body()?;
            if body.is_empty() {
                return Ok(count);
            }
            let request = Request::from_slice(&body)?;
            response = self.execute(&request.command)?;
            response.command_uuid = request.command_uuid;
        }
        Err("the server sends too many commands".into())
    }

    fn execute(&mut self, command: &Command) -> Result<Response> {
        if std::mem::take(&mut self.is_busy) {
            return Ok(Response::new(Status::NotNow));
        }
        let done = Response::new(Status::Acknowledged);
        match command {
            Command::DeviceInformation(_) => {
                let values = QueryResponses {
                    device_name: Some(self.name.clone()),
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

    fn request(&self, endpoint: &str, data: Option<&[u8]>) -> Result<Vec<u8>> {
        self.check_in(DeclarativeManagement {
            endpoint: Some(endpoint.to_owned()),
            data: data.map(Into::into),
            udid: Some(self.udid.clone()),
            ..Default::default()
        })
    }

    fn check_in(&self, message: impl Into<Message>) -> Result<Vec<u8>> {
        let xml = message.into().to_xml()?;
        self.put("checkin", checkin::CONTENT_TYPE, xml.as_bytes())?.body()
    }

    /// Sends arbitrary bytes and returns the HTTP status of the reply.
    ///
    /// # Errors
    ///
    /// Returns an error if the connection fails.
    pub fn send(&self, path: &str, media_type: &str, body: &[u8]) -> Result<u16> {
        Ok(self.put(path, media_type, body)?.status)
    }

    fn put(&self, path: &str, media_type: &str, body: &[u8]) -> Result<Reply> {
        let url = format!("http://{}/{path}", self.server);
        let mut response = self.agent.put(url).content_type(media_type).send(body)?;
        Ok(Reply {
            status: response.status().as_u16(),
            body: response.body_mut().read_to_vec()?,
        })
    }
}

impl Reply {
    /// Returns the body, or an error if the HTTP status is not 200.
    fn body(self) -> Result<Vec<u8>> {
        match self.status {
            200 => Ok(self.body),
            status => Err(format!("{status}: {}", String::from_utf8_lossy(&self.body)).into()),
        }
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

//! The state of the server: devices, command queues, results.

use std::collections::{HashMap, VecDeque};

use apple_mdm::checkin::{Authenticate, TokenUpdate};
use apple_mdm::commands::{Command, DeviceInformation, Request, Response, SetFirmwarePassword, Status};
use apple_mdm::protocol::StatusReport;
use apple_mdm::validate::{Report, Target, Validate};
use apple_mdm::value::Data;

/// The maximum number of devices, and of commands queued for a device.
const MAX_ENTRIES: usize = 1000;

/// All devices, by UDID or enrollment ID.
#[derive(Default)]
pub struct Store {
    devices: HashMap<String, Device>,
    commands: u64,
}

/// An enrolled device.
#[derive(Debug)]
pub struct Device {
    /// What the device said about itself. Commands are checked for this target.
    pub target: Target,
    /// The push token and magic. This server does not send push notifications.
    pub push: Option<TokenUpdate>,
    /// The token that clears its passcode.
    pub unlock_token: Option<Data>,
    /// The results of its commands, in the order of the responses.
    pub outcomes: Vec<Outcome>,
    /// The latest status report.
    pub status: Option<StatusReport>,
    waiting: VecDeque<Request>,
    later: Vec<Request>,
    sent: HashMap<String, Command>,
}

/// The result of a command.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The name of the device.
    Name(String),
    /// Whether the firmware password was changed.
    FirmwarePassword(bool),
    /// A command without a result of its own succeeded.
    Done(String),
    /// A command failed, with the reason the device gave.
    Failed(String),
}

/// Why a command was not queued.
#[derive(Debug)]
pub enum Refused {
    /// There is no such device.
    UnknownDevice,
    /// The queue of the device is full.
    Full,
    /// The command has errors, or the device does not support it.
    Findings(Report),
}

impl Store {
    /// Adds a device that starts to enroll, discarding its previous state. Returns `None` if the device is unknown or there are too many.
    pub fn enroll(&mut self, id: &str, message: &Authenticate) -> Option<()> {
        if self.devices.len() >= MAX_ENTRIES && !self.devices.contains_key(id) {
            return None;
        }
        let version = message.os_version.as_deref()?;
        let product = message.product_name.as_deref().or(message.model.as_deref())?;
        let target = match product {
            _ if product.starts_with("iPhone") || product.starts_with("iPad") => Target::ios(version),
            _ if product.starts_with("AppleTV") => Target::tvos(version),
            // This includes `iMac`.
            _ if product.contains("Mac") => Target::macos(version),
            _ => return None,
        };
        let device = Device {
            target: target.ok()?,
            push: None,
            unlock_token: None,
            outcomes: Vec::new(),
            status: None,
            waiting: VecDeque::new(),
            later: Vec::new(),
            sent: HashMap::new(),
        };
        self.devices.insert(id.to_owned(), device);
        Some(())
    }

    /// Removes a device.
    pub fn remove(&mut self, id: &str) {
        self.devices.remove(id);
    }

    /// Returns an enrolled device.
    pub fn device(&mut self, id: &str) -> Option<&mut Device> {
        self.devices.get_mut(id)
    }

    /// Queues a command for a device and returns its UUID.
    ///
    /// # Errors
    ///
    /// Returns an error if the device is unknown, its queue is full, or the command has errors for this device.
    pub fn queue(&mut self, id: &str, command: impl Into<Command>) -> Result<String, Refused> {
        let device = self.devices.get_mut(id).ok_or(Refused::UnknownDevice)?;
        if device.waiting.len() + device.later.len() + device.sent.len() >= MAX_ENTRIES {
            return Err(Refused::Full);
        }
        // Any text works that is not used twice for a device.
        let uuid = format!("{:08}", self.commands + 1);
        let request = Request::new(&uuid, command);
        request.check(&device.target).into_result().map_err(Refused::Findings)?;
        self.commands += 1;
        device.waiting.push_back(request);
        Ok(uuid)
    }
}

impl Device {
    /// Stores the push token and the unlock token.
    pub fn update(&mut self, message: TokenUpdate) {
        // The device sends the unlock token only once, when a passcode is set.
        if let Some(token) = &message.unlock_token {
            self.unlock_token = Some(token.clone());
        }
        self.push = Some(message);
    }

    /// Processes a response and returns the next command, if there is one.
    ///
    /// # Errors
    ///
    /// Returns an error if the response cannot be read.
    pub fn next(&mut self, response: &Response) -> Result<Option<Request>, apple_mdm::Error> {
        let uuid = response.command_uuid.as_deref().unwrap_or_default();
        // Ignore a second response, and responses to commands that were not sent.
        if let Some(command) = self.sent.remove(uuid) {
            match response.status {
                Status::NotNow => self.later.push(Request::new(uuid, command)),
                _ => self.outcomes.push(outcome(&command, response)?),
            }
        }
        // The device starts over, so postponed commands can be sent again.
        if response.status == Status::Idle {
            self.waiting.extend(self.later.drain(..));
            // The device did not receive commands that it never responded to.
            for (uuid, command) in self.sent.drain() {
                self.waiting.push_front(Request::new(uuid, command));
            }
        }
        let next = self.waiting.pop_front();
        if let Some(Request {
            command_uuid: Some(uuid),
            command,
            ..
        }) = &next
        {
            self.sent.insert(uuid.clone(), command.clone());
        }
        Ok(next)
    }
}

/// Reads the response to this command.
fn outcome(command: &Command, response: &Response) -> Result<Outcome, apple_mdm::Error> {
    if response.status != Status::Acknowledged {
        let reasons: Vec<String> = response.errors().iter().map(ToString::to_string).collect();
        return Ok(Outcome::Failed(format!("{}: {}", response.status, reasons.join("; "))));
    }
    Ok(match command {
        Command::DeviceInformation(_) => {
            let values = response.body::<DeviceInformation>()?.query_responses;
            Outcome::Name(values.and_then(|values| values.device_name).unwrap_or_default())
        }
        Command::SetFirmwarePassword(_) => {
            let result = response.body::<SetFirmwarePassword>()?.set_firmware_password;
            Outcome::FirmwarePassword(result.and_then(|result| result.password_changed).unwrap_or_default())
        }
        other => Outcome::Done(other.request_type().unwrap_or_default().to_owned()),
    })
}

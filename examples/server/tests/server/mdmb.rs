//! mdmb, a simulator of devices that is written in Go, enrolls and carries out commands.
//!
//! It cannot run here, so this client sends what it sends: the same headers, keys and signatures. It differs from Apple's devices:
//!
//! - Authenticate has neither `OSVersion` nor `ProductName`.
//! - Responses have no `Content-Type`, but a `RequestType`.
//! - Everything goes to `ServerURL` if the profile has no `CheckInURL`.
//! - The enrollment profile must not be signed, and `SignMessage` must be set. Without `Keysize`, the key has 1024 bits.
//! - A signed profile is an error, since it reads only XML and binary property lists.
//! - The signature is detached and uses SHA-1, and its algorithm identifiers have no parameters.

use std::net::SocketAddr;

use apple_mdm::cms::Certificate;
use apple_mdm::commands::device_information::QueriesItem;
use apple_mdm::commands::{Command, DeviceInformation, InstallProfile, ProfileList, Request, Response, RestartDevice};
use apple_mdm::profiles::{Mdm, Passcode, Payload, PayloadEntry, Profile};
use apple_mdm::{Document, cms};
use axum_server::enrollment_profile::EnrollmentProfile;
use axum_server::store::{State, Store};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rsa::{BoxedUint, Pkcs1v15Sign, PrivateKey};
use sha1::{Digest, Sha1};

use super::support::{PROFILE_SIGNER, RSA_DEVICE, none, requiring_signatures, start};

const UDID: &str = "B0ECC518-1C7F-4DAF-B726-E7A169DB4CF8";

#[test]
fn mdmb_enrolls_and_reports_back() {
    let mut config = requiring_signatures();
    // The port of the server is not known yet. The client connects to it in any case.
    config.enrollment_profile = Some(EnrollmentProfile {
        server_url: "http://mdm.example.com/mdm".to_owned(),
        topic: "com.apple.mgmt.External.7a1f0c2e-5a5e-4c54-9b7e-2f0d6f1b8a11".to_owned(),
        scep_url: "http://scep.example.com/scep".to_owned(),
        scep_name: None,
        scep_challenge: Some("challenge".to_owned()),
        signer: None,
    });
    let server = start(config, Store::in_memory().unwrap(), none());
    let mut mdmb = Mdmb::install(server.address);
    let store = &server.service().store;
    let enrolled = store.enrollment(UDID).unwrap().unwrap();
    assert_eq!(enrolled.device.name.as_deref(), Some("P3IJDS49Z90A's Computer"));
    assert_eq!(enrolled.device.serial.as_deref(), Some("P3IJDS49Z90A"));
    assert_eq!(&enrolled.push.unwrap().token[..], b"fakeToken");
    let certificate = Certificate::from_pem(RSA_DEVICE).unwrap();
    assert_eq!(enrolled.device.fingerprint, Some(certificate.fingerprint()));

    mdmb.connect();
    let signer = cms::Identity::from_pem(PROFILE_SIGNER, PROFILE_SIGNER).unwrap();
    let passcode = Passcode {
        min_length: Some(8),
        ..Passcode::default()
    };
    let entry = PayloadEntry::new("com.example.passcode", "6F2D7F0E-3E0B-4C0A-9D55-19C0A6E5B7D8", passcode);
    let profile = Profile::new("com.example.office", "A54DFE8A-8B1D-4A35-A4B3-1C0F0E3C9F7B", [entry]);
    let queue = |command: Command| server.service().queue(UDID, command).unwrap();
    queue(DeviceInformation::new(vec![QueriesItem::DeviceName, QueriesItem::SerialNumber]).into());
    queue(InstallProfile::of(&profile).unwrap().into());
    queue(InstallProfile::new(profile.sign(&signer).unwrap()).into());
    queue(ProfileList::default().into());
    queue(RestartDevice::default().into());
    mdmb.connect();
    assert_eq!(mdmb.profiles, ["com.example.mdm", "com.example.office"]);
    let states = [
        State::Succeeded,
        State::Succeeded,
        State::Failed,
        State::Succeeded,
        State::Failed,
    ];
    assert_eq!(server.states(UDID), states);

    let outcomes = server.outcomes(UDID);
    let response = Response::from_slice(outcomes[0].response.as_ref().unwrap()).unwrap();
    let values = response.body::<DeviceInformation>().unwrap().query_responses.unwrap();
    assert_eq!(values.serial_number.as_deref(), Some("P3IJDS49Z90A"));
    let reasons = [2, 4].map(|index| outcomes[index].reason.as_deref().unwrap());
    let expected = [
        "Error: mdmb-handle-mdm-command 99998: Error handling MDM command",
        "Error: MCMDMErrorDomain 12021: Unknown command: RestartDevice <MDMClientError:91>",
    ];
    assert_eq!(reasons, expected);
}

/// A device of mdmb.
struct Mdmb {
    address: SocketAddr,
    payload: Mdm,
    profiles: Vec<String>,
}

impl Mdmb {
    /// Installs the enrollment profile: `mdmb devices-profiles-install -f enroll.mobileconfig`.
    fn install(address: SocketAddr) -> Self {
        let file = ureq::get(format!("http://{address}/enroll")).call().unwrap();
        let profile = Profile::from_slice(&file.into_body().read_to_vec().unwrap()).unwrap();
        let mut payload = None;
        for entry in profile.payloads() {
            match &entry.payload {
                // The SCEP server issues the certificate in `RSA_DEVICE`.
                Payload::Scep(scep) => {
                    let content = &scep.payload_content;
                    assert_eq!(
                        (content.keysize, content.key_type.as_deref()),
                        (Some(2048), Some("RSA"))
                    );
                    for part in content.subject.iter().flatten().flatten() {
                        assert!(["C", "L", "ST", "O", "OU", "CN"].contains(&part[0].as_str()));
                    }
                }
                Payload::Mdm(mdm) => payload = Some((**mdm).clone()),
                other => panic!("{other:?}"),
            }
        }
        let payload = payload.unwrap();
        assert_eq!(payload.sign_message, Some(true));
        let mdmb = Self {
            address,
            payload,
            profiles: vec!["com.example.mdm".to_owned()],
        };
        let topic = &mdmb.payload.topic;
        let authenticate = format!(
            "<key>DeviceName</key><string>P3IJDS49Z90A&#39;s Computer</string>\
             <key>MessageType</key><string>Authenticate</string>\
             <key>SerialNumber</key><string>P3IJDS49Z90A</string>\
             <key>Topic</key><string>{topic}</string>\
             <key>UDID</key><string>{UDID}</string>"
        );
        let token_update = format!(
            "<key>MessageType</key><string>TokenUpdate</string>\
             <key>PushMagic</key><string>fakePushMagic</string>\
             <key>Token</key><data>ZmFrZVRva2Vu</data>\
             <key>Topic</key><string>{topic}</string>\
             <key>UDID</key><string>{UDID}</string>"
        );
        for message in [authenticate, token_update] {
            let url = mdmb.payload.check_in_url.as_ref().unwrap_or(&mdmb.payload.server_url);
            mdmb.put(url, Some("application/x-apple-aspen-mdm-checkin"), &message);
        }
        mdmb
    }

    /// Carries out all commands: `mdmb devices-connect`.
    fn connect(&mut self) {
        let mut message = format!("<key>Status</key><string>Idle</string><key>UDID</key><string>{UDID}</string>");
        loop {
            let reply = self.put(&self.payload.server_url, None, &message);
            if reply.is_empty() {
                return;
            }
            let request = Request::from_slice(&reply).unwrap();
            let uuid = request.command_uuid.unwrap();
            let name = request.command.request_type().unwrap();
            let (status, keys) = match &request.command {
                Command::DeviceInformation(_) => (
                    "Acknowledged",
                    "<key>QueryResponses</key><dict>\
                     <key>DeviceName</key><string>P3IJDS49Z90A&#39;s Computer</string>\
                     <key>SerialNumber</key><string>P3IJDS49Z90A</string></dict>"
                        .to_owned(),
                ),
                Command::InstallProfile(command) => match Profile::from_slice(&command.payload) {
                    Ok(profile) => {
                        self.profiles.push(profile.payload_identifier.clone().unwrap());
                        ("Acknowledged", String::new())
                    }
                    // mdmb does not look inside signatures.
                    Err(_) => (
                        "Error",
                        error(99998, "mdmb-handle-mdm-command", "Error handling MDM command"),
                    ),
                },
                Command::ProfileList(_) => {
                    let profiles = self.profiles.iter().map(|identifier| {
                        format!(
                            "<dict><key>PayloadIdentifier</key><string>{identifier}</string>\
                             <key>PayloadVersion</key><integer>1</integer><key>PayloadContent</key><array></array></dict>"
                        )
                    });
                    let list: String = profiles.collect();
                    ("Acknowledged", format!("<key>ProfileList</key><array>{list}</array>"))
                }
                _ => {
                    let text = format!("Unknown command: {name} &lt;MDMClientError:91&gt;");
                    ("Error", error(12021, "MCMDMErrorDomain", &text))
                }
            };
            message = format!(
                "<key>CommandUUID</key><string>{uuid}</string>{keys}<key>RequestType</key><string>{name}</string>\
                 <key>Status</key><string>{status}</string><key>UDID</key><string>{UDID}</string>"
            );
        }
    }

    fn put(&self, url: &str, media_type: Option<&str>, message: &str) -> Vec<u8> {
        let body = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \
             \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">\n\t<dict>{message}</dict>\n\
             </plist>\n"
        );
        let path = url.strip_prefix("http://mdm.example.com").unwrap();
        let mut request = ureq::put(format!("http://{}{path}", self.address))
            .header("User-Agent", "Go-http-client/1.1")
            .header("Accept-Encoding", "gzip")
            .header("Mdm-Signature", signature(body.as_bytes()));
        if let Some(media_type) = media_type {
            request = request.header("Content-Type", media_type);
        }
        let reply = request.send(body.as_bytes()).unwrap();
        assert_eq!(reply.status(), 200);
        reply.into_body().read_to_vec().unwrap()
    }
}

fn error(code: u32, domain: &str, text: &str) -> String {
    format!(
        "<key>ErrorChain</key><array><dict><key>ErrorCode</key><integer>{code}</integer><key>ErrorDomain</key>\
         <string>{domain}</string><key>LocalizedDescription</key><string>{text}</string></dict></array>"
    )
}

const INTEGER: u8 = 2;
const OCTET_STRING: u8 = 4;
const OBJECT_IDENTIFIER: u8 = 6;
const UTC_TIME: u8 = 0x17;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const CONTEXT_0: u8 = 0xa0;

const DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1];
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2];
const CONTENT_TYPE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 3];
const MESSAGE_DIGEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 4];
const SIGNING_TIME: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 5];
const SHA1: &[u8] = &[0x2b, 0x0e, 3, 2, 0x1a];
const RSA_WITH_SHA1: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 5];

/// The value of the header `Mdm-Signature`.
fn signature(body: &[u8]) -> String {
    let certificate = Certificate::from_pem(RSA_DEVICE).unwrap();

    let attribute = |oid: &[u8], value: Vec<u8>| element(SEQUENCE, &[&oid_of(oid), &element(SET, &[&value])]);
    let mut attributes = [
        attribute(CONTENT_TYPE, oid_of(DATA)),
        attribute(MESSAGE_DIGEST, element(OCTET_STRING, &[&Sha1::digest(body)])),
        attribute(SIGNING_TIME, element(UTC_TIME, &[b"261201000000Z"])),
    ];
    attributes.sort();
    let attributes = attributes.concat();
    let digest = Sha1::digest(element(SET, &[&attributes]));
    let signature = private_key().sign(Pkcs1v15Sign::new::<Sha1>(), &digest).unwrap();
    let algorithm = |oid: &[u8]| element(SEQUENCE, &[&oid_of(oid)]);
    let signer = element(
        SEQUENCE,
        &[
            &element(INTEGER, &[&[1]]),
            &issuer_and_serial(certificate.der()),
            &algorithm(SHA1),
            &element(CONTEXT_0, &[&attributes]),
            &algorithm(RSA_WITH_SHA1),
            &element(OCTET_STRING, &[&signature]),
        ],
    );
    let signed = element(
        SEQUENCE,
        &[
            &element(INTEGER, &[&[1]]),
            &element(SET, &[&algorithm(SHA1)]),
            &element(SEQUENCE, &[&oid_of(DATA)]),
            &element(CONTEXT_0, &[certificate.der()]),
            &element(SET, &[&signer]),
        ],
    );
    let message = element(SEQUENCE, &[&oid_of(SIGNED_DATA), &element(CONTEXT_0, &[&signed])]);
    STANDARD.encode(message)
}

/// The key in the file: PKCS#8, which contains a version, an algorithm and the key; the key is a version and numbers.
fn private_key() -> PrivateKey {
    let pem = std::str::from_utf8(RSA_DEVICE).unwrap();
    let (_, text) = pem.split_once("-----BEGIN PRIVATE KEY-----").unwrap();
    let (text, _) = text.split_once("-----END").unwrap();
    let der = STANDARD.decode(text.replace('\n', "")).unwrap();
    let pkcs8 = content(&der);
    let (_, rest) = split(split(pkcs8).1);
    let mut numbers = content(content(rest));
    let mut next = || {
        let (number, rest) = content_and_rest(numbers);
        numbers = rest;
        BoxedUint::from_be_slice_vartime(number)
    };
    let [_version, n, e, d, p, q] = std::array::from_fn(|_| next());
    PrivateKey::from_components(n, e, d, vec![p, q]).unwrap()
}

fn oid_of(oid: &[u8]) -> Vec<u8> {
    element(OBJECT_IDENTIFIER, &[oid])
}

fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let mut element = vec![tag];
    match content.len() {
        len @ 0..=0x7f => element.push(u8::try_from(len).unwrap()),
        len => element.extend([0x82, u8::try_from(len >> 8).unwrap(), (len & 0xff) as u8]),
    }
    element.extend(content);
    element
}

/// The issuer and the serial number of a certificate, which begins with its version, serial number, signature algorithm and issuer.
fn issuer_and_serial(certificate: &[u8]) -> Vec<u8> {
    let (tbs, _) = split(content(content(certificate)));
    assert_eq!(tbs[0], CONTEXT_0);
    let (serial, rest) = split(split(content(content(certificate))).1);
    let (issuer, _) = split(split(rest).1);
    element(SEQUENCE, &[issuer, serial])
}

/// Splits bytes after their first element.
fn split(bytes: &[u8]) -> (&[u8], &[u8]) {
    bytes.split_at(bytes.len() - content_and_rest(bytes).1.len())
}

fn content(bytes: &[u8]) -> &[u8] {
    content_and_rest(bytes).0
}

fn content_and_rest(bytes: &[u8]) -> (&[u8], &[u8]) {
    let (header, len) = match bytes[1] {
        len @ 0..=0x7f => (2, usize::from(len)),
        0x81 => (3, usize::from(bytes[2])),
        _ => (4, usize::from(bytes[2]) << 8 | usize::from(bytes[3])),
    };
    bytes[header..].split_at(len)
}

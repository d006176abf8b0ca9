//! What must hold of any bytes, by whichever way they come in. The fuzz targets are these functions, and so are tests.
#![allow(dead_code, unused_imports)]

mod edited;
mod random;

use std::fmt::Debug;

use apple_mdm::checkin::Message;
use apple_mdm::codec::View;
use apple_mdm::commands::Response;
use apple_mdm::declarations::Declaration;
use apple_mdm::input::{DocumentFormat, Input, Limits};
use apple_mdm::profiles::Profile;
use apple_mdm::protocol::StatusReport;
use apple_mdm::schema::{self, Family, Os};
use apple_mdm::validate::{self, Channel, Enrollment, Report, Target, Validate};
use apple_mdm::value::Value;
use apple_mdm::{Document, writer};

pub use random::Random;

/// A way in: what bytes are made of, and what must hold then.
pub type Entry = fn(&[u8]);

/// All ways in, by the names of the fuzz targets.
pub const ENTRIES: &[(&str, Entry)] = &[
    ("profile", profile),
    ("response", response),
    ("checkin", checkin),
    ("declaration", declaration),
    ("edit", edited::edit),
    #[cfg(feature = "lint")]
    ("lint", linted::lint),
    #[cfg(feature = "cms-sign")]
    ("cms", signed::cms),
];

/// A profile reads, writes and is held against the schema.
pub fn profile(bytes: &[u8]) {
    if let Some(profile) = whole::<Profile>(bytes) {
        checked(&profile, bytes);
        for entry in profile.payloads() {
            checked(&entry.payload, bytes);
        }
    }
}

/// A response does so too, as an answer to any command.
pub fn response(bytes: &[u8]) {
    let Some(response) = whole::<Response>(bytes) else {
        return;
    };
    let _ = response.errors().iter().map(ToString::to_string).collect::<String>();
    let any = pick(bytes, 0);
    let commands: Vec<_> = schema::items().filter(|item| item.family == Family::Command).collect();
    for (index, item) in commands.iter().enumerate() {
        // Those that have a key of the answer, and one that need not.
        let shares = |keys: &schema::Dict| response.extra.iter().any(|(key, _)| keys.index(key).is_some());
        if index != any % commands.len() && !item.response.is_some_and(shares) {
            continue;
        }
        let body = response
            .body_of(item.name)
            .unwrap_or_else(|error| panic!("{}: {error}", item.name))
            .expect("the command is known");
        let _ = format!("{body:?}");
        report(&validate::response(item, &*body));
        // The keys that the envelope does not have come back.
        let value = writer::to_value(View::Record(&*body)).expect("it was not too deep to be read");
        for (key, _) in response.extra.iter() {
            assert!(value.get(key).is_some(), "{}: {key} is lost", item.name);
        }
    }
}

/// A check-in message does so too.
pub fn checkin(bytes: &[u8]) {
    if let Some(message) = whole::<Message>(bytes) {
        let _ = (message.message_type(), message.udid(), message.user_id());
        checked(&message, bytes);
    }
}

/// A declaration does so too, and a status report.
pub fn declaration(bytes: &[u8]) {
    if let Some(declaration) = whole::<Declaration>(bytes) {
        let _ = (
            declaration.declaration_type(),
            declaration.identifier(),
            declaration.server_token(),
        );
        checked(&declaration, bytes);
        report(&validate::declarations(
            &[declaration.clone(), declaration],
            Some(&target(bytes)),
        ));
    }
    if let Some(status) = whole::<StatusReport>(bytes) {
        checked(&status, bytes);
    }
}

/// Reads a document; what was read is written, and read again as the same.
fn whole<T: Document + PartialEq + Debug>(bytes: &[u8]) -> Option<T> {
    let read = T::from_slice(bytes).ok()?;
    let _ = format!("{read:?}");
    let input = Input::new(bytes, &Limits::default()).expect("it was read");
    let value = read.to_value().expect("it was not too deep to be read");
    let again = |written: &[u8], format: DocumentFormat| {
        let limits = Limits::default().with_depth(Limits::MAX_DEPTH);
        let again = T::from_slice_with(written, &limits).unwrap_or_else(|error| panic!("{format}: {error}"));
        assert!(again == read, "{format}: not the same again\n{read:?}\n{again:?}");
    };
    let json = input.format() == DocumentFormat::Json;
    // XML has no fractions of seconds, and a dictionary for a UID.
    let other_in_xml = holds(&value, &|value| match value {
        Value::Date(date) => date.subsec_nanoseconds() > 0,
        Value::Uid(_) => true,
        _ => false,
    });
    match read.to_xml() {
        Ok(xml) if !other_in_xml => again(xml.as_bytes(), DocumentFormat::Xml),
        Ok(xml) => drop(T::from_slice(xml.as_bytes())),
        // Property lists have no null, although binary ones with null are read.
        Err(error) => assert!(input.format() != DocumentFormat::Xml, "{error}"),
    }
    // Texts that are not valid for their type are only written to XML, null is read but never written, and Apple's reader takes no
    // wider UIDs.
    let not_in_binary = holds(&value, &|value| match value {
        Value::Unparsed(_) | Value::Null => true,
        Value::Uid(uid) => *uid > u64::from(u32::MAX),
        _ => false,
    });
    match read.to_binary() {
        Ok(binary) => again(&binary, DocumentFormat::Binary),
        Err(error) => assert!(json || not_in_binary, "{error}"),
    }
    match read.to_json() {
        // JSON has no type of its own for data and dates, and property lists none for null.
        Ok(text) if json => again(text.as_bytes(), DocumentFormat::Json),
        Ok(_) => {}
        Err(error) => assert!(!json, "{error}"),
    }
    Some(read)
}

/// Whether the test is true of the value or of one within.
fn holds(value: &Value, test: &dyn Fn(&Value) -> bool) -> bool {
    test(value)
        || match value {
            Value::Array(items) => items.iter().any(|item| holds(item, test)),
            Value::Dictionary(entries) => entries.iter().any(|(_, value)| holds(value, test)),
            _ => false,
        }
}

fn checked(value: &impl Validate, bytes: &[u8]) {
    report(&value.validate());
    report(&value.check(&target(bytes)));
}

fn report(found: &Report) {
    for finding in found.findings() {
        said(finding);
    }
}

/// A finding says something, in one line.
fn said(finding: &validate::Finding) {
    let help = finding.help.as_deref();
    for text in [Some(&*finding.message), help].into_iter().flatten() {
        assert!(!text.is_empty() && !text.contains(char::is_control), "{finding:?}");
    }
}

/// A number that the bytes decide on, so that a document always meets the same of several cases.
fn pick(bytes: &[u8], salt: u64) -> usize {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325 ^ salt, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    usize::try_from(hash >> 33).expect("31 bits fit")
}

/// Some target.
fn target(bytes: &[u8]) -> Target {
    let which = pick(bytes, 1);
    let target = [
        Target::new(Os::Ios),
        Target::new(Os::Macos),
        Target::new(Os::Tvos),
        Target::new(Os::Visionos),
        Target::new(Os::Watchos),
    ][which % 5];
    let target = match which / 5 % 3 {
        0 => target,
        1 => target.version("14.0".parse().expect("a version")),
        _ => target.version("26.1".parse().expect("a version")),
    };
    match which / 15 % 4 {
        0 => target,
        1 => target
            .supervised(true)
            .channel(Channel::Device)
            .enrollment(Enrollment::Device),
        2 => target
            .supervised(false)
            .channel(Channel::User)
            .enrollment(Enrollment::User)
            .manual_install(true),
        _ => target
            .shared_ipad(true)
            .automated_enrollment(false)
            .user_approved(false)
            .enrollment(Enrollment::Local),
    }
}

#[cfg(feature = "cms-sign")]
mod signed {
    use std::sync::LazyLock;

    use apple_mdm::cms::{
        Error, Identity, Integrity, Policy, Roots, Signed, Trust, decrypt, kind, verify_mdm_signature,
    };

    use super::*;

    const ROOT: &[u8] = include_bytes!("../data/cms/root.pem");
    const IDENTITY: &[u8] = include_bytes!("../data/cms/identity.pem");
    const CONTENT: &[u8] = include_bytes!("../data/cms/plain.mobileconfig");

    static POLICY: LazyLock<Policy> = LazyLock::new(|| {
        Policy::new(Roots::from_pem(ROOT).unwrap())
            .allow_sha1(true)
            .allow_short_rsa(true)
            .ignore_validity(true)
    });
    static KEY: LazyLock<Identity> = LazyLock::new(|| Identity::from_pem(IDENTITY, IDENTITY).unwrap());

    /// No message is trusted unless its content is the only one that was ever signed below the root.
    pub fn cms(bytes: &[u8]) {
        if let Ok(signed) = Signed::open(bytes) {
            assert!(kind(bytes).is_some());
            if let Trust::Trusted { .. } = signed.verify(&POLICY) {
                assert_eq!(signed.content(), CONTENT);
            }
            let is_verified = |signer: &apple_mdm::cms::Signer| *signer.integrity() == Integrity::Verified;
            assert_eq!(
                signed.is_intact(),
                !signed.signers().is_empty() && signed.signers().iter().all(is_verified)
            );
        }
        // The message apart from its content, with another content, and as text that is not base64.
        let other = &CONTENT[1..];
        if let Ok(signed) = Signed::open_detached(bytes, other) {
            assert!(!matches!(signed.verify(&POLICY), Trust::Trusted { .. }));
        }
        if let Ok(text) = std::str::from_utf8(bytes)
            && let Ok(signer) = verify_mdm_signature(text, CONTENT, &POLICY, &Limits::default())
        {
            assert_eq!(signer.root, "CN=Example Root,O=Example");
        }
        if let Err(error) = decrypt(bytes, &KEY, &Limits::default()) {
            assert_ne!(error, Error::Random);
        }
        let _ = Roots::from_pem(bytes);
        let _ = Identity::from_pem(IDENTITY, bytes);
    }
}

#[cfg(feature = "lint")]
mod linted {
    use apple_mdm::ErrorKind;
    use apple_mdm::input::{Input, Limits};
    use apple_mdm::lint::{Kind, LintResult, Options, Placeholders};
    use apple_mdm::validate::{Code, Severity};

    use super::*;

    /// Lint finds what is wrong, at a place in the document, and says the same of it as those who read it.
    pub fn lint(bytes: &[u8]) {
        let as_sent = Options::default().placeholders(Placeholders::none());
        let plain = apple_mdm::lint::lint(bytes, &as_sent);
        fixed(bytes, &as_sent, &plain);
        let input = Input::new(bytes, &Limits::default());
        let text = input.ok().and_then(|input| input.text().map(str::to_owned));
        let options = as_sent
            .target(target(bytes))
            .require_signature(true)
            .command("DeviceInformation");
        for result in [&plain, &apple_mdm::lint::lint(bytes, &options)] {
            let mut last = 0;
            for found in &result.findings {
                said(&found.finding);
                let Some(position) = found.position else { continue };
                assert!(
                    position.offset >= last,
                    "the findings are not in the order of the document"
                );
                last = position.offset;
                // A signed document has positions in its content.
                let Some(text) = &text else { continue };
                let before = text
                    .get(..position.offset)
                    .unwrap_or_else(|| panic!("no place in it: {found:?}"));
                let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
                assert_eq!(
                    (position.line, position.column),
                    (before.matches('\n').count() + 1, column),
                    "{found:?}"
                );
            }
        }

        let broken = |code| plain.findings.iter().any(|found| found.finding.code == code);
        if broken(Code::RepeatedKey) {
            return;
        }
        // A reader reads what is not broken, and refuses what is.
        match Value::from_slice(bytes) {
            // More is read than what Apple's reader accepts. Lint says so.
            Ok(_) => assert!(plain.findings.iter().all(is_readable), "{:?}", plain.findings),
            Err(error) => assert!(!plain.findings.is_empty(), "lint finds nothing, and {error}"),
        }
        match plain.kind {
            // A payload without a profile is not a profile.
            Kind::Profile if broken(Code::UnknownKind) => {}
            Kind::Profile => agreed::<Profile>(bytes, &plain),
            Kind::Response => agreed::<Response>(bytes, &plain),
            Kind::Checkin => agreed::<Message>(bytes, &plain),
            Kind::Declaration => agreed::<Declaration>(bytes, &plain),
            Kind::Status if Value::from_slice(bytes).is_ok_and(|value| value.get("StatusItems").is_some()) => {
                agreed::<StatusReport>(bytes, &plain);
            }
            _ => {}
        }
    }

    /// Whether a finding does not mean that the document cannot be read. What is irregular has a remedy.
    fn is_readable(found: &apple_mdm::lint::Finding) -> bool {
        found.finding.code != Code::Syntax || found.finding.help.is_some()
    }

    /// What is fixed is gone, nothing new is found, and fixing again changes nothing.
    fn fixed(bytes: &[u8], options: &Options, before: &LintResult) {
        if before.findings.iter().all(|found| found.fix.is_none()) {
            return;
        }
        let fixed = apple_mdm::lint::fix(bytes, options, &[], |_| true);
        let after = &fixed.results[0];
        assert!(
            before.findings.len() >= after.findings.len() + fixed.fixed.len(),
            "{fixed:?}"
        );
        assert_eq!(fixed.bytes == bytes, fixed.fixed.is_empty());
        let again = apple_mdm::lint::fix(&fixed.bytes, options, &[], |_| true);
        assert!(again.bytes == fixed.bytes, "fixed again: {:?}", again.fixed);
        let _ = apple_mdm::lint::secret_lines(bytes, options);
    }

    /// Lint finds an error in what a type refuses, and all that validation finds in what it reads.
    fn agreed<T: Document + Validate>(bytes: &[u8], result: &LintResult) {
        let value = match T::from_slice(bytes) {
            Ok(value) => value,
            // What is signed is read by `cms::from_slice`.
            Err(error) if *error.kind() == ErrorKind::Cms => return,
            Err(error) => {
                assert!(result.count(Severity::Error) > 0, "lint finds no error, and {error}");
                return;
            }
        };
        let target = target(bytes);
        let options = Options::default().placeholders(Placeholders::none());
        let with_target = apple_mdm::lint::lint(bytes, &options.target(target));
        for (report, result) in [(value.validate(), result), (value.check(&target), &with_target)] {
            for finding in report.findings() {
                let same = |found: &apple_mdm::lint::Finding| {
                    // Keys below a secret are masked.
                    let is_same_path = found.finding.path == finding.path || found.finding.path.contains('•');
                    found.finding.code == finding.code && is_same_path
                };
                assert!(
                    result.findings.iter().any(same),
                    "lint does not find {finding}, but {:#?}",
                    result.findings
                );
            }
        }
    }
}

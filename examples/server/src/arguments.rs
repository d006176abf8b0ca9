//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

/// How to use the program.
pub const HELP: &str = "\
Usage: axum-server                              run a scenario with simulated devices
       axum-server serve ADDRESS STORE OPTIONS  run a server on an address such as 127.0.0.1:9007, with this database file
       axum-server list STORE                   print the enrolled devices and users
       axum-server queue STORE ENROLLMENT FILE  queue a command (a property list) or a profile (.mobileconfig) for one of them
       axum-server results STORE ENROLLMENT     print the commands of one of them and their results

One of these is needed, and decides whether messages must be signed:
  --roots PEM            trust devices with certificates from these authorities
  --without-signatures   trust anyone who can connect, for tests

For a profile at /enroll, with which devices enroll:
  --url URL              the URL of the server as devices see it, such as https://mdm.example.com/mdm
  --topic TOPIC          the topic of the push certificate, com.apple.mgmt.External.UUID
  --scep URL             the server that issues certificates to devices
  --scep-name NAME       the name it expects
  --scep-challenge TEXT  the challenge it expects
  --sign-with PEM        sign the profile with this certificate and key

Other options:
  --any-address          accept an address that other machines can reach. There is no TLS.
";

/// What to do.
pub enum Arguments {
    Scenario,
    Help,
    Serve(Serve),
    List {
        store: PathBuf,
    },
    Queue {
        store: PathBuf,
        enrollment: String,
        file: PathBuf,
    },
    Results {
        store: PathBuf,
        enrollment: String,
    },
}

/// How to run a server.
pub struct Serve {
    pub address: SocketAddr,
    pub store: PathBuf,
    pub any_address: bool,
    /// `None` with `--without-signatures`.
    pub roots: Option<PathBuf>,
    pub enrollment: Option<Urls>,
    pub scep_name: Option<String>,
    pub scep_challenge: Option<String>,
    pub sign_with: Option<PathBuf>,
}

/// What every enrollment profile needs.
pub struct Urls {
    pub server_url: String,
    pub topic: String,
    pub scep_url: String,
}

/// Reads the arguments that follow the name of the program.
pub fn parse(arguments: impl Iterator<Item = String>) -> Result<Arguments, String> {
    let mut arguments = arguments.peekable();
    let Some(name) = arguments.next() else {
        return Ok(Arguments::Scenario);
    };
    let mut next = |what: &str| arguments.next().ok_or_else(|| format!("{what} is missing"));
    let parsed = match name.as_str() {
        "help" | "--help" | "-h" => Arguments::Help,
        "list" => Arguments::List {
            store: next("STORE")?.into(),
        },
        "queue" => Arguments::Queue {
            store: next("STORE")?.into(),
            enrollment: next("ENROLLMENT")?,
            file: next("FILE")?.into(),
        },
        "results" => Arguments::Results {
            store: next("STORE")?.into(),
            enrollment: next("ENROLLMENT")?,
        },
        "serve" => {
            let address = next("ADDRESS")?;
            let address = address.parse().map_err(|_| format!("`{address}` is not an address"))?;
            let store = next("STORE")?.into();
            return serve(address, store, arguments).map(Arguments::Serve);
        }
        other => return Err(format!("unknown command `{other}`")),
    };
    match arguments.next() {
        Some(extra) => Err(format!("unexpected argument `{extra}`")),
        None => Ok(parsed),
    }
}

fn serve(address: SocketAddr, store: PathBuf, mut arguments: impl Iterator<Item = String>) -> Result<Serve, String> {
    let (mut any_address, mut without_signatures) = (false, false);
    let (mut roots, mut url, mut topic, mut scep) = (None, None, None, None);
    let (mut scep_name, mut scep_challenge, mut sign_with) = (None, None, None);
    while let Some(option) = arguments.next() {
        let value = match option.as_str() {
            "--any-address" => {
                any_address = true;
                continue;
            }
            "--without-signatures" => {
                without_signatures = true;
                continue;
            }
            "--roots" => &mut roots,
            "--url" => &mut url,
            "--topic" => &mut topic,
            "--scep" => &mut scep,
            "--scep-name" => &mut scep_name,
            "--scep-challenge" => &mut scep_challenge,
            "--sign-with" => &mut sign_with,
            other => return Err(format!("unknown option `{other}`")),
        };
        *value = Some(
            arguments
                .next()
                .ok_or_else(|| format!("the value of {option} is missing"))?,
        );
    }
    if roots.is_some() == without_signatures {
        return Err("expected either --roots or --without-signatures".to_owned());
    }
    let enrollment = match (url, topic, scep) {
        (Some(server_url), Some(topic), Some(scep_url)) => Some(Urls {
            server_url,
            topic,
            scep_url,
        }),
        (None, None, None) => None,
        _ => return Err("an enrollment profile needs --url, --topic and --scep".to_owned()),
    };
    Ok(Serve {
        address,
        store,
        any_address,
        roots: roots.map(Into::into),
        enrollment,
        scep_name,
        scep_challenge,
        sign_with: sign_with.map(Into::into),
    })
}

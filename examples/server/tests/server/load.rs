//! Ten thousand devices.

use std::time::{Duration, Instant};

use apple_mdm::checkin::Authenticate;
use apple_mdm::enrollment::Enrollment;
use axum_server::config::Config;
use axum_server::identity::Signatures;
use axum_server::store::Store;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use super::support::{none, plist, start};

const DEVICES: usize = 10_000;
/// How many devices are connected at the same time.
const CLIENTS: usize = 200;

/// Each device connects, asks for a command, and gets none. Run it with `--release -- --nocapture load` to see what the server can do.
#[test]
fn ten_thousand_devices_poll() {
    let folder = std::env::temp_dir().join(format!("apple-mdm-server-load-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let store = Store::open(&folder.join("mdm.sqlite")).unwrap();
    let devices = store.transaction(|records| {
        for number in 0..DEVICES {
            let udid = number.to_string();
            let message = Authenticate {
                product_name: Some("Mac14,2".to_owned()),
                os_version: Some("26.1".to_owned()),
                ..Default::default()
            };
            records.enroll(&Enrollment::Device { udid }, None, &message)?;
        }
        Ok::<_, rusqlite::Error>(())
    });
    devices.unwrap();
    let server = start(Config::new(Signatures::NotChecked), store, none());
    let address = server.address;

    let started = Instant::now();
    let polled = server.runtime().block_on(async {
        let mut clients = JoinSet::new();
        for client in 0..CLIENTS {
            clients.spawn(async move {
                let mut replies = 0;
                for number in (client..DEVICES).step_by(CLIENTS) {
                    let body = plist(&format!(
                        "<key>Status</key><string>Idle</string><key>UDID</key><string>{number}</string>"
                    ));
                    let request = format!(
                        "PUT /mdm HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
                        body.len()
                    );
                    let mut stream = TcpStream::connect(address).await.unwrap();
                    stream.write_all(request.as_bytes()).await.unwrap();
                    let mut reply = String::new();
                    stream.read_to_string(&mut reply).await.unwrap();
                    assert!(reply.starts_with("HTTP/1.1 200"), "{number}: {reply}");
                    replies += 1;
                }
                replies
            });
        }
        clients.join_all().await.into_iter().sum::<usize>()
    });
    let elapsed = started.elapsed();
    drop(server);
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(polled, DEVICES);
    println!(
        "{DEVICES} devices in {elapsed:.2?}: {:.0} per second",
        DEVICES as f64 / elapsed.as_secs_f64()
    );
    // Far above what any machine needs, unless the server does something for each device that takes longer the more there are.
    assert!(elapsed < Duration::from_secs(120), "{elapsed:?}");
}

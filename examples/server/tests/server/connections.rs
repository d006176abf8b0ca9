//! Clients that send too slowly, too much, or nothing.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use axum_server::config::Limits;

use super::support::{Running, limited};

fn connect(server: &Running) -> TcpStream {
    let stream = TcpStream::connect(server.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    stream
}

/// Reads until the server closes the connection.
fn read(mut stream: &TcpStream) -> String {
    let mut reply = Vec::new();
    // The server may reset the connection because it has not read everything.
    let _ = stream.read_to_end(&mut reply);
    String::from_utf8_lossy(&reply).into_owned()
}

fn quick() -> Limits {
    Limits {
        header_time: Duration::from_secs(2),
        body_time: Duration::from_secs(2),
        stop_time: Duration::from_secs(1),
        ..Limits::default()
    }
}

#[test]
fn three_hundred_half_open_connections_are_closed_and_hold_up_nobody() {
    let server = limited(quick());
    let started = Instant::now();
    let streams: Vec<TcpStream> = (0..300)
        .map(|number| {
            let mut stream = connect(&server);
            // Some send nothing, some begin with the headers, some with the second request.
            match number % 3 {
                0 => {}
                1 => stream.write_all(b"PUT /mdm HTTP/1.1\r\nHost: x\r\nContent-Le").unwrap(),
                _ => stream.write_all(b"GET /enroll HTTP/1.1\r\nHost: x\r\n\r\nPUT").unwrap(),
            }
            stream
        })
        .collect();
    let mut mac = server.mac();
    mac.enroll().unwrap();
    assert_eq!(mac.poll().unwrap(), 0);
    for (number, stream) in streams.iter().enumerate() {
        let reply = read(stream);
        assert_eq!(reply.starts_with("HTTP/1.1 404"), number % 3 == 2, "{reply}");
    }
    assert!(started.elapsed() < Duration::from_secs(25), "{:?}", started.elapsed());
}

#[test]
fn a_slow_body_is_rejected() {
    let server = limited(quick());
    let mut stream = connect(&server);
    stream
        .write_all(b"PUT /mdm HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n<plist")
        .unwrap();
    let reply = read(&stream);
    assert!(reply.starts_with("HTTP/1.1 408"), "{reply}");
}

#[test]
fn bodies_and_headers_have_a_maximum_size() {
    let server = limited(Limits {
        body_size: 100_000,
        ..quick()
    });
    let mac = server.mac();
    assert_eq!(mac.put("mdm", None, &vec![b' '; 100_000]).unwrap().status, 400);
    // The server may close the connection before it has read everything, so the client may miss the reply.
    if let Ok(reply) = mac.put("mdm", None, &vec![b' '; 100_001]) {
        assert_eq!(reply.status, 413);
    }
    let mut stream = connect(&server);
    let _ = stream.write_all(format!("PUT /mdm HTTP/1.1\r\nHost: {}", "x".repeat(1 << 20)).as_bytes());
    assert!(!read(&stream).starts_with("HTTP/1.1 200"));
    mac.enroll().unwrap();
}

#[test]
fn more_connections_than_allowed_wait_for_their_turn() {
    let server = limited(Limits {
        connections: 2,
        ..quick()
    });
    let idle: Vec<TcpStream> = (0..4).map(|_| connect(&server)).collect();
    // After the time for headers, the idle connections make room.
    server.mac().enroll().unwrap();
    drop(idle);
}

#[test]
fn a_connection_ends_when_its_time_is_over() {
    let server = limited(Limits {
        connection_time: Duration::from_secs(1),
        header_time: Duration::from_secs(60),
        stop_time: Duration::from_secs(1),
        ..Limits::default()
    });
    let started = Instant::now();
    assert_eq!(read(&connect(&server)), "");
    assert!(started.elapsed() < Duration::from_secs(20));
}

#[test]
fn the_server_stops_in_time_while_clients_hang() {
    let mut server = limited(Limits {
        header_time: Duration::from_secs(60),
        body_time: Duration::from_secs(60),
        stop_time: Duration::from_secs(1),
        ..Limits::default()
    });
    server.mac().enroll().unwrap();
    let mut silent = connect(&server);
    silent.write_all(b"PUT /mdm HT").unwrap();
    let mut slow = connect(&server);
    slow.write_all(b"PUT /mdm HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n<pl")
        .unwrap();
    // A request that is under way when the server stops gets its reply.
    let mut finishing = connect(&server);
    finishing
        .write_all(b"PUT /mdm HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n<pl")
        .unwrap();
    std::thread::sleep(Duration::from_millis(300));
    let finishing = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        finishing.write_all(b"istist").unwrap();
        read(&finishing)
    });
    let started = Instant::now();
    server.stop();
    assert!(started.elapsed() < Duration::from_secs(15), "{:?}", started.elapsed());
    let reply = finishing.join().unwrap();
    assert!(reply.starts_with("HTTP/1.1 400"), "{reply}");
    assert!(TcpStream::connect(server.address).is_err());
}

//! Accepts connections and ends those that take too long.
//!
//! `axum::serve` waits forever for the headers of a request, so a client that opens connections and sends nothing exhausts the server.
//! This uses hyper, on which axum is built.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::config::Limits;

/// Serves connections until `stop` completes. Then closes idle connections, lets requests finish, and drops what is left after
/// [`Limits::stop_time`].
pub async fn serve(listener: TcpListener, router: Router, limits: &Limits, stop: impl Future<Output = ()>) {
    let slots = Arc::new(Semaphore::new(limits.connections));
    let (stopping, stopped) = watch::channel(());
    let mut connections = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = accept(&listener, &slots) => accepted,
        };
        let Some((stream, slot)) = accepted else {
            break;
        };
        let (router, limits, stopped) = (router.clone(), limits.clone(), stopped.clone());
        connections.spawn(async move {
            connection(stream, router, &limits, stopped).await;
            drop(slot);
        });
        // Forget those that have ended.
        while connections.try_join_next().is_some() {}
    }
    drop(listener);
    drop(stopping);
    while connections.join_next().await.is_some() {}
}

/// Waits for a free slot and then for a connection. While all slots are in use, clients wait in the queue of the operating system.
async fn accept(listener: &TcpListener, slots: &Arc<Semaphore>) -> Option<(TcpStream, OwnedSemaphorePermit)> {
    let slot = slots.clone().acquire_owned().await.ok()?;
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return Some((stream, slot)),
            // The client is gone already, or the process has too many open files. Neither is a reason to stop.
            Err(error) => {
                eprintln!("error: {error}");
                sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

async fn connection(stream: TcpStream, router: Router, limits: &Limits, mut stopped: watch::Receiver<()>) {
    // A reply is small. Do not wait for more to fill a packet.
    let _ = stream.set_nodelay(true);
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_time)
        .max_buf_size(limits.header_size)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let mut serving = pin!(serving);
    tokio::select! {
        // An error concerns only this client, which has usually gone.
        _ = serving.as_mut() => return,
        // Completes when the server stops, because it drops the sender.
        _ = stopped.changed() => {}
        () = sleep(limits.connection_time) => {}
    }
    serving.as_mut().graceful_shutdown();
    let _ = timeout(limits.stop_time, serving).await;
}

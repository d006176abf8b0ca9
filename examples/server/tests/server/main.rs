//! Devices and the server exchange messages over the loopback address.
//!
//! One program, because linking takes longer than running.

mod channels;
mod checkin;
mod commands;
mod connections;
mod load;
mod mdmb;
mod signatures;
mod storage;
mod support;

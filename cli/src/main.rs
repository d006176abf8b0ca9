//! `apple-mdm`: checks, explains, lists, converts and creates documents of Apple's device management.

mod arguments;
mod catalog;
mod config;
mod convert;
mod diff;
mod document;
mod encryption;
mod explain;
mod failure;
mod key_file;
mod lint;
mod list;
mod matrix;
mod new;
mod output;
mod pages;
mod search;
mod sign;
mod since;
mod target;
mod terminal;
mod verify;

use std::ffi::OsStr;
use std::process::ExitCode;

fn main() -> ExitCode {
    let matches = arguments::command()
        .try_get_matches()
        .unwrap_or_else(|error| fail(&error));
    let result = match matches.subcommand() {
        Some(("lint", matches)) => lint::run(matches),
        Some(("explain", matches)) => explain::run(matches),
        Some(("list", matches)) => list::run(matches),
        Some(("matrix", matches)) => matrix::run(matches),
        Some(("convert", matches)) => convert::run(matches),
        Some(("new", matches)) => new::run(matches),
        Some(("diff", matches)) => diff::run(matches),
        Some(("sign", matches)) => sign::run(matches),
        Some(("verify", matches)) => verify::run(matches),
        Some(("encrypt", matches)) => encryption::encrypt(matches),
        Some(("decrypt", matches)) => encryption::decrypt(matches),
        Some(("completions", matches)) => pages::completions(matches),
        Some(("man", matches)) => pages::man(matches),
        _ => unreachable!("clap requires one of the subcommands"),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

/// Prints clap's message: a usage error, the help or the version.
fn fail(error: &clap::Error) -> ! {
    // The message repeats arguments, which may be file names from anywhere.
    let is_harmless = |argument: &OsStr| !terminal::needs_escaping(&argument.to_string_lossy());
    if std::env::args_os().all(|argument| is_harmless(&argument)) {
        error.exit();
    }
    terminal::print_error(error.kind().as_str().unwrap_or("invalid arguments"));
    std::process::exit(2)
}

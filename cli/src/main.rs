//! `apple-mdm`: checks, explains, lists, converts and creates documents of Apple's device management.

mod arguments;
mod convert;
mod document;
mod explain;
mod failure;
mod lint;
mod list;
mod matrix;
mod new;
mod pages;
mod target;
mod terminal;

use std::process::ExitCode;

fn main() -> ExitCode {
    let matches = arguments::command().get_matches();
    let result = match matches.subcommand() {
        Some(("lint", matches)) => lint::run(matches),
        Some(("explain", matches)) => explain::run(matches),
        Some(("list", matches)) => list::run(matches),
        Some(("matrix", matches)) => matrix::run(matches),
        Some(("convert", matches)) => convert::run(matches),
        Some(("new", matches)) => new::run(matches),
        Some(("completions", matches)) => pages::completions(matches),
        Some(("man", matches)) => pages::man(matches),
        _ => unreachable!("clap requires one of the subcommands"),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

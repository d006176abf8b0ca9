//! `apple-mdm explain`

pub mod available;
mod code;
pub mod item;
pub mod key;
mod name;
mod rule;

use std::io::Write;

use apple_mdm::validate::Target;
use clap::ArgMatches;

use crate::failure::Failure;
use crate::target;

use name::{Named, find};
pub use name::{items, meant};

/// For whom something is explained.
pub struct For {
    target: Target,
    words: String,
}

/// `apple-mdm explain …`
pub fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let Some(asked) = matches.get_one::<String>("name") else {
        return Ok(());
    };
    let whom = target::of(matches)
        .zip(target::words(matches))
        .map(|(target, words)| For { target, words });
    let mut text = String::new();
    if asked == "codes" {
        code::all(&mut text);
    } else if let Some(found) = code::named(asked) {
        code::explain(&mut text, found);
    } else {
        for (index, named) in find(asked)?.iter().enumerate() {
            if index > 0 {
                text.push('\n');
            }
            match named {
                Named::Item(found) => item::explain(&mut text, found, whom.as_ref()),
                Named::Key(found, key) => key::explain(&mut text, found, key, whom.as_ref()),
            }
        }
    }
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

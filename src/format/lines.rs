//! Lines and columns in a text.

use std::cell::Cell;

use crate::error::Position;

/// Converts offsets to positions. It counts from the previous position, so that looking up many of them in order takes one pass over the
/// text.
pub(crate) struct Lines<'a> {
    text: &'a str,
    last: Cell<Place>,
}

#[derive(Clone, Copy)]
struct Place {
    offset: usize,
    /// Starts at 0.
    line: usize,
    /// Starts at 0.
    column: usize,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text,
            last: Cell::new(Place {
                offset: 0,
                line: 0,
                column: 0,
            }),
        }
    }

    /// Returns the position of the character that contains `offset`.
    pub(crate) fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let Place {
            offset: last,
            line,
            column,
        } = self.last.get();
        let (line, column) = if offset >= last {
            let between = &self.text[last..offset];
            match between.rfind('\n') {
                Some(end) => (line + line_ends(between), between[end + 1..].chars().count()),
                None => (line, column + between.chars().count()),
            }
        } else {
            let between = &self.text[offset..last];
            match line_ends(between) {
                0 => (line, column - between.chars().count()),
                lines => {
                    let start = self.text[..offset].rfind('\n').map_or(0, |end| end + 1);
                    (line - lines, self.text[start..offset].chars().count())
                }
            }
        };
        self.last.set(Place { offset, line, column });
        Position {
            line: line + 1,
            column: column + 1,
            offset,
        }
    }
}

fn line_ends(text: &str) -> usize {
    text.bytes().filter(|&b| b == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_found_forwards_and_backwards() {
        let text = "ab\nçdé\n\nx";
        let want = [
            (0, 1, 1),
            (1, 1, 2),
            (2, 1, 3),
            (3, 2, 1),
            (5, 2, 2),
            (6, 2, 3),
            (8, 2, 4),
            (9, 3, 1),
            (10, 4, 1),
            (11, 4, 2),
        ];
        let lines = Lines::new(text);
        for &(from, ..) in &want {
            for &(offset, line, column) in &want {
                lines.position(from);
                assert_eq!(
                    lines.position(offset),
                    Position { line, column, offset },
                    "{from} {offset}"
                );
            }
        }
        assert_eq!(lines.position(4).offset, 3);
        assert_eq!(lines.position(100).offset, 11);
    }
}

//! Changes of a JSON document.

use super::changes::{Changes, Container, New, Place};
use super::layout::{has_line_end, is_blank, last_indent};
use crate::error::Error;

type Result<T> = std::result::Result<T, Error>;

impl<'a> Changes<'a> {
    /// Changes an array or object. `new_name` returns the new name of the entry with an index.
    pub(super) fn json<'n>(
        &mut self,
        container: &Container<'_, 'a>,
        place: Place<'a>,
        new_name: &dyn Fn(usize) -> Option<&'n String>,
    ) -> Result<()> {
        let children = &container.children;
        let first_kept = children.iter().position(|child| !child.value.is_removed());
        let Some(first_kept) = first_kept else {
            return self.replace_all(container, place);
        };
        // Those at the start go with the commas that follow them.
        if first_kept > 0 {
            self.replace(children[0].start()..children[first_kept].start(), String::new());
        }
        let mut groups = container.new_groups().peekable();
        let mut lead = String::new();
        while let Some(group) = groups.next_if(|group| group[0].before <= first_kept) {
            for new in group {
                lead.push_str(&self.new_child(new, container, place)?);
                lead.push(',');
                lead.push_str(&self.space_after_comma(container, 1, place));
            }
        }
        if !lead.is_empty() {
            let start = children[first_kept].start();
            self.replace(start..start, lead);
        }
        for (index, child) in children.iter().enumerate().skip(first_kept) {
            if child.value.is_removed() {
                self.replace(children[index - 1].end()..child.end(), String::new());
            } else {
                self.child(child, new_name(index), place)?;
            }
            let mut text = String::new();
            if let Some(group) = groups.next_if(|group| group[0].before == index + 1) {
                for new in group {
                    text.push(',');
                    text.push_str(&self.space_after_comma(container, index, place));
                    text.push_str(&self.new_child(new, container, place)?);
                }
                self.replace(child.end()..child.end(), text);
            }
        }
        Ok(())
    }

    /// Replaces all children of a container by new ones, of which there may be none.
    fn replace_all(&mut self, container: &Container<'_, 'a>, place: Place<'a>) -> Result<()> {
        let frame = container.frame;
        let inner = frame.inner_start..frame.inner_end;
        if container.new.is_empty() {
            self.replace(inner, String::new());
            return Ok(());
        }
        let mut text = String::new();
        let style = self.style(place);
        for (index, new) in container.new.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            if place.has_lines {
                text.push_str(style.line_end);
                text.push_str(place.indent);
                text.push_str(place.unit);
            } else if index > 0 && style.is_spaced {
                text.push(' ');
            }
            text.push_str(&self.new_child(new, container, place)?);
        }
        if place.has_lines {
            text.push_str(style.line_end);
            text.push_str(place.indent);
        }
        self.replace(inner, text);
        Ok(())
    }

    /// Returns what follows a comma near the child with this index.
    fn space_after_comma(&self, container: &Container<'_, 'a>, index: usize, place: Place<'a>) -> String {
        let children = &container.children;
        let gap = |index: usize| {
            let before = children.get(index.checked_sub(1)?)?;
            let (_, space) = self.text[before.end()..children.get(index)?.start()].split_once(',')?;
            Some(space)
        };
        if let Some(space) = gap(index).or_else(|| gap(1)) {
            return space.to_owned();
        }
        let first = children
            .first()
            .map_or(container.frame.inner_end, |child| child.start());
        let space = &self.text[container.frame.inner_start..first];
        let style = self.style(place);
        match last_indent(space) {
            Some(indent) => format!("{}{indent}", style.line_end),
            None if style.is_spaced => " ".to_owned(),
            None => String::new(),
        }
    }

    fn new_child(&self, new: &New<'_>, container: &Container<'_, 'a>, place: Place<'a>) -> Result<String> {
        let inner = format!("{}{}", place.indent, place.unit);
        let style = self.style(Place {
            indent: &inner,
            ..place
        });
        let mut text = String::new();
        if let Some(key) = new.key {
            text.push_str(&style.key(key)?);
            let neighbor = container.children.get(new.before.saturating_sub(1));
            let colon = neighbor.and_then(|child| Some(&self.text[child.key?.end..child.value.start]));
            match colon.filter(|colon| !has_line_end(colon) && is_blank(&colon.replacen(':', "", 1))) {
                Some(colon) => text.push_str(colon),
                None => style.after_key(&mut text, style.indent),
            }
        }
        text.push_str(&style.value(new.value)?);
        Ok(text)
    }
}

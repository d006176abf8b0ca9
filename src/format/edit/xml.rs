//! Changes of an XML property list.

use super::changes::{Changes, Child, Container, New, Place};
use super::layout::{
    has_line_end, indent_before, is_blank, last_indent, line_end_len, rest_of_line, spaces_at_start, spaces_before,
};
use crate::error::Error;

type Result<T> = std::result::Result<T, Error>;

impl<'a> Changes<'a> {
    /// Changes an array or dictionary. `new_name` returns the new name of the entry with an index.
    pub(super) fn xml<'n>(
        &mut self,
        container: &Container<'_, 'a>,
        place: Place<'a>,
        is_array: bool,
        new_name: &dyn Fn(usize) -> Option<&'n String>,
    ) -> Result<()> {
        if container.frame.is_single_tag() {
            return self.expand(container, place, is_array);
        }
        let mut groups = container.new_groups().peekable();
        let (mut index, mut last_kept) = (0, None);
        loop {
            if let Some(group) = groups.next_if(|group| group[0].before == index) {
                self.insert(container, group, last_kept, place)?;
            }
            let Some(child) = container.children.get(index) else {
                return Ok(());
            };
            if !child.value.is_removed() {
                self.child(child, new_name(index), place)?;
                last_kept = Some(index);
                index += 1;
                continue;
            }
            // Those that follow on the same line are removed together.
            let mut last = index;
            while let Some(next) = container.children.get(last + 1)
                && next.value.is_removed()
                && groups.peek().is_none_or(|group| group[0].before != last + 1)
                && spaces_at_start(&self.text[container.children[last].end()..next.start()])
                    == next.start() - container.children[last].end()
            {
                last += 1;
            }
            self.remove(child.start(), container.children[last].end());
            index = last + 1;
        }
    }

    /// Removes a part of the text, and its whole line if it is alone on it.
    fn remove(&mut self, start: usize, end: usize) {
        let after = end + spaces_at_start(&self.text[end..]);
        let line_end = line_end_len(&self.text[after..]);
        let range = match indent_before(self.text, start) {
            Some(indent) if line_end > 0 => start - indent.len()..after + line_end,
            None if line_end > 0 => start - spaces_before(self.text, start)..end,
            _ => start..after,
        };
        self.replace(range, String::new());
    }

    /// Inserts new children after the child with the index `previous`, or as the first ones.
    fn insert(
        &mut self,
        container: &Container<'_, 'a>,
        new: &[New<'_>],
        previous: Option<usize>,
        place: Place<'a>,
    ) -> Result<()> {
        let start = previous.map_or(container.frame.inner_start, |index| container.children[index].end());
        let next = previous.map_or(0, |index| index + 1);
        let end = container
            .children
            .get(next)
            .map_or(container.frame.inner_end, Child::start);
        let gap = &self.text[start..end];
        let neighbors = [previous, Some(next), Some(0)].into_iter().flatten();
        let neighbors = neighbors.filter_map(|index| container.children.get(index));
        let inner = format!("{}{}", place.indent, place.unit);
        let style = self.style(place);
        let mut text = String::new();
        if place.has_lines {
            let indent = neighbors
                .clone()
                .find_map(|child| indent_before(self.text, child.start()));
            let indent = indent.unwrap_or(&inner);
            let rest = rest_of_line(gap).unwrap_or_default();
            // That of the line before, if the document mixes them.
            let line_end = match line_end_len(&gap[rest..]) {
                0 => style.line_end,
                len => &gap[rest..rest + len],
            };
            for new in new {
                text.push_str(line_end);
                text.push_str(indent);
                self.push_new(
                    &mut text,
                    new,
                    container,
                    Place { indent, ..place },
                    previous.or(Some(next)),
                )?;
            }
            let is_last = next == container.children.len();
            if is_last && !has_line_end(gap) {
                text.push_str(style.line_end);
                text.push_str(place.indent);
            }
            self.replace(start + rest..start + rest, text);
        } else {
            let space = match container.children.get(..2) {
                Some([first, second]) => &self.text[first.end()..second.start()],
                _ => "",
            };
            let space = if is_blank(space) && !has_line_end(space) {
                space
            } else {
                ""
            };
            for new in new {
                if previous.is_some() {
                    text.push_str(space);
                }
                self.push_new(&mut text, new, container, place, previous.or(Some(next)))?;
                if previous.is_none() {
                    text.push_str(space);
                }
            }
            self.replace(start..start, text);
        }
        Ok(())
    }

    /// Appends a new child, laid out like the one at `neighbor`.
    fn push_new(
        &self,
        text: &mut String,
        new: &New<'_>,
        container: &Container<'_, 'a>,
        place: Place<'_>,
        neighbor: Option<usize>,
    ) -> Result<()> {
        let mut indent = place.indent;
        let style = self.style(place);
        if let Some(key) = new.key {
            text.push_str(&style.key(key)?);
            let neighbor = neighbor.and_then(|index| container.children.get(index));
            let gap = neighbor.and_then(|child| Some(&self.text[child.key?.end..child.value.start]));
            match gap.filter(|gap| is_blank(gap)) {
                Some(gap) => {
                    text.push_str(gap);
                    indent = last_indent(gap).unwrap_or(indent);
                }
                None => style.after_key(text, style.indent),
            }
        }
        text.push_str(&self.style(Place { indent, ..place }).value(new.value)?);
        Ok(())
    }

    /// Replaces `<dict/>` or `<array/>` by a start tag, new children, and an end tag.
    fn expand(&mut self, container: &Container<'_, 'a>, place: Place<'a>, is_array: bool) -> Result<()> {
        let frame = container.frame;
        let tag = &self.text[frame.start..frame.inner_start];
        let mut text = tag.strip_suffix("/>").unwrap_or(tag).trim_ascii_end().to_owned();
        text.push('>');
        let inner = format!("{}{}", place.indent, place.unit);
        let style = self.style(place);
        for new in &container.new {
            if place.has_lines {
                text.push_str(style.line_end);
                text.push_str(&inner);
            }
            let place = Place {
                indent: &inner,
                ..place
            };
            self.push_new(&mut text, new, container, place, None)?;
        }
        if place.has_lines {
            text.push_str(style.line_end);
            text.push_str(place.indent);
        }
        text.push_str(if is_array { "</array>" } else { "</dict>" });
        self.replace(frame.start..frame.inner_start, text);
        Ok(())
    }
}

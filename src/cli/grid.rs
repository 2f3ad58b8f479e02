//! A table of texts for people: columns that stay straight under accents and wide letters.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::look::Look;

/// Where a column's cells stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    /// At its left edge, as texts.
    Left,
    /// At its right edge, as numbers.
    Right,
}

/// A table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    columns: Vec<(String, Align)>,
    rows: Vec<Vec<String>>,
}

/// A cell wider than this is cut.
const MOST_COLUMNS: usize = 40;

impl Grid {
    /// A table with columns and no rows.
    pub(crate) fn new(columns: impl IntoIterator<Item = (String, Align)>) -> Grid {
        Grid {
            columns: columns.into_iter().collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row with a cell for each column.
    pub(crate) fn push(&mut self, cells: Vec<String>) {
        self.rows.push(cells.iter().map(|cell| shown(cell)).collect());
    }

    /// The table as text.
    pub(crate) fn draw(&self, look: Look) -> String {
        let widths: Vec<usize> = (0..self.columns.len()).map(|at| self.width(at)).collect();
        let names: Vec<String> = self.columns.iter().map(|(name, _)| name.clone()).collect();
        let mut text = look.bold(&self.line(&names, &widths)) + "\n";
        for row in &self.rows {
            text.push_str(&self.line(row, &widths));
            text.push('\n');
        }
        text
    }

    fn width(&self, column: usize) -> usize {
        let name = self.columns.get(column).map_or(0, |(name, _)| name.width());
        let cells = self.rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.width()).fold(name, usize::max)
    }

    fn line(&self, cells: &[String], widths: &[usize]) -> String {
        let padded = cells.iter().zip(widths).zip(&self.columns);
        let parts: Vec<String> = padded
            .map(|((cell, width), (_, align))| {
                let space = " ".repeat(width.saturating_sub(cell.width()));
                match align {
                    Align::Left => format!("{cell}{space}"),
                    Align::Right => format!("{space}{cell}"),
                }
            })
            .collect();
        parts.join("  ").trim_end().to_owned()
    }
}

/// A cell on one line, without what moves a terminal's cursor, and cut where it is wide.
fn shown(cell: &str) -> String {
    let mut text = String::new();
    let mut used = 0;
    for character in cell.chars() {
        let character = if character.is_control() { ' ' } else { character };
        used += character.width().unwrap_or(0);
        if used >= MOST_COLUMNS {
            text.push('…');
            break;
        }
        text.push(character);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stay_straight() {
        let mut grid = Grid::new([("id".to_owned(), Align::Left), ("score".to_owned(), Align::Right)]);
        grid.push(vec!["東京".to_owned(), "5".to_owned()]);
        grid.push(vec!["é\n".to_owned(), "120.5".to_owned()]);
        let look = Look {
            color: false,
            unicode: true,
            width: 80,
            is_terminal: false,
        };
        assert_eq!(grid.draw(look), "id    score\n東京      5\né     120.5\n");
    }
}

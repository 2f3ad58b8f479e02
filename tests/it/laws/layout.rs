//! How a file looks: line ends, blanks, comments, and the order of its statements. Nothing of it means anything.

use proptest::collection::vec;
use proptest::prelude::*;

use super::expressions::BREAK;

/// How a file looks: nothing of it means anything.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// One number for each place, used again from the start when they are used up; 0 is the plain look.
    turns: Vec<u8>,
    order: u64,
    windows_line_ends: bool,
    byte_order_mark: bool,
}

pub(super) fn layout() -> impl Strategy<Value = Layout> {
    let turns = prop_oneof![1 => Just(vec![0]), 1 => vec(any::<u8>(), 1..40)];
    (
        turns,
        prop_oneof![1 => Just(0), 1 => any::<u64>()],
        prop::bool::weighted(0.1),
        prop::bool::weighted(0.1),
    )
        .prop_map(|(turns, order, windows_line_ends, byte_order_mark)| Layout {
            turns,
            order,
            windows_line_ends,
            byte_order_mark,
        })
}

impl Layout {
    pub(super) fn laid_out(&self, statements: &[String]) -> String {
        let mut turns = self.turns.iter().cycle();
        let mut turn = move || *turns.next().unwrap();
        let mut text = if self.byte_order_mark {
            "\u{feff}".to_owned()
        } else {
            String::new()
        };
        for statement in self.ordered(statements) {
            for (at, character) in statement.char_indices() {
                // A line that began with `score` would begin a statement.
                let breaks = !statement[at + character.len_utf8()..].starts_with("score");
                match (character, turn_at(character, &mut turn)) {
                    (BREAK, 1 | 2) if !breaks => text.push(' '),
                    (BREAK, 1) => text.push_str("\n      "),
                    (BREAK, 2) => text.push_str("  # why not {\n\t"),
                    (BREAK, _) => text.push(' '),
                    ('\n', 1) => text.push_str(" # \"remark\n"),
                    ('\n', 2) => text.push_str("  \n\n# a line of its own\n"),
                    (other, _) => text.push(other),
                }
            }
            text.push_str(match turn() % 16 {
                1 => " #\n",
                2 => " # été\n",
                3 => "\n\n\n# between statements\n\n",
                4 => "\n# right above\n",
                _ => "\n",
            });
        }
        if self.windows_line_ends {
            text.replace('\n', "\r\n")
        } else {
            text
        }
    }

    /// "A declaration holds in the whole file, wherever it stands."
    fn ordered(&self, statements: &[String]) -> Vec<String> {
        let mut statements = statements.to_vec();
        if self.order != 0 {
            let mut state = self.order;
            for at in (1..statements.len()).rev() {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                statements.swap(at, (state >> 33) as usize % (at + 1));
            }
        }
        statements
    }
}

fn turn_at(character: char, turn: &mut impl FnMut() -> u8) -> u8 {
    if matches!(character, BREAK | '\n') {
        turn() % 8
    } else {
        0
    }
}

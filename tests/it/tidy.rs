//! The house is as its documents say: floors, foreign words, sizes, codes with their pages and cases.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A file before its tests may have so many lines.
const MOST_LINES: usize = 450;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// A source file: its room (the folder or file right below `src`), and its text before its tests.
struct Room {
    path: String,
    name: String,
    text: String,
}

fn rooms() -> Vec<Room> {
    let source = root().join("src");
    let room = |path: PathBuf| {
        let inside = path.strip_prefix(&source).unwrap().to_path_buf();
        let first = inside
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_string_lossy()
            .into_owned();
        let whole = fs::read_to_string(&path).unwrap();
        Room {
            path: inside.to_string_lossy().into_owned(),
            name: first.trim_end_matches(".rs").to_owned(),
            text: whole.split("\n#[cfg(test)]\nmod tests").next().unwrap().to_owned(),
        }
    };
    let all: Vec<Room> = files(&source, "rs").into_iter().map(room).collect();
    assert!(all.len() > 30, "the sources were found");
    all
}

fn architecture() -> String {
    fs::read_to_string(root().join("docs/ARCHITECTURE.md")).unwrap()
}

/// The rows of the table below a heading, a list of cells each, without the table's head.
fn table(heading: &str) -> Vec<Vec<String>> {
    let page = architecture();
    let section = page.split(&format!("## {heading}\n")).nth(1).expect(heading);
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with('|')).skip(2);
    rows.map(|row| {
        row.trim_matches('|')
            .split('|')
            .map(|cell| cell.trim().to_owned())
            .collect()
    })
    .collect()
}

/// The words between backticks.
fn quoted(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The lines of code that are no comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with("//"))
}

/// The rooms that a text imports or names by `crate::`, `use crate::{a, b}` included.
fn imports(text: &str) -> BTreeSet<String> {
    let joined: String = code(text).collect::<Vec<_>>().join(" ");
    let mut found = BTreeSet::new();
    for after in joined.split("crate::").skip(1) {
        let listed = match after.strip_prefix('{') {
            Some(group) => group
                .split('}')
                .next()
                .unwrap_or_default()
                .split(',')
                .map(str::to_owned)
                .collect(),
            None => vec![after.to_owned()],
        };
        for item in listed {
            let name = item
                .trim()
                .split(|character: char| !character.is_alphanumeric() && character != '_')
                .next();
            found.extend(name.filter(|name| !name.is_empty()).map(str::to_owned));
        }
    }
    found
}

#[test]
fn every_room_imports_only_from_lower_floors_and_along_the_arrows() {
    let mut floor_of = BTreeMap::new();
    let mut arrows = BTreeSet::new();
    for row in table("Floors") {
        let floor: usize = row[0].split(' ').next().unwrap().parse().unwrap();
        for room in quoted(&row[1]) {
            floor_of.insert(room, floor);
        }
        for arrow in row[2].split(';').filter(|arrow| arrow.contains('→')) {
            let (from, to) = arrow.split_once('→').unwrap();
            for from in quoted(from) {
                arrows.extend(quoted(to).into_iter().map(|to| (from.clone(), to)));
            }
        }
    }
    let mut wrong = Vec::new();
    for room in rooms().iter().filter(|room| room.name != "lib") {
        let Some(floor) = floor_of.get(&room.name) else {
            wrong.push(format!("{}: its room `{}` is on no floor", room.path, room.name));
            continue;
        };
        for import in imports(&room.text).into_iter().filter(|import| *import != room.name) {
            match floor_of.get(&import) {
                Some(below) if below < floor => {}
                Some(_) if arrows.contains(&(import.clone(), room.name.clone())) => {}
                _ => wrong.push(format!("{} imports `{import}`", room.path)),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_foreign_word_is_known_where_the_table_says() {
    let mut wrong = Vec::new();
    let rooms = rooms();
    for row in table("Foreign words") {
        let homes = quoted(&row[1]);
        for name in quoted(&row[0]) {
            for room in rooms.iter().filter(|room| !homes.contains(&room.name)) {
                let path = format!("{name}::");
                let names_it = |line: &str| {
                    line.match_indices(&path).any(|(at, _)| {
                        let before = line[..at].chars().next_back();
                        !before.is_some_and(|character| character.is_alphanumeric() || "_:".contains(character))
                    })
                };
                if code(&room.text).any(names_it) {
                    wrong.push(format!("{} names `{name}`", room.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_and_is_no_longer_than_one_subject() {
    let mut wrong = Vec::new();
    for room in rooms() {
        if !room.text.starts_with("//! ") {
            wrong.push(format!(
                "{} does not begin with a sentence that says what it is",
                room.path
            ));
        }
        let lines = room.text.lines().count();
        if lines > MOST_LINES && room.path != "syntax/tree.rs" {
            wrong.push(format!("{} has {lines} lines before its tests", room.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn features_switch_whole_rooms_and_formats_on_and_off_and_nothing_inside_them() {
    // A format is a folder, named where the folders are, and lines in the tables.
    let tables = ["connect/mod.rs", "connect/format.rs"];
    let switches = |text: &str| code(text).any(|line| line.contains("feature = "));
    let wrong: Vec<String> = rooms()
        .into_iter()
        .filter(|room| room.name != "lib" && !tables.contains(&room.path.as_str()) && switches(&room.text))
        .map(|room| room.path)
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_has_a_page_and_a_case_and_every_page_a_code() {
    let mut codes = BTreeSet::new();
    for room in rooms() {
        for after in room.text.split("code(LS").skip(1) {
            codes.insert(format!("LS{}", &after[..4]));
        }
    }
    let pages: BTreeSet<String> = files(&root().join("docs/diagnostics"), "md")
        .iter()
        .map(|page| page.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    assert!(codes.len() > 50, "the codes were found");
    assert_eq!(codes, pages, "codes in the sources, and pages in docs/diagnostics");

    let snapshots: String = files(&root().join("tests"), "snap")
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let without_case: Vec<&String> = codes.iter().filter(|code| !snapshots.contains(code.as_str())).collect();
    assert!(without_case.is_empty(), "codes that no case shows: {without_case:?}");
}

#[test]
fn documents_name_only_files_that_exist() {
    let mut wrong = Vec::new();
    for page in ["README.md", "CONTRIBUTING.md", "docs/ARCHITECTURE.md", "docs/STYLE.md"] {
        let text = fs::read_to_string(root().join(page)).unwrap_or_default();
        for path in quoted(&text)
            .into_iter()
            .filter(|path| path.ends_with(".rs") || path.ends_with(".pest"))
        {
            let exists = [
                root().join(&path),
                root().join("src").join(&path),
                root().join("tests/it").join(&path),
            ];
            if !exists.iter().any(|path| path.exists()) {
                wrong.push(format!("{page} names {path}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

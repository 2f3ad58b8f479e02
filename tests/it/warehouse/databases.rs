//! Real databases to run queries on: each a process of `tests/warehouse/drive.py`, which starts its engine and answers
//! jobs. What Python needs is installed once, below `target`.

use std::io::{BufRead, BufReader, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, OnceLock};

use serde_json::{Value, json};

/// An engine with a database, for one test at a time: what a test no longer needs waits for the next.
pub(crate) struct Database {
    engine: String,
    /// There until it is given back.
    process: Option<Engine>,
}

/// Engines that wait.
static IDLE: Mutex<Vec<(String, Engine)>> = Mutex::new(Vec::new());

/// An engine's process.
struct Engine {
    process: Child,
    jobs: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

/// A table with its columns, each with its kind (see `cells.py`), and its rows.
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<(String, &'static str)>,
    pub(crate) rows: Vec<Vec<Option<String>>>,
}

/// What a query gives: the names of its columns, and its rows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Vec<Option<String>>>,
}

impl Database {
    /// An engine, by the name that leadscore gives its dialect.
    pub(crate) fn start(engine: &str) -> Database {
        let mut idle = IDLE.lock().expect("no test has failed with it");
        let place = idle.iter().position(|(name, _)| name == engine);
        let waiting = place.map(|place| idle.swap_remove(place).1);
        drop(idle);
        Database {
            engine: engine.to_owned(),
            process: Some(waiting.unwrap_or_else(|| Engine::start(engine))),
        }
    }

    /// The answer to a query over some tables, or what the engine has against it.
    pub(crate) fn ask(&mut self, tables: &[Table], query: &str) -> Result<Answer, String> {
        self.process.as_mut().expect("it is there").ask(tables, query)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // Of a test that failed nobody knows in what state it leaves the engine.
        if let (false, Some(process)) = (std::thread::panicking(), self.process.take()) {
            let engine = std::mem::take(&mut self.engine);
            IDLE.lock().expect("no test has failed with it").push((engine, process));
        }
    }
}

impl Engine {
    fn start(engine: &str) -> Engine {
        let mut process = Command::new(python())
            .arg(folder().join("drive.py"))
            .arg(engine)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts");
        let jobs = process.stdin.take();
        let answers = BufReader::new(process.stdout.take().expect("its output is read"));
        Engine { process, jobs, answers }
    }

    fn ask(&mut self, tables: &[Table], query: &str) -> Result<Answer, String> {
        let tables: Vec<Value> = tables.iter().map(Table::json).collect();
        let job = json!({ "id": 0, "tables": tables, "query": query });
        let jobs = self.jobs.as_mut().expect("it is not closed yet");
        writeln!(jobs, "{job}")
            .and_then(|()| jobs.flush())
            .expect("the engine takes jobs");
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("the engine answers");
        let answer: Value = serde_json::from_str(&line).expect("an answer is JSON");
        match answer["error"].as_str() {
            Some(error) => Err(error.to_owned()),
            None => Ok(Answer {
                columns: texts(&answer["columns"]).into_iter().flatten().collect(),
                rows: answer["rows"]
                    .as_array()
                    .expect("there are rows")
                    .iter()
                    .map(texts)
                    .collect(),
            }),
        }
    }
}

/// A server of PostgreSQL's that lives as long as the tests, by the folder of its socket. Whoever speaks to it makes a
/// database of their own.
pub(crate) fn postgres() -> &'static str {
    static SERVER: OnceLock<(Database, String)> = OnceLock::new();
    let (_, folder) = SERVER.get_or_init(|| {
        let mut server = Database::start("postgres");
        let answer = server.ask(&[], "SELECT current_setting('unix_socket_directories')");
        let folder = answer.expect("it answers").rows.into_iter().flatten().flatten().next();
        (server, folder.expect("it has a socket"))
    });
    folder
}

impl Drop for Engine {
    fn drop(&mut self) {
        drop(self.jobs.take());
        let _ended = self.process.wait();
    }
}

impl Table {
    /// The table as the programs read it.
    pub(super) fn json(&self) -> Value {
        json!({ "name": self.name, "columns": self.columns, "rows": self.rows })
    }
}

/// What a parser has against each of some queries, each with its dialect.
pub(super) fn parse(queries: &[(&str, String)]) -> Vec<Option<String>> {
    let jobs: String = queries
        .iter()
        .map(|(dialect, query)| format!("{}\n", json!({ "dialect": dialect, "query": query })))
        .collect();
    let mut file = tempfile::tempfile().expect("a file for the jobs");
    file.write_all(jobs.as_bytes())
        .and_then(|()| file.rewind())
        .expect("the jobs are written");
    let output = Command::new(python())
        .arg(folder().join("parse.py"))
        .stdin(file)
        .stderr(Stdio::inherit())
        .output()
        .expect("Python starts");
    let answers = String::from_utf8(output.stdout).expect("answers are text");
    let answers: Vec<Option<String>> = answers
        .lines()
        .map(|line| serde_json::from_str(line).expect("an answer is JSON"))
        .collect();
    assert_eq!(answers.len(), queries.len(), "each query has an answer");
    answers
}

/// The cells of a row.
pub(super) fn texts(cells: &Value) -> Vec<Option<String>> {
    let cells = cells.as_array().expect("there are cells").iter();
    cells.map(|cell| cell.as_str().map(str::to_owned)).collect()
}

/// Where the programs and what they need stand.
pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/warehouse")
}

/// A program that is installed beside Python.
pub(crate) fn installed(program: &str) -> PathBuf {
    python().with_file_name(program)
}

/// The Python that has the engines.
fn python() -> &'static Path {
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    PYTHON.get_or_init(|| python_of("warehouse", "requirements.txt"))
}

/// The Python that has dbt, and two of the engines.
pub(super) fn python_with_dbt() -> &'static Path {
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    PYTHON.get_or_init(|| python_of("dbt", "requirements-dbt.txt"))
}

/// The Python of an environment below `target`, with what it needs.
fn python_of(environment: &str, requirements: &str) -> PathBuf {
    let requirements = folder().join(requirements);
    let wanted = std::fs::read_to_string(&requirements).expect("it is known what is needed");
    let environment = Path::new(env!("CARGO_MANIFEST_DIR")).join("target").join(environment);
    let (python, installed) = (environment.join("bin/python"), environment.join("installed.txt"));
    if std::fs::read_to_string(&installed).is_ok_and(|known| known == wanted) {
        return python;
    }
    run(Command::new("python3").args(["-m", "venv"]).arg(&environment));
    run(Command::new(&python)
        .args(["-m", "pip", "install", "--quiet", "-r"])
        .arg(&requirements));
    std::fs::write(&installed, wanted).expect("what is installed is noted");
    python
}

fn run(command: &mut Command) {
    let status = command.status();
    assert!(
        status.as_ref().is_ok_and(std::process::ExitStatus::success),
        "{command:?}: {status:?}; it takes Python 3 with venv and pip, and PyPI"
    );
}

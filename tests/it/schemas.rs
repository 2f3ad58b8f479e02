//! What programs read is as its schema says: JSON as `docs/reference/schemas` describes it, SARIF as OASIS does.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::folder::entries;

/// Rules with an error, a warning, and an edit on a line with a character that UTF-16 counts twice.
const WRONG: &str = "\
field title: text
when title contains \"🎯\" && titel contains \"cto\" add 5
when title contains \"cto\" add 5
hot >= 5
warm >= 5
";

#[test]
fn every_schema_is_one_and_describes_each_of_its_keys() {
    let schemas = entries(&project().join("docs/reference/schemas"));
    assert!(schemas.len() >= 6);
    for path in schemas {
        let schema = read(&path);
        jsonschema::meta::validate(&schema).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert_eq!(schema["$id"], format!("urn:leadscore:schema:{name}"));
        assert_described(&schema, &path);
    }
    let mut strict = schema("check");
    close(&mut strict);
    let more = json!({"diagnostics": [], "errors": 0, "warnings": 0, "more": 1});
    assert!(!jsonschema::is_valid(&strict, &more) && jsonschema::is_valid(&schema("check"), &more));
}

#[test]
fn the_json_of_each_example_is_as_its_schema_says() {
    for example in examples() {
        let rules = fs::read_to_string(example.join("leadscore.toml")).unwrap();
        assert!(rules.contains("rules"), "{}", example.display());
        let says = |schema: &str, arguments: &[&str]| holds(schema, &example, arguments);
        says("check", &["check", "--bounds", "--format", "json"]);
        says("test", &["test", "--coverage", "--format", "json"]);
        says("snapshot", &["snapshot", "--why", "--all", "--format", "json"]);
        // Two months later bands and reasons are others.
        let later = ["snapshot", "--why", "--as-of", "2027-01-20", "--format", "json"];
        says("snapshot", &later);
        let scores = says("score", &["score", "--as-of", "2026-11-01", "--format", "json"]);
        for scored in scores.as_array().unwrap().iter().take(15) {
            let id = scored["id"].as_str().unwrap();
            let arguments = ["explain", "--contact", id, "--as-of", "2026-11-01", "--format", "json"];
            says("explain", &arguments);
        }
    }
}

#[test]
fn each_line_of_scores_is_as_its_schema_says() {
    let result = json!({"$ref": "#/$defs/result", "$defs": schema("score")["$defs"]});
    let validator = jsonschema::validator_for(&result).unwrap();
    let lines = run(
        &example("consultant"),
        &["score", "--as-of", "2026-11-01", "--format", "jsonl"],
    );
    assert!(lines.lines().count() > 1);
    for line in lines.lines() {
        assert_valid(&validator, &serde_json::from_str(line).unwrap(), line);
    }
}

#[test]
fn the_json_of_mutation_and_of_failed_tests_is_as_its_schema_says() {
    let tried = holds(
        "test",
        &example("card"),
        &["test", "--coverage", "--mutate", "--format", "json"],
    );
    assert!(tried["mutation"]["killed"].as_u64() > Some(0));
    let folder = folder("when employees > 1 add 5\nhot >= 3\n");
    let test = "test \"a\" {\n  given employees = 3\n  expect score = 6\n  expect band = hot and score > 9\n}\n";
    fs::write(folder.path().join("rules_test.ls"), test).unwrap();
    let failed = holds("test", folder.path(), &["test", "rules.ls", "--format", "json"]);
    assert_eq!(failed["failed"], 1);
    let rules = self::folder(WRONG);
    let unread = holds("test", rules.path(), &["test", "rules.ls", "--format", "json"]);
    assert_eq!((&unread["passed"], &unread["failed"]), (&json!(0), &json!(0)));
    assert_eq!(unread["diagnostics"][0]["code"], "LS1004", "{unread:#}");
}

#[test]
fn the_json_of_differences_is_as_its_schema_says() {
    let gitlab = example("gitlab");
    let change = holds(
        "diff",
        &gitlab,
        &[
            "diff",
            "original.ls",
            "rules.ls",
            "--format",
            "json",
            "--as-of",
            "2026-11-01",
        ],
    );
    assert!(!change["impact"]["movers"].as_array().unwrap().is_empty());
    let old = gitlab.join("rules.ls");
    for other in examples() {
        let arguments = [
            "diff",
            old.to_str().unwrap(),
            "rules.ls",
            "--no-data",
            "--format",
            "json",
        ];
        holds("diff", &other, &arguments);
        holds(
            "diff",
            &other,
            &["diff", "rules.ls", "--format", "json", "--as-of", "2026-11-01"],
        );
    }
}

#[test]
fn the_json_of_findings_is_as_its_schema_says() {
    let folder = folder(WRONG);
    let report = holds("check", folder.path(), &["check", "rules.ls", "--format", "json"]);
    assert!(report["errors"].as_u64() > Some(1));
    assert!(
        report["diagnostics"]
            .as_array()
            .unwrap()
            .iter()
            .any(|each| each["edit"]["safe"] == true)
    );
}

#[test]
fn sarif_is_as_its_standard_says() {
    let mut schema = read(&project().join("tests/schemas/sarif-2.1.0.json"));
    // As published, it closes a bracket that it did not open.
    for of in ["run", "toolComponent"] {
        schema["definitions"][of]["properties"]["language"]["pattern"] = json!("^[a-zA-Z]{2}(-[a-zA-Z]{2})?$");
    }
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    let folder = folder(WRONG);
    let log = run(folder.path(), &["check", "rules.ls", "--format", "sarif"]);
    let log: Value = serde_json::from_str(&log).unwrap();
    assert_valid(&validator, &log, "rules.ls");
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert!(results.iter().any(|result| result["fixes"].is_array()));
    // `&&` is the 25th character of its line, and the 26th unit of UTF-16.
    let region = &results[0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(
        (&region["startLine"], &region["startColumn"]),
        (&json!(2), &json!(26)),
        "{log:#}"
    );
    assert_eq!(log["runs"][0]["columnKind"], "utf16CodeUnits");
    for example in examples() {
        let log = run(&example, &["check", "--format", "sarif"]);
        assert_valid(&validator, &serde_json::from_str(&log).unwrap(), "an example");
    }
}

#[test]
fn fingerprints_stay_while_other_lines_come_and_go() {
    let (before, after) = (folder(WRONG), folder(&format!("# new\n\n{WRONG}")));
    let prints = |folder: &Path| -> Vec<String> {
        let log: Value = serde_json::from_str(&run(folder, &["check", "rules.ls", "--format", "sarif"])).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap().clone();
        let print = |result: &Value| {
            result["partialFingerprints"]["leadscoreLine/v1"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        results.iter().map(print).collect()
    };
    let before = prints(before.path());
    assert_eq!(before, prints(after.path()));
    let distinct: std::collections::BTreeSet<&String> = before.iter().collect();
    assert_eq!(distinct.len(), before.len());
}

/// Runs a command that writes JSON, and holds what it writes against a schema that allows nothing more than it names.
fn holds(schema_name: &str, folder: &Path, arguments: &[&str]) -> Value {
    let mut strict = schema(schema_name);
    close(&mut strict);
    let validator = jsonschema::validator_for(&strict).unwrap();
    let written = run(folder, arguments);
    let value: Value =
        serde_json::from_str(&written).unwrap_or_else(|error| panic!("{arguments:?}: {error}\n{written}"));
    assert_valid(&validator, &value, &format!("{} {arguments:?}", folder.display()));
    value
}

fn assert_valid(validator: &Validator, value: &Value, what: &str) {
    let wrong: Vec<String> = validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(wrong.is_empty(), "{what}:\n{}", wrong.join("\n"));
}

/// Lets no object have keys that its schema does not name: who reads may meet new keys, and the schema tells them.
fn close(schema: &mut Value) {
    if schema["properties"].is_object() && schema["additionalProperties"].is_null() {
        schema["additionalProperties"] = Value::Bool(false);
    }
    for part in PARTS {
        match &mut schema[part] {
            Value::Object(parts) if MAPS.contains(&part) => parts.values_mut().for_each(close),
            Value::Array(parts) => parts.iter_mut().for_each(close),
            one @ Value::Object(_) => close(one),
            _ => {
                schema.as_object_mut().unwrap().remove(part);
            }
        }
    }
}

fn assert_described(schema: &Value, path: &Path) {
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        assert!(property["description"].is_string(), "{}: `{name}`", path.display());
    }
    for part in PARTS {
        match &schema[part] {
            Value::Object(parts) if MAPS.contains(&part) => {
                parts.values().for_each(|part| assert_described(part, path))
            }
            Value::Array(parts) => parts.iter().for_each(|part| assert_described(part, path)),
            one => drop(one.is_object().then(|| assert_described(one, path))),
        }
    }
}

/// Where a schema has others in it.
const PARTS: [&str; 4] = ["properties", "$defs", "items", "oneOf"];

/// Those of them that stand below names.
const MAPS: [&str; 2] = ["properties", "$defs"];

fn schema(name: &str) -> Value {
    read(&project().join(format!("docs/reference/schemas/{name}.json")))
}

fn read(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// What the program writes to standard output; it finds things, and does not fail.
fn run(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_leadscore"));
    let output = command.args(arguments).current_dir(folder).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() < Some(2), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

fn folder(rules: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rules.ls"), rules).unwrap();
    folder
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn example(name: &str) -> PathBuf {
    project().join("examples").join(name)
}

fn examples() -> Vec<PathBuf> {
    entries(&project().join("examples"))
}

//! The reference says what the code does.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use serde_json::Value;
use voiceroll::{ProblemCode, rules};

fn read(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)).unwrap()
}

#[test]
fn every_problem_and_limit_stands_in_the_reference() {
    let reference = read("docs/reference.md");
    for code in ProblemCode::ALL {
        assert!(reference.contains(&format!("| `{code}` |")), "{code}");
    }
    assert!(reference.contains(&format!("over {} |", rules::CONTRACT_BASE64_BYTES)));
    assert!(reference.contains(&format!("at least {} s of speech", rules::COMPLETE_SECONDS)));
    assert!(reference.contains(&format!("Up to {} s of its best speech", rules::ENGINE_SECONDS)));
}

#[test]
fn every_problem_of_the_schema_is_listed() {
    let schema: Value = serde_json::from_str(&read("bindings/c/schema.json")).unwrap();
    let codes: Vec<&str> = schema["$defs"]["ProblemCode"]["oneOf"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["const"].as_str())
        .filter(|code| *code != "other")
        .collect();
    assert_eq!(codes, ProblemCode::ALL.map(ProblemCode::as_str));
}

/// The public methods of `impl Registry` in a file of the core.
fn methods(name: &str) -> Vec<String> {
    let text = read(name);
    let (_, inside) = text.split_once("\nimpl Registry {\n").unwrap();
    let (inside, _) = inside.split_once("\n}\n").unwrap();
    let lines = inside.lines().filter_map(|line| line.strip_prefix("    pub "));
    let heads = lines.filter_map(|line| line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn "));
    let mut names: Vec<String> = heads.filter_map(|head| Some(head.split_once('(')?.0.to_owned())).collect();
    names.sort();
    names
}

/// The methods in `custody.rs` are declared once for both.
#[test]
fn the_blocking_registry_has_every_method_of_the_async_one() {
    let methods = (methods("core/src/registry.rs"), methods("core/src/blocking.rs"));
    assert!(methods.0.len() > 20, "{methods:?}");
    assert_eq!(methods.0, methods.1);
}

#[test]
fn the_first_program_of_the_readme_is_the_one_that_is_run() {
    let readme = read("README.md");
    let shown = readme.split("```rust\n").nth(1).unwrap().split("```").next().unwrap();
    let run = read("core/examples/readme.rs");
    for line in shown.lines() {
        assert!(run.contains(line), "{line}");
    }
    for (language, package) in [("python", "python/README.md"), ("js", "node/README.md")] {
        let fence = format!("```{language}\n");
        let shown = readme.split(&fence).nth(1).unwrap().split("```").next().unwrap();
        assert!(read(package).contains(shown), "{package}, whose examples are run, begins with another program");
    }
}

#[test]
fn every_exit_code_of_the_error_table_is_in_the_help_and_every_row_says_what_to_do() {
    let table: Value = serde_json::from_str(&read("tests/errors.json")).unwrap();
    let help = read("core/src/cli/args.rs");
    for row in table["errors"].as_array().unwrap() {
        let exit = row["exit"].as_u64().unwrap();
        assert!(help.contains(&format!(" {exit}  ")), "{exit}");
        for field in ["meaning", "advice"] {
            assert!(row[field].as_str().unwrap().ends_with('.'), "{row}");
        }
    }
}

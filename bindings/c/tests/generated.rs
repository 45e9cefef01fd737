//! The header and the schema are those of the code. `UPDATE=1 cargo test -p voiceroll-c` writes them.

#![allow(clippy::unwrap_used)]

use std::path::Path;

fn same(name: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, made).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == made, "{name} is not what the code makes; write it with UPDATE=1 and commit it");
}

#[test]
fn the_header_is_that_of_the_code() {
    let folder = env!("CARGO_MANIFEST_DIR");
    let config = cbindgen::Config::from_root_or_default(folder);
    let header = cbindgen::Builder::new().with_config(config).with_src(Path::new(folder).join("src/lib.rs"));
    let mut made = Vec::new();
    header.generate().unwrap().write(&mut made);
    same("voiceroll.h", &String::from_utf8(made).unwrap());
}

#[test]
fn the_schema_is_that_of_the_types() {
    same("schema.json", &(serde_json::to_string_pretty(&voiceroll::bridge::schema()).unwrap() + "\n"));
}

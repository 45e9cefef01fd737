//! The server that misbehaves as it is told, for the tests of every language; `tests/README.md` says how it
//! is spoken to.
#![allow(dead_code, clippy::panic, clippy::print_stdout, clippy::unwrap_used, reason = "it is a part of tests")]

#[path = "../tests/faults/scripted.rs"]
mod scripted;

use std::io::BufRead;

use scripted::{JWT, SECRET, Scripted};
use serde_json::{Value, json};

fn main() {
    let mut lines = std::io::stdin().lock().lines().map_while(Result::ok);
    let script: Value = serde_json::from_str(&lines.next().unwrap()).unwrap();
    let server = Scripted::told(&script);
    println!("{}", json!({ "server": server.url, "client_id": "app", "client_secret": SECRET, "jwt": JWT }));
    for _ in lines {
        println!("{}", json!(server.counts()));
    }
}

//! The programs of `docs/live.md` do what it says; those in Rust are run as documentation tests.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

use common::clip_path;
use tokio::sync::oneshot;
use voiceroll::server::{Apps, Server, ServerOptions};

/// The blocks of the guide that are marked to be run.
fn programs(language: &str) -> Vec<String> {
    let guide = include_str!("../../docs/live.md");
    let fence = format!("```{language} run\n");
    guide.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

fn checked(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_commands_enroll_and_identify() {
    let folder = tempfile::tempdir().unwrap();
    for clip in ["ada-1.mp3", "ada-3.webm"] {
        std::fs::copy(clip_path(clip), folder.path().join(clip)).unwrap();
    }
    let bin = Path::new(env!("CARGO_BIN_EXE_voiceroll")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    let [program] = &programs("sh")[..] else { panic!("one program") };
    let output = Command::new("sh").args(["-ec", program]).current_dir(folder.path()).env("PATH", path).output();
    let said = checked(&output.unwrap());
    assert!(said.contains("ada: complete") && said.contains("1 speaker"), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_client_in_python_enrolls() {
    let there = Command::new("python3").args(["-c", "import websockets"]).output();
    if !there.is_ok_and(|there| there.status.success()) {
        common::skipped("the client in Python needs `websockets`");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let app = Apps::open(folder.path()).unwrap().add("main", "1").unwrap();
    let mut options = ServerOptions::new(folder.path());
    options.listen.set_port(0);
    let server = Server::bind(options).await.unwrap();
    let address = server.address();
    let (_stop, stopped) = oneshot::channel::<()>();
    tokio::spawn(server.run(async move {
        let _ = stopped.await;
    }));
    let fields = [("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", &*app.jwt)];
    let request = reqwest::Client::new().post(format!("http://{address}/restapi/oauth/token"));
    let request = request.basic_auth(&app.client_id, Some(&app.client_secret)).form(&fields);
    let tokens: serde_json::Value = request.send().await.unwrap().json().await.unwrap();
    let [program] = &programs("python")[..] else { panic!("one program") };
    let mut script = tempfile::NamedTempFile::new().unwrap();
    script.write_all(program.as_bytes()).unwrap();
    let token = tokens["access_token"].as_str().unwrap().to_owned();
    let output = tokio::task::spawn_blocking(move || {
        let mut command = Command::new("python3");
        command.arg(script.path()).arg(format!("ws://{address}")).arg(token).arg(clip_path("ada-1.mp3"));
        command.output().unwrap()
    });
    let said = checked(&output.await.unwrap());
    assert!(said.contains("s missing") && said.contains("\"event\": \"enrolled\""), "{said}");
}

//! `voiceroll serve` as a process: started, asked, killed, started again.
#![cfg(unix)]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// A server process, killed when this is dropped.
struct Served {
    process: Child,
    url: String,
    basic: String,
    jwt: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Served {
    fn start(folder: &Path) -> Self {
        Self::logging(folder, "off", Stdio::null())
    }

    /// One that says so much on standard error, which goes to `log`.
    fn logging(folder: &Path, level: &str, log: Stdio) -> Self {
        let file = folder.join("dev.json");
        let _ = std::fs::remove_file(&file);
        let mut process = Command::new(env!("CARGO_BIN_EXE_voiceroll"))
            .args(["serve", "--dev", "--port", "0", "--allow-private", "--json", "--dev-file"])
            .arg(&file)
            .arg("--data")
            .arg(folder.join("data"))
            .env("VOICEROLL_LOG", level)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let said: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(said, serde_json::from_slice::<Value>(&std::fs::read(&file).unwrap()).unwrap());
        let text = |name: &str| said[name].as_str().unwrap().to_owned();
        let basic = base64(&format!("{}:{}", text("client_id"), text("client_secret")));
        Self { process, url: text("server"), basic, jwt: text("jwt") }
    }

    fn ask(&self, method: &str, path: &str, head: &str, body: &str) -> (u16, Value) {
        let mut stream = TcpStream::connect(self.url.trim_start_matches("http://")).unwrap();
        let length = body.len();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{head}Content-Length: {length}\r\n\r\n{body}"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), serde_json::from_str(body).unwrap_or(Value::Null))
    }

    /// Logs in; the head of further requests.
    fn log_in(&self) -> String {
        let body = format!("grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion={}", self.jwt);
        let head =
            format!("Authorization: Basic {}\r\nContent-Type: application/x-www-form-urlencoded\r\n", self.basic);
        let (status, answer) = self.ask("POST", "/restapi/oauth/token", &head, &body);
        assert_eq!(status, 200, "{answer}");
        format!(
            "Authorization: Bearer {}\r\nContent-Type: application/json\r\n",
            answer["access_token"].as_str().unwrap()
        )
    }
}

fn base64(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(text)
}

/// A web server that serves one clip and takes every callback, each on a thread of its own.
fn outside() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let clip = std::fs::read(common::clip_path("fault-two-speakers.mp3")).unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, clip) = (stream.unwrap(), clip.clone());
            std::thread::spawn(move || {
                let mut head = [0; 2048];
                let _ = stream.read(&mut head);
                let _ =
                    write!(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", clip.len());
                let _ = stream.write_all(&clip);
            });
        }
    });
    url
}

#[test]
fn jobs_and_sessions_survive_kill_9_and_the_credentials_stay_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let outside = outside();
    let mut server = Served::start(folder.path());
    let head = server.log_in();
    let mut jobs = Vec::new();
    for _ in 0..12 {
        let body = json!({ "contentUri": format!("{outside}/two.mp3"), "encoding": "Mpeg", "languageCode": "en-US" });
        let path = format!("/ai/audio/v1/async/speaker-diarize?webhook={outside}/hook");
        let (status, answer) = server.ask("POST", &path, &head, &body.to_string());
        assert_eq!(status, 202, "{answer}");
        jobs.push(answer["jobId"].as_str().unwrap().to_owned());
        if jobs.len() % 4 == 0 {
            let (basic, jwt) = (server.basic.clone(), server.jwt.clone());
            server.process.kill().unwrap();
            server.process.wait().unwrap();
            server = Served::start(folder.path());
            assert_eq!(server.basic, basic);
            assert!(!jwt.is_empty());
        }
    }
    let end = Instant::now() + Duration::from_secs(60);
    for id in jobs {
        loop {
            let (status, job) = server.ask("GET", &format!("/ai/status/v1/jobs/{id}"), &head, "");
            assert_eq!(status, 200, "{job}");
            if job["status"] == "Success" {
                assert_eq!(job["response"]["speakerCount"], 2);
                break;
            }
            assert!(job["status"] == "InProgress" && Instant::now() < end, "{job}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

#[test]
fn the_log_tells_no_address_even_where_it_tells_everything() {
    let folder = tempfile::tempdir().unwrap();
    let outside = outside();
    let log = folder.path().join("log");
    let server = Served::logging(folder.path(), "trace", std::fs::File::create(&log).unwrap().into());
    let head = server.log_in();
    let body = json!({ "contentUri": format!("{outside}/clip?access_token=between-us"), "encoding": "Mpeg", "languageCode": "en" });
    let path = format!("/ai/audio/v1/async/speaker-diarize?webhook={outside}/hook");
    let (status, job) = server.ask("POST", &path, &head, &body.to_string());
    assert_eq!(status, 202, "{job}");
    let end = Instant::now() + Duration::from_secs(30);
    let port = outside.rsplit(':').next().unwrap();
    loop {
        let said = std::fs::read_to_string(&log).unwrap();
        for secret in [port, "between-us", "/hook", &server.jwt] {
            assert!(!said.contains(secret), "{said}");
        }
        if said.contains("callback") {
            return;
        }
        assert!(Instant::now() < end, "{said}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn one_server_at_a_time_uses_a_folder_and_it_ends_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Served::start(folder.path());
    let second = Command::new(env!("CARGO_BIN_EXE_voiceroll"))
        .args(["serve", "--port", "0", "--json", "--data"])
        .arg(folder.path().join("data"))
        .output()
        .unwrap();
    assert_eq!(second.status.code(), Some(9));
    assert!(String::from_utf8_lossy(&second.stdout).contains("store_busy"));
    let elsewhere = Command::new(env!("CARGO_BIN_EXE_voiceroll")).args(["serve", "--db", "x.db"]).output().unwrap();
    assert_eq!(elsewhere.status.code(), Some(2), "the store would be passed over");
    let told = Command::new("kill").args(["-TERM", &server.process.id().to_string()]).status().unwrap();
    assert!(told.success());
    let end = Instant::now() + Duration::from_secs(10);
    while server.process.try_wait().unwrap().is_none() {
        assert!(Instant::now() < end, "it goes on");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(server.process.wait().unwrap().code(), Some(0));
}

#[test]
fn without_dev_nobody_can_log_in_until_an_app_is_added() {
    let folder = tempfile::tempdir().unwrap();
    let voiceroll = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_voiceroll"))
            .args(arguments)
            .arg("--data")
            .arg(folder.path())
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    assert_eq!(voiceroll(&["apps", "list", "--json"]), (Some(0), String::new()));
    let (code, made) = voiceroll(&["apps", "add", "--account", "main", "--owner", "1200", "--json"]);
    let made: Value = serde_json::from_str(&made).unwrap();
    let id = made["client_id"].as_str().unwrap();
    assert!(code == Some(0) && made["client_secret"].is_string() && made["jwt"].is_string());
    let (_, listed) = voiceroll(&["apps", "list", "--json"]);
    assert_eq!(
        serde_json::from_str::<Value>(&listed).unwrap(),
        json!({ "client_id": id, "account": "main", "logins": 1 })
    );
    assert_eq!(voiceroll(&["apps", "remove", id, "--json"]).0, Some(0));
    assert_eq!(voiceroll(&["apps", "remove", id, "--json"]).0, Some(2));
    assert_eq!(voiceroll(&["apps", "add", "--account", "a b", "--owner", "1", "--json"]).0, Some(2));
}

#[test]
fn the_command_keeps_its_roll_on_a_server() {
    let folder = tempfile::tempdir().unwrap();
    let server = Served::start(folder.path());
    let app: Value = serde_json::from_slice(&std::fs::read(folder.path().join("dev.json")).unwrap()).unwrap();
    let run = |jwt: &str, arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_voiceroll"))
            .args(["--json", "--server", &server.url])
            .args(arguments)
            .env("VOICEROLL_CLIENT_ID", app["client_id"].as_str().unwrap())
            .env("VOICEROLL_CLIENT_SECRET", app["client_secret"].as_str().unwrap())
            .env("VOICEROLL_JWT", jwt)
            .output()
            .unwrap();
        let line = String::from_utf8(output.stdout).unwrap();
        (output.status.code(), serde_json::from_str(&line).unwrap_or(Value::Null))
    };
    let clip = |name: &str| common::clip_path(name).to_str().unwrap().to_owned();
    let (code, made) = run(&server.jwt, &["enroll", "ada", &clip("ada-1.mp3"), &clip("ada-2.m4a")]);
    assert_eq!((code, made["complete"].as_bool()), (Some(0), Some(true)), "{made}");
    let (_, shown) = run(&server.jwt, &["show", "ada"]);
    assert_eq!(shown["speech_seconds"], made["speech_seconds"]);
    let (_, found) = run(&server.jwt, &["verify", "ada", &clip("ada-3.webm")]);
    assert_eq!(found["decision"], "match", "{found}");
    assert_eq!(run(&server.jwt, &["delete", "ada"]).0, Some(0));
    assert_eq!(run(&server.jwt, &["show", "ada"]).0, Some(7));
    let (code, refused) = run("wrong", &["list"]);
    assert_eq!((code, refused["error"]["code"].as_str()), (Some(13), Some("login_refused")));
    assert_eq!(run(&server.jwt, &["--db", "x.db", "list"]).0, Some(2));
}

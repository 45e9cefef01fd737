//! `voiceroll serve` as a process: started, asked, killed, started again.
#![cfg(unix)]
#![allow(clippy::panic, clippy::unwrap_used, clippy::print_stderr, reason = "a test fails by panicking")]

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

    /// One without --dev, which nobody can log in to.
    fn start_as(folder: &Path, arguments: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_voiceroll"))
            .args(["serve", "--port", "0", "--json"])
            .args(arguments)
            .arg("--data")
            .arg(folder.join("data"))
            .env("VOICEROLL_LOG", "off")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let said: Value = serde_json::from_str(&line).unwrap();
        Self { process, url: said["server"].as_str().unwrap().to_owned(), basic: String::new(), jwt: String::new() }
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

/// A command line that serves a folder.
fn serving(folder: &Path, arguments: &[&str]) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_voiceroll"));
    command.args(["serve", "--port", "0", "--json"]).args(arguments).arg("--data").arg(folder.join("data"));
    command.output().unwrap()
}

impl Served {
    /// One whose process the shell prepares.
    fn prepared(folder: &Path, prepare: &str, arguments: &[&str]) -> Option<Self> {
        let mut process = Command::new("sh")
            .args(["-c", &format!("{prepare} && exec \"$@\""), "sh", env!("CARGO_BIN_EXE_voiceroll")])
            .args(["serve", "--port", "0", "--json", "--dev"])
            .args(arguments)
            .arg("--data")
            .arg(folder.join("data"))
            .env("VOICEROLL_LOG", "off")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let Ok(said) = serde_json::from_str::<Value>(&line) else {
            let _ = process.wait();
            return None;
        };
        let text = |name: &str| said[name].as_str().unwrap().to_owned();
        let basic = base64(&format!("{}:{}", text("client_id"), text("client_secret")));
        Some(Self { process, url: text("server"), basic, jwt: text("jwt") })
    }

    fn enroll(&self, head: &str, id: &str) -> (u16, Value) {
        let clip = std::fs::read(common::clip_path("ada-3.webm")).unwrap();
        let body = json!({ "speakerId": id, "encoding": "Webm", "content": encoded(&clip) });
        self.ask("POST", "/ai/audio/v1/enrollments", head, &body.to_string())
    }
}

fn encoded(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
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
fn a_rotation_of_all_keys_that_is_killed_leaves_every_value_readable() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Served::start(folder.path());
    let head = server.log_in();
    for number in 0..20 {
        assert_eq!(server.enroll(&head, &format!("s_{number}")).0, 201);
    }
    let operator = |words: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_voiceroll"));
        command.args(["--json", "server", words[0], "--data"]).arg(folder.path().join("data")).args(&words[1..]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let whole = Instant::now();
    assert!(operator(&["rotate-keys"]).status().unwrap().success());
    let whole = whole.elapsed();
    let mut killed = 0;
    for part in 0..20u32 {
        let mut rotating = operator(&["rotate-keys"]).spawn().unwrap();
        std::thread::sleep(whole * part / 20);
        killed += u32::from(rotating.try_wait().unwrap().is_none());
        rotating.kill().unwrap();
        rotating.wait().unwrap();
        assert!(operator(&["check"]).status().unwrap().success(), "after {part}/20 of a rotation");
    }
    assert!(killed >= 5, "only {killed} were killed");
    // The server that ran all the while knows the new keys, and so does the next one.
    assert_eq!(server.enroll(&head, "last").0, 201);
    assert!(operator(&["rotate-keys", "--forget-old"]).status().unwrap().success());
    server.process.kill().unwrap();
    server.process.wait().unwrap();
    server = Served::start(folder.path());
    assert_eq!(server.ask("GET", "/ai/audio/v1/enrollments/s_7", &head, "").0, 200);
    assert_eq!(server.enroll(&head, "after").0, 201);
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
    let scopes = ["enroll", "recognise", "read", "delete"];
    assert_eq!(
        serde_json::from_str::<Value>(&listed).unwrap(),
        json!({ "client_id": id, "account": "main", "scopes": scopes, "logins": 1, "expires_at": null })
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

#[test]
fn a_crowd_of_silent_and_slow_clients_keeps_nobody_out() {
    let folder = tempfile::tempdir().unwrap();
    // As few files as make the crowd small: 208 places.
    let server = Served::prepared(folder.path(), "ulimit -n 256", &[]).unwrap();
    let head = server.log_in();
    let form = "Host: x\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    let roll = "POST /ai/audio/v1/enrollments HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer nobody\r\n";
    let kinds = [
        String::new(),
        "GET /health HTTP/1.1\r\nHos".to_owned(),
        format!("POST /restapi/oauth/token HTTP/1.1\r\n{form}Content-Length: 100\r\n\r\ng"),
        format!("POST /restapi/oauth/revoke HTTP/1.1\r\n{form}Transfer-Encoding: chunked\r\n\r\n1\r\ng\r\n"),
        format!("{roll}Content-Length: 1000000\r\n\r\n{{"),
        "GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n".repeat(30),
    ];
    let mut crowd = Vec::new();
    for number in 0..600 {
        let mut stream = TcpStream::connect(server.url.trim_start_matches("http://")).unwrap();
        let _ = stream.write_all(kinds[number % kinds.len()].as_bytes());
        crowd.push(stream);
        if number % 60 == 59 {
            let start = Instant::now();
            for path in ["/health", "/ready"] {
                assert_eq!(server.ask("GET", path, "", "").0, 200);
            }
            assert!(start.elapsed() < Duration::from_secs(3), "{:?} beside {number} others", start.elapsed());
        }
    }
    let start = Instant::now();
    server.log_in();
    assert_eq!(server.enroll(&head, "ada").0, 201);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[test]
fn what_dev_makes_ends_with_dev() {
    let folder = tempfile::tempdir().unwrap();
    let server = Served::start(folder.path());
    let head = server.log_in();
    drop(server);
    let without = Served::start_as(folder.path(), &[]);
    assert_eq!(without.ask("GET", "/ai/audio/v1/enrollments", &head, "").0, 401);
    let app: Value = serde_json::from_slice(&std::fs::read(folder.path().join("dev.json")).unwrap()).unwrap();
    let text = |name: &str| app[name].as_str().unwrap();
    let basic = base64(&format!("{}:{}", text("client_id"), text("client_secret")));
    let form = format!("Authorization: Basic {basic}\r\nContent-Type: application/x-www-form-urlencoded\r\n");
    let body = format!("grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion={}", text("jwt"));
    assert_eq!(without.ask("POST", "/restapi/oauth/token", &form, &body).0, 400);
    drop(without);
    let open = serving(folder.path(), &["--dev", "--listen", "0.0.0.0"]);
    assert_eq!(open.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&open.stdout).contains("--dev-public"));
}

#[test]
fn credentials_go_into_no_file_of_somebody_else() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let folder = tempfile::tempdir().unwrap();
    let (file, trap) = (folder.path().join("dev.json"), folder.path().join("dev.json.new"));
    for path in [&file, &trap] {
        std::fs::write(path, "x").unwrap();
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o666)).unwrap();
    }
    let before = std::fs::metadata(&file).unwrap().ino();
    let _server = Served::prepared(folder.path(), "true", &["--dev-file", file.to_str().unwrap()]).unwrap();
    let made = std::fs::metadata(&file).unwrap();
    assert!(made.mode() & 0o077 == 0 && made.ino() != before);
    assert_eq!(std::fs::read_to_string(&trap).unwrap(), "x");
}

#[test]
fn files_that_others_may_read_are_noticed() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let accounts = folder.path().join("data/accounts");
    std::fs::create_dir_all(&accounts).unwrap();
    std::fs::set_permissions(&accounts, std::fs::Permissions::from_mode(0o755)).unwrap();
    let log = folder.path().join("log");
    let _server = Served::logging(folder.path(), "warn", std::fs::File::create(&log).unwrap().into());
    let said = std::fs::read_to_string(&log).unwrap();
    assert!(said.contains("accounts can be read") && said.contains("755"), "{said}");
}

#[test]
fn a_log_that_is_gone_after_kill_9_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Served::start(folder.path());
    let head = server.log_in();
    for number in 0..3 {
        assert_eq!(server.enroll(&head, &format!("s{number}")).0, 201);
    }
    server.process.kill().unwrap();
    server.process.wait().unwrap();
    std::fs::remove_file(folder.path().join("data/accounts/development/voices.db-wal")).unwrap();
    let refused = serving(folder.path(), &["--dev"]);
    assert_eq!(refused.status.code(), Some(9));
    assert!(String::from_utf8_lossy(&refused.stdout).contains("store_missing"));
}

#[test]
fn a_full_disk_is_named_and_nothing_acknowledged_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let at = data.to_str().unwrap();
    let prepare = format!("mount -t tmpfs -o size=2m none {at} && head -c 1500000 /dev/zero > {at}/ballast");
    let mut shell = Command::new("unshare");
    shell.args(["-m", "sh", "-c", &prepare]);
    if !shell.stderr(Stdio::null()).status().is_ok_and(|done| done.success()) {
        return common::skipped("no disk of its own may be made here");
    }
    let own = format!("exec unshare -m sh -c '{prepare} && exec \"$@\"' sh \"$@\"; true");
    let server = Served::prepared(folder.path(), &own.replace("; true", " #"), &[]).unwrap();
    let head = server.log_in();
    let mut made = Vec::new();
    let full = loop {
        let id = format!("s{}", made.len());
        match server.enroll(&head, &id) {
            (201, _) => made.push(id),
            (status, said) => break (status, said),
        }
        assert!(made.len() < 500, "the disk is not full");
    };
    assert_eq!((full.0, &full.1["voiceroll"]["code"]), (507, &json!("store_full")), "{full:?}");
    assert!(full.1["message"].as_str().unwrap().contains("full") && full.1["voiceroll"]["retryable"] == true);
    let (status, said) = server.ask("GET", "/ready", "", "");
    assert!(status == 503 && said["message"].as_str().unwrap().contains("full"), "{said}");
    let ballast = format!("/proc/{}/root{at}/ballast", server.process.id());
    std::fs::remove_file(ballast).unwrap();
    assert_eq!(server.enroll(&head, "after").0, 201);
    for id in made.iter().map(String::as_str).chain(["after"]) {
        assert_eq!(server.ask("GET", &format!("/ai/audio/v1/enrollments/{id}"), &head, "").0, 200, "{id}");
    }
}

#[test]
fn the_help_of_serve_lists_what_it_takes() {
    let run = |arguments: &[&str], db: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_voiceroll"));
        command.args(arguments).env_remove("VOICEROLL_DB");
        if let Some(db) = db {
            command.env("VOICEROLL_DB", db);
        }
        let output = command.output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(text).unwrap())
    };
    for command in ["serve", "apps"] {
        let (_, help) = run(&[command, "--help"], None);
        assert!(help.contains("--data") && !help.contains("--db") && !help.contains("--plain-http"), "{help}");
    }
    assert!(run(&["show", "--help"], None).1.contains("--db"));
    for (arguments, db) in
        [(&["serve", "--db", "x.db"][..], None), (&["serve"], Some("x.db")), (&["apps", "list"], Some("x.db"))]
    {
        let (code, said) = run(arguments, db);
        assert!(code == Some(2) && said.contains("--data"), "{said}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_crash_leaves_no_memory_on_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let served = Served::start_as(folder.path(), &[]);
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", served.process.id())).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().filter(|word| *word == "0").count(), 2, "{core}");
}

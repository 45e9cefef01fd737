//! A server that keeps a roll by the bare contract and misbehaves as it is told.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use serde_json::{Value, json};
use voiceroll::{ConnectOptions, Credentials, Registry, blocking};

/// Neither may be printed.
pub(crate) const SECRET: &str = "client-secret-of-the-test";
pub(crate) const JWT: &str = "json-web-token-of-the-test";

/// How an answer goes wrong.
#[derive(Clone)]
pub(crate) enum Fault {
    /// An answer other than the right one: status, further headers, body.
    Answer(u16, &'static str, &'static str),
    /// The connection ends before any answer.
    Cut,
    /// In the middle of the head.
    CutHead,
    /// In the middle of the body.
    CutBody,
    /// Three bytes a second.
    Drip,
    /// More than anybody should read.
    Huge,
    /// Another place, for ever.
    Loop,
    /// The same request at another address: its status, and where.
    Moved(u16, String),
    /// Nothing is wrong: the script is about a later request.
    None,
}

/// A fault of the next request of a method ("TOKEN" for logging in), and whether the request is done all
/// the same.
pub(crate) struct Step {
    pub(crate) method: &'static str,
    pub(crate) fault: Fault,
    pub(crate) done: bool,
}

pub(crate) fn lost(method: &'static str, fault: Fault) -> Step {
    Step { method, fault, done: true }
}

pub(crate) fn undone(method: &'static str, fault: Fault) -> Step {
    Step { method, fault, done: false }
}

fn step(told: &Value) -> Step {
    // A script is written once and lives as long as the program.
    let text = |value: &Value| -> &'static str { value.as_str().unwrap_or_default().to_owned().leak() };
    let method = text(&told["method"]);
    let fault = match told["fault"].as_str() {
        Some("cut") => Fault::Cut,
        Some("cut_head") => Fault::CutHead,
        Some("cut_body") => Fault::CutBody,
        Some("drip") => Fault::Drip,
        Some("huge") => Fault::Huge,
        Some("loop") => Fault::Loop,
        Some(other) => panic!("no fault is called {other}"),
        None => {
            let answer = &told["answer"];
            let status = answer["status"].as_u64().unwrap().try_into().unwrap();
            Fault::Answer(status, text(&answer["headers"]), text(&answer["body"]))
        }
    };
    Step { method, fault, done: told["done"].as_bool().unwrap() }
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) at: Instant,
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) token: String,
    pub(crate) encoding: String,
    pub(crate) content: Vec<u8>,
    pub(crate) named: Option<String>,
}

#[derive(Default)]
pub(crate) struct State {
    /// Seconds enrolled, by id: each recording counts with ten.
    pub(crate) roll: BTreeMap<String, f64>,
    pub(crate) script: VecDeque<Step>,
    pub(crate) seen: Vec<Seen>,
    pub(crate) logins: Vec<String>,
    pub(crate) live: Vec<String>,
    pub(crate) expires_in: Option<u64>,
    pub(crate) refuses_login: bool,
    pub(crate) most_bytes: Option<usize>,
    /// The seconds that a recording counts with.
    pub(crate) length: f64,
}

#[derive(Clone)]
pub(crate) struct Scripted {
    pub(crate) url: String,
    state: Arc<Mutex<State>>,
}

impl Scripted {
    pub(crate) fn new(script: impl IntoIterator<Item = Step>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = State { script: script.into_iter().collect(), length: 10.0, ..State::default() };
        let server = Self { url, state: Arc::new(Mutex::new(state)) };
        let accepting = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let server = accepting.clone();
                thread::spawn(move || server.serve(stream.unwrap()));
            }
        });
        server
    }

    /// One that is told what to do in JSON, as `tests/README.md` describes it.
    pub(crate) fn told(script: &Value) -> Self {
        let steps = script["faults"].as_array().into_iter().flatten().map(step).collect::<Vec<_>>();
        let server = Self::new(steps);
        for (id, seconds) in script["roll"].as_object().into_iter().flatten() {
            server.state().roll.insert(id.clone(), seconds.as_f64().unwrap());
        }
        server
    }

    /// How many requests of each method came, logins apart.
    pub(crate) fn counts(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for seen in &self.state().seen {
            *counts.entry(seen.method.clone()).or_default() += 1;
        }
        counts
    }

    pub(crate) fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    pub(crate) fn registry(&self) -> blocking::Registry {
        self.registry_with(Registry::connect_options())
    }

    pub(crate) fn registry_with(&self, options: ConnectOptions) -> blocking::Registry {
        options.connect(&self.url, Credentials::new("app", SECRET, JWT)).unwrap().into()
    }

    /// How many requests of a method came.
    pub(crate) fn count(&self, method: &str) -> usize {
        self.state().seen.iter().filter(|seen| seen.method == method).count()
    }

    fn serve(&self, stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut out = stream;
        while let Some((method, target, headers, body)) = request(&mut reader) {
            if !self.answer(&mut out, &method, &target, &headers, &body) {
                return;
            }
        }
    }

    /// Whether the connection goes on.
    fn answer(
        &self,
        out: &mut TcpStream,
        method: &str,
        target: &str,
        headers: &BTreeMap<String, String>,
        body: &[u8],
    ) -> bool {
        let login = target.starts_with("/restapi/oauth/token");
        let (step, right) = {
            let mut state = self.state();
            let name = if login { "TOKEN" } else { method };
            let step = match state.script.front() {
                Some(step) if step.method == name => state.script.pop_front(),
                _ => None,
            };
            if login {
                state.logins.push(String::from_utf8_lossy(body).into_owned());
            } else {
                state.note(method, target, headers, body);
            }
            let done = step.as_ref().is_none_or(|step| step.done);
            let right = match () {
                () if !done => (500, json!({})),
                () if login => state.log_in(),
                () => state.perform(method, target, headers, body),
            };
            (step, right)
        };
        let (status, right) = right;
        let text = if right.is_null() { String::new() } else { right.to_string() };
        let fault = step.map_or(Fault::None, |step| step.fault);
        misbehave(out, fault, status, &text, target).unwrap_or(false)
    }
}

fn misbehave(out: &mut TcpStream, fault: Fault, status: u16, text: &str, target: &str) -> std::io::Result<bool> {
    let whole = |status: u16, headers: &str, body: &str| {
        format!(
            "HTTP/1.1 {status} .\r\ncontent-type: application/json\r\nrcrequestid: r-1\r\n{headers}content-length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    match fault {
        Fault::None => out.write_all(whole(status, "", text).as_bytes())?,
        Fault::Answer(status, headers, body) => {
            let head = if headers.contains("content-type") { "" } else { "content-type: application/json\r\n" };
            let length = body.len();
            write!(out, "HTTP/1.1 {status} .\r\n{head}{headers}content-length: {length}\r\n\r\n{body}")?;
        }
        Fault::Cut => return Ok(false),
        Fault::CutHead => {
            out.write_all(b"HTTP/1.1 200 OK\r\ncontent-le")?;
            return Ok(false);
        }
        Fault::CutBody => {
            let whole = whole(status, "", &format!("{text}     "));
            out.write_all(&whole.as_bytes()[..whole.len() - 8])?;
            return Ok(false);
        }
        Fault::Drip => {
            write!(out, "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")?;
            for _ in 0..1000 {
                out.write_all(b" ")?;
                thread::sleep(Duration::from_millis(330));
            }
            return Ok(false);
        }
        Fault::Huge => {
            write!(out, "HTTP/1.1 200 OK\r\ncontent-length: 4000000000\r\n\r\n")?;
            let block = vec![b' '; 1 << 20];
            for _ in 0..3800 {
                out.write_all(&block)?;
            }
        }
        Fault::Loop => out.write_all(whole(302, &format!("location: {target}\r\n"), "").as_bytes())?,
        Fault::Moved(status, place) => {
            out.write_all(whole(status, &format!("location: {place}\r\n"), "").as_bytes())?;
        }
    }
    Ok(true)
}

impl State {
    fn note(&mut self, method: &str, target: &str, headers: &BTreeMap<String, String>, body: &[u8]) {
        let json: Value = serde_json::from_slice(body).unwrap_or_default();
        let text = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
        let token = headers.get("authorization").and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
        self.seen.push(Seen {
            at: Instant::now(),
            method: method.to_owned(),
            target: target.to_owned(),
            token: token.to_owned(),
            encoding: text("encoding"),
            content: base64::engine::general_purpose::STANDARD.decode(text("content")).unwrap_or_default(),
            named: json["speakerId"].as_str().map(str::to_owned),
        });
    }

    fn log_in(&mut self) -> (u16, Value) {
        if self.refuses_login {
            let said = format!("the assertion {JWT} is not valid");
            return (400, json!({ "error": "invalid_grant", "errors": [{ "errorCode": "OAU-1", "message": said }] }));
        }
        let number = self.logins.len();
        self.live = vec![format!("access-{number}")];
        let seconds = self.expires_in.unwrap_or(3600);
        let tokens = json!({
            "access_token": format!("access-{number}"), "expires_in": seconds, "token_type": "bearer", "scope": "AI",
            "refresh_token": format!("refresh-{number}"), "refresh_token_expires_in": 604_800, "session_id": "s",
        });
        (200, tokens)
    }

    fn perform(&mut self, method: &str, target: &str, headers: &BTreeMap<String, String>, body: &[u8]) -> (u16, Value) {
        let token = headers.get("authorization").and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
        let refusal = |status: u16, code: &str, message: &str| {
            (status, json!({ "errors": [{ "errorCode": code, "message": message }] }))
        };
        if !self.live.iter().any(|live| live == token) {
            return refusal(401, "OAU-213", "token not found");
        }
        if self.most_bytes.is_some_and(|most| body.len() > most) {
            return refusal(413, "CAI-107", "too large");
        }
        let input: Value = serde_json::from_slice(body).unwrap_or_default();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        if (method, path) == ("GET", "/ai/audio/v1/enrollments") {
            return self.page(query);
        }
        let named = match path.strip_prefix("/ai/audio/v1/enrollments") {
            Some("") => input["enrollmentId"].as_str(),
            Some(rest) => rest.strip_prefix('/'),
            None => None,
        };
        let Some(id) = named.map(str::to_owned) else { return refusal(404, "CMN-120", "nothing here") };
        let length = self.length;
        match (method, self.roll.get(&id).copied()) {
            ("POST", Some(_)) => refusal(409, "CAI-103", "there already"),
            ("POST", None) => {
                self.roll.insert(id.clone(), length);
                (201, self.status(&id))
            }
            (_, None) => refusal(404, "CAI-102", "not there"),
            ("GET", Some(_)) => (200, self.status(&id)),
            ("PATCH", Some(seconds)) => {
                self.roll.insert(id.clone(), seconds + length);
                (201, self.status(&id))
            }
            ("DELETE", Some(_)) => {
                self.roll.remove(&id);
                (204, Value::Null)
            }
            _ => refusal(405, "CMN-120", "not so"),
        }
    }

    /// A page of the roll by its number, as it knows nothing else; it minds being asked for one that there is not.
    fn page(&self, query: &str) -> (u16, Value) {
        let number = |name: &str| {
            let told = query.split('&').filter_map(|pair| pair.split_once('='));
            told.filter(|(key, _)| *key == name).find_map(|(_, value)| value.parse::<usize>().ok()).unwrap()
        };
        let (page, per_page) = (number("page"), number("perPage").min(3));
        let pages = self.roll.len().div_ceil(per_page);
        if page > pages.max(1) {
            return (400, json!({ "errors": [{ "errorCode": "CMN-101", "message": "there is no such page" }] }));
        }
        let ids = self.roll.keys().skip((page - 1) * per_page).take(per_page);
        let records: Vec<Value> = ids.map(|id| self.status(id)).collect();
        (200, json!({ "paging": { "page": page, "perPage": per_page, "totalPages": pages }, "records": records }))
    }

    /// As a server of the old contract says it, without a word of Voiceroll's.
    fn status(&self, id: &str) -> Value {
        let seconds = self.roll[id];
        json!({
            "enrollmentId": id, "enrollmentComplete": seconds > 12.0, "totalSpeechDuration": seconds * 0.9,
            "totalEnrollDuration": seconds, "enrollmentQuality": "Average",
        })
    }
}

type Request = (String, String, BTreeMap<String, String>, Vec<u8>);

fn request(reader: &mut BufReader<TcpStream>) -> Option<Request> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
    let mut words = line.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.insert(name.to_ascii_lowercase(), value.to_owned());
    }
    assert!(!headers.contains_key("transfer-encoding"), "the length is known beforehand");
    let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((method, target, headers, body))
}

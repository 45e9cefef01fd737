//! What the official SDKs do on the wire that a strict server would refuse. Bytes on a socket, as they
//! send them.

use std::time::Duration;

use base64::Engine as _;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::running::{ROLL, Running, clip};

/// Sends bytes and reads one answer: its head, and its body as JSON.
async fn raw(server: &Running, request: &[u8]) -> (String, Value) {
    let mut stream = TcpStream::connect(server.url.trim_start_matches("http://")).await.unwrap();
    stream.write_all(request).await.unwrap();
    read(&mut stream).await
}

async fn read(stream: &mut TcpStream) -> (String, Value) {
    let mut bytes = Vec::new();
    let mut part = [0; 4096];
    loop {
        let count = tokio::time::timeout(Duration::from_secs(20), stream.read(&mut part)).await.unwrap().unwrap();
        bytes.extend_from_slice(&part[..count]);
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length =
                head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return (head.to_owned(), serde_json::from_str(body).unwrap_or(Value::Null));
            }
        }
        assert!(count > 0, "the connection ended early: {text}");
    }
}

/// A request with a body, and whatever else its head says.
fn request(start: &str, head: &str, body: &str) -> Vec<u8> {
    format!("{start} HTTP/1.1\r\nHost: x\r\n{head}Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn status(head: &str) -> u16 {
    head.split(' ').nth(1).unwrap().parse().unwrap()
}

#[tokio::test]
async fn logging_in_as_each_sdk_does() {
    let server = Running::new().await;
    let app = &server.app;
    let basic = base64::engine::general_purpose::STANDARD.encode(format!("{}:{}", app.client_id, app.client_secret));
    let grant = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer";
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    let cases = [
        // JavaScript and Python; the PHP SDK's times to live; C# with the id in the body too; Ruby's
        // order; a trailing slash in the server's address.
        (
            "/restapi/oauth/token",
            format!("{form}Authorization: Basic {basic}\r\n"),
            format!("{grant}&assertion={}", app.jwt),
        ),
        (
            "/restapi/oauth/token",
            format!("{form}authorization: basic {basic}\r\n"),
            format!("{grant}&assertion={}&access_token_ttl=3600&refresh_token_ttl=604800", app.jwt),
        ),
        (
            "/restapi/oauth/token",
            format!(
                "content-type: application/x-www-form-urlencoded;charset=UTF-8\r\nAuthorization: Basic {basic}\r\n"
            ),
            format!("{grant}&assertion={}&client_id={}", app.jwt, app.client_id),
        ),
        (
            "//restapi/oauth/token",
            format!("{form}Authorization: Basic {basic}\r\n"),
            format!("assertion={}&{grant}", app.jwt),
        ),
        // A media type may be in any case.
        (
            "/restapi/oauth/token",
            format!("Content-Type: Application/X-WWW-Form-URLEncoded\r\nAuthorization: Basic {basic}\r\n"),
            format!("{grant}&assertion={}", app.jwt),
        ),
    ];
    for (path, head, body) in cases {
        let (head, answer) = raw(&server, &request(&format!("POST {path}"), &head, &body)).await;
        assert_eq!(status(&head), 200, "{answer}");
        assert!(head.to_lowercase().contains("content-type: application/json"));
        let token = answer["access_token"].as_str().unwrap();
        for scheme in ["Bearer", "bearer"] {
            let head = format!("Authorization: {scheme} {token}\r\nContent-Type: application/json\r\n");
            let (head, _) = raw(&server, &request(&format!("GET {ROLL}"), &head, "")).await;
            assert_eq!(status(&head), 200);
        }
    }
}

#[tokio::test]
async fn enrolling_as_each_sdk_writes_its_body() {
    let server = Running::new().await;
    let token = server.caller().await.token;
    let plain = base64::engine::general_purpose::STANDARD.encode(clip("ada-3.webm"));
    let lines: Vec<&str> = plain.as_bytes().chunks(60).map(|line| std::str::from_utf8(line).unwrap()).collect();
    let cases = [
        (
            "js",
            json!({ "encoding": "Mpeg", "languageCode": "en-US", "content": plain, "enrollmentId": "js" }).to_string(),
        ),
        (
            "py",
            format!(r#"{{"encoding": "Mpeg", "languageCode": "en-US", "content": "{plain}", "enrollmentId": "py"}}"#),
        ),
        ("php", format!(r#"{{"encoding":"Mpeg","content":"{}","enrollmentId":"php"}}"#, plain.replace('/', "\\/"))),
        ("ruby", format!(r#"{{"encoding":"Mpeg","content":"{}\n","enrollmentId":"ruby"}}"#, lines.join("\\n"))),
        ("java", format!(r#"{{"encoding":"Mpeg","content":"{}","speakerId":"java"}}"#, plain.replace('=', "\\u003d"))),
        (
            "both",
            json!({ "encoding": "webm", "content": plain, "speakerId": "both", "enrollmentId": "both", "x": {} })
                .to_string(),
        ),
        ("77", json!({ "encoding": "webm", "content": plain, "speakerId": 77 }).to_string()),
        (
            "marked",
            format!(
                "\u{feff}{}",
                json!({ "encoding": "webm", "content": plain, "speakerId": "", "enrollmentId": "marked" })
            ),
        ),
        ("tabs", format!(r#"{{"encoding":"Mpeg","content":"{}","enrollmentId":"tabs"}}"#, lines.join("\\t"))),
    ];
    for (id, body) in cases {
        let head =
            format!("Authorization: bearer {token}\r\nContent-Type: application/json\r\nUser-Agent: Unnamed/0.0.0\r\n");
        let (head, answer) = raw(&server, &request(&format!("POST {ROLL}"), &head, &body)).await;
        assert_eq!((status(&head), answer["speakerId"].as_str()), (201, Some(id)), "{answer}");
        assert_eq!(answer["enrollmentId"].as_str(), Some(id));
    }
    let head = format!("Authorization: Bearer {token}\r\nContent-Type: application/json\r\n");
    let (head, _) = raw(&server, &request(&format!("DELETE {ROLL}/java"), &head, "{}")).await;
    assert_eq!(status(&head), 204, "the Java SDK sends a body with it");
}

#[tokio::test]
async fn a_sender_that_waits_to_be_told_to_go_on_is_told() {
    let server = Running::new().await;
    let token = server.caller().await.token;
    let content = base64::engine::general_purpose::STANDARD.encode(clip("ada-1.mp3"));
    let body = json!({ "encoding": "Mpeg", "content": content, "speakerId": "php" }).to_string();
    let head = format!(
        "POST {ROLL} HTTP/1.1\r\nHost: x\r\nAuthorization: bearer {token}\r\nContent-Type: application/json\r\n\
         Expect: 100-Continue\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(server.url.trim_start_matches("http://")).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    assert_eq!(status(&read(&mut stream).await.0), 100);
    stream.write_all(body.as_bytes()).await.unwrap();
    assert_eq!(status(&read(&mut stream).await.0), 201);
}

#[tokio::test]
async fn nonsense_on_the_wire_gets_an_answer_and_the_server_goes_on() {
    let server = Running::new().await;
    let token = server.caller().await.token;
    let auth = format!("Authorization: Bearer {token}\r\nContent-Type: application/json\r\n");
    let cases = [
        (request(&format!("POST {ROLL}"), &auth, "{"), 400),
        (request(&format!("POST {ROLL}"), &auth, "[]"), 400),
        (request(&format!("POST {ROLL}"), &auth, ""), 400),
        (request(&format!("POST {ROLL}"), &auth, "{\"speakerId\":7}"), 400),
        (request(&format!("PUT {ROLL}"), &auth, "{}"), 405),
        (request("GET /nowhere", "", ""), 404),
        (request(&format!("GET {ROLL}/%ff"), &auth, ""), 400),
        (b"GET\r\n\r\n".to_vec(), 400),
    ];
    for (bytes, expected) in cases {
        let (head, body) = raw(&server, &bytes).await;
        assert_eq!(status(&head), expected, "{}", String::from_utf8_lossy(&bytes));
        assert!(bytes == b"GET\r\n\r\n" || body["errorCode"].is_string(), "{body}");
    }
    // Gone in the middle of a body.
    let mut half = request(&format!("POST {ROLL}"), &auth, &"x".repeat(9000));
    half.truncate(2000);
    TcpStream::connect(server.url.trim_start_matches("http://")).await.unwrap().write_all(&half).await.unwrap();
    assert_eq!(status(&raw(&server, &request("GET /ready", "", "")).await.0), 200);
}

#[tokio::test]
async fn whoever_is_refused_while_still_sending_hears_why() {
    let server = Running::new().await;
    let token = server.caller().await.token;
    let body = "x".repeat(20 << 20);
    let auth = format!("Authorization: Bearer {token}\r\n");
    let cases = [
        (request(&format!("POST {ROLL}"), "Authorization: Bearer nobody\r\n", &body), 401),
        (request(&format!("PATCH {ROLL}/nobody"), &auth, &body), 404),
        (request(&format!("PATCH {ROLL}/no-id"), &auth, &body), 400),
        (request(&format!("POST {ROLL}?force=perhaps"), &auth, &body), 400),
        (request(&format!("POST {ROLL}/nothing/"), &auth, &body), 405),
        (request(&format!("PUT {ROLL}"), &auth, &body), 405),
        (request("POST /restapi/oauth/token", "", &body), 400),
        (request(&format!("POST {ROLL}"), &auth, &"x".repeat(30 << 20)), 413),
    ];
    for (bytes, expected) in cases {
        let (head, answer) = raw(&server, &bytes).await;
        assert_eq!(status(&head), expected, "{answer}");
        assert_eq!(head.to_lowercase().contains("www-authenticate: bearer"), expected == 401, "{head}");
    }
}

#[tokio::test]
async fn whoever_sends_slowly_hears_too_why_it_is_refused() {
    let server = Running::new().await;
    let head = format!("POST {ROLL} HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n", 1 << 20);
    let mut stream = TcpStream::connect(server.url.trim_start_matches("http://")).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let part = vec![b'x'; 1 << 16];
    for _ in 0..16 {
        tokio::time::sleep(Duration::from_millis(750)).await;
        stream.write_all(&part).await.unwrap();
    }
    assert_eq!(status(&read(&mut stream).await.0), 401);
}

#[tokio::test]
async fn whoever_asks_before_sending_is_told_no_at_once() {
    let server = Running::new().await;
    let token = server.caller().await.token;
    for (token, length, expected) in [("nobody", 1000, 401), (token.as_str(), 900 << 20, 413)] {
        let head = format!(
            "POST {ROLL} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nExpect: 100-continue\r\n\
             Content-Length: {length}\r\n\r\n"
        );
        assert_eq!(status(&raw(&server, head.as_bytes()).await.0), expected);
    }
}

#[tokio::test]
async fn a_member_of_the_wrong_type_is_named() {
    let server = Running::new().await;
    let caller = server.caller().await;
    caller.enroll("ada", "ada-3.webm").await;
    let whole = crate::running::recording("ada-3.webm");
    let with = |name: &str, value: Value| {
        let mut body = whole.clone();
        body[name] = value;
        body
    };
    let cases = [
        (with("speakerId", json!(["ada"])), "speakerId"),
        (with("speakerId", json!(1.5)), "speakerId"),
        (with("encoding", json!(5)), "encoding"),
        (with("content", json!({})), "content"),
        (with("languageCode", json!(1)), "languageCode"),
        (json!({ "speakerId": "ada", "enrollmentId": "ben", "content": "", "encoding": "Wav" }), "speakerId"),
    ];
    for (body, parameter) in cases {
        let (code, answer) = caller.post(ROLL, &body).await;
        let told = (code.as_u16(), answer["errorCode"].as_str(), answer["parameterName"].as_str());
        assert_eq!(told, (400, Some("CAI-101"), Some(parameter)), "{answer}");
    }
    for (path, body, told) in [
        (ROLL, with("encoding", json!("Flac")), "use one of Mpeg, Mp4, Wav, Webm, Webp, Aac, Avi, Ogg"),
        ("/ai/audio/v1/speaker-diarize", with("separateSpeakerPerChannel", json!(true)), "`separateSpeakerPerChannel`"),
    ] {
        let (code, answer) = caller.post(path, &body).await;
        let message = answer["message"].as_str().unwrap();
        assert!(code == 400 && message.contains(told) && !message.contains("left out"), "{answer}");
    }
    let (_, answer) = caller.get(&format!("{ROLL}?perPage=0")).await;
    assert!(answer["message"].as_str().unwrap().contains("`perPage`"), "{answer}");
    let other = crate::running::recording("dan-1.mp3");
    let (_, answer) = caller.patch("ada", &other).await;
    assert!(answer["message"].as_str().unwrap().contains("`?force=true`"), "{answer}");
    let (code, answer) = caller.patch("ada", &with("speakerId", json!("ben"))).await;
    assert_eq!((code.as_u16(), answer["parameterName"].as_str()), (400, Some("speakerId")), "{answer}");
    assert_eq!(caller.patch("ada", &with("speakerId", json!("ada"))).await.0, 201);
}

//! Live sessions, with a WebSocket client that is not ours.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::{HeaderValue, StatusCode};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use voiceroll::Registry;
use voiceroll::server::{Apps, Scope};

use crate::running::{ROLL, Running, clip};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Connects with a header, or with the protocols of a page.
async fn connect(server: &Running, path: &str, token: &str, page: bool) -> Result<Socket, (StatusCode, Value)> {
    let url = format!("{}/voiceroll/v1/live/{path}", server.url.replace("http", "ws"));
    let mut request = url.into_client_request().unwrap();
    let headers = request.headers_mut();
    if page {
        let protocols = HeaderValue::from_str(&format!("voiceroll.v1, bearer.{token}")).unwrap();
        headers.insert("sec-websocket-protocol", protocols);
    } else {
        headers.insert("authorization", HeaderValue::from_str(&format!("Bearer {token}")).unwrap());
    }
    match connect_async(request).await {
        Ok((socket, response)) => {
            let chosen = response.headers().get("sec-websocket-protocol").map(|value| value.to_str().unwrap());
            assert_eq!(chosen, page.then_some("voiceroll.v1"));
            Ok(socket)
        }
        Err(Error::Http(response)) => {
            let body = response.body().as_deref().unwrap_or_default();
            Err((response.status(), serde_json::from_slice(body).unwrap_or_default()))
        }
        Err(error) => panic!("{error}"),
    }
}

async fn open(server: &Running, path: &str) -> Socket {
    let token = server.caller().await.token;
    connect(server, path, &token, false).await.unwrap()
}

async fn say(socket: &mut Socket, message: &Value) {
    socket.send(Message::Text(message.to_string().into())).await.unwrap();
}

/// The next event; none once the connection is closed, with the code.
async fn next(socket: &mut Socket) -> Result<Value, Option<u16>> {
    loop {
        let message = tokio::time::timeout(Duration::from_secs(60), socket.next()).await.unwrap();
        match message {
            Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(text.as_str()).unwrap()),
            Some(Ok(Message::Close(frame))) => return Err(frame.map(|frame| frame.code.into())),
            Some(Ok(_)) => {}
            None | Some(Err(_)) => return Err(None),
        }
    }
}

/// Sends sound and what ends the session, and returns all events with the code that closed the connection.
async fn talk(socket: &mut Socket, sound: &[u8], chunk: usize, end: &Value) -> (Vec<Value>, Option<u16>) {
    let mut events = Vec::new();
    for part in sound.chunks(chunk) {
        socket.send(Message::Binary(part.to_vec().into())).await.unwrap();
        // As it is spoken, but faster.
        tokio::time::sleep(Duration::from_millis(15)).await;
    }
    say(socket, end).await;
    loop {
        match next(socket).await {
            Ok(event) => events.push(event),
            Err(code) => return (events, code),
        }
    }
}

fn finish() -> Value {
    json!({ "type": "finish" })
}

/// The keys of a value are those of a schema of the description.
fn fits(value: &Value, schema: &str) {
    let document: Value = serde_json::from_str(&voiceroll::server::asyncapi()).unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let mut described = keys(&document["components"]["schemas"][schema]["properties"]);
    let mut found = keys(value);
    described.sort();
    found.sort();
    assert_eq!(found, described, "{schema}");
}

#[tokio::test]
async fn somebody_is_enrolled_while_they_speak_and_named_afterwards() {
    let server = Running::new().await;
    let caller = server.caller().await;
    let mut socket = connect(&server, "enrollments/ada", &caller.token, true).await.unwrap();
    let (events, code) = talk(&mut socket, &clip("ada-1.mp3"), 4000, &finish()).await;
    assert_eq!(code, Some(1000), "{events:?}");
    let (last, statuses) = events.split_last().unwrap();
    assert!(!statuses.is_empty() && statuses.iter().all(|event| event["event"] == "status"), "{statuses:?}");
    fits(&statuses[0]["status"], "Status");
    assert_eq!((&last["event"], &last["enrollment"]["speaker_id"]), (&json!("enrolled"), &json!("ada")));
    fits(&last["enrollment"], "Enrollment");
    let (status, stored) = caller.get(&format!("{ROLL}/ada")).await;
    assert_eq!(status, 200, "{stored}");

    let mut socket = open(&server, "identify?speaker_ids=ada").await;
    let (events, code) = talk(&mut socket, &clip("ada-3.webm"), 2000, &finish()).await;
    let (last, updates) = events.split_last().unwrap();
    assert_eq!((&last["event"], code), (&json!("identified"), Some(1000)), "{last}");
    assert_eq!(last["identification"]["segments"][0]["speaker_id"], "ada");
    assert!(updates.iter().any(|event| event["update"]["speaker"]["speaker_id"] == "ada"), "{updates:?}");
    let speaker = updates.iter().find(|event| event["update"]["speaker"].is_object()).unwrap();
    fits(&speaker["update"], "Update");
    fits(&speaker["update"]["speaker"], "Speaker");
    fits(&last["identification"], "Identification");
    fits(&last["identification"]["segments"][0], "Segment");
}

#[tokio::test]
async fn samples_are_taken_and_a_session_that_is_cancelled_or_cut_off_leaves_nothing() {
    let server = Running::new().await;
    let sound: Vec<u8> = (0..160_000u32).flat_map(|n| (((n * 37) % 2000) as i16 - 1000).to_le_bytes()).collect();
    let path = "enrollments/ada?format=i16&sample_rate=16000&channels=1";
    let mut socket = open(&server, path).await;
    let (events, code) = talk(&mut socket, &sound, 3200, &json!({ "type": "cancel" })).await;
    assert_eq!(code, Some(1000));
    assert!(events.iter().all(|event| event["event"] == "status"), "{events:?}");
    let mut socket = open(&server, path).await;
    socket.send(Message::Binary(sound.into())).await.unwrap();
    assert_eq!(next(&mut socket).await.unwrap()["status"]["duration"], 10.0);
    drop(socket);
    let (status, _) = server.caller().await.get(&format!("{ROLL}/ada")).await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn what_is_wrong_is_said_before_the_upgrade_or_as_the_last_event() {
    let server = Running::new().await;
    let caller = server.caller().await;
    for (path, token, status, code) in [
        ("enrollments/ada", "nothing", 401, "OAU-213"),
        ("enrollments/a%20b", &caller.token, 400, "CAI-101"),
        ("enrollments/ada?format=i16", &caller.token, 400, "CAI-101"),
        ("enrollments/ada?format=i16&sample_rate=5", &caller.token, 400, "CAI-101"),
        ("enrollments/ada?format=flac&sample_rate=16000", &caller.token, 400, "CAI-101"),
        ("identify?speaker_ids=nobody", &caller.token, 404, "CAI-102"),
        ("identify?speaker_ids=a%20b", &caller.token, 400, "CAI-101"),
    ] {
        for page in [false, true] {
            let (found, body) = connect(&server, path, token, page).await.unwrap_err();
            assert_eq!((found.as_u16(), &body["errorCode"]), (status, &json!(code)), "{path} {body}");
        }
    }
    let (status, body) = caller.get("/voiceroll/v1/live/identify").await;
    assert_eq!((status.as_u16(), &body["errorCode"]), (426, &json!("CMN-104")));

    for (path, sound, end, code, close) in [
        ("enrollments/ada", &clip("ada-2.m4a")[..], finish(), "recording_unsupported", 1008),
        ("enrollments/ada", b"", finish(), "recording_empty", 1008),
        ("enrollments/ada", b"", json!({ "type": "what" }), "invalid_option", 1008),
        ("enrollments/ada?format=i16&sample_rate=8000", &[0; 160_000], finish(), "recording_refused", 1008),
        ("enrollments/ada?format=i16&sample_rate=8000", &[0; 800], json!({ "type": "start" }), "invalid_option", 1008),
    ] {
        let mut socket = open(&server, path).await;
        let (events, closed) = talk(&mut socket, sound, 100_000, &end).await;
        let last = events.last().unwrap();
        assert_eq!((&last["error"]["code"], closed), (&json!(code), Some(close)), "{path} {last}");
        fits(&last["error"], "Error");
    }
}

#[tokio::test]
async fn scopes_consent_and_limits_hold_for_sessions() {
    let server = Running::with(|options| {
        options.registry = Registry::options().require_consent(true).live_idle(Duration::from_millis(700));
        options.max_recording = 300_000;
    })
    .await;
    let kiosk = server.add("main", "1");
    Apps::open(server.folder.path()).unwrap().limit(&kiosk.client_id, &[Scope::Recognise]).unwrap();
    let token = server.caller_of(&kiosk).await.token;
    let (status, body) = connect(&server, "enrollments/ada", &token, false).await.unwrap_err();
    assert_eq!((status.as_u16(), &body["errorCode"]), (403, &json!("CMN-401")));

    let path = "enrollments/ada?format=i16&sample_rate=16000";
    let mut socket = open(&server, path).await;
    socket.send(Message::Binary(vec![0; 3200].into())).await.unwrap();
    assert_eq!(next(&mut socket).await.unwrap()["error"]["code"], "consent_missing");

    let consent = json!({
        "reference": "form 7", "given_at": 1_700_000_000, "text_version": "1",
        "text_sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    });
    let mut socket = open(&server, path).await;
    say(&mut socket, &json!({ "type": "start", "consent": consent })).await;
    socket.send(Message::Binary(vec![0; 3200].into())).await.unwrap();
    assert_eq!(next(&mut socket).await.unwrap()["event"], "status");
    // Nobody speaks.
    let idle = next(&mut socket).await.unwrap();
    assert_eq!(idle["error"]["code"], "session_idle", "{idle}");
    assert_eq!(next(&mut socket).await, Err(Some(1008)));

    let mut socket = open(&server, path).await;
    say(&mut socket, &json!({ "type": "start", "consent": consent })).await;
    let (events, _) = talk(&mut socket, &vec![0; 400_000], 100_000, &finish()).await;
    assert_eq!(events.last().unwrap()["error"]["code"], "recording_too_large");
}

#[tokio::test]
async fn one_account_gets_half_of_the_sessions() {
    let server = Running::new().await;
    let token = server.caller().await.token;
    let mut open = Vec::new();
    let refused = loop {
        match connect(&server, "enrollments/ada", &token, false).await {
            Ok(socket) => open.push(socket),
            Err(refused) => break refused,
        }
    };
    assert_eq!((open.len(), refused.0.as_u16()), (32, 503), "{refused:?}");
    let other = server.add("other", "1");
    let token = server.caller_of(&other).await.token;
    connect(&server, "enrollments/ada", &token, false).await.unwrap();
}

#[tokio::test]
async fn attempts_are_counted() {
    let server = Running::with(|options| options.registry = Registry::options().attempts_per_hour(1)).await;
    let caller = server.caller().await;
    caller.enroll("ada", "ada-1.mp3").await;
    connect(&server, "identify?speaker_ids=ada", &caller.token, false).await.unwrap();
    let (status, body) = connect(&server, "identify?speaker_ids=ada", &caller.token, false).await.unwrap_err();
    assert_eq!((status.as_u16(), &body["voiceroll"]["code"]), (429, &json!("rate_limited")), "{body}");
}

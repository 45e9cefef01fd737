//! Jobs from acceptance to callback, with a web server of the test's own for recordings and callbacks.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::{Value, json};

use crate::running::{Caller, Running, clip};

const IDENTIFY: &str = "/ai/audio/v1/async/speaker-identify";
const DIARIZE: &str = "/ai/audio/v1/async/speaker-diarize";
const TRANSCRIBE: &str = "/ai/audio/v1/async/speech-to-text";

/// What the test's web server was sent: path, head and body.
type Log = Arc<Mutex<Vec<(String, HeaderMap, Bytes)>>>;

/// Serves the project's clips under `/clip/`, takes callbacks, and misbehaves where it is asked to.
struct Outside {
    url: String,
    log: Log,
}

impl Outside {
    async fn new() -> Self {
        let log = Log::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(serve).with_state(Arc::clone(&log));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, log }
    }

    /// Waits for callbacks at a path, so many of them.
    async fn calls(&self, path: &str, count: usize) -> Vec<(HeaderMap, Value)> {
        for _ in 0..600 {
            let calls: Vec<_> = self.log.lock().unwrap().iter().filter(|(at, ..)| at == path).cloned().collect();
            if calls.len() >= count {
                let read = |(_, head, body): (_, HeaderMap, Bytes)| (head, serde_json::from_slice(&body).unwrap());
                return calls.into_iter().map(read).collect();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no callback came to {path}");
    }
}

async fn serve(State(log): State<Log>, uri: Uri, head: HeaderMap, body: Bytes) -> Response {
    let path = uri.path();
    let before = log.lock().unwrap().iter().filter(|(at, ..)| at == path).count();
    log.lock().unwrap().push((path.to_owned(), head, body));
    if let Some(name) = path.strip_prefix("/clip/") {
        return clip(name).into_response();
    }
    match path {
        "/moved" => Redirect::temporary("/clip/fault-two-speakers.mp3").into_response(),
        "/round" => Redirect::temporary("/round").into_response(),
        "/page" => "<html>".into_response(),
        "/broken" => StatusCode::BAD_GATEWAY.into_response(),
        "/elsewhere-first" if before == 0 => Redirect::to("/elsewhere").into_response(),
        "/third-time" if before < 2 => StatusCode::ACCEPTED.into_response(),
        "/segments/v1/audio/transcriptions" => axum::Json(json!({
            "text": null,
            "words": null,
            "segments": [
                { "text": " one two", "start": 1.0, "end": 2.2, "words": null },
                { "words": [{ "word": " three", "start": 12.0, "end": 11.0 }, { "word": "never", "start": 1e300, "end": 1 }] },
            ],
        }))
        .into_response(),
        "/v1/audio/transcriptions" => axum::Json(json!({
            "text": "one two three",
            "words": [
                { "word": "one", "start": 1.0, "end": 1.4 },
                { "word": "two", "start": 1.5, "end": 1.9 },
                { "word": "three", "start": 12.0, "end": 12.5 },
            ],
        }))
        .into_response(),
        _ => StatusCode::OK.into_response(),
    }
}

async fn both() -> (Running, Outside) {
    (Running::with(|options| options.allow_private = true).await, Outside::new().await)
}

async fn submit(caller: &Caller<'_>, api: &str, webhook: &str, more: Value) -> (StatusCode, Value) {
    let mut body = json!({ "encoding": "Mpeg", "languageCode": "en-US" });
    more.as_object().unwrap().iter().for_each(|(name, value)| body[name] = value.clone());
    caller.post(&format!("{api}?webhook={webhook}"), &body).await
}

/// Waits until a job is done.
async fn done(caller: &Caller<'_>, id: &str) -> Value {
    for _ in 0..600 {
        let (status, body) = caller.get(&format!("/ai/status/v1/jobs/{id}")).await;
        assert_eq!(status, 200, "{body}");
        if body["status"] != "InProgress" {
            return body;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the job was not done");
}

#[tokio::test]
async fn a_conversation_is_identified_and_the_result_is_posted_and_kept() {
    let (server, outside) = both().await;
    let caller = server.caller().await;
    caller.enroll("ada", "ada-1.mp3").await;
    let address = format!("{}/clip/ada-2.m4a?access_token=secret", outside.url);
    let hook = format!("{}/hook", outside.url);
    let (status, body) =
        submit(&caller, IDENTIFY, &hook, json!({ "contentUri": address, "speakerIds": ["ada"] })).await;
    assert_eq!(status, 202, "{body}");
    let id = body["jobId"].as_str().unwrap();
    let job = done(&caller, id).await;
    assert_eq!((&job["status"], &job["api"], &job["jobId"]), (&json!("Success"), &json!(IDENTIFY), &json!(id)));
    let first = &job["response"]["utterances"][0];
    assert_eq!(first["speakerId"], "ada");
    assert!(first["end"].as_f64() > first["start"].as_f64() && first["confidence"].as_f64().unwrap() <= 1.0);
    let (head, posted) = outside.calls("/hook", 1).await.remove(0);
    assert_eq!(posted, job);
    assert_eq!(head["rcrequestid"], id);
    assert!(head.contains_key("voiceroll-signature"));
    let kept = std::fs::read(server.folder.path().join("server.db")).unwrap();
    assert!(!kept.windows(12).any(|part| part == b"access_token"), "an address may hold a token");
    assert_eq!(std::fs::read_dir(server.folder.path().join("jobs")).unwrap().count(), 0);

    let other = server.caller_of(&server.add("other", "1")).await.token;
    let request = server.client.get(format!("{}/ai/status/v1/jobs/{id}", server.url)).bearer_auth(other);
    assert_eq!(crate::running::answer(request).await.0, 404, "another account's job");
}

#[tokio::test]
async fn strangers_are_not_identified_and_are_numbered_in_a_diarization() {
    let (server, outside) = both().await;
    let caller = server.caller().await;
    caller.enroll("dan", "dan-1.mp3").await;
    let hook = format!("{}/hook", outside.url);
    let two = json!({ "contentUri": format!("{}/moved", outside.url), "enrollmentIds": ["dan"], "speakerCount": -1 });
    let (_, body) = submit(&caller, IDENTIFY, &hook, two.clone()).await;
    let job = done(&caller, body["jobId"].as_str().unwrap()).await;
    let who: Vec<_> = job["response"]["utterances"].as_array().unwrap().iter().map(|one| &one["speakerId"]).collect();
    assert!(!who.is_empty() && who.iter().all(|id| *id == "UserNotIdentified"), "{who:?}");
    let (_, body) = submit(&caller, DIARIZE, &hook, two).await;
    let job = done(&caller, body["jobId"].as_str().unwrap()).await;
    assert_eq!(job["response"]["speakerCount"], 2);
    let who: Vec<_> = job["response"]["utterances"].as_array().unwrap().iter().map(|one| &one["speakerId"]).collect();
    assert!(who.contains(&&json!("0")) && who.contains(&&json!("1")), "{who:?}");
}

#[tokio::test]
async fn a_job_that_cannot_be_done_is_refused_at_once() {
    let (server, outside) = both().await;
    let caller = server.caller().await;
    caller.enroll("short", "ada-3.webm").await;
    let (hook, at) = (format!("{}/hook", outside.url), format!("{}/clip/ada-1.mp3", outside.url));
    let cases = [
        (IDENTIFY, hook.as_str(), json!({ "contentUri": at, "speakerIds": ["nobody"] }), "CAI-102", "speakerIds"),
        (IDENTIFY, &hook, json!({ "contentUri": at, "speakerIds": ["short"] }), "CAI-108", "speakerIds"),
        (IDENTIFY, &hook, json!({ "contentUri": at }), "CAI-101", "speakerIds"),
        (DIARIZE, &hook, json!({ "contentUri": at, "speakerIds": ["nobody"] }), "CAI-102", "speakerIds"),
        (DIARIZE, &hook, json!({ "contentUri": "not a uri" }), "CAI-101", "contentUri"),
        (DIARIZE, &hook, json!({ "contentUri": "file:///etc/passwd" }), "CAI-101", "contentUri"),
        (DIARIZE, &hook, json!({}), "CAI-101", "contentUri"),
        (DIARIZE, &hook, json!({ "contentUri": at, "languageCode": null }), "CAI-101", "languageCode"),
        (DIARIZE, &hook, json!({ "contentUri": at, "encoding": "Flac" }), "CAI-101", "encoding"),
        (DIARIZE, &hook, json!({ "contentUri": at, "speakerCount": 99 }), "CAI-101", "speakerCount"),
        (DIARIZE, &hook, json!({ "contentUri": at, "speakerCount": "2" }), "CAI-101", "speakerCount"),
        (DIARIZE, &hook, json!({ "contentUri": at, "speakerIds": "ada" }), "CAI-101", "speakerIds"),
        (DIARIZE, &hook, json!({ "contentUri": 5 }), "CAI-101", "contentUri"),
        (
            DIARIZE,
            &hook,
            json!({ "contentUri": at, "speakerIds": ["ada"], "enrollmentIds": ["ben"] }),
            "CAI-101",
            "speakerIds",
        ),
        (DIARIZE, "", json!({ "contentUri": at }), "CAI-101", "webhook"),
    ];
    for (api, hook, body, code, parameter) in cases {
        let (status, answer) = submit(&caller, api, hook, body).await;
        assert_eq!(status, 400, "{answer}");
        assert_eq!(
            (answer["errorCode"].as_str(), answer["parameterName"].as_str()),
            (Some(code), Some(parameter)),
            "{answer}"
        );
    }
    let (status, answer) = submit(&caller, TRANSCRIBE, &hook, json!({ "contentUri": at })).await;
    assert_eq!((status.as_u16(), answer["errorCode"].as_str()), (400, Some("CAI-110")));
    assert!(answer["message"].as_str().unwrap().contains("--transcriber"));
    assert_eq!(caller.get("/ai/status/v1/jobs/4af8b4ba-7e64-4a8c-9a3d-1c2b0a9d8e7f").await.0, 404);
}

#[tokio::test]
async fn a_recording_that_cannot_be_had_fails_the_job_with_the_reason_and_not_the_address() {
    let (server, outside) = both().await;
    let caller = server.caller().await;
    let hook = format!("{}/hook", outside.url);
    let cases = [
        (format!("{}/broken?token=secret", outside.url), "CAI-109", "502"),
        (format!("{}/round", outside.url), "CAI-109", "redirects"),
        ("http://127.0.0.1:9/x".to_owned(), "CAI-109", "reached"),
        ("http://no-such-host.invalid/x".to_owned(), "CAI-109", "reached"),
        (format!("{}/page", outside.url), "CAI-106", ""),
        (format!("{}/clip/fault-silence.flac", outside.url), "", ""),
    ];
    for (address, code, word) in cases {
        let (_, body) = submit(&caller, DIARIZE, &hook, json!({ "contentUri": address })).await;
        let job = done(&caller, body["jobId"].as_str().unwrap()).await;
        if code.is_empty() {
            assert_eq!((&job["status"], &job["response"]["speakerCount"]), (&json!("Success"), &json!(0)));
            continue;
        }
        assert_eq!(job["status"], "Fail", "{address}");
        let error = &job["response"]["errors"][0];
        assert_eq!(error["errorCode"], code, "{address}: {error}");
        assert_eq!(error["parameterName"], "contentUri", "{address}: {error}");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(word) && !message.contains("secret") && !message.contains("http"), "{message}");
    }
}

#[tokio::test]
async fn local_addresses_are_refused_under_any_name() {
    let (server, outside) = (Running::new().await, Outside::new().await);
    let caller = server.caller().await;
    let port = outside.url.rsplit(':').next().unwrap().to_owned();
    let public = "https://example.com/hook";
    for host in ["127.0.0.1", "2130706433", "[::1]", "0.0.0.0", "169.254.169.254", "10.0.0.1", "localhost"] {
        let body = json!({ "contentUri": format!("http://{host}:{port}/clip/ada-1.mp3") });
        let (status, answer) = submit(&caller, DIARIZE, public, body).await;
        assert_eq!((status.as_u16(), answer["parameterName"].as_str()), (400, Some("contentUri")), "{host}: {answer}");
    }
    // A webhook was never looked at beforehand; the job is done, and says why nobody was told.
    for hook in
        [format!("http://127.0.0.1:{port}/hook"), format!("http://localhost:{port}/hook"), "/webhook".to_owned()]
    {
        let body = json!({ "contentUri": "http://no-such-host.invalid/a.mp3" });
        let (status, accepted) = submit(&caller, DIARIZE, &hook, body).await;
        assert_eq!(status, 202, "{accepted}");
        let id = accepted["jobId"].as_str().unwrap();
        done(&caller, id).await;
        let mut why = Value::Null;
        for _ in 0..100 {
            why = caller.get(&format!("/ai/status/v1/jobs/{id}")).await.1["voiceroll"]["callbackFailed"].take();
            if !why.is_null() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let why = why.as_str().unwrap();
        assert!(why.contains("private") || why.contains("valid URI"), "{why}");
        assert!(!why.contains(&port), "{why}");
    }
    assert!(outside.log.lock().unwrap().is_empty(), "nothing was sent to it");
}

#[tokio::test]
async fn a_callback_is_repeated_until_it_is_taken_with_200_and_signed_where_there_is_a_secret() {
    let outside = Outside::new().await;
    let server = Running::with(|options| {
        options.allow_private = true;
        options.callback_secret = Some("between us".to_owned());
    })
    .await;
    let caller = server.caller().await;
    let address = format!("{}/clip/ada-1.mp3", outside.url);
    submit(&caller, DIARIZE, &format!("{}/third-time", outside.url), json!({ "contentUri": address })).await;
    let calls = outside.calls("/third-time", 3).await;
    let (head, body) = &calls[2];
    assert_eq!(body, &calls[0].1);
    let raw = outside.log.lock().unwrap().iter().find(|(path, ..)| path == "/third-time").unwrap().clone();
    let apps = voiceroll::server::Apps::open(server.folder.path()).unwrap();
    let checks = |app: &str, root: &str| {
        let secret = apps.callback_secret(app, Some(root)).unwrap();
        let text = |name: &str| raw.1[name].to_str().ok();
        let callbacks = voiceroll::Callbacks::signed(secret);
        callbacks.take(text("voiceroll-timestamp"), text("voiceroll-signature"), &raw.2).is_ok()
    };
    let (own, other) = (&server.app.client_id, server.add("main", "1").client_id);
    assert!(checks(own, "between us"));
    assert!(!checks(&other, "between us"), "who checks for one app cannot sign for another");
    assert!(!checks(own, "another root"));
    assert_eq!(apps.callback_secret("nobody", None).unwrap_err().code(), "invalid_option");
    assert!(head.contains_key("voiceroll-timestamp"));
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(outside.calls("/third-time", 3).await.len(), 3, "taken, so not sent again");
}

#[tokio::test]
async fn a_callback_goes_where_it_was_to_go_or_nowhere() {
    let (server, outside) = both().await;
    let caller = server.caller().await;
    let address = format!("{}/clip/ada-3.webm", outside.url);
    submit(&caller, DIARIZE, &format!("{}/elsewhere-first", outside.url), json!({ "contentUri": address })).await;
    assert_eq!(outside.calls("/elsewhere-first", 2).await.len(), 2, "a redirect is no 200");
    assert!(outside.log.lock().unwrap().iter().all(|(path, ..)| path != "/elsewhere"));
}

#[tokio::test]
async fn a_receiver_that_does_not_answer_holds_up_nobody_elses_callbacks() {
    let (server, outside) = both().await;
    let caller = server.caller().await;
    let address = format!("{}/clip/ada-3.webm", outside.url);
    // Connections to it are made, and nothing is ever read.
    let dead = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let hook = format!("http://{}/hook", dead.local_addr().unwrap());
    for _ in 0..6 {
        let (_, body) = submit(&caller, DIARIZE, &hook, json!({ "contentUri": address })).await;
        done(&caller, body["jobId"].as_str().unwrap()).await;
    }
    let (_, body) = submit(&caller, DIARIZE, &format!("{}/hook", outside.url), json!({ "contentUri": address })).await;
    done(&caller, body["jobId"].as_str().unwrap()).await;
    let soon = tokio::time::timeout(Duration::from_secs(6), outside.calls("/hook", 1)).await;
    assert!(soon.is_ok(), "the callback waited for those of another receiver");
}

#[tokio::test]
async fn channels_may_come_with_a_count_of_speakers() {
    let (server, outside) = both().await;
    let caller = server.caller().await;
    let body = json!({
        "contentUri": format!("{}/clip/fmt-extensible.wav", outside.url),
        "separateSpeakerPerChannel": true,
        "speakerCount": 2.0,
        "everybody": null,
    });
    let (_, accepted) = submit(&caller, DIARIZE, &format!("{}/hook", outside.url), body).await;
    let job = done(&caller, accepted["jobId"].as_str().unwrap()).await;
    // Both channels of this recording hold the same sound, so one person speaks in it.
    assert_eq!((&job["status"], &job["response"]["speakerCount"]), (&json!("Success"), &json!(1)), "{job}");
}

#[tokio::test]
async fn words_come_from_the_transcriber_and_speakers_from_voiceroll() {
    let outside = Outside::new().await;
    let server = Running::with(|options| {
        options.allow_private = true;
        options.transcriber = Some(outside.url.clone());
        options.transcriber_key = Some("its key".to_owned());
    })
    .await;
    let caller = server.caller().await;
    caller.enroll("ada", "ada-1.mp3").await;
    let address = format!("{}/clip/ada-2.m4a", outside.url);
    let hook = format!("{}/hook", outside.url);
    let body = json!({ "contentUri": address, "speakerIds": ["ada"], "enableSpeakerDiarization": true });
    let (_, accepted) = submit(&caller, TRANSCRIBE, &hook, body).await;
    let job = done(&caller, accepted["jobId"].as_str().unwrap()).await;
    let response = &job["response"];
    assert_eq!(response["transcript"], "one two three", "{job}");
    assert_eq!(response["words"][0], json!({ "word": "one", "start": 1.0, "end": 1.4, "speakerId": "ada" }));
    assert_eq!(response["utterances"][0]["text"], "one two");
    assert_eq!(response["utterances"][1]["wordTimings"][0]["word"], "three");
    let asked =
        outside.log.lock().unwrap().iter().find(|(path, ..)| path.ends_with("transcriptions")).cloned().unwrap();
    assert_eq!(asked.1["authorization"], "Bearer its key");
    assert!(asked.2.windows(12).any(|part| part == b"verbose_json"));

    let (_, accepted) = submit(&caller, TRANSCRIBE, &hook, json!({ "contentUri": address })).await;
    let job = done(&caller, accepted["jobId"].as_str().unwrap()).await;
    assert_eq!(job["response"]["words"][0], json!({ "word": "one", "start": 1.0, "end": 1.4 }));
    assert!(job["response"].get("utterances").is_none());
}

#[tokio::test]
async fn a_transcriber_may_tell_segments_instead_of_words() {
    let outside = Outside::new().await;
    let server = Running::with(|options| {
        options.allow_private = true;
        options.transcriber = Some(format!("{}/segments", outside.url));
    })
    .await;
    let caller = server.caller().await;
    let body = json!({ "contentUri": format!("{}/clip/ada-2.m4a", outside.url), "enableSpeakerDiarization": true });
    let (_, accepted) = submit(&caller, TRANSCRIBE, &format!("{}/hook", outside.url), body).await;
    let job = done(&caller, accepted["jobId"].as_str().unwrap()).await;
    let response = &job["response"];
    assert_eq!(response["transcript"], "one two three", "{job}");
    let times: Vec<_> = response["words"].as_array().unwrap().iter().map(|one| (&one["start"], &one["end"])).collect();
    assert_eq!(
        format!("{times:?}"),
        "[(Number(1.0), Number(1.6)), (Number(1.6), Number(2.2)), (Number(12.0), Number(12.0))]"
    );
    assert_eq!(response["utterances"][0]["text"], "one two");
    let asked =
        outside.log.lock().unwrap().iter().find(|(path, ..)| path.ends_with("transcriptions")).cloned().unwrap();
    let name = b"filename=\"recording.m4a\"";
    assert!(
        asked.2.windows(name.len()).any(|part| part == name),
        "by its bytes, and not as the Mpeg that was declared"
    );
}

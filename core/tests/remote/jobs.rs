//! Jobs, callbacks and calls, with a web server of the test's own for recordings and callbacks.

use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use voiceroll::server::ServerOptions;
use voiceroll::{
    CallOptions, CallRecord, Callbacks, Decision, ErrorKind, JobId, JobRequest, JobStatus, SpeakerId, blocking,
};

use crate::Store;
use crate::common::talk::{ada_and_ben_samples, wav_bytes};
use crate::common::{clip, id};

/// Serves a call of Ada and Ben, and takes callbacks.
fn outside(store: &Store, callbacks: &Callbacks) -> String {
    async fn serve(
        State((call, callbacks)): State<(Bytes, Callbacks)>,
        uri: Uri,
        head: HeaderMap,
        body: Bytes,
    ) -> Response {
        let text = |name: &str| head.get(name).and_then(|value| value.to_str().ok());
        match uri.path() {
            "/call.wav" => call.into_response(),
            "/callback" => {
                let taken = callbacks.take(text("voiceroll-timestamp"), text("voiceroll-signature"), &body);
                taken.map_or(StatusCode::UNAUTHORIZED, |_| StatusCode::OK).into_response()
            }
            _ => StatusCode::NOT_FOUND.into_response(),
        }
    }
    let call = Bytes::from(wav_bytes(&[ada_and_ben_samples().0]));
    let router = Router::new().fallback(serve).with_state((call, callbacks.clone()));
    store.folder.runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        url
    })
}

fn enrolled(change: impl FnOnce(&mut ServerOptions)) -> Store {
    let store = Store::with(|options| {
        options.allow_private = true;
        change(options);
    });
    store.registry.enroll(&id("ada"), [clip("ada-2.m4a"), clip("ada-3.webm")]).unwrap();
    store.registry.enroll(&id("ben"), clip("ben-2.ogg")).unwrap();
    store
}

fn patient(registry: &blocking::Registry) -> blocking::Registry {
    registry.with(CallOptions::new().timeout(Duration::from_secs(60)))
}

#[test]
fn a_job_is_submitted_and_waited_for() {
    let store = enrolled(|_| {});
    let url = outside(&store, &Callbacks::new());
    let registry = patient(&store.registry);
    let job = registry.submit(JobRequest::identify(format!("{url}/call.wav"), [id("ada"), id("ben")])).unwrap();
    let found = registry.wait(&job).unwrap();
    let said: Vec<_> =
        found.segments.iter().filter_map(|turn| turn.speaker_id.as_ref()).map(SpeakerId::as_str).collect();
    assert!(said.contains(&"ada") && said.contains(&"ben"), "{said:?}");
    let job = registry.job(&job).unwrap();
    assert_eq!((job.status, job.result), (JobStatus::Success, Some(found)));
    assert!(job.completed_at.unwrap() >= job.created_at && job.expires_at > job.created_at);

    let job = registry.submit(JobRequest::diarize(format!("{url}/call.wav")).speakers(2)).unwrap();
    let found = registry.wait(&job).unwrap();
    assert_eq!((found.speakers, found.segments[0].enrolled), (Some(2), false));
    assert_eq!(found.segments[0].speaker_id, Some(id("speaker_1")));
}

#[test]
fn a_job_that_cannot_be_done_says_why() {
    let store = enrolled(|_| {});
    let url = outside(&store, &Callbacks::new());
    let registry = patient(&store.registry);
    let submit = |request| registry.submit(request);
    let unknown = submit(JobRequest::identify(format!("{url}/call.wav"), [id("nobody")])).unwrap_err();
    assert_eq!((unknown.code(), unknown.status()), ("speaker_not_found", Some(400)));
    let missing = submit(JobRequest::diarize(format!("{url}/missing.wav"))).unwrap();
    let error = registry.wait(&missing).unwrap_err();
    assert_eq!((error.code(), error.is_retryable()), ("job_failed", false));
    assert!(error.to_string().contains("404"), "{error}");
    assert_eq!(registry.job(&missing).unwrap().status, JobStatus::Fail);
    let silent = submit(JobRequest::transcribe(format!("{url}/call.wav"))).unwrap_err();
    assert_eq!(silent.code(), "request_refused");
    let nothing = registry.job(&"c0ffee".parse().unwrap()).unwrap_err();
    assert_eq!((nothing.code(), nothing.kind()), ("job_not_found", ErrorKind::NotFound));
    assert_eq!("../../x".parse::<JobId>().unwrap_err().code(), "invalid_option");
}

#[test]
fn a_result_comes_by_callback_to_whoever_knows_the_secret() {
    let store = enrolled(|options| options.callback_secret = Some("a secret of both".to_owned()));
    let apps = voiceroll::server::Apps::open(store.folder.path()).unwrap();
    let callbacks =
        Callbacks::signed(apps.callback_secret(&store.folder.credentials.client_id, Some("a secret of both")).unwrap());
    let url = outside(&store, &callbacks);
    let request = JobRequest::identify(format!("{url}/call.wav"), [id("ada")]).webhook(format!("{url}/callback"));
    let job = store.registry.submit(request).unwrap();
    let found = callbacks.wait_blocking(&job, &CallOptions::new().timeout(Duration::from_secs(60))).unwrap();
    assert!(found.segments.iter().any(|turn| turn.speaker_id == Some(id("ada"))));

    let body = br#"{"jobId":"1","status":"Success","response":{"utterances":[]}}"#;
    for (time, signature) in [(None, None), (Some("1"), Some("sha256=00")), (Some("x"), Some("sha256=zz"))] {
        let error = callbacks.take(time, signature, body).unwrap_err();
        assert_eq!((error.code(), error.kind()), ("login_refused", ErrorKind::Unauthorized));
    }
    let never = callbacks
        .wait_blocking(&"c0ffee".parse().unwrap(), &CallOptions::new().timeout(Duration::from_millis(50)))
        .unwrap_err();
    assert_eq!(never.code(), "timed_out");
    assert!(!format!("{callbacks:?}").contains("both"));
    assert_eq!(Callbacks::new().take(None, None, b"hello").unwrap_err().code(), "answer_invalid");
}

#[test]
fn a_call_is_told_with_names() {
    let store = enrolled(|_| {});
    let url = outside(&store, &Callbacks::new());
    let record = format!(
        r#"{{"id":"1","from":{{"name":"Caller A","extensionId":"ada"}},"to":{{"name":"Called B","extensionId":"ben"}},
            "extension":{{"id":777}},"recording":{{"id":"2","contentUri":"{url}/call.wav"}}}}"#
    );
    let record: CallRecord = record.parse().unwrap();
    let registry = patient(&store.registry);
    let found = registry.identify_call(&record).unwrap();
    assert_eq!(found.not_enrolled, [id("777")]);
    let names: Vec<_> = found.segments.iter().filter_map(|turn| turn.name.as_deref()).collect();
    assert!(names.contains(&"Caller A") && names.contains(&"Called B"), "{found:?}");
    assert!(!format!("{found:?}").contains("Caller"));

    let recording = voiceroll::Recording::from_bytes(wav_bytes(&[ada_and_ben_samples().0]));
    let same = registry.identify_call_in(&record, &recording).unwrap();
    assert_eq!(same.segments.len(), found.segments.len());
    let folder = tempfile::tempdir().unwrap();
    let here = blocking::Registry::open(folder.path().join("voices.db")).unwrap();
    assert_eq!(here.identify_call(&record).unwrap_err().code(), "not_supported");
    let strangers = here.identify_call_in(&record, &recording).unwrap();
    assert_eq!(strangers.not_enrolled.len(), 3);
    assert!(strangers.segments.iter().all(|turn| turn.name.is_none()));
}

#[test]
fn a_session_that_was_ended_is_begun_anew() {
    let store = enrolled(|_| {});
    let before = store.registry.get(&id("ada")).unwrap();
    store.registry.log_out().unwrap();
    store.registry.log_out().unwrap();
    let sessions = || {
        let server = rusqlite::Connection::open(store.folder.path().join("server.db")).unwrap();
        server.query_row("SELECT count(*) FROM session", [], |row| row.get::<_, u32>(0)).unwrap()
    };
    assert_eq!(sessions(), 0);
    assert_eq!(store.registry.get(&id("ada")).unwrap(), before);
    assert_eq!(sessions(), 1);
}

#[test]
fn the_async_registry_gives_the_same() {
    let store = enrolled(|_| {});
    let other = store.connect();
    let found = futures_executor::block_on(other.verify(&id("ada"), clip("ada-1.mp3"))).unwrap();
    assert_eq!(found.decision, Decision::Match);
    assert_eq!(found, store.registry.verify(&id("ada"), &clip("ada-1.mp3")).unwrap());
    let got = store.folder.runtime.block_on(other.get(&id("ben"))).unwrap();
    assert_eq!(got, store.registry.get(&id("ben")).unwrap());
    assert!(futures_executor::block_on(other.model()).unwrap().starts_with("voiceroll-"));
    let late = id("late");
    let dropped = other.enroll(&late, clip("ada-1.mp3"));
    drop(dropped);
    assert_eq!(store.registry.get(&late).unwrap_err().code(), "speaker_not_found");
}

//! A registry on a server that misbehaves: after each fault the right result or the right error, nothing
//! doubled, nothing lost.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../common/mod.rs"]
mod common;
#[allow(dead_code, reason = "`tests/cases` uses the rest")]
mod scripted;

use std::sync::{Arc, Barrier};
use std::time::{Duration, Instant};

use common::{clip, clip_bytes, id};
use scripted::{Fault, JWT, SECRET, Scripted, lost, undone};
use voiceroll::blocking::Registry as Blocking;
use voiceroll::{CallOptions, CancelToken, Enrollment, Error, ErrorKind, ListOptions, Quality, Registry};

const HTML: &str = "<html><body>Bad Gateway</body></html>";

/// Without listening here, so that the length of a recording is not known beforehand.
fn unheard(server: &Scripted) -> Blocking {
    server.registry_with(Registry::connect_options().inspect(false))
}

/// The same with each fault; most of it is waiting.
fn at_once(faults: impl IntoIterator<Item = Fault>, check: impl Fn(Fault) + Sync) {
    std::thread::scope(|scope| {
        for fault in faults {
            let check = &check;
            scope.spawn(move || check(fault));
        }
    });
}

fn seconds(enrollment: &Enrollment) -> f64 {
    enrollment.total_seconds
}

#[test]
fn a_server_that_knows_only_the_contract_is_enough() {
    let server = Scripted::new([]);
    let registry = server.registry();
    let ada = id("ada");
    let made = registry.enroll(&ada, clip("ada-1.mp3")).unwrap();
    assert_eq!((made.complete, made.quality, made.speech_seconds), (false, Quality::Average, 9.0));
    assert_eq!(made.missing_seconds, 3.0);
    assert_eq!((made.recordings[0].input, made.recordings[0].accepted), (Some(0), true));
    let more = registry.enroll(&ada, [clip("ada-2.m4a"), clip("cleo-1.flac")]).unwrap();
    assert_eq!((seconds(&more), more.complete), (30.0, true));
    let state = server.state();
    let sent: Vec<_> = state.seen.iter().filter(|seen| !seen.content.is_empty()).collect();
    let told: Vec<_> = sent.iter().map(|seen| (seen.method.as_str(), seen.encoding.as_str())).collect();
    assert_eq!(told, [("POST", "Mpeg"), ("PATCH", "Mp4"), ("PATCH", "Wav")], "FLAC is not in the contract");
    assert_eq!(sent[0].content, clip_bytes("ada-1.mp3"));
    assert_eq!(sent[0].named.as_deref(), Some("ada"));
    assert_eq!(state.logins.len(), 1, "one login for everything");
}

#[test]
fn a_server_that_knows_no_ids_to_go_on_from_answers_by_number() {
    let server = Scripted::new([]);
    for name in ["a", "b", "c", "d", "e"] {
        server.state().roll.insert(name.to_owned(), 20.0);
    }
    let page = server.registry().list(ListOptions::new().page(2).per_page(2).after(id("b"))).unwrap();
    let ids: Vec<&str> = page.records.iter().map(|record| record.speaker_id.as_str()).collect();
    assert_eq!((ids, page.page, page.total_pages, page.next_after), (vec!["c", "d"], 2, 3, None));
    let asked = server.state().seen.last().unwrap().target.clone();
    assert!(asked.contains("page=2") && asked.contains("after=b"), "{asked}");
}

#[test]
fn a_next_page_that_lies_behind_is_no_answer() {
    let body = r#"{"paging": {"page": 1, "perPage": 1, "totalPages": 9, "nextAfter": "a"}, "records": []}"#;
    let server = Scripted::new([lost("GET", Fault::Answer(200, "", body))]);
    let error = server.registry().list(ListOptions::new().after(id("a"))).unwrap_err();
    assert_eq!(error.code(), "answer_invalid");
}

#[test]
fn the_encoding_is_read_from_the_bytes_whatever_the_file_is_called() {
    let server = Scripted::new([]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("call.wav");
    std::fs::write(&path, clip_bytes("ada-1.mp3")).unwrap();
    let made = server.registry().enroll(&id("ada"), voiceroll::Recording::from_path(path)).unwrap();
    assert_eq!(server.state().seen.last().unwrap().encoding, "Mpeg");
    assert!(made.recordings[0].problems.iter().any(|problem| problem.code.as_str() == "encoding_mismatch"));
}

#[test]
fn what_is_not_fit_is_never_sent() {
    let server = Scripted::new([]);
    let error = server.registry().enroll(&id("ada"), clip("fault-silence.flac")).unwrap_err();
    assert_eq!((error.code(), error.kind()), ("recording_refused", ErrorKind::Refused));
    assert_eq!((server.count("POST"), server.count("PATCH")), (0, 0));
    unheard(&server).enroll(&id("ada"), clip("fault-silence.flac")).unwrap();
    assert_eq!(server.count("POST"), 1, "unless it is not wanted");
}

#[test]
fn a_token_that_is_not_taken_any_more_is_renewed_once() {
    let server = Scripted::new([]);
    server.state().roll.insert("ada".into(), 20.0);
    let registry = server.registry();
    registry.get(&id("ada")).unwrap();
    server.state().live.clear();
    assert_eq!(seconds(&registry.get(&id("ada")).unwrap()), 20.0);
    let logins = server.state().logins.clone();
    assert_eq!(logins.len(), 2);
    assert!(logins[0].starts_with("grant_type=urn") && logins[1].contains("refresh_token=refresh-1"), "{logins:?}");

    let always = || undone("GET", Fault::Answer(401, "", "{}"));
    server.state().script.extend([always(), always(), always()]);
    let error = registry.get(&id("ada")).unwrap_err();
    assert_eq!((error.code(), error.kind(), error.status()), ("login_refused", ErrorKind::Unauthorized, Some(401)));
    assert_eq!(server.state().script.len(), 1, "a second refusal is the last");
}

#[test]
fn any_number_of_calls_wait_for_one_login() {
    const CALLS: usize = 16;
    let server = Scripted::new([]);
    server.state().roll.insert("ada".into(), 20.0);
    let registry = server.registry();
    let together = Arc::new(Barrier::new(CALLS));
    let all_at_once = || {
        let threads: Vec<_> = (0..CALLS)
            .map(|_| {
                let (registry, together) = (registry.clone(), Arc::clone(&together));
                std::thread::spawn(move || {
                    together.wait();
                    registry.get(&id("ada")).map(drop)
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    };
    assert!(all_at_once().iter().all(Result::is_ok));
    assert_eq!(server.state().logins.len(), 1);
    server.state().live.clear();
    assert!(all_at_once().iter().all(Result::is_ok));
    assert_eq!(server.state().logins.len(), 2, "and for one refresh");
    assert!(server.state().seen.iter().filter(|seen| seen.token == "access-2").count() >= CALLS);
}

#[test]
fn a_token_is_renewed_before_it_ends() {
    let server = Scripted::new([]);
    server.state().roll.insert("ada".into(), 20.0);
    server.state().expires_in = Some(1);
    let registry = server.registry();
    registry.get(&id("ada")).unwrap();
    std::thread::sleep(Duration::from_millis(950));
    registry.get(&id("ada")).unwrap();
    let state = server.state();
    assert_eq!(state.logins.len(), 2);
    let tokens: Vec<_> = state.seen.iter().map(|seen| seen.token.as_str()).collect();
    assert_eq!(tokens, ["access-1", "access-2"], "nothing was sent with a token that had ended");
}

#[test]
fn refused_credentials_are_tried_once_and_never_repeated_in_an_error() {
    let server = Scripted::new([]);
    server.state().refuses_login = true;
    let registry = server.registry();
    let error = registry.get(&id("ada")).unwrap_err();
    assert_eq!((error.code(), error.is_retryable()), ("login_refused", false));
    assert_eq!(server.state().logins.len(), 1);
    assert_eq!(registry.get(&id("ada")).unwrap_err().code(), "login_refused");
    assert_eq!(server.state().logins.len(), 1, "nor by the next call");
    let printed = format!("{error} {error:?} {registry:?}");
    assert!(!printed.contains(JWT) && !printed.contains(SECRET), "{printed}");
}

#[test]
fn a_login_that_fails_by_no_fault_of_its_own_is_tried_again() {
    let server =
        Scripted::new([undone("TOKEN", Fault::Answer(503, "retry-after: 1\r\n", "")), undone("TOKEN", Fault::Cut)]);
    server.state().roll.insert("ada".into(), 20.0);
    server.registry().get(&id("ada")).unwrap();
    assert_eq!(server.state().logins.len(), 3);
}

#[test]
fn a_penalty_is_waited_for_by_everybody() {
    let server = Scripted::new([undone("GET", Fault::Answer(429, "retry-after: 1\r\n", "{}"))]);
    server.state().roll.insert("ada".into(), 20.0);
    let registry = server.registry();
    let other = {
        let registry = registry.clone();
        std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(300));
            registry.get(&id("ada")).unwrap();
        })
    };
    registry.get(&id("ada")).unwrap();
    other.join().unwrap();
    let times: Vec<_> = server.state().seen.iter().map(|seen| seen.at).collect();
    assert_eq!(times.len(), 3);
    assert!(times[1] - times[0] >= Duration::from_secs(1), "{:?}", times[1] - times[0]);
}

#[test]
fn without_a_time_half_a_minute_is_the_least_and_whoever_cannot_wait_hears_at_once() {
    let limited = || undone("GET", Fault::Answer(429, "", "{}"));
    let server = Scripted::new([limited()]);
    let registry = server.registry_with(Registry::connect_options().patience(Duration::from_secs(20)));
    let started = Instant::now();
    let error = registry.get(&id("ada")).unwrap_err();
    assert_eq!((error.code(), error.kind(), error.is_retryable()), ("rate_limited", ErrorKind::Unavailable, true));
    assert!(error.retry_after().unwrap() >= Duration::from_secs(30));
    registry.get(&id("ada")).unwrap_err();
    assert!(started.elapsed() < Duration::from_secs(8));
    assert_eq!(server.count("GET"), 1, "nothing is sent during the penalty");

    let server = Scripted::new([limited()]);
    let hurried = server.registry().with(CallOptions::new().timeout(Duration::from_secs(5)));
    assert_eq!(hurried.get(&id("ada")).unwrap_err().code(), "rate_limited");
}

#[test]
fn half_a_minute_later_it_is_done() {
    let server = Scripted::new([undone("GET", Fault::Answer(429, "", "{}"))]);
    server.state().roll.insert("ada".into(), 20.0);
    let started = Instant::now();
    server.registry().get(&id("ada")).unwrap();
    assert!((30..60).contains(&started.elapsed().as_secs()), "{:?}", started.elapsed());
}

#[test]
fn a_clock_that_is_wrong_does_no_harm() {
    // A time to come back at, by the server's clock, which is far from ours.
    let headers = "date: Fri, 31 Dec 1999 23:59:58 GMT\r\nretry-after: Fri, 31 Dec 1999 23:59:59 GMT\r\n";
    let server = Scripted::new([undone("GET", Fault::Answer(503, headers, "{}"))]);
    server.state().roll.insert("ada".into(), 20.0);
    let started = Instant::now();
    server.registry().get(&id("ada")).unwrap();
    assert!((950..15000).contains(&started.elapsed().as_millis()), "{:?}", started.elapsed());
    assert_eq!(server.state().logins.len(), 1);
}

#[test]
fn the_last_request_of_a_window_is_followed_by_a_pause() {
    let right = r#"{"speakerId":"ada","enrollmentComplete":true,"totalSpeechDuration":20}"#;
    let headers = "X-Rate-Limit-Group: heavy\r\nX-Rate-Limit-Remaining: 0\r\nX-Rate-Limit-Window: 1\r\n";
    let server = Scripted::new([undone("GET", Fault::Answer(200, headers, right))]);
    server.state().roll.insert("ada".into(), 20.0);
    let registry = server.registry();
    registry.get(&id("ada")).unwrap();
    registry.get(&id("ada")).unwrap();
    let times: Vec<_> = server.state().seen.iter().map(|seen| seen.at).collect();
    assert!(times[1] - times[0] >= Duration::from_millis(980), "{:?}", times[1] - times[0]);
}

#[test]
fn reading_is_repeated_after_any_passing_fault() {
    let faults = [
        Fault::Answer(500, "", "{}"),
        Fault::Answer(502, "content-type: text/html\r\n", HTML),
        Fault::Answer(503, "retry-after: 0\r\n", ""),
        Fault::Answer(504, "", ""),
        Fault::Answer(408, "", ""),
        Fault::Cut,
        Fault::CutHead,
        Fault::CutBody,
    ];
    at_once(faults, |fault| {
        let server = Scripted::new([undone("GET", fault)]);
        server.state().roll.insert("ada".into(), 20.0);
        assert_eq!(seconds(&server.registry().get(&id("ada")).unwrap()), 20.0);
        assert_eq!(server.count("GET"), 2);
    });
}

#[test]
fn a_fault_that_stays_ends_in_an_error_that_says_so() {
    let bad = || undone("GET", Fault::Answer(502, "content-type: text/html\r\n", HTML));
    let server = Scripted::new([bad(), bad(), bad()]);
    let error = server.registry_with(Registry::connect_options().patience(Duration::from_secs(3))).get(&id("ada"));
    let error = error.unwrap_err();
    assert_eq!((error.code(), error.status(), error.is_retryable()), ("server_failed", Some(502), true));
    assert!(!error.to_string().contains('<'), "{error}");

    let nobody = Registry::connect("http://127.0.0.1:1", voiceroll::Credentials::new("a", "b", "c")).unwrap();
    let started = Instant::now();
    let error = Blocking::from(nobody).get(&id("ada")).unwrap_err();
    assert_eq!((error.code(), error.kind()), ("server_unreachable", ErrorKind::Unavailable));
    assert!(started.elapsed() < Duration::from_secs(20));
}

#[test]
fn answers_that_are_none_are_told_from_failures() {
    for fault in [
        Fault::Answer(200, "content-type: text/html\r\n", HTML),
        Fault::Answer(200, "", "{\"enrollmentId\":"),
        Fault::Answer(200, "", "[]"),
        Fault::Answer(200, "", r#"{"speakerId":"ben","enrollmentComplete":true,"totalSpeechDuration":20}"#),
        Fault::Huge,
        Fault::Loop,
        Fault::Moved(301, "http://127.0.0.2:9/elsewhere".to_owned()),
    ] {
        let server = Scripted::new((0..10).map(|_| undone("GET", fault.clone())));
        let error = server.registry().get(&id("ada")).unwrap_err();
        assert_eq!((error.code(), error.kind()), ("answer_invalid", ErrorKind::Unsupported), "{error}");
        assert!(!error.is_retryable());
    }
}

#[test]
fn an_answer_that_drips_is_not_waited_for() {
    let server = Scripted::new([undone("GET", Fault::Drip), undone("GET", Fault::Drip)]);
    let options = Registry::connect_options().timeout(Duration::from_millis(500)).patience(Duration::from_millis(600));
    let started = Instant::now();
    let error = server.registry_with(options).get(&id("ada")).unwrap_err();
    assert_eq!((error.code(), error.is_retryable()), ("server_unreachable", true));
    assert!(started.elapsed() < Duration::from_secs(4), "{:?}", started.elapsed());

    let server = Scripted::new([undone("GET", Fault::Drip)]);
    let token = CancelToken::new();
    let registry = server.registry().with(CallOptions::new().cancel_with(&token));
    let call = std::thread::spawn(move || registry.get(&id("ada")));
    std::thread::sleep(Duration::from_millis(200));
    token.cancel();
    let cancelled = Instant::now();
    assert_eq!(call.join().unwrap().unwrap_err().code(), "cancelled");
    assert!(cancelled.elapsed() < Duration::from_secs(3));
}

#[test]
fn a_recording_follows_a_server_that_moved() {
    for status in [301, 302, 307, 308] {
        let moved = |method| undone(method, Fault::Moved(status, "/ai/audio/v1/enrollments?moved=1".to_owned()));
        let server = Scripted::new([undone("GET", Fault::Answer(404, "", "{}")), moved("POST")]);
        server.registry().enroll(&id("ada"), clip("ada-1.mp3")).unwrap();
        let state = server.state();
        let sent: Vec<_> = state.seen.iter().filter(|seen| seen.method == "POST").collect();
        assert_eq!((sent.len(), sent[1].content.len()), (2, clip_bytes("ada-1.mp3").len()), "{status}");
    }
}

/// Whatever happens to an answer, a recording is added once.
#[test]
fn a_lost_answer_is_looked_up_and_nothing_is_added_twice() {
    let faults = [
        Fault::Cut,
        Fault::CutHead,
        Fault::CutBody,
        Fault::Answer(500, "", "{}"),
        Fault::Answer(502, "content-type: text/html\r\n", HTML),
        Fault::Answer(201, "content-type: text/html\r\n", HTML),
    ];
    at_once(faults, |fault| {
        for make in [Scripted::registry, unheard] {
            let server = Scripted::new([lost("POST", fault.clone())]);
            server.state().length = 17.3;
            let made = make(&server).create(&id("ada"), clip("ada-1.mp3")).unwrap();
            assert_eq!((seconds(&made), server.count("POST")), (17.3, 1));

            let server = Scripted::new([lost("PATCH", fault.clone())]);
            server.state().roll.insert("ada".into(), 30.0);
            server.state().length = 17.3;
            let grown = make(&server).update(&id("ada"), clip("ada-1.mp3")).unwrap();
            assert_eq!((seconds(&grown), server.count("PATCH")), (47.3, 1));
        }
    });
}

#[test]
fn what_was_not_done_is_sent_again() {
    at_once([Fault::Cut, Fault::CutHead, Fault::Answer(500, "", "{}")], |fault| {
        let server = Scripted::new([undone("POST", fault.clone())]);
        assert_eq!(seconds(&server.registry().enroll(&id("ada"), clip("ada-1.mp3")).unwrap()), 10.0);
        assert_eq!(server.count("POST"), 2);
        // Whether a silent server will add it yet cannot be known; one that failed is done with it.
        let failed = matches!(fault, Fault::Answer(..));
        let server = Scripted::new([undone("PATCH", fault)]);
        server.state().roll.insert("ada".into(), 30.0);
        match server.registry().enroll(&id("ada"), clip("ada-1.mp3")) {
            Ok(grown) => assert_eq!((failed, seconds(&grown), server.count("PATCH")), (true, 40.0, 2)),
            Err(error) => assert_eq!(
                (failed, error.is_outcome_unknown(), error.is_retryable(), server.count("PATCH")),
                (false, true, false, 1)
            ),
        }
    });
    let busy = undone("POST", Fault::Answer(503, "retry-after: 1\r\n", "{}"));
    let server = Scripted::new([busy]);
    server.registry().enroll(&id("ada"), clip("ada-1.mp3")).unwrap();
    assert_eq!((server.count("POST"), server.count("GET")), (2, 1), "503 says that nothing was done");
}

#[test]
fn where_it_cannot_be_known_the_error_says_so() {
    let down = || undone("GET", Fault::Answer(502, "", ""));
    let server = Scripted::new([undone("GET", Fault::Answer(404, "", "{}")), lost("POST", Fault::Cut), down(), down()]);
    let registry = server.registry_with(Registry::connect_options().patience(Duration::from_secs(1)));
    let error: Error = registry.enroll(&id("ada"), clip("ada-1.mp3")).unwrap_err();
    assert_eq!((error.code(), error.is_outcome_unknown(), error.is_retryable()), ("server_unreachable", true, false));
    assert!(error.to_string().contains("may or may not have done"), "{error}");
    assert_eq!(server.count("POST"), 1);
}

#[test]
fn a_server_that_never_answers_is_left_after_three_tries() {
    let server = Scripted::new((0..9).map(|_| undone("POST", Fault::Cut)));
    let error = server.registry().enroll(&id("ada"), clip("ada-1.mp3")).unwrap_err();
    assert_eq!((error.code(), error.is_outcome_unknown(), server.count("POST")), ("server_unreachable", true, 3));
}

#[test]
fn only_404_means_not_there() {
    for fault in [Fault::Answer(400, "", "{}"), Fault::Answer(403, "", "{}"), Fault::Answer(410, "", "{}"), Fault::Cut]
    {
        let server = Scripted::new((0..9).map(|_| undone("GET", fault.clone())));
        let registry = server.registry_with(Registry::connect_options().patience(Duration::from_secs(1)));
        registry.enroll(&id("ada"), clip("ada-1.mp3")).unwrap_err();
        assert_eq!(server.count("POST"), 0);
    }
}

#[test]
fn enrolling_survives_whoever_is_faster() {
    let server = Scripted::new([undone("GET", Fault::Answer(404, "", "{}"))]);
    server.state().roll.insert("ada".into(), 30.0);
    assert_eq!(seconds(&server.registry().enroll(&id("ada"), clip("ada-1.mp3")).unwrap()), 40.0);
    let server = Scripted::new([undone("GET", Fault::Answer(404, "", "{}"))]);
    server.state().roll.insert("ada".into(), 30.0);
    assert_eq!(server.registry().create(&id("ada"), clip("ada-1.mp3")).unwrap_err().code(), "speaker_exists");
    let there = r#"{"speakerId":"ada","enrollmentComplete":true,"totalSpeechDuration":20}"#;
    let server = Scripted::new([undone("GET", Fault::Answer(200, "", there))]);
    assert_eq!(seconds(&server.registry().enroll(&id("ada"), clip("ada-1.mp3")).unwrap()), 10.0);
}

#[test]
fn a_deletion_whose_answer_was_lost_was_done() {
    let server = Scripted::new([lost("DELETE", Fault::Cut)]);
    server.state().roll.insert("ada".into(), 30.0);
    server.registry().delete(&id("ada")).unwrap();
    assert_eq!(server.count("DELETE"), 2);
    assert_eq!(server.registry().delete(&id("ada")).unwrap_err().code(), "speaker_not_found");
}

#[test]
fn of_a_recording_that_is_too_large_the_best_stretch_is_sent() {
    let server = Scripted::new([]);
    server.state().most_bytes = Some(1_400_000);
    let long: Vec<i16> = ["ada-1.mp3", "ada-2.m4a", "ada-1.mp3", "ada-2.m4a"]
        .iter()
        .flat_map(|name| common::talk::spoken(name))
        .collect();
    let long = common::talk::wav(&[long]);
    server.registry().enroll(&id("ada"), long.clone()).unwrap();
    let sizes: Vec<_> =
        server.state().seen.iter().filter(|seen| seen.method == "POST").map(|seen| seen.content.len()).collect();
    assert!(sizes.len() == 2 && sizes[0] > 1_050_000 && sizes[1] <= 960_044, "{sizes:?}");

    let server = Scripted::new([]);
    server.state().length = 30.0;
    let small = server.registry_with(Registry::connect_options().max_recording(1_000_000));
    small.enroll(&id("ada"), long.clone()).unwrap();
    assert!(server.state().seen.last().unwrap().content.len() <= 960_044, "nor is it tried with more");
    assert_eq!(small.verify(&id("ada"), &long).unwrap_err().code(), "recording_too_large");
}

#[test]
fn what_a_server_does_not_do_is_said_so() {
    let server = Scripted::new([]);
    server.state().roll.insert("ada".into(), 30.0);
    let error = server.registry().verify(&id("ada"), &clip("ada-1.mp3")).unwrap_err();
    assert_eq!((error.code(), error.kind(), error.status()), ("not_supported", ErrorKind::Unsupported, Some(404)));
}

#[test]
fn of_several_recordings_those_before_a_fault_stay_and_are_counted() {
    let refused =
        undone("PATCH", Fault::Answer(400, "", r#"{"errors":[{"errorCode":"CAI-101","message":"no more"}]}"#));
    let server = Scripted::new([refused]);
    let error = server.registry().enroll(&id("ada"), [clip("ada-1.mp3"), clip("ada-2.m4a")]).unwrap_err();
    assert_eq!((error.code(), error.status(), error.request_id()), ("request_refused", Some(400), None));
    assert!(error.to_string().starts_with("1 of 2 recordings were added before this"), "{error}");
    assert_eq!((error.added(), server.state().roll["ada"]), (1, 10.0));

    let busy = || undone("PATCH", Fault::Answer(503, "retry-after: 100\r\n", "{}"));
    let server = Scripted::new([busy()]);
    let registry = server.registry_with(Registry::connect_options().patience(Duration::from_secs(5)));
    let error = registry.enroll(&id("ada"), [clip("ada-1.mp3"), clip("ada-2.m4a")]).unwrap_err();
    assert_eq!(
        (error.code(), error.added(), error.is_retryable()),
        ("server_busy", 1, false),
        "it would be added twice"
    );

    let server = Scripted::new([undone("PATCH", Fault::Drip)]);
    let hurried = unheard(&server).with(CallOptions::new().timeout(Duration::from_secs(3)));
    let error = hurried.enroll(&id("ada"), [clip("ada-1.mp3"), clip("ada-2.m4a"), clip("ada-3.webm")]).unwrap_err();
    assert_eq!((error.code(), error.added(), error.is_outcome_unknown()), ("timed_out", 1, true), "{error}");
    assert!(
        error.to_string().starts_with("1 of 3 recordings were added before this: the server may or may not"),
        "{error}"
    );
}

#[test]
fn a_token_that_a_server_repeats_is_not_passed_on() {
    for said in ["Bearer access-1 is not welcome", "https://media/1?access_token=abc is bad", "two\u{1b}[2J lines\n"] {
        let body = serde_json::json!({ "errors": [{ "errorCode": "CAI-101", "message": said }] }).to_string();
        let server = Scripted::new([undone("GET", Fault::Answer(400, "", Box::leak(body.into_boxed_str())))]);
        let error = server.registry().get(&id("ada")).unwrap_err();
        let printed = format!("{error} {error:?}");
        assert_eq!(error.code(), "request_refused");
        assert!(!printed.contains("access-1") && !printed.contains("abc") && !printed.contains('\u{1b}'), "{printed}");
    }
}

#[test]
fn a_penalty_for_logging_in_is_minded_too() {
    let server = Scripted::new([undone("TOKEN", Fault::Answer(429, "retry-after: 300\r\n", "{}"))]);
    let registry = server.registry();
    for _ in 0..3 {
        let error = registry.get(&id("ada")).unwrap_err();
        assert_eq!((error.code(), error.is_retryable()), ("rate_limited", true));
        assert!(error.retry_after().unwrap() > Duration::from_secs(290));
    }
    assert_eq!(server.state().logins.len(), 1);
}

#[test]
fn a_token_that_cannot_be_renewed_is_used_to_its_end() {
    let down = || undone("TOKEN", Fault::Answer(503, "retry-after: 300\r\n", ""));
    let server = Scripted::new([]);
    server.state().roll.insert("ada".into(), 20.0);
    server.state().expires_in = Some(20);
    let registry = server.registry();
    registry.get(&id("ada")).unwrap();
    server.state().script.extend([down()]);
    std::thread::sleep(Duration::from_millis(18_100));
    registry.get(&id("ada")).unwrap();
    assert_eq!(server.state().logins.len(), 2);
}

#[test]
fn what_a_newer_server_says_is_read_as_far_as_it_is_known() {
    let newer = r#"{"speakerId":"ada","enrollmentComplete":true,"totalSpeechDuration":20,"more":1,"voiceroll":{
        "speaker_id":"ada","quality":"Good","complete":true,"speech_seconds":20,"total_seconds":25,"missing_seconds":0,
        "model":"m9","recordings":[{"id":1,"input":null,"accepted":true,"speech_seconds":20,"total_seconds":25,
        "snr_db":null,"bandwidth_hz":null,"enrolled_at":1,"mood":"fine","problems":[{"code":"sung","severity":"note",
        "measured":1,"limit":0,"advice":"Speak."}]}]}}"#;
    let server = Scripted::new([undone("GET", Fault::Answer(200, "", newer))]);
    let found = server.registry().get(&id("ada")).unwrap();
    assert_eq!(found.recordings[0].problems[0].code, voiceroll::ProblemCode::Other);
}

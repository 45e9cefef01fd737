//! What a program in C sees, faults of its own included.

#![allow(unsafe_code, clippy::unwrap_used, reason = "tests that play the caller")]

use std::ffi::c_char;
use std::ptr::{null, null_mut};

use proptest::prelude::*;
use serde_json::{Value, json};
use voiceroll_c::*;

const CLIP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/audio/ada-1.mp3");

fn empty() -> VoicerollBytes {
    VoicerollBytes { data: null_mut(), length: 0, capacity: 0 }
}

/// What the library said, which is given back twice, as some will.
fn heard(mut bytes: VoicerollBytes) -> Value {
    let text = match bytes.data.is_null() {
        true => Vec::new(),
        // SAFETY: the library says that so many stand there.
        false => unsafe { std::slice::from_raw_parts(bytes.data.cast::<u8>(), bytes.length) }.to_vec(),
    };
    // SAFETY: as the library left it, and then as it left it again.
    unsafe {
        voiceroll_bytes_free(&raw mut bytes);
        voiceroll_bytes_free(&raw mut bytes);
    }
    assert!(bytes.data.is_null() && bytes.length == 0);
    serde_json::from_slice(&text).unwrap_or(Value::Null)
}

fn raw(text: &[u8]) -> (*const c_char, usize) {
    (text.as_ptr().cast(), text.len())
}

#[test]
fn a_folder_for_models_is_looked_in_and_no_path_is_an_error() {
    let look = |path: &[u8]| {
        let mut error = empty();
        let (text, length) = raw(path);
        // SAFETY: the text is as long as said.
        let done = unsafe { voiceroll_models_in(text, length, &raw mut error) };
        (done, heard(error)["code"].clone())
    };
    assert_eq!(look(b"/nowhere"), (true, Value::Null));
    for wrong in [&b""[..], b"a\0b"] {
        assert_eq!(look(wrong), (false, json!("invalid_option")));
    }
    // SAFETY: null stands for no path and for no interest in the error.
    assert!(!unsafe { voiceroll_models_in(null(), 0, null_mut()) });
}

fn open(settings: &[u8]) -> Result<*mut VoicerollRegistry, Value> {
    let mut error = empty();
    let (text, length) = raw(settings);
    // SAFETY: the text is as long as said.
    let registry = unsafe { voiceroll_open(null(), 0, text, length, &raw mut error) };
    let error = heard(error);
    if registry.is_null() { Err(error) } else { Ok(registry) }
}

fn add(recordings: *mut VoicerollRecordings, source: &[u8], data: &[u8]) -> Option<Value> {
    let mut error = empty();
    let ((source, source_length), (data, length)) = (raw(source), raw(data));
    // SAFETY: the texts are as long as said, and the list is null or not given away yet.
    let added = unsafe { voiceroll_recordings_add(recordings, source, source_length, data, length, &raw mut error) };
    let error = heard(error);
    (!added).then_some(error)
}

fn start(
    registry: *const VoicerollRegistry,
    request: &[u8],
    recordings: *mut VoicerollRecordings,
) -> *mut VoicerollCall {
    let (text, length) = raw(request);
    // SAFETY: the text is as long as said, and the pointers are null or of this library.
    unsafe { voiceroll_start(registry, text, length, recordings, null(), 0) }
}

/// The end of a call, and how often progress was told before.
fn end(call: *mut VoicerollCall) -> (VoicerollNews, Value, usize) {
    let mut told = 0;
    loop {
        let (mut json, mut sound) = (empty(), empty());
        // SAFETY: the call is not freed before the end.
        let news = unsafe { voiceroll_next(call, 60_000, &raw mut json, &raw mut sound) };
        heard(sound);
        let json = heard(json);
        match news {
            VoicerollNews::Progress => told += 1,
            VoicerollNews::Nothing => {}
            _ => {
                // SAFETY: the same; and it is freed once.
                let again = unsafe { voiceroll_next(call, 0, null_mut(), null_mut()) };
                assert_eq!(again, VoicerollNews::Over);
                unsafe { voiceroll_call_free(call) };
                return (news, json, told);
            }
        }
    }
}

fn listed() -> *mut VoicerollRecordings {
    let recordings = voiceroll_recordings_new();
    assert_eq!(add(recordings, br#"{"source":"path"}"#, CLIP.as_bytes()), None);
    recordings
}

#[test]
fn a_recording_is_inspected_and_progress_told() {
    let request = br#"{"verb":"inspect","progress":true}"#;
    let (news, inspection, told) = end(start(null(), request, listed()));
    assert_eq!((news, inspection["codec"].as_str()), (VoicerollNews::Result, Some("mp3")));
    assert!(told > 0);
    let (_, same, told) = end(start(null(), br#"{"verb":"inspect"}"#, listed()));
    assert_eq!((same, told), (inspection, 0));
}

#[test]
fn what_is_cut_out_comes_as_sound() {
    let call = start(null(), br#"{"verb":"prepare"}"#, listed());
    let (mut json, mut sound) = (empty(), empty());
    // SAFETY: the call is freed last, and once; the bytes are as the library left them.
    unsafe {
        assert_eq!(voiceroll_next(call, 60_000, &raw mut json, &raw mut sound), VoicerollNews::Result);
        assert_eq!(std::slice::from_raw_parts(sound.data.cast::<u8>(), 4), b"RIFF");
        voiceroll_bytes_free(&raw mut sound);
        voiceroll_call_free(call);
    }
    assert!(heard(json)["speech_seconds"].as_f64().unwrap() > 5.0);
}

#[test]
fn one_thread_waits_for_many_calls() {
    // SAFETY: each pointer is of this library and freed once, at the end.
    unsafe {
        let queue = voiceroll_queue_new();
        let mut calls: Vec<_> = (0..20u64)
            .map(|token| {
                let (text, length) = raw(br#"{"verb":"inspect","progress":true}"#);
                Some(voiceroll_start(null(), text, length, listed(), queue, token))
            })
            .collect();
        while calls.iter().any(Option::is_some) {
            let mut token = u64::MAX;
            assert!(voiceroll_queue_next(queue, 60_000, &raw mut token), "a call ended and was not announced");
            let place = &mut calls[usize::try_from(token).unwrap()];
            while let Some(call) = *place {
                match voiceroll_next(call, 0, null_mut(), null_mut()) {
                    VoicerollNews::Nothing => break,
                    VoicerollNews::Progress => {}
                    news => {
                        assert_eq!(news, VoicerollNews::Result);
                        voiceroll_call_free(call);
                        *place = None;
                    }
                }
            }
        }
        assert!(!voiceroll_queue_next(queue, 1, null_mut()));
        voiceroll_queue_free(queue);
    }
}

#[test]
fn a_call_is_cancelled_or_forgotten() {
    let call = start(null(), br#"{"verb":"inspect"}"#, listed());
    // SAFETY: not freed yet.
    unsafe { voiceroll_cancel(call) };
    let (news, error, _) = end(call);
    // It may have been quicker.
    assert!(news == VoicerollNews::Result || error["code"] == "cancelled");
    // SAFETY: freed once, while under way.
    unsafe { voiceroll_call_free(start(null(), br#"{"verb":"inspect"}"#, listed())) };
}

#[cfg(feature = "__panics")]
#[test]
fn a_defect_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let settings = json!({ "path": folder.path().join("voices.db") }).to_string();
    let registry = open(settings.as_bytes()).unwrap();
    for verb in ["panic", "panic_later"] {
        let request = json!({ "verb": verb }).to_string();
        let (news, error, _) = end(start(registry, request.as_bytes(), null_mut()));
        assert_eq!((news, error["code"].as_str()), (VoicerollNews::Error, Some("internal")));
    }
    // SAFETY: it is freed once, at the end.
    unsafe { voiceroll_close(registry) };
    let (_, error, _) = end(start(registry, br#"{"verb":"model"}"#, null_mut()));
    assert_eq!(error["code"], "invalid_option");
    unsafe { voiceroll_free(registry) };
}

#[test]
fn nothing_is_taken_for_nothing() {
    // SAFETY: null is allowed wherever it is given here.
    unsafe {
        voiceroll_bytes_free(null_mut());
        voiceroll_close(null());
        voiceroll_free(null_mut());
        voiceroll_recordings_free(null_mut());
        voiceroll_cancel(null());
        voiceroll_call_free(null_mut());
        voiceroll_queue_free(null_mut());
        assert!(!voiceroll_queue_next(null(), 0, null_mut()));
        assert_eq!(voiceroll_next(null(), 0, null_mut(), null_mut()), VoicerollNews::Over);
        assert!(voiceroll_open(null(), 0, null(), 7, null_mut()).is_null());
        let (empty_name, settings) = (b"".as_ptr().cast(), b"{}".as_ptr().cast());
        assert!(voiceroll_open(empty_name, 0, settings, 2, null_mut()).is_null());
        assert!(!voiceroll_recordings_add(null_mut(), null(), 0, null(), 0, null_mut()));
        let mut reply = empty();
        let news = voiceroll_take_callback(null(), null(), 0, null(), 0, null(), 0, &raw mut reply);
        assert_eq!((news, heard(reply)["code"].as_str()), (VoicerollNews::Error, Some("invalid_option")));
    }
    let (_, error, _) = end(start(null(), b"", null_mut()));
    assert_eq!(error["code"], "invalid_option");
}

#[test]
fn a_signature_of_any_bytes_is_a_wrong_signature() {
    let inbox = open(br#"{"callbacks":true,"secret":"known to both"}"#).unwrap();
    let (mut reply, (bytes, length)) = (empty(), raw(b"\xff\xfe"));
    // SAFETY: the headers are as long as said.
    let news = unsafe { voiceroll_take_callback(inbox, bytes, length, bytes, length, bytes, length, &raw mut reply) };
    let error = heard(reply);
    assert_eq!((news, error["kind"].as_str()), (VoicerollNews::Error, Some("Unauthorized")), "{error}");
    // SAFETY: it came from `open` and is not used again.
    unsafe { voiceroll_free(inbox) };
}

#[test]
fn what_is_not_in_the_schema_is_refused() {
    for settings in ["", "[]", r#"{"pat":"x"}"#, r#"{"path":7}"#, r#"{"path":"x","secret":"hush","no":1}"#] {
        let error = open(settings.as_bytes()).unwrap_err();
        assert_eq!(error["code"], "invalid_option", "{settings}");
        assert!(!error.to_string().contains("hush"));
    }
    for request in ["{}", r#"{"verb":"inspect","arg":{}}"#, r#"{"verb":"inspect","args":{"tiemout":1}}"#, "\u{0}"] {
        let (_, error, _) = end(start(null(), request.as_bytes(), listed()));
        assert_eq!(error["code"], "invalid_option", "{request}");
    }
    let recordings = voiceroll_recordings_new();
    for source in [
        "{}",
        r#"{"source":"mind"}"#,
        r#"{"source":"bytes","rate":1}"#,
        r#"{"source":"samples","format":"i8","channels":1,"sample_rate":8000}"#,
        r#"{"source":"samples","format":"i16","channels":0,"sample_rate":8000}"#,
        r#"{"source":"samples","format":"i16","channels":3,"sample_rate":8000}"#,
        r#"{"source":"bytes","encoding":"Smoke"}"#,
    ] {
        assert_eq!(add(recordings, source.as_bytes(), b"RIFF").unwrap()["kind"], "InvalidInput", "{source}");
    }
    // SAFETY: no call was started with it.
    unsafe { voiceroll_recordings_free(recordings) };
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_request_has_an_answer(
        request in prop_oneof![
            "\\PC{0,60}".prop_map(String::into_bytes),
            proptest::collection::vec(any::<u8>(), 0..60),
            ("(inspect|prepare|enroll|panic|)", "[a-z_]{0,12}", "-?[0-9]{0,20}(\\.[0-9]{0,3})?|null|\"x\"|\\[\\]|true").prop_map(
                |(verb, name, value)| format!(r#"{{"verb":"{verb}","args":{{"{name}":{value}}}}}"#).into_bytes()
            ),
        ],
        sound in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        let recordings = voiceroll_recordings_new();
        add(recordings, br#"{"source":"bytes"}"#, &sound);
        add(recordings, &request, &sound);
        let (news, said, _) = end(start(null(), &request, recordings));
        prop_assert!(news == VoicerollNews::Result || said["code"].is_string());
    }
}

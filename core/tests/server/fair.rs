//! Accounts on one server do not take each other's share.

use std::time::{Duration, Instant};

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::running::{Caller, ROLL, Running, recording};

const DIARIZE_NOW: &str = "/ai/audio/v1/speaker-diarize";
const DIARIZE: &str = "/ai/audio/v1/async/speaker-diarize?poll=true";

/// Requests that declare a body and send one byte of it.
async fn hang(caller: &Caller<'_>, count: usize, declared: usize) -> Vec<TcpStream> {
    let mut streams = Vec::new();
    for _ in 0..count {
        let mut stream = TcpStream::connect(caller.server.url.trim_start_matches("http://")).await.unwrap();
        let head = format!(
            "POST {ROLL} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Length: {declared}\r\n\r\n{{",
            caller.token
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        streams.push(stream);
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    streams
}

#[tokio::test]
async fn bodies_that_do_not_come_take_no_others_place_or_memory() {
    let server = Running::with(|options| options.queue = 8).await;
    let (greedy, other) = (server.caller().await, server.caller_of(&server.add("other", "1")).await);
    let start = Instant::now();
    let places = hang(&greedy, 8, 1000).await;
    other.enroll("ada", "ada-3.webm").await;
    // Half of the queue is one account's; and a body must come at some speed.
    let mut told = Vec::new();
    for mut place in places {
        let mut said = [0; 12];
        tokio::time::timeout(Duration::from_secs(20), place.read_exact(&mut said)).await.unwrap().unwrap();
        told.push(String::from_utf8_lossy(&said[9..]).into_owned());
    }
    told.sort_unstable();
    assert_eq!(told, ["408", "408", "408", "408", "503", "503", "503", "503"]);
    assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());

    let server = Running::new().await;
    let (greedy, other) = (server.caller().await, server.caller_of(&server.add("other", "1")).await);
    let _declared = hang(&greedy, 20, 23 << 20).await;
    other.enroll("ada", "ada-3.webm").await;
    greedy.enroll("ada", "ada-3.webm").await;
}

/// A server that sends one byte of a recording and then nothing.
async fn dripping() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/a.mp3", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut kept = Vec::new();
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nI").await;
            kept.push(stream);
        }
    });
    url
}

#[tokio::test]
async fn jobs_that_wait_for_their_recordings_hold_up_no_other_accounts() {
    let server = Running::with(|options| {
        options.allow_private = true;
        options.max_jobs = 40;
    })
    .await;
    let (greedy, other) = (server.caller().await, server.caller_of(&server.add("other", "1")).await);
    let body = json!({ "encoding": "Mpeg", "languageCode": "en", "contentUri": dripping().await });
    let mut taken = 0;
    for _ in 0..40 {
        taken += u32::from(greedy.post(DIARIZE, &body).await.0 == 202);
    }
    assert_eq!(taken, 20, "half of the queue");
    let nowhere = json!({ "encoding": "Mpeg", "languageCode": "en", "contentUri": "http://127.0.0.1:9/a.mp3" });
    let start = Instant::now();
    let (status, job) = other.post(DIARIZE, &nowhere).await;
    assert_eq!(status, 202);
    loop {
        let path = format!("/ai/status/v1/jobs/{}", job["jobId"].as_str().unwrap());
        if other.get(&path).await.1["status"] == "Fail" {
            break;
        }
        assert!(start.elapsed() < Duration::from_secs(5), "it waits behind the other account's");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// A conversation of so many seconds, as base64 of WAV.
fn long(seconds: usize) -> serde_json::Value {
    use base64::Engine as _;
    let speech = crate::running::clip("ben-1.wav");
    let at = speech.windows(4).position(|part| part == b"data").unwrap() + 8;
    let format = speech.windows(4).position(|part| part == b"fmt ").unwrap() + 8;
    let rate = u32::from_le_bytes(speech[format + 8..format + 12].try_into().unwrap()) as usize;
    let mut data = Vec::with_capacity(rate * seconds);
    while data.len() < rate * seconds {
        data.extend_from_slice(&speech[at..]);
    }
    let mut wav = speech[..at - 4].to_vec();
    wav.extend((data.len() as u32).to_le_bytes());
    let whole = (wav.len() + data.len() - 8) as u32;
    wav[4..8].copy_from_slice(&whole.to_le_bytes());
    wav.extend(data);
    json!({ "encoding": "Wav", "content": base64::engine::general_purpose::STANDARD.encode(wav) })
}

#[tokio::test(flavor = "multi_thread")]
async fn long_work_of_one_account_does_not_hold_up_anothers() {
    let server = Running::new().await;
    let (greedy, other) = (server.caller().await, server.caller_of(&server.add("other", "1")).await);
    let body = long(300);
    let start = Instant::now();
    let ask = || async {
        let (status, said) = greedy.post(DIARIZE_NOW, &body).await;
        assert_eq!(status, 200, "{said}");
        start.elapsed()
    };
    let short = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let start = Instant::now();
        let mut body = recording("ada-3.webm");
        body["speakerId"] = json!("ada");
        assert_eq!(other.post(ROLL, &body).await.0, 201);
        start.elapsed()
    };
    let (one, two, three, took) = tokio::join!(ask(), ask(), ask(), short);
    let first = one.min(two).min(three);
    println!("three of 300 s took {one:?}, {two:?}, {three:?}; an enroll beside them {took:?}");
    assert!(took + Duration::from_millis(500) < first, "it waited for a whole work: {took:?} of {first:?}");
}

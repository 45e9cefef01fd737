//! Endpoints, statuses and members, as they were documented.

use serde_json::{Value, json};

use crate::running::{ROLL, Running, recording};

fn named(member: &str, id: &str, clip: &str) -> Value {
    let mut body = recording(clip);
    body[member] = json!(id);
    body
}

#[tokio::test]
async fn a_speaker_is_created_read_updated_listed_and_deleted_with_the_documented_statuses() {
    let server = Running::new().await;
    let caller = server.caller().await;
    let one = format!("{ROLL}/1200");

    let (status, body) = caller.get(&one).await;
    assert_eq!((status.as_u16(), body["errors"][0]["errorCode"].as_str()), (404, Some("CAI-102")));
    assert_eq!(body["voiceroll"]["code"], "speaker_not_found");
    assert_eq!(body["message"], body["errors"][0]["message"]);

    let (status, body) = caller.post(ROLL, &named("enrollmentId", "1200", "ada-3.webm")).await;
    assert_eq!(status, 201);
    assert_eq!(body["enrollmentComplete"], false);
    let short = body["totalSpeechDuration"].as_f64().unwrap();
    assert!(short > 5.0 && short < 12.0, "{short}");

    let (status, body) = caller.post(ROLL, &named("speakerId", "1200", "ada-1.mp3")).await;
    assert_eq!((status.as_u16(), body["errorCode"].as_str()), (409, Some("CAI-103")));

    let (status, body) = caller.patch("1200", &recording("ada-1.mp3")).await;
    assert_eq!(status, 201);
    assert_eq!((&body["speakerId"], &body["enrollmentId"]), (&json!("1200"), &json!("1200")));
    assert_eq!(body["enrollmentComplete"], true);
    assert!(body["totalSpeechDuration"].as_f64().unwrap() > short + 10.0);
    assert!(body["totalEnrollDuration"].as_f64() >= body["totalSpeechDuration"].as_f64());
    assert!(["Average", "Good", "High"].contains(&body["enrollmentQuality"].as_str().unwrap()));

    let (status, read) = caller.get(&one).await;
    assert_eq!((status.as_u16(), &read["totalSpeechDuration"]), (200, &body["totalSpeechDuration"]));

    let (status, page) = caller.get(&format!("{ROLL}?partial=true&perPage=10&page=1")).await;
    assert_eq!(status, 200);
    assert_eq!(page["paging"], json!({ "page": 1, "perPage": 10, "totalPages": 1, "totalElements": 1 }));
    assert_eq!(page["records"][0]["speakerId"], "1200");

    assert_eq!(caller.delete("1200").await, (204.try_into().unwrap(), Value::Null));
    let (status, body) = caller.delete("1200").await;
    assert_eq!((status.as_u16(), body["errorCode"].as_str()), (410, Some("CAI-104")));
    assert_eq!(caller.delete("1201").await.0, 404);
    assert_eq!(caller.patch("1200", &recording("ada-1.mp3")).await.0, 404);
    assert_eq!(caller.post(ROLL, &named("speakerId", "1200", "ada-1.mp3")).await.0, 201, "an id may come back");
}

#[tokio::test]
async fn incomplete_enrollments_are_listed_only_where_they_are_asked_for() {
    let server = Running::new().await;
    let caller = server.caller().await;
    caller.enroll("short", "ada-3.webm").await;
    caller.enroll("whole", "ada-1.mp3").await;
    for (query, expected) in [("", 1), ("?partial=false", 1), ("?partial=True", 2), ("?partial=1", 2), ("?partial=", 1)]
    {
        let (status, page) = caller.get(&format!("{ROLL}{query}")).await;
        assert_eq!((status.as_u16(), page["records"].as_array().unwrap().len()), (200, expected), "{query}");
    }
    let (_, page) = caller.get(&format!("{ROLL}?partial=true&perPage=1&page=2")).await;
    assert_eq!((&page["records"][0]["speakerId"], &page["paging"]["totalPages"]), (&json!("whole"), &json!(2)));
    let (_, page) = caller.get(&format!("{ROLL}?partial=true&perPage=1&page=9")).await;
    assert_eq!(page["records"], json!([]));
    let (_, page) = caller.get(&format!("{ROLL}?partial=true&perPage=1")).await;
    assert_eq!((&page["records"][0]["speakerId"], &page["paging"]["nextAfter"]), (&json!("short"), &json!("short")));
    let (_, page) = caller.get(&format!("{ROLL}?partial=true&perPage=1&page=7&after=short")).await;
    assert_eq!(page["records"][0]["speakerId"], "whole");
    assert_eq!(page["paging"], json!({ "page": 7, "perPage": 1, "totalPages": 2, "totalElements": 2 }));
    for (query, parameter) in [
        ("page=0", "page"),
        ("perPage=0", "perPage"),
        ("perPage=x", "perPage"),
        ("partial=maybe", "partial"),
        ("after=a%20b", "after"),
    ] {
        let (status, body) = caller.get(&format!("{ROLL}?{query}")).await;
        assert_eq!((status.as_u16(), body["parameterName"].as_str()), (400, Some(parameter)), "{query}");
        assert_eq!(body["errorCode"], "CAI-101");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_named() {
    let server = Running::new().await;
    let caller = server.caller().await;
    let good = named("speakerId", "ada", "ada-1.mp3");
    let with = |member: &str, value: Value| {
        let mut body = good.clone();
        body[member] = value;
        body
    };
    let cases = [
        (with("speakerId", Value::Null), "CAI-101", "speakerId"),
        (with("speakerId", json!("ada lovelace")), "CAI-101", "speakerId"),
        (with("encoding", Value::Null), "CAI-101", "encoding"),
        (with("encoding", json!("Flac")), "CAI-101", "encoding"),
        (with("content", Value::Null), "CAI-101", "content"),
        (with("content", json!("not base64!")), "CAI-101", "content"),
        (with("content", json!("")), "CAI-106", "content"),
        (with("content", json!("aGVsbG8gd29ybGQ=")), "CAI-106", "content"),
        (named("speakerId", "ada", "fault-silence.flac"), "CAI-105", "content"),
    ];
    for (body, code, parameter) in cases {
        let (status, answer) = caller.post(ROLL, &body).await;
        assert_eq!(status, 400, "{answer}");
        assert_eq!(
            (answer["errorCode"].as_str(), answer["parameterName"].as_str()),
            (Some(code), Some(parameter)),
            "{answer}"
        );
        assert_eq!(answer["errors"][0]["parameterName"], parameter);
    }
    let (_, answer) = caller.post(ROLL, &named("speakerId", "ada", "fault-silence.flac")).await;
    assert_eq!(answer["voiceroll"]["problems"][0]["code"], "no_speech");
    assert_eq!(caller.get(&format!("{ROLL}/ada")).await.0, 404, "nothing was enrolled");
    assert_eq!(caller.get("/ai/audio/v1/nothing").await.0, 404);
    assert_eq!(caller.get(&format!("{ROLL}/a%20b")).await.1["parameterName"], "speakerId");
}

#[tokio::test]
async fn another_voice_is_not_added() {
    let server = Running::new().await;
    let caller = server.caller().await;
    caller.enroll("ada", "ada-1.mp3").await;
    let (status, body) = caller.patch("ada", &recording("ben-1.wav")).await;
    assert_eq!((status.as_u16(), &body["voiceroll"]["code"]), (400, &json!("different_voice")));
}

#[tokio::test]
async fn one_account_sees_nothing_of_another() {
    let server = Running::new().await;
    let (ours, theirs) = (server.caller().await, server.add("other", "1200"));
    let theirs = server.caller_of(&theirs).await;
    ours.enroll("ada", "ada-1.mp3").await;
    assert_eq!(theirs.get(&format!("{ROLL}/ada")).await.0, 404);
    assert_eq!(theirs.delete("ada").await.0, 404);
    assert_eq!(theirs.patch("ada", &recording("ada-1.mp3")).await.0, 404);
    assert_eq!(theirs.get(&format!("{ROLL}?partial=true")).await.1["records"], json!([]));
    theirs.enroll("ada", "ben-1.wav").await;
    let speech = |body: &Value| body["totalSpeechDuration"].as_f64().unwrap();
    let (mine, other) = (ours.get(&format!("{ROLL}/ada")).await.1, theirs.get(&format!("{ROLL}/ada")).await.1);
    assert!((speech(&mine) - speech(&other)).abs() > 1.0);
}

#[tokio::test]
async fn a_recording_over_the_limit_is_refused_with_the_limit() {
    let server = Running::with(|options| options.max_recording = 10_000).await;
    let caller = server.caller().await;
    for clip in ["ada-1.mp3", "fault-joined.mp3"] {
        let (status, body) = caller.post(ROLL, &named("speakerId", "ada", clip)).await;
        assert_eq!((status.as_u16(), body["errorCode"].as_str()), (413, Some("CAI-107")), "{clip}");
        assert!(body["message"].as_str().unwrap().contains("10000"));
    }
    // Without a length that says so beforehand.
    let parts = vec![vec![b' '; 60_000]; 4].into_iter().map(Ok::<_, std::convert::Infallible>);
    let body = reqwest::Body::wrap_stream(futures_util::stream::iter(parts));
    let request = caller.request(reqwest::Method::POST, ROLL).body(body);
    assert_eq!(crate::running::answer(request).await.0, 413);
}

#[tokio::test]
async fn many_at_once_are_all_answered_or_asked_to_wait() {
    let server = Running::with(|options| options.queue = 4).await;
    let caller = server.caller().await;
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..24 {
        let body = named("speakerId", &format!("s{number}"), "ada-3.webm");
        let request = caller.request(reqwest::Method::POST, ROLL).json(&body);
        tasks.spawn(async move { request.send().await.unwrap() });
    }
    let (mut done, mut asked) = (0, 0);
    while let Some(response) = tasks.join_next().await {
        let response = response.unwrap();
        match response.status().as_u16() {
            201 => done += 1,
            503 => {
                assert!(response.headers().contains_key("retry-after"));
                asked += 1;
            }
            other => panic!("{other}"),
        }
    }
    // Of four places one account alone may take two, so that there is always one for the next.
    assert!(done >= 2 && done + asked == 24, "{done} {asked}");
}

#[tokio::test]
async fn metrics_are_answered_where_they_are_switched_on_and_name_nobody() {
    let closed = Running::new().await;
    let get = |server: &Running| server.client.get(format!("{}/metrics", server.url)).send();
    assert_eq!(get(&closed).await.unwrap().status(), 404);
    let server = Running::with(|options| options.metrics = true).await;
    let caller = server.caller().await;
    caller.enroll("somebody", "ada-1.mp3").await;
    caller.get(&format!("{ROLL}/somebody")).await;
    caller.request("MADEUP".parse().unwrap(), ROLL).send().await.unwrap();
    let text = get(&server).await.unwrap().text().await.unwrap();
    let line = format!("voiceroll_requests_total{{method=\"GET\",route=\"{ROLL}/{{speaker_id}}\",status=\"200\"}} 1");
    assert!(text.contains(&line), "{text}");
    assert!(text.contains("voiceroll_jobs_waiting 0") && text.ends_with("# EOF\n"));
    assert!(!text.contains("somebody") && !text.contains("main") && !text.contains("MADEUP"));
}

#[tokio::test]
async fn of_many_who_create_the_same_id_at_once_one_does() {
    let server = Running::new().await;
    let caller = server.caller().await;
    let body = named("speakerId", "1200", "ada-1.mp3");
    let answers = futures_util::future::join_all((0..8).map(|_| caller.post(ROLL, &body))).await;
    let mut statuses: Vec<_> = answers.iter().map(|(status, _)| status.as_u16()).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409, 409, 409, 409, 409]);
    let (_, read) = caller.get(&format!("{ROLL}/1200")).await;
    assert_eq!(read["voiceroll"]["recordings"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn json_without_end_is_refused() {
    let server = Running::new().await;
    let caller = server.caller().await;
    for body in ["[".repeat(100_000), format!(r#"{{"x":{}"#, r#"{"a":"#.repeat(100_000))] {
        let request = caller.request(reqwest::Method::POST, ROLL).body(body);
        let (status, answer) = crate::running::answer(request).await;
        assert_eq!((status.as_u16(), answer["errorCode"].as_str()), (400, Some("CMN-103")));
    }
}

#[tokio::test]
async fn who_speaks_in_a_recording_is_answered_at_once() {
    let server = Running::new().await;
    let caller = server.caller().await;
    caller.enroll("ada", "ada-1.mp3").await;
    let mut body = recording("ada-2.m4a");
    body["enrollmentIds"] = json!(["ada"]);
    let (status, found) = caller.post("/ai/audio/v1/speaker-identify", &body).await;
    assert_eq!(status, 200, "{found}");
    assert_eq!(found["utterances"][0]["speakerId"], "ada");
    assert_eq!(found["voiceroll"]["segments"][0]["speaker_id"], "ada");
    let (_, turns) = caller.post("/ai/audio/v1/speaker-diarize", &recording("ben-2.ogg")).await;
    assert_eq!((&turns["speakerCount"], &turns["utterances"][0]["speakerId"]), (&json!(1), &json!("0")));
    let (_, same) = caller.post("/ai/audio/v1/speaker-verify", &named("speakerId", "ada", "ada-2.m4a")).await;
    assert_eq!(same["voiceroll"]["decision"], "match");

    body["enrollmentIds"] = json!(["nobody"]);
    let (status, refused) = caller.post("/ai/audio/v1/speaker-identify", &body).await;
    assert_eq!((status.as_u16(), refused["parameterName"].as_str()), (400, Some("enrollmentIds")));
    assert_eq!(refused["voiceroll"]["code"], "speaker_not_found");
    let (status, refused) = caller.post("/ai/audio/v1/speaker-verify", &recording("ada-2.m4a")).await;
    assert_eq!((status.as_u16(), refused["parameterName"].as_str()), (400, Some("speakerId")));
}

#[tokio::test]
async fn a_recording_is_added_by_force_and_taken_off_again() {
    let server = Running::new().await;
    let caller = server.caller().await;
    caller.enroll("ada", "ada-1.mp3").await;
    let one = format!("{ROLL}/ada");
    let (status, _) = caller.patch("ada", &recording("ben-1.wav")).await;
    assert_eq!(status, 400);
    let (status, both) = caller.patch("ada?force=true", &recording("ben-1.wav")).await;
    assert_eq!(status, 201);
    let sample = &both["voiceroll"]["recordings"][1]["id"];
    let (status, body) = caller.delete(&format!("ada/samples/{sample}")).await;
    assert_eq!((status.as_u16(), body["voiceroll"]["recordings"].as_array().unwrap().len()), (200, 1));
    assert_eq!(caller.delete(&format!("ada/samples/{sample}")).await.0, 404);
    assert_eq!(caller.delete("ada/samples/x").await.0, 400);
    assert_eq!(caller.get(&one).await.1["totalSpeechDuration"], body["totalSpeechDuration"]);
}

#[cfg(unix)]
#[tokio::test]
async fn what_the_server_keeps_is_its_owners_also_in_a_folder_that_was_there() {
    use std::os::unix::fs::PermissionsExt;
    let server = Running::new().await;
    server.caller().await.enroll("ada", "ada-3.webm").await;
    std::fs::set_permissions(server.folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    for entry in std::fs::read_dir(server.folder.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}", entry.file_name().display());
    }
}

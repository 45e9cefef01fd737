//! What strangers send to keep others out, or to be taken for somebody else.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::running::{ROLL, Running, answer};

/// Sends bytes and nothing more; what is answered until the connection ends.
async fn say(server: &Running, bytes: &[u8]) -> (String, Duration) {
    let start = Instant::now();
    let mut stream = TcpStream::connect(server.url.trim_start_matches("http://")).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let mut said = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(30), stream.read_to_end(&mut said)).await.unwrap();
    (String::from_utf8_lossy(&said).into_owned(), start.elapsed())
}

#[tokio::test]
async fn a_log_in_is_small_and_comes_soon() {
    let server = Running::new().await;
    let form = "Host: x\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    let starts = ["Content-Length: 100\r\n\r\ng", "Transfer-Encoding: chunked\r\n\r\n1\r\ng\r\n"];
    let paths = ["/restapi/oauth/token", "/restapi/oauth/revoke"];
    let cases = paths.iter().flat_map(|path| starts.map(|start| format!("POST {path} HTTP/1.1\r\n{form}{start}")));
    let silent = futures_util::future::join_all(cases.map(|case| {
        let server = &server;
        async move { say(server, case.as_bytes()).await }
    }));
    for (said, took) in silent.await {
        assert!(said.starts_with("HTTP/1.1 408"), "{said}");
        assert!(took < Duration::from_secs(25), "{took:?}");
    }
    for path in paths {
        let large = format!("POST {path} HTTP/1.1\r\n{form}Content-Length: 70000\r\n\r\n{}", "x".repeat(70_000));
        assert!(say(&server, large.as_bytes()).await.0.starts_with("HTTP/1.1 413"));
    }
}

#[tokio::test]
async fn a_request_names_one_host() {
    let server = Running::new().await;
    for (head, expected) in [
        ("GET /health HTTP/1.1\r\n\r\n", "400"),
        ("GET /health HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", "400"),
        ("GET /health HTTP/1.1\r\nHost: a, b\r\n\r\n", "400"),
        ("GET /health HTTP/1.1\r\nHost: a@b\r\n\r\n", "400"),
        ("GET /health HTTP/1.1\r\nHost: voices.example.com:8080\r\nConnection: close\r\n\r\n", "200"),
        ("GET /health HTTP/1.1\r\nHost: [::1]:8080\r\nConnection: close\r\n\r\n", "200"),
        ("GET /health HTTP/1.0\r\n\r\n", "200"),
    ] {
        let (said, _) = say(&server, head.as_bytes()).await;
        assert_eq!(said.split(' ').nth(1), Some(expected), "{head}{said}");
    }
}

#[tokio::test]
async fn what_a_job_brings_is_bounded() {
    let server = Running::with(|options| options.allow_private = true).await;
    let caller = server.caller().await;
    caller.enroll("ada", "ada-1.mp3").await;
    let job = |more: Value| {
        let mut body = json!({ "encoding": "Mpeg", "languageCode": "en", "contentUri": "http://127.0.0.1:9/a.mp3" });
        more.as_object().unwrap().iter().for_each(|(name, value)| body[name] = value.clone());
        body
    };
    let path = "/ai/audio/v1/async/speaker-identify?poll=true";
    let long = format!("http://127.0.0.1:9/{}", "a".repeat(9000));
    let cases = [
        (job(json!({ "source": "x".repeat(70_000) })), 413, "contentUri"),
        (job(json!({ "contentUri": long, "speakerIds": ["ada"] })), 400, "8 KiB"),
        (job(json!({ "speakerIds": vec!["a"; 10_000] })), 400, "1000 ids"),
        (job(json!({ "enrollmentIds": [] })), 400, "`enrollmentIds`"),
        (job(json!({ "contentUri": null, "content": "UklGRg==", "speakerIds": ["ada"] })), 400, "without `/async`"),
    ];
    for (body, expected, word) in cases {
        let start = Instant::now();
        let (status, said) = caller.post(path, &body).await;
        assert_eq!(status, expected, "{said}");
        assert!(said["message"].as_str().unwrap().contains(word), "{said}");
        assert!(start.elapsed() < Duration::from_secs(2));
    }
    let hook = format!("{}?webhook={long}", path.trim_end_matches("?poll=true"));
    assert_eq!(caller.post(&hook, &job(json!({ "speakerIds": ["ada"] }))).await.1["parameterName"], "webhook");
    let (status, _) = caller.post(path, &job(json!({ "speakerIds": vec!["ada"; 1000] }))).await;
    assert_eq!(status, 202, "one speaker, named often");
    // With a recording in the body too.
    let mut now = crate::running::recording("ada-3.webm");
    now["speakerIds"] = json!(vec!["a"; 500_000]);
    let (status, said) = caller.post("/ai/audio/v1/speaker-identify", &now).await;
    assert_eq!((status.as_u16(), said["parameterName"].as_str()), (400, Some("speakerIds")));
}

#[tokio::test]
async fn log_ins_that_fail_are_slowed_and_counted_and_others_are_not() {
    let server = Running::with(|options| options.metrics = true).await;
    let fields = [("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", "x")];
    let mut wrong = server.app.clone();
    wrong.client_secret.push('x');
    let tries = (0..100).map(|_| server.token_request(&wrong, &fields));
    let start = Instant::now();
    let answers = futures_util::future::join_all(tries).await;
    let told = answers.iter().filter(|(status, _)| *status == 429).count();
    assert!(told >= 30 && answers.iter().all(|(status, _)| *status == 400 || *status == 429), "{told}");
    assert!(start.elapsed() > Duration::from_millis(900));
    let start = Instant::now();
    server.log_in(&server.app).await;
    assert!(start.elapsed() < Duration::from_millis(800), "whoever knows the secret is not held up");
    let unknown = server.client.get(format!("{}{ROLL}", server.url)).bearer_auth("nobody");
    assert_eq!(answer(unknown).await.0, 429, "tokens are guessed as well");
    let text = server.client.get(format!("{}/metrics", server.url)).send().await.unwrap().text().await.unwrap();
    for line in ["{result=\"app\"} 100", "{result=\"token\"} 1", "{result=\"done\"} 1"] {
        assert!(text.contains(&format!("voiceroll_log_ins_total{line}")), "{text}");
    }
}

#[tokio::test]
async fn failures_count_where_log_ins_are_limited() {
    let server = Running::with(|options| options.rates = "auth=3".parse().unwrap()).await;
    let mut wrong = server.app.clone();
    wrong.client_secret.push('x');
    let mut told = Vec::new();
    for _ in 0..5 {
        told.push(server.token_request(&wrong, &[("grant_type", "refresh_token")]).await.0.as_u16());
    }
    assert_eq!(told, [400, 400, 400, 429, 429]);
}

#[tokio::test]
async fn a_secret_is_replaced_and_a_login_runs_out() {
    let server = Running::new().await;
    let apps = voiceroll::server::Apps::open(server.folder.path()).unwrap();
    let session = server.log_in(&server.app).await;
    let app = apps.rotate(&server.app.client_id, None, Duration::ZERO).unwrap();
    assert_eq!(
        (app.client_id.as_str(), app.client_secret == server.app.client_secret),
        (&*server.app.client_id, false)
    );
    let jwt = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    for (app, assertion) in [(&server.app, &server.app.jwt), (&app, &server.app.jwt)] {
        let fields = [("grant_type", jwt), ("assertion", assertion.as_str())];
        assert_eq!(server.token_request(app, &fields).await.0, 400);
    }
    let refresh = [("grant_type", "refresh_token"), ("refresh_token", session["refresh_token"].as_str().unwrap())];
    assert_eq!(server.token_request(&app, &refresh).await.0, 400, "its sessions ended");
    server.log_in(&app).await;
    let past = apps.add_for("main", "1200", Some(0)).unwrap();
    assert_eq!(server.token_request(&past, &[("grant_type", jwt), ("assertion", past.jwt.as_str())]).await.0, 400);
    server.log_in(&apps.add_for("main", "1200", Some(1)).unwrap()).await;
    assert_eq!(apps.rotate("nobody", None, Duration::ZERO).unwrap_err().code(), "invalid_option");
}

#[tokio::test]
async fn pages_of_other_origins_may_use_the_server_where_they_are_named() {
    let preflight = |server: &Running, origin: &str| {
        let request = server.client.request(reqwest::Method::OPTIONS, format!("{}{ROLL}", server.url));
        let request = request.header("origin", origin).header("access-control-request-method", "PATCH");
        request.header("access-control-request-headers", "authorization,content-type").send()
    };
    let closed = Running::new().await;
    let said = preflight(&closed, "https://app.example.com").await.unwrap();
    assert!(!said.headers().contains_key("access-control-allow-origin"));
    let server = Running::with(|options| options.cors = vec!["https://app.example.com".to_owned()]).await;
    let said = preflight(&server, "https://app.example.com").await.unwrap();
    assert_eq!(said.headers()["access-control-allow-origin"], "https://app.example.com");
    assert!(said.headers()["access-control-allow-headers"].to_str().unwrap().contains("authorization"));
    let said = preflight(&server, "https://evil.example.com").await.unwrap();
    assert!(!said.headers().contains_key("access-control-allow-origin"));
    let refused = server.client.get(format!("{}{ROLL}", server.url)).header("origin", "https://app.example.com");
    let refused = refused.send().await.unwrap();
    assert_eq!(refused.status(), 401);
    assert_eq!(refused.headers()["access-control-allow-origin"], "https://app.example.com");
}

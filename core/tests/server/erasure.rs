//! What is deleted is gone from the results of jobs too, and jobs can be deleted.

use std::time::Duration;

use serde_json::{Value, json};

use crate::running::{Caller, Running, answer, clip};

/// A server for one clip; the address of it.
async fn outside(name: &'static str) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/a", listener.local_addr().unwrap());
    let router = axum::Router::new().fallback(move || async move { clip(name) });
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

async fn done(caller: &Caller<'_>, id: &str) -> Value {
    for _ in 0..400 {
        let (_, job) = caller.get(&format!("/ai/status/v1/jobs/{id}")).await;
        if job["status"] != "InProgress" {
            return job;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the job was not done");
}

#[tokio::test]
async fn a_deleted_speaker_is_named_by_no_job() {
    let server = Running::with(|options| options.allow_private = true).await;
    let caller = server.caller().await;
    caller.enroll("ada_secret", "ada-1.mp3").await;
    let body = json!({
        "encoding": "Mpeg", "languageCode": "en", "contentUri": outside("ada-2.m4a").await, "speakerIds": ["ada_secret"],
    });
    let (_, job) = caller.post("/ai/audio/v1/async/speaker-identify?poll=true", &body).await;
    let id = job["jobId"].as_str().unwrap();
    assert_eq!(done(&caller, id).await["response"]["utterances"][0]["speakerId"], "ada_secret");
    assert_eq!(caller.delete("ada_secret").await.0, 204);
    let (_, job) = caller.get(&format!("/ai/status/v1/jobs/{id}")).await;
    assert_eq!(
        (&job["status"], &job["response"]["utterances"][0]["speakerId"]),
        (&json!("Success"), &json!("UserNotIdentified"))
    );
    assert!(!job.to_string().contains("ada_secret"));
}

#[tokio::test]
async fn a_job_that_waits_for_somebody_deleted_says_so() {
    let server = Running::with(|options| options.allow_private = true).await;
    let caller = server.caller().await;
    caller.enroll("ada", "ada-1.mp3").await;
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/a", silent.local_addr().unwrap());
    let body = json!({ "encoding": "Mpeg", "languageCode": "en", "contentUri": address, "speakerIds": ["ada"] });
    let mut jobs = Vec::new();
    for _ in 0..10 {
        let (_, job) = caller.post("/ai/audio/v1/async/speaker-identify?poll=true", &body).await;
        jobs.push(job["jobId"].as_str().unwrap().to_owned());
    }
    caller.delete("ada").await;
    let delete = |id: &str| answer(caller.request(reqwest::Method::DELETE, &format!("/ai/status/v1/jobs/{id}")));
    // Eight of an account run at once; those that ran are deleted, and make room for those that waited.
    let other = server.caller_of(&server.add("other", "1")).await;
    let theirs = other.request(reqwest::Method::DELETE, &format!("/ai/status/v1/jobs/{}", jobs[0]));
    assert_eq!(answer(theirs).await.0, 404, "another account's");
    for id in &jobs[..8] {
        assert_eq!(delete(id).await.0, 204);
        assert_eq!(delete(id).await.0, 404);
        assert_eq!(caller.get(&format!("/ai/status/v1/jobs/{id}")).await.0, 404);
    }
    let failed = done(&caller, &jobs[9]).await;
    let error = &failed["response"]["errors"][0];
    assert_eq!((&failed["status"], &error["errorCode"]), (&json!("Fail"), &json!("CAI-102")), "{failed}");
    assert!(error["message"].as_str().unwrap().contains("deleted"), "{failed}");
}

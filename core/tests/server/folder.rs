//! A server's folder as a whole.

use serde_json::json;
use voiceroll::server::{Folder, Server, ServerOptions};
use voiceroll::{KeySource, Registry};

use crate::running::{ROLL, Running, answer, recording};

#[tokio::test]
async fn a_backup_of_a_running_server_is_a_folder_that_a_server_starts_on() {
    let server = Running::new().await;
    server.caller().await.enroll("ada", "ada-1.mp3").await;
    let other = server.add("other", "1");
    server.caller_of(&other).await.enroll("ben", "ben-1.wav").await;
    let place = tempfile::tempdir().unwrap();
    let copy = place.path().join("copy");
    let folder = Folder::open(server.folder.path(), Registry::options()).unwrap();
    // Somebody's own folder, whatever it is called.
    let own = place.path().join("copy.part");
    std::fs::create_dir(&own).unwrap();
    folder.backup(&copy).unwrap();
    assert!(own.exists());
    assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 2);
    assert_eq!(folder.backup(&copy).unwrap_err().code(), "invalid_option");
    let found = Folder::open(&copy, Registry::options()).unwrap().check().unwrap();
    let sizes: Vec<_> =
        found.iter().map(|(account, report)| (account.as_str(), report.speakers, report.faults.len())).collect();
    assert_eq!(sizes, [("", 0, 0), ("main", 1, 0), ("other", 1, 0)]);

    let mut options = ServerOptions::new(&copy);
    options.listen.set_port(0);
    let second = Server::bind(options).await.unwrap();
    let url = format!("http://{}", second.address());
    tokio::spawn(second.run(std::future::pending()));
    let request = server.client.post(format!("{url}/restapi/oauth/token"));
    let jwt = [("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", &other.jwt)];
    let (_, session) = answer(request.basic_auth(&other.client_id, Some(&other.client_secret)).form(&jwt)).await;
    let token = session["access_token"].as_str().unwrap();
    let (status, _) = answer(server.client.get(format!("{url}{ROLL}/ben")).bearer_auth(token)).await;
    assert_eq!(status, 200);
    assert_eq!(Folder::open(place.path(), Registry::options()).err().unwrap().code(), "store_missing");
}

#[tokio::test]
async fn all_keys_of_a_server_are_replaced_while_it_runs() {
    let keys = tempfile::tempdir().unwrap();
    let key = keys.path().join("key");
    let options = || Registry::options().key(KeySource::file(&key));
    let place = tempfile::tempdir().unwrap();
    let mut server = ServerOptions::new(place.path());
    server.listen.set_port(0);
    server.registry = options();
    let app = voiceroll::server::Apps::open_with(place.path(), &options()).unwrap().add("main", "1").unwrap();
    let running = Server::bind(server.clone()).await.unwrap();
    let url = format!("http://{}", running.address());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let task = tokio::spawn(running.run(async {
        let _ = stopped.await;
    }));
    let client = reqwest::Client::new();
    let jwt = [("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", app.jwt.as_str())];
    let request = client.post(format!("{url}/restapi/oauth/token")).form(&jwt);
    let (_, session) = answer(request.basic_auth(&app.client_id, Some(&app.client_secret))).await;
    let token = session["access_token"].as_str().unwrap();
    let enroll = async |id: &str, clip: &str| {
        let mut body = recording(clip);
        body["speakerId"] = json!(id);
        answer(client.post(format!("{url}{ROLL}")).bearer_auth(token).json(&body)).await.0.as_u16()
    };
    assert_eq!(enroll("ada", "ada-1.mp3").await, 201);

    let old = std::fs::read_to_string(&key).unwrap();
    assert_eq!(Folder::open(place.path(), options()).unwrap().rotate_keys(false).unwrap(), 1);
    let new = std::fs::read_to_string(&key).unwrap();
    assert_ne!(new, old);
    assert_eq!(enroll("ben", "ben-1.wav").await, 201);
    stop.send(()).unwrap();
    task.await.unwrap();

    // The new key alone opens everything, and the old one nothing.
    let first = new.lines().find(|line| !line.starts_with('#')).unwrap();
    std::fs::write(&key, first).unwrap();
    let found = Folder::open(place.path(), options()).unwrap().check().unwrap();
    assert_eq!(
        found.iter().map(|(_, report)| (report.speakers, report.faults.len())).collect::<Vec<_>>(),
        [(0, 0), (2, 0)]
    );
    std::fs::write(&key, &old).unwrap();
    assert_eq!(Folder::open(place.path(), options()).err().unwrap().code(), "key_wrong");
}

#[tokio::test]
async fn a_value_that_was_changed_is_found_by_a_check() {
    let server = Running::with(|options| options.allow_private = true).await;
    let caller = server.caller().await;
    let body = json!({ "contentUri": "http://127.0.0.1:9/a", "encoding": "Mpeg", "languageCode": "en-US" });
    let (status, job) = caller.post("/ai/audio/v1/async/speaker-diarize?poll=true", &body).await;
    assert_eq!(status, 202, "{job}");
    let path = format!("/ai/status/v1/jobs/{}", job["jobId"].as_str().unwrap());
    while caller.get(&path).await.1["status"] == "InProgress" {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let folder = Folder::open(server.folder.path(), Registry::options()).unwrap();
    assert!(folder.check().unwrap()[0].1.faults.is_empty());
    let connection = rusqlite::Connection::open(server.folder.path().join("server.db")).unwrap();
    connection.execute("UPDATE job SET response = zeroblob(40)", []).unwrap();
    let faults = &folder.check().unwrap()[0].1.faults;
    assert!(faults.len() == 1 && faults[0].starts_with("the response of job"), "{faults:?}");
}

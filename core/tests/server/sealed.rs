//! What lies in the server's own file.

use std::path::{Path, PathBuf};

use reqwest::Method;
use serde_json::json;
use voiceroll::server::{Apps, Server, ServerOptions};
use voiceroll::{KeySource, Registry, RegistryOptions};

use crate::running::{Running, answer};

async fn private() -> Running {
    Running::with(|options| options.allow_private = true).await
}

/// The files of the server's database that hold some bytes.
fn holds(folder: &Path, needle: &[u8]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_database = path.file_name().unwrap().to_string_lossy().starts_with("server.db");
        if is_database && std::fs::read(&path).unwrap().windows(needle.len()).any(|window| window == needle) {
            found.push(path);
        }
    }
    found
}

#[tokio::test]
async fn a_job_that_waits_leaves_neither_its_address_nor_its_speakers_in_plain_text() {
    let server = private().await;
    let caller = server.caller().await;
    caller.enroll("speaker_in_question", "ada-1.mp3").await;
    // Nobody listens there: the job fails, and is kept.
    let body = json!({
        "contentUri": "http://127.0.0.1:9/recording?token=SECRETOFURL",
        "encoding": "Mpeg", "languageCode": "en-US",
        "enrollmentIds": ["speaker_in_question"],
    });
    let path = "/ai/audio/v1/async/speaker-identify?webhook=http://127.0.0.1:9/hook/SECRETOFHOOK";
    let (status, job) = answer(caller.request(Method::POST, path).json(&body)).await;
    assert_eq!(status, 202, "{job}");
    for secret in ["SECRETOFURL", "SECRETOFHOOK", "127.0.0.1:9", "speaker_in_question"] {
        assert_eq!(holds(server.folder.path(), secret.as_bytes()), Vec::<PathBuf>::new(), "{secret}");
    }
    let (status, job) = caller.get(&format!("/ai/status/v1/jobs/{}", job["jobId"].as_str().unwrap())).await;
    assert_eq!(status, 200, "{job}");
}

fn with_key(path: &Path) -> RegistryOptions {
    Registry::options().key(KeySource::file(path))
}

#[test]
fn another_key_or_none_is_a_clear_error_and_a_new_one_in_front_takes_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let (data, key) = (folder.path().join("data"), folder.path().join("key"));
    let first = Apps::open_with(&data, &with_key(&key)).unwrap().add("main", "1").unwrap();
    let old = std::fs::read_to_string(&key).unwrap();
    let code = || Apps::open_with(&data, &with_key(&key)).err().unwrap().code();

    std::fs::write(&key, "11".repeat(32)).unwrap();
    assert_eq!(code(), "key_wrong");
    std::fs::remove_file(&key).unwrap();
    assert_eq!(code(), "key_missing");
    assert!(!key.exists(), "a key was made for a file that has one");

    std::fs::write(&key, format!("{}\n{old}", "11".repeat(32))).unwrap();
    Apps::open_with(&data, &with_key(&key)).unwrap();
    std::fs::write(&key, "11".repeat(32)).unwrap();
    let apps = Apps::open_with(&data, &with_key(&key)).unwrap();
    let listed = apps.list().unwrap();
    assert_eq!((listed.len(), listed[0].client_id.as_str()), (1, first.client_id.as_str()));
}

#[test]
fn a_file_of_an_older_version_is_encrypted_and_its_tokens_still_fit() {
    let folder = tempfile::tempdir().unwrap();
    let connection = rusqlite::Connection::open(folder.path().join("server.db")).unwrap();
    connection.execute_batch(include_str!("version_2.sql")).unwrap();
    drop(connection);
    assert_eq!(holds(folder.path(), b"SECRETOFURL").len(), 1);
    let apps = Apps::open(folder.path()).unwrap();
    let secret = apps.development().unwrap().client_secret;
    for secret in [&b"SECRETOFURL"[..], b"SECRETOFHOOK", b"speaker_in_question", &[7; 32]] {
        assert_eq!(holds(folder.path(), secret), Vec::<PathBuf>::new());
    }
    drop(apps);
    // The key that it signs with is the same: that of a file with the same key in plain text.
    let plain = tempfile::tempdir().unwrap();
    let connection = rusqlite::Connection::open(plain.path().join("server.db")).unwrap();
    connection.execute_batch(include_str!("version_2.sql")).unwrap();
    drop(connection);
    let unencrypted = Apps::open_with(plain.path(), &Registry::options().encrypted(false)).unwrap();
    assert_eq!(unencrypted.development().unwrap().client_secret, secret);
    assert!(!holds(plain.path(), b"SECRETOFURL").is_empty());
}

#[tokio::test]
async fn a_changed_value_is_an_error_and_no_other_job_is_held_up() {
    let server = private().await;
    let caller = server.caller().await;
    let submit = async |name: &str| {
        let body =
            json!({ "contentUri": format!("http://127.0.0.1:9/{name}"), "encoding": "Mpeg", "languageCode": "en-US" });
        let (status, job) = caller.post("/ai/audio/v1/async/speaker-diarize?webhook=http://127.0.0.1:9/x", &body).await;
        assert_eq!(status, 202, "{job}");
        job["jobId"].as_str().unwrap().to_owned()
    };
    let (first, second) = (submit("a").await, submit("b").await);
    let done = async |id: &str| loop {
        let (status, job) = caller.get(&format!("/ai/status/v1/jobs/{id}")).await;
        if status != 200 || job["status"] != "InProgress" {
            return (status, job);
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    };
    done(&first).await;
    done(&second).await;
    let connection = rusqlite::Connection::open(server.folder.path().join("server.db")).unwrap();
    let changed = connection
        .execute("UPDATE job SET response = (SELECT response FROM job WHERE id = ?2) WHERE id = ?1", [&first, &second])
        .unwrap();
    assert_eq!(changed, 1);
    let (status, body) = done(&first).await;
    assert!(status.is_server_error(), "{status} {body}");
    assert_eq!(done(&second).await.0, 200);
}

#[tokio::test]
async fn a_server_takes_its_key_from_where_its_registries_do() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = ServerOptions::new(folder.path().join("data"));
    options.listen.set_port(0);
    options.registry = with_key(&folder.path().join("key"));
    drop(Server::bind(options.clone()).await.unwrap());
    assert!(folder.path().join("key").exists());
    options.registry = with_key(&folder.path().join("other"));
    assert_eq!(Server::bind(options).await.err().unwrap().code(), "key_missing");
}

//! Files that are taken away, emptied or set back: noticed before anything is acknowledged.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};
use voiceroll::server::{Server, ServerOptions};

use crate::running::{Caller, ROLL, Running, answer, recording};

fn roll(server: &Running) -> PathBuf {
    server.folder.path().join("accounts/main/voices.db")
}

fn beside(store: &Path, ending: &str) -> PathBuf {
    format!("{}{ending}", store.display()).into()
}

async fn try_enroll(caller: &Caller<'_>, id: &str) -> (u16, Value) {
    let mut body = recording("ada-3.webm");
    body["speakerId"] = json!(id);
    let (status, said) = caller.post(ROLL, &body).await;
    (status.as_u16(), said)
}

async fn is_ready(server: &Running) -> bool {
    let (status, said) = answer(server.client.get(format!("{}/ready", server.url))).await;
    assert!(status == 200 || status == 503, "{said}");
    status == 200
}

/// Starts another server on a copy of the folder.
async fn restart(server: &Running, change: impl FnOnce(&Path, &mut ServerOptions)) -> Result<(), voiceroll::Error> {
    let copy = tempfile::tempdir().unwrap();
    let status =
        std::process::Command::new("cp").arg("-a").arg(server.folder.path().join(".")).arg(copy.path()).status();
    assert!(status.unwrap().success());
    let mut options = ServerOptions::new(copy.path());
    options.listen.set_port(0);
    change(copy.path(), &mut options);
    Server::bind(options).await.map(drop)
}

#[tokio::test]
async fn a_store_that_is_removed_while_it_is_open_acknowledges_nothing() {
    for endings in [&["", "-wal", "-shm"][..], &[""], &["-wal"], &["-shm"], &["-wal", "-shm"]] {
        let server = Running::new().await;
        let caller = Arc::new(server.caller().await);
        caller.enroll("before", "ada-3.webm").await;
        for ending in endings {
            std::fs::remove_file(beside(&roll(&server), ending)).unwrap();
        }
        let ids: Vec<String> = (0..6).map(|number| format!("s{number}")).collect();
        let answers = futures_util::future::join_all(ids.iter().map(|id| try_enroll(&caller, id))).await;
        for (status, said) in answers {
            assert_eq!((status, &said["voiceroll"]["code"]), (503, &json!("store_missing")), "{endings:?}: {said}");
            assert!(!said["message"].as_str().unwrap().contains("defect"), "{said}");
        }
        assert_eq!(caller.get(&format!("{ROLL}/before")).await.0, 503);
        assert_eq!(caller.delete("before").await.0, 503);
        assert!(!is_ready(&server).await, "{endings:?}");
        // What was acknowledged is there after a restart, or the server does not start.
        let started = restart(&server, |_, _| {}).await;
        assert_eq!(started.is_err(), endings.contains(&""), "{endings:?}");
    }
}

#[tokio::test]
async fn a_store_that_is_put_back_is_used_again() {
    let server = Running::new().await;
    let caller = server.caller().await;
    caller.enroll("before", "ada-3.webm").await;
    let aside = server.folder.path().join("aside");
    std::fs::rename(server.folder.path().join("accounts/main"), &aside).unwrap();
    assert_eq!(try_enroll(&caller, "lost").await.0, 503);
    std::fs::rename(&aside, server.folder.path().join("accounts/main")).unwrap();
    assert_eq!(caller.get(&format!("{ROLL}/before")).await.0, 200);
    assert_eq!(try_enroll(&caller, "after").await.0, 201);
}

#[tokio::test]
async fn a_store_that_was_replaced_emptied_or_set_back_is_not_taken_for_the_roll() {
    let server = Running::new().await;
    let caller = server.caller().await;
    caller.enroll("one", "ada-3.webm").await;
    let backup = tempfile::tempdir().unwrap();
    let copy = |from: &Path, to: &Path| {
        for ending in ["", "-wal"] {
            std::fs::copy(beside(from, ending), beside(to, ending)).unwrap();
        }
    };
    let old = backup.path().join("old.db");
    copy(&roll(&server), &old);
    caller.enroll("two", "ada-3.webm").await;

    let refused = |error: Result<(), voiceroll::Error>| {
        let error = error.unwrap_err();
        assert_eq!(error.code(), "store_missing", "{error}");
        assert!(error.to_string().contains("accounts/main"), "{error}");
    };
    restart(&server, |_, _| {}).await.unwrap();
    refused(
        restart(&server, |folder, _| std::fs::remove_file(folder.join("accounts/main/voices.db-wal")).unwrap()).await,
    );
    refused(restart(&server, |folder, _| std::fs::write(folder.join("accounts/main/voices.db"), "").unwrap()).await);
    refused(restart(&server, |folder, _| std::fs::remove_dir_all(folder.join("accounts/main")).unwrap()).await);
    refused(restart(&server, |folder, _| copy(&old, &folder.join("accounts/main/voices.db"))).await);
    // That is what the operator wants, now and then.
    let accepted = restart(&server, |folder, options| {
        copy(&old, &folder.join("accounts/main/voices.db"));
        options.accepted_rolls = vec!["main".to_owned()];
    });
    accepted.await.unwrap();
    // An account is deleted as the documentation says.
    let deleted = restart(&server, |folder, _| {
        voiceroll::server::Apps::open(folder).unwrap().remove(&server.app.client_id).unwrap();
        std::fs::remove_dir_all(folder.join("accounts/main")).unwrap();
    });
    deleted.await.unwrap();
    // The server's own file knows which rolls there are.
    let error =
        restart(&server, |folder, _| std::fs::remove_file(folder.join("server.db")).unwrap()).await.unwrap_err();
    assert!(error.code() == "store_missing" && error.to_string().contains("server.db"), "{error}");

    // The same under a server that runs: another store in its place.
    let other = Running::new().await;
    other.caller().await.enroll("ada", "ada-3.webm").await;
    for ending in ["", "-wal", "-shm"] {
        std::fs::rename(beside(&roll(&other), ending), beside(&roll(&server), ending)).unwrap();
    }
    assert_eq!(try_enroll(&caller, "three").await.0, 503);
    assert_eq!(caller.get(&format!("{ROLL}/ada")).await.0, 503);
    assert!(!is_ready(&server).await);
}

#[tokio::test]
async fn what_is_wrong_with_a_store_is_named_and_the_server_is_not_ready() {
    let server = Running::new().await;
    let caller = server.caller().await;
    caller.enroll("one", "ada-3.webm").await;
    assert!(is_ready(&server).await);
    let apart = server.add("apart", "1");
    let apart = server.caller_of(&apart).await;
    let path = server.folder.path().join("accounts/apart");
    std::fs::create_dir_all(&path).unwrap();
    std::fs::write(path.join("voices.db"), "this is something else, and long enough to be looked into").unwrap();
    let (status, said) = try_enroll(&apart, "ada").await;
    assert_eq!((status, &said["voiceroll"]["code"]), (503, &json!("store_damaged")), "{said}");
    assert_eq!(said["errorCode"], "CMN-201");
    assert_eq!(try_enroll(&caller, "two").await.0, 201, "another account's");
}

#[tokio::test]
async fn the_servers_own_file_is_watched_too() {
    let server = Running::with(|options| options.allow_private = true).await;
    let caller = server.caller().await;
    caller.enroll("one", "ada-3.webm").await;
    std::fs::remove_file(server.folder.path().join("server.db")).unwrap();
    let body = json!({ "encoding": "Mpeg", "languageCode": "en", "contentUri": "http://127.0.0.1:9/a.mp3" });
    let (status, said) = caller.post("/ai/audio/v1/async/speaker-diarize?poll=true", &body).await;
    assert_eq!((status.as_u16(), &said["voiceroll"]["code"]), (503, &json!("store_missing")), "{said}");
    let jwt = [("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", server.app.jwt.as_str())];
    let (status, said) = server.token_request(&server.app, &jwt).await;
    assert_eq!((status.as_u16(), &said["error"]), (503, &json!("server_error")), "{said}");
    assert!(!is_ready(&server).await);
}

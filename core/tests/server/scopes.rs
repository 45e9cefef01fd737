//! What an app may do, and for how long.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use voiceroll::Registry;
use voiceroll::server::{Apps, Scope};

use crate::running::{ROLL, Running, answer, recording};

const JWT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

fn apps(server: &Running) -> Apps {
    Apps::open(server.folder.path()).unwrap()
}

#[tokio::test]
async fn an_app_does_what_its_scopes_allow_and_nothing_else() {
    let server = Running::new().await;
    server.caller().await.enroll("ada", "ada-1.mp3").await;
    let kiosk = server.add("main", "1");
    apps(&server).limit(&kiosk.client_id, &[Scope::Recognise]).unwrap();
    let caller = server.caller_of(&kiosk).await;

    let mut body = recording("ada-2.m4a");
    body["speakerId"] = json!("ada");
    let (status, found) = caller.post("/ai/audio/v1/speaker-verify", &body).await;
    assert_eq!((status.as_u16(), &found["voiceroll"]["decision"]), (200, &json!("match")));
    for (method, path) in [
        (Method::GET, ROLL.to_owned()),
        (Method::GET, format!("{ROLL}/ada")),
        (Method::DELETE, format!("{ROLL}/ada")),
        (Method::POST, ROLL.to_owned()),
    ] {
        let (status, refused) = answer(caller.request(method.clone(), &path).json(&body)).await;
        assert_eq!((status.as_u16(), &refused["errorCode"]), (403, &json!("CMN-401")), "{method} {path}");
        assert!(refused["message"].as_str().unwrap().contains("lacks the scope"), "{refused}");
    }
    assert_eq!(server.caller().await.get(&format!("{ROLL}/ada")).await.0, 200, "nothing was deleted");
}

#[tokio::test]
async fn a_login_for_one_time_is_accepted_once() {
    let server = Running::new().await;
    let once = apps(&server).login(&server.app.client_id, "1200", Some(1), true).unwrap();
    let fields = [("grant_type", JWT), ("assertion", once.as_str())];
    assert_eq!(server.token_request(&server.app, &fields).await.0, 200);
    let (status, body) = server.token_request(&server.app, &fields).await;
    assert_eq!((status.as_u16(), &body["errorCode"]), (400, &json!("OAU-149")));
    // The usual one is good as before.
    server.log_in(&server.app).await;
    server.log_in(&server.app).await;
    assert_eq!(apps(&server).login("nobody", "1", None, true).unwrap_err().code(), "invalid_option");
}

#[tokio::test]
async fn a_secret_is_replaced_while_programs_with_the_old_one_go_on() {
    let server = Running::new().await;
    let before = server.caller().await;
    let new = apps(&server).rotate(&server.app.client_id, None, Duration::from_secs(3600)).unwrap();
    assert_ne!(new.client_secret, server.app.client_secret);
    server.log_in(&server.app).await;
    server.log_in(&new).await;
    assert_eq!(before.get(ROLL).await.0, 200);
    let newest = apps(&server).rotate(&server.app.client_id, None, Duration::ZERO).unwrap();
    let fields =
        |app: &voiceroll::server::Credentials| [("grant_type", JWT.to_owned()), ("assertion", app.jwt.clone())];
    for old in [&server.app, &new] {
        let fields = fields(old);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert!(server.token_request(old, &fields).await.0.is_client_error());
    }
    server.log_in(&newest).await;
}

#[tokio::test]
async fn an_app_that_has_expired_is_refused_with_its_sessions() {
    let server = Running::new().await;
    apps(&server).expire(&server.app.client_id, Some(1)).unwrap();
    let fields = [("grant_type", JWT), ("assertion", server.app.jwt.as_str())];
    assert!(server.token_request(&server.app, &fields).await.0.is_client_error());
    apps(&server).expire(&server.app.client_id, None).unwrap();
    let caller = server.caller().await;
    apps(&server).expire(&server.app.client_id, Some(1)).unwrap();
    assert_eq!(caller.get(ROLL).await.0, 401);
}

#[tokio::test]
async fn the_audit_trail_names_the_app_and_every_login() {
    let audit = tempfile::tempdir().unwrap();
    let server = Running::with(|options| {
        options.registry = Registry::options().audit(audit.path()).actor("the server");
    })
    .await;
    server.caller().await.enroll("ada", "ada-1.mp3").await;
    let wrong = [("grant_type", JWT), ("assertion", "nothing")];
    assert_eq!(server.token_request(&server.app, &wrong).await.0, 400);

    let mut log_ins = Vec::new();
    let note = |entry: &voiceroll::AuditEntry| {
        log_ins.push((entry.actor.clone(), entry.outcome.clone()));
        Ok(())
    };
    let report = apps(&server).read_audit(audit.path(), note).unwrap();
    assert_eq!((report.entries, report.faults.len()), (2, 0));
    assert!(
        log_ins.iter().all(|(actor, _)| actor.starts_with(&format!("app {}, from 127.0.0.1", server.app.client_id)))
    );
    assert_eq!(
        log_ins.iter().map(|(_, how)| how.as_str()).collect::<Vec<_>>(),
        ["done", "wrong login or refresh token"]
    );

    let store = server.folder.path().join("accounts/main/voices.db");
    let registry = Registry::options().audit(audit.path().join("main")).existing().open(store).unwrap();
    let entries = registry.audit_entries().await.unwrap();
    let actor = format!("app {}, owner 1200, request ", server.app.client_id);
    assert!(!entries.is_empty() && entries.iter().all(|entry| entry.actor.starts_with(&actor)), "{entries:?}");
    assert_eq!(entries.last().unwrap().outcome, "done");

    // A login that the trail does not know is none.
    let file = audit.path().join("log-ins");
    std::fs::remove_dir_all(&file).unwrap();
    std::fs::write(&file, "").unwrap();
    let (status, body) =
        server.token_request(&server.app, &[("grant_type", JWT), ("assertion", &server.app.jwt)]).await;
    assert!(status.is_server_error() && body.get("access_token").is_none(), "{status} {body}");
}

#[tokio::test]
async fn scores_are_hidden_and_attempts_are_limited_where_the_operator_says_so() {
    let server = Running::with(|options| {
        options.registry = Registry::options().decisions_only(true).attempts_per_hour(2);
    })
    .await;
    let caller = server.caller().await;
    caller.enroll("ada", "ada-1.mp3").await;
    let mut body = recording("ada-2.m4a");
    body["speakerId"] = json!("ada");
    for _ in 0..2 {
        let (status, found) = caller.post("/ai/audio/v1/speaker-verify", &body).await;
        assert_eq!((status.as_u16(), &found["voiceroll"]["decision"]), (200, &json!("match")));
        for hidden in ["confidence", "llr", "score"] {
            assert!(found["voiceroll"][hidden].is_null(), "{hidden}: {found}");
        }
    }
    // Ids that nobody has are not counted, and so not remembered.
    body["speakerId"] = json!("nobody");
    for _ in 0..4 {
        assert_eq!(caller.post("/ai/audio/v1/speaker-verify", &body).await.1["errorCode"], "CAI-102");
    }
    body["speakerId"] = json!("ada");
    let (status, refused) = caller.post("/ai/audio/v1/speaker-verify", &body).await;
    assert_eq!((status.as_u16(), &refused["voiceroll"]["code"]), (429, &json!("rate_limited")), "{refused}");
}

#[tokio::test]
async fn a_speaker_may_be_called_like_an_endpoint() {
    let server = Running::new().await;
    let caller = server.caller().await;
    for id in ["export", "consent", "expiry"] {
        caller.enroll(id, "ada-1.mp3").await;
        assert_eq!(caller.get(&format!("{ROLL}/{id}")).await.0, 200, "{id}");
        assert_eq!(caller.delete(id).await.0, 204, "{id}");
    }
}

#[tokio::test]
async fn what_is_no_consent_or_expiry_is_said_and_changes_nothing() {
    let server = Running::new().await;
    let caller = server.caller().await;
    caller.enroll("ada", "ada-1.mp3").await;
    let own = "/voiceroll/v1/enrollments/ada";
    for body in [json!({}), json!([]), json!({ "reference": 5 }), json!("form 1")] {
        let (status, said) = caller.post(&format!("{own}/consent"), &body).await;
        assert_eq!(status, 400, "{body}: {said}");
        assert!(said["message"].as_str().unwrap().contains("`given_at`"), "{said}");
    }
    let expire = async |body: &serde_json::Value| {
        answer(caller.request(Method::PUT, &format!("{own}/expiry")).json(body)).await.0.as_u16()
    };
    assert_eq!(expire(&json!({ "at": 4_000_000_000u64 })).await, 204);
    for body in [json!({}), json!({ "att": null }), json!({ "at": "soon" }), json!({ "at": -1 }), json!([])] {
        assert_eq!(expire(&body).await, 400, "{body}");
    }
    let (_, state) = caller.get(&format!("{own}/consent")).await;
    assert_eq!((&state["expires_at"], &state["consents"]), (&json!(4_000_000_000u64), &json!([])));
    let mut body = recording("ada-2.m4a");
    body["speakerId"] = json!("ben");
    body["voiceroll"] = json!({ "consent": "form 1" });
    let (status, said) = caller.post(ROLL, &body).await;
    assert_eq!((status.as_u16(), &said["parameterName"]), (400, &json!("voiceroll")), "{said}");
}

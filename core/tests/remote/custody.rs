//! Consent, expiry and export of a registry on a server.

use voiceroll::{ConsentRecord, Decision, Purpose, Registry, blocking};

use crate::Store;
use crate::common::{clip, id};

const PAST: u64 = 1_700_000_000;

fn record(reference: &str) -> ConsentRecord {
    ConsentRecord::new(reference, PAST, "1", "We keep your voice.").purpose(Purpose::Verification)
}

#[test]
fn a_server_that_requires_consent_enrolls_and_recognises_with_a_record_alone() {
    let store = Store::with(|options| options.registry = Registry::options().require_consent(true));
    let registry = &store.registry;
    assert_eq!(registry.enroll(&id("ada"), clip("ada-1.mp3")).unwrap_err().code(), "consent_missing");
    registry.with_consent(record("form 1")).enroll(&id("ada"), clip("ada-1.mp3")).unwrap();
    assert_eq!(registry.verify(&id("ada"), &clip("ada-2.m4a")).unwrap().decision, Decision::Match);
    registry.record_consent(&id("ada"), record("form 2")).unwrap();
    let state = registry.consent(&id("ada")).unwrap();
    assert!(state.valid);
    assert_eq!(state.consents, [record("form 1"), record("form 2")]);

    registry.withdraw_consent(&id("ada")).unwrap();
    assert_eq!(registry.get(&id("ada")).unwrap_err().code(), "speaker_not_found");
    assert_eq!(registry.consent(&id("ada")).unwrap().withdrawals.len(), 1);
    let wrong = ConsentRecord::new(" ", PAST, "1", "");
    assert_eq!(
        registry.with_consent(wrong).enroll(&id("ben"), clip("ada-1.mp3")).unwrap_err().code(),
        "invalid_option"
    );
}

#[test]
fn a_speaker_expires_on_a_server_too() {
    let store = Store::new();
    let registry = &store.registry;
    registry.enroll(&id("ada"), clip("ada-1.mp3")).unwrap();
    registry.expire(&id("ada"), Some(PAST)).unwrap();
    assert_eq!(registry.verify(&id("ada"), &clip("ada-2.m4a")).unwrap_err().code(), "speaker_expired");
    assert_eq!(registry.consent(&id("ada")).unwrap().expires_at, Some(PAST));
    registry.expire(&id("ada"), None).unwrap();
    assert_eq!(registry.verify(&id("ada"), &clip("ada-2.m4a")).unwrap().decision, Decision::Match);
    assert_eq!(registry.expire(&id("nobody"), None).unwrap_err().code(), "speaker_not_found");
}

#[test]
fn only_an_app_for_operators_exports() {
    let store = Store::new();
    let registry = &store.registry;
    registry.enroll(&id("ada"), clip("ada-1.mp3")).unwrap();
    let refused = registry.export_speaker(&id("ada"), true).unwrap_err();
    assert!(refused.to_string().contains("scope `admin`"), "{refused}");

    let apps = voiceroll::server::Apps::open(store.folder.path()).unwrap();
    let operator = apps.add("main", "1").unwrap();
    apps.limit(&operator.client_id, &[voiceroll::server::Scope::Admin, voiceroll::server::Scope::Read]).unwrap();
    let registry = blocking::Registry::from(Registry::connect(&store.folder.url, operator).unwrap());
    let export = registry.export_speaker(&id("ada"), true).unwrap();
    assert_eq!((export.enrollment.recordings.len(), export.voiceprints.map(|all| all.len())), (1, Some(1)));
    assert!(registry.export_speaker(&id("ada"), false).unwrap().voiceprints.is_none());
    assert_eq!(registry.export_speaker(&id("nobody"), false).unwrap_err().code(), "speaker_not_found");
    let export = registry.export_speaker(&id("ada"), true).unwrap();
    let moved = blocking::Registry::open(store.folder.path().join("moved.db")).unwrap();
    moved.import_speaker(&export).unwrap();
    assert_eq!(moved.verify(&id("ada"), &clip("ada-2.m4a")).unwrap().decision, Decision::Match);
}

#[test]
fn a_server_without_these_endpoints_is_said_to_lack_them() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let log_in = || async {
        let token = r#"{"access_token": "a", "token_type": "bearer", "expires_in": 3600, "scope": "AI"}"#;
        ([("content-type", "application/json")], token)
    };
    let router = axum::Router::new().route("/restapi/oauth/token", axum::routing::post(log_in));
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    runtime.spawn(async move { axum::serve(listener, router).await });
    let credentials = voiceroll::Credentials::new("app".to_owned(), "secret".to_owned(), "jwt".to_owned());
    let registry = blocking::Registry::from(Registry::connect(&url, credentials).unwrap());
    let ada = id("ada");
    let code = |error: voiceroll::Error| error.code();
    let asked = [
        registry.record_consent(&ada, record("form 1")).map_err(code),
        registry.consent(&ada).map(drop).map_err(code),
        registry.withdraw_consent(&ada).map_err(code),
        registry.expire(&ada, None).map_err(code),
        registry.export_speaker(&ada, false).map(drop).map_err(code),
    ];
    assert_eq!(asked, [Err("not_supported"); 5]);
}

//! The committed description is the one that the code makes.

use crate::running::Running;

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");

#[tokio::test]
async fn the_committed_description_is_the_one_that_is_served() {
    let made = voiceroll::server::openapi();
    if std::env::var_os("VOICEROLL_WRITE").is_some() {
        std::fs::write(COMMITTED, &made).unwrap();
    }
    let committed = std::fs::read_to_string(COMMITTED).unwrap();
    assert!(committed == made, "docs/openapi.json is out of date: run this test with VOICEROLL_WRITE=1");
    let server = Running::new().await;
    let served: serde_json::Value =
        server.client.get(format!("{}/openapi.json", server.url)).send().await.unwrap().json().await.unwrap();
    assert_eq!(served, serde_json::from_str::<serde_json::Value>(&made).unwrap());
    assert_eq!(served["openapi"], "3.1.0");
}

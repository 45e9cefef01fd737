//! The committed description is the one that the code makes.

use crate::running::Running;

#[tokio::test]
async fn the_committed_descriptions_are_the_ones_that_are_served() {
    let server = Running::new().await;
    for (name, made, version) in
        [("openapi", voiceroll::server::openapi(), "3.1.0"), ("asyncapi", voiceroll::server::asyncapi(), "3.0.0")]
    {
        let file = format!("{}/../docs/{name}.json", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("VOICEROLL_WRITE").is_some() {
            std::fs::write(&file, &made).unwrap();
        }
        let committed = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(committed == made, "docs/{name}.json is out of date: run this test with VOICEROLL_WRITE=1");
        let served: serde_json::Value =
            server.client.get(format!("{}/{name}.json", server.url)).send().await.unwrap().json().await.unwrap();
        assert_eq!(served, serde_json::from_str::<serde_json::Value>(&made).unwrap());
        assert_eq!(served[name], version);
    }
}

/// Every reference of the description of live sessions leads somewhere.
#[test]
fn references_lead_somewhere() {
    fn follow(value: &serde_json::Value, document: &serde_json::Value) {
        if let Some(to) = value.get("$ref").and_then(serde_json::Value::as_str) {
            assert!(document.pointer(to.trim_start_matches('#')).is_some(), "{to}");
        }
        match value {
            serde_json::Value::Object(all) => all.values().for_each(|value| follow(value, document)),
            serde_json::Value::Array(all) => all.iter().for_each(|value| follow(value, document)),
            _ => {}
        }
    }
    let document: serde_json::Value = serde_json::from_str(&voiceroll::server::asyncapi()).unwrap();
    follow(&document, &document);
}

//! Logging in, refreshing, revoking, and being refused.

use reqwest::StatusCode;
use serde_json::Value;

use crate::running::{ROLL, Running, answer};

async fn works(server: &Running, token: &Value) -> StatusCode {
    let request = server.client.get(format!("{}{ROLL}", server.url)).bearer_auth(token.as_str().unwrap());
    answer(request).await.0
}

#[tokio::test]
async fn a_login_gives_the_documented_members() {
    let server = Running::new().await;
    let body = server.log_in(&server.app).await;
    assert_eq!((body["token_type"].as_str(), body["owner_id"].as_str()), (Some("bearer"), Some("1200")));
    assert_eq!((body["expires_in"].as_u64(), body["refresh_token_expires_in"].as_u64()), (Some(3600), Some(604_800)));
    for member in ["access_token", "refresh_token", "scope", "session_id", "endpoint_id"] {
        assert!(!body[member].as_str().unwrap().is_empty(), "{member}");
    }
    assert_eq!(works(&server, &body["access_token"]).await, 200);
}

#[tokio::test]
async fn a_refresh_replaces_both_tokens_and_a_lost_answer_costs_nothing() {
    let server = Running::new().await;
    let first = server.log_in(&server.app).await;
    let refresh = |token: Value| {
        let app = server.app.clone();
        let server = &server;
        async move {
            let fields = [
                ("grant_type", "refresh_token"),
                ("refresh_token", token.as_str().unwrap()),
                ("access_token_ttl", "-1"),
            ];
            server.token_request(&app, &fields).await
        }
    };
    let (status, second) = refresh(first["refresh_token"].clone()).await;
    assert_eq!((status.as_u16(), second["expires_in"].as_u64()), (200, Some(3600)));
    assert_eq!(second["session_id"], first["session_id"]);
    assert_eq!(works(&server, &first["access_token"]).await, 401, "the old token ends at once");
    let (status, third) = refresh(first["refresh_token"].clone()).await;
    assert_eq!(status, 200, "the answer to the first refresh may have been lost");
    assert_eq!(works(&server, &second["access_token"]).await, 401);
    assert_eq!(works(&server, &third["access_token"]).await, 200);
    let (status, body) = refresh(second["refresh_token"].clone()).await;
    assert_eq!((status.as_u16(), body["error"].as_str()), (400, Some("invalid_grant")));
}

#[tokio::test]
async fn revoking_either_token_ends_the_session() {
    let server = Running::new().await;
    for member in ["access_token", "refresh_token"] {
        let session = server.log_in(&server.app).await;
        let request = server.client.post(format!("{}/restapi/oauth/revoke", server.url));
        let request = request.basic_auth(&server.app.client_id, Some(&server.app.client_secret));
        let token = session[member].as_str().unwrap();
        assert_eq!(answer(request.form(&[("token", token)])).await.0, 200);
        assert_eq!(works(&server, &session["access_token"]).await, 401);
        let fields = [("grant_type", "refresh_token"), ("refresh_token", session["refresh_token"].as_str().unwrap())];
        assert_eq!(server.token_request(&server.app, &fields).await.0, 400);
    }
}

#[tokio::test]
async fn nobody_gets_in_without_an_app_of_this_server() {
    let server = Running::new().await;
    let other = Running::new().await;
    let jwt = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    let mut wrong = server.app.clone();
    wrong.client_secret.push('x');
    let fields = [("grant_type", jwt), ("assertion", server.app.jwt.as_str())];
    let (status, body) = server.token_request(&wrong, &fields).await;
    assert_eq!((status.as_u16(), body["error"].as_str()), (400, Some("invalid_client")));
    assert_eq!(body["errors"][0]["errorCode"], "OAU-153");
    let foreign = [("grant_type", jwt), ("assertion", other.app.jwt.as_str())];
    let (status, body) = server.token_request(&server.app, &foreign).await;
    assert_eq!((status.as_u16(), body["error"].as_str()), (400, Some("invalid_grant")));
    let neighbour = server.add("other", "7");
    let borrowed = [("grant_type", jwt), ("assertion", neighbour.jwt.as_str())];
    assert_eq!(server.token_request(&server.app, &borrowed).await.0, 400, "a login belongs to one app");
    let (_, body) = server.token_request(&server.app, &[("grant_type", "password")]).await;
    assert_eq!(body["error"], "unsupported_grant_type");

    let nobody = server.client.post(format!("{}/restapi/oauth/token", server.url)).form(&fields);
    let (status, body) = answer(nobody).await;
    assert_eq!((status.as_u16(), body["errors"][0]["errorCode"].as_str()), (401, Some("OAU-123")));
    for header in ["", "Bearer x", "Basic x", "Bearer"] {
        let request = server.client.get(format!("{}{ROLL}", server.url)).header("authorization", header);
        let (status, body) = answer(request).await;
        assert_eq!(status, 401, "{header}");
        assert!(body["errorCode"].as_str().unwrap().starts_with("OAU-"));
    }
}

#[tokio::test]
async fn the_secrets_of_an_app_stand_nowhere_in_the_folder() {
    let server = Running::new().await;
    let session = server.log_in(&server.app).await;
    let secrets = [&server.app.client_secret, &server.app.jwt];
    let tokens = ["access_token", "refresh_token"].map(|member| session[member].as_str().unwrap().to_owned());
    for entry in std::fs::read_dir(server.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            for secret in secrets.into_iter().chain(&tokens) {
                assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{}", path.display());
            }
        }
    }
    assert!(!format!("{:?}", server.app).contains(&server.app.client_secret));
}

#[tokio::test]
async fn a_removed_app_cannot_log_in() {
    let server = Running::new().await;
    let apps = voiceroll::server::Apps::open(server.folder.path()).unwrap();
    let listed = apps.list().unwrap();
    assert_eq!((listed.len(), listed[0].logins), (1, 1));
    assert_eq!((&listed[0].client_id, listed[0].account.as_str()), (&server.app.client_id, "main"));
    apps.remove(&server.app.client_id).unwrap();
    assert_eq!(apps.remove(&server.app.client_id).unwrap_err().code(), "invalid_option");
    let fields =
        [("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", server.app.jwt.as_str())];
    assert_eq!(server.token_request(&server.app, &fields).await.0, 400);
}

#[tokio::test]
async fn a_limited_caller_is_told_so_and_how_long_to_wait() {
    let server = Running::with(|options| options.rates = "heavy=2,auth=50".parse().unwrap()).await;
    let caller = server.caller().await;
    let ask = || caller.request(reqwest::Method::GET, ROLL).send();
    let first = ask().await.unwrap();
    let header = |response: &reqwest::Response, name: &str| {
        response.headers().get(name).map(|value| value.to_str().unwrap().to_owned())
    };
    assert_eq!(header(&first, "x-rate-limit-group").as_deref(), Some("heavy"));
    assert_eq!(header(&first, "x-rate-limit-limit").as_deref(), Some("2"));
    assert_eq!(header(&first, "x-rate-limit-remaining").as_deref(), Some("1"));
    assert_eq!(header(&first, "x-rate-limit-window").as_deref(), Some("60"));
    ask().await.unwrap();
    let third = ask().await.unwrap();
    assert_eq!((third.status().as_u16(), header(&third, "retry-after").as_deref()), (429, Some("60")));
    let body: Value = third.json().await.unwrap();
    assert_eq!(body["errorCode"], "CMN-301");
}

#[test]
fn a_folder_that_is_opened_by_many_at_once_is_made_once() {
    let folder = tempfile::tempdir().unwrap();
    let open = || voiceroll::server::Apps::open(folder.path()).unwrap().development().unwrap().client_secret;
    let secrets: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(secrets.iter().all(|secret| *secret == secrets[0]));
}

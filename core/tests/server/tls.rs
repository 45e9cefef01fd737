//! HTTPS of the server's own.

use std::path::Path;
use std::time::Duration;

use voiceroll::server::{Certificate, Server, ServerOptions};

use crate::running::Running;

/// Writes a certificate of its own authority and its key; the certificate in PEM form.
fn issue(folder: &Path) -> String {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
    std::fs::write(folder.join("chain.pem"), made.cert.pem()).unwrap();
    made.cert.pem()
}

fn certificate(folder: &Path) -> Certificate {
    Certificate { chain: folder.join("chain.pem"), key: folder.join("key.pem") }
}

/// What somebody is answered who trusts this certificate alone.
async fn health(server: &Running, trusted: &str) -> Option<u16> {
    voiceroll::server::choose_tls();
    let root = reqwest::Certificate::from_pem(trusted.as_bytes()).unwrap();
    let client = reqwest::Client::builder().tls_certs_only([root]).build().unwrap();
    let port = server.url.rsplit_once(':').unwrap().1;
    let answer = client.get(format!("https://localhost:{port}/health")).send().await;
    answer.ok().map(|answer| answer.status().as_u16())
}

#[tokio::test]
async fn a_certificate_is_served_and_a_renewed_one_takes_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let first = issue(folder.path());
    let server = Running::with(|options| options.certificate = Some(certificate(folder.path()))).await;
    assert_eq!(health(&server, &first).await, Some(200));
    // Neither plain HTTP nor a client that stays silent gets an answer, and neither holds up others.
    assert!(server.client.get(format!("{}/health", server.url)).send().await.is_err());
    let silent = tokio::net::TcpStream::connect(server.url.strip_prefix("http://").unwrap()).await.unwrap();
    assert_eq!(health(&server, &first).await, Some(200));
    drop(silent);

    let second = issue(folder.path());
    assert_eq!(health(&server, &second).await, None, "it is looked for after a while");
    for _ in 0..300 {
        if health(&server, &second).await == Some(200) {
            assert_eq!(health(&server, &first).await, None);
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the new certificate was not used");
}

#[tokio::test]
async fn what_is_no_certificate_is_said_before_the_server_starts() {
    let folder = tempfile::tempdir().unwrap();
    issue(folder.path());
    let other = tempfile::tempdir().unwrap();
    issue(other.path());
    let bind = async |certificate: Certificate| {
        let data = tempfile::tempdir().unwrap();
        let mut options = ServerOptions::new(data.path());
        options.listen.set_port(0);
        options.certificate = Some(certificate);
        let error = Server::bind(options).await.err().unwrap();
        assert_eq!(error.code(), "invalid_option");
        error.to_string()
    };
    let right = certificate(folder.path());
    let missing = bind(Certificate { chain: folder.path().join("none.pem"), ..right.clone() }).await;
    assert!(missing.contains("none.pem") && missing.contains("cannot be read"), "{missing}");
    let swapped = bind(Certificate { chain: right.key.clone(), key: right.chain.clone() }).await;
    assert!(swapped.contains("PEM") || swapped.contains("cannot be used"), "{swapped}");
    let unlike = bind(Certificate { chain: other.path().join("chain.pem"), ..right }).await;
    assert!(unlike.contains("cannot be used together"), "{unlike}");
}

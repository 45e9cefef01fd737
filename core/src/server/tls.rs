//! TLS of the server's own. The certificate and its key are read again where their files were changed, so that they can be
//! renewed while the server runs.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

use crate::types::error::{Code, Error, Result};

/// The files are looked at so often at most.
const LOOK: Duration = Duration::from_secs(10);

/// A certificate chain and its private key, as PEM files.
#[derive(Clone)]
pub struct Certificate {
    /// The chain, the server's own certificate first.
    pub chain: PathBuf,
    /// The private key: PKCS #8, PKCS #1 or SEC 1.
    pub key: PathBuf,
}

/// What connections are encrypted with at present.
pub(super) struct Tls {
    certificate: Certificate,
    now: Mutex<Now>,
}

struct Now {
    acceptor: TlsAcceptor,
    files: [Option<SystemTime>; 2],
    looked: Instant,
}

impl Tls {
    pub(super) fn new(certificate: Certificate) -> Result<Self> {
        let files = changed(&certificate);
        let now = Now { acceptor: acceptor(&certificate)?, files, looked: Instant::now() };
        Ok(Self { certificate, now: Mutex::new(now) })
    }

    /// For the next connection.
    pub(super) fn acceptor(&self) -> TlsAcceptor {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        if now.looked.elapsed() >= LOOK {
            now.looked = Instant::now();
            let files = changed(&self.certificate);
            if files != now.files {
                match acceptor(&self.certificate) {
                    Ok(acceptor) => {
                        tracing::info!("the TLS certificate was read again");
                        (now.acceptor, now.files) = (acceptor, files);
                    }
                    // They may have been caught between two writes.
                    Err(error) => tracing::error!("the new TLS certificate is not used yet: {error}"),
                }
            }
        }
        now.acceptor.clone()
    }
}

/// When the files were written.
fn changed(certificate: &Certificate) -> [Option<SystemTime>; 2] {
    [&certificate.chain, &certificate.key].map(|path| std::fs::metadata(path).ok()?.modified().ok())
}

fn acceptor(certificate: &Certificate) -> Result<TlsAcceptor> {
    let chain = CertificateDer::pem_file_iter(&certificate.chain)
        .and_then(Iterator::collect::<std::result::Result<Vec<_>, _>>)
        .map_err(|fault| unusable("certificate", &certificate.chain, &fault))?;
    let key = PrivateKeyDer::from_pem_file(&certificate.key)
        .map_err(|fault| unusable("private key", &certificate.key, &fault))?;
    let builder = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions();
    let config = builder.and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key));
    let mut config = config.map_err(|fault| {
        Error::new(Code::InvalidOption, "the TLS certificate and its private key cannot be used together; check both")
            .because(fault.to_string())
    })?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// Without what stands in the file.
fn unusable(what: &str, path: &Path, fault: &rustls::pki_types::pem::Error) -> Error {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let why = match fault {
        rustls::pki_types::pem::Error::Io(fault) => format!("cannot be read ({})", fault.kind()),
        _ => "has none in PEM form".to_owned(),
    };
    Error::new(Code::InvalidOption, format!("the file {name} for the TLS {what} {why}; check the path and the file"))
}

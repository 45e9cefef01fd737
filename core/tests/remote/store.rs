//! A registry on a server of a test's own.
#![allow(dead_code, reason = "every test program uses its own part of this")]

use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use voiceroll::Credentials;
use voiceroll::blocking::Registry;
use voiceroll::server::{Apps, Server, ServerOptions};

/// A registry on a server of its own, both gone when it is dropped.
pub(crate) struct Store {
    pub(crate) registry: Registry,
    pub(crate) folder: Running,
}

pub(crate) struct Running {
    pub(crate) url: String,
    pub(crate) credentials: Credentials,
    _stop: oneshot::Sender<()>,
    pub(crate) runtime: Runtime,
    folder: tempfile::TempDir,
}

impl Running {
    pub(crate) fn path(&self) -> &std::path::Path {
        self.folder.path()
    }
}

impl Store {
    pub(crate) fn new() -> Self {
        Self::with(|_| {})
    }

    pub(crate) fn with(change: impl FnOnce(&mut ServerOptions)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let credentials = Apps::open(folder.path()).unwrap().add("main", "1200").unwrap();
        let runtime = Runtime::new().unwrap();
        let mut options = ServerOptions::new(folder.path());
        options.listen.set_port(0);
        change(&mut options);
        let server = runtime.block_on(Server::bind(options)).unwrap();
        let url = format!("http://{}", server.address());
        let (stop, stopped) = oneshot::channel::<()>();
        runtime.spawn(server.run(async move {
            let _ = stopped.await;
        }));
        let registry = voiceroll::Registry::connect(&url, credentials.clone()).unwrap();
        let folder = Running { url, credentials, _stop: stop, runtime, folder };
        Self { registry: registry.into(), folder }
    }

    /// Another registry on the same server.
    pub(crate) fn connect(&self) -> voiceroll::Registry {
        voiceroll::Registry::connect(&self.folder.url, self.folder.credentials.clone()).unwrap()
    }
}

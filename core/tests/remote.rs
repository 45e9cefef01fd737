//! The behaviour of a registry, where it is kept on a server: the same tests, over a socket.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod behaviour;
mod common;

use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use voiceroll::blocking::Registry;
use voiceroll::server::{Apps, Server, ServerOptions};

/// A registry on a server of its own, both gone when it is dropped.
pub(crate) struct Store {
    pub(crate) registry: Registry,
    pub(crate) folder: Running,
}

pub(crate) struct Running {
    _stop: oneshot::Sender<()>,
    _runtime: Runtime,
    _folder: tempfile::TempDir,
}

impl Store {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let credentials = Apps::open(folder.path()).unwrap().add("main", "1200").unwrap();
        let runtime = Runtime::new().unwrap();
        let mut options = ServerOptions::new(folder.path());
        options.listen.set_port(0);
        let server = runtime.block_on(Server::bind(options)).unwrap();
        let url = format!("http://{}", server.address());
        let (stop, stopped) = oneshot::channel::<()>();
        runtime.spawn(server.run(async move {
            let _ = stopped.await;
        }));
        let registry = voiceroll::Registry::connect(&url, credentials).unwrap();
        let folder = Running { _stop: stop, _runtime: runtime, _folder: folder };
        Self { registry: registry.into(), folder }
    }
}

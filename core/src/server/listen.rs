//! Accepts connections, and checks requests before they are routed.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::header::{CONNECTION, HOST};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode, Uri, Version};
use axum::response::{IntoResponse, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tower::ServiceExt as _;

use super::fault::Fault;
use super::places::{Place, Places, network};
use super::tls::Tls;

/// A request's head must have come within this.
const HEAD: Duration = Duration::from_secs(15);
/// A connection that cannot be taken is logged so often at most.
const LOG_EVERY: Duration = Duration::from_secs(30);

/// Who sent a request: where from, and over which connection.
#[derive(Clone)]
pub(crate) struct Peer {
    pub(crate) address: std::net::IpAddr,
    pub(crate) place: Arc<Place>,
}

/// The connections that are open. hyper-util watches none that may become a WebSocket.
pub(crate) struct Open(watch::Sender<()>);

impl Open {
    /// Has each end after the request that it is doing, and waits for that.
    pub(crate) async fn shutdown(self) {
        self.0.send_replace(());
        self.0.closed().await;
    }
}

/// Takes connections until `stop` is ready. What is open then is still watched by what is returned.
pub(crate) async fn listen(
    listener: TcpListener,
    router: Router,
    places: Arc<Places>,
    tls: Option<Tls>,
    stop: impl Future<Output = ()>,
) -> Open {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD);
    let open = Open(watch::Sender::new(()));
    let mut stop = std::pin::pin!(stop);
    let mut logged: Option<Instant> = None;
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => return open,
        };
        match accepted {
            Ok((stream, from)) => {
                // Where even those who work for somebody take all places, a connection ends at once.
                let Some(place) = places.take(from.ip()) else { continue };
                let _ = stream.set_nodelay(true);
                let peer = Peer { address: network(from.ip()), place: Arc::new(place) };
                let (http, stop, router) = (http.clone(), open.0.subscribe(), router.clone());
                match tls.as_ref().map(Tls::acceptor) {
                    None => tokio::spawn(serve(http, stop, router, stream, peer)),
                    Some(tls) => tokio::spawn(async move {
                        // One who does not shake hands has as long as one who does not ask.
                        let place = Arc::clone(&peer.place);
                        let stream = tokio::select! {
                            stream = tokio::time::timeout(HEAD, tls.accept(stream)) => stream,
                            () = place.closed() => return,
                        };
                        if let Ok(Ok(stream)) = stream {
                            serve(http, stop, router, stream, peer).await;
                        }
                    }),
                };
            }
            // Out of descriptors, for one: they come back.
            Err(fault) => {
                if logged.is_none_or(|then| then.elapsed() > LOG_EVERY) {
                    tracing::warn!("a connection could not be taken: {}", fault.kind());
                    logged = Some(Instant::now());
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

async fn serve(
    http: http1::Builder,
    mut stop: watch::Receiver<()>,
    router: Router,
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: Peer,
) {
    let place = Arc::clone(&peer.place);
    let service = service_fn(move |request| answer(router.clone(), peer.clone(), request));
    let mut connection = std::pin::pin!(http.serve_connection(TokioIo::new(stream), service).with_upgrades());
    let mut stopping = false;
    loop {
        tokio::select! {
            // A connection that breaks is its client's affair.
            _ = connection.as_mut() => return,
            () = place.closed() => return,
            _ = stop.changed(), if !stopping => {
                stopping = true;
                connection.as_mut().graceful_shutdown();
            }
        }
    }
}

async fn answer(router: Router, peer: Peer, request: Request<Incoming>) -> Result<Response, Infallible> {
    if !names_one_host(request.version(), request.headers()) {
        let text = "a request names one host, in one Host header (RFC 9112, section 3.2)";
        let mut response = Fault::new(StatusCode::BAD_REQUEST, "CMN-104", text).into_response();
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        return Ok(response);
    }
    let place = Arc::clone(&peer.place);
    let mut request = tidied(request.map(Body::new));
    request.extensions_mut().insert(peer);
    let response = router.oneshot(request).await;
    place.wait();
    response
}

/// Whether a request says whom it is for, as HTTP/1.1 wants. Two readers of one with two could take it for two.
fn names_one_host(version: Version, headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (None, _) => version < Version::HTTP_11,
        (Some(host), None) => host
            .to_str()
            .ok()
            .and_then(|host| host.parse::<Authority>().ok())
            .is_some_and(|host| !host.as_str().contains('@')),
        _ => false,
    }
}

/// One slash for several at the start of a path, and none at its end: some SDKs join their server's address with a
/// path that has one already, and some programs end a path with one.
fn tidied(mut request: Request<Body>) -> Request<Body> {
    let path = request.uri().path();
    let tidy = path.trim_matches('/');
    if path.starts_with("//") || (path.ends_with('/') && path.len() > 1) {
        let text = match request.uri().query() {
            Some(query) => format!("/{tidy}?{query}"),
            None => format!("/{tidy}"),
        };
        if let Ok(uri) = text.parse::<Uri>() {
            *request.uri_mut() = uri;
        }
    }
    request
}

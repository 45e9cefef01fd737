//! Fetching from, and posting to, addresses that strangers name. The main risk is that they name one
//! inside the operator's network, so only public addresses are connected to unless a setting says
//! otherwise; each is checked where the connection is made, so no name can point elsewhere afterwards.

use std::error::Error as StdError;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode, Url};
use tokio::io::AsyncWriteExt;
use tokio::time::Instant;

use super::fault::Fault;
use crate::remote::choose_tls;
use crate::types::error::{Code, Error, Result};

const CONNECT: Duration = Duration::from_secs(10);
/// The longest silence of a sender.
const SILENCE: Duration = Duration::from_secs(30);
/// The longest that one recording may take.
const WHOLE: Duration = Duration::from_secs(600);
/// A receiver of callbacks must answer within this.
const ANSWER: Duration = Duration::from_secs(10);
const REDIRECTS: usize = 5;
/// A recording may take so long, and longer for as long as so many bytes come in a second: 64 kbit/s, the rate of
/// telephone speech. Whoever drips holds up a worker.
const PATIENCE: Duration = Duration::from_secs(20);
const SLOWEST: u64 = 8 << 10;

/// Talks to addresses that strangers name.
pub(crate) struct Outside {
    /// Fetches recordings, behind redirects too.
    fetching: Client,
    /// Posts callbacks, which are taken where they were to go or not at all.
    calling: Client,
    allow_private: bool,
    max_bytes: u64,
}

impl Outside {
    pub(crate) fn new(allow_private: bool, max_bytes: u64) -> Result<Self> {
        choose_tls();
        let policy = Policy::custom(move |attempt| {
            if attempt.previous().len() > REDIRECTS {
                attempt.error("it redirects too often")
            } else if let Err(why) = check(attempt.url(), allow_private) {
                attempt.error(why)
            } else {
                attempt.follow()
            }
        });
        let client = |policy| {
            Client::builder()
                .user_agent(concat!("Voiceroll/", env!("CARGO_PKG_VERSION")))
                .no_proxy()
                .redirect(policy)
                .referer(false)
                .connect_timeout(CONNECT)
                .read_timeout(SILENCE)
                .pool_max_idle_per_host(0)
                .dns_resolver(Arc::new(Resolver { allow_private }))
                .build()
                .map_err(|fault| {
                    Error::new(Code::Internal, "the HTTP client for other servers could not be created").because(fault)
                })
        };
        Ok(Self { fetching: client(policy)?, calling: client(Policy::none())?, allow_private, max_bytes })
    }

    /// An address that may be connected to, as far as can be said without asking for its name.
    pub(crate) fn address(&self, text: &str, parameter: &'static str) -> Result<Url, Fault> {
        let url = Url::parse(text).map_err(|_| {
            Fault::invalid(parameter, format!("`{parameter}` is not a valid URI; send an http or https URL"))
        })?;
        check(&url, self.allow_private)
            .map_err(|why| Fault::invalid(parameter, format!("`{parameter}` is not accepted: {why}")))?;
        Ok(url)
    }

    /// Loads a recording into a file.
    pub(crate) async fn load(&self, url: Url, into: &Path) -> Result<(), Fault> {
        match tokio::time::timeout(WHOLE, self.try_load(url, into)).await {
            Ok(done) => done,
            Err(_) => Err(unfetched("it took too long")),
        }
    }

    async fn try_load(&self, url: Url, into: &Path) -> Result<(), Fault> {
        let mut response = self.fetching.get(url).send().await.map_err(|fault| unfetched(&reason(&fault)))?;
        if response.status() != StatusCode::OK {
            return Err(unfetched(&format!("its server answered {}", response.status().as_u16())));
        }
        if response.content_length().is_some_and(|length| length > self.max_bytes) {
            return Err(Fault::too_large(self.max_bytes));
        }
        let unwritten = |fault: io::Error| {
            let text = format!(
                "the server could not store the recording ({}); its operator must check its disk",
                fault.kind()
            );
            Fault::from(crate::store::unwritten(&fault, text))
        };
        let mut options = tokio::fs::OpenOptions::new();
        options.create(true).truncate(true).write(true);
        #[cfg(unix)]
        options.mode(0o600);
        let mut file = options.open(into).await.map_err(unwritten)?;
        let mut left = self.max_bytes;
        let start = Instant::now();
        loop {
            let patience = PATIENCE + Duration::from_secs((self.max_bytes - left) / SLOWEST);
            let chunk = tokio::time::timeout_at(start + patience, response.chunk()).await;
            let chunk = chunk.map_err(|_| unfetched("it arrived more slowly than 8 KiB/s"))?;
            let Some(chunk) = chunk.map_err(|fault| unfetched(&reason(&fault)))? else { break };
            left = left.checked_sub(chunk.len() as u64).ok_or_else(|| Fault::too_large(self.max_bytes))?;
            file.write_all(&chunk).await.map_err(unwritten)?;
        }
        file.flush().await.map_err(unwritten)
    }

    /// Posts JSON, which only the status 200 says was taken. Why it was not, in words without an address.
    pub(crate) async fn call(
        &self,
        url: Url,
        body: String,
        headers: Vec<(&'static str, String)>,
    ) -> Result<(), String> {
        let mut request = self.calling.post(url).timeout(ANSWER).header("content-type", "application/json").body(body);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        match request.send().await {
            Ok(response) if response.status() == StatusCode::OK => Ok(()),
            Ok(response) => {
                Err(format!("the webhook answered {}, and only 200 confirms a result", response.status().as_u16()))
            }
            Err(fault) => Err(format!("the webhook could not be called: {}", reason(&fault))),
        }
    }
}

/// The recording of a job could not be had. `why` names no address: it may hold a token.
fn unfetched(why: &str) -> Fault {
    let message = format!("the recording at `contentUri` could not be fetched: {why}");
    Fault::new(StatusCode::BAD_REQUEST, "CAI-109", message).about("contentUri")
}

/// What went wrong, without the address, which reqwest's own text would show.
fn reason(fault: &reqwest::Error) -> String {
    let mut cause: Option<&dyn StdError> = fault.source();
    while let Some(inner) = cause {
        if let Some(refused) = inner.downcast_ref::<Refused>() {
            return refused.to_string();
        }
        cause = inner.source();
    }
    match fault {
        _ if fault.is_redirect() => "it redirects too often, or to an address that this server may not connect to",
        _ if fault.is_timeout() => "it took too long",
        _ if fault.is_connect() => "its server could not be reached",
        _ => "the connection was lost",
    }
    .to_owned()
}

/// What can be said against an address from its text alone.
fn check(url: &Url, allow_private: bool) -> Result<(), String> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err("only http and https URLs are supported".to_owned());
    }
    let literal = match url.host() {
        Some(url::Host::Ipv4(address)) => Some(IpAddr::V4(address)),
        Some(url::Host::Ipv6(address)) => Some(IpAddr::V6(address)),
        // By its name alone (RFC 6761, section 6.3).
        Some(url::Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            let local = name == "localhost" || name.ends_with(".localhost");
            local.then_some(IpAddr::V4(Ipv4Addr::LOCALHOST))
        }
        None => return Err("it has no host name".to_owned()),
    };
    if literal.is_some_and(|address| !allow_private && !is_public(address)) {
        return Err(Refused.to_string());
    }
    Ok(())
}

/// An address that is not public.
#[derive(Debug, thiserror::Error)]
#[error("it has a private or local address, which this server may not connect to")]
struct Refused;

struct Resolver {
    allow_private: bool,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let allow_private = self.allow_private;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let (public, private): (Vec<SocketAddr>, Vec<SocketAddr>) =
                found.partition(|address| allow_private || is_public(address.ip()));
            if public.is_empty() && !private.is_empty() {
                return Err(Refused.into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is on the public internet. Source: the IANA registries of special-purpose
/// addresses; what embeds an IPv4 address is judged by that one.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = a == 0
        || a == 10
        || a == 127
        || a >= 224
        || (a == 100 && b & 0xc0 == 64)
        || (a == 169 && b == 254)
        || (a == 172 && b & 0xf0 == 16)
        || (a == 192 && b == 168)
        || (a == 192 && b == 0 && (c == 0 || c == 2))
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && b & 0xfe == 18)
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113);
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match parts {
        // Mapped, and the translations of RFC 6052 and 6to4.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => embedded(high, low),
        [0x2002, high, low, ..] => embedded(high, low),
        // Only global unicast is handed out, and of it not these: Teredo, benchmarks, documentation.
        [first, second, ..] => {
            first & 0xe000 == 0x2000
                && !(first == 0x2001 && second < 0x200)
                && !(first == 0x2001 && second == 0xdb8)
                && !(first == 0x3fff && second < 0x1000)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_pass() {
        for address in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.2.1",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
            "::127.0.0.1",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
        for address in
            ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "2001:4860:4860::8888"]
        {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn every_spelling_of_a_local_address_is_refused() {
        for text in [
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://0177.0.0.1/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://127.1/",
            "http://user@10.0.0.1:80/x",
            "http://localhost/",
            "http://LOCALHOST.:80/",
            "http://a.localhost/",
            "file:///etc/passwd",
            "ftp://example.com/",
            "gopher://example.com/",
            "data:text/plain,x",
        ] {
            assert!(Url::parse(text).map_err(drop).and_then(|url| check(&url, false).map_err(drop)).is_err(), "{text}");
        }
        assert!(check(&Url::parse("https://example.com/a.mp3?access_token=x").unwrap(), false).is_ok());
        assert!(check(&Url::parse("http://127.0.0.1/").unwrap(), true).is_ok());
    }
}

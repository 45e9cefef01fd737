//! `serve` and `apps`.

use std::io::{self, IsTerminal, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::server::{AppEntry, Apps, Certificate, Credentials, Folder, Server, ServerOptions};
use crate::{Limits, RegistryOptions};
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::WithExportConfig as _;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SdkTracerProvider;
use serde_json::json;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::{FilterExt as _, filter_fn};
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

use super::Failure;
use super::args::{self, Args, Serve, ServerCommand};
use super::report::Report;

/// What is logged where VOICEROLL_LOG does not say.
const USUAL: &str = "voiceroll=info";

/// Serves until SIGINT or SIGTERM.
pub(crate) fn serve(args: &Args, serve: &Serve) -> Result<(), Failure> {
    if serve.dev && !serve.listen.is_loopback() && !serve.dev_public {
        let message = "--dev creates test credentials, and --listen lets other machines use them; omit one of the \
                       two, create an app with `voiceroll apps add`, or pass --dev-public if this is intended";
        return Err(Failure::Usage(message.to_owned()));
    }
    let options = options(args, serve)?;
    let traces = log(serve)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let ended: Result<(), Failure> = runtime.block_on(async {
        let apps = Apps::open_with(&options.data, &options.registry)?;
        let development = if serve.dev {
            Some(apps.development()?)
        } else {
            if apps.end_development()? {
                tracing::warn!("the credentials of the last run with --dev are no longer valid");
            }
            None
        };
        drop(apps);
        let stop = stop()?;
        let server = Server::bind(options).await?;
        let scheme = if serve.tls_cert.is_some() { "https" } else { "http" };
        announce(
            args.json,
            &format!("{scheme}://{}", server.address()),
            development.as_ref(),
            serve.dev_file.as_deref(),
        )?;
        server.run(stop).await;
        Ok(())
    });
    // What still reads a recording now is cut off; nothing of it was written.
    runtime.shutdown_background();
    if let Some(traces) = traces {
        // A missing collector is not an error.
        let _ = traces.shutdown();
    }
    ended
}

fn options(args: &Args, serve: &Serve) -> Result<ServerOptions, Failure> {
    let registry: RegistryOptions = super::options(args, Limits::default())?;
    let mut options = ServerOptions::new(data(serve.data.as_deref())?);
    options.registry = registry;
    options.listen = SocketAddr::new(serve.listen, serve.port);
    options.certificate =
        serve.tls_cert.clone().zip(serve.tls_key.clone()).map(|(chain, key)| Certificate { chain, key });
    options.allow_private = serve.allow_private;
    options.max_recording = serve.max_recording.unwrap_or(options.max_recording);
    options.max_content = serve.max_content.unwrap_or(options.max_content);
    options.queue = serve.queue.unwrap_or(options.queue);
    options.max_jobs = serve.max_jobs.unwrap_or(options.max_jobs);
    options.rates = serve.rate_limits.unwrap_or_default();
    options.metrics = serve.metrics;
    options.page = !serve.no_page;
    options.cors.clone_from(&serve.cors);
    options.accepted_rolls.clone_from(&serve.accept_roll);
    options.transcriber = serve.transcriber.clone();
    if let Some(model) = &serve.transcriber_model {
        options.transcriber_model = model.clone();
    }
    // Secrets come from the environment alone: what is on a command line, every user can read.
    options.transcriber_key = variable("VOICEROLL_TRANSCRIBER_KEY");
    options.callback_secret = variable("VOICEROLL_CALLBACK_SECRET");
    Ok(options)
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn data(named: Option<&Path>) -> Result<PathBuf, Failure> {
    match named {
        Some(folder) => Ok(folder.to_owned()),
        None => Ok(super::data_folder("--data")?.join("server")),
    }
}

/// Starts the log, and the traces where there is a collector; what is left of those is sent by shutting it
/// down.
fn log(serve: &Serve) -> Result<Option<SdkTracerProvider>, Failure> {
    // Without those that would tell addresses, and what the decoders think of recordings, which the answer says.
    let filter =
        |wished: &str| EnvFilter::try_new(format!("{wished},reqwest=off,hyper_util=off,hyper=off,symphonia=off"));
    let wished = variable("VOICEROLL_LOG");
    let filter = filter(wished.as_deref().unwrap_or(USUAL)).or_else(|_| filter(USUAL)).unwrap_or_default();
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr).with_ansi(io::stderr().is_terminal());
    let lines = if serve.log_json { lines.json().boxed() } else { lines.with_target(false).boxed() };
    // Spans are for the collector; on a line they would say everything twice.
    let filter = filter.and(filter_fn(|metadata| metadata.is_event()));
    let provider = serve.traces.as_deref().map(traces).transpose()?;
    let spans = provider.as_ref().map(|provider| {
        let spans = tracing_opentelemetry::layer().with_tracer(provider.tracer("voiceroll")).with_location(false);
        spans.with_filter(EnvFilter::new(USUAL))
    });
    tracing_subscriber::registry().with(lines.with_filter(filter)).with(spans).init();
    Ok(provider)
}

fn traces(url: &str) -> Result<SdkTracerProvider, Failure> {
    crate::server::choose_tls();
    let exporter = opentelemetry_otlp::SpanExporter::builder().with_http().with_endpoint(url).build();
    let exporter = exporter.map_err(|fault| Failure::Usage(format!("the address for traces is invalid: {fault}")))?;
    let resource = Resource::builder().with_service_name("voiceroll").build();
    Ok(SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build())
}

/// Ready on SIGINT or SIGTERM. Made before the port listens, so that no
/// signal is missed.
fn stop() -> io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    let stop = {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        }
    };
    #[cfg(not(unix))]
    let stop = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    Ok(stop)
}

fn announce(json: bool, server: &str, development: Option<&Credentials>, file: Option<&Path>) -> io::Result<()> {
    let mut ready = json!({ "server": server });
    if let Some(Credentials { client_id, client_secret, jwt, .. }) = development {
        ready = json!({ "server": server, "client_id": client_id, "client_secret": client_secret, "jwt": jwt });
    }
    if let Some(file) = file {
        write_private(file, &format!("{ready}\n"))?;
    }
    let mut out = io::stdout().lock();
    if json {
        writeln!(out, "{ready}")?;
        return out.flush();
    }
    writeln!(out, "Listening on {server}")?;
    if let Some(Credentials { client_id, client_secret, jwt, .. }) = development {
        writeln!(out, "  client id      {client_id}\n  client secret  {client_secret}\n  jwt            {jwt}")?;
        writeln!(
            out,
            "These credentials are for tests; anybody who has them can read and change the registry of one account."
        )?;
    }
    out.flush()
}

/// Writes a file that its owner alone can read, all at once. An existing file is replaced, never written into.
fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(format!(".{}", uuid::Uuid::new_v4().simple()));
    let mut options = std::fs::File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&unfinished).and_then(|mut file| file.write_all(text.as_bytes()));
    let done = written.and_then(|()| std::fs::rename(&unfinished, path));
    if done.is_err() {
        let _ = std::fs::remove_file(&unfinished);
    }
    done
}

/// What is done to all of a server's folder.
pub(crate) fn folder(
    json: bool,
    options: RegistryOptions,
    folder: Option<&Path>,
    what: &ServerCommand,
    report: &mut Report,
) -> Result<(), Failure> {
    let folder = Folder::open(data(folder)?, options)?;
    let mut out = io::stdout().lock();
    match what {
        ServerCommand::Backup { folder: to } => {
            folder.backup(to)?;
            match json {
                true => writeln!(out, "{}", json!({ "backup": to }))?,
                false => writeln!(out, "backup written; keep the keys in another place")?,
            }
        }
        ServerCommand::Check => {
            for (account, found) in folder.check()? {
                if json {
                    writeln!(out, "{}", json!({ "account": account, "report": found }))?;
                } else {
                    let name = if account.is_empty() { "server.db".to_owned() } else { format!("account {account}") };
                    let faults = found.faults.len();
                    writeln!(
                        out,
                        "{name}: speakers: {}, recordings: {}, faults: {faults}",
                        found.speakers, found.recordings
                    )?;
                    for fault in &found.faults {
                        writeln!(out, "  {fault}")?;
                    }
                }
                if !found.faults.is_empty() {
                    report.fail(crate::ErrorKind::Store);
                }
            }
        }
        ServerCommand::RotateKeys { forget_old } => {
            let speakers = folder.rotate_keys(*forget_old)?;
            match json {
                true => writeln!(out, "{}", json!({ "speakers": speakers, "forgotten": forget_old }))?,
                false => writeln!(out, "speaker keys wrapped with the new keys: {speakers}")?,
            }
        }
    }
    Ok(())
}

/// Changes or shows who may log in.
pub(crate) fn apps(
    json: bool,
    options: &RegistryOptions,
    folder: Option<&Path>,
    what: &args::Apps,
) -> Result<(), Failure> {
    let apps = Apps::open_with(data(folder)?, options)?;
    let mut out = io::stdout().lock();
    match what {
        args::Apps::Add { account, owner, days, scope } => {
            let added = apps.add_for(account, owner, *days)?;
            if !scope.is_empty() {
                apps.limit(&added.client_id, scope)?;
            }
            Ok(print(&mut out, json, &added)?)
        }
        args::Apps::Scope { client_id, scopes } => Ok(apps.limit(client_id, scopes)?),
        args::Apps::Login { client_id, owner, days, once } => {
            let jwt = apps.login(client_id, owner, *days, *once)?;
            let line = if json { json!({ "jwt": jwt }).to_string() } else { jwt };
            Ok(writeln!(out, "{line}")?)
        }
        args::Apps::Expire { client_id, days, .. } => {
            let end = days.map(|days| crate::runtime::now().saturating_add(days.saturating_mul(24 * 3600)));
            Ok(apps.expire(client_id, end)?)
        }
        args::Apps::Audit => {
            let Some(folder) = &options.audit else {
                let message = "pass the folder of the audit trails with --audit or VOICEROLL_AUDIT";
                return Err(Failure::Usage(message.to_owned()));
            };
            let mut lines = Vec::new();
            let found = apps.read_audit(folder, |entry| {
                lines.push(json!(entry).to_string());
                Ok(())
            })?;
            for line in lines {
                writeln!(out, "{line}")?;
            }
            match found.faults.first() {
                None => Ok(()),
                Some(fault) => {
                    let text = format!("the audit trail has {} faults; the first: {fault}", found.faults.len());
                    Err(crate::Error::new(crate::types::error::Code::AuditFailed, text).into())
                }
            }
        }
        args::Apps::Rotate { client_id, days, grace } => {
            let grace = Duration::from_secs(grace.saturating_mul(3600));
            Ok(print(&mut out, json, &apps.rotate(client_id, *days, grace)?)?)
        }
        args::Apps::CallbackSecret { client_id } => {
            let secret = apps.callback_secret(client_id, variable("VOICEROLL_CALLBACK_SECRET").as_deref())?;
            let line = if json { json!({ "callback_secret": secret }).to_string() } else { secret };
            Ok(writeln!(out, "{line}")?)
        }
        args::Apps::List => {
            for app in apps.list()? {
                let AppEntry { client_id, account, scopes, logins, expires_at, .. } = app;
                let scopes: Vec<_> = scopes.iter().map(|scope| scope.as_str()).collect();
                if json {
                    let line = json!({
                        "client_id": client_id,
                        "account": account,
                        "scopes": scopes,
                        "logins": logins,
                        "expires_at": expires_at,
                    });
                    writeln!(out, "{line}")?;
                } else {
                    let end = expires_at.map(|at| format!(", until {at} in seconds since 1970")).unwrap_or_default();
                    writeln!(out, "{client_id}  account {account}, {logins} logins, may {}{end}", scopes.join(" "))?;
                }
            }
            Ok(())
        }
        args::Apps::Remove { client_id } => Ok(apps.remove(client_id)?),
    }
}

fn print(out: &mut impl Write, json: bool, made: &Credentials) -> io::Result<()> {
    if json {
        return writeln!(out, "{}", json!(made));
    }
    let Credentials { client_id, client_secret, jwt, .. } = made;
    writeln!(out, "client id      {client_id}\nclient secret  {client_secret}\njwt            {jwt}")
}

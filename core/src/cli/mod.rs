//! The `voiceroll` command: inspect recordings and keep a registry of speakers from the shell. It is in the
//! library because the packages of other languages bring it too.

#![allow(clippy::print_stderr, reason = "a command talks to people there")]

mod args;
mod bulk;
mod custody;
#[cfg(feature = "full")]
mod download;
mod key;
mod live;
mod model;
#[cfg(feature = "full")]
mod picture;
#[cfg(feature = "full")]
mod plot;
mod report;
mod score;
#[cfg(feature = "full")]
mod serve;
mod trials;

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

#[cfg(feature = "full")]
use self::picture::{Drawn, Picture};
#[cfg(feature = "full")]
use crate::Credentials;
use crate::blocking::{self, Registry};
use crate::trials::Options;
use crate::{
    Calibration, CallOptions, Candidates, DiarizeOptions, Error, ErrorKind, KeySource, Limits, ListOptions, Recording,
    RegistryOptions, SpeakerId,
};
use clap::parser::ValueSource;
use clap::{ArgMatches, CommandFactory, FromArgMatches};
use indicatif::{ProgressBar, ProgressStyle};

use args::{Args, Command, Plot, Reading};
use report::{Conversation, Report};

/// A core dump would hold the keys of open stores, and voiceprints.
fn without_core_dumps() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
}

/// Does what the arguments say, of which the first is the program's name; the exit code.
///
/// `--help`, `--version` and invalid arguments end the process.
pub fn main(args: impl IntoIterator<Item = OsString>) -> u8 {
    without_core_dumps();
    let words: Vec<OsString> = args.into_iter().collect();
    let json = words.iter().any(|word| word == "--json");
    let read = |matches: ArgMatches| Args::from_arg_matches(&matches).map(|args| (args, matches));
    let (args, matches) = match command().try_get_matches_from(words).and_then(read) {
        Ok(read) => read,
        Err(error) => return misused(json, &error),
    };
    let mut report = Report::new(args.json);
    match allowed(&args, &matches).and_then(|()| run(&args, &mut report)) {
        Ok(()) => report.exit_code(),
        Err(Failure::Voiceroll(error)) => {
            report.error(None, &error);
            exit_code(error.kind())
        }
        // The reader of a pipe has had enough, as `head` has.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(Failure::Output(error)) => {
            report.io_error(&error);
            exit_code(ErrorKind::Io)
        }
        Err(Failure::Usage(message)) => {
            misused(args.json, &Args::command().error(clap::error::ErrorKind::ArgumentConflict, message))
        }
    }
}

/// What the command takes; the help of a command lists what that one takes.
fn command() -> clap::Command {
    let mut command = Args::command();
    command.build();
    #[cfg(feature = "full")]
    for name in ["serve", "apps"] {
        command = command.mut_subcommand(name, |command| {
            command.mut_args(|arg| {
                let other = OF_ROLLS.contains(&arg.get_id().as_str());
                if other { arg.hide(true) } else { arg }
            })
        });
    }
    command
}

/// Arguments about one registry; a server has several.
#[cfg(feature = "full")]
const OF_ROLLS: [&str; 3] = ["db", "server", "plain_http"];

/// Says what is wrong with the arguments; or what was asked for in place of work, such as `--help`.
fn misused(json: bool, error: &clap::Error) -> u8 {
    if !json || !error.use_stderr() {
        error.exit();
    }
    let text = error.to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    // What comes behind is how to use it.
    let sentence = text.split("\n\n").next().unwrap_or(text).trim();
    let error = Error::new(crate::types::error::Code::InvalidOption, sentence);
    Report::new(true).error(None, &error);
    exit_code(error.kind())
}

/// Rejects arguments that would be ignored.
fn allowed(args: &Args, matches: &ArgMatches) -> Result<(), Failure> {
    let elsewhere = |name: &&str| matches.value_source(name) == Some(ValueSource::CommandLine);
    match args.command {
        #[cfg(feature = "full")]
        Command::Serve(_) | Command::Apps { .. } if args.db.as_ref().is_some_and(|path| !path.is_empty()) => {
            Err(Failure::Usage(
                "--db and VOICEROLL_DB do not apply to a server, which keeps one registry per account in a folder; \
                 use `--data FOLDER` or VOICEROLL_DATA"
                    .to_owned(),
            ))
        }
        #[cfg(feature = "full")]
        Command::Serve(_) | Command::Apps { .. } if OF_ROLLS.iter().any(elsewhere) => {
            Err(Failure::Usage("`serve` does not take --server or --plain-http; omit them".to_owned()))
        }
        Command::Inspect { .. } | Command::Prepare { .. } if ["model", "calibration"].iter().any(elsewhere) => {
            Err(Failure::Usage("`inspect` and `prepare` do not use a speaker network; omit --model".to_owned()))
        }
        #[cfg(feature = "full")]
        Command::Evaluate { .. } | Command::Calibrate { .. } if ["server", "plain_http"].iter().any(elsewhere) => {
            Err(Failure::Usage("trials are evaluated locally, not on a server; omit --server".to_owned()))
        }
        _ => Ok(()),
    }
}

/// The exit codes that `voiceroll --help` lists; `tests/errors.json` has them by error code.
fn exit_code(kind: ErrorKind) -> u8 {
    match kind {
        ErrorKind::InvalidInput => 2,
        ErrorKind::Unreadable => 3,
        ErrorKind::Refused => 4,
        ErrorKind::Limit => 5,
        ErrorKind::Conflict => 6,
        ErrorKind::NotFound | ErrorKind::Gone => 7,
        ErrorKind::ModelMismatch => 8,
        ErrorKind::Store => 9,
        ErrorKind::Io => 10,
        ErrorKind::Cancelled | ErrorKind::Timeout => 11,
        ErrorKind::Incomplete => 12,
        ErrorKind::Unauthorized => 13,
        ErrorKind::Unavailable => 14,
        ErrorKind::Unsupported => 15,
        _ => 1,
    }
}

/// Why a command ended early.
enum Failure {
    Voiceroll(Error),
    Output(io::Error),
    Usage(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Voiceroll(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

fn run(args: &Args, report: &mut Report) -> Result<(), Failure> {
    match &args.command {
        Command::Inspect { files, plot, reading } => {
            #[cfg(feature = "full")]
            let picture = Picture::new(plot, files)?;
            #[cfg(not(feature = "full"))]
            let Plot {} = plot;
            each(files, reading, report, Report::inspection, |recording, control| {
                let found = blocking::inspect(recording, &limits(reading), &control)?;
                #[cfg(feature = "full")]
                picture.keep(recording, &limits(reading), || Drawn::Inspection(found.clone()))?;
                Ok(found)
            })?;
            #[cfg(feature = "full")]
            picture.draw()?;
            Ok(())
        }
        Command::Enroll { manifest: Some(list), jobs, report: file, force, reading, .. } => {
            let registry = open(args, limits(reading), None)?;
            let registry = if *force { registry.forced() } else { registry };
            bulk::enroll(&registry, list, *jobs, file.as_deref(), report)
        }
        Command::Enroll { id, files, create, update, live, until_complete, force, consent, reading, .. } => {
            let id: SpeakerId = id.as_deref().unwrap_or_default().parse()?;
            // Before anything is opened.
            let format = live::format(live)?;
            let recordings = files.iter().map(|file| recording(file, reading)).collect::<Result<Vec<_>, _>>()?;
            let progress = progress_bar(files);
            let registry = open(args, limits(reading), None)?.with(watched(&progress, 0, 1));
            let registry = if *force { registry.forced() } else { registry };
            let registry = match consent {
                Some(file) => registry.with_consent(custody::json(file)?),
                None => registry,
            };
            if let Some(format) = format {
                return live::enroll(&registry, &id, format, *until_complete, report);
            }
            let enrollment = match (create, update) {
                (true, _) => registry.create(&id, recordings),
                (_, true) => registry.update(&id, recordings),
                _ => registry.enroll(&id, recordings),
            };
            progress.finish_and_clear();
            Ok(report.enrollment(&enrollment?)?)
        }
        Command::Verify { id, files, far, reading } => {
            let id: SpeakerId = id.parse()?;
            let registry = look(args, limits(reading), *far)?;
            each(files, reading, report, Report::verification, |recording, control| {
                registry.with(control).verify(&id, recording)
            })
        }
        Command::Reenroll { from_samples: _ } => {
            let registry = look(args, Limits::default(), None)?;
            Ok(report.must_return(&registry.model()?, &registry.outdated()?)?)
        }
        Command::Diarize { files, speakers, known, known_all, per_channel, format, plot, reading } => {
            report.segments_as(*format, files.len())?;
            let mut options = DiarizeOptions::new().per_channel(*per_channel);
            options.speakers = *speakers;
            if *known_all || !known.is_empty() {
                options.known = if *known_all { Candidates::All } else { ids(known)? };
            }
            let registry = open(args, limits(reading), None)?;
            note_left_out(args, &registry, &options.known)?;
            conversations(files, reading, plot, report, |recording, control| {
                registry.with(control).diarize(recording, &options)
            })
        }
        Command::Identify { files, live, ids: chosen, format, plot, reading } => {
            report.segments_as(*format, files.len())?;
            let speakers = chosen.as_deref().map_or(Ok(Candidates::All), ids)?;
            let stream = live::format(live)?;
            let registry = look(args, limits(reading), None)?;
            note_left_out(args, &registry, &speakers)?;
            if let Some(stream) = stream {
                return live::identify(&registry, speakers, stream, report);
            }
            conversations(files, reading, plot, report, |recording, control| {
                registry.with(control).identify(recording, speakers.clone())
            })
        }
        Command::Show { id } => {
            let enrollment = look(args, Limits::default(), None)?.get(&id.parse()?)?;
            Ok(report.enrollment(&enrollment)?)
        }
        Command::List { partial, outdated, page, after, per_page } => {
            let registry = look(args, Limits::default(), None)?;
            if *outdated {
                return Ok(report.must_return(&registry.model()?, &registry.outdated()?)?);
            }
            let mut options = ListOptions::new().partial(*partial).per_page(*per_page).page(page.unwrap_or(1));
            options.after = after.as_deref().map(str::parse).transpose()?;
            loop {
                let found = registry.list(options.clone())?;
                report.page(&found)?;
                let by_number = options.after.is_none() && options.page < found.total_pages;
                if page.is_some() || found.next_after.is_none() && !by_number {
                    return Ok(report.list_end(found.total)?);
                }
                options.page += 1;
                options.after = found.next_after;
            }
        }
        Command::Delete { id, recording } => {
            let id: SpeakerId = id.parse()?;
            let registry = look(args, Limits::default(), None)?;
            match recording {
                Some(number) => Ok(report.enrollment(&registry.remove_sample(&id, *number)?)?),
                None => {
                    registry.delete(&id)?;
                    Ok(report.deleted(&id)?)
                }
            }
        }
        Command::Prepare { file, output, reading } => {
            let to_stdout = output.as_os_str() == "-";
            if to_stdout && (args.json || io::stdout().is_terminal()) {
                return Err(Failure::Usage(
                    "the output file is missing; name a file for the WAV with --output".to_owned(),
                ));
            }
            let progress = progress_bar(std::slice::from_ref(file));
            let control = watched(&progress, 0, 1);
            let prepared = blocking::prepare(&recording(file, reading)?, &limits(reading), &control);
            progress.finish_and_clear();
            let prepared = prepared?;
            if to_stdout {
                let mut out = io::stdout().lock();
                out.write_all(&prepared.wav)?;
                return Ok(out.flush()?);
            }
            if std::fs::canonicalize(output).ok().is_some_and(|there| std::fs::canonicalize(file).ok() == Some(there)) {
                return Err(Failure::Usage(
                    "the WAV would overwrite the recording; name another output file".to_owned(),
                ));
            }
            std::fs::write(output, &prepared.wav)?;
            Ok(report.prepared(output, &prepared)?)
        }
        Command::Evaluate { trials: list, half, left_out, cuts, scores } => {
            let options = trial_options(args, *cuts);
            trials::evaluate(list, (*half, *left_out), &options, scores.as_deref(), args.json)
        }
        Command::Calibrate { trials: list, half, output, far } => {
            trials::make_calibration(list, *half, &trial_options(args, false), output, *far, args.json)
        }
        Command::Score { hypothesis, reference, collar, skip_overlap } => {
            score::score(hypothesis, reference, *collar, *skip_overlap, args.json)
        }
        Command::Audit { what } => custody::audit(args, what, report),
        Command::Backup { file } => custody::backup(args, file),
        Command::Restore { file, replace } => custody::restore(args, file, *replace),
        Command::Check => custody::check(args, report),
        Command::Consent { what } => custody::consent(args, what),
        Command::Expire { id, days, at, never: _ } => custody::expire(args, id, *days, *at),
        Command::Retention { days, forever } => custody::retention(args, *days, *forever),
        Command::Purge { dry_run } => custody::purge(args, *dry_run),
        Command::Export { id, voiceprints } => custody::export(args, id, *voiceprints),
        Command::Import { file } => Ok(report.enrollment(&custody::import(args, file)?)?),
        Command::Key { what } => key::run(args, what),
        Command::Model { what } => model::run(args.json, what),
        #[cfg(feature = "full")]
        Command::Serve(settings) => serve::serve(args, settings),
        #[cfg(feature = "full")]
        Command::Server { data, what } => {
            serve::folder(args.json, options(args, Limits::default())?, data.as_deref(), what, report)
        }
        #[cfg(feature = "full")]
        Command::Apps { data, what } => {
            serve::apps(args.json, &options(args, Limits::default())?, data.as_deref(), what)
        }
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Args::command(), "voiceroll", &mut script);
            Ok(io::stdout().write_all(&script)?)
        }
    }
}

/// Does the same with each file; an error of one does not stop the others.
fn each<T>(
    files: &[PathBuf],
    reading: &Reading,
    report: &mut Report,
    show: impl Fn(&mut Report, &Path, &T) -> io::Result<()>,
    work: impl Fn(&Recording, CallOptions) -> crate::Result<T>,
) -> Result<(), Failure> {
    let progress = progress_bar(files);
    for (number, file) in files.iter().enumerate() {
        let control = watched(&progress, number, files.len());
        match work(&recording(file, reading)?, control) {
            Ok(found) => progress.suspend(|| show(report, file, &found))?,
            Err(error) => progress.suspend(|| report.error(Some(file), &error)),
        }
    }
    progress.finish_and_clear();
    Ok(())
}

/// Prints who speaks in each file, and draws it if that was asked for.
fn conversations<T: Conversation>(
    files: &[PathBuf],
    reading: &Reading,
    plot: &Plot,
    report: &mut Report,
    work: impl Fn(&Recording, CallOptions) -> crate::Result<T>,
) -> Result<(), Failure> {
    #[cfg(feature = "full")]
    let picture = Picture::new(plot, files)?;
    #[cfg(not(feature = "full"))]
    let Plot {} = plot;
    each(files, reading, report, Report::conversation, |recording, control| {
        let found = work(recording, control)?;
        #[cfg(feature = "full")]
        picture.keep(recording, &limits(reading), || {
            let (duration, _, segments) = found.parts();
            Drawn::Segments(duration, segments.to_vec())
        })?;
        Ok(found)
    })?;
    #[cfg(feature = "full")]
    picture.draw()?;
    Ok(())
}

/// Says how many are not looked for although all are to be.
fn note_left_out(args: &Args, registry: &Registry, speakers: &Candidates) -> Result<(), Failure> {
    if *speakers != Candidates::All || is_elsewhere(args) {
        return Ok(());
    }
    let count = registry.outdated()?.len();
    if count > 0 {
        eprintln!(
            "voiceroll: {count} in the registry {} enrolled with another model and cannot be identified; \
             --`voiceroll list --outdated` lists the speakers to re-enroll",
            if count == 1 { "was" } else { "were" }
        );
    }
    Ok(())
}

fn ids(words: &[String]) -> Result<Candidates, Error> {
    words.iter().map(|word| word.parse()).collect()
}

/// For commands that only read: a store is not created, and a read-only one is opened.
fn look(args: &Args, limits: Limits, far: Option<f64>) -> Result<Registry, Failure> {
    open_as(args, limits, far, RegistryOptions::look_only)
}

fn open(args: &Args, limits: Limits, far: Option<f64>) -> Result<Registry, Failure> {
    open_as(args, limits, far, |options| options)
}

fn open_as(
    args: &Args,
    limits: Limits,
    far: Option<f64>,
    how: fn(RegistryOptions) -> RegistryOptions,
) -> Result<Registry, Failure> {
    #[cfg(feature = "full")]
    if let Some(url) = &args.server {
        return connect(args, url, limits, far);
    }
    let mut options = how(options(args, limits)?);
    if let Some(share) = far {
        options = options.false_accept_rate(share);
    }
    let path = store(args)?;
    let is_new = !path.exists();
    let registry = Registry::from(options.open(path)?);
    if is_new && io::stderr().is_terminal() {
        key::say_where(&registry)?;
    }
    Ok(registry)
}

/// Whether the registry is on a server.
fn is_elsewhere(args: &Args) -> bool {
    #[cfg(feature = "full")]
    return args.server.is_some();
    #[cfg(not(feature = "full"))]
    {
        let _ = args;
        false
    }
}

#[cfg(feature = "full")]
fn connect(args: &Args, url: &str, limits: Limits, far: Option<f64>) -> Result<Registry, Failure> {
    let key = args.key_file.is_some() || args.key_command.is_some() || args.unencrypted;
    let here = [args.db.is_some(), args.model.is_some(), args.calibration.is_some(), far.is_some(), key];
    if here.contains(&true) {
        let message = "--db, --model, --calibration, --far, --key-file, --key-command and --unencrypted do not apply to a registry \
                       on a server; omit them, or omit --server";
        return Err(Failure::Usage(message.to_owned()));
    }
    let options = crate::Registry::connect_options().limits(limits).plain_http(args.plain_http);
    Ok(options.connect(url, Credentials::from_env()?)?.into())
}

fn options(args: &Args, limits: Limits) -> Result<RegistryOptions, Failure> {
    let mut options = crate::Registry::options().limits(limits);
    if let Some(path) = &args.model {
        options = options.model(path);
    }
    if let Some(path) = &args.calibration {
        options = options.calibration(Calibration::read(path)?);
    }
    if let Some(path) = &args.key_file {
        options = options.key(KeySource::file(path));
    } else if let Some(line) = &args.key_command {
        options = options.key(KeySource::command(line));
    }
    if let Some(folder) = &args.audit {
        options = options.audit(folder);
    }
    if let Some(actor) = &args.actor {
        options = options.actor(actor);
    }
    if args.require_consent {
        options = options.require_consent(true);
    }
    if args.decisions_only {
        options = options.decisions_only(true);
    }
    if let Some(most) = args.attempts_per_hour {
        options = options.attempts_per_hour(most);
    }
    if args.unencrypted {
        options = options.encrypted(false);
    }
    Ok(options)
}

/// The store named by `--db` or `VOICEROLL_DB`, or the one in the user's data folder.
fn store(args: &Args) -> Result<PathBuf, Failure> {
    if let Some(path) = args.db.as_ref().filter(|path| !path.is_empty()) {
        return Ok(PathBuf::from(path));
    }
    Ok(data_folder("--db")?.join("voices.db"))
}

/// The user's data folder; `option` names another place where there is none.
fn data_folder(option: &str) -> Result<PathBuf, Failure> {
    let folders = directories::ProjectDirs::from("", "", "voiceroll").ok_or_else(|| {
        Failure::Usage(format!("there is no home folder to keep data in; name a place with {option}"))
    })?;
    Ok(folders.data_dir().to_owned())
}

fn limits(reading: &Reading) -> Limits {
    let mut limits = Limits::default();
    limits.max_seconds = reading.max_seconds.unwrap_or(limits.max_seconds);
    limits.max_bytes = reading.max_bytes.unwrap_or(limits.max_bytes);
    limits
}

/// A file, or what comes through a pipe: standard input for `-`, or a named one.
fn recording(file: &Path, reading: &Reading) -> Result<Recording, Failure> {
    let most = limits(reading).max_bytes.saturating_add(1);
    let mut bytes = Vec::new();
    let recording = if file.as_os_str() == "-" {
        io::stdin().lock().take(most).read_to_end(&mut bytes)?;
        Recording::from_bytes(bytes)
    } else if is_pipe(file) {
        File::open(file)?.take(most).read_to_end(&mut bytes)?;
        Recording::from_bytes(bytes)
    } else {
        Recording::from_path(file)
    };
    let recording = match reading.track {
        Some(track) => recording.track(track),
        None => recording,
    };
    Ok(match &reading.encoding {
        Some(declared) => recording.encoding(declared.parse()?),
        None => recording,
    })
}

#[cfg(unix)]
fn is_pipe(file: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    file.metadata().is_ok_and(|found| found.file_type().is_fifo())
}

#[cfg(not(unix))]
fn is_pipe(_file: &Path) -> bool {
    false
}

/// A bar for work that takes a while, on a terminal; nothing otherwise.
fn progress_bar(files: &[PathBuf]) -> ProgressBar {
    const LONG: u64 = 8 << 20;
    let bytes: u64 = files.iter().filter_map(|file| file.metadata().ok()).map(|found| found.len()).sum();
    if bytes < LONG && files.len() < 8 {
        return ProgressBar::hidden();
    }
    ProgressBar::new(1000).with_style(bar_style())
}

fn bar_style() -> ProgressStyle {
    let style = ProgressStyle::with_template("{bar:40} {percent:>3} %  {eta} left");
    style.unwrap_or_else(|_| ProgressStyle::default_bar())
}

fn trial_options(args: &Args, cuts: bool) -> Options {
    let mut options = Options::new().cuts(cuts);
    if let Some(path) = &args.model {
        options = options.model(path);
    }
    if let Some(path) = &args.calibration {
        options = options.calibration(path);
    }
    options
}

/// A bar for a list of trials, on a terminal.
fn trials_bar() -> (ProgressBar, CallOptions) {
    let bar = ProgressBar::new(1000).with_style(bar_style());
    let control = watched(&bar, 0, 1);
    (bar, control)
}

fn watched(progress: &ProgressBar, number: usize, of: usize) -> CallOptions {
    let bar = progress.clone();
    CallOptions::new().on_progress(move |progress| {
        let done = (number as f64 + progress.fraction) / of as f64;
        bar.set_position((1000.0 * done) as u64);
    })
}

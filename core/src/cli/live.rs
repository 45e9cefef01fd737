//! `--live`: standard input while somebody speaks, with a line that says how it goes.

use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::json;

use super::Failure;
use super::args::Live;
use super::report::{Report, print_json};
use crate::blocking::Registry;
use crate::types::error::Result;
use crate::{Candidates, ErrorKind, LiveFormat, LiveStatus, LiveUpdate, Severity, SpeakerId};

/// As much as is read at once: a tenth of a second of most sound, and more where it comes faster than it is spoken.
const CHUNK: usize = 9600;

/// How often something is shown.
const SHOWN_EVERY: Duration = Duration::from_millis(200);

/// Speech that is waited for beyond what is needed, in seconds: at the end it may turn out to be a little less.
const SPARE_SECONDS: f64 = 0.6;

/// What standard input is; none where nobody wants it live.
pub(super) fn format(live: &Live) -> Result<Option<LiveFormat>> {
    if !live.live {
        return Ok(None);
    }
    match live.raw {
        Some(rate) if live.float => LiveFormat::f32(rate, live.channels).map(Some),
        Some(rate) => LiveFormat::i16(rate, live.channels).map(Some),
        None => Ok(Some(LiveFormat::container())),
    }
}

pub(super) fn enroll(
    registry: &Registry,
    id: &SpeakerId,
    format: LiveFormat,
    until_complete: bool,
    report: &mut Report,
) -> Result<(), Failure> {
    let session = registry.live_enrollment(id, format)?;
    let mut shown = Shown::new(report.is_json());
    let mut enough: Option<f64> = None;
    listen(
        |sound| session.push(sound),
        |status: &LiveStatus| {
            shown.show(|| json!({ "event": "status", "status": status }), || said(status))?;
            if status.missing_seconds <= 0.0 {
                enough.get_or_insert(status.speech_seconds + SPARE_SECONDS);
            }
            Ok(until_complete && enough.is_some_and(|enough| status.speech_seconds >= enough))
        },
    )?;
    shown.clear()?;
    Ok(report.enrollment(&session.finish()?)?)
}

pub(super) fn identify(
    registry: &Registry,
    speakers: Candidates,
    format: LiveFormat,
    report: &mut Report,
) -> Result<(), Failure> {
    let session = registry.live_identification(speakers, format)?;
    let mut shown = Shown::new(report.is_json());
    listen(
        |sound| session.push(sound),
        |update: &LiveUpdate| {
            // What has changed is not left out.
            shown.due |= !update.segments.is_empty();
            shown.show(|| json!({ "event": "update", "update": update }), || heard(update))?;
            Ok(false)
        },
    )?;
    shown.clear()?;
    Ok(report.conversation(Path::new("-"), &session.finish()?)?)
}

/// Hands on standard input as it comes, until it ends or `show` says that it is enough. What is beyond a limit is left out.
fn listen<T>(
    mut push: impl FnMut(&[u8]) -> Result<T>,
    mut show: impl FnMut(&T) -> io::Result<bool>,
) -> Result<(), Failure> {
    let mut input = io::stdin().lock();
    let mut chunk = vec![0; CHUNK];
    loop {
        let count = match input.read(&mut chunk) {
            Ok(0) => return Ok(()),
            Ok(count) => count,
            Err(fault) if fault.kind() == io::ErrorKind::Interrupted => continue,
            Err(fault) => return Err(fault.into()),
        };
        match push(&chunk[..count]) {
            Ok(status) if show(&status)? => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::Limit => {
                eprintln!("voiceroll: {error}");
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// Where it is shown how it goes: a line of the terminal, or lines of JSON.
struct Shown {
    json: bool,
    terminal: bool,
    last: Option<Instant>,
    due: bool,
}

impl Shown {
    fn new(json: bool) -> Self {
        Self { json, terminal: io::stderr().is_terminal(), last: None, due: false }
    }

    fn show(&mut self, json: impl Fn() -> serde_json::Value, line: impl Fn() -> String) -> io::Result<()> {
        let fresh = self.last.is_some_and(|last| last.elapsed() < SHOWN_EVERY);
        if fresh && !self.due {
            return Ok(());
        }
        (self.last, self.due) = (Some(Instant::now()), false);
        if self.json {
            print_json(&json())?;
            io::stdout().flush()
        } else if self.terminal {
            let mut out = io::stderr().lock();
            // Back to the start, and away with what stood there.
            write!(out, "\r\x1b[K{}", line())?;
            out.flush()
        } else {
            Ok(())
        }
    }

    fn clear(&self) -> io::Result<()> {
        if self.terminal && !self.json && self.last.is_some() {
            write!(io::stderr().lock(), "\r\x1b[K")?;
        }
        Ok(())
    }
}

/// A line that fits most terminals.
fn said(status: &LiveStatus) -> String {
    let level = status.momentary_dbfs.map_or("silence".to_owned(), |level| format!("{level:.0} dBFS"));
    let snr = status.snr_db.map_or(String::new(), |snr| format!(", SNR {snr:.0} dB"));
    let missing = match status.missing_seconds {
        missing if missing > 0.0 => format!("{missing:.1} s missing"),
        _ => "enough".to_owned(),
    };
    let worst = status.problems.iter().find(|problem| {
        problem.severity != Severity::Note && !matches!(problem.code.as_str(), "too_short" | "no_speech")
    });
    let worst = worst.map_or(String::new(), |problem| format!(" | {}", problem.code));
    format!("{:.1} s of speech, {missing} | {level}{snr}{worst}", status.speech_seconds)
}

fn heard(update: &LiveUpdate) -> String {
    let who = match &update.speaker {
        Some(speaker) => match &speaker.speaker_id {
            Some(id) => format!("{id} ({:.2})", speaker.confidence),
            None if speaker.decided => "unknown".to_owned(),
            None => "somebody".to_owned(),
        },
        None => "-".to_owned(),
    };
    let level = update.momentary_dbfs.map_or("silence".to_owned(), |level| format!("{level:.0} dBFS"));
    format!("{:.1} s | {level} | {who}", update.duration)
}

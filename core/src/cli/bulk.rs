//! Enrolls the people of a list: each line a speaker and a recording.
//!
//! The report is also the memory of what is done: a run that was ended begins where it stopped, and a line counts as done by
//! the digest of its recording, not by its name.

use std::collections::{HashMap, HashSet};
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::report::Report;
use super::{Failure, custody, exit_code};
use crate::blocking::Registry;
use crate::types::error::{Code, Result};
use crate::types::hex;
use crate::{ConsentRecord, Error, ErrorKind, ProblemCode, Recording, SpeakerId};

/// A store that is busy is asked again after these times.
const PAUSES: [Duration; 2] = [Duration::from_millis(200), Duration::from_secs(1)];

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A line of the list.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    speaker_id: String,
    /// Beside the list, if the path is relative.
    recording: PathBuf,
    #[serde(default)]
    encoding: Option<String>,
    /// The record, as JSON, or a file with it.
    #[serde(default)]
    consent: Option<Value>,
    /// Seconds since 1970.
    #[serde(default)]
    expiry: Option<u64>,
}

/// A line, or what is wrong with it.
type Line = std::result::Result<Row, String>;

/// A line of the report.
#[derive(Serialize, Deserialize)]
struct Done {
    line: usize,
    speaker_id: String,
    recording: String,
    sha256: String,
    outcome: Outcome,
    code: String,
    speech_seconds: Option<f64>,
    total_seconds: Option<f64>,
    quality: String,
    complete: Option<bool>,
    /// Codes, with spaces between.
    problems: String,
    message: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Outcome {
    /// It adds speech.
    Accepted,
    /// It was enrolled before, and adds nothing.
    Repeated,
    /// Its recording is not good enough.
    Refused,
    /// The line is wrong, the file cannot be read, or the store cannot be used.
    Failed,
    /// An earlier run did it. Not in reports.
    Before,
}

/// How many lines came to what.
#[derive(Default)]
struct Sums {
    outcomes: HashMap<Outcome, usize>,
    speech_seconds: f64,
    worst: Option<ErrorKind>,
}

impl Sums {
    fn of(&self, outcome: Outcome) -> usize {
        self.outcomes.get(&outcome).copied().unwrap_or(0)
    }
}

/// Enrolls all, `jobs` at a time, and writes a line of the report for each.
pub(super) fn enroll(
    registry: &Registry,
    list: &Path,
    jobs: Option<usize>,
    report_file: Option<&Path>,
    report: &mut Report,
) -> std::result::Result<(), Failure> {
    let rows = read(list)?;
    let (mut log, before) = match report_file {
        Some(path) => Log::open(path)?,
        None => (Log(None), HashSet::new()),
    };
    let beside = list.parent().unwrap_or(Path::new("")).to_owned();
    let groups = by_speaker(&rows);
    let cores = std::thread::available_parallelism().map_or(1, Into::into);
    let jobs = jobs.unwrap_or(cores).clamp(1, groups.len().max(1));
    let bar = bar(rows.len());
    let (started, next) = (Instant::now(), AtomicUsize::new(0));
    let mut sums = Sums::default();
    let (send, finished) = mpsc::sync_channel::<(Done, Option<ErrorKind>)>(2 * jobs);
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            let send = send.clone();
            let (next, groups, rows, before, beside) = (&next, &groups, &rows, &before, &beside);
            scope.spawn(move || {
                while let Some(group) = groups.get(next.fetch_add(1, Ordering::Relaxed)) {
                    for &number in group {
                        // The report could not be written, which ends the run.
                        if send.send(enrolled(registry, number, &rows[number], beside, before)).is_err() {
                            return;
                        }
                    }
                }
            });
        }
        drop(send);
        for (done, kind) in finished {
            *sums.outcomes.entry(done.outcome).or_default() += 1;
            if done.outcome == Outcome::Accepted {
                sums.speech_seconds += done.speech_seconds.unwrap_or(0.0);
            }
            sums.worst = sums.worst.or(kind);
            log.write(&done)?;
            bar.inc(1);
        }
        Ok::<_, Failure>(())
    })?;
    bar.finish_and_clear();
    summary(&sums, rows.len(), started.elapsed().as_secs_f64(), report)
}

fn summary(sums: &Sums, lines: usize, seconds: f64, report: &mut Report) -> std::result::Result<(), Failure> {
    let counts = |outcome| sums.of(outcome);
    let rate = (lines - counts(Outcome::Before)) as f64 / seconds.max(0.001);
    if report.is_json() {
        let line = json!({
            "lines": lines, "accepted": counts(Outcome::Accepted), "repeated": counts(Outcome::Repeated),
            "refused": counts(Outcome::Refused), "failed": counts(Outcome::Failed), "before": counts(Outcome::Before),
            "speech_seconds": sums.speech_seconds, "seconds": seconds,
        });
        writeln!(io::stdout().lock(), "{line}")?;
    } else {
        let mut out = io::stdout().lock();
        writeln!(
            out,
            "{lines} recordings: {} accepted, {} repeated, {} refused, {} failed, {} done before",
            counts(Outcome::Accepted),
            counts(Outcome::Repeated),
            counts(Outcome::Refused),
            counts(Outcome::Failed),
            counts(Outcome::Before)
        )?;
        writeln!(out, "{:.1} hours of speech enrolled, {rate:.1} recordings a second", sums.speech_seconds / 3600.0)?;
    }
    if let Some(kind) = sums.worst {
        report.failed_with(exit_code(kind));
    }
    Ok(())
}

/// The lines of a list, or what is wrong with one.
fn read(list: &Path) -> std::result::Result<Vec<Line>, Failure> {
    let unreadable =
        |fault: io::Error| Failure::Output(io::Error::new(fault.kind(), format!("{}: {fault}", list.display())));
    let mut file = BufReader::new(File::open(list).map_err(unreadable)?);
    // Spreadsheets put it in front of UTF-8.
    if file.fill_buf().map_err(unreadable)?.starts_with(BYTE_ORDER_MARK) {
        file.consume(BYTE_ORDER_MARK.len());
    }
    let ending = list.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    // Without what stands there, which is personal.
    let wrong = |what: String| format!("{what}; see the columns in `enroll --help`");
    match ending.as_deref() {
        Some("csv") => {
            let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(file);
            let head = reader
                .headers()
                .map_err(|_| Failure::Usage("the list has no line with the names of columns".to_owned()))?;
            const KNOWN: [&str; 5] = ["speaker_id", "recording", "encoding", "consent", "expiry"];
            let unknown = head.iter().any(|name| !KNOWN.contains(&name));
            if unknown || !KNOWN[..2].iter().all(|name| head.iter().any(|one| one == *name)) {
                return Err(Failure::Usage(
                    "the first line of the list must name its columns: `speaker_id` and `recording`, and optionally \
                     `encoding`, `consent` and `expiry`"
                        .to_owned(),
                ));
            }
            let rows = reader.into_deserialize::<Row>();
            Ok(rows
                .map(|row| row.map_err(|_| wrong("the line does not have the values of its columns".to_owned())))
                .collect())
        }
        Some("jsonl" | "ndjson") => file
            .lines()
            .filter(|line| line.as_ref().map_or(true, |line| !line.trim().is_empty()))
            .map(|line| {
                let line = line.map_err(unreadable)?;
                Ok(serde_json::from_str(&line).map_err(|fault| {
                    wrong(format!("the line is not an object with these members (column {})", fault.column()))
                }))
            })
            .collect(),
        _ => Err(Failure::Usage(
            "a list is CSV (.csv) or JSON lines (.jsonl); convert it, such as Parquet with DuckDB: \
             COPY (FROM 'people.parquet') TO 'people.csv'"
                .to_owned(),
        )),
    }
}

/// The recordings of one speaker are enrolled one after the other, in the order of the list.
fn by_speaker(rows: &[Line]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut of: HashMap<&str, usize> = HashMap::new();
    for (number, row) in rows.iter().enumerate() {
        let group = match row {
            Ok(row) => *of.entry(&row.speaker_id).or_insert(groups.len()),
            Err(_) => groups.len(),
        };
        if group == groups.len() {
            groups.push(Vec::new());
        }
        groups[group].push(number);
    }
    groups
}

/// Enrolls one line.
fn enrolled(
    registry: &Registry,
    number: usize,
    row: &Line,
    beside: &Path,
    before: &HashSet<(String, String)>,
) -> (Done, Option<ErrorKind>) {
    let mut done = Done {
        line: number + 1,
        speaker_id: String::new(),
        recording: String::new(),
        sha256: String::new(),
        outcome: Outcome::Failed,
        code: String::new(),
        speech_seconds: None,
        total_seconds: None,
        quality: String::new(),
        complete: None,
        problems: String::new(),
        message: String::new(),
    };
    let tried = row.as_ref().map_err(|wrong| Error::new(Code::InvalidOption, wrong)).and_then(|row| {
        done.speaker_id.clone_from(&row.speaker_id);
        done.recording = row.recording.display().to_string();
        try_row(registry, row, beside, before, &mut done)
    });
    let Err(error) = tried else { return (done, None) };
    if error.code() == "recording_refused" {
        done.outcome = Outcome::Refused;
    }
    done.code = error.code().to_owned();
    done.problems = codes(error.problems().iter().map(|problem| problem.code));
    done.message = error.to_string();
    (done, Some(error.kind()))
}

fn try_row(
    registry: &Registry,
    row: &Row,
    beside: &Path,
    before: &HashSet<(String, String)>,
    done: &mut Done,
) -> Result<()> {
    let id: SpeakerId = row.speaker_id.parse()?;
    let path = beside.join(&row.recording);
    done.sha256 = digest(&path)?;
    if before.contains(&(row.speaker_id.clone(), done.sha256.clone())) {
        done.outcome = Outcome::Before;
        return Ok(());
    }
    let mut recording = Recording::from_path(&path);
    if let Some(encoding) = row.encoding.as_deref().filter(|word| !word.is_empty()) {
        recording = recording.encoding(encoding.parse()?);
    }
    let registry = match consent(row, beside)? {
        Some(consent) => registry.with_consent(consent),
        None => registry.clone(),
    };
    let mut pauses = PAUSES.iter();
    let found = loop {
        match registry.enroll(&id, recording.clone()) {
            Err(error) if error.is_retryable() => match pauses.next() {
                Some(pause) => std::thread::sleep(*pause),
                None => return Err(error),
            },
            answer => break answer?,
        }
    };
    if let Some(at) = row.expiry {
        registry.expire(&id, Some(at))?;
    }
    let own = found.recordings.iter().find(|sample| sample.input == Some(0));
    let problems = || own.into_iter().flat_map(|sample| &sample.problems).map(|problem| problem.code);
    done.outcome = if problems().any(|code| code == ProblemCode::Repeated) && own.is_none_or(|own| own.id.is_none()) {
        Outcome::Repeated
    } else {
        Outcome::Accepted
    };
    done.problems = codes(problems());
    done.speech_seconds = own.map(|sample| sample.speech_seconds);
    done.total_seconds = own.map(|sample| sample.total_seconds);
    done.quality = found.quality.to_string();
    done.complete = Some(found.complete);
    Ok(())
}

fn codes(codes: impl Iterator<Item = ProblemCode>) -> String {
    codes.map(|code| code.to_string()).collect::<Vec<_>>().join(" ")
}

fn consent(row: &Row, beside: &Path) -> Result<Option<ConsentRecord>> {
    let wrong =
        || Error::new(Code::InvalidOption, "the consent of the line is not a consent record; see `enroll --help`");
    match &row.consent {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.is_empty() => Ok(None),
        Some(Value::String(text)) if text.starts_with('{') => serde_json::from_str(text).map(Some).map_err(|_| wrong()),
        Some(Value::String(file)) => custody::json(&beside.join(file)).map(Some).map_err(|_| wrong()),
        Some(record) => serde_json::from_value(record.clone()).map(Some).map_err(|_| wrong()),
    }
}

/// Of the bytes of a file, whatever it is called.
fn digest(path: &Path) -> Result<String> {
    let unread = |fault: io::Error| {
        Error::new(Code::IoFailed, format!("the recording could not be read ({}); check the path", fault.kind()))
    };
    // Anything else, such as a pipe, may never end.
    if !path.metadata().map_err(unread)?.is_file() {
        return Err(Error::new(Code::IoFailed, "the recording is not a file; give the path of one"));
    }
    let mut file = File::open(path).map_err(unread)?;
    let (mut sum, mut part) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        let read = file.read(&mut part).map_err(unread)?;
        if read == 0 {
            return Ok(hex(&sum.finalize()));
        }
        sum.update(&part[..read]);
    }
}

/// The report, which grows line by line.
struct Log(Option<csv::Writer<File>>);

impl Log {
    /// Opens or creates it; also what earlier runs have done.
    fn open(path: &Path) -> std::result::Result<(Self, HashSet<(String, String)>), Failure> {
        let unusable =
            |fault: io::Error| Failure::Output(io::Error::new(fault.kind(), format!("{}: {fault}", path.display())));
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(path).map_err(unusable)?;
        let mut text = Vec::new();
        file.read_to_end(&mut text).map_err(unusable)?;
        // A process that was killed may have left half a line.
        let whole = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let mut before = HashSet::new();
        let mut reader = csv::Reader::from_reader(&text[..whole]);
        for row in reader.deserialize::<Done>() {
            let Ok(row) = row else {
                return Err(Failure::Usage(format!(
                    "{} is not a report of `enroll --manifest`; name another file",
                    path.display()
                )));
            };
            if matches!(row.outcome, Outcome::Accepted | Outcome::Repeated) {
                before.insert((row.speaker_id, row.sha256));
            }
        }
        file.set_len(whole as u64).map_err(unusable)?;
        let writer = csv::WriterBuilder::new().has_headers(whole == 0).from_writer(file);
        Ok((Self(Some(writer)), before))
    }

    fn write(&mut self, done: &Done) -> std::result::Result<(), Failure> {
        let Some(writer) = self.0.as_mut().filter(|_| done.outcome != Outcome::Before) else { return Ok(()) };
        writer.serialize(done).map_err(io::Error::from)?;
        Ok(writer.flush()?)
    }
}

fn bar(lines: usize) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos} of {len}  {per_sec}  {eta} left");
    ProgressBar::new(lines as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

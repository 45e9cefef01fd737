//! Prints results as text or as JSON.

use std::io::{self, Write};
use std::path::Path;

use crate::{
    Decision, Diarization, Enrollment, Error, Identification, Inspection, Page, Prepared, Problem, Sample, Segment,
    Severity, SpeakerId, Verification, rules,
};
use serde::Serialize;
use serde_json::json;

use super::args::SegmentFormat;
use super::{Failure, exit_code};
use crate::formats::Format;

pub(crate) struct Report {
    json: bool,
    failed: Option<u8>,
    listed: bool,
    /// How segments are printed.
    format: Option<Format>,
}

impl Report {
    pub(crate) fn new(json: bool) -> Self {
        Self { json, failed: None, listed: false, format: None }
    }

    /// Success, unless an error was reported for one of several files.
    pub(crate) fn exit_code(&self) -> u8 {
        self.failed.unwrap_or(0)
    }

    /// Sets the exit code for a failure that was printed elsewhere.
    pub(crate) fn failed_with(&mut self, code: u8) {
        self.failed = Some(code);
    }

    pub(crate) fn inspection(&mut self, file: &Path, found: &Inspection) -> io::Result<()> {
        if self.json {
            return print_json(found);
        }
        let mut out = io::stdout().lock();
        writeln!(out, "{}", shown_file(file))?;
        let channels = match found.channels {
            1 => "mono".to_owned(),
            2 => "stereo".to_owned(),
            n => format!("{n} channels"),
        };
        line(
            &mut out,
            "recording",
            &format!(
                "{} in {}, {channels}, {} Hz, {:.1} s",
                found.codec, found.container, found.sample_rate, found.duration
            ),
        )?;
        line(
            &mut out,
            "speech",
            &format!(
                "{:.1} s ({:.0} %), longest pause {:.1} s",
                found.speech_seconds,
                100.0 * found.speech_seconds / found.duration.max(0.001),
                found.longest_pause
            ),
        )?;
        line(
            &mut out,
            "level",
            &format!(
                "{} dBFS, peak {} dBFS, clipped {:.2} %",
                number(found.level_dbfs),
                number(found.peak_dbfs),
                100.0 * found.clipped_ratio
            ),
        )?;
        line(
            &mut out,
            "noise",
            &match found.snr_db {
                Some(snr) => format!("SNR {snr:.1} dB (blind estimate {} dB)", number(found.snr_blind_db)),
                None => "SNR unknown".to_owned(),
            },
        )?;
        if let Some(speakers) = found.speakers {
            line(&mut out, "speakers", &speakers.to_string())?;
        }
        let band = found.bandwidth_hz.map_or("unknown".to_owned(), |hz| format!("up to {hz:.0} Hz"));
        line(&mut out, "bandwidth", &band)?;
        line(&mut out, "verdict", if found.accepted() { "would be enrolled" } else { "would be refused" })?;
        print_problems(&mut out, &found.problems)?;
        writeln!(out)
    }

    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// How segments of so many recordings are printed from now on.
    pub(crate) fn segments_as(&mut self, format: Option<SegmentFormat>, recordings: usize) -> Result<(), Failure> {
        self.format = match format {
            None => None,
            Some(SegmentFormat::Json) => {
                self.json = true;
                None
            }
            Some(SegmentFormat::Rttm) => Some(Format::Rttm),
            Some(SegmentFormat::Srt) => Some(Format::Srt),
            Some(SegmentFormat::Vtt) => Some(Format::Vtt),
            Some(SegmentFormat::TextGrid) => Some(Format::TextGrid),
            Some(SegmentFormat::Csv) => Some(Format::Csv),
        };
        match self.format {
            Some(format) if recordings > 1 && !format.holds_several() => Err(Failure::Usage(format!(
                "a file in {format} is about one recording; name one, or use rttm, csv or json"
            ))),
            _ => Ok(()),
        }
    }

    pub(crate) fn conversation(&mut self, file: &Path, found: &impl Conversation) -> io::Result<()> {
        if self.json {
            return print_json(found);
        }
        let (duration, speakers, segments) = found.parts();
        let mut out = io::stdout().lock();
        if let Some(format) = self.format {
            let name = match format {
                Format::Rttm if file.as_os_str() == "-" => "stdin".into(),
                Format::Rttm => file.file_stem().unwrap_or_default().to_string_lossy(),
                _ => file.to_string_lossy(),
            };
            let text = format.write(&name, duration, segments);
            // One header is enough.
            let skipped = if format == Format::Csv && self.listed { 1 } else { 0 };
            self.listed = true;
            return text.split_inclusive('\n').skip(skipped).try_for_each(|line| out.write_all(line.as_bytes()));
        }
        writeln!(
            out,
            "{}: {speakers} speaker{} in {duration:.1} s",
            shown_file(file),
            if speakers == 1 { "" } else { "s" }
        )?;
        if !segments.is_empty() {
            writeln!(out, "  {:>9}  {:>9}  {:>4}  speaker", "start", "end", "conf")?;
        }
        for segment in segments {
            let who = segment.speaker_id.as_ref().map_or("unknown", SpeakerId::as_str);
            let Segment { start, end, confidence, .. } = segment;
            writeln!(out, "  {start:>7.2} s  {end:>7.2} s  {confidence:>4.2}  {who}")?;
        }
        writeln!(out)
    }

    pub(crate) fn enrollment(&mut self, enrollment: &Enrollment) -> io::Result<()> {
        if self.json {
            return print_json(enrollment);
        }
        let mut out = io::stdout().lock();
        let state = match enrollment.complete {
            true => "complete".to_owned(),
            false => format!("incomplete, needs {:.1} s more speech", enrollment.missing_seconds),
        };
        writeln!(out, "{}: {state}, quality {}", enrollment.speaker_id, enrollment.quality)?;
        line(
            &mut out,
            "speech",
            &format!(
                "{:.1} s ({:.0} s needed), {:.1} s with pauses",
                enrollment.speech_seconds,
                rules::COMPLETE_SECONDS,
                enrollment.total_seconds
            ),
        )?;
        line(&mut out, "model", &enrollment.model)?;
        for sample in &enrollment.recordings {
            print_sample(&mut out, sample)?;
        }
        Ok(())
    }

    pub(crate) fn verification(&mut self, file: &Path, found: &Verification) -> io::Result<()> {
        if self.json {
            return print_json(found);
        }
        let mut out = io::stdout().lock();
        let id = &found.speaker_id;
        let verdict = match found.decision {
            Decision::Match => format!("this is {id}"),
            Decision::NoMatch => format!("this is not {id}"),
            Decision::Undecided => format!("undecided whether this is {id}; more speech may help"),
            _ => format!("too little speech to decide whether this is {id}"),
        };
        writeln!(out, "{}: {verdict}", shown_file(file))?;
        if let (Some(llr), Some(score), Some(confidence)) = (found.llr, found.score, found.confidence) {
            let limits = format!("match from {:.2}, no match under {:.2}", found.match_llr, found.no_match_llr);
            line(&mut out, "LLR", &format!("{llr:.2} ({limits}), cosine {score:.2}"))?;
            line(&mut out, "confidence", &format!("{:.1} %", 100.0 * confidence))?;
        }
        line(&mut out, "speech", &format!("{:.1} s", found.speech_seconds))?;
        print_problems(&mut out, &found.problems)
    }

    /// Prints the speakers to re-enroll, as another model made their voiceprints.
    pub(crate) fn must_return(&mut self, model: &str, speakers: &[(SpeakerId, String)]) -> io::Result<()> {
        if self.json {
            return speakers.iter().try_for_each(|(id, enrolled_with)| {
                print_json(&json!({ "speaker_id": id, "model": enrolled_with, "must_return": true }))
            });
        }
        let mut out = io::stdout().lock();
        match speakers.len() {
            0 => return writeln!(out, "all speakers are enrolled with {model}"),
            1 => writeln!(out, "audio is not stored, so 1 speaker has to be re-enrolled with {model}:")?,
            count => writeln!(out, "audio is not stored, so {count} speakers have to be re-enrolled with {model}:")?,
        }
        speakers.iter().try_for_each(|(id, enrolled_with)| writeln!(out, "  {id}  (enrolled with {enrolled_with})"))
    }

    pub(crate) fn page(&mut self, page: &Page) -> io::Result<()> {
        if self.json {
            return page.records.iter().try_for_each(print_json);
        }
        let mut out = io::stdout().lock();
        if !self.listed && !page.records.is_empty() {
            writeln!(out, "{:7}  {:8}  {:>8}  {:>10}  speaker", "quality", "complete", "speech", "recordings")?;
            self.listed = true;
        }
        for enrollment in &page.records {
            writeln!(
                out,
                "{:7}  {:8}  {:>6.1} s  {:>10}  {}",
                enrollment.quality,
                if enrollment.complete { "yes" } else { "no" },
                enrollment.speech_seconds,
                enrollment.recordings.len(),
                enrollment.speaker_id
            )?;
        }
        Ok(())
    }

    pub(crate) fn list_end(&mut self, total: u64) -> io::Result<()> {
        if self.json || self.listed {
            return Ok(());
        }
        let why =
            if total == 0 { "no enrollments (--partial lists incomplete ones too)" } else { "nothing on this page" };
        writeln!(io::stdout().lock(), "{why}")
    }

    pub(crate) fn deleted(&mut self, id: &SpeakerId) -> io::Result<()> {
        if self.json {
            return print_json(&json!({ "speaker_id": id, "deleted": true }));
        }
        writeln!(io::stdout().lock(), "{id}: deleted")
    }

    pub(crate) fn prepared(&mut self, output: &Path, prepared: &Prepared) -> io::Result<()> {
        let Prepared { start, end, speech_seconds, .. } = prepared;
        if self.json {
            let output = output.display().to_string();
            return print_json(
                &json!({ "output": output, "start": start, "end": end, "speech_seconds": speech_seconds }),
            );
        }
        writeln!(
            io::stdout().lock(),
            "{}: {start:.1} s to {end:.1} s of the recording, {speech_seconds:.1} s of speech",
            shown_file(output)
        )
    }

    /// Ends with the exit code of such an error, though nothing is to be said.
    pub(crate) fn fail(&mut self, kind: crate::ErrorKind) {
        self.failed.get_or_insert(exit_code(kind));
    }

    /// Reports that a result could not be written.
    pub(crate) fn io_error(&mut self, error: &io::Error) {
        let message =
            format!("the result could not be written ({error}); check the path, its permissions and the disk");
        if self.json {
            return print_error(json!({ "code": "io_failed", "message": message, "retryable": false }));
        }
        let _ = writeln!(io::stderr().lock(), "voiceroll: {message}");
    }

    /// Reports an error, with the file if the command has several. A failure to write it is ignored.
    pub(crate) fn error(&mut self, file: Option<&Path>, error: &Error) {
        self.failed.get_or_insert(exit_code(error.kind()));
        if self.json {
            let mut body = json!({
                "code": error.code(),
                "message": error.to_string(),
                "retryable": error.is_retryable(),
            });
            if !error.problems().is_empty() {
                body["problems"] = json!(error.problems());
            }
            return print_error(body);
        }
        let mut out = io::stderr().lock();
        let name = file.map_or(String::new(), |file| format!("{}: ", shown_file(file)));
        let _ = writeln!(out, "voiceroll: {name}{error}");
        let _ = print_problems(&mut out, error.problems());
    }
}

/// A result of `diarize` or `identify`.
pub(crate) trait Conversation: Serialize {
    /// The duration in seconds, the number of speakers and their segments.
    fn parts(&self) -> (f64, u32, &[Segment]);
}

impl Conversation for Diarization {
    fn parts(&self) -> (f64, u32, &[Segment]) {
        (self.duration, self.speakers, &self.segments)
    }
}

impl Conversation for Identification {
    fn parts(&self) -> (f64, u32, &[Segment]) {
        (self.duration, self.speakers, &self.segments)
    }
}

fn print_error(body: serde_json::Value) {
    let _ = print_json(&json!({ "error": body }));
}

pub(crate) fn print_json(value: &impl Serialize) -> io::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, value)?;
    writeln!(out)
}

fn line(out: &mut impl Write, name: &str, text: &str) -> io::Result<()> {
    writeln!(out, "  {name:<10} {text}")
}

fn number(value: Option<f64>) -> String {
    value.map_or("-".to_owned(), |value| format!("{value:.1}"))
}

fn print_sample(out: &mut impl Write, sample: &Sample) -> io::Result<()> {
    let name = match sample.id {
        Some(id) => format!("#{id}"),
        None => "refused".to_owned(),
    };
    line(
        out,
        &name,
        &format!(
            "{:.1} s of speech in {:.1} s{}{}",
            sample.speech_seconds,
            sample.total_seconds,
            sample.snr_db.map_or(String::new(), |snr| format!(", SNR {snr:.1} dB")),
            sample.bandwidth_hz.map_or(String::new(), |hz| format!(", bandwidth {hz:.0} Hz"))
        ),
    )?;
    print_problems(out, &sample.problems)
}

fn print_problems(out: &mut impl Write, problems: &[Problem]) -> io::Result<()> {
    for problem in problems {
        let severity = match problem.severity {
            Severity::Refuse => "refuse",
            Severity::Warn => "warn",
            Severity::Note => "note",
        };
        let measured = match (problem.measured, problem.limit) {
            (Some(measured), Some(limit)) => format!(" {measured} (limit {limit})"),
            _ => String::new(),
        };
        line(out, "", &format!("{severity}: {}{measured}. {}", problem.code, problem.advice))?;
    }
    Ok(())
}

/// A file name with its control characters escaped, safe for a terminal.
fn shown_file(file: &Path) -> String {
    shown(&file.display().to_string())
}

/// Text from outside with its control characters escaped, safe for a terminal.
pub(super) fn shown(text: &str) -> String {
    let plain = |one: char| if one.is_control() { one.escape_default().to_string() } else { one.to_string() };
    text.chars().map(plain).collect()
}

//! Who spoke when, in the file formats of other tools.
//!
//! ```
//! use voiceroll::formats::{Format, read_rttm};
//!
//! let turns = read_rttm("SPEAKER call 1 0.500 2.250 <NA> <NA> ada <NA> <NA>".as_bytes())?;
//! assert_eq!((turns[0].start, turns[0].end, turns[0].speaker.as_str()), (0.5, 2.75, "ada"));
//! assert_eq!(Format::Vtt.extension(), "vtt");
//! # Ok::<(), voiceroll::Error>(())
//! ```

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::io::{BufRead, BufReader, Read};
use std::str::FromStr;

use crate::types::error::{Code, Error, Result};
use crate::{Segment, SpeakerId};

/// What a segment without a speaker id is called.
pub const UNKNOWN: &str = "unknown";

/// A file format for segments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Rich Transcription Time Marked, as md-eval, dscore and pyannote read it.
    Rttm,
    /// SubRip subtitles; the text is the speaker.
    Srt,
    /// WebVTT subtitles; the text is the speaker, who is also the voice of the cue.
    Vtt,
    /// Praat, one interval tier for each speaker.
    TextGrid,
    /// Comma-separated values with a header.
    Csv,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 5] = [Self::Rttm, Self::Srt, Self::Vtt, Self::TextGrid, Self::Csv];

    /// The usual file name extension, which is also the name that [`Format::from_str`] reads.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Rttm => "rttm",
            Self::Srt => "srt",
            Self::Vtt => "vtt",
            Self::TextGrid => "textgrid",
            Self::Csv => "csv",
        }
    }

    /// Whether the results of several recordings can follow one another in one file.
    pub fn holds_several(self) -> bool {
        matches!(self, Self::Rttm | Self::Csv)
    }

    /// The segments of a recording. `recording` names it in RTTM and CSV; `duration` is its length in seconds.
    ///
    /// CSV starts with a header: leave its first line out where results follow one another.
    pub fn write(self, recording: &str, duration: f64, segments: &[Segment]) -> String {
        match self {
            Self::Rttm => rttm(recording, segments),
            Self::Srt => srt(segments),
            Self::Vtt => vtt(segments),
            Self::TextGrid => text_grid(duration, segments),
            Self::Csv => csv(recording, segments),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.extension())
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|format| format.extension().eq_ignore_ascii_case(name)).ok_or_else(|| {
            Error::new(Code::InvalidOption, "unknown format; the formats are rttm, srt, vtt, textgrid and csv")
        })
    }
}

fn who(segment: &Segment) -> &str {
    segment.speaker_id.as_ref().map_or(UNKNOWN, SpeakerId::as_str)
}

fn rttm(recording: &str, segments: &[Segment]) -> String {
    // Fields are separated by white space.
    let recording = recording.replace(char::is_whitespace, "_");
    segments.iter().fold(String::new(), |mut text, segment| {
        let Segment { start, end, .. } = segment;
        let (channel, who) = (segment.channel.unwrap_or(1), who(segment));
        let _ = writeln!(text, "SPEAKER {recording} {channel} {start:.3} {:.3} <NA> <NA> {who} <NA> <NA>", end - start);
        text
    })
}

fn srt(segments: &[Segment]) -> String {
    segments.iter().enumerate().fold(String::new(), |mut text, (number, segment)| {
        let (start, end) = (clock(segment.start, ','), clock(segment.end, ','));
        let _ = writeln!(text, "{}\n{start} --> {end}\n{}\n", number + 1, who(segment));
        text
    })
}

fn vtt(segments: &[Segment]) -> String {
    segments.iter().fold("WEBVTT\n".to_owned(), |mut text, segment| {
        let (start, end, who) = (clock(segment.start, '.'), clock(segment.end, '.'), who(segment));
        let _ = writeln!(text, "\n{start} --> {end}\n<v {who}>{who}</v>");
        text
    })
}

/// Hours, minutes, seconds and milliseconds, as subtitles have them.
fn clock(seconds: f64, point: char) -> String {
    let milliseconds = (1000.0 * seconds.max(0.0)).round() as u64;
    let (whole, rest) = (milliseconds / 1000, milliseconds % 1000);
    format!("{:02}:{:02}:{:02}{point}{rest:03}", whole / 3600, whole / 60 % 60, whole % 60)
}

fn text_grid(duration: f64, segments: &[Segment]) -> String {
    let mut tiers: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
    for segment in segments {
        let tier = tiers.entry(who(segment)).or_default();
        match tier.last_mut() {
            // Intervals of one tier must not overlap; unknown speakers share one.
            Some((_, end)) if segment.start <= *end => *end = end.max(segment.end),
            _ => tier.push((segment.start, segment.end)),
        }
    }
    let end = segments.iter().map(|segment| segment.end).fold(duration, f64::max);
    let mut text = format!(
        "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0\nxmax = {end}\ntiers? <exists>\n\
         size = {}\nitem []:\n",
        tiers.len()
    );
    for (number, (who, spoken)) in tiers.iter().enumerate() {
        let mut intervals = Vec::new();
        let mut at = 0.0;
        for (from, to) in spoken {
            if *from > at {
                intervals.push((at, *from, ""));
            }
            intervals.push((*from, *to, *who));
            at = *to;
        }
        if end > at {
            intervals.push((at, end, ""));
        }
        let _ = writeln!(
            text,
            "    item [{}]:\n        class = \"IntervalTier\"\n        name = \"{who}\"\n        xmin = 0\n        \
             xmax = {end}\n        intervals: size = {}",
            number + 1,
            intervals.len()
        );
        for (number, (from, to, who)) in intervals.iter().enumerate() {
            let _ = writeln!(
                text,
                "        intervals [{}]:\n            xmin = {from}\n            xmax = {to}\n            text = \"{who}\"",
                number + 1
            );
        }
    }
    text
}

fn csv(recording: &str, segments: &[Segment]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing into memory does not fail.
    let _ = writer.write_record(["recording", "start", "end", "speaker_id", "confidence", "enrolled", "channel"]);
    for segment in segments {
        let Segment { start, end, confidence, enrolled, .. } = segment;
        let _ = writer.write_record([
            recording,
            &start.to_string(),
            &end.to_string(),
            segment.speaker_id.as_ref().map_or("", SpeakerId::as_str),
            &confidence.to_string(),
            &enrolled.to_string(),
            &segment.channel.map(|channel| channel.to_string()).unwrap_or_default(),
        ]);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A stretch of a recording in which one person speaks, as an RTTM file has it.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Turn {
    /// The name of the recording.
    pub recording: String,
    /// Its start in seconds.
    pub start: f64,
    /// Its end in seconds, after `start`.
    pub end: f64,
    /// Who speaks.
    pub speaker: String,
}

impl Turn {
    /// Someone speaks in `recording` from `start` to `end`, in seconds.
    pub fn new(recording: impl Into<String>, start: f64, end: f64, speaker: impl Into<String>) -> Self {
        Self { recording: recording.into(), start, end, speaker: speaker.into() }
    }
}

impl fmt::Debug for Turn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Names of recordings and speakers may be names of people.
        f.debug_struct("Turn").field("start", &self.start).field("end", &self.end).finish_non_exhaustive()
    }
}

/// A line of an RTTM file is not longer than this, in bytes.
const LONGEST_LINE: u64 = 64 << 10;

/// Reads the `SPEAKER` lines of an RTTM file; other lines are left out. Turns of no length are left out too.
///
/// # Errors
/// `rttm_invalid` with the number of the line that cannot be read; `io_failed`.
pub fn read_rttm(file: impl Read) -> Result<Vec<Turn>> {
    let mut file = BufReader::new(file);
    let mut turns = Vec::new();
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let read = (&mut file).take(LONGEST_LINE).read_until(b'\n', &mut line).map_err(|error| {
            Error::new(Code::IoFailed, format!("the RTTM file could not be read ({}); try again", error.kind()))
        })?;
        if read == 0 {
            return Ok(turns);
        }
        let invalid = |why: &str| Error::new(Code::RttmInvalid, format!("line {number} of the RTTM file {why}"));
        if read as u64 == LONGEST_LINE {
            return Err(invalid("is longer than 64 KiB; check that the file is in RTTM"));
        }
        let text = std::str::from_utf8(&line).map_err(|_| invalid("is not in UTF-8; save the file in UTF-8"))?;
        let fields: Vec<&str> = text.trim_start_matches('\u{feff}').split_whitespace().collect();
        if fields.first() != Some(&"SPEAKER") {
            // Comments, and other types of objects, have lines of their own.
            if fields.first().is_some_and(|kind| !kind.starts_with(';') && !KINDS.contains(kind)) {
                return Err(invalid(
                    "does not start with an RTTM type such as SPEAKER; check that the file is in RTTM",
                ));
            }
            continue;
        }
        let [_, recording, _, start, length, _, _, speaker, ..] = fields[..] else {
            return Err(invalid(
                "has fewer than eight fields; a SPEAKER line has recording, channel, start and length",
            ));
        };
        let seconds = |field: &str| field.parse::<f64>().ok().filter(|value| value.is_finite() && *value >= 0.0);
        let (Some(start), Some(length)) = (seconds(start), seconds(length)) else {
            return Err(invalid("has a start or a length that is not a number of seconds from 0 on"));
        };
        if length > 0.0 {
            turns.push(Turn::new(recording, start, start + length, speaker));
        }
    }
    Ok(turns)
}

/// Types of objects in an RTTM file, besides `SPEAKER`.
const KINDS: [&str; 14] = [
    "SEGMENT",
    "NOSCORE",
    "NO_RT_METADATA",
    "LEXEME",
    "NON-LEX",
    "NON-SPEECH",
    "FILLER",
    "EDIT",
    "IP",
    "SU",
    "CB",
    "A/P",
    "SPKR-INFO",
    "NON-SPEECH-INFO",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(start: f64, end: f64, id: Option<&str>) -> Segment {
        Segment {
            start,
            end,
            speaker_id: id.map(|id| id.parse().unwrap()),
            confidence: 0.875,
            enrolled: id == Some("ada"),
            channel: None,
        }
    }

    fn conversation() -> [Segment; 3] {
        [segment(0.5, 3725.25, Some("ada")), segment(3726.0, 3727.5, None), segment(3727.0, 3730.0, None)]
    }

    #[test]
    fn every_format_has_the_segments_at_their_times() {
        let write = |format: Format| format.write("my call", 3731.0, &conversation());
        assert_eq!(
            write(Format::Rttm).lines().collect::<Vec<_>>(),
            [
                "SPEAKER my_call 1 0.500 3724.750 <NA> <NA> ada <NA> <NA>",
                "SPEAKER my_call 1 3726.000 1.500 <NA> <NA> unknown <NA> <NA>",
                "SPEAKER my_call 1 3727.000 3.000 <NA> <NA> unknown <NA> <NA>",
            ]
        );
        assert!(write(Format::Srt).starts_with("1\n00:00:00,500 --> 01:02:05,250\nada\n\n2\n"));
        assert!(write(Format::Vtt).starts_with("WEBVTT\n\n00:00:00.500 --> 01:02:05.250\n<v ada>ada</v>\n\n"));
        let csv = write(Format::Csv);
        assert_eq!(csv.lines().nth(1), Some("my call,0.5,3725.25,ada,0.875,true,"));
        assert_eq!(csv.lines().nth(2), Some("my call,3726,3727.5,,0.875,false,"));
        let grid = write(Format::TextGrid);
        assert!(grid.contains("size = 2\n") && grid.contains("xmax = 3731\n"), "{grid}");
        // Unknown speakers who overlap share an interval.
        assert!(grid.contains("xmin = 3726\n            xmax = 3730\n            text = \"unknown\""), "{grid}");
        assert_eq!(Format::Vtt.write("", 1.0, &[]), "WEBVTT\n");
    }

    #[test]
    fn rttm_is_read_as_it_was_written() {
        let text = Format::Rttm.write("call", 3731.0, &conversation());
        let turns = read_rttm(text.as_bytes()).unwrap();
        assert_eq!(turns.len(), 3);
        assert_eq!(turns[0], Turn::new("call", 0.5, 3725.25, "ada"));
        let other =
            ";; comment\n\nSPKR-INFO call 1 <NA> <NA> <NA> unknown ada <NA>\nSPEAKER call 1 1 0 <NA> <NA> ada <NA>\n";
        assert!(read_rttm(other.as_bytes()).unwrap().is_empty());
    }

    #[test]
    fn what_is_no_rttm_is_refused_with_its_line() {
        for wrong in [
            "SPEAKER call 1 0.0",
            "SPEAKER call 1 x 1 <NA> <NA> ada",
            "SPEAKER call 1 -1 1 <NA> <NA> ada",
            "SPEAKER call 1 0 inf <NA> <NA> ada",
            "start,end,speaker",
        ] {
            let error = read_rttm(format!(";; a comment\n{wrong}\n").as_bytes()).unwrap_err();
            assert!(error.code() == "rttm_invalid" && error.to_string().contains("line 2"), "{wrong}: {error}");
        }
        let long = vec![b'x'; LONGEST_LINE as usize + 1];
        assert_eq!(read_rttm(&long[..]).unwrap_err().code(), "rttm_invalid");
        assert_eq!(read_rttm(&b"SPEAKER \xff"[..]).unwrap_err().code(), "rttm_invalid");
    }

    #[test]
    fn names_of_formats_are_read() {
        assert!(
            Format::ALL
                .into_iter()
                .all(|format| format.to_string().to_uppercase().parse::<Format>().unwrap() == format)
        );
        assert_eq!("docx".parse::<Format>().unwrap_err().code(), "invalid_option");
    }
}

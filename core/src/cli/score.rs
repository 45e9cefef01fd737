//! `voiceroll score`: the diarization error rate of one RTTM file by another.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use serde_json::json;

use super::Failure;
use super::report::{print_json, shown};
use crate::formats::{Turn, read_rttm};
use crate::trials::{Der, DerOptions, diarization_error};
use crate::types::error::{Code, Error};

pub(crate) fn score(
    hypothesis: &Path,
    reference: &Path,
    collar: f64,
    skip_overlap: bool,
    json: bool,
) -> Result<(), Failure> {
    let options = DerOptions::new().collar(collar).skip_overlap(skip_overlap);
    let (recordings, all) = diarization_error(&read(hypothesis)?, &read(reference)?, &options)?;
    if json {
        for (recording, der) in &recordings {
            print_json(&as_json(Some(recording), der))?;
        }
        return Ok(print_json(&as_json(None, &all))?);
    }
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{:<30} {:>7} {:>10} {:>10} {:>11} {:>10}",
        "recording", "DER %", "speech", "missed", "false alarm", "confusion"
    )?;
    for (recording, der) in &recordings {
        print(&mut out, &shown(recording), der)?;
    }
    Ok(print(&mut out, "all", &all)?)
}

fn read(path: &Path) -> Result<Vec<Turn>, Failure> {
    let file = File::open(path).map_err(|error| {
        Error::new(Code::IoFailed, format!("an RTTM file could not be opened ({}); check the path", error.kind()))
    })?;
    Ok(read_rttm(file)?)
}

fn as_json(recording: Option<&str>, der: &Der) -> serde_json::Value {
    let Der { speech, missed, false_alarm, confusion, .. } = der;
    json!({
        "recording": recording,
        "der": der.rate(),
        "speech": speech,
        "missed": missed,
        "false_alarm": false_alarm,
        "confusion": confusion,
    })
}

fn print(out: &mut impl Write, name: &str, der: &Der) -> io::Result<()> {
    let Der { speech, missed, false_alarm, confusion, .. } = der;
    let rate = der.rate().map_or("-".to_owned(), |rate| format!("{rate:.2}"));
    writeln!(out, "{name:<30} {rate:>7} {speech:>8.2} s {missed:>8.2} s {false_alarm:>9.2} s {confusion:>8.2} s")
}

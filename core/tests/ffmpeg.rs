//! A detector of decoding faults: length, channels and peak of every clip, and of recordings of one to eight channels,
//! beside ffmpeg's. It runs where ffmpeg is installed; `cargo test --test ffmpeg -- --nocapture` prints the table.
#![allow(clippy::panic, clippy::unwrap_used, clippy::print_stdout, reason = "a test fails by panicking")]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::{clip_path, inspect, manifest, skipped};
use voiceroll::Recording;

struct Decoded {
    seconds: f64,
    channels: u32,
    peak_dbfs: f64,
}

/// What ffmpeg makes of a file; none where it reads nothing.
fn by_ffmpeg(path: &Path) -> Option<Decoded> {
    let probe = Command::new("ffprobe")
        .args([
            "-v",
            "error",
            "-select_streams",
            "a:0",
            "-show_entries",
            "stream=sample_rate,channels",
            "-of",
            "csv=p=0",
        ])
        .arg(path)
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&probe.stdout).trim().to_owned();
    let (rate, channels) = text.split_once(',')?;
    let (rate, channels): (f64, u32) = (rate.parse().ok()?, channels.trim_end_matches(',').parse().ok()?);
    let mut decode = Command::new("ffmpeg");
    decode.args(["-v", "error", "-i"]).arg(path).args(["-map", "a:0", "-f", "f32le", "-"]);
    let sound = decode.output().ok()?.stdout;
    let peak = sound.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes).abs()).fold(0.0, f32::max);
    let samples = sound.len() as f64 / 4.0 / f64::from(channels.max(1));
    (samples > 0.0).then(|| Decoded { seconds: samples / rate, channels, peak_dbfs: 20.0 * f64::from(peak).log10() })
}

fn is_installed(program: &str) -> bool {
    Command::new(program).arg("-version").output().is_ok_and(|output| output.status.success())
}

/// One line of the table; what is off.
fn compared(path: &Path) -> Option<String> {
    let theirs = by_ffmpeg(path)?;
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let ours = match inspect(&Recording::from_path(path)) {
        Ok(ours) => ours,
        Err(error) => return Some(format!("{name}: {error}")),
    };
    let peak = ours.peak_dbfs.unwrap_or(-120.0).max(-90.0);
    println!(
        "{name:28} {:10} {:14} {:8.3} {:8.3} s   {} {} ch   {peak:6.1} {:6.1} dBFS",
        ours.container, ours.codec, ours.duration, theirs.seconds, ours.channels, theirs.channels, theirs.peak_dbfs
    );
    // A frame more or less at the ends, and what a coder adds to it.
    let off = (ours.duration - theirs.seconds).abs() > 0.13
        || ours.channels != theirs.channels
        || (peak - theirs.peak_dbfs.max(-90.0)).abs() > 0.6;
    off.then(|| {
        format!(
            "{name}: {ours:?}, by ffmpeg {} s, {} channels, {} dBFS",
            theirs.seconds, theirs.channels, theirs.peak_dbfs
        )
    })
}

#[test]
fn clips_come_out_as_ffmpeg_decodes_them() {
    if !is_installed("ffmpeg") || !is_installed("ffprobe") {
        return skipped("ffmpeg is not installed");
    }
    let clips = manifest().into_iter().filter(|clip| clip.expect.as_deref() != Some("unreadable"));
    // HE-AAC is read as its core; damage, and what ffmpeg does not go on with, has tests of its own.
    let plain = clips.filter(|clip| clip.codec != "he-aac" && !clip.file.starts_with("fault-"));
    let off: Vec<String> = plain.filter_map(|clip| compared(&clip_path(&clip.file))).collect();
    assert!(off.is_empty(), "{off:#?}");
}

#[test]
fn recordings_of_many_channels_come_out_as_ffmpeg_decodes_them() {
    if !is_installed("ffmpeg") || !is_installed("ffprobe") {
        return skipped("ffmpeg is not installed");
    }
    let folder = tempfile::tempdir().unwrap();
    let mut off = Vec::new();
    for channels in 1..=8 {
        for (end, options) in [
            ("ogg", "-c:a libopus -b:a 256k -mapping_family 1"),
            ("webm", "-c:a libopus -b:a 256k -mapping_family 1"),
            ("oga", "-c:a libvorbis -q:a 6"),
            ("m4a", "-c:a aac -b:a 256k"),
            ("aac", "-c:a aac -b:a 256k"),
            ("flac", "-c:a flac"),
            ("wav", "-c:a pcm_s24le"),
            ("mka", "-c:a pcm_s16le"),
            ("w64", "-c:a pcm_s16le"),
            ("caf", "-c:a pcm_s16be"),
            ("au", "-c:a pcm_s16be"),
        ] {
            let layout = ["mono", "stereo", "3.0", "quad", "5.0", "5.1", "6.1", "7.1"][channels - 1];
            let parts: Vec<String> = (0..channels).map(|at| format!("{}*c0", 1.0 - 0.1 * at as f64)).collect();
            let names = (0..channels).map(|at| format!("c{at}={}", parts[at])).collect::<Vec<_>>().join("|");
            let file: PathBuf = folder.path().join(format!("{channels}-{}.{end}", options.split(' ').nth(1).unwrap()));
            let made = Command::new("ffmpeg")
                .args(["-v", "error", "-y", "-t", "3", "-i"])
                .arg(clip_path("cleo-1.flac"))
                .args(["-af", &format!("pan={layout}|{names}"), "-ar", "48000"])
                .args(options.split(' '))
                .arg(&file)
                .status();
            // Not every build has every encoder, nor every encoder every layout.
            if made.is_ok_and(|status| status.success()) {
                off.extend(compared(&file));
            }
        }
    }
    assert!(off.is_empty(), "{off:#?}");
}

#[test]
fn telephone_codecs_come_out_as_ffmpeg_decodes_them() {
    if !is_installed("ffmpeg") || !is_installed("ffprobe") {
        return skipped("ffmpeg is not installed");
    }
    let folder = tempfile::tempdir().unwrap();
    let mut off = Vec::new();
    for (number, (end, options)) in [
        ("wav", "-ar 16000 -c:a g722"),
        ("wav", "-ar 8000 -c:a g726 -b:a 16k"),
        ("wav", "-ar 8000 -c:a g726 -b:a 24k"),
        ("wav", "-ar 8000 -c:a g726 -b:a 32k"),
        ("wav", "-ar 8000 -c:a g726 -b:a 40k"),
        ("au", "-ar 8000 -c:a g726le -b:a 32k"),
        ("wav", "-ar 8000 -c:a libgsm_ms"),
        ("gsm", "-ar 8000 -c:a libgsm"),
        ("amr", "-ar 8000 -c:a libopencore_amrnb -b:a 12.2k"),
        ("amr", "-ar 8000 -c:a libopencore_amrnb -b:a 4.75k"),
        ("3gp", "-ar 8000 -c:a libopencore_amrnb -b:a 7.95k"),
        ("amr", "-ar 16000 -c:a libvo_amrwbenc -b:a 23.85k"),
        ("avi", "-ar 16000 -c:a pcm_s16le"),
        ("avi", "-ar 16000 -c:a libmp3lame"),
        ("wav", "-ar 16000 -c:a libmp3lame"),
        ("caf", "-ar 16000 -c:a adpcm_ima_qt"),
        ("aiff", "-ar 16000 -c:a adpcm_ima_qt"),
        ("aiff", "-ar 16000 -c:a pcm_s24be"),
        ("mov", "-ar 16000 -c:a pcm_s16le"),
        ("mkv", "-ar 16000 -c:a aac"),
        ("mkv", "-ar 16000 -c:a libmp3lame"),
        ("mkv", "-ar 16000 -c:a flac"),
        ("wav", "-ar 16000 -c:a pcm_s16le -rf64 always"),
    ]
    .into_iter()
    .enumerate()
    {
        let file = folder.path().join(format!("{number}-{}.{end}", options.split(' ').nth(3).unwrap()));
        let made = Command::new("ffmpeg")
            .args(["-v", "error", "-y", "-t", "4", "-i"])
            .arg(clip_path("cleo-1.flac"))
            .args(["-ac", "1"])
            .args(options.split(' '))
            .arg(&file)
            .stderr(std::process::Stdio::null())
            .status();
        if made.is_ok_and(|status| status.success()) {
            off.extend(compared(&file));
        }
    }
    assert!(off.is_empty(), "{off:#?}");
}

//! Every format and every known fault, on the clips that the project ships.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::talk::{ada_and_ben_samples, spoken, wav};
use common::{Store, clip, clip_bytes, clip_path, id, inspect, manifest};
use voiceroll::{CallOptions, Encoding, ErrorKind, Limits, ProblemCode, Recording, Severity, blocking};

#[test]
fn every_clip_is_read_at_its_length_or_refused_by_name() {
    for clip in manifest() {
        let found = inspect(&Recording::from_path(clip_path(&clip.file)));
        match clip.expect.as_deref() {
            Some("readable") if clip.file == "fault-ten-hours.flac" => {
                assert_eq!(found.unwrap_err().code(), "recording_too_long");
            }
            Some("readable") => {
                let found = found.unwrap_or_else(|error| panic!("{}: {error}", clip.file));
                let off = (found.duration - clip.duration).abs();
                assert!(off <= 0.12, "{}: {} of {} s", clip.file, found.duration, clip.duration);
                let core = if clip.codec == "he-aac" { clip.sample_rate / 2 } else { clip.sample_rate };
                assert_eq!(u64::from(found.sample_rate), core, "{}", clip.file);
                assert!(
                    found.codec.starts_with(clip.codec.trim_start_matches("he-")),
                    "{}: {}",
                    clip.file,
                    found.codec
                );
            }
            Some("unreadable") => {
                let error = found.map(|found| found.container).unwrap_err();
                assert_eq!(error.kind(), ErrorKind::Unreadable, "{}: {error}", clip.file);
            }
            _ => {}
        }
    }
}

#[test]
fn speech_is_measured_on_clean_clips_in_every_format() {
    for clip in manifest().into_iter().filter(|clip| clip.fault.is_none() && clip.speech_seconds > 0.0) {
        let found = inspect(&Recording::from_path(clip_path(&clip.file))).unwrap();
        let off = (found.speech_seconds - clip.speech_seconds).abs();
        assert!(
            off <= 0.15 * clip.speech_seconds + 0.2,
            "{}: {} of {} s",
            clip.file,
            found.speech_seconds,
            clip.speech_seconds
        );
    }
}

#[test]
fn what_cannot_be_read_is_named() {
    for (file, code, named) in [
        ("not-empty.wav", "recording_empty", "empty"),
        ("not-text.mp3", "recording_unsupported", "plain text"),
        ("not-json.wav", "recording_unsupported", "JSON"),
        ("not-supported.sph", "recording_unsupported", "SPHERE"),
        ("not-picture.webp", "recording_unsupported", "WebP"),
        ("not-sound.mp4", "recording_no_sound", "video without sound"),
    ] {
        let error = inspect(&clip(file)).map(|found| found.container).unwrap_err();
        assert_eq!(error.code(), code, "{file}: {error}");
        assert!(error.to_string().contains(named), "{file}: {error}");
        assert!(!error.is_retryable());
    }
    let error = inspect(&Recording::from_path("no/such/file.mp3")).map(|found| found.container).unwrap_err();
    assert_eq!(error.code(), "io_failed");
    assert!(!error.to_string().contains("no/such"), "a path may hold a name: {error}");
}

/// The faults that were planted in the clips, and the problem that each must raise.
#[test]
fn planted_faults_are_found() {
    use ProblemCode as Code;
    use Severity::{Note, Refuse, Warn};
    for (file, code, severity) in [
        ("fault-clipped.mp3", Code::Clipped, Warn),
        ("fault-clipped.wav", Code::Clipped, Warn),
        ("fault-white-noise.mp3", Code::Noisy, Warn),
        ("fault-half-silent.flac", Code::MostlySilence, Warn),
        ("fault-mostly-silent.flac", Code::MostlySilence, Warn),
        ("fault-silence.flac", Code::NoSpeech, Refuse),
        ("fault-room-only.ogg", Code::NoSpeech, Refuse),
        ("fault-quiet.flac", Code::TooQuiet, Warn),
        ("fault-telephone-mulaw.wav", Code::NarrowBand, Note),
        ("fault-telephone-upsampled.wav", Code::NarrowBand, Note),
        ("cleo-2.mp3", Code::NarrowBand, Note),
        ("fault-dc-offset.wav", Code::DcOffset, Note),
        ("fault-nan.wav", Code::NonfiniteSamples, Note),
        ("fault-truncated.mp4", Code::Damaged, Warn),
        ("fault-wav-named.mp3", Code::EncodingMismatch, Note),
        ("ben-1.wav", Code::TooShort, Warn),
    ] {
        let found = inspect(&clip(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        let problem = found.problem(code).unwrap_or_else(|| panic!("{file}: no {code} in {:?}", found.problems));
        assert_eq!(problem.severity, severity, "{file}");
        assert!(problem.advice.ends_with('.'), "{file}");
    }
}

#[test]
fn good_recordings_have_no_problems() {
    for file in ["ada-1.mp3", "ada-2.m4a", "ben-2.ogg"] {
        let found = inspect(&clip(file)).unwrap();
        assert_eq!(found.problems, [], "{file}");
        assert!(found.accepted());
    }
}

#[test]
fn a_browsers_recording_is_not_called_damaged() {
    let found = inspect(&clip("fmt-opus-live.webm")).unwrap();
    assert!(found.problem(ProblemCode::Damaged).is_none(), "{:?}", found.problems);
}

#[test]
fn a_tag_before_a_wav_changes_nothing() {
    let tagged = [&b"ID3\x04\0\0\0\0\0\x0a0123456789"[..], &clip_bytes("fault-size-zero.wav")].concat();
    let found = inspect(&Recording::from_bytes(tagged)).unwrap();
    assert_eq!(found.duration, inspect(&clip("fault-size-zero.wav")).unwrap().duration);
}

/// The defects of the decoding library that are worked around: what each one used to lose.
mod defects {
    use super::*;

    fn duration(file: &str) -> f64 {
        inspect(&clip(file)).unwrap_or_else(|error| panic!("{file}: {error}")).duration
    }

    fn truth(file: &str) -> f64 {
        manifest().into_iter().find(|clip| clip.file == file).unwrap().duration
    }

    #[test]
    fn vbr_mp3_without_a_length_header_is_read_to_its_end() {
        assert!(duration("fmt-vbr-no-xing.mp3") >= truth("fmt-vbr-no-xing.mp3") - 0.05);
    }

    #[test]
    fn cut_files_give_what_they_hold() {
        for file in ["fault-truncated.webm", "fault-truncated.mp4"] {
            assert!(duration(file) >= truth(file) - 0.1, "{file}");
        }
    }

    #[test]
    fn opus_in_mp4_loses_no_speech_at_its_start() {
        assert!((duration("fmt-opus.mp4") - duration("fmt-opus.ogg")).abs() < 0.02);
    }

    #[test]
    fn a_crashed_recorders_wav_is_read() {
        assert_eq!(duration("fault-size-zero.wav"), duration("fmt-s16.wav"));
        assert_eq!(duration("fault-size-streamed.wav"), duration("fmt-s16.wav"));
    }

    #[test]
    fn joined_and_chained_files_are_read_to_their_end() {
        for file in ["fault-joined.mp3", "fault-joined-id3.mp3", "fault-chained.ogg"] {
            assert!(duration(file) >= truth(file) - 0.05, "{file}");
        }
    }

    #[test]
    fn an_absurd_sample_rate_is_damage() {
        assert_eq!(inspect(&clip("fault-rate-128.wav")).unwrap_err().code(), "recording_damaged");
    }

    #[test]
    fn samples_that_are_no_number_are_counted_and_silenced() {
        let found = inspect(&clip("fault-nan.wav")).unwrap();
        assert!(found.nonfinite_samples > 0);
        assert!(found.level_dbfs.unwrap().is_finite() && found.dc_offset.is_finite());
    }

    #[test]
    fn he_aac_is_read_as_its_core() {
        assert_eq!(inspect(&clip("fmt-he-aac.m4a")).unwrap().sample_rate, 24_000);
    }
}

#[test]
fn channels_that_cancel_each_other_are_still_heard() {
    let (apart, left) =
        (inspect(&clip("fault-anti-phase.flac")).unwrap(), inspect(&clip("fault-left-only.flac")).unwrap());
    assert!(apart.speech_seconds > 1.0 && left.speech_seconds > 1.0);
    let mono = inspect(&clip("fmt-flac.flac")).unwrap();
    assert!((left.level_dbfs.unwrap() - mono.level_dbfs.unwrap()).abs() < 1.0);
}

/// A clip's speech, and noise that is softer by so many decibels.
fn with_noise(decibels: f32) -> (Vec<f32>, Vec<f32>, Vec<f32>) {
    let voice: Vec<f32> = spoken("ada-1.mp3").iter().map(|sample| f32::from(*sample) / 32768.0).collect();
    let power = voice.iter().map(|x| x * x).sum::<f32>() / voice.len() as f32;
    let mut state = 1u64;
    let mut noise = || {
        let loud = (power * 12.0 / 10f32.powf(decibels / 10.0)).sqrt();
        let mut one = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            loud * ((state >> 40) as f32 / 16_777_216.0 - 0.5)
        };
        voice.iter().map(|_| one()).collect::<Vec<f32>>()
    };
    let (left, right) = (noise(), noise());
    (voice, left, right)
}

#[test]
fn channels_against_each_other_are_heard_through_noise_of_their_own_and_an_offset() {
    for (decibels, offset) in [(12.0, 0.0), (6.0, 0.0), (60.0, 0.1)] {
        let (voice, left, right) = with_noise(decibels);
        let both = voice.iter().zip(left.iter().zip(&right));
        let stereo: Vec<f32> = both.flat_map(|(x, (l, r))| [x + l + offset, -x + r + offset]).collect();
        let one: Vec<f32> = voice.iter().zip(&left).map(|(x, noise)| x + noise + offset).collect();
        let found = inspect(&Recording::from_f32(&stereo, 2, 16_000)).unwrap();
        let alone = inspect(&Recording::from_f32(&one, 1, 16_000)).unwrap();
        assert!(alone.speech_seconds > 10.0, "{decibels} dB: {}", alone.speech_seconds);
        assert!(found.speech_seconds > 0.95 * alone.speech_seconds, "{decibels} dB: {}", found.speech_seconds);
    }
}

#[test]
fn an_offset_changes_nothing_that_is_heard() {
    let (voice, noise, _) = with_noise(30.0);
    let soft: Vec<f32> = voice.iter().zip(&noise).map(|(x, noise)| 0.1 * (x + noise)).collect();
    let store = Store::new();
    store.registry.enroll(&id("ada"), [clip("ada-2.m4a")]).unwrap();
    let heard = |offset: f32| {
        let samples: Vec<f32> = soft.iter().map(|x| x + offset).collect();
        let recording = Recording::from_f32(&samples, 1, 16_000);
        let verified = store.registry.verify(&id("ada"), &recording).unwrap();
        (inspect(&recording).unwrap(), verified)
    };
    let (plain, expected) = heard(0.0);
    for offset in [0.3, -0.8] {
        let (found, verified) = heard(offset);
        assert!(found.problem(ProblemCode::DcOffset).is_some());
        assert!((found.speech_seconds - plain.speech_seconds).abs() < 0.1, "{offset}: {}", found.speech_seconds);
        assert_eq!(found.bandwidth_hz, plain.bandwidth_hz, "{offset}");
        for (with, without) in [(found.snr_db, plain.snr_db), (found.snr_blind_db, plain.snr_blind_db)] {
            assert!((with.unwrap() - without.unwrap()).abs() < 3.0, "{offset}: {with:?} for {without:?} dB");
        }
        let (with, without) = (verified.score.unwrap(), expected.score.unwrap());
        assert!((with - without).abs() < 0.02, "{offset}: {with} for {without}");
        assert_eq!(verified.decision, expected.decision);
    }
}

/// Reading may not take for ever, but somebody who watches it may.
#[test]
fn a_recording_is_not_damaged_because_its_listener_is_slow() {
    let samples: Vec<i16> = (0..700_000).map(|n| ((i64::from(n) * i64::from(n)) % 251) as i16).collect();
    let once = std::sync::Once::new();
    let control = CallOptions::new()
        .on_progress(move |_| once.call_once(|| std::thread::sleep(std::time::Duration::from_secs(36))));
    let found = blocking::inspect(&Recording::from_i16(&samples, 1, 384_000), &Limits::default(), &control);
    assert_eq!(found.unwrap().sample_rate, 384_000);
}

#[test]
fn a_second_voice_is_heard_however_late_it_speaks() {
    let (samples, _) = ada_and_ben_samples();
    for silence in [0, 100] {
        let mut late = vec![0i16; silence * 16_000];
        late.extend(&samples);
        let found = inspect(&wav(&[late])).unwrap();
        assert_eq!(found.speakers, Some(2), "after {silence} s");
        assert!(found.problem(ProblemCode::SecondVoice).is_some(), "after {silence} s");
    }
}

#[test]
fn the_bytes_decide_and_a_contradiction_is_reported() {
    let declared = |encoding| inspect(&clip("fmt-s16.wav").encoding(encoding)).unwrap();
    let wrong = declared(Encoding::Mpeg);
    assert_eq!(wrong.container, "wav");
    let problem = wrong.problem(ProblemCode::EncodingMismatch).unwrap();
    assert!(problem.advice.contains("declare it as Wav"), "{}", problem.advice);
    assert_eq!(problem.severity, Severity::Warn);
    assert!(declared(Encoding::Wav).problem(ProblemCode::EncodingMismatch).is_none());
    let m4a = inspect(&clip("fmt-aac.m4a").encoding(Encoding::Mpeg)).unwrap();
    assert!(m4a.problem(ProblemCode::EncodingMismatch).is_none(), "the guide sends MP4 as Mpeg");
}

#[test]
fn bytes_and_file_give_the_same() {
    let from_file = inspect(&clip("ada-2.m4a")).unwrap();
    let from_bytes = inspect(&Recording::from_bytes(clip_bytes("ada-2.m4a"))).unwrap();
    assert_eq!(from_file, from_bytes);
    assert_eq!(from_bytes.base64_bytes, clip_bytes("ada-2.m4a").len().div_ceil(3) as u64 * 4);
}

#[test]
fn the_json_has_exactly_the_documented_fields() {
    let found = serde_json::to_value(inspect(&clip("fault-silence.flac")).unwrap()).unwrap();
    let mut names: Vec<&str> = found.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    let mut documented = "container codec channels sample_rate bandwidth_hz duration speech_seconds longest_pause \
        level_dbfs peak_dbfs clipped_ratio snr_db snr_blind_db dc_offset nonfinite_samples base64_bytes speakers \
        problems"
        .split_whitespace()
        .collect::<Vec<_>>();
    documented.sort_unstable();
    assert_eq!(names, documented);
    assert!(found["snr_db"].is_null() && found["bandwidth_hz"].is_null() && found["level_dbfs"].is_null());
    let problem = found["problems"][0].as_object().unwrap();
    assert_eq!(problem.len(), 5);
    assert_eq!((problem["code"].as_str(), problem["severity"].as_str()), (Some("no_speech"), Some("refuse")));
}

#[test]
fn debug_forms_hold_no_audio_and_no_path() {
    let recording = Recording::from_path("jane-doe.wav");
    assert!(!format!("{recording:?}").contains("jane"));
    let prepared = voiceroll::blocking::prepare(&clip("ada-1.mp3"), &Default::default(), &Default::default()).unwrap();
    assert!(format!("{prepared:?}").len() < 200);
}

#[test]
fn prepare_cuts_the_best_stretch_as_wav() {
    let prepared =
        voiceroll::blocking::prepare(&clip("fault-mostly-silent.flac"), &Default::default(), &Default::default())
            .unwrap();
    assert!(prepared.end - prepared.start < 15.0 && prepared.speech_seconds > 1.0);
    let found = inspect(&Recording::from_bytes(prepared.wav)).unwrap();
    assert_eq!((found.container.as_str(), found.codec.as_str()), ("wav", "pcm_s16le"));
    assert_eq!((found.sample_rate, found.channels), (16_000, 1));
    assert!((found.speech_seconds - prepared.speech_seconds).abs() < 0.3);
    assert!((found.duration - (prepared.end - prepared.start)).abs() < 0.01);

    let silence = voiceroll::blocking::prepare(&clip("fault-silence.flac"), &Default::default(), &Default::default());
    assert_eq!(silence.unwrap_err().code(), "recording_refused");
}

/// Minutes of one clip over and over, as WAV.
fn repeated(times: usize) -> Vec<u8> {
    let mut file = clip_bytes("ben-1.wav");
    let start = file.windows(4).position(|window| window == b"data").unwrap() + 8;
    let samples = file[start..].to_vec();
    (1..times).for_each(|_| file.extend_from_slice(&samples));
    let size = (file.len() - start) as u32;
    file[start - 4..start].copy_from_slice(&size.to_le_bytes());
    file
}

#[test]
fn prepare_keeps_to_thirty_seconds_of_a_long_recording() {
    let long = Recording::from_bytes(repeated(30));
    let prepared = voiceroll::blocking::prepare(&long, &Default::default(), &Default::default()).unwrap();
    let length = prepared.end - prepared.start;
    assert!((12.0..=30.0).contains(&length), "{length}");
    assert!(prepared.speech_seconds > 20.0);
}

#[test]
fn long_recordings_are_welcome() {
    let found = inspect(&Recording::from_bytes(repeated(30))).unwrap();
    assert!(found.accepted());
    assert_eq!(found.problem(ProblemCode::TooLong).unwrap().severity, Severity::Note);
}

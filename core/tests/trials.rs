//! `evaluate` and `calibrate` on a list of trials over the shipped clips.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::clip_path;
use serde_json::Value;
use voiceroll::trials::{Evaluation, Options, Trials, calibrate};
use voiceroll::{Calibration, CallOptions, Decision};

/// Trials of `ada` in many formats against herself and three others.
fn list(folder: &Path) -> PathBuf {
    let mut text = "enroll,test,target,condition,enroll_speaker,test_speaker\n".to_owned();
    let clips = |names: &[&str]| -> Vec<String> { names.iter().map(|n| clip_path(n).display().to_string()).collect() };
    let enrolled = clips(&["ada-1.mp3", "ada-2.m4a", "ada-3.webm"]);
    let formats =
        clips(&["fmt-cbr-id3.mp3", "fmt-opus.ogg", "fmt-flac.flac", "fmt-vorbis.ogg", "fmt-aac.m4a", "fmt-opus.webm"]);
    let own = formats.iter().chain(&enrolled);
    for test in own.clone() {
        for ada in enrolled.iter().filter(|ada| *ada != test) {
            text += &format!("{ada},{test},1,ada,ada,ada\n");
        }
    }
    for (name, other) in [
        ("ben", "ben-1.wav"),
        ("ben", "ben-2.ogg"),
        ("cleo", "cleo-1.flac"),
        ("cleo", "cleo-2.mp3"),
        ("dan", "dan-1.mp3"),
    ] {
        let other = clip_path(other).display().to_string();
        for test in own.clone() {
            text += &format!("{other},{test},0,ada,{name},ada\n");
        }
    }
    text += &format!("{};{},{},same,ada,ada,ada\n", enrolled[0], enrolled[1], enrolled[2]);
    let path = folder.join("trials.csv");
    fs::write(&path, text).unwrap();
    path
}

fn voiceroll(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_voiceroll")).args(arguments).output().unwrap()
}

#[test]
fn figures_calibration_and_plots_come_out_of_a_list() {
    let folder = tempfile::tempdir().unwrap();
    let list = list(folder.path());
    let (list, scores) = (list.to_str().unwrap(), folder.path().join("scores.csv"));

    let found = voiceroll(&["evaluate", list, "--json", "--scores", scores.to_str().unwrap()]);
    assert!(found.status.success(), "{}", String::from_utf8_lossy(&found.stderr));
    let lines: Vec<Value> = found
        .stdout
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect();
    let [ada] = &lines[..] else { panic!("{lines:?}") };
    assert_eq!(ada["condition"], "ada");
    assert!(ada["targets"].as_u64().unwrap() >= 18 && ada["impostors"] == 45, "{ada}");
    let number = |name: &str| ada[name].as_f64().unwrap();
    assert!(number("eer") <= 5.0, "voices as different as these are told apart: {ada}");
    assert!(number("eer_low") <= number("eer") && number("eer") <= number("eer_high").max(number("eer")));
    assert!((0.0..=1.0).contains(&number("min_dcf")));
    let scored = fs::read_to_string(scores).unwrap();
    assert_eq!(scored.lines().count(), fs::read_to_string(list).unwrap().lines().count());
    assert!(scored.lines().next().unwrap().ends_with("decision"));

    let out = folder.path().join("made");
    let made = voiceroll(&["calibrate", list, "--output", out.to_str().unwrap(), "--json"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let made: Value = serde_json::from_slice(&made.stdout).unwrap();
    assert!(made["false_accepts"].as_f64().unwrap() <= 0.05, "{made}");
    assert!(made["cllr"].as_f64().unwrap() < 0.5 && made["threshold"].is_number());
    for plot in ["det.svg", "scores.svg"] {
        assert!(fs::read_to_string(out.join(plot)).unwrap().contains("</svg>"), "{plot}");
    }
    for plot in ["det.png", "scores.png"] {
        assert_eq!(&fs::read(out.join(plot)).unwrap()[..4], b"\x89PNG", "{plot}");
    }

    let calibration = Calibration::read(out.join("calibration.json")).unwrap();
    let options = Options::new().calibration(out.join("calibration.json"));
    let evaluation = Evaluation::new(&Trials::read(list).unwrap(), &options, &CallOptions::new()).unwrap();
    assert_eq!(evaluation.model(), calibration.model());
    for scored in evaluation.scored().iter().filter(|scored| scored.decision != Some(Decision::TooLittleSpeech)) {
        assert_eq!(scored.decision == Some(Decision::Match), scored.llr.unwrap() >= calibration.threshold(0.01));
    }
    let registry = voiceroll::Registry::options().calibration(calibration).open(folder.path().join("voices.db"));
    registry.unwrap();
}

#[test]
fn a_list_that_is_too_short_or_names_what_is_not_there_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("short.csv");
    let (a, b, c) = (clip_path("ada-1.mp3"), clip_path("ada-2.m4a"), clip_path("ben-1.wav"));
    let text = format!("enroll,test,target\n{0},{1},1\n{0},{2},0\n", a.display(), b.display(), c.display());
    fs::write(&path, &text).unwrap();
    let short = calibrate(&Trials::read(&path).unwrap(), &Options::new(), &CallOptions::new()).unwrap_err();
    assert_eq!(short.code(), "trials_invalid");
    assert!(short.to_string().contains("20"), "{short}");

    fs::write(&path, text + "nowhere.wav,gone.wav,1\n").unwrap();
    let missing = Evaluation::new(&Trials::read(&path).unwrap(), &Options::new(), &CallOptions::new()).unwrap_err();
    assert_eq!(missing.code(), "io_failed");
    assert!(missing.to_string().contains("line 4") && !missing.to_string().contains("nowhere"), "{missing}");
    assert_eq!(Trials::read(folder.path().join("no-list.csv")).unwrap_err().code(), "io_failed");
}

#[test]
fn files_are_opened_before_the_work_and_the_list_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let list = list(folder.path());
    let before = fs::read_to_string(&list).unwrap();
    let path = list.to_str().unwrap();
    let nowhere = folder.path().join("not-there/scores.csv");
    for (arguments, code) in [
        (["evaluate", path, "--scores", path], 2),
        (["evaluate", path, "--scores", nowhere.to_str().unwrap()], 10),
        (["calibrate", path, "--output", path], 10),
    ] {
        let started = std::time::Instant::now();
        let refused = voiceroll(&arguments);
        assert_eq!(refused.status.code(), Some(code), "{arguments:?}");
        assert!(refused.stdout.is_empty() && started.elapsed().as_secs() < 60);
    }
    assert_eq!(fs::read_to_string(&list).unwrap(), before);
    let clip = clip_path("ada-1.mp3");
    for passed_over in [
        &["inspect", "--model", "own.onnx", clip.to_str().unwrap()][..],
        &["evaluate", "--server", "http://localhost:1", path],
    ] {
        assert_eq!(voiceroll(passed_over).status.code(), Some(2), "{passed_over:?}");
    }
}

#[test]
fn what_could_not_be_heard_or_compared_has_no_ratio_and_moves_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let list = list(folder.path());
    let heard = calibrate(&Trials::read(&list).unwrap(), &Options::new(), &CallOptions::new()).unwrap();
    let silence = folder.path().join("silence.wav");
    fs::write(&silence, common::talk::wav_bytes(&[vec![0; 32_000]])).unwrap();
    let ada = clip_path("ada-1.mp3").display().to_string();
    let text =
        fs::read_to_string(&list).unwrap() + &format!("{ada},silence.wav,1,ada,ada,ada\n{ada},{ada},1,alone,ada,ada\n");
    fs::write(&list, text).unwrap();
    let trials = Trials::read(&list).unwrap();
    let evaluation = Evaluation::new(&trials, &Options::new(), &CallOptions::new()).unwrap();
    assert_eq!(evaluation.one_sided(), ["alone"]);
    let silent = &evaluation.scored()[evaluation.scored().len() - 2];
    assert_eq!((silent.llr, silent.decision), (None, Some(Decision::TooLittleSpeech)));
    let [ada] = evaluation.conditions() else { panic!("{:?}", evaluation.conditions()) };
    assert!(ada.cllr.unwrap() < 1.0, "{ada:?}");
    let with_silence = calibrate(&trials, &Options::new(), &CallOptions::new()).unwrap();
    assert_eq!(with_silence.scores.len(), heard.scores.len() + 1);
    assert!(with_silence.scores.iter().all(|(llr, _)| *llr > -50.0));

    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/models/small-wespeaker.onnx");
    let uncalibrated = Evaluation::new(&trials, &Options::new().model(model), &CallOptions::new()).unwrap();
    let [ada] = uncalibrated.conditions() else { panic!("{:?}", uncalibrated.conditions()) };
    assert!(ada.same.is_none() && ada.guard_refuses.is_none() && ada.cllr.is_none());
    assert!(uncalibrated.scored().iter().all(|scored| scored.llr.is_none() && scored.decision.is_none()));
}

#[test]
fn a_network_from_outside_is_evaluated_and_calibrated_like_the_built_in_one() {
    let folder = tempfile::tempdir().unwrap();
    let list = list(folder.path());
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/models/small-wespeaker.onnx");
    let made = calibrate(&Trials::read(&list).unwrap(), &Options::new().model(&model), &CallOptions::new()).unwrap();
    assert!(made.calibration.model().starts_with("onnx-"));
    let path = folder.path().join("voices.db");
    let open = |calibration| voiceroll::Registry::options().model(&model).calibration(calibration).open(&path);
    open(made.calibration.clone()).unwrap();
    let wrong = voiceroll::Registry::options().calibration(made.calibration).open(&path).unwrap_err();
    assert_eq!(wrong.code(), "model_mismatch");
}

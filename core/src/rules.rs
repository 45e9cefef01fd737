//! The rules, free of I/O: plain numbers in, decisions out. Every threshold of the system stands
//! here, with its source.

use crate::calibration::Calibration;
use crate::types::{Decision, Error, Inspection, Problem, ProblemCode, Quality, Severity, SpeakerId, error::Code};

/// Seconds of speech of a complete enrollment. Source: RingCentral's guide.
pub const COMPLETE_SECONDS: f64 = 12.0;

/// The least seconds of speech for an enrollment. Source: the minimum of Azure Speaker Recognition.
pub const LEAST_SPEECH_SECONDS: f64 = 1.0;

/// RingCentral's guide asks for samples of 12 to 30 seconds.
pub const CONTRACT_SECONDS: f64 = 30.0;

/// The default limit of a Voiceroll server, 16 MiB of audio, in base64. RingCentral never published its limit.
pub const CONTRACT_BASE64_BYTES: u64 = (16 * 1024 * 1024u64).div_ceil(3) * 4;

/// The speech of one recording that goes into its voiceprint, at most, in seconds. On the
/// development trials 20 s do as well as 30 (`training/LOG.md`), in two thirds of the time.
pub const ENGINE_SECONDS: f64 = 20.0;

/// The speech of one recording that is looked through for a second voice where there may be one,
/// in seconds: more than goes into a voiceprint, and of a long recording from all along it, as people
/// may take turns of half a minute.
pub(crate) const SECOND_VOICE_SECONDS: f64 = 60.0;

/// Of each of the stretches that these seconds are made of in a long recording. Shorter ones hold
/// too few windows of a turn: six of 10 s find several voices in 100 of the 108 conversations of
/// `bench/conversations.py`, ten of 6 s in 96.
pub(crate) const SECOND_VOICE_STRETCH_SECONDS: f64 = 10.0;

/// Below this share of speech a recording counts as mostly silence. Recordings of read speech
/// with natural pauses have 0.75 and more, half-silent ones up to 0.6.
const LEAST_SPEECH_SHARE: f64 = 0.65;

/// Under this signal-to-noise ratio recognition suffers, in dB. Recording gates in the field
/// stand at 10 dB; the error of the measurement is about 4 dB.
const NOISY_DB: f64 = 10.0;

/// The noise is louder than the voice by more than the error of the measurement, in dB. Azure
/// Speaker Recognition refused below 2 dB.
const TOO_NOISY_DB: f64 = -4.0;

/// What a recording without any noise to measure counts as, in dB: the most that is measured.
pub(crate) const NO_NOISE_DB: f64 = 60.0;

/// From this share of clipped samples on, the distortion is audible.
const CLIPPED_SHARE: f64 = 0.001;

/// Speech below this level stands less than 55 dB above the rounding noise of 16 bits, in dBFS.
const QUIET_DBFS: f64 = -45.0;

/// Telephone speech ends at 3400 Hz and its sampling at 4000 Hz (ITU-T G.712); wide-band speech
/// starts at 7000 Hz (ITU-T G.722).
const NARROW_BAND_HZ: f64 = 4500.0;

/// An offset that takes a twentieth of the range points to a faulty recorder.
const OFFSET: f64 = 0.05;

/// The default false-accept rate: one comparison in a hundred.
pub const FALSE_ACCEPT_RATE: f64 = 0.01;

/// The default false-reject rate, for the threshold of `no_match`. A choice, not a measurement.
pub const FALSE_REJECT_RATE: f64 = 0.05;

/// "Another person" is said only of ratios that at least this share of the comparisons of two people reaches,
/// whatever the list of trials says of one person's. At an equal error rate of 9 %, as telephones have with the
/// better network, 4 % of a person's own calls fall short of what a fifth of other people's reach.
pub(crate) const OTHERS_REACH: f64 = 0.2;

/// The share of a person's own recordings that the same-person guard may refuse.
pub(crate) const GUARD_REFUSES: f64 = 0.02;

/// The rate at which a new speaker may be reported as a duplicate.
pub(crate) const DUPLICATE_FALSE_ALARMS: f64 = 0.01;

/// The least seconds of speech for a decision. A guess: at 2 s, the error rates on the development trials are three
/// to five times those at 8 s.
pub const LEAST_TEST_SECONDS: f64 = 1.5;

/// What besides its measurements bears on a recording.
#[derive(Debug, Clone, Default)]
pub(crate) struct Circumstances {
    /// A declared encoding or an extension that the bytes contradict: what to say about it.
    pub(crate) mismatch: Option<(Severity, String)>,
    /// Packets that could not be decoded.
    pub(crate) damaged_packets: u64,
    /// Whether the file ends before its header says so.
    pub(crate) cut: bool,
    /// Sound tracks.
    pub(crate) tracks: u32,
}

/// The problems of a recording, the worst first.
pub(crate) fn problems(found: &Inspection, around: &Circumstances) -> Vec<Problem> {
    use ProblemCode as Code;
    use Severity::{Note, Refuse, Warn};

    let mut problems = Vec::new();
    let mut add = |code, severity, measured: Option<f64>, limit: Option<f64>, advice: &str| {
        problems.push(Problem { code, severity, measured, limit, speaker_id: None, advice: advice.to_owned() });
    };
    let speech = found.speech_seconds;
    if speech <= 0.0 {
        add(
            Code::NoSpeech,
            Refuse,
            Some(speech),
            Some(LEAST_SPEECH_SECONDS),
            "Check that the right microphone is on, and record someone speaking.",
        );
    } else if speech < LEAST_SPEECH_SECONDS {
        add(
            Code::TooShort,
            Refuse,
            Some(speech),
            Some(LEAST_SPEECH_SECONDS),
            "Record at least 12 seconds of one person speaking.",
        );
    } else if speech < COMPLETE_SECONDS {
        add(
            Code::TooShort,
            Warn,
            Some(speech),
            Some(COMPLETE_SECONDS),
            "Record 12 to 30 seconds of speech, or add more recordings.",
        );
    }
    if let Some(snr) = found.snr_db {
        if snr < TOO_NOISY_DB {
            add(
                Code::Noisy,
                Refuse,
                Some(snr),
                Some(TOO_NOISY_DB),
                "The noise is louder than the speech; record in a quieter room or closer to the microphone.",
            );
        } else if snr < NOISY_DB {
            add(Code::Noisy, Warn, Some(snr), Some(NOISY_DB), "Record in a quieter room or closer to the microphone.");
        }
    }
    if found.clipped_ratio >= CLIPPED_SHARE {
        add(
            Code::Clipped,
            Warn,
            Some(found.clipped_ratio),
            Some(CLIPPED_SHARE),
            "Lower the recording level or speak further from the microphone.",
        );
    }
    if let Some(level) = found.level_dbfs.filter(|level| speech > 0.0 && *level < QUIET_DBFS) {
        add(
            Code::TooQuiet,
            Warn,
            Some(level),
            Some(QUIET_DBFS),
            "Raise the recording level or speak closer to the microphone.",
        );
    }
    let share = speech / found.duration.max(f64::MIN_POSITIVE);
    if speech > 0.0 && share < LEAST_SPEECH_SHARE {
        add(
            Code::MostlySilence,
            Warn,
            Some(round(share, 3)),
            Some(LEAST_SPEECH_SHARE),
            "Record continuous speech, or cut the silence out.",
        );
    }
    if around.damaged_packets > 0 {
        add(
            Code::Damaged,
            Warn,
            Some(around.damaged_packets as f64),
            Some(0.0),
            "Part of the recording could not be decoded and was skipped; export or upload it again.",
        );
    }
    if around.cut {
        add(
            Code::Damaged,
            Warn,
            None,
            None,
            "The end is missing, as the header announces more data than there is; upload the whole recording.",
        );
    }
    if around.tracks > 1 {
        add(
            Code::SeveralTracks,
            Note,
            Some(f64::from(around.tracks)),
            Some(1.0),
            "The recording has several audio tracks; the first one with speech is used. Set `track` to choose another.",
        );
    }
    if let Some((severity, advice)) = &around.mismatch {
        add(Code::EncodingMismatch, *severity, None, None, advice);
    }
    if found.base64_bytes > CONTRACT_BASE64_BYTES {
        add(
            Code::TooLarge,
            Warn,
            Some(found.base64_bytes as f64),
            Some(CONTRACT_BASE64_BYTES as f64),
            "Cut the best 30 seconds out with `prepare` before sending it to a server.",
        );
    }
    if found.duration > CONTRACT_SECONDS {
        add(
            Code::TooLong,
            Note,
            Some(found.duration),
            Some(CONTRACT_SECONDS),
            "Only the best part of the speech is used; for a service that takes 12 to 30 seconds, cut the recording \
             with `prepare`.",
        );
    }
    if let Some(bandwidth) = found.bandwidth_hz.filter(|bandwidth| *bandwidth < NARROW_BAND_HZ) {
        add(
            Code::NarrowBand,
            Note,
            Some(bandwidth),
            Some(NARROW_BAND_HZ),
            "The recording has telephone bandwidth; it compares best with other telephone recordings.",
        );
    }
    if found.dc_offset.abs() >= OFFSET {
        add(
            Code::DcOffset,
            Note,
            Some(found.dc_offset),
            Some(OFFSET),
            "The recording has a DC offset, which was removed; check the recorder.",
        );
    }
    if found.nonfinite_samples > 0 {
        add(
            Code::NonfiniteSamples,
            Note,
            Some(found.nonfinite_samples as f64),
            Some(0.0),
            "Some samples are not finite numbers and were replaced by silence; check the program that wrote the file.",
        );
    }
    problems.sort_by_key(|problem| problem.severity);
    problems
}

/// Whether only the telephone band carries voice.
pub(crate) fn is_narrow(bandwidth_hz: Option<f64>) -> bool {
    bandwidth_hz.is_some_and(|hz| hz < NARROW_BAND_HZ)
}

/// What a comparison comes to, from its log-likelihood ratio.
pub(crate) fn decide(llr: f64, test_seconds: f64, calibration: &Calibration, false_accept_rate: f64) -> Decision {
    let accept = calibration.threshold(false_accept_rate);
    if test_seconds < LEAST_TEST_SECONDS {
        Decision::TooLittleSpeech
    } else if llr >= accept {
        Decision::Match
    } else if llr < no_match_below(calibration, accept) {
        Decision::NoMatch
    } else {
        Decision::Undecided
    }
}

/// The ratio below which it is another person, where one from `accept` on is the same: what hardly any
/// comparison of one person falls short of, nor most of those of two people reach. How people sound on
/// another day, on another telephone, no list of trials knows well; how other people sound it does.
pub(crate) fn no_match_below(calibration: &Calibration, accept: f64) -> f64 {
    surely_other(calibration, FALSE_REJECT_RATE).min(accept)
}

/// The ratio under which a recording is not added to an enrollment.
pub(crate) fn guard_below(calibration: &Calibration) -> f64 {
    surely_other(calibration, GUARD_REFUSES)
}

fn surely_other(calibration: &Calibration, false_reject_rate: f64) -> f64 {
    let other = calibration.no_match().unwrap_or_else(|| calibration.threshold(OTHERS_REACH));
    calibration.rejection_threshold(false_reject_rate).min(other)
}

/// What is wrong with adding a recording to an enrollment, from the ratio of the two.
pub(crate) fn different_voice(llr: f64, calibration: &Calibration) -> Option<Problem> {
    let limit = guard_below(calibration);
    (llr < limit).then(|| Problem {
        code: ProblemCode::DifferentVoice,
        severity: Severity::Refuse,
        measured: Some(round(llr, 2)),
        limit: Some(round(limit, 2)),
        speaker_id: None,
        advice: "The enrolled voiceprint is of a different voice; check who is speaking, or force the update."
            .to_owned(),
    })
}

/// What to say of a recording whose speech was enrolled before, by the share of it and the earlier recording.
pub(crate) fn repeated(share: f64, earlier: &str) -> Problem {
    Problem {
        code: ProblemCode::Repeated,
        severity: Severity::Warn,
        measured: Some(round(share, 3)),
        limit: Some(REPEATED_SHARE),
        speaker_id: None,
        advice: format!("This is the same speech as in {earlier} and counts once; add a different recording."),
    }
}

/// What to say of a recording that repeats itself, by the share of its speech that does.
pub(crate) fn looped(share: f64) -> Problem {
    Problem {
        advice: "The recording repeats itself, and repeated speech counts once; record continuous speech.".to_owned(),
        ..repeated(share, "")
    }
}

/// What to say where channels hold the same sound, each of which was to be one speaker.
pub(crate) fn same_channels() -> Problem {
    Problem {
        code: ProblemCode::SameChannels,
        severity: Severity::Warn,
        measured: None,
        limit: None,
        speaker_id: None,
        advice: "The channels contain the same audio and count as one speaker; omit `per_channel`.".to_owned(),
    }
}

/// The LLR threshold over a roll of this many voices: the false-accept rate is divided among them (Bonferroni).
pub(crate) fn roll_threshold(false_accept_rate: f64, voices: usize, calibration: &Calibration) -> f64 {
    calibration.threshold(false_accept_rate / voices.max(1) as f64)
}

/// The minimum difference between the LLRs of the best and the second-best speaker; below it no speaker is named. A
/// guess.
const MARGIN: f64 = 1.0;

/// How often a stranger may be taken for anybody of those who are looked for, in false-accept rates: 4 % by default,
/// as a bound. With 22 enrolled, strangers of the development recordings are named in about 1 % of their time.
const STRANGERS_NAMED: f64 = 4.0;

/// Whether the best of so many enrolled speakers is named, from the LLRs of the two best. The
/// false-accept rate is that of one comparison; see [`STRANGERS_NAMED`].
pub(crate) fn is_named(
    best: f64,
    second: Option<f64>,
    voices: usize,
    seconds: f64,
    false_accept_rate: f64,
    calibration: &Calibration,
) -> bool {
    seconds >= LEAST_TEST_SECONDS
        && best >= roll_threshold(STRANGERS_NAMED * false_accept_rate, voices, calibration)
        && second.is_none_or(|second| best - second >= MARGIN)
}

/// The problem of a new enrollment whose voice is already enrolled.
pub(crate) fn duplicate_voice(
    llr: f64,
    voices: usize,
    other: &SpeakerId,
    calibration: &Calibration,
) -> Option<Problem> {
    let limit = roll_threshold(DUPLICATE_FALSE_ALARMS, voices, calibration);
    (llr >= limit).then(|| Problem {
        code: ProblemCode::DuplicateVoice,
        severity: Severity::Warn,
        measured: Some(round(llr, 2)),
        limit: Some(round(limit, 2)),
        speaker_id: Some(other.clone()),
        advice: format!("This voice is already enrolled as {other}; check whether both are the same person."),
    })
}

/// From this share of its speech on a recording is one that was enrolled before.
pub(crate) const REPEATED_SHARE: f64 = 0.25;

/// From this share of the speech on, a second voice spoils an enrollment. A guess.
const SECOND_VOICE_REFUSED: f64 = 0.3;

/// What is wrong with a recording in which this share of the speech is not the first voice's.
pub(crate) fn second_voice(share: f64) -> Option<Problem> {
    let refused = share >= SECOND_VOICE_REFUSED;
    (share > 0.0).then(|| Problem {
        code: ProblemCode::SecondVoice,
        severity: if refused { Severity::Refuse } else { Severity::Warn },
        measured: Some(round(share, 3)),
        limit: Some(if refused { SECOND_VOICE_REFUSED } else { 0.0 }),
        speaker_id: None,
        advice: "The recording has more than one speaker; record one person alone, or cut the others out.".to_owned(),
    })
}

/// What quality is decided from: the recordings in the registry for one speaker, taken together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Evidence {
    /// Speech of all recordings, in seconds.
    pub(crate) speech_seconds: f64,
    /// Signal-to-noise ratio, averaged over the speech, in dB.
    pub(crate) snr_db: f64,
    /// Bandwidth, averaged over the speech, in Hz.
    pub(crate) bandwidth_hz: f64,
    /// How alike the recordings sound: the least cosine of one to the mean of those before it.
    /// None for a single one.
    pub(crate) agreement: Option<f64>,
}

/// Whether there is enough speech.
pub(crate) fn is_complete(speech_seconds: f64) -> bool {
    speech_seconds >= COMPLETE_SECONDS
}

/// Seconds of speech still missing.
pub(crate) fn missing_seconds(speech_seconds: f64) -> f64 {
    round((COMPLETE_SECONDS - speech_seconds).max(0.0), 3)
}

/// The error for a speaker whose enrollment is not complete, with so many seconds of speech.
pub(crate) fn incomplete(id: &SpeakerId, speech_seconds: f64) -> Error {
    Error::new(
        Code::SpeakerIncomplete,
        format!(
            "the enrollment of speaker {id} is incomplete and needs {:.1} s more speech; add recordings first",
            missing_seconds(speech_seconds)
        ),
    )
}

/// The quality of an enrollment: the worst of what each measure earns. [`Quality`] has the table, and
/// `voiceroll evaluate --cuts` shows the error rates that go with the words.
pub(crate) fn quality(evidence: &Evidence, model: &str) -> Quality {
    let earned = |value: f64, [average, good, high]: [f64; 3]| {
        if value >= high {
            Quality::High
        } else if value >= good {
            Quality::Good
        } else if value >= average {
            Quality::Average
        } else {
            Quality::Poor
        }
    };
    const ALWAYS: f64 = f64::NEG_INFINITY;
    [
        earned(evidence.speech_seconds, [COMPLETE_SECONDS, 16.0, 24.0]),
        earned(evidence.snr_db, [NOISY_DB, 15.0, 20.0]),
        earned(evidence.bandwidth_hz, [ALWAYS, ALWAYS, NARROW_BAND_HZ]),
    ]
    .into_iter()
    // Cosines of a network that nobody measured say nothing.
    .chain(evidence.agreement.zip(agreement(model)).map(|(agreement, limits)| earned(agreement, limits)))
    .min()
    .unwrap_or(Quality::Poor)
}

/// Cosines that the agreement of recordings is compared with for Average, Good and High: under this network, what 5, 10
/// and 25 of 100 recordings of one person from other calls fall short of.
fn agreement(model: &str) -> Option<[f64; 3]> {
    match model {
        COMPACT_MODEL => Some([0.29, 0.35, 0.42]),
        // On the 13 callers of the watch half that have several calls: 0.67, 0.70 and 0.74
        // (`examples/voiceprints.rs`). Callers whom nobody had watched lay 0.07 lower on average, so the limits do.
        CAMPPLUS_MODEL => Some([0.60, 0.63, 0.67]),
        _ => None,
    }
}

/// The name under which voiceprints of the network inside the library are stored.
pub(crate) const COMPACT_MODEL: &str = "voiceroll-m3";

/// The name under which voiceprints of CAM++ are stored.
pub(crate) const CAMPPLUS_MODEL: &str = "campplus-1";

/// Rounds to `digits` decimals, so that results read well and compare equal across machines.
pub(crate) fn round(value: f64, digits: i32) -> f64 {
    let scale = 10f64.powi(digits);
    // Adding zero turns a negative zero into a plain one.
    (value * scale).round() / scale + 0.0
}

/// How the model of people and windows is weighed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Model {
    /// How much a window's likelihood counts: windows overlap, and their numbers depend on each
    /// other.
    pub(crate) evidence: f64,
    /// How much evidence a person must bring to be kept.
    pub(crate) parsimony: f64,
    /// The probability that the next window has the same speaker.
    pub(crate) stay: f64,
}

/// How conversations are taken apart into voices. All of it depends on the network: choose it anew
/// with `bench/conversations.py --tune` when the network changes. Times are in seconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clustering {
    /// Length of the windows that are compared, and from one to the next.
    pub(crate) window: f64,
    pub(crate) step: f64,
    /// The most voices that are told apart where their number is not given, and the least number
    /// of windows for each.
    pub(crate) most_voices: usize,
    pub(crate) least_windows: usize,
    /// From this cosine of their means on, two voices of a recording are one.
    pub(crate) alike: f64,
    /// Windows that are compared each with each.
    pub(crate) block: usize,
    /// Share of the variance of windows that lies within a voice: 1 less the mean cosine of two
    /// windows of one voice.
    pub(crate) within: f64,
    pub(crate) count_unknown: Model,
    pub(crate) count_given: Model,
    /// Silence that does not end a turn.
    pub(crate) pause: f64,
    /// What it takes to hear a second voice in an enrollment: the model, how unlike the first it
    /// has to be, and its least share.
    pub(crate) second_voice: Model,
    pub(crate) second_alike: f64,
    pub(crate) second_share: f64,
    /// Stretches of one voice are at least this much like their mean; where one is not, a closer
    /// look is taken.
    pub(crate) second_suspected: f64,
}

/// Source: the conversations that `bench/conversations.py` builds of the development voices.
pub(crate) const CLUSTERING: Clustering = Clustering {
    window: 1.5,
    step: 0.75,
    most_voices: 10,
    least_windows: 4,
    alike: 0.5,
    block: 480,
    within: 0.7,
    count_unknown: Model { evidence: 0.24, parsimony: 2.0, stay: 0.5 },
    count_given: Model { evidence: 0.24, parsimony: 0.5, stay: 0.6 },
    pause: 0.75,
    second_voice: Model { evidence: 0.2, parsimony: 1.5, stay: 0.5 },
    second_alike: 0.5,
    second_share: 0.1,
    second_suspected: 0.8,
};

/// The same for CAM++. Source: the conversations that `bench/conversations.py --each 3` builds of *watch*, the speakers
/// with an even number.
pub(crate) const CAMPPLUS_CLUSTERING: Clustering = Clustering {
    window: 1.5,
    step: 0.75,
    most_voices: 10,
    least_windows: 4,
    alike: 0.6,
    block: 480,
    within: 0.5,
    count_unknown: Model { evidence: 0.288, parsimony: 2.0, stay: 0.5 },
    count_given: Model { evidence: 0.12, parsimony: 0.5, stay: 0.6 },
    pause: 0.75,
    second_voice: Model { evidence: 0.2, parsimony: 1.5, stay: 0.5 },
    second_alike: 0.5,
    second_share: 0.1,
    second_suspected: 0.8,
};

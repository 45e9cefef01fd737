//! Listening without a registry: what both a store here and a server need of a recording.

#[cfg(feature = "server")]
use std::sync::Arc;

use crate::audio::{self, Analysis};
#[cfg(feature = "server")]
use crate::models::Choice;
use crate::rules;
use crate::types::error::Result;
use crate::voice::Engine;
use crate::voice::diarization::second_speaker;
use crate::{CallOptions, Inspection, Limits, Prepared, Recording};

/// Inspects a recording, without a registry if need be.
pub(crate) fn inspect(
    engine: &Engine,
    recording: &Recording,
    limits: &Limits,
    control: &CallOptions,
) -> Result<Inspection> {
    let mut analysis = audio::analyze(recording, limits, control, true)?;
    if analysis.inspection.speech_seconds < rules::LEAST_SPEECH_SECONDS {
        analysis.inspection.speakers = (analysis.inspection.speech_seconds <= 0.0).then_some(0);
    } else {
        voiceprint(engine, &mut analysis, control)?;
    }
    control.report(1.0);
    Ok(analysis.inspection)
}

/// Cuts the best stretch out of a recording without a registry.
pub(crate) fn prepare(recording: &Recording, limits: &Limits, control: &CallOptions) -> Result<Prepared> {
    let prepared = audio::prepare(&audio::analyze(recording, limits, control, true)?, control)?;
    control.report(1.0);
    Ok(prepared)
}

/// The voiceprint of the best speech of a recording. How many people speak in it is noted in the inspection, with
/// what is wrong if they are several.
pub(crate) fn voiceprint(engine: &Engine, analysis: &mut Analysis, control: &CallOptions) -> Result<Vec<f32>> {
    let speech = analysis.best_speech(rules::ENGINE_SECONDS, control)?;
    let (voiceprint, parts) = engine.listen(&speech, control)?;
    if engine.known().is_some() {
        let (speakers, share) = second_speaker(engine, analysis, &parts, control)?;
        analysis.inspection.speakers = Some(speakers);
        analysis.inspection.problems.extend(rules::second_voice(share));
        analysis.inspection.problems.sort_by_key(|problem| problem.severity);
    }
    Ok(voiceprint)
}

/// Loads the best network installed, which the first recording would otherwise wait for.
#[cfg(feature = "server")]
pub(crate) fn warm() -> Result<Arc<Engine>> {
    Choice::preferred()?.load()
}

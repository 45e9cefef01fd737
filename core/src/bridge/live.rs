//! Live sessions, which are no operations of a registry but things that are held.

use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;

use super::call::{Call, Pending};
use super::operation::json;
use super::{Bridge, Reply, StartOptions, Target, invalid, read};
use crate::runtime::apart;
use crate::types::error::Result;
use crate::types::recording::Data;
use crate::{
    Candidates, ConsentRecord, LiveEnrollment, LiveFormat, LiveIdentification, Recording, Registry, SpeakerId,
};

/// What a session is to do.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// Who is enrolled; left out for an identification.
    speaker_id: Option<String>,
    /// Whether to skip the same-speaker check.
    #[serde(default)]
    force: bool,
    /// The consent of the speaker.
    consent: Option<ConsentRecord>,
    /// Who may be named in an identification. Default: every speaker with a complete enrollment.
    speaker_ids: Option<Vec<String>>,
    /// What the bytes are: `i16`, `f32`, or `container`, the default.
    format: Option<String>,
    /// Of samples, in Hz.
    sample_rate: Option<u32>,
    /// Of samples. Default: 1.
    channels: Option<u16>,
}

/// A live session as a language holds it. It starts with its first call; dropping it cancels it.
pub struct Live {
    asked: Arc<Asked>,
    session: Arc<Mutex<Option<Session>>>,
}

struct Asked {
    registry: Registry,
    what: What,
    format: LiveFormat,
}

enum What {
    Enroll(SpeakerId),
    Identify(Candidates),
}

#[derive(Clone)]
enum Session {
    Enrolls(Arc<LiveEnrollment>),
    Identifies(Arc<LiveIdentification>),
}

impl Bridge {
    /// A live session by its settings, a JSON object.
    ///
    /// # Errors
    /// `invalid_option`, `invalid_speaker_id`; everything else is said by the first call.
    pub fn live(&self, settings: &str) -> Result<Live> {
        let settings: Settings =
            read(settings).map_err(|fault| invalid(format!("an option of the session is invalid: {fault}")))?;
        let Target::Registry(registry) = self.target() else {
            return Err(invalid("this registry is closed; open it again"));
        };
        let registry = if settings.force { registry.forced() } else { registry };
        let registry = match settings.consent {
            Some(consent) => registry.with_consent(consent),
            None => registry,
        };
        let rate = || settings.sample_rate.ok_or_else(|| invalid("`sample_rate` is missing; pass that of the samples"));
        let channels = settings.channels.unwrap_or(1);
        let format = match settings.format.as_deref() {
            Some("i16") => LiveFormat::i16(rate()?, channels)?,
            Some("f32") => LiveFormat::f32(rate()?, channels)?,
            None | Some("container") => LiveFormat::container(),
            Some(_) => return Err(invalid("`format` is unknown; use i16, f32 or container")),
        };
        let what = match (settings.speaker_id, settings.speaker_ids) {
            (Some(id), _) => What::Enroll(id.parse()?),
            (None, None) => What::Identify(Candidates::All),
            (None, Some(ids)) => {
                let ids: Result<Vec<SpeakerId>> = ids.iter().map(|id| id.parse()).collect();
                What::Identify(Candidates::These(ids?))
            }
        };
        Ok(Live { asked: Arc::new(Asked { registry, what, format }), session: Arc::default() })
    }
}

impl Live {
    /// Starts a call: `push` takes bytes, `finish` and `start` take none. Whatever goes wrong, the call says.
    pub fn start(&self, verb: &str, sound: &[Recording], options: StartOptions) -> Call {
        Call::start(options, |_| self.answer(verb, sound))
    }

    fn answer(&self, verb: &str, sound: &[Recording]) -> Result<Pending> {
        let (asked, slot) = (Arc::clone(&self.asked), Arc::clone(&self.session));
        let session = async move {
            let found = apart(|| slot.lock().unwrap_or_else(PoisonError::into_inner).clone());
            if let Some(found) = found {
                return Ok(found);
            }
            let made = match &asked.what {
                What::Enroll(id) => Session::Enrolls(Arc::new(asked.registry.live_enrollment(id, asked.format).await?)),
                What::Identify(speakers) => {
                    let made = asked.registry.live_identification(speakers.clone(), asked.format).await?;
                    Session::Identifies(Arc::new(made))
                }
            };
            // Another call may have been faster.
            Ok::<_, crate::Error>(apart(|| {
                slot.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(made).clone()
            }))
        };
        let reply = |json: String| Reply { json, bytes: None };
        Ok(match verb {
            "start" => Box::pin(async move { session.await.map(|_| reply("null".to_owned())) }),
            "push" => {
                let sound = sound.first().map(|recording| &recording.data);
                let Some(Data::Bytes(bytes)) = sound.cloned() else {
                    return Err(invalid("`push` takes bytes; pass the samples or the part of a file that is there"));
                };
                Box::pin(async move {
                    Ok(reply(match session.await? {
                        Session::Enrolls(session) => json(&session.push(bytes).await?)?,
                        Session::Identifies(session) => json(&session.push(bytes).await?)?,
                    }))
                })
            }
            "finish" => Box::pin(async move {
                Ok(reply(match session.await? {
                    Session::Enrolls(session) => json(&session.finish().await?)?,
                    Session::Identifies(session) => json(&session.finish().await?)?,
                }))
            }),
            _ => return Err(invalid("a session is pushed to, finished or cancelled")),
        })
    }

    /// Ends the session; nothing of it is kept.
    pub fn cancel(&self) {
        let session = apart(|| self.session.lock().unwrap_or_else(PoisonError::into_inner).clone());
        match session {
            Some(Session::Enrolls(session)) => session.cancel(),
            Some(Session::Identifies(session)) => session.cancel(),
            None => {}
        }
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.cancel();
    }
}

//! Which verb does what.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::call::Pending;
use super::{Reply, invalid, limits, seconds};
use crate::error::{Error, Result};
use crate::jobs::{self, Lane};
use crate::{
    CallRecord, Callbacks, Candidates, Control, DiarizeOptions, Encoding, JobRequest, ListOptions, Prepared, Recording,
    Registry, SpeakerId, blocking,
};

/// The arguments of all verbs. One that a verb has no use for is not looked at.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Args {
    /// Whom it is about: 1 to 128 letters, digits and underscores.
    speaker_id: Option<String>,
    /// Whether to skip the same-speaker check.
    force: bool,
    /// The number of a recording in the enrollment.
    sample: Option<i64>,
    /// Whether to include incomplete enrollments.
    partial: bool,
    /// The page number, from 1.
    page: u32,
    /// How many enrollments a page has, 1 to 1000.
    per_page: u32,
    /// Only those whose ids come after this one; `page` is only echoed then.
    after: Option<String>,
    /// Who may be named: absent for everybody.
    speaker_ids: Option<Vec<String>>,
    /// Who is named among others: `all` or ids; absent for nobody.
    #[schemars(with = "Option<Known>")]
    known: Option<Value>,
    /// The number of speakers, 1 to 20, if known.
    speakers: Option<u32>,
    /// Whether each channel is one speaker.
    per_channel: bool,
    /// A job's id, as `submit` returned it.
    job: Option<String>,
    /// What a job is to do: `identify`, `diarize` or `transcribe`.
    api: Option<String>,
    /// The address from which the server fetches the recording.
    content_uri: Option<String>,
    /// What that recording is. Default: what its address ends with, or Mpeg.
    encoding: Option<String>,
    /// The language spoken. Default: en-US.
    language: Option<String>,
    /// Where the server sends the result, beside keeping it.
    webhook: Option<String>,
    /// A record of the platform's call log.
    record: Option<Value>,
    /// The longest that the call may take, in seconds.
    timeout: Option<f64>,
    /// The longest recording to decode, in seconds, for calls without a registry.
    max_seconds: Option<f64>,
    /// The largest file to read, in bytes, for calls without a registry.
    max_bytes: Option<u64>,
}

/// Who is named among others.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, reason = "says what is allowed in the schema")]
enum Known {
    /// These.
    These(Vec<String>),
    /// `all`: all speakers with a complete enrollment.
    Word(String),
}

impl Default for Args {
    fn default() -> Self {
        let ListOptions { partial, page, per_page, .. } = ListOptions::new();
        Self {
            speaker_id: None,
            force: false,
            sample: None,
            partial,
            page,
            per_page,
            after: None,
            speaker_ids: None,
            known: None,
            speakers: None,
            per_channel: false,
            job: None,
            api: None,
            content_uri: None,
            encoding: None,
            language: None,
            webhook: None,
            record: None,
            timeout: None,
            max_seconds: None,
            max_bytes: None,
        }
    }
}

impl Args {
    pub(super) fn control(&self, control: Control) -> Result<Control> {
        Ok(match seconds("timeout", self.timeout)? {
            Some(time) => control.timeout(time),
            None => control,
        })
    }

    fn id(&self) -> Result<SpeakerId> {
        self.speaker_id.as_deref().ok_or_else(|| missing("speaker_id"))?.parse()
    }

    fn job(&self) -> Result<String> {
        self.job.clone().ok_or_else(|| missing("job"))
    }

    fn known(&self) -> Result<Option<Candidates>> {
        match &self.known {
            None => Ok(None),
            Some(Value::String(word)) if word == "all" => Ok(Some(Candidates::All)),
            Some(known) => {
                let wrong = |_| invalid("`known` is invalid; pass `all` or a list of speaker ids");
                Ok(Some(Candidates::These(ids(&Vec::<String>::deserialize(known).map_err(wrong)?)?)))
            }
        }
    }

    fn request(&self) -> Result<JobRequest> {
        let uri = self.content_uri.as_deref().ok_or_else(|| missing("content_uri"))?;
        let known = ids(self.speaker_ids.as_deref().unwrap_or_default())?;
        let mut request = match self.api.as_deref() {
            Some("identify") => JobRequest::identify(uri, known),
            Some("diarize") => JobRequest::diarize(uri).known(known),
            Some("transcribe") => JobRequest::transcribe(uri).known(known),
            _ => return Err(invalid("`api` is unknown; use identify, diarize or transcribe")),
        };
        if let Some(encoding) = &self.encoding {
            request = request.encoding(encoding.parse::<Encoding>()?);
        }
        if let Some(language) = &self.language {
            request = request.language(language);
        }
        if let Some(webhook) = &self.webhook {
            request = request.webhook(webhook);
        }
        if let Some(count) = self.speakers {
            request = request.speakers(count);
        }
        Ok(request.per_channel(self.per_channel))
    }
}

/// What needs no registry.
pub(super) fn freely(verb: &str, args: Args, recordings: Vec<Recording>, control: Control) -> Result<Pending> {
    let limits = limits(args.max_seconds, args.max_bytes);
    let recording = one(recordings)?;
    match verb {
        "inspect" => later(jobs::run(Lane::Heavy, move || blocking::inspect(&recording, &limits, &control))),
        "prepare" => {
            let work = jobs::run(Lane::Heavy, move || blocking::prepare(&recording, &limits, &control));
            Ok(Box::pin(async move { sound(work.await?) }))
        }
        _ => Err(unknown(verb)),
    }
}

/// What a registry does.
pub(super) fn with(registry: Registry, verb: &str, args: Args, recordings: Vec<Recording>) -> Result<Pending> {
    let registry = if args.force { registry.forced() } else { registry };
    match verb {
        "inspect" => {
            let recording = one(recordings)?;
            later(async move { registry.inspect(recording).await })
        }
        "prepare" => {
            let recording = one(recordings)?;
            Ok(Box::pin(async move { sound(registry.prepare(recording).await?) }))
        }
        "enroll" => {
            let id = args.id()?;
            later(async move { registry.enroll(&id, recordings).await })
        }
        "create" => {
            let id = args.id()?;
            later(async move { registry.create(&id, recordings).await })
        }
        "update" => {
            let id = args.id()?;
            later(async move { registry.update(&id, recordings).await })
        }
        "get" => {
            let id = args.id()?;
            later(async move { registry.get(&id).await })
        }
        "list" => {
            let mut options = ListOptions::new().partial(args.partial).page(args.page).per_page(args.per_page);
            options.after = args.after.as_deref().map(str::parse).transpose()?;
            later(async move { registry.list(options).await })
        }
        "delete" => {
            let id = args.id()?;
            later(async move { registry.delete(&id).await })
        }
        "remove_sample" => {
            let (id, sample) = (args.id()?, args.sample.ok_or_else(|| missing("sample"))?);
            later(async move { registry.remove_sample(&id, sample).await })
        }
        "verify" => {
            let (id, recording) = (args.id()?, one(recordings)?);
            later(async move { registry.verify(&id, recording).await })
        }
        "identify" => {
            let candidates = match &args.speaker_ids {
                Some(chosen) => Candidates::These(ids(chosen)?),
                None => Candidates::All,
            };
            let recording = one(recordings)?;
            later(async move { registry.identify(recording, candidates).await })
        }
        "diarize" => {
            let mut options = DiarizeOptions::new().per_channel(args.per_channel);
            options.speakers = args.speakers;
            options.known = args.known()?.unwrap_or(options.known);
            let recording = one(recordings)?;
            later(async move { registry.diarize(recording, options).await })
        }
        "model" => later(async move { registry.model().await }),
        "enrolled_otherwise" => later(async move { registry.enrolled_otherwise().await }),
        "log_out" => later(async move { registry.log_out().await }),
        "submit" => {
            let request = args.request()?;
            later(async move { registry.submit(request).await })
        }
        "job" => {
            let job = args.job()?;
            later(async move { registry.job(&job).await })
        }
        "wait" => {
            let job = args.job()?;
            later(async move { registry.wait(&job).await })
        }
        "identify_call" => {
            let record = CallRecord::from_json(args.record.as_ref().ok_or_else(|| missing("record"))?)?;
            if recordings.is_empty() {
                return later(async move { registry.identify_call(&record).await });
            }
            let recording = one(recordings)?;
            later(async move { registry.identify_call_in(&record, recording).await })
        }
        // For the tests of the doors, which show that a defect ends no process.
        #[allow(clippy::panic, reason = "that is what it is for")]
        "panic" => panic!("a defect, for a test"),
        #[allow(clippy::panic, reason = "that is what it is for")]
        "panic_later" => Ok(Box::pin(async { panic!("a defect, for a test") })),
        _ => Err(unknown(verb)),
    }
}

/// What an inbox of callbacks does.
pub(super) fn waiting(callbacks: Callbacks, verb: &str, args: Args, control: Control) -> Result<Pending> {
    match verb {
        "wait" => {
            let job = args.job()?;
            later(async move { callbacks.wait(&job, &control).await })
        }
        _ => Err(unknown(verb)),
    }
}

fn later<T: Serialize>(work: impl Future<Output = Result<T>> + Send + 'static) -> Result<Pending> {
    Ok(Box::pin(async move { Ok(Reply { json: json(&work.await?)?, bytes: None }) }))
}

fn sound(prepared: Prepared) -> Result<Reply> {
    let Prepared { wav, start, end, speech_seconds, .. } = prepared;
    Ok(Reply { json: json(&Cut { start, end, speech_seconds })?, bytes: Some(wav) })
}

/// The stretch that [`prepare`](crate::prepare) cut out; its audio is passed separately.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Prepared")]
pub(super) struct Cut {
    /// Where the stretch starts, in seconds.
    start: f64,
    /// End in seconds.
    end: f64,
    /// Seconds of speech in it.
    speech_seconds: f64,
}

pub(super) fn json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|_| jobs::stopped())
}

fn one(mut recordings: Vec<Recording>) -> Result<Recording> {
    let recording = recordings.pop().filter(|_| recordings.is_empty());
    recording.ok_or_else(|| invalid("the number of recordings is wrong; pass exactly one"))
}

fn ids(words: &[String]) -> Result<Vec<SpeakerId>> {
    words.iter().map(|word| word.parse()).collect()
}

fn missing(name: &str) -> Error {
    invalid(format!("the argument `{name}` is missing; pass it"))
}

fn unknown(verb: &str) -> Error {
    invalid(format!("there is no call `{verb}`; the schema lists the calls"))
}

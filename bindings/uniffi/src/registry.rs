// SPDX-License-Identifier: Apache-2.0
//! Registries of enrolled speakers.

use std::collections::HashMap;
use std::sync::{Arc, mpsc};
use std::time::Duration;
use std::{env, thread};

use voiceroll::{
    Calibration, CallIdentification, CallRecord, Candidates, ConsentRecord, Credentials, Diarization, DiarizeOptions,
    Enrollment, Identification, Inspection, Job, JobResult, Limits, ListOptions, Page, Recordings, SpeakerId,
    Verification, blocking, bridge,
};

use crate::error::Result;
use crate::options::Steering;
use crate::{CallOptions, Custody, JobRequest, Prepared, Recording, Seconds};

/// How long closing waits for the end of the session on a server.
const FAREWELL: Duration = Duration::from_secs(5);

/// A registry of enrolled speakers: `open` uses a local store file, `connect` a server. It may be used by many at
/// once. Closing it ends the session on a server, waiting at most 5 s; calls that are under way go on.
#[derive(uniffi::Object)]
pub struct Registry {
    registry: voiceroll::Registry,
    on_server: bool,
}

/// The enrolled speakers to search for in a diarization.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum Known {
    /// Everybody with a complete enrollment.
    All,
    /// These speakers, whose enrollments must be complete.
    These {
        /// Their ids.
        speaker_ids: Vec<String>,
    },
}

#[uniffi::export]
impl Registry {
    /// Opens a store file, and creates it if it does not exist. `model` is a speaker network of your own, as ONNX, and
    /// `calibration` one made by `voiceroll calibrate`. `false_accept_rate` says how often another person's voice
    /// may pass, between 0 and 1: 0.01 by default. `max_seconds` and `max_bytes` are the longest recording
    /// and the largest file that are read: two hours and 2 GiB. `custody` says where the key of the
    /// store is, whether consent is required, and where an audit trail is kept.
    #[uniffi::constructor(default(
        model = None, calibration = None, false_accept_rate = None, max_seconds = None, max_bytes = None, custody
    ))]
    pub fn open(
        path: String,
        model: Option<String>,
        calibration: Option<String>,
        false_accept_rate: Option<f64>,
        max_seconds: Option<f64>,
        max_bytes: Option<u64>,
        custody: Custody,
    ) -> Result<Self> {
        let mut options = custody.options(voiceroll::Registry::options().limits(limits(max_seconds, max_bytes)))?;
        if let Some(model) = model {
            options = options.model(bridge::path(model.as_bytes())?);
        }
        if let Some(calibration) = calibration {
            options = options.calibration(Calibration::read(bridge::path(calibration.as_bytes())?)?);
        }
        if let Some(share) = false_accept_rate {
            options = options.false_accept_rate(share);
        }
        let path = bridge::path(path.as_bytes())?;
        Ok(Self { registry: bridge::guard(|| options.open(path))?, on_server: false })
    }

    /// Uses a registry on a server with RingCentral's API: `voiceroll serve`, or a compatible one. Nothing is sent
    /// before the first call, which logs in with `client_id`, `client_secret` and `jwt`, or with what the environment
    /// says. `inspect` says whether recordings are inspected here before they are sent to be enrolled,
    /// `max_recording` the most bytes of one that are sent (of a larger one its best stretch; 16 MiB),
    /// `request_timeout` how long one request may take (300 s), `patience` the total time that a call waits for a
    /// busy server (120 s), `plain_http` whether voices and secrets may travel unencrypted to another machine. The
    /// rest as for `open`.
    #[allow(clippy::too_many_arguments, reason = "they have names and defaults in Kotlin and Swift")]
    #[uniffi::constructor(default(
        client_id = None, client_secret = None, jwt = None, inspect = true, max_recording = None,
        request_timeout = None, patience = None, plain_http = false, max_seconds = None, max_bytes = None
    ))]
    pub fn connect(
        url: String,
        client_id: Option<String>,
        client_secret: Option<String>,
        jwt: Option<String>,
        inspect: bool,
        max_recording: Option<u64>,
        request_timeout: Option<Seconds>,
        patience: Option<Seconds>,
        plain_http: bool,
        max_seconds: Option<f64>,
        max_bytes: Option<u64>,
    ) -> Result<Self> {
        let credentials = match (client_id, client_secret, jwt) {
            (Some(id), Some(secret), Some(jwt)) => Credentials::new(id, secret, jwt),
            (None, None, None) => Credentials::from_env()?,
            _ => Err(bridge::invalid(
                "give all of the client id, the secret and the JWT, or none for the environment's",
            ))?,
        };
        let limits = limits(max_seconds, max_bytes);
        let mut options = voiceroll::Registry::connect_options().limits(limits).inspect(inspect).plain_http(plain_http);
        if let Some(bytes) = max_recording {
            options = options.max_recording(bytes);
        }
        if let Some(time) = request_timeout {
            options = options.timeout(time.read("the timeout of a request")?);
        }
        if let Some(time) = patience {
            options = options.patience(time.read("the patience")?);
        }
        Ok(Self { registry: bridge::guard(|| options.connect(&url, credentials))?, on_server: true })
    }

    /// The same with the server and the credentials that the environment says: `VOICEROLL_SERVER`,
    /// `VOICEROLL_CLIENT_ID`, `VOICEROLL_CLIENT_SECRET` and `VOICEROLL_JWT`, or `RINGCENTRAL_SERVER_URL` and the
    /// others with `RINGCENTRAL_`.
    #[uniffi::constructor(default(
        inspect = true, max_recording = None, request_timeout = None, patience = None, plain_http = false,
        max_seconds = None, max_bytes = None
    ))]
    pub fn connect_from_env(
        inspect: bool,
        max_recording: Option<u64>,
        request_timeout: Option<Seconds>,
        patience: Option<Seconds>,
        plain_http: bool,
        max_seconds: Option<f64>,
        max_bytes: Option<u64>,
    ) -> Result<Self> {
        Self::connect(
            server_from_env()?,
            None,
            None,
            None,
            inspect,
            max_recording,
            request_timeout,
            patience,
            plain_http,
            max_seconds,
            max_bytes,
        )
    }

    /// Measures a recording and tells whether it would be enrolled. Nothing is stored. Faults such as noise are in the
    /// inspection's `problems`; errors are for what cannot be read at all.
    #[uniffi::method(default(options))]
    pub async fn inspect(&self, recording: Arc<Recording>, options: CallOptions) -> Result<Inspection> {
        let (registry, steering) = self.steered(options)?;
        steering.end(registry.inspect(recording.0.clone())).await
    }

    /// Cuts the stretch with the most continuous speech, at most 30 s, out of a recording, as 16 kHz mono WAV.
    #[uniffi::method(default(options))]
    pub async fn prepare(&self, recording: Arc<Recording>, options: CallOptions) -> Result<Prepared> {
        let (registry, steering) = self.steered(options)?;
        Ok(steering.end(registry.prepare(recording.0.clone())).await?.into())
    }

    /// Enrolls a speaker, whose id has 1 to 128 letters, digits and underscores: creates the enrollment, or adds to
    /// the one there is. Each recording is inspected; those with too little speech are refused, the others are added
    /// together. `force` skips the same-speaker check; `consent` is recorded with the enrollment. Where not one was accepted the error is of the kind
    /// `Refused`, and nothing is changed.
    #[uniffi::method(default(force = false, consent = None, options))]
    pub async fn enroll(
        &self,
        speaker_id: String,
        recordings: Vec<Arc<Recording>>,
        force: bool,
        options: CallOptions,
        consent: Option<ConsentRecord>,
    ) -> Result<Enrollment> {
        let (id, (registry, steering)) = (speaker_id.parse()?, self.writing(force, consent, options)?);
        steering.end(registry.enroll(&id, all(&recordings))).await
    }

    /// Enrolls a new speaker; as `enroll`, but an id that is enrolled is a `Conflict`.
    #[uniffi::method(default(force = false, consent = None, options))]
    pub async fn create(
        &self,
        speaker_id: String,
        recordings: Vec<Arc<Recording>>,
        force: bool,
        options: CallOptions,
        consent: Option<ConsentRecord>,
    ) -> Result<Enrollment> {
        let (id, (registry, steering)) = (speaker_id.parse()?, self.writing(force, consent, options)?);
        steering.end(registry.create(&id, all(&recordings))).await
    }

    /// Adds speech to an enrollment; as `enroll`, but an id that is not enrolled is `NotFound`.
    #[uniffi::method(default(force = false, consent = None, options))]
    pub async fn update(
        &self,
        speaker_id: String,
        recordings: Vec<Arc<Recording>>,
        force: bool,
        options: CallOptions,
        consent: Option<ConsentRecord>,
    ) -> Result<Enrollment> {
        let (id, (registry, steering)) = (speaker_id.parse()?, self.writing(force, consent, options)?);
        steering.end(registry.update(&id, all(&recordings))).await
    }

    /// The enrollment of a speaker.
    #[uniffi::method(default(options))]
    pub async fn get(&self, speaker_id: String, options: CallOptions) -> Result<Enrollment> {
        let (id, (registry, steering)) = (speaker_id.parse()?, self.steered(options)?);
        steering.end(registry.get(&id)).await
    }

    /// One page of the enrollments, sorted by id, with 1 to 1000 per page; pages count from 1. `partial` lists
    /// incomplete enrollments too; `after`, such as the `next_after` of a page, only those whose ids come after it,
    /// whatever the number of the page.
    #[uniffi::method(default(partial = false, page = 1, per_page = 100, after = None, options))]
    pub async fn list(
        &self,
        partial: bool,
        page: u32,
        per_page: u32,
        after: Option<String>,
        options: CallOptions,
    ) -> Result<Page> {
        let (registry, steering) = self.steered(options)?;
        let mut asked = ListOptions::new().partial(partial).page(page).per_page(per_page);
        asked.after = after.as_deref().map(str::parse).transpose()?;
        steering.end(registry.list(asked)).await
    }

    /// Deletes a speaker with all voiceprints and measurements. One who was deleted before is `Gone`.
    #[uniffi::method(default(options))]
    pub async fn delete(&self, speaker_id: String, options: CallOptions) -> Result<()> {
        let (id, (registry, steering)) = (speaker_id.parse()?, self.steered(options)?);
        steering.end(registry.delete(&id)).await
    }

    /// Removes one recording from an enrollment, by its `Sample.id`, and recomputes the enrollment from the others.
    #[uniffi::method(default(options))]
    pub async fn remove_sample(&self, speaker_id: String, sample: i64, options: CallOptions) -> Result<Enrollment> {
        let (id, (registry, steering)) = (speaker_id.parse()?, self.steered(options)?);
        steering.end(registry.remove_sample(&id, sample)).await
    }

    /// Whether a recording is of an enrolled speaker.
    #[uniffi::method(default(options))]
    pub async fn verify(
        &self,
        speaker_id: String,
        recording: Arc<Recording>,
        options: CallOptions,
    ) -> Result<Verification> {
        let (id, (registry, steering)) = (speaker_id.parse()?, self.steered(options)?);
        steering.end(registry.verify(&id, recording.0.clone())).await
    }

    /// Finds the segments of a recording in which enrolled speakers speak, and those of others: `speaker_ids`, or
    /// else everybody with a complete enrollment.
    #[uniffi::method(default(speaker_ids = None, options))]
    pub async fn identify(
        &self,
        recording: Arc<Recording>,
        speaker_ids: Option<Vec<String>>,
        options: CallOptions,
    ) -> Result<Identification> {
        let candidates = match speaker_ids {
            Some(chosen) => Candidates::These(ids(&chosen)?),
            None => Candidates::All,
        };
        let (registry, steering) = self.steered(options)?;
        steering.end(registry.identify(recording.0.clone(), candidates)).await
    }

    /// Finds out who speaks when in a recording. `speakers` is how many speak, 1 to 20,
    /// where that is known; `known` are the enrolled speakers to search for, none by default; `per_channel` whether
    /// each channel is one speaker.
    #[uniffi::method(default(speakers = None, known = None, per_channel = false, options))]
    pub async fn diarize(
        &self,
        recording: Arc<Recording>,
        speakers: Option<u32>,
        known: Option<Known>,
        per_channel: bool,
        options: CallOptions,
    ) -> Result<Diarization> {
        let mut asked = DiarizeOptions::new().per_channel(per_channel);
        asked.speakers = speakers;
        asked.known = match known {
            None => Candidates::Nobody,
            Some(Known::All) => Candidates::All,
            Some(Known::These { speaker_ids }) => Candidates::These(ids(&speaker_ids)?),
        };
        let (registry, steering) = self.steered(options)?;
        steering.end(registry.diarize(recording.0.clone(), asked)).await
    }

    /// The name of the model that makes this registry's voiceprints.
    #[uniffi::method(default(options))]
    pub async fn model(&self, options: CallOptions) -> Result<String> {
        let (registry, steering) = self.steered(options)?;
        steering.end(registry.model()).await
    }

    /// The speakers that were enrolled with another model, with the name of that model; they have to be re-enrolled.
    #[uniffi::method(default(options))]
    pub async fn enrolled_otherwise(&self, options: CallOptions) -> Result<HashMap<String, String>> {
        let (registry, steering) = self.steered(options)?;
        let found = steering.end(registry.enrolled_otherwise()).await?;
        Ok(found.into_iter().map(|(id, model)| (id.to_string(), model)).collect())
    }

    /// Submits a job: the server fetches a recording and processes it. Returns the job id. A registry that is not on
    /// a server does not do this, nor `job` and `wait`: `Unsupported`.
    #[uniffi::method(default(options))]
    pub async fn submit(&self, request: Arc<JobRequest>, options: CallOptions) -> Result<String> {
        let (registry, steering) = self.steered(options)?;
        steering.end(registry.submit(request.0.clone())).await
    }

    /// The status of a job.
    #[uniffi::method(default(options))]
    pub async fn job(&self, job_id: String, options: CallOptions) -> Result<Job> {
        let (registry, steering) = self.steered(options)?;
        steering.end(registry.job(&job_id)).await
    }

    /// Waits until a job is done. The error of one that failed is of the kind of what it failed of.
    #[uniffi::method(default(options))]
    pub async fn wait(&self, job_id: String, options: CallOptions) -> Result<JobResult> {
        let (registry, steering) = self.steered(options)?;
        steering.end(registry.wait(&job_id)).await
    }

    /// Finds out who spoke when in a recorded call, with names. `record` is a record of the platform's call log, as its
    /// API returns it, in JSON; `recording` the recording where it is at hand. Else the server fetches it.
    #[uniffi::method(default(recording = None, options))]
    pub async fn identify_call(
        &self,
        record: String,
        recording: Option<Arc<Recording>>,
        options: CallOptions,
    ) -> Result<CallIdentification> {
        let record: CallRecord = record.parse()?;
        let (registry, steering) = self.steered(options)?;
        match recording {
            Some(recording) => steering.end(registry.identify_call_in(&record, recording.0.clone())).await,
            None => steering.end(registry.identify_call(&record)).await,
        }
    }

    /// Ends the session on a server without holding up a thread, as closing does; the next call logs in again.
    pub async fn log_out(&self) -> Result<()> {
        Ok(self.registry.log_out().await?)
    }
}

impl Registry {
    pub(crate) fn steered(&self, options: CallOptions) -> Result<(voiceroll::Registry, Steering)> {
        let steering = options.steering()?;
        Ok((self.registry.with(steering.control.clone()), steering))
    }

    fn writing(
        &self,
        force: bool,
        consent: Option<ConsentRecord>,
        options: CallOptions,
    ) -> Result<(voiceroll::Registry, Steering)> {
        let (mut registry, steering) = self.steered(options)?;
        if let Some(consent) = consent {
            registry = registry.with_consent(consent);
        }
        Ok((if force { registry.forced() } else { registry }, steering))
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        if !self.on_server {
            return;
        }
        // In a thread of its own: this one may be needed to do it.
        let (done, end) = mpsc::channel();
        let registry = blocking::Registry::from(self.registry.clone());
        let started = thread::Builder::new().name("voiceroll-close".to_owned()).spawn(move || {
            let _ = registry.log_out();
            let _ = done.send(());
        });
        if started.is_ok() {
            let _ = end.recv_timeout(FAREWELL);
        }
    }
}

/// The address of the server in the environment. The core does not give out its own.
fn server_from_env() -> Result<String> {
    let names = ["VOICEROLL_SERVER", "RINGCENTRAL_SERVER_URL"];
    let found = names.iter().filter_map(|name| env::var(name).ok()).find(|value| !value.is_empty());
    Ok(found.ok_or_else(|| bridge::invalid(format!("set {} in the environment", names.join(" or "))))?)
}

fn limits(max_seconds: Option<f64>, max_bytes: Option<u64>) -> Limits {
    let mut limits = Limits::new();
    limits.max_seconds = max_seconds.unwrap_or(limits.max_seconds);
    limits.max_bytes = max_bytes.unwrap_or(limits.max_bytes);
    limits
}

fn all(recordings: &[Arc<Recording>]) -> Recordings {
    recordings.iter().map(|recording| recording.0.clone()).collect()
}

pub(crate) fn ids(words: &[String]) -> Result<Vec<SpeakerId>> {
    Ok(words.iter().map(|word| word.parse()).collect::<voiceroll::Result<_>>()?)
}

//! The operations: what each takes and gives back, and how a registry does it.

use std::future::Future;
use std::path::PathBuf;
use std::time::Duration;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::call::Pending;
use super::{Custody, Reply, invalid, limits, read, seconds};
use crate::runtime::workers::{self, Lane};
use crate::types::error::Result;
use crate::{
    AuditEntry, AuditReport, CallOptions, Candidates, CheckReport, ConsentRecord, ConsentState, Diarization,
    DiarizeOptions, Enrollment, Export, Identification, Inspection, ListOptions, Page, Prepared, Recording, Registry,
    Restored, SpeakerId, Verification, blocking,
};
#[cfg(feature = "remote")]
use crate::{CallIdentification, CallRecord, Callbacks, Encoding, Job, JobRequest, JobResult};

/// Makes the schema of a type.
pub(super) type Describe = fn(&mut SchemaGenerator) -> Schema;

/// Declares every operation once: its name, the type of its arguments and their members, and what it gives back. All take a
/// `timeout`; anything else that is not among their members is refused.
macro_rules! operations {
    ($(
        $(#[cfg($on:meta)])?
        $verb:literal $name:ident $args:ident -> $reply:ty { $($(#[$what:meta])* $member:ident: $kind:ty,)* }
    )*) => {
        $(
            #[doc = concat!("What `", $verb, "` takes.")]
            $(#[cfg($on)])?
            #[derive(Deserialize, JsonSchema)]
            #[serde(deny_unknown_fields)]
            pub(super) struct $args {
                $($(#[$what])* $member: $kind,)*
                /// The longest that the call may take, in seconds.
                timeout: Option<f64>,
            }
        )*

        /// What a call is asked to do, and with what.
        pub(super) enum Operation {
            $($(#[cfg($on)])? $name($args),)*
        }

        impl Operation {
            /// Reads the arguments of an operation, a JSON object.
            pub(super) fn read(verb: &str, args: &str) -> Result<Self> {
                let wrong = |fault| invalid(format!("the arguments of `{verb}` cannot be used: {fault}"));
                // A list of them in the order of the members would be read, too.
                if !args.trim_start().starts_with('{') {
                    return Err(wrong("pass a JSON object".to_owned()));
                }
                match verb {
                    $($(#[cfg($on)])? $verb => Ok(Self::$name(read(args).map_err(wrong)?)),)*
                    _ => Err(unknown(verb)),
                }
            }

            fn verb(&self) -> &'static str {
                match self { $($(#[cfg($on)])? Self::$name(_) => $verb,)* }
            }

            /// The control of a call, with the time that it may take.
            pub(super) fn control(&self, control: CallOptions) -> Result<CallOptions> {
                let timeout = match self { $($(#[cfg($on)])? Self::$name(args) => args.timeout,)* };
                Ok(match seconds("timeout", timeout)? {
                    Some(time) => control.timeout(time),
                    None => control,
                })
            }
        }

        /// Each operation with the schemas of its arguments and of what it gives back.
        pub(super) const OPERATIONS: &[(&str, Describe, Describe)] = &[
            $($(#[cfg($on)])? ($verb, SchemaGenerator::subschema_for::<$args>, SchemaGenerator::subschema_for::<$reply>),)*
        ];
    };
}

operations! {
    "inspect" Inspect InspectArgs -> Inspection {
        /// The longest recording to decode, in seconds, for calls without a registry. Default: two hours.
        max_seconds: Option<f64>,
        /// The largest file to read, in bytes, for calls without a registry. Default: 2 GiB.
        max_bytes: Option<u64>,
    }
    "prepare" Prepare PrepareArgs -> Cut {
        /// The longest recording to decode, in seconds, for calls without a registry. Default: two hours.
        max_seconds: Option<f64>,
        /// The largest file to read, in bytes, for calls without a registry. Default: 2 GiB.
        max_bytes: Option<u64>,
    }
    "enroll" Enroll EnrollArgs -> Enrollment {
        /// The speaker: 1 to 128 letters, digits and underscores.
        speaker_id: String,
        /// Whether to skip the same-speaker check.
        #[serde(default)]
        force: bool,
        /// The consent of the speaker, which is recorded with the enrollment: a `ConsentRecord`, of which `purposes`,
        /// `valid_until` and `collected_by` may be left out. Default: none.
        #[schemars(with = "Option<Value>")]
        consent: Option<ConsentRecord>,
    }
    "create" Create CreateArgs -> Enrollment {
        /// The speaker: 1 to 128 letters, digits and underscores.
        speaker_id: String,
        /// Whether to skip the same-speaker check.
        #[serde(default)]
        force: bool,
        /// The consent of the speaker, which is recorded with the enrollment: a `ConsentRecord`, of which `purposes`,
        /// `valid_until` and `collected_by` may be left out. Default: none.
        #[schemars(with = "Option<Value>")]
        consent: Option<ConsentRecord>,
    }
    "update" Update UpdateArgs -> Enrollment {
        /// The speaker: 1 to 128 letters, digits and underscores.
        speaker_id: String,
        /// Whether to skip the same-speaker check.
        #[serde(default)]
        force: bool,
        /// The consent of the speaker, which is recorded with the enrollment: a `ConsentRecord`, of which `purposes`,
        /// `valid_until` and `collected_by` may be left out. Default: none.
        #[schemars(with = "Option<Value>")]
        consent: Option<ConsentRecord>,
    }
    "get" Get GetArgs -> Enrollment {
        /// The speaker: 1 to 128 letters, digits and underscores.
        speaker_id: String,
    }
    "list" List ListArgs -> Page {
        /// Whether to include incomplete enrollments. Default: no.
        #[serde(default)]
        partial: bool,
        /// The page number, from 1. Default: 1.
        page: Option<u32>,
        /// Enrollments per page, 1 to 1000. Default: 100.
        per_page: Option<u32>,
        /// Only those whose ids come after this one; `page` is only echoed then.
        after: Option<String>,
    }
    "delete" Delete DeleteArgs -> () {
        /// The speaker: 1 to 128 letters, digits and underscores.
        speaker_id: String,
    }
    "remove_sample" RemoveSample RemoveSampleArgs -> Enrollment {
        /// The speaker: 1 to 128 letters, digits and underscores.
        speaker_id: String,
        /// The sample's id.
        sample: i64,
    }
    "verify" Verify VerifyArgs -> Verification {
        /// The speaker: 1 to 128 letters, digits and underscores.
        speaker_id: String,
    }
    "identify" Identify IdentifyArgs -> Identification {
        /// Who may be named. Default: every speaker with a complete enrollment.
        speaker_ids: Option<Vec<String>>,
    }
    "diarize" Diarize DiarizeArgs -> Diarization {
        /// The number of speakers, 1 to 20, if known.
        speakers: Option<u32>,
        /// Who is named among others: `all` or ids. Default: nobody.
        #[schemars(with = "Option<Known>")]
        known: Option<Value>,
        /// Whether each channel is one speaker. Default: no.
        #[serde(default)]
        per_channel: bool,
    }
    "model" Model ModelArgs -> String {}
    "outdated" Outdated OutdatedArgs -> Vec<(SpeakerId, String)> {}
    "record_consent" RecordConsent RecordConsentArgs -> () {
        /// The speaker: 1 to 128 letters, digits and underscores.
        speaker_id: String,
        /// The record: a `ConsentRecord`, of which `purposes`, `valid_until` and `collected_by` may be left out.
        #[schemars(with = "Value")]
        consent: ConsentRecord,
    }
    "consent" Consent ConsentArgs -> ConsentState {
        /// The speaker: 1 to 128 letters, digits and underscores.
        speaker_id: String,
    }
    "withdraw_consent" WithdrawConsent WithdrawConsentArgs -> () {
        /// The speaker: 1 to 128 letters, digits and underscores.
        speaker_id: String,
    }
    "expire" Expire ExpireArgs -> () {
        /// The speaker: 1 to 128 letters, digits and underscores.
        speaker_id: String,
        /// From when on, in seconds since 1970. Default: never.
        at: Option<u64>,
    }
    "retention" Retention RetentionArgs -> Option<u64> {}
    "set_retention" SetRetention SetRetentionArgs -> () {
        /// How long speakers are kept who are enrolled from now on. Default: until they are deleted.
        seconds: Option<u64>,
    }
    "expired" Expired ExpiredArgs -> Vec<SpeakerId> {}
    "purge" Purge PurgeArgs -> Vec<SpeakerId> {}
    "export_speaker" ExportSpeaker ExportSpeakerArgs -> String {
        /// The speaker: 1 to 128 letters, digits and underscores.
        speaker_id: String,
        /// Whether voiceprints are included. Default: no.
        #[serde(default)]
        voiceprints: bool,
    }
    "import_speaker" ImportSpeaker ImportSpeakerArgs -> Enrollment {
        /// The JSON text that `export_speaker` returned, with voiceprints.
        export: String,
    }
    "rotate_key" RotateKey RotateKeyArgs -> u64 {
        /// Whether the old key is removed from the store's key file: earlier backups can then not be opened. Default: no.
        #[serde(default)]
        forget_old: bool,
    }
    "verify_audit" VerifyAudit VerifyAuditArgs -> AuditReport {}
    "audit_entries" AuditEntries AuditEntriesArgs -> Vec<AuditEntry> {}
    "audit_pseudonym" AuditPseudonym AuditPseudonymArgs -> String {
        /// The speaker: 1 to 128 letters, digits and underscores.
        speaker_id: String,
    }
    "backup" Backup BackupArgs -> () {
        /// The file to write, which must not exist.
        to: PathBuf,
    }
    "check" Check CheckArgs -> CheckReport {}
    "restore" Restore RestoreArgs -> Restored {
        /// The backup.
        backup: PathBuf,
        /// The store file that it is put in the place of.
        path: PathBuf,
        /// Whether a store that is there is moved aside. Default: no.
        #[serde(default)]
        replace: bool,
        /// As for opening a registry; the others too.
        key_folder: Option<PathBuf>,
        /// A file that holds the key of the store.
        key_file: Option<PathBuf>,
        /// The environment variable that holds the key of the store.
        key_variable: Option<String>,
        /// A command that prints the key of the store.
        key_command: Option<String>,
        /// The folder of the audit trail.
        audit: Option<PathBuf>,
        /// The actor in the audit trail.
        actor: Option<String>,
    }
    #[cfg(feature = "remote")]
    "log_out" LogOut LogOutArgs -> () {}
    #[cfg(feature = "remote")]
    "submit" Submit SubmitArgs -> String {
        /// What the job does: `identify`, `diarize` or `transcribe`.
        api: String,
        /// The address from which the server fetches the recording.
        content_uri: String,
        /// What that recording is. Default: what its address ends with, or Mpeg.
        encoding: Option<String>,
        /// The language spoken. Default: en-US.
        language: Option<String>,
        /// Where the server sends the result, beside keeping it.
        webhook: Option<String>,
        /// Who may be named.
        speaker_ids: Option<Vec<String>>,
        /// The number of speakers, 1 to 20, if known.
        speakers: Option<u32>,
        /// Whether each channel is one speaker. Default: no.
        #[serde(default)]
        per_channel: bool,
    }
    #[cfg(feature = "remote")]
    "job" Job JobArgs -> Job {
        /// A job's id, as `submit` returned it.
        job: String,
    }
    #[cfg(feature = "remote")]
    "wait" Wait WaitArgs -> JobResult {
        /// A job's id, as `submit` returned it.
        job: String,
    }
    #[cfg(feature = "remote")]
    "identify_call" IdentifyCall IdentifyCallArgs -> CallIdentification {
        /// A record of the call log.
        record: Value,
    }
}

/// Who is named among others.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, reason = "says what is allowed in the schema")]
enum Known {
    /// These.
    These(Vec<String>),
    /// `all`: every speaker with a complete enrollment.
    Word(String),
}

impl DiarizeArgs {
    fn options(&self) -> Result<DiarizeOptions> {
        let mut options = DiarizeOptions::new().per_channel(self.per_channel);
        options.speakers = self.speakers;
        match &self.known {
            None => {}
            Some(Value::String(word)) if word == "all" => options.known = Candidates::All,
            Some(known) => {
                let wrong = |_| invalid("`known` is invalid; pass `all` or a list of speaker ids");
                options.known = Candidates::These(ids(&Vec::<String>::deserialize(known).map_err(wrong)?)?);
            }
        }
        Ok(options)
    }
}

impl ListArgs {
    fn options(&self) -> Result<ListOptions> {
        let mut options = ListOptions::new().partial(self.partial);
        options.page = self.page.unwrap_or(options.page);
        options.per_page = self.per_page.unwrap_or(options.per_page);
        options.after = self.after.as_deref().map(str::parse).transpose()?;
        Ok(options)
    }
}

#[cfg(feature = "remote")]
impl SubmitArgs {
    fn request(&self) -> Result<JobRequest> {
        let (uri, known) = (&self.content_uri, ids(self.speaker_ids.as_deref().unwrap_or_default())?);
        let mut request = match self.api.as_str() {
            "identify" => JobRequest::identify(uri, known),
            "diarize" => JobRequest::diarize(uri).known(known),
            "transcribe" => JobRequest::transcribe(uri).known(known),
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

impl Operation {
    /// Does what needs no registry.
    pub(super) fn standalone(self, recordings: Vec<Recording>, control: CallOptions) -> Result<Pending> {
        match self {
            Self::Inspect(InspectArgs { max_seconds, max_bytes, .. }) => {
                let (limits, recording) = (limits(max_seconds, max_bytes), one(recordings)?);
                later(workers::run(Lane::Heavy, move || blocking::inspect(&recording, &limits, &control)))
            }
            Self::Prepare(PrepareArgs { max_seconds, max_bytes, .. }) => {
                let (limits, recording) = (limits(max_seconds, max_bytes), one(recordings)?);
                let work = workers::run(Lane::Heavy, move || blocking::prepare(&recording, &limits, &control));
                Ok(Box::pin(async move { sound(work.await?) }))
            }
            Self::Restore(args) => {
                let custody = Custody {
                    key_folder: args.key_folder,
                    key_file: args.key_file,
                    key_variable: args.key_variable,
                    key_command: args.key_command,
                    audit: args.audit,
                    actor: args.actor,
                    ..Custody::default()
                };
                let options = custody.options(Registry::options())?;
                let (backup, path, replace) = (args.backup, args.path, args.replace);
                later(workers::run(Lane::Heavy, move || options.restore(&backup, &path, replace)))
            }
            other => Err(unknown(other.verb())),
        }
    }

    /// Does it with an inbox of callbacks.
    #[cfg(feature = "remote")]
    pub(super) fn waiting(self, callbacks: Callbacks, control: CallOptions) -> Result<Pending> {
        match self {
            Self::Wait(args) => later(async move { callbacks.wait(&args.job.parse()?, &control).await }),
            other => Err(unknown(other.verb())),
        }
    }

    /// Does it with a registry.
    pub(super) fn with(self, registry: Registry, recordings: Vec<Recording>) -> Result<Pending> {
        match self {
            Self::Inspect(args) => {
                no_limits(args.max_seconds, args.max_bytes)?;
                let recording = one(recordings)?;
                later(async move { registry.inspect(recording).await })
            }
            Self::Prepare(args) => {
                no_limits(args.max_seconds, args.max_bytes)?;
                let recording = one(recordings)?;
                Ok(Box::pin(async move { sound(registry.prepare(recording).await?) }))
            }
            Self::Enroll(args) => {
                let (registry, id) = (writing(registry, args.force, args.consent), id(&args.speaker_id)?);
                later(async move { registry.enroll(&id, recordings).await })
            }
            Self::Create(args) => {
                let (registry, id) = (writing(registry, args.force, args.consent), id(&args.speaker_id)?);
                later(async move { registry.create(&id, recordings).await })
            }
            Self::Update(args) => {
                let (registry, id) = (writing(registry, args.force, args.consent), id(&args.speaker_id)?);
                later(async move { registry.update(&id, recordings).await })
            }
            Self::Verify(args) => {
                let (id, recording) = (id(&args.speaker_id)?, one(recordings)?);
                later(async move { registry.verify(&id, recording).await })
            }
            Self::Identify(args) => {
                let candidates = match &args.speaker_ids {
                    Some(chosen) => Candidates::These(ids(chosen)?),
                    None => Candidates::All,
                };
                let recording = one(recordings)?;
                later(async move { registry.identify(recording, candidates).await })
            }
            Self::Diarize(args) => {
                let (options, recording) = (args.options()?, one(recordings)?);
                later(async move { registry.diarize(recording, options).await })
            }
            #[cfg(feature = "remote")]
            Self::IdentifyCall(args) => {
                let record = CallRecord::from_json(&args.record)?;
                if recordings.is_empty() {
                    return later(async move { registry.identify_call(&record).await });
                }
                let recording = one(recordings)?;
                later(async move { registry.identify_call_in(&record, recording).await })
            }
            _ if !recordings.is_empty() => Err(invalid(format!("`{}` takes no recording", self.verb()))),
            Self::Get(args) => {
                let id = id(&args.speaker_id)?;
                later(async move { registry.get(&id).await })
            }
            Self::List(args) => {
                let options = args.options()?;
                later(async move { registry.list(options).await })
            }
            Self::Delete(args) => {
                let id = id(&args.speaker_id)?;
                later(async move { registry.delete(&id).await })
            }
            Self::RemoveSample(args) => {
                let id = id(&args.speaker_id)?;
                later(async move { registry.remove_sample(&id, args.sample).await })
            }
            Self::Model(_) => later(async move { registry.model().await }),
            Self::Outdated(_) => later(async move { registry.outdated().await }),
            Self::RecordConsent(args) => {
                let id = id(&args.speaker_id)?;
                later(async move { registry.record_consent(&id, args.consent).await })
            }
            Self::Consent(args) => {
                let id = id(&args.speaker_id)?;
                later(async move { registry.consent(&id).await })
            }
            Self::WithdrawConsent(args) => {
                let id = id(&args.speaker_id)?;
                later(async move { registry.withdraw_consent(&id).await })
            }
            Self::Expire(args) => {
                let id = id(&args.speaker_id)?;
                later(async move { registry.expire(&id, args.at).await })
            }
            Self::Retention(_) => later(async move { Ok(registry.retention().await?.map(|time| time.as_secs())) }),
            Self::SetRetention(args) => {
                let time = args.seconds.map(Duration::from_secs);
                later(async move { registry.set_retention(time).await })
            }
            Self::Expired(_) => later(async move { registry.expired().await }),
            Self::Purge(_) => later(async move { registry.purge().await }),
            Self::ExportSpeaker(args) => {
                let id = id(&args.speaker_id)?;
                later(async move { json(&registry.export_speaker(&id, args.voiceprints).await?) })
            }
            Self::ImportSpeaker(args) => {
                let export = exported(&args.export)?;
                later(async move { registry.import_speaker(&export).await })
            }
            Self::RotateKey(args) => later(async move { registry.rotate_key(args.forget_old).await }),
            Self::VerifyAudit(_) => later(async move { registry.verify_audit().await }),
            Self::AuditEntries(_) => later(async move { registry.audit_entries().await }),
            Self::AuditPseudonym(args) => {
                let id = id(&args.speaker_id)?;
                later(async move { registry.audit_pseudonym(&id).await })
            }
            Self::Backup(args) => later(async move { registry.backup(&args.to).await }),
            Self::Check(_) => later(async move { registry.check().await }),
            Self::Restore(_) => Err(unknown("restore")),
            #[cfg(feature = "remote")]
            Self::LogOut(_) => later(async move { registry.log_out().await }),
            #[cfg(feature = "remote")]
            Self::Submit(args) => {
                let request = args.request()?;
                later(async move { registry.submit(request).await })
            }
            #[cfg(feature = "remote")]
            Self::Job(args) => later(async move { registry.job(&args.job.parse()?).await }),
            #[cfg(feature = "remote")]
            Self::Wait(args) => later(async move { registry.wait(&args.job.parse()?).await }),
        }
    }
}

/// Panics at once, or in the work of a call: so the tests of every language see that a defect of ours ends no process.
#[cfg(feature = "__panics")]
#[allow(clippy::panic, reason = "that is what it is for")]
pub(super) fn panicking(verb: &str) -> Option<Pending> {
    match verb {
        "panic" => panic!("a defect, for a test"),
        "panic_later" => Some(Box::pin(async { panic!("a defect, for a test") })),
        _ => None,
    }
}

fn later<T: Serialize>(work: impl Future<Output = Result<T>> + Send + 'static) -> Result<Pending> {
    Ok(Box::pin(async move { Ok(Reply { json: json(&work.await?)?, bytes: None }) }))
}

fn sound(prepared: Prepared) -> Result<Reply> {
    let Prepared { wav, start, end, speech_seconds, .. } = prepared;
    Ok(Reply { json: json(&Cut { start, end, speech_seconds })?, bytes: Some(wav) })
}

/// The stretch that [`prepare`](crate::Registry::prepare) cut out; its audio is passed next to the JSON.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Prepared")]
pub(super) struct Cut {
    /// Start in seconds from the start of the recording.
    start: f64,
    /// End in seconds.
    end: f64,
    /// Seconds of speech in it.
    speech_seconds: f64,
}

pub(super) fn json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|_| workers::stopped())
}

fn writing(registry: Registry, force: bool, consent: Option<ConsentRecord>) -> Registry {
    let registry = if force { registry.forced() } else { registry };
    match consent {
        Some(consent) => registry.with_consent(consent),
        None => registry,
    }
}

/// What an export says, in JSON.
fn exported(text: &str) -> Result<Export> {
    read(text).map_err(|fault| invalid(format!("the export cannot be imported: {fault}")))
}

/// A registry has its limits since it was opened.
fn no_limits(max_seconds: Option<f64>, max_bytes: Option<u64>) -> Result<()> {
    if max_seconds.is_some() || max_bytes.is_some() {
        return Err(invalid("`max_seconds` and `max_bytes` of a registry are set when it is opened"));
    }
    Ok(())
}

fn one(mut recordings: Vec<Recording>) -> Result<Recording> {
    let recording = recordings.pop().filter(|_| recordings.is_empty());
    recording.ok_or_else(|| invalid("the number of recordings is wrong; pass exactly one"))
}

fn id(word: &str) -> Result<SpeakerId> {
    word.parse()
}

fn ids(words: &[String]) -> Result<Vec<SpeakerId>> {
    words.iter().map(|word| word.parse()).collect()
}

fn unknown(verb: &str) -> crate::Error {
    invalid(format!("there is no call `{verb}`; the schema lists the calls"))
}

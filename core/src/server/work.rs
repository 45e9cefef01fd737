//! Jobs: taken on, run, asked about, and reported to whoever waits for them.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Extension, Path, State};
use axum::http::{HeaderMap, StatusCode};
use serde_json::value::{RawValue, to_raw_value};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tokio::task::{self, JoinSet};

use super::Shared;
use super::auth::{Asking, Caller};
use super::document::{Any, NotFound, Taking};
use super::fault::Fault;
use super::intake::Intake;
use super::json;
use super::ledger::{JOB_SECONDS, Job, JobRow};
use super::query::{Query, flag, readable};
use crate::enrollment::now;
use crate::wire::{
    Accepted, Asked, AsrInput, Conversation, DIARIZE, DiarizeInput, DiarizeSegment, IDENTIFY, IdentifyInput, JobInput,
    JobStatus, NOT_IDENTIFIED, TRANSCRIBE,
};
use crate::{Candidates, DiarizeOptions, Encoding, ErrorKind, Recording, Registry, Segment, SpeakerId};

/// A look at the queue without being told of a new job, in case the telling was lost.
const LOOK: Duration = Duration::from_secs(30);

/// Waits after a result that could not be kept, on a full disk for one. A job whose result is never kept
/// runs again at the next start.
const KEEP: [Duration; 3] = [Duration::from_secs(1), Duration::from_secs(10), Duration::from_secs(60)];

/// Callbacks at once, and of them to one receiver: one that does not answer holds up nobody else's.
const CALLS_AT_ONCE: usize = 64;
const CALLS_TO_ONE: usize = 4;
/// The wait after a callback of which nothing could be noted.
const UNNOTED: Duration = Duration::from_secs(10);

type Taken = Result<(StatusCode, Json<Accepted>), Fault>;

/// What a request for a job brings.
#[derive(axum::extract::FromRequest)]
#[from_request(state(Shared))]
pub(crate) struct Order {
    #[from_request(via(State))]
    state: Shared,
    #[from_request(via(Extension))]
    caller: Caller,
    query: Query,
    headers: HeaderMap,
    body: axum::body::Body,
}

/// Where in a recording enrolled speakers speak.
#[utoipa::path(
    post, path = "/ai/audio/v1/async/speaker-identify", tag = "jobs",
    params(
        ("webhook" = Option<String>, Query, description = "Where to post the result; needed unless `poll` is true", format = "uri"),
        ("poll" = Option<bool>, Query, description = "Whether the result is asked for instead; false by default"),
    ),
    request_body = IdentifyInput,
    responses(
        (status = 202, body = Accepted),
        Any,
        Taking,
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn identify(order: Order) -> Taken {
    submit(IDENTIFY, order).await
}

/// Who speaks when in a recording.
#[utoipa::path(
    post, path = "/ai/audio/v1/async/speaker-diarize", tag = "jobs",
    params(
        ("webhook" = Option<String>, Query, description = "Where to post the result; needed unless `poll` is true", format = "uri"),
        ("poll" = Option<bool>, Query, description = "Whether the result is asked for instead; false by default"),
    ),
    request_body = DiarizeInput,
    responses(
        (status = 202, body = Accepted),
        Any,
        Taking,
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn diarize(order: Order) -> Taken {
    submit(DIARIZE, order).await
}

/// What is said in a recording, and by whom.
#[utoipa::path(
    post, path = "/ai/audio/v1/async/speech-to-text", tag = "jobs",
    params(
        ("webhook" = Option<String>, Query, description = "Where to post the result; needed unless `poll` is true", format = "uri"),
        ("poll" = Option<bool>, Query, description = "Whether the result is asked for instead; false by default"),
    ),
    request_body = AsrInput,
    responses(
        (status = 202, body = Accepted),
        Any,
        Taking,
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn transcribe(order: Order) -> Taken {
    submit(TRANSCRIBE, order).await
}

async fn submit(api: &'static str, order: Order) -> Taken {
    let Order { state, caller, query, headers, body } = order;
    let mut query = readable(query)?;
    let poll = flag(&query, "poll")?;
    let webhook = query.remove("webhook").filter(|webhook| !webhook.is_empty());
    let Intake { bytes, room: _room } = state.gate.take(&headers, body).await?;
    let input: JobInput = json::read(&bytes)?;
    let Some(address) = input.content_uri.as_deref() else {
        return Err(Fault::invalid("contentUri", "the member `contentUri`, where the recording is, is missing"));
    };
    state.outside.address(address, "contentUri")?;
    let Some(encoding) = &input.encoding else {
        return Err(Fault::invalid("encoding", "the member `encoding` is missing"));
    };
    encoding.parse::<Encoding>().map_err(|error| Fault::from(error).about("encoding"))?;
    if input.language_code.is_none() {
        return Err(Fault::invalid("languageCode", "the member `languageCode` is missing; the language may be any"));
    }
    match &webhook {
        Some(webhook) => drop(state.outside.address(webhook, "webhook")?),
        None if poll => {}
        None => return Err(Fault::invalid("webhook", "the parameter `webhook`, where to post the result, is missing")),
    }
    if api == TRANSCRIBE && state.transcriber.is_none() {
        return Err(super::transcribe::missing());
    }
    options(&input.asked)?;
    let registry = state.registry(&caller.account).await?;
    known(&registry, &input.asked, api == IDENTIFY).await?;

    let job = Job {
        id: uuid::Uuid::new_v4().to_string(),
        account: caller.account.to_string(),
        api: api.to_owned(),
        request: serde_json::to_string(&input).map_err(|_| Fault::internal())?,
    };
    let id = job.id.clone();
    let (shared, most) = (Arc::clone(&state), state.max_jobs);
    if !state.blocking(move || shared.ledger.submit(&job, webhook.as_deref(), most)).await? {
        return Err(Fault::busy(30));
    }
    state.new_job.notify_one();
    Ok((StatusCode::ACCEPTED, Json(Accepted { job_id: id })))
}

/// How a conversation is taken apart for a job.
pub(crate) fn options(asked: &Asked) -> Result<DiarizeOptions, Fault> {
    let mut options = DiarizeOptions::new().per_channel(asked.separate_speaker_per_channel.unwrap_or(false));
    // -1 and 0 are how programs of the old service say that they do not know.
    match asked.speaker_count {
        None | Some(-1 | 0) => {}
        // Each channel is one, however many there are.
        Some(1..=20) if asked.separate_speaker_per_channel == Some(true) => {}
        Some(count @ 1..=20) => options = options.speakers(count as u32),
        Some(_) => return Err(Fault::invalid("speakerCount", "`speakerCount` is 1 to 20, or is left out")),
    }
    Ok(options)
}

/// Whom a job may name. One that is not enrolled, or not completely, fails the whole job.
async fn known(registry: &Registry, asked: &Asked, needed: bool) -> Result<Candidates, Fault> {
    let ids = ids(asked)?.unwrap_or_default();
    if ids.is_empty() {
        let missing = || Fault::invalid("speakerIds", "the member `speakerIds`, whom to listen for, is missing");
        return if needed { Err(missing()) } else { Ok(Candidates::Nobody) };
    }
    for id in &ids {
        let enrollment = registry.get(id).await.map_err(unnamed)?;
        if !enrollment.complete {
            let missing = enrollment.missing_seconds;
            let message = format!("the enrollment of speaker {id} lacks {missing} s of speech; add recordings first");
            return Err(Fault::new(StatusCode::BAD_REQUEST, "CAI-108", message).about("speakerIds"));
        }
    }
    Ok(Candidates::These(ids))
}

/// The ids that a body names, if it does.
pub(crate) fn ids(asked: &Asked) -> Result<Option<Vec<SpeakerId>>, Fault> {
    if asked.contradicts() {
        return Err(Fault::invalid("speakerIds", "`speakerIds` and `enrollmentIds` are two lists; send one"));
    }
    let read = |ids: &[String]| ids.iter().map(|id| id.parse()).collect();
    let invalid = |error: crate::Error| Fault::invalid("speakerIds", error.to_string());
    asked.speakers().map(read).transpose().map_err(invalid)
}

/// A speaker in a body who is not there: the address exists, so it is not 404.
pub(crate) fn unnamed(error: crate::Error) -> Fault {
    let missing = matches!(error.kind(), ErrorKind::NotFound | ErrorKind::Incomplete);
    let mut fault = Fault::from(error);
    if missing {
        fault.status = StatusCode::BAD_REQUEST;
        fault = fault.about("speakerIds");
    }
    fault
}

/// How a job stands.
#[utoipa::path(
    get, path = "/ai/status/v1/jobs/{job_id}", tag = "jobs",
    params(("job_id" = String, Path, description = "As the request for the job returned it")),
    responses(
        (status = 200, body = JobStatus),
        Any,
        NotFound,
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn status(
    State(state): State<Shared>,
    Extension(caller): Asking,
    id: Result<Path<String>, axum::extract::rejection::PathRejection>,
) -> Result<Json<JobStatus>, Fault> {
    let unknown = || Fault::new(StatusCode::NOT_FOUND, "CAI-102", "there is no such job, or it is over a week old");
    let Path(id) = id.map_err(|_| unknown())?;
    let shared = Arc::clone(&state);
    let found = state.blocking(move || shared.ledger.job(&id)).await?;
    let row = found.filter(|row| *row.account == *caller.account).ok_or_else(unknown)?;
    Ok(Json(envelope(row)))
}

fn envelope(row: JobRow) -> JobStatus {
    let moment = |at: u64| {
        let moment = OffsetDateTime::from_unix_timestamp(at as i64).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        moment.format(&Rfc3339).unwrap_or_default()
    };
    JobStatus {
        job_id: row.id,
        api: row.api,
        creation_time: moment(row.created_at),
        completion_time: row.completed_at.map(moment),
        expiration_time: moment(row.created_at + JOB_SECONDS),
        status: match row.completed_at {
            None => "InProgress",
            Some(_) if row.failed => "Fail",
            Some(_) => "Success",
        }
        .to_owned(),
        response: row.response.and_then(|text| RawValue::from_string(text).ok()),
    }
}

/// Runs jobs, one after another, until the server stops. What is being done then waits again.
pub(crate) async fn run_jobs(state: Shared) {
    loop {
        if state.stopping.is_cancelled() {
            return;
        }
        let shared = Arc::clone(&state);
        match state.blocking(move || shared.ledger.next_job()).await {
            Ok(Some(job)) => {
                // There may be more, for the others.
                state.new_job.notify_one();
                run_one(&state, job).await;
            }
            Ok(None) => tokio::select! {
                () = state.new_job.notified() => {}
                () = tokio::time::sleep(LOOK) => {}
                () = state.stopping.cancelled() => return,
            },
            Err(error) => {
                tracing::error!(code = error.code(), "the queue of jobs cannot be read: {error}");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

#[tracing::instrument(name = "job", skip_all, fields(job = job.id, api = job.api))]
async fn run_one(state: &Shared, job: Job) {
    let id = job.id.clone();
    let file = state.scratch.join(&id);
    let result = tokio::select! {
        result = perform(state, &job, file.clone()) => Some(result.map_err(|fault| fault.of_recording("contentUri"))),
        () = state.stopping.cancelled() => None,
    };
    if let Err(fault) = tokio::fs::remove_file(&file).await
        && fault.kind() != std::io::ErrorKind::NotFound
    {
        tracing::error!("a recording could not be removed after its job: {}", fault.kind());
    }
    let shared = Arc::clone(state);
    let Some(result) = result else {
        let put_back = state.blocking(move || shared.ledger.put_back(&id)).await;
        if let Err(error) = put_back {
            tracing::error!(code = error.code(), "a job could not be put back: {error}");
        }
        return;
    };
    tracing::info!(job = id, api = job.api, failed = result.is_err(), "job done");
    state.metrics.job(&job.api, result.is_err());
    let (failed, response) = match result {
        Ok(response) => (false, response.get().to_owned()),
        Err(fault) => (true, fault.json()),
    };
    for wait in KEEP {
        let (shared, id, response) = (Arc::clone(&shared), id.clone(), response.clone());
        match state.blocking(move || shared.ledger.finish(&id, failed, &response)).await {
            Ok(()) => break,
            Err(error) => tracing::error!(code = error.code(), "the result of a job could not be kept: {error}"),
        }
        tokio::time::sleep(wait).await;
    }
    state.new_call.notify_one();
}

async fn perform(state: &Shared, job: &Job, file: PathBuf) -> Result<Box<RawValue>, Fault> {
    let input: JobInput = serde_json::from_str(&job.request).map_err(|_| Fault::internal())?;
    let address = state.outside.address(input.content_uri.as_deref().unwrap_or_default(), "contentUri")?;
    let registry = state.registry(&job.account).await?;
    let known = known(&registry, &input.asked, job.api == IDENTIFY).await?;
    state.outside.load(address, &file).await?;
    let mut recording = Recording::from_path(file);
    if let Some(encoding) = input.encoding.as_deref().and_then(|text| text.parse().ok()) {
        recording = recording.encoding(encoding);
    }
    let response = match job.api.as_str() {
        IDENTIFY => {
            let found = registry.identify(recording, known).await?;
            let utterances = found.segments.iter().map(identified).collect();
            to_raw_value(&Conversation { speaker_count: None, utterances })
        }
        DIARIZE => {
            let found = registry.diarize(recording, options(&input.asked)?.known(known)).await?;
            let utterances = labelled(&found.segments);
            to_raw_value(&Conversation { speaker_count: Some(found.speakers), utterances })
        }
        _ => {
            let transcriber = state.transcriber.as_ref().ok_or_else(super::transcribe::missing)?;
            return transcriber.transcribe(&registry, recording, &input, options(&input.asked)?.known(known)).await;
        }
    };
    response.map_err(|_| Fault::internal())
}

pub(crate) fn identified(segment: &Segment) -> DiarizeSegment {
    let id = segment.speaker_id.as_ref().map_or(NOT_IDENTIFIED, |id| id.as_str());
    DiarizeSegment { speaker_id: id.to_owned(), start: segment.start, end: segment.end, confidence: segment.confidence }
}

/// Segments as the contract calls their speakers: enrolled ones by their ids, others 0, 1, 2.
pub(crate) fn labelled(segments: &[Segment]) -> Vec<DiarizeSegment> {
    let mut others: Vec<&SpeakerId> = Vec::new();
    let mut named = Vec::with_capacity(segments.len());
    for segment in segments {
        let speaker_id = match &segment.speaker_id {
            Some(id) if !segment.enrolled => {
                let at = others.iter().position(|other| *other == id).unwrap_or_else(|| {
                    others.push(id);
                    others.len() - 1
                });
                at.to_string()
            }
            Some(id) => id.as_str().to_owned(),
            None => NOT_IDENTIFIED.to_owned(),
        };
        named.push(DiarizeSegment {
            speaker_id,
            start: segment.start,
            end: segment.end,
            confidence: segment.confidence,
        });
    }
    named
}

/// Tells those who wait for jobs, until the server stops.
pub(crate) async fn run_calls(state: Shared) {
    let mut under_way = JoinSet::new();
    let mut jobs: HashMap<task::Id, String> = HashMap::new();
    while !state.stopping.is_cancelled() {
        let (shared, called) = (Arc::clone(&state), jobs.values().cloned().collect::<Vec<_>>());
        let due = state
            .blocking(move || shared.ledger.due(&called, CALLS_AT_ONCE.saturating_sub(called.len()), CALLS_TO_ONE));
        let (due, next) = due.await.unwrap_or_else(|error| {
            tracing::error!(code = error.code(), "callbacks cannot be read: {error}");
            (Vec::new(), Some(1))
        });
        for row in due {
            let id = row.id.clone();
            jobs.insert(under_way.spawn(call(Arc::clone(&state), row)).id(), id);
        }
        let wait = next.map_or(LOOK, |seconds| Duration::from_secs(seconds.max(1)).min(LOOK));
        tokio::select! {
            Some(ended) = under_way.join_next_with_id() => {
                // A panic in there is the runtime's to report.
                jobs.remove(&ended.map_or_else(|fault| fault.id(), |(id, ())| id));
            }
            () = state.new_call.notified() => {}
            () = tokio::time::sleep(wait) => {}
            () = state.stopping.cancelled() => {}
        }
    }
    while under_way.join_next().await.is_some() {}
}

async fn call(state: Shared, row: JobRow) {
    let (id, api, webhook) = (row.id.clone(), row.api.clone(), row.webhook.clone().unwrap_or_default());
    let body = serde_json::to_string(&envelope(row)).unwrap_or_default();
    let mut headers = vec![("rcrequestid", id.clone())];
    if let Some(key) = &state.callback_key {
        let time = now();
        headers.push(("voiceroll-timestamp", time.to_string()));
        headers.push(("voiceroll-signature", format!("sha256={}", key.sign_hex(&format!("{time}.{body}")))));
    }
    let taken = match state.outside.address(&webhook, "webhook") {
        Ok(address) => state.outside.call(address, body, headers).await,
        Err(_) => false,
    };
    tracing::info!(job = id, taken, "callback");
    state.metrics.callback(&api, taken);
    let shared = Arc::clone(&state);
    if let Err(error) = state.blocking(move || shared.ledger.called(&id, taken)).await {
        tracing::error!(code = error.code(), "a callback could not be noted: {error}");
        // It is still due.
        tokio::time::sleep(UNNOTED).await;
    }
}

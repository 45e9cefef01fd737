//! Jobs: accepting, running, polling and reporting them.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Extension, Path, State};
use axum::http::{HeaderMap, StatusCode};
use serde_json::value::{RawValue, to_raw_value};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tokio_util::sync::CancellationToken;

use super::JOBS_AT_ONCE;
use super::Shared;
use super::auth::{Asking, Caller};
use super::convert::{identified, ids, labelled, options, unnamed};
use super::fault::Fault;
use super::intake::{listen, small};
use super::json;
use super::ledger::{JOB_SECONDS, Job, JobRow, anonymous};
use super::query::{Query, flag, readable};
use super::responses::{CommonErrors, NotFound, UploadErrors};
use crate::contract::{
    Accepted, Asked, AsrInput, Conversation, DIARIZE, DiarizeInput, IDENTIFY, IdentifyInput, JobInput, JobStatus,
    OfJob, TRANSCRIBE,
};
use crate::{CallOptions, Candidates, Encoding, ErrorKind, Recording, Registry};

/// Interval for polling the queue, in case a notification was lost.
pub(crate) const LOOK: Duration = Duration::from_secs(30);

/// Waits after a result that could not be kept, on a full disk for one. A job whose result is never kept
/// runs again at the next start.
const KEEP: [Duration; 3] = [Duration::from_secs(1), Duration::from_secs(10), Duration::from_secs(60)];

/// The most bytes of an address.
const ADDRESS: usize = 8 << 10;

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
        ("webhook" = Option<String>, Query, description = "URL that receives the result; required unless `poll` is true", format = "uri"),
        ("poll" = Option<bool>, Query, description = "Keep the result for polling, without a webhook; false by default"),
    ),
    request_body = IdentifyInput,
    responses(
        (status = 202, body = Accepted),
        CommonErrors,
        UploadErrors,
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
        ("webhook" = Option<String>, Query, description = "URL that receives the result; required unless `poll` is true", format = "uri"),
        ("poll" = Option<bool>, Query, description = "Keep the result for polling, without a webhook; false by default"),
    ),
    request_body = DiarizeInput,
    responses(
        (status = 202, body = Accepted),
        CommonErrors,
        UploadErrors,
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
        ("webhook" = Option<String>, Query, description = "URL that receives the result; required unless `poll` is true", format = "uri"),
        ("poll" = Option<bool>, Query, description = "Keep the result for polling, without a webhook; false by default"),
    ),
    request_body = AsrInput,
    responses(
        (status = 202, body = Accepted),
        CommonErrors,
        UploadErrors,
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
    let bytes = small(&headers, body).await?;
    let input: JobInput = json::read(&bytes)?;
    let Some(address) = input.content_uri.as_deref().filter(|address| !address.is_empty()) else {
        let message = "the member `contentUri` is missing; send the URL of the recording in it, or send the \
                       recording as `content` to the same path without `/async`";
        return Err(Fault::invalid("contentUri", message));
    };
    for (name, address) in [("contentUri", Some(address)), ("webhook", webhook.as_deref())] {
        if address.is_some_and(|address| address.len() > ADDRESS) {
            return Err(Fault::invalid(name, format!("`{name}` is longer than 8 KiB; send a shorter URL")));
        }
    }
    state.outside.address(address, "contentUri")?;
    let Some(encoding) = &input.encoding else {
        return Err(Fault::invalid(
            "encoding",
            "the member `encoding` is missing; send the format of the recording, such as `Wav`",
        ));
    };
    encoding.parse::<Encoding>().map_err(|error| Fault::from(error).about("encoding"))?;
    if input.language_code.is_none() {
        return Err(Fault::invalid(
            "languageCode",
            "the member `languageCode` is missing; send any language code, such as `en-US`",
        ));
    }
    // Not checked before it is called, as in RingCentral's service; the job can be polled in any case.
    if webhook.is_none() && !poll {
        return Err(Fault::invalid(
            "webhook",
            "the parameter `webhook` is missing; send the URL that receives the result, or `poll=true`",
        ));
    }
    if api == TRANSCRIBE && state.transcriber.is_none() {
        return Err(super::transcribe::missing());
    }
    options(&input.asked)?;
    let registry = state.registry_of(&caller).await?;
    known(&registry, &input.asked, api == IDENTIFY).await?;

    let job = Job {
        id: uuid::Uuid::new_v4().to_string(),
        account: caller.account.to_string(),
        app: Some(caller.client_id.to_string()),
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

/// Whom a job may name. One that is not enrolled, or not completely, fails the whole job.
async fn known(registry: &Registry, asked: &Asked, needed: bool) -> Result<Candidates, Fault> {
    let ids = ids(asked)?.unwrap_or_default();
    if ids.is_empty() {
        let named = asked.named();
        let what = if asked.speakers().is_some() { "is empty; name at least one speaker" } else { "is missing" };
        let missing = || Fault::invalid(named, format!("the member `{named}` {what}"));
        return if needed { Err(missing()) } else { Ok(Candidates::Nobody) };
    }
    for id in &ids {
        let enrollment = registry.get(id).await.map_err(unnamed(asked.named()))?;
        if !enrollment.complete {
            let missing = enrollment.missing_seconds;
            let message = format!(
                "the enrollment of speaker {id} is incomplete and needs {missing} s more speech; add recordings first"
            );
            return Err(Fault::new(StatusCode::BAD_REQUEST, "CAI-108", message).naming(asked.named()));
        }
    }
    Ok(Candidates::These(ids))
}

/// The status of a job.
#[utoipa::path(
    get, path = "/ai/status/v1/jobs/{job_id}", tag = "jobs",
    params(("job_id" = String, Path, description = "The job id that the request returned")),
    responses(
        (status = 200, body = JobStatus),
        CommonErrors,
        NotFound,
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn status(
    State(state): State<Shared>,
    Extension(caller): Asking,
    id: Result<Path<String>, axum::extract::rejection::PathRejection>,
) -> Result<Json<JobStatus>, Fault> {
    let Path(id) = id.map_err(|_| unknown())?;
    let shared = Arc::clone(&state);
    let found = state.blocking(move || shared.ledger.job(&id)).await?;
    let row = found.filter(|row| *row.account == *caller.account).ok_or_else(unknown)?;
    Ok(Json(envelope(row)))
}

fn unknown() -> Fault {
    Fault::new(
        StatusCode::NOT_FOUND,
        "CAI-102",
        "there is no job with this id, or it finished over a week ago; check the id, or submit the job again",
    )
}

/// Deletes a job and its result. One that waits or runs is not done.
#[utoipa::path(
    delete, path = "/ai/status/v1/jobs/{job_id}", tag = "jobs",
    params(("job_id" = String, Path, description = "The job id that the request returned")),
    responses(
        (status = 204, description = "Deleted"),
        CommonErrors,
        NotFound,
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn delete(
    State(state): State<Shared>,
    Extension(caller): Asking,
    id: Result<Path<String>, axum::extract::rejection::PathRejection>,
) -> Result<StatusCode, Fault> {
    let Path(id) = id.map_err(|_| unknown())?;
    let (shared, job) = (Arc::clone(&state), id.clone());
    if !state.blocking(move || shared.ledger.delete_job(&job, &caller.account)).await? {
        return Err(unknown());
    }
    if let Some(running) = state.lock_running().get(&id) {
        running.cancel();
    }
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) fn envelope(row: JobRow) -> JobStatus {
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
        voiceroll: row.call_note.map(|callback_failed| OfJob { callback_failed }),
    }
}

/// Runs jobs, one after another, until the server stops. What is being done then waits again.
pub(crate) async fn run_jobs(state: Shared) {
    loop {
        if state.stopping.is_cancelled() {
            return;
        }
        let shared = Arc::clone(&state);
        match state.blocking(move || shared.ledger.next_job(JOBS_AT_ONCE)).await {
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
                tracing::error!(code = error.code(), "the job queue could not be read: {error}");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

#[tracing::instrument(name = "job", skip_all, fields(job = job.id, api = job.api))]
async fn run_one(state: &Shared, job: Job) {
    let id = job.id.clone();
    let file = state.scratch.join(&id);
    let deleted = CancellationToken::new();
    state.lock_running().insert(id.clone(), deleted.clone());
    let result = tokio::select! {
        result = perform(state, &job, file.clone()) => Some(result.map_err(|fault| fault.of_recording("contentUri"))),
        () = state.stopping.cancelled() => None,
        () = deleted.cancelled() => None,
    };
    state.lock_running().remove(&id);
    if let Err(fault) = tokio::fs::remove_file(&file).await
        && fault.kind() != std::io::ErrorKind::NotFound
    {
        tracing::error!("the recording of a finished job could not be removed: {}", fault.kind());
    }
    let shared = Arc::clone(state);
    let Some(result) = result else {
        let put_back = state.blocking(move || shared.ledger.put_back(&id)).await;
        if let Err(error) = put_back {
            tracing::error!(code = error.code(), "a job could not be returned to the queue: {error}");
        }
        return;
    };
    tracing::info!(job = id, api = job.api, failed = result.is_err(), "job done");
    state.metrics.job(&job.api, result.is_err());
    let (failed, response) = match result {
        Ok(response) => (false, response.get().to_owned()),
        Err(fault) => (true, fault.json()),
    };
    // Nobody is deleted between this look and the keeping of what names them.
    let _naming = state.naming.read().await;
    let response = match still_enrolled(state, &job, &response).await {
        Ok(response) => response,
        Err(error) => {
            tracing::error!(code = error.code(), "the result of a job could not be checked: {error}");
            response
        }
    };
    for wait in KEEP {
        let (shared, id, response) = (Arc::clone(&shared), id.clone(), response.clone());
        match state.blocking(move || shared.ledger.finish(&id, failed, &response)).await {
            Ok(()) => break,
            Err(error) => tracing::error!(code = error.code(), "the result of a job could not be stored: {error}"),
        }
        tokio::time::sleep(wait).await;
    }
    state.new_call.notify_one();
}

/// A result without the names of those who were deleted while it was made.
async fn still_enrolled(state: &Shared, job: &Job, response: &str) -> crate::Result<String> {
    let mut response = response.to_owned();
    let Ok(input) = serde_json::from_str::<JobInput>(&job.request) else { return Ok(response) };
    let Ok(Some(ids)) = ids(&input.asked) else { return Ok(response) };
    let registry = state.registry(&job.account).await?;
    for id in ids.into_iter().filter(|id| response.contains(&format!("\"{id}\""))).collect::<Vec<_>>() {
        match registry.get(&id).await {
            Err(error) if error.kind() == ErrorKind::NotFound => response = anonymous(&response, &id),
            Err(error) => return Err(error),
            Ok(_) => {}
        }
    }
    Ok(response)
}

async fn perform(state: &Shared, job: &Job, file: PathBuf) -> Result<Box<RawValue>, Fault> {
    let input: JobInput = serde_json::from_str(&job.request).map_err(|_| Fault::internal())?;
    let address = state.outside.address(input.content_uri.as_deref().unwrap_or_default(), "contentUri")?;
    let account: Arc<str> = job.account.as_str().into();
    let actor = format!("app {}, job {}", job.app.as_deref().unwrap_or("unknown"), job.id);
    let registry = state.registry(&account).await?.with(CallOptions::new().actor(&actor));
    let known = known(&registry, &input.asked, job.api == IDENTIFY).await?;
    state.outside.load(address, &file).await?;
    let mut recording = Recording::from_path(file);
    if let Some(encoding) = input.encoding.as_deref().and_then(|text| text.parse().ok()) {
        recording = recording.encoding(encoding);
    }
    let response = match job.api.as_str() {
        IDENTIFY => {
            let turn = state.gate.turn(&account).await?;
            let found = listen(turn, &registry, move |registry| registry.identify(&recording, known)).await?;
            let utterances = found.segments.iter().map(identified).collect();
            to_raw_value(&Conversation { speaker_count: None, utterances })
        }
        DIARIZE => {
            let options = options(&input.asked)?.known(known);
            let turn = state.gate.turn(&account).await?;
            let found = listen(turn, &registry, move |registry| registry.diarize(&recording, &options)).await?;
            let utterances = labelled(&found.segments);
            to_raw_value(&Conversation { speaker_count: Some(found.speakers), utterances })
        }
        _ => {
            let transcriber = state.transcriber.as_ref().ok_or_else(super::transcribe::missing)?;
            let options = options(&input.asked)?.known(known);
            return transcriber.transcribe(&registry, state.gate.turn(&account), recording, &input, options).await;
        }
    };
    response.map_err(|_| Fault::internal())
}

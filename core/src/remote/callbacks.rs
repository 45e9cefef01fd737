//! Results of jobs that a server posts.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use futures_channel::oneshot;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::contract::{self, read_job};
use crate::runtime::apart;
use crate::runtime::now;
use crate::runtime::{network, workers};
use crate::types::error::{Code, Error, Result};
use crate::{CallOptions, Job, JobId, JobResult, JobStatus};

/// How old a signed callback may be, in seconds: the server's and our clock may differ a little.
const FRESH: u64 = 300;
/// Results that nobody has asked for yet; the oldest go first.
const KEPT: usize = 10_000;

/// Receives the callbacks that servers post to a [`webhook`](crate::JobRequest::webhook): pass each request to
/// [`take`](Self::take), from any web framework, and answer 200.
///
/// Cheap to clone; clones share the received results.
///
/// ```
/// use voiceroll::{Callbacks, CallOptions};
///
/// let callbacks = Callbacks::new();
/// // In the handler of the webhook's route, with the request's body:
/// let body = br#"{"jobId":"6f1e","status":"Success","response":{"utterances":[]}}"#;
/// callbacks.take(None, None, body)?;
/// // And wherever the result is waited for:
/// let found = callbacks.wait_blocking(&"6f1e".parse()?, &CallOptions::new())?;
/// assert!(found.segments.is_empty());
/// # Ok::<(), voiceroll::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Callbacks {
    secret: Option<Arc<str>>,
    inbox: Arc<Mutex<Inbox>>,
}

#[derive(Default)]
struct Inbox {
    come: HashMap<JobId, Job>,
    order: VecDeque<JobId>,
    waiting: HashMap<JobId, Vec<oneshot::Sender<Job>>>,
}

impl Callbacks {
    /// Accepts all callbacks, such as RingCentral's, which are not signed.
    pub fn new() -> Self {
        Self::default()
    }

    /// Accepts only callbacks signed with this secret, which `voiceroll apps callback-secret ACCOUNT` prints.
    pub fn signed(secret: impl Into<Arc<str>>) -> Self {
        Self { secret: Some(secret.into()), ..Self::default() }
    }

    /// Processes a callback: its headers `Voiceroll-Timestamp` and `Voiceroll-Signature`, if present, and its body. A
    /// repeated callback is accepted again: servers repeat callbacks that were not answered with 200.
    ///
    /// # Errors
    /// `login_refused` for a signature that is missing, wrong or older than five minutes: answer 401.
    /// `answer_invalid` for a body that is not a job: answer 400.
    pub fn take(&self, timestamp: Option<&str>, signature: Option<&str>, body: &[u8]) -> Result<Job> {
        if let Some(secret) = &self.secret {
            let signed = timestamp.zip(signature).is_some_and(|(time, sign)| is_signed(secret, time, sign, body));
            if !signed {
                return Err(Error::new(
                    Code::LoginRefused,
                    "this callback is not signed with the secret, or it is over five minutes old; answer it with 401",
                ));
            }
        }
        let status: contract::JobStatus = serde_json::from_slice(body).map_err(|_| {
            Error::new(Code::AnswerInvalid, "this callback does not report the status of a job; answer it with 400")
        })?;
        let job = read_job(status)?;
        if job.status == JobStatus::InProgress {
            return Ok(job);
        }
        apart(|| self.put(&job));
        Ok(job)
    }

    /// Gives a job to those who wait for it, or keeps it.
    fn put(&self, job: &Job) {
        let mut inbox = self.inbox.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = inbox.waiting.remove(&job.id).unwrap_or_default();
        let mut told = false;
        for waiting in waiting {
            told |= waiting.send(job.clone()).is_ok();
        }
        if !told && inbox.come.insert(job.id.clone(), job.clone()).is_none() {
            inbox.order.push_back(job.id.clone());
        }
        while inbox.order.len() > KEPT {
            if let Some(oldest) = inbox.order.pop_front() {
                inbox.come.remove(&oldest);
            }
        }
    }

    /// Waits for the result of a job; limit the wait with the options.
    ///
    /// # Errors
    /// `job_failed`, or a more specific code from a Voiceroll server; `timed_out`, `cancelled`.
    pub async fn wait(&self, job: &JobId, options: &CallOptions) -> Result<JobResult> {
        let come = apart(|| {
            let mut inbox = self.inbox.lock().unwrap_or_else(PoisonError::into_inner);
            inbox.waiting.retain(|_, waiting| {
                waiting.retain(|waiting| !waiting.is_canceled());
                !waiting.is_empty()
            });
            match inbox.come.remove(job) {
                Some(come) => {
                    inbox.order.retain(|id| id != job);
                    Ok(come)
                }
                None => {
                    let (sender, receiver) = oneshot::channel();
                    inbox.waiting.entry(job.clone()).or_default().push(sender);
                    Err(receiver)
                }
            }
        });
        let job = match come {
            Ok(job) => job,
            Err(receiver) => network::bounded(receiver, options.started()).await?.map_err(|_| workers::stopped())?,
        };
        let unfinished = || Error::new(Code::AnswerInvalid, "the server sent the callback before the job was done");
        job.into_result()?.ok_or_else(unfinished)
    }

    /// The same, blocking the calling thread.
    ///
    /// # Errors
    /// As for [`wait`](Self::wait).
    pub fn wait_blocking(&self, job: &JobId, options: &CallOptions) -> Result<JobResult> {
        workers::wait(self.wait(job, options))
    }
}

impl fmt::Debug for Callbacks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callbacks").field("signed", &self.secret.is_some()).finish_non_exhaustive()
    }
}

fn is_signed(secret: &str, timestamp: &str, signature: &str, body: &[u8]) -> bool {
    // With an empty secret, such as that of a variable which is not set, anybody could sign.
    if secret.is_empty() {
        return false;
    }
    let fresh = timestamp.parse::<u64>().is_ok_and(|at| at.abs_diff(now()) <= FRESH);
    let Some(signature) = signature.strip_prefix("sha256=").and_then(unhex) else { return false };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return false };
    mac.update(timestamp.as_bytes());
    mac.update(b".");
    mac.update(body);
    fresh && mac.verify_slice(&signature).is_ok()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.chars().map(|digit| Some(digit.to_digit(16)? as u8)).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks_exact(2).map(|pair| pair[0] * 16 + pair[1]).collect())
}

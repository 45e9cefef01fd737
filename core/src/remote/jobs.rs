//! Jobs on a server, and calls, which are such jobs.

use std::collections::BTreeMap;
use std::time::Duration;

use reqwest::{Method, Url};
use serde::Deserialize;

use super::http::Ask;
use super::{Remote, enrolled_completely};
use crate::contract::{self, Accepted, job_input, job_path, read_job};
use crate::types::call_record::{CallIdentification, CallRecord, named, not_recorded};
use crate::types::error::{Code, Error, Result};
use crate::{CallOptions, Candidates, DiarizeOptions, Job, JobId, JobRequest, JobResult, Recording, SpeakerId};

/// The first wait between looks; it doubles. RingCentral allowed ten looks a minute.
const FIRST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(15);

impl Remote {
    /// Not sent again when the answer was lost: a job done twice does no harm, but it is paid for.
    pub(crate) async fn submit(&self, request: &JobRequest, control: &CallOptions) -> Result<JobId> {
        let input = serde_json::to_vec(&job_input(request))
            .map_err(|fault| Error::new(Code::Internal, "a request could not be written").because(fault))?;
        let ask = Ask::new(Method::POST, job_path(request)).json(input);
        let ask = match &request.webhook {
            Some(webhook) => ask.query("webhook", webhook.clone()),
            None => ask.query("poll", "true".to_owned()),
        };
        let Accepted { job_id } = self.ask(ask, control).await?;
        contract::job_id(job_id)
    }

    pub(crate) async fn job(&self, id: &JobId, control: &CallOptions) -> Result<Job> {
        let status = self.ask(Ask::get(format!("{}/{id}", contract::JOBS)), control).await;
        read_job(status.map_err(|error: Error| match error.status() {
            Some(404) => error.instead(
                Code::JobNotFound,
                "there is no job with this id, or it finished over a week ago; check the id, or submit the job again",
            ),
            _ => error,
        })?)
    }

    pub(crate) async fn wait(&self, id: &JobId, control: &CallOptions) -> Result<JobResult> {
        let mut wait = FIRST;
        loop {
            if let Some(result) = self.job(id, control).await?.into_result()? {
                return Ok(result);
            }
            tokio::time::sleep(wait).await;
            wait = (wait * 2).min(LONGEST);
        }
    }

    /// Who spoke when in a call: in the recording that is given, or in that which the record names.
    pub(crate) async fn identify_call(
        &self,
        record: &CallRecord,
        recording: Option<&Recording>,
        control: &CallOptions,
    ) -> Result<CallIdentification> {
        let (mut enrolled, mut not_enrolled) = (Vec::new(), Vec::new());
        for id in record.speaker_ids() {
            let complete = enrolled_completely(self.get(&id, control).await)?;
            if complete { enrolled.push(id) } else { not_enrolled.push(id) }
        }
        let segments = match (recording, &record.content_uri) {
            (Some(recording), _) if enrolled.is_empty() => {
                self.diarize(recording, &DiarizeOptions::new(), control).await?.segments
            }
            (Some(recording), _) => self.identify(recording, &Candidates::These(enrolled), control).await?.segments,
            (None, None) => return Err(not_recorded()),
            (None, Some(uri)) => {
                let uri = self.connection()?.with_token(uri, control).await?;
                let request =
                    if enrolled.is_empty() { JobRequest::diarize(uri) } else { JobRequest::identify(uri, enrolled) };
                let job = self.submit(&request, control).await?;
                self.wait(&job, control).await?.segments
            }
        };
        let mut names = BTreeMap::new();
        for id in segments.iter().filter(|segment| segment.enrolled).filter_map(|segment| segment.speaker_id.as_ref()) {
            if !names.contains_key(id) {
                let name = match record.name_of(id) {
                    Some(name) => Some(name.to_owned()),
                    None => self.extension_name(id, control).await,
                };
                names.insert(id.clone(), name);
            }
        }
        let segments = named(segments, |id| names.get(id).cloned().flatten());
        Ok(CallIdentification { segments, not_enrolled })
    }

    /// The name of an extension. None if it cannot be fetched: the result matters more than a name.
    async fn extension_name(&self, id: &SpeakerId, control: &CallOptions) -> Option<String> {
        #[derive(Deserialize)]
        struct Extension {
            #[serde(default)]
            name: Option<String>,
        }
        let ask = Ask::get(format!("/restapi/v1.0/account/~/extension/{id}"));
        self.ask::<Extension>(ask, control).await.ok()?.name
    }
}

/// Whether a request for `uri` may carry a token of `base`: only on the same server, or if both are RingCentral's,
/// whose media are on another host.
pub(super) fn shares_tokens(base: &Url, uri: &Url) -> bool {
    let platform =
        |url: &Url| url.scheme() == "https" && url.host_str().is_some_and(|host| host.ends_with(".ringcentral.com"));
    uri.origin() == base.origin() || platform(base) && platform(uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_go_nowhere_else() {
        let shares = |base: &str, uri: &str| shares_tokens(&base.parse().unwrap(), &uri.parse().unwrap());
        assert!(shares("https://platform.ringcentral.com", "https://media.ringcentral.com/restapi/1/content"));
        assert!(shares("http://127.0.0.1:8080", "http://127.0.0.1:8080/x"));
        for (base, uri) in [
            ("https://platform.ringcentral.com", "http://media.ringcentral.com/1"),
            ("https://platform.ringcentral.com", "https://media.ringcentral.com.example.org/1"),
            ("https://platform.ringcentral.com", "https://evilringcentral.com/1"),
            ("https://voices.example.com", "https://media.ringcentral.com/1"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8081/x"),
        ] {
            assert!(!shares(base, uri), "{base} {uri}");
        }
    }
}

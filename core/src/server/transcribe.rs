//! Words, from a transcriber that the operator names: any server with OpenAI's
//! `/v1/audio/transcriptions`. Voiceroll adds who said them.

use std::time::Duration;

use axum::http::StatusCode;
use reqwest::multipart::{Form, Part};
use reqwest::{Client, Url};
use serde::Deserialize;
use serde_json::value::{RawValue, to_raw_value};

use super::convert::labelled;
use super::fault::Fault;
use super::intake::listen;
use super::turns::Turn;
use crate::audio::Opened;
use crate::contract::{DiarizeSegment, JobInput, Transcription, Utterance, Word};
use crate::types::error::{Code, Error, Result};
use crate::{DiarizeOptions, Recording, Registry};

/// The longest that a transcriber may take for one recording.
const WHOLE: Duration = Duration::from_secs(1800);
/// What is read of an answer, at most.
const ANSWER_BYTES: usize = 64 << 20;
/// Words that are said to be later, in seconds, are left out: a week.
const LATEST: f64 = 604_800.0;
/// Words this far apart, in seconds, are two utterances of one speaker.
const PAUSE: f64 = 1.0;

pub(crate) struct Transcriber {
    client: Client,
    url: Url,
    model: String,
    key: Option<String>,
}

/// What a transcriber answers. Some give no words, or give them inside of segments.
#[derive(Deserialize)]
struct Answer {
    text: Option<String>,
    words: Option<Vec<Heard>>,
    segments: Option<Vec<Stretch>>,
}

#[derive(Deserialize)]
struct Stretch {
    words: Option<Vec<Heard>>,
    text: Option<String>,
    start: Option<f64>,
    end: Option<f64>,
}

#[derive(Deserialize)]
struct Heard {
    #[serde(alias = "text")]
    word: String,
    start: f64,
    end: f64,
}

struct Transcript {
    text: String,
    words: Vec<Heard>,
}

impl From<Answer> for Transcript {
    fn from(answer: Answer) -> Self {
        let mut words = answer.words.unwrap_or_default();
        if words.is_empty() {
            words = answer.segments.unwrap_or_default().into_iter().flat_map(Stretch::words).collect();
        }
        words.retain(|word| word.start.max(word.end) < LATEST);
        for word in &mut words {
            word.start = word.start.max(0.0);
            word.end = word.end.max(word.start);
        }
        let text = answer.text.unwrap_or_else(|| {
            let words: Vec<&str> = words.iter().map(|word| word.word.trim()).collect();
            words.join(" ")
        });
        Self { text, words }
    }
}

impl Stretch {
    /// The words of a segment; without word timings, the segment is divided by the number of letters.
    fn words(self) -> Vec<Heard> {
        let given = self.words.unwrap_or_default();
        let (Some(text), Some(start), Some(end)) = (self.text, self.start, self.end) else { return given };
        if !given.is_empty() {
            return given;
        }
        let letters = |text: &str| text.chars().filter(|one| !one.is_whitespace()).count();
        let (all, mut before) = (letters(&text).max(1), 0);
        let at = |letters: usize| start + (end - start) * letters as f64 / all as f64;
        let spread = text.split_whitespace().map(|word| {
            let from = before;
            before += letters(word);
            Heard { word: word.to_owned(), start: at(from), end: at(before) }
        });
        spread.collect()
    }
}

/// No transcriber was named.
pub(crate) fn missing() -> Fault {
    Fault::new(
        StatusCode::BAD_REQUEST,
        "CAI-110",
        "this server cannot transcribe; its operator can set up a transcriber with `voiceroll serve --transcriber URL`",
    )
}

impl Transcriber {
    /// `url`: the server's address, before `/v1/audio/transcriptions`.
    pub(crate) fn new(url: &str, model: String, key: Option<String>) -> Result<Self> {
        let bad = || Error::new(Code::InvalidOption, "the transcriber's address is not an http or https URL");
        let mut url = Url::parse(url).map_err(|_| bad())?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(bad());
        }
        if !url.path().ends_with("/audio/transcriptions") {
            let path = url.path().trim_end_matches('/').trim_end_matches("/v1").to_owned();
            url.set_path(&format!("{path}/v1/audio/transcriptions"));
        }
        super::choose_tls();
        let client = Client::builder().timeout(WHOLE).redirect(reqwest::redirect::Policy::none()).build();
        let client = client.map_err(|fault| {
            Error::new(Code::Internal, "the HTTP client for the transcriber could not be created").because(fault)
        })?;
        Ok(Self { client, url, model, key })
    }

    /// The words of a recording, and who said them if that is asked for.
    pub(crate) async fn transcribe(
        &self,
        registry: &Registry,
        turn: impl Future<Output = Result<Turn, Fault>>,
        recording: Recording,
        input: &JobInput,
        options: DiarizeOptions,
    ) -> Result<Box<RawValue>, Fault> {
        let heard = self.words(&recording, input).await?;
        let wanted = input.enable_speaker_diarization.unwrap_or(false)
            || input.asked.speakers().is_some_and(|ids| !ids.is_empty());
        let found = if wanted {
            let diarize = move |registry: &crate::blocking::Registry| registry.diarize(&recording, &options);
            Some(listen(turn.await?, registry, diarize).await?)
        } else {
            None
        };
        let turns = found.as_ref().map(|found| labelled(&found.segments)).unwrap_or_default();
        to_raw_value(&merged(&heard, found.as_ref().map(|found| found.speakers), &turns)).map_err(|_| Fault::internal())
    }

    async fn words(&self, recording: &Recording, input: &JobInput) -> Result<Transcript, Fault> {
        let crate::types::recording::Data::Path(path) = &recording.data else { return Err(Fault::internal()) };
        let file = tokio::fs::File::open(path).await.map_err(|_| Fault::internal())?;
        let known = recording.clone();
        let extension = tokio::task::spawn_blocking(move || extension(&known)).await.map_err(|_| Fault::internal())?;
        let length = file.metadata().await.map_err(|_| Fault::internal())?.len();
        let part = Part::stream_with_length(file, length).file_name(format!("recording.{extension}"));
        let mut form = Form::new()
            .part("file", part)
            .text("model", self.model.clone())
            .text("response_format", "verbose_json")
            .text("timestamp_granularities[]", "word");
        // Two letters are what such servers take.
        if let Some(language) = input.language_code.as_deref().and_then(|code| code.get(..2)) {
            form = form.text("language", language.to_ascii_lowercase());
        }
        let mut request = self.client.post(self.url.clone()).multipart(form);
        if let Some(key) = &self.key {
            request = request.bearer_auth(key);
        }
        let mut response = request.send().await.map_err(|fault| failed(reason(&fault)))?;
        if !response.status().is_success() {
            return Err(failed(&format!("it answered {}", response.status().as_u16())));
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|fault| failed(reason(&fault)))? {
            if body.len() + chunk.len() > ANSWER_BYTES {
                return Err(failed("its answer is too long"));
            }
            body.extend_from_slice(&chunk);
        }
        let answer: Answer =
            serde_json::from_slice(&body).map_err(|_| failed("its answer is not a verbose_json transcription"))?;
        Ok(answer.into())
    }
}

/// The ending that such servers know a recording by.
fn extension(recording: &Recording) -> &'static str {
    match Opened::new(recording, u64::MAX).map(|opened| opened.container.as_str()) {
        Ok("adts") => "aac",
        Ok("matroska") => "webm",
        Ok("mov" | "3gp") => "mp4",
        Ok(name) => name,
        Err(_) => "wav",
    }
}

fn failed(why: &str) -> Fault {
    Fault::new(
        StatusCode::BAD_REQUEST,
        "CAI-110",
        format!("the transcriber failed ({why}); try again later, or contact the server's operator"),
    )
}

fn reason(fault: &reqwest::Error) -> &'static str {
    match fault {
        _ if fault.is_timeout() => "it took too long",
        _ if fault.is_connect() => "it could not be reached",
        _ => "the connection was lost",
    }
}

/// Assigns each word to the speaker at its middle, or else to the nearest one.
fn merged<'a>(heard: &'a Transcript, speakers: Option<u32>, turns: &'a [DiarizeSegment]) -> Transcription<'a> {
    let away = |turn: &DiarizeSegment, at: f64| (turn.start - at).max(at - turn.end).max(0.0);
    let turn_of = |word: &Heard| {
        let middle = (word.start + word.end) / 2.0;
        turns.iter().min_by(|a, b| away(a, middle).total_cmp(&away(b, middle)))
    };
    let word = |heard: &'a Heard, turn: Option<&'a DiarizeSegment>| Word {
        word: heard.word.trim().into(),
        start: heard.start,
        end: heard.end,
        speaker_id: turn.map(|turn| turn.speaker_id.as_str().into()),
    };
    let mut utterances: Vec<Utterance<'a>> = Vec::new();
    let mut words = Vec::with_capacity(heard.words.len());
    let (mut sure, mut counted) = (0.0, 0usize);
    for one in &heard.words {
        let turn = turn_of(one);
        words.push(word(one, turn));
        let Some(turn) = turn else { continue };
        (sure, counted) = (sure + turn.confidence, counted + 1);
        let goes_on = |last: &&mut Utterance<'a>| last.speaker_id == turn.speaker_id && one.start - last.end < PAUSE;
        match utterances.last_mut().filter(goes_on) {
            Some(last) => {
                last.end = one.end;
                let text = last.text.to_mut();
                text.push(' ');
                text.push_str(one.word.trim());
                last.word_timings.push(word(one, Some(turn)));
            }
            None => utterances.push(Utterance {
                speaker_id: turn.speaker_id.as_str().into(),
                start: one.start,
                end: one.end,
                text: one.word.trim().into(),
                confidence: turn.confidence,
                word_timings: vec![word(one, Some(turn))],
            }),
        }
    }
    Transcription {
        transcript: heard.text.trim().into(),
        words,
        confidence: if counted > 0 { sure / counted as f64 } else { 1.0 },
        speaker_count: speakers,
        utterances: speakers.map(|_| utterances),
    }
}

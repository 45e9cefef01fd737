//! The best stretch of a recording.

/// A stretch cut out of a recording. Its `Debug` form leaves the audio out.
#[derive(Clone)]
#[non_exhaustive]
pub struct Prepared {
    /// A WAV file: 16 kHz, mono, 16 bit.
    pub wav: Vec<u8>,
    /// Where the stretch starts in the recording, in seconds.
    pub start: f64,
    /// End in seconds from the start of the recording.
    pub end: f64,
    /// Seconds of speech in it.
    pub speech_seconds: f64,
}

impl std::fmt::Debug for Prepared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Prepared")
            .field("start", &self.start)
            .field("end", &self.end)
            .field("speech_seconds", &self.speech_seconds)
            .finish_non_exhaustive()
    }
}

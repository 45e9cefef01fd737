//! One pass over a recording: everything that is measured is measured here, block by block.

use super::SAMPLE_RATE;
use super::decode::Sink;
use super::fingerprint::Fingerprinter;
use super::meter::{Meter, Sums, product, tamed};
use super::mix::{Mix, Mixer};
use super::spectrum::Spectrum;
use super::speech::{FRAME, Frame};
use super::vad::{Detected, Detector};
use super::wada::BlindSnr;
use crate::types::error::Result;

/// A frame this likely to be speech counts for the spectrum of the voice.
const VOICED: f32 = 0.5;

/// Listens to a whole recording in memory that hardly grows with it: 8 bytes for each 16 ms.
pub(crate) struct Listener {
    mixer: Mixer,
    mono: Vec<f32>,
    detector: Detector,
    keep: usize,
    /// Collects what detects repeated audio, if the recording may be enrolled.
    pub(crate) ear: Option<Fingerprinter>,
    pub(crate) meters: Vec<Meter>,
    pub(crate) frames: Vec<Frame>,
    /// How many of `frames` the detector has made up its mind about.
    judged: usize,
    voiced: Spectrum,
    /// With what the detector would say of the newest frames.
    guessed: Option<Spectrum>,
    pub(crate) blind: BlindSnr,
    /// The first samples at 16 kHz, as many as were asked for.
    pub(crate) kept: Vec<f32>,
    /// Samples at 16 kHz.
    pub(crate) samples: u64,
    /// Over all samples of the mix.
    sum: f64,
    squares: f64,
    /// Of the first two channels, as long as there are two.
    products: f64,
    pairs: u64,
    /// The newest audio, where somebody speaks now.
    pub(crate) recent: Option<Recent>,
}

/// The end of what was heard so far, at 16 kHz.
#[derive(Default)]
pub(crate) struct Recent {
    pub(crate) samples: Vec<f32>,
    /// Where the first of them stands in the recording.
    pub(crate) from: usize,
}

impl Recent {
    /// So much is kept, in samples: 12 s.
    const KEPT: usize = 12 * SAMPLE_RATE as usize;

    fn add(&mut self, samples: &[f32]) {
        self.samples.extend_from_slice(samples);
        // Seldom, as it moves all of it.
        if self.samples.len() > 2 * Self::KEPT {
            let gone = self.samples.len() - Self::KEPT;
            self.samples.drain(..gone);
            self.from += gone;
        }
    }
}

impl Listener {
    /// `keep`: how many samples at 16 kHz, from the start, will be wanted afterwards.
    pub(crate) fn new(mix: Mix, keep: usize) -> Result<Self> {
        Ok(Self {
            mixer: Mixer::new(mix),
            mono: Vec::new(),
            detector: Detector::new()?,
            keep,
            ear: None,
            meters: Vec::new(),
            frames: Vec::new(),
            judged: 0,
            voiced: Spectrum::default(),
            guessed: None,
            blind: BlindSnr::default(),
            kept: Vec::new(),
            samples: 0,
            sum: 0.0,
            squares: 0.0,
            products: 0.0,
            pairs: 0,
            recent: None,
        })
    }

    /// One that listens while somebody speaks: it keeps no audio but the newest, and its detector answers soon.
    pub(crate) fn live(mix: Mix) -> Result<Self> {
        let detector = Detector::live()?;
        Ok(Self { detector, recent: Some(Recent::default()), ..Self::new(mix, 0)? })
    }

    /// Fills in what the detector would say of the newest frames if nothing followed.
    pub(crate) fn guess(&mut self) {
        let (mut at, mut voiced) = (self.judged, self.voiced);
        self.detector.guess(judge(&mut self.frames, &mut at, &mut voiced));
        self.guessed = Some(voiced);
    }

    /// The spectrum of the voice.
    pub(crate) fn spectrum(&self) -> &Spectrum {
        self.guessed.as_ref().unwrap_or(&self.voiced)
    }

    /// Mixes otherwise from here on.
    pub(crate) fn mix_as(&mut self, mix: Mix) {
        self.mixer.finish(&mut self.mono);
        self.mixer = Mixer::new(mix);
    }

    /// Takes what is left in the resampler; call once, at the end.
    pub(crate) fn finish(&mut self) {
        self.mixer.finish(&mut self.mono);
        self.hear();
        self.count(self.mono.len());
        let judge = judge(&mut self.frames, &mut self.judged, &mut self.voiced);
        self.detector.finish(judge);
    }

    /// Mean power of the mix, without its offset.
    pub(crate) fn power(&self) -> f64 {
        (self.squares / self.samples.max(1) as f64 - self.offset().powi(2)).max(0.0)
    }

    /// Mean of the mix.
    pub(crate) fn offset(&self) -> f64 {
        self.sum / self.samples.max(1) as f64
    }

    /// How far the first two channels swing together, -1 to 1.
    pub(crate) fn together(&self) -> Option<f64> {
        let [first, second, ..] = &self.meters[..] else { return None };
        let powers = first.power() * second.power();
        let mean = self.products / self.pairs.max(1) as f64 - first.offset() * second.offset();
        (powers > 0.0).then(|| mean / powers.sqrt())
    }

    fn hear(&mut self) {
        let whole = self.mono.len() / FRAME * FRAME;
        for frame in self.mono[..whole].chunks_exact(FRAME) {
            let sums = Sums::of(frame);
            let mean = sums.sum / FRAME as f32;
            let power = (sums.squares / FRAME as f32 - mean * mean).max(0.0);
            self.frames.push(Frame { voice: 0.0, power });
        }
        let judge = judge(&mut self.frames, &mut self.judged, &mut self.voiced);
        self.detector.add(&self.mono[..whole], judge);
        self.count(whole);
        self.mono.drain(..whole);
    }

    fn count(&mut self, samples: usize) {
        let part = &self.mono[..samples];
        self.blind.add(part);
        if let Some(recent) = &mut self.recent {
            recent.add(part);
        }
        if let Some(ear) = &mut self.ear {
            ear.add(part);
        }
        let sums = Sums::of(part);
        self.sum += f64::from(sums.sum);
        self.squares += f64::from(sums.squares);
        let keep = self.keep.saturating_sub(self.kept.len()).min(samples);
        self.kept.extend_from_slice(&part[..keep]);
        self.samples += samples as u64;
    }
}

/// Writes down what the detector says, frame by frame; it comes later than the sound.
fn judge<'a>(frames: &'a mut [Frame], judged: &'a mut usize, voiced: &'a mut Spectrum) -> impl FnMut(Detected) + 'a {
    move |heard| {
        if let Some(frame) = frames.get_mut(*judged) {
            frame.voice = heard.voice;
        }
        *judged += 1;
        if heard.voice > VOICED {
            voiced.add(heard.spectrum);
        }
    }
}

impl Sink for Listener {
    fn block(&mut self, rate: u32, channels: &mut [Vec<f32>]) -> Result<()> {
        if self.meters.len() < channels.len() {
            self.meters.resize_with(channels.len(), Meter::new);
        }
        for (meter, channel) in self.meters.iter_mut().zip(channels.iter_mut()) {
            meter.add(channel);
        }
        if let [first, second, ..] = &*channels {
            self.products += product(first, second);
            self.pairs += first.len() as u64;
        }
        self.mixer.push(rate, channels, &mut self.mono);
        self.hear();
        Ok(())
    }
}

/// Hands a recording on at 16 kHz, block by block, on a second pass.
pub(crate) struct Passer<'a> {
    mixer: Mixer,
    mono: Vec<f32>,
    take: &'a mut dyn FnMut(&[f32]) -> Result<()>,
}

impl<'a> Passer<'a> {
    pub(crate) fn new(mix: Mix, take: &'a mut dyn FnMut(&[f32]) -> Result<()>) -> Self {
        Self { mixer: Mixer::new(mix), mono: Vec::new(), take }
    }

    pub(crate) fn finish(&mut self) -> Result<()> {
        self.mixer.finish(&mut self.mono);
        self.pass()
    }

    fn pass(&mut self) -> Result<()> {
        (self.take)(&self.mono)?;
        self.mono.clear();
        Ok(())
    }
}

impl Sink for Passer<'_> {
    fn block(&mut self, rate: u32, channels: &mut [Vec<f32>]) -> Result<()> {
        for channel in channels.iter_mut() {
            tamed(channel);
        }
        self.mixer.push(rate, channels, &mut self.mono);
        self.pass()
    }
}

/// Copies stretches of a recording, at 16 kHz, on a second pass.
pub(crate) struct Cutter<'a> {
    mixer: Mixer,
    mono: Vec<f32>,
    position: usize,
    spans: &'a [std::ops::Range<usize>],
    pub(crate) cut: Vec<f32>,
}

impl<'a> Cutter<'a> {
    /// `spans`: samples at 16 kHz, in order, without overlap.
    pub(crate) fn new(mix: Mix, spans: &'a [std::ops::Range<usize>]) -> Self {
        Self { mixer: Mixer::new(mix), mono: Vec::new(), position: 0, spans, cut: Vec::new() }
    }

    pub(crate) fn finish(&mut self) {
        self.mixer.finish(&mut self.mono);
        self.copy();
    }

    fn copy(&mut self) {
        let end = self.position + self.mono.len();
        for span in self.spans.iter().filter(|span| span.start < end && span.end > self.position) {
            let from = span.start.max(self.position) - self.position;
            let to = span.end.min(end) - self.position;
            self.cut.extend_from_slice(&self.mono[from..to]);
        }
        self.position = end;
        self.mono.clear();
    }
}

impl Sink for Cutter<'_> {
    fn block(&mut self, rate: u32, channels: &mut [Vec<f32>]) -> Result<()> {
        for channel in channels.iter_mut() {
            tamed(channel);
        }
        self.mixer.push(rate, channels, &mut self.mono);
        self.copy();
        Ok(())
    }
}

//! Decoders of our own: samples as they are, and the small open codecs of telephony.

pub(crate) mod amr;
#[allow(clippy::precedence, reason = "shifts stand as in the recommendation")]
mod g722;
#[allow(clippy::precedence, reason = "shifts stand as in the recommendation")]
mod g726;
#[allow(clippy::precedence, reason = "shifts stand as in the recommendation")]
mod gsm;
#[allow(clippy::precedence, reason = "shifts stand as in the recommendation")]
mod pcm;

use g722::G722;
use g726::G726;
use gsm::Gsm;

use super::layout::{Coding, Layout};

/// A decoder of one of them.
pub(crate) enum Plain {
    Samples { pcm: super::layout::Pcm, channels: usize },
    Law { mu: bool, channels: usize },
    Gsm { gsm: Box<Gsm>, pairs: bool },
    G722(Box<G722>),
    G726(Box<G726>),
}

impl Plain {
    /// None for what is not coded in one of these ways.
    pub(crate) fn new(layout: &Layout) -> Option<Self> {
        let channels = usize::from(layout.channels);
        Some(match layout.coding {
            Coding::Pcm(pcm) => Self::Samples { pcm, channels },
            Coding::MuLaw => Self::Law { mu: true, channels },
            Coding::ALaw => Self::Law { mu: false, channels },
            Coding::Gsm | Coding::GsmPairs => {
                Self::Gsm { gsm: Box::default(), pairs: layout.coding == Coding::GsmPairs }
            }
            Coding::G722 => Self::G722(Box::default()),
            Coding::G726 { bits, low_first } => Self::G726(Box::new(G726::new(bits, low_first))),
            _ => return None,
        })
    }

    /// The name of the codec, as ffmpeg has it.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Samples { pcm, .. } => pcm::name(*pcm),
            Self::Law { mu: true, .. } => "pcm_mulaw",
            Self::Law { mu: false, .. } => "pcm_alaw",
            Self::Gsm { pairs: false, .. } => "gsm",
            Self::Gsm { pairs: true, .. } => "gsm_ms",
            Self::G722(_) => "adpcm_g722",
            Self::G726(_) => "adpcm_g726",
        }
    }

    /// Decodes whole blocks into one vector for each channel.
    pub(crate) fn decode(&mut self, bytes: &[u8], planes: &mut Vec<Vec<f32>>) {
        let channels = match self {
            Self::Samples { channels, .. } | Self::Law { channels, .. } => *channels,
            _ => 1,
        };
        planes.resize_with(channels, Vec::new);
        planes.iter_mut().for_each(Vec::clear);
        let mut mono = |sample: i16| {
            if let Some(plane) = planes.first_mut() {
                plane.push(f32::from(sample) / 32768.0);
            }
        };
        match self {
            Self::Samples { pcm, .. } => pcm::samples(*pcm, bytes, planes),
            Self::Law { mu, .. } => pcm::law(*mu, bytes, planes),
            Self::Gsm { gsm, pairs: false } => bytes.chunks_exact(33).for_each(|frame| gsm.frame(frame, &mut mono)),
            Self::Gsm { gsm, pairs: true } => bytes.chunks_exact(65).for_each(|frame| gsm.pair(frame, &mut mono)),
            Self::G722(decoder) => bytes.iter().for_each(|byte| decoder.byte(*byte, &mut mono)),
            Self::G726(decoder) => decoder.bytes(bytes, &mut mono),
        }
    }
}

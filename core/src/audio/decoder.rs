//! Packets of one track to samples.

use symphonia::core::audio::GenericAudioBufferRef;
use symphonia::core::codecs::audio::well_known::{CODEC_ID_AAC, CODEC_ID_OPUS, CODEC_ID_VORBIS};
use symphonia::core::codecs::audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error as Fault;
use symphonia::core::packet::Packet;
use symphonia::default::get_codecs;

use super::codec::{Plain, amr::Amr};
use super::codecs::named;
use super::demux::Codec;
use super::fault::{damaged, unsupported};
use super::opus::OpusTrack;
use super::{aac, guard};
use crate::runtime::apart;
use crate::types::error::Result;

/// The most channels that are looked at; a header may claim 65,535.
const MAX_CHANNELS: usize = 64;

/// A sample further than this from zero was not recorded, in a codec that ends at full scale: +24 dB.
const LOUDEST: f32 = 16.0;

/// Decodes one track.
pub(crate) struct Decoder {
    kind: Kind,
    /// Samples of the last packet that were left out, per channel.
    dropped: usize,
}

#[allow(clippy::large_enum_variant, reason = "there is one for each recording")]
enum Kind {
    Symphonia { decoder: Box<dyn AudioDecoder>, codec: &'static str },
    Opus(OpusTrack),
    Aac(aac::Whole),
    Plain { decoder: Plain, rate: u32 },
    Amr(Box<Amr>),
}

impl Decoder {
    pub(crate) fn new(codec: &Codec) -> Result<Self> {
        let kind = match codec {
            Codec::Known(params) => known(params)?,
            Codec::Plain(layout) => {
                if usize::from(layout.channels) > MAX_CHANNELS {
                    return Err(too_many());
                }
                let decoder =
                    Plain::new(layout).ok_or_else(|| unsupported("audio in a codec that Voiceroll cannot decode"))?;
                Kind::Plain { decoder, rate: layout.rate }
            }
            Codec::Amr { wide } => {
                let amr = Amr::new(*wide)
                    .ok_or_else(|| unsupported("AMR audio in a container where Voiceroll cannot decode it"))?;
                Kind::Amr(Box::new(amr))
            }
            Codec::Unread(name) => {
                return Err(unsupported(&format!("audio in a codec that Voiceroll cannot decode ({name})")));
            }
        };
        Ok(Self { kind, dropped: 0 })
    }

    pub(crate) fn codec(&self) -> &'static str {
        match &self.kind {
            Kind::Symphonia { codec, .. } => codec,
            Kind::Opus(_) => "opus",
            Kind::Aac(_) => "aac",
            Kind::Plain { decoder, .. } => decoder.name(),
            Kind::Amr(amr) => amr.name(),
        }
    }

    /// Samples of the last packet that were left out, per channel.
    pub(crate) fn dropped(&self) -> usize {
        self.dropped
    }

    /// Decodes one packet into `planes`, one per channel, and returns the sample rate.
    pub(crate) fn decode(&mut self, packet: &Packet, planes: &mut Vec<Vec<f32>>) -> Result<u32, Fault> {
        self.dropped = 0;
        let rate = match &mut self.kind {
            Kind::Opus(track) => {
                track.decode(packet, planes)?;
                self.dropped = track.dropped;
                OpusTrack::SAMPLE_RATE
            }
            Kind::Aac(aac) => aac.decode(&packet.data, planes).ok_or(Fault::DecodeError("aac"))?,
            Kind::Plain { decoder, rate } => {
                decoder.decode(&packet.data, planes);
                // Samples as they were written may be of any size.
                return Ok(*rate);
            }
            Kind::Amr(amr) => {
                planes.resize_with(1, Vec::new);
                planes[0].clear();
                if !amr.decode(&packet.data, &mut planes[0]) && planes[0].is_empty() {
                    return Err(Fault::DecodeError("amr"));
                }
                amr.sample_rate()
            }
            Kind::Symphonia { decoder, .. } => {
                let buffer: GenericAudioBufferRef<'_> = decoder.decode(packet)?;
                if buffer.num_planes() > MAX_CHANNELS {
                    return Err(Fault::Unsupported("more than 64 channels"));
                }
                buffer.copy_to_vecs_planar(planes);
                buffer.spec().rate()
            }
        };
        if planes.len() > MAX_CHANNELS {
            return Err(Fault::Unsupported("more than 64 channels"));
        }
        if planes.iter().flatten().any(|sample| sample.is_nan() || sample.abs() > LOUDEST) {
            return Err(Fault::DecodeError("senseless samples"));
        }
        Ok(rate)
    }
}

fn too_many() -> crate::Error {
    unsupported(&format!("audio with more than {MAX_CHANNELS} channels"))
}

fn known(params: &AudioCodecParameters) -> Result<Kind> {
    if params.codec == CODEC_ID_OPUS {
        return OpusTrack::new(params.extra_data.as_deref()).map(Kind::Opus).map_err(|what| unsupported(&what));
    }
    let mut params = params.clone();
    if params.codec == CODEC_ID_AAC {
        if let Some(config) = params.extra_data.as_deref().and_then(aac::core_config) {
            params.with_sample_rate(config.sample_rate).with_extra_data(config.bytes);
        }
        if !params.extra_data.as_deref().is_some_and(aac::is_simple) {
            return aac::Whole::new(params.extra_data.as_deref())
                .map(Kind::Aac)
                .ok_or_else(|| unsupported(&unread_aac(&params)));
        }
    }
    if params.codec == CODEC_ID_VORBIS && !params.extra_data.as_deref().is_some_and(guard::sane_codebooks) {
        return Err(damaged("its Vorbis codebooks are cut off or have an impossible size"));
    }
    if params.channels.as_ref().is_some_and(|channels| channels.count() > MAX_CHANNELS) {
        return Err(too_many());
    }
    // They are gathered when they are first asked for.
    let codecs = apart(get_codecs);
    let Some(known) = codecs.get_audio_decoder(params.codec) else {
        return Err(unsupported(&format!("audio in a codec that Voiceroll cannot decode ({})", named(params.codec))));
    };
    let codec = known.codec.info.short_name;
    let decoder = codecs.make_audio_decoder(&params, &AudioDecoderOptions::default()).map_err(|fault| match fault {
        Fault::Unsupported(_) => unsupported(&format!("a variant of {codec} that Voiceroll cannot decode")),
        _ => damaged(&format!("its {codec} header contradicts itself")),
    })?;
    Ok(Kind::Symphonia { decoder, codec })
}

fn unread_aac(params: &AudioCodecParameters) -> String {
    match params.channels.as_ref().map(symphonia::core::audio::Channels::count) {
        Some(channels) => format!("an AAC variant with {channels} channels that Voiceroll cannot decode"),
        None => "an AAC variant that Voiceroll cannot decode".to_owned(),
    }
}

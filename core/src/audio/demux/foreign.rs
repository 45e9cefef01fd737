//! Containers that Symphonia takes apart: MP4, Ogg and FLAC.

use symphonia::core::codecs::CodecParameters;
use symphonia::core::codecs::audio::CODEC_ID_NULL_AUDIO;
use symphonia::core::errors::Error as Fault;
use symphonia::core::formats::probe::{Hint, Probe};
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::MediaSourceStream;
use symphonia::core::meta::MetadataOptions;
use symphonia::default::formats;

use super::{Codec, Demuxer, Track, Unit};
use crate::audio::codecs::named_by_mp4;
use crate::audio::fault::explain;
use crate::audio::mp4::Movie;
use crate::audio::sniff::Container;
use crate::audio::source::Source;
use crate::types::error::Result;

pub(super) struct Foreign {
    reader: Box<dyn FormatReader>,
    tracks: Vec<Track>,
    picture: bool,
    movie: Movie,
}

impl Foreign {
    pub(super) fn new(source: Source, container: Container, movie: &Movie) -> Result<Self> {
        let mut probe = Probe::default();
        match container {
            Container::Flac => probe.register_format::<formats::FlacReader<'_>>(),
            Container::Ogg => probe.register_format::<formats::OggReader<'_>>(),
            _ => probe.register_format::<formats::IsoMp4Reader<'_>>(),
        }
        let stream = MediaSourceStream::new(Box::new(source), Default::default());
        let reader = probe
            .probe(&Hint::new(), stream, FormatOptions::default(), MetadataOptions::default())
            .map_err(|fault| explain(fault, container))?;
        let mut opened = Self { reader, tracks: Vec::new(), picture: false, movie: movie.clone() };
        opened.look();
        Ok(opened)
    }

    /// Takes note of the tracks, the one that the container prefers first.
    fn look(&mut self) {
        let reader = &*self.reader;
        let default = reader.default_track(TrackType::Audio);
        let others = reader.tracks().iter().filter(|track| default.is_none_or(|default| default.id != track.id));
        self.tracks.clear();
        self.picture = self.movie.has_picture;
        for track in default.into_iter().chain(others) {
            let told = self.movie.track(track.id).filter(|told| told.is_sound);
            let codec = match (&track.codec_params, told) {
                (_, Some(told)) if matches!(&told.codec, b"samr" | b"sawb") => {
                    Codec::Amr { wide: &told.codec == b"sawb" }
                }
                (Some(CodecParameters::Audio(params)), told)
                    if params.codec != CODEC_ID_NULL_AUDIO || told.is_none() =>
                {
                    Codec::Known(params.clone())
                }
                (_, Some(told)) => Codec::Unread(named_by_mp4(told.codec)),
                _ => {
                    self.picture = true;
                    continue;
                }
            };
            self.tracks.push(Track { id: track.id, codec, delay: 0.0 });
        }
    }
}

impl Demuxer for Foreign {
    fn tracks(&self) -> &[Track] {
        &self.tracks
    }

    fn has_picture(&self) -> bool {
        self.picture
    }

    fn next(&mut self) -> Result<Option<Unit>, Fault> {
        match self.reader.next_packet() {
            Ok(Some(packet)) => {
                let track = self.reader.tracks().iter().find(|track| track.id == packet.track_id);
                let time = track.and_then(|track| Some(track.time_base?.calc_time(packet.pts)?.as_secs_f64()));
                Ok(Some(Unit { time, packet }))
            }
            Ok(None) => Ok(None),
            Err(Fault::ResetRequired) => {
                self.look();
                Err(Fault::ResetRequired)
            }
            Err(fault) => Err(fault),
        }
    }
}

//! Bytes to samples: demux, decode, and hand on block by block.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use symphonia::core::audio::GenericAudioBufferRef;
use symphonia::core::codecs::CodecParameters;
use symphonia::core::codecs::audio::well_known::{CODEC_ID_AAC, CODEC_ID_OPUS, CODEC_ID_VORBIS};
use symphonia::core::codecs::audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error as Fault;
use symphonia::core::formats::probe::{Hint, Probe};
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::MediaSourceStream;
use symphonia::core::meta::MetadataOptions;
use symphonia::core::packet::Packet;
use symphonia::default::{formats, get_codecs};

use super::codecs::{named, named_by_mp4};
use super::opus::OpusTrack;
use super::sniff::Container;
use super::source::Opened;
use super::timeline::Timeline;
use super::{Limits, aac, guard};
use crate::Control;
use crate::error::{Code, Error, ErrorKind, Result};

/// Sample rates outside this range are taken for a damaged header.
const SAMPLE_RATES: std::ops::RangeInclusive<u32> = 4_000..=384_000;

/// The most channels that are looked at; a header may claim 65,535.
const MAX_CHANNELS: usize = 64;

/// Streams chained in one file, and changes of the sample rate, that are followed.
const MAX_CHAINED: usize = 1000;
const MAX_RATE_CHANGES: u32 = 20;

/// How long the reading of a recording may take whatever its size, on the slowest machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A packet that took longer waited for something else: this process was stopped, or a disk slept.
const LONGEST_STEP: Duration = Duration::from_secs(1);

/// What a recording turned out to be, known once it is decoded.
#[derive(Debug, Clone)]
pub(crate) struct Format {
    pub(crate) codec: String,
    pub(crate) channels: usize,
    pub(crate) sample_rate: u32,
    /// Packets that could not be decoded, and were left out.
    pub(crate) damaged_packets: u64,
}

/// Takes decoded audio, one slice of samples per channel, nominally in -1 to 1.
pub(crate) trait Sink {
    fn block(&mut self, sample_rate: u32, channels: &mut [Vec<f32>]) -> Result<()>;
}

/// Decodes the first audio track that can be decoded into `sink`, each packet at its time.
///
/// A file whose index is missing or cut is tried a second time from its packets alone. Decoders
/// are run inside `catch_unwind`: with overflow checks on, some panic on hostile input.
///
/// # Errors
/// `recording_no_sound`, `recording_unsupported`, `recording_damaged`, `recording_too_long`, and
/// what `sink` or `control` return.
pub(crate) fn decode(opened: &Opened, limits: &Limits, control: &Control, sink: &mut dyn Sink) -> Result<Format> {
    let mut run = Run {
        opened,
        limits,
        control,
        sink,
        reading: Duration::ZERO,
        packets: 0,
        rates: (0, 0),
        seconds: 0.0,
        reported: 0.0,
        format: None,
        damaged: 0,
    };
    let seekable = opened.container != Container::Mp3;
    let first = run.guarded(seekable);
    match first {
        Err(error) if run.format.is_none() && seekable && worth_a_second_try(&error) => {
            run.guarded(false).map_err(|_| error)?;
        }
        other => other?,
    }
    let damaged = run.damaged;
    match run.format {
        Some(format) => Ok(Format { damaged_packets: damaged, ..format }),
        None => Err(no_sound("found a sound track without any samples")),
    }
}

fn worth_a_second_try(error: &Error) -> bool {
    error.kind() == ErrorKind::Unreadable
}

struct Run<'a> {
    opened: &'a Opened,
    limits: &'a Limits,
    control: &'a Control,
    sink: &'a mut dyn Sink,
    /// Time that went into demuxer and decoder, and not into what hears their sound.
    reading: Duration,
    packets: u64,
    rates: (u32, u32),
    seconds: f64,
    reported: f64,
    format: Option<Format>,
    damaged: u64,
}

impl Run<'_> {
    fn guarded(&mut self, seekable: bool) -> Result<()> {
        match catch_unwind(AssertUnwindSafe(|| self.tracks(seekable))) {
            Ok(result) => result,
            Err(_) => Err(damaged("its decoder gave up")),
        }
    }

    /// Reads the chosen track, and the next one where a chained stream starts over.
    fn tracks(&mut self, seekable: bool) -> Result<()> {
        self.packets = 0;
        let mut reader = open_reader(self.opened, seekable)?;
        for _ in 0..MAX_CHAINED {
            let (id, mut decoder) = choose_track(&*reader, self.opened)?;
            if !self.packets(&mut *reader, id, &mut decoder)? {
                break;
            }
        }
        if self.format.is_some() {
            return Ok(());
        }
        Err(match self.damaged {
            0 => no_sound("found a sound track without any samples"),
            _ => damaged("none of its packets could be decoded"),
        })
    }

    /// Decodes packets to the end; true where the stream starts over.
    fn packets(&mut self, reader: &mut dyn FormatReader, id: u32, decoder: &mut Decoder) -> Result<bool> {
        let mut planes: Vec<Vec<f32>> = Vec::new();
        let mut timeline = self.timeline(id);
        loop {
            self.control.check()?;
            self.report();
            let packet = match self.clocked(|| reader.next_packet()) {
                Ok(Some(packet)) => packet,
                Ok(None) => return Ok(false),
                Err(Fault::ResetRequired) => return Ok(true),
                // A file that ends early ends here: what came before stands.
                Err(fault) if self.format.is_some() => {
                    self.damaged += u64::from(!self.ends_anywhere(&fault));
                    return Ok(false);
                }
                Err(fault) => return Err(explain(fault)),
            };
            self.still_sane()?;
            let time = seconds(reader, &packet);
            if packet.track_id != id {
                if let (Some(timeline), Some(time)) = (&mut timeline, time) {
                    timeline.other(time);
                }
                continue;
            }
            let time = timeline.as_mut().zip(time).map(|(timeline, time)| timeline.place(time));
            match self.clocked(|| decoder.decode(&packet, &mut planes)) {
                Ok(rate) => {
                    match (&mut timeline, time) {
                        (Some(timeline), Some(time)) => self.timed(timeline, time, rate, decoder, &mut planes)?,
                        _ => self.block(rate, decoder.codec(), &mut planes)?,
                    }
                    if timeline.as_ref().is_some_and(Timeline::is_over) {
                        return Ok(false);
                    }
                }
                Err(Fault::ResetRequired) => return Ok(true),
                Err(Fault::Unsupported(what)) if self.format.is_none() => {
                    return Err(unsupported(&format!("{} sound of a kind that is not read ({what})", decoder.codec())));
                }
                Err(_) => self.damaged += 1,
            }
        }
    }

    /// The time of a track, where the container keeps times of its own.
    fn timeline(&self, id: u32) -> Option<Timeline> {
        match self.opened.container {
            Container::Webm | Container::Matroska => Some(Timeline::default()),
            container if container.is_mp4_family() => {
                let movie = &self.opened.movie;
                Some(Timeline::of_movie(movie.edits(id), movie.track(id)))
            }
            _ => None,
        }
    }

    /// Hands on a block where its time has it, behind the silence that was left out before it.
    fn timed(
        &mut self,
        timeline: &mut Timeline,
        time: f64,
        rate: u32,
        decoder: &Decoder,
        planes: &mut [Vec<f32>],
    ) -> Result<()> {
        if !planes.is_empty() && SAMPLE_RATES.contains(&rate) {
            let mut silence = timeline.gap(time, rate);
            while silence > 0 {
                let some = silence.min(rate as usize);
                silence -= some;
                let mut silent = vec![vec![0.0; some]; planes.len()];
                self.heard(timeline, rate, decoder.codec(), &mut silent)?;
            }
        }
        timeline.dropped(decoder.dropped(), rate.max(1));
        self.heard(timeline, rate, decoder.codec(), planes)
    }

    fn heard(&mut self, timeline: &mut Timeline, rate: u32, codec: &str, planes: &mut [Vec<f32>]) -> Result<()> {
        let frames = planes.first().map_or(0, Vec::len);
        for piece in timeline.pieces(frames, rate.max(1)) {
            let mut silence = piece.silence;
            while silence > 0 {
                self.control.check()?;
                let some = silence.min(rate as usize);
                silence -= some;
                self.block(rate, codec, &mut vec![vec![0.0; some]; planes.len()])?;
            }
            if piece.sound == (0..frames) {
                self.block(rate, codec, planes)?;
            } else {
                let mut part: Vec<_> = planes.iter().map(|plane| plane[piece.sound.clone()].to_vec()).collect();
                self.block(rate, codec, &mut part)?;
            }
        }
        Ok(())
    }

    fn clocked<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let began = Instant::now();
        let done = work();
        self.reading += began.elapsed().min(LONGEST_STEP);
        done
    }

    /// Stops at a file that would keep the demuxer busy without end: one with more packets than
    /// bytes, or one that takes longer to read than to play.
    fn still_sane(&mut self) -> Result<()> {
        self.packets += 1;
        if self.packets > self.opened.len + 1000 {
            return Err(damaged("it claims more packets than it has bytes"));
        }
        let fair = PATIENCE + Duration::from_secs_f64(2.0 * self.seconds + self.opened.len as f64 / 1e6);
        if self.reading > fair {
            return Err(damaged("it takes longer to read than to play"));
        }
        Ok(())
    }

    /// What a browser records into WebM does not say where it ends.
    fn ends_anywhere(&self, fault: &Fault) -> bool {
        let cut = matches!(fault, Fault::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof);
        cut && matches!(self.opened.container, Container::Webm | Container::Matroska)
    }

    /// Reading is nine tenths of the work; what comes after it reports the rest.
    fn report(&mut self) {
        let done = 0.9 * self.opened.fraction_read();
        if done - self.reported >= 0.01 {
            self.reported = done;
            self.control.report(done);
        }
    }

    fn block(&mut self, rate: u32, codec: &str, planes: &mut [Vec<f32>]) -> Result<()> {
        let frames = planes.first().map_or(0, Vec::len);
        if frames == 0 {
            return Ok(());
        }
        if !SAMPLE_RATES.contains(&rate) {
            return Err(damaged(&format!("it claims a sample rate of {rate} Hz")));
        }
        if self.rates.0 != rate {
            self.rates = (rate, self.rates.1 + 1);
            if self.rates.1 > MAX_RATE_CHANGES {
                return Err(damaged("its sample rate changes over and over"));
            }
        }
        self.format.get_or_insert_with(|| Format {
            codec: codec.to_owned(),
            channels: planes.len(),
            sample_rate: rate,
            damaged_packets: 0,
        });
        self.seconds += frames as f64 / f64::from(rate);
        if self.seconds > self.limits.max_seconds {
            return Err(Error::new(
                Code::RecordingTooLong,
                format!(
                    "the recording is longer than {:.0} s, the most that is decoded; cut it, or raise `max_seconds`",
                    self.limits.max_seconds
                ),
            ));
        }
        self.sink.block(rate, planes)
    }
}

/// A demuxer for the container that the bytes named; no other is asked, so none can mistake it.
fn open_reader(opened: &Opened, seekable: bool) -> Result<Box<dyn FormatReader>> {
    let mut probe = Probe::default();
    match opened.container {
        Container::Mp3 => probe.register_format::<formats::MpaReader<'_>>(),
        Container::Mp4 | Container::M4a | Container::Mov | Container::ThreeGp => {
            probe.register_format::<formats::IsoMp4Reader<'_>>()
        }
        Container::Adts => probe.register_format::<formats::AdtsReader<'_>>(),
        Container::Wav => probe.register_format::<formats::WavReader<'_>>(),
        Container::Aiff => probe.register_format::<formats::AiffReader<'_>>(),
        Container::Flac => probe.register_format::<formats::FlacReader<'_>>(),
        Container::Ogg => probe.register_format::<formats::OggReader<'_>>(),
        Container::Webm | Container::Matroska => probe.register_format::<formats::MkvReader<'_>>(),
    }
    let stream = MediaSourceStream::new(Box::new(opened.source(seekable)?), Default::default());
    probe.probe(&Hint::new(), stream, FormatOptions::default(), MetadataOptions::default()).map_err(explain)
}

fn seconds(reader: &dyn FormatReader, packet: &Packet) -> Option<f64> {
    let track = reader.tracks().iter().find(|track| track.id == packet.track_id)?;
    Some(track.time_base?.calc_time(packet.pts)?.as_secs_f64())
}

/// The first sound track that can be decoded: a film may begin with one that cannot.
fn choose_track(reader: &dyn FormatReader, opened: &Opened) -> Result<(u32, Decoder)> {
    let default = reader.default_track(TrackType::Audio);
    let others = reader.tracks().iter().filter(|track| default.is_none_or(|default| default.id != track.id));
    let mut refused = None;
    for track in default.into_iter().chain(others) {
        let Some(CodecParameters::Audio(params)) = &track.codec_params else { continue };
        match Decoder::new(params) {
            Ok(decoder) => return Ok((track.id, decoder)),
            Err(error) => _ = refused.get_or_insert(error),
        }
    }
    let sound = opened.movie.tracks.iter().find(|track| track.is_sound);
    let nameless = reader.tracks().iter().any(|track| track.codec_params.is_none());
    let matroska = matches!(opened.container, Container::Webm | Container::Matroska);
    Err(match (sound, refused) {
        (Some(track), refused) if default.is_none() || refused.is_none() => {
            unsupported(&format!("sound in a codec that is not read ({})", named_by_mp4(track.codec)))
        }
        (_, Some(error)) => error,
        _ if reader.tracks().is_empty() => no_sound("found a container without any track"),
        _ if nameless && matroska => unsupported("a track in a codec that is not known, and no sound that is read"),
        _ => no_sound("found a video without sound"),
    })
}

enum Decoder {
    Symphonia { decoder: Box<dyn AudioDecoder>, codec: &'static str },
    Opus(OpusTrack),
}

impl Decoder {
    fn new(params: &AudioCodecParameters) -> Result<Self> {
        if params.codec == CODEC_ID_OPUS {
            let track = OpusTrack::new(params.extra_data.as_deref()).map_err(|what| unsupported(&what))?;
            return Ok(Self::Opus(track));
        }
        let mut params = params.clone();
        if params.codec == CODEC_ID_AAC
            && let Some(config) = params.extra_data.as_deref().and_then(aac::core_config)
        {
            params.with_sample_rate(config.sample_rate).with_extra_data(config.bytes);
        }
        if params.codec == CODEC_ID_VORBIS && !params.extra_data.as_deref().is_some_and(guard::sane_codebooks) {
            return Err(damaged("its Vorbis codebooks are cut off or of a senseless size"));
        }
        if params.channels.as_ref().is_some_and(|channels| channels.count() > MAX_CHANNELS) {
            return Err(unsupported(&format!("sound with more than {MAX_CHANNELS} channels")));
        }
        let Some(known) = get_codecs().get_audio_decoder(params.codec) else {
            return Err(unsupported(&format!("sound in a codec that is not read ({})", named(params.codec))));
        };
        let codec = known.codec.info.short_name;
        let decoder =
            get_codecs().make_audio_decoder(&params, &AudioDecoderOptions::default()).map_err(|fault| match fault {
                Fault::Unsupported(what) => unsupported(&format!("{codec} sound of a kind that is not read ({what})")),
                fault => explain(fault),
            })?;
        Ok(Self::Symphonia { decoder, codec })
    }

    fn codec(&self) -> &'static str {
        match self {
            Self::Symphonia { codec, .. } => codec,
            Self::Opus(_) => "opus",
        }
    }

    /// Samples of the last packet that were left out, per channel.
    fn dropped(&self) -> usize {
        match self {
            Self::Symphonia { .. } => 0,
            Self::Opus(track) => track.dropped,
        }
    }

    /// Decodes one packet into `planes`, one per channel, and returns the sample rate.
    fn decode(&mut self, packet: &Packet, planes: &mut Vec<Vec<f32>>) -> Result<u32, Fault> {
        match self {
            Self::Opus(track) => track.decode(packet, planes).map(|()| OpusTrack::SAMPLE_RATE),
            Self::Symphonia { decoder, .. } => {
                let buffer: GenericAudioBufferRef<'_> = decoder.decode(packet)?;
                if buffer.num_planes() > MAX_CHANNELS {
                    return Err(Fault::Unsupported("more than 64 channels"));
                }
                buffer.copy_to_vecs_planar(planes);
                Ok(buffer.spec().rate())
            }
        }
    }
}

fn explain(fault: Fault) -> Error {
    match fault {
        Fault::Unsupported(what) => unsupported(&format!("a file that uses a feature that is not read ({what})")),
        Fault::LimitError(what) => damaged(&format!("it asks for more than is allowed ({what})")),
        Fault::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => damaged("it ends too early"),
        Fault::IoError(error) if error.raw_os_error().is_none() => damaged(&error.to_string()),
        Fault::IoError(error) => {
            Error::new(Code::IoFailed, "the file could not be read; check the disk and try again").because(error)
        }
        fault => damaged(&fault.to_string()),
    }
}

fn unsupported(found: &str) -> Error {
    Error::new(Code::RecordingUnsupported, format!("found {found}; convert it to WAV, MP3, FLAC, AAC or Opus first"))
}

fn no_sound(found: &str) -> Error {
    Error::new(Code::RecordingNoSound, format!("{found}; send a recording with speech in it"))
}

fn damaged(why: &str) -> Error {
    Error::new(Code::RecordingDamaged, format!("the recording is damaged: {why}; record or export it again"))
}

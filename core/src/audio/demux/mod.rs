//! Containers to packets. The open formats that are simple, or that recorders get wrong, are read here;
//! the others by Symphonia, which sees them without what would mislead it.

mod blocks;
mod foreign;
mod frames;
mod freeformat;
mod matroska;

pub(super) use freeformat::FreeFormat;

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use symphonia::core::codecs::audio::AudioCodecParameters;
use symphonia::core::errors::Error as Fault;
use symphonia::core::packet::Packet;

use super::layout::{Coding, Layout};
use super::mp4::Movie;
use super::sniff::Container;
use super::source::View;
use crate::types::error::Result;
use crate::types::recording::Data;

/// A sound track.
pub(crate) struct Track {
    pub(crate) id: u32,
    pub(crate) codec: Codec,
    /// What the encoder put before the sound, in seconds.
    pub(crate) delay: f64,
}

/// How a track is decoded.
#[derive(Clone)]
pub(crate) enum Codec {
    /// By Symphonia, or as Opus.
    Known(AudioCodecParameters),
    Plain(Layout),
    Amr {
        wide: bool,
    },
    /// Not, by its name.
    Unread(String),
}

/// A packet of a track, and its time in seconds where the container keeps times.
pub(crate) struct Unit {
    pub(crate) time: Option<f64>,
    pub(crate) packet: Packet,
}

/// Takes a container apart.
pub(crate) trait Demuxer {
    /// The sound tracks, in the order in which they are to be tried; others after [`Fault::ResetRequired`].
    fn tracks(&self) -> &[Track];

    /// Whether there are tracks besides those.
    fn has_picture(&self) -> bool {
        false
    }

    /// Whether its end is missing, to be asked when the end is reached.
    fn is_cut(&self) -> bool {
        false
    }

    /// The next packet of any track; none at the end.
    fn next(&mut self) -> Result<Option<Unit>, Fault>;
}

/// What a demuxer is opened on.
pub(crate) struct Input<'a> {
    pub(crate) data: &'a Data,
    pub(crate) container: Container,
    pub(crate) view: &'a View,
    pub(crate) layout: Option<&'a Layout>,
    pub(crate) movie: &'a Movie,
    pub(crate) read: &'a Arc<AtomicU64>,
    /// Whether the demuxer may go back and forth. One that may not relies on the packets alone.
    pub(crate) seekable: bool,
}

/// A demuxer for the container that the bytes named; no other is asked, so none can mistake it.
pub(crate) fn open(input: &Input<'_>) -> Result<Box<dyn Demuxer>> {
    let source = input.view.open(input.data, input.seekable, input.read)?;
    Ok(match (input.container, input.layout) {
        (_, Some(Layout { coding: Coding::Mpeg, .. })) | (Container::Mp3, _) => {
            Box::new(frames::Frames::new(source, frames::Kind::Mpeg))
        }
        (_, Some(Layout { coding: Coding::Adts, .. })) | (Container::Adts, _) => {
            Box::new(frames::Frames::new(source, frames::Kind::Adts))
        }
        (_, Some(layout)) => Box::new(blocks::Blocks::new(source, layout.clone())),
        (Container::Amr, _) => Box::new(frames::Frames::new(source, frames::Kind::Amr { wide: false })),
        (Container::AmrWb, _) => Box::new(frames::Frames::new(source, frames::Kind::Amr { wide: true })),
        (Container::Webm | Container::Matroska, _) => Box::new(matroska::Matroska::new(source, input.view.len())),
        _ => Box::new(foreign::Foreign::new(source, input.container, input.movie)?),
    })
}

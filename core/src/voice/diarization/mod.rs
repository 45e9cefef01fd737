//! Who speaks when: windows of speech, the voices among them, and their turns.

mod clustering;
mod following;
mod second_speaker;
mod turns;
mod windows;

pub(crate) use clustering::{second_voice, voices};
pub(crate) use following::Following;
pub(crate) use second_speaker::second_speaker;
pub(crate) use turns::{Turn, turns};
pub(crate) use windows::{Window, Windows, layout, windows};

//! Who speaks when: windows of speech, the voices among them, and their turns.

mod clustering;
mod second_speaker;
mod turns;
mod windows;

#[cfg(feature = "__bench")]
pub(crate) use clustering::second_voice;
pub(crate) use clustering::voices;
pub(crate) use second_speaker::second_speaker;
pub(crate) use turns::{Turn, turns};
#[cfg(feature = "__bench")]
pub(crate) use windows::Window;
pub(crate) use windows::{Windows, layout, windows};

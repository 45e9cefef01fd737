//! Sound that is still coming: bytes in as they arrive, measurements out.

mod feed;
mod monitor;
mod pipe;

pub(crate) use feed::Feed;
pub(crate) use monitor::Monitor;

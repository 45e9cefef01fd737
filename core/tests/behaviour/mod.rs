//! What a registry does, wherever it is kept: each program that runs these tests brings its own `Store`.

pub(crate) mod conversation;
mod enroll;
mod voices;

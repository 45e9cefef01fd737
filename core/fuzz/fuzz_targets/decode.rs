//! Any bytes may be decoded, twice: `prepare` listens to all of a recording and then fetches the
//! best stretch of it. How to run it: see README.md.

#![no_main]

use libfuzzer_sys::fuzz_target;
use voiceroll::{CallOptions, Limits, Recording, blocking};

fuzz_target!(|bytes: &[u8]| {
    let mut limits = Limits::default();
    limits.max_seconds = 20.0;
    if let Ok(cut) = blocking::prepare(&Recording::from_bytes(bytes.to_vec()), &limits, &CallOptions::new()) {
        assert!(cut.start <= cut.end && cut.end <= limits.max_seconds + 0.1);
        assert!(cut.wav.len() > 44);
    }
});

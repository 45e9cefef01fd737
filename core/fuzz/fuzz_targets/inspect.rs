//! Any bytes may be inspected: an answer or an error comes back, never a panic, a hang or a flood
//! of memory. How to run it: see README.md.

#![no_main]

use libfuzzer_sys::fuzz_target;
use voiceroll::{CallOptions, Limits, Recording, blocking};

fuzz_target!(|bytes: &[u8]| {
    let mut limits = Limits::default();
    limits.max_seconds = 20.0;
    if let Ok(found) = blocking::inspect(&Recording::from_bytes(bytes.to_vec()), &limits, &CallOptions::new()) {
        assert!(found.duration.is_finite() && found.duration <= limits.max_seconds + 0.1);
        assert!(found.speech_seconds <= found.duration + 0.05);
        assert!((0.0..=1.0).contains(&found.clipped_ratio));
    }
});

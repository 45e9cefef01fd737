//! Any request has an answer, through the C interface. How to run it: see README.md.

#![no_main]

use std::ptr::{null, null_mut};

use libfuzzer_sys::fuzz_target;
use voiceroll_c::*;

fuzz_target!(|parts: (&[u8], &[u8], &[u8], &[u8])| {
    let (settings, source, sound, request) = parts;
    // SAFETY: every text is as long as said; every pointer is null or of the library, and freed once.
    unsafe {
        // Names of files would lead into this machine, an address out of it.
        if !["path", "model", "calibration", "\\u"].iter().any(|word| settings.windows(word.len()).any(|at| at == word.as_bytes())) {
            voiceroll_free(voiceroll_open(null(), 0, settings.as_ptr().cast(), settings.len(), null_mut()));
        }
        let recordings = voiceroll_recordings_new();
        if !source.windows(4).any(|at| at == b"path") {
            let (source, length) = (source.as_ptr().cast(), source.len());
            voiceroll_recordings_add(recordings, source, length, sound.as_ptr().cast(), sound.len(), null_mut());
        }
        let call = voiceroll_start(null(), request.as_ptr().cast(), request.len(), recordings, null(), 0);
        let mut said = VoicerollBytes { data: null_mut(), length: 0, capacity: 0 };
        loop {
            let news = voiceroll_next(call, 1000, &raw mut said, null_mut());
            voiceroll_bytes_free(&raw mut said);
            match news {
                VoicerollNews::Nothing => voiceroll_cancel(call),
                VoicerollNews::Progress => {}
                _ => break,
            }
        }
        voiceroll_call_free(call);
    }
});

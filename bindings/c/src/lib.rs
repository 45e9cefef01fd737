//! The C interface: operations in JSON, recordings as bytes, and news that is asked for. Ruby, PHP, Java and C# stand on it.
//!
//! What a function does is said in `voiceroll.h`, which is made from this file.

#![allow(unsafe_code, reason = "this is a language border")]

mod border;
mod queue;

use std::ffi::c_char;
use std::sync::Arc;
use std::time::Duration;

use voiceroll::Recording;
use voiceroll::bridge::{self, Bridge, Call, Next};

use border::{bytes, caught, free, give, shared, text};
use queue::{News, Queue};

/// The version of these functions and of what they take and give. It rises with whatever an old program would
/// not understand.
pub const VOICEROLL_ABI: u32 = 1;

/// Text or bytes of this library, to be given back with `voiceroll_bytes_free`. A function that fills one writes over
/// what it held: give that back before.
#[repr(C)]
pub struct VoicerollBytes {
    /// Where they are; null for none.
    pub data: *mut c_char,
    /// How many there are. No zero stands behind them.
    pub length: usize,
    /// Of this library's business only.
    pub capacity: usize,
}

/// A registry, or an inbox of callbacks.
pub struct VoicerollRegistry(Bridge);

/// The recordings of a call, in their order.
pub struct VoicerollRecordings(Vec<Recording>);

/// A call that is under way.
pub struct VoicerollCall {
    call: Call,
    news: Arc<News>,
}

/// Says which calls have news, so that one thread can wait for many.
pub struct VoicerollQueue(Arc<Queue>);

impl Drop for VoicerollCall {
    fn drop(&mut self) {
        self.news.over();
    }
}

/// What `voiceroll_next` found.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VoicerollNews {
    /// Nothing new so far.
    Nothing = 0,
    /// It has come further; the JSON says how far.
    Progress = 1,
    /// It is done; the JSON is the result.
    Result = 2,
    /// It failed; the JSON is the error.
    Error = 3,
    /// The end was already reported.
    Over = 4,
}

/// `VOICEROLL_ABI` as this library was built.
#[unsafe(no_mangle)]
pub extern "C" fn voiceroll_abi() -> u32 {
    VOICEROLL_ABI
}

/// The version of this library, such as `0.1.0`: as text with a zero behind it, which is never freed.
#[unsafe(no_mangle)]
pub extern "C" fn voiceroll_version() -> *const c_char {
    const { concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast() }
}

/// Gives bytes back, and forgets where they were. Doing it again, or with none, does nothing.
///
/// # Safety
/// `bytes` is null, or as one of these functions left it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn voiceroll_bytes_free(bytes: *mut VoicerollBytes) {
    // SAFETY: the caller keeps to the above.
    unsafe { border::take_back(bytes) }
}

/// Looks for models in the folder `path`, too; a package says so of a folder that it brings. True if that was done;
/// otherwise `error` holds the error's JSON.
///
/// # Safety
/// The path is null with the length 0, or readable for its length. `error` is null or may be written to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn voiceroll_models_in(
    path: *const c_char,
    path_length: usize,
    error: *mut VoicerollBytes,
) -> bool {
    // SAFETY: the caller keeps to the above.
    unsafe {
        let done = bridge::guard(|| {
            if path_length == 0 {
                return Err(bridge::invalid("the path of the folder with models is NULL; pass a path"));
            }
            voiceroll::models::also_in(bridge::path(bytes(path, path_length)?)?);
            Ok(())
        });
        match done {
            Ok(()) => true,
            Err(fault) => {
                give(error, bridge::error_json(&fault).into_bytes());
                false
            }
        }
    }
}

/// Opens a registry in the file `path`, or where `path` is null, as `settings` say: an object of JSON, as the
/// schema has it under `settings`. Null if that fails; `error` then holds the error's JSON.
///
/// # Safety
/// Each text is null with the length 0, or readable for its length. `error` is null or may be written to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn voiceroll_open(
    path: *const c_char,
    path_length: usize,
    settings: *const c_char,
    settings_length: usize,
    error: *mut VoicerollBytes,
) -> *mut VoicerollRegistry {
    // SAFETY: the caller keeps to the above.
    unsafe {
        caught(error, || {
            let settings = text(settings, settings_length)?;
            let bridge = match path.is_null() {
                true => Bridge::open(settings)?,
                false => Bridge::open_file(bridge::path(bytes(path, path_length)?)?, settings)?,
            };
            Ok(VoicerollRegistry(bridge))
        })
    }
}

/// Gives up a registry. Calls that are under way go on; new ones fail.
///
/// # Safety
/// `registry` is null, or of `voiceroll_open` and not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn voiceroll_close(registry: *const VoicerollRegistry) {
    // SAFETY: the caller keeps to the above.
    if let Some(registry) = unsafe { shared(registry) } {
        let _ = bridge::guard(|| {
            registry.0.close();
            Ok(())
        });
    }
}

/// Frees a registry. Calls that are under way go on.
///
/// # Safety
/// `registry` is null, or of `voiceroll_open` and not freed; no other function is using it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn voiceroll_free(registry: *mut VoicerollRegistry) {
    // SAFETY: the caller keeps to the above.
    unsafe { free(registry) }
}

/// Takes in a callback: the server's headers `voiceroll-timestamp` and `voiceroll-signature`, null where there are
/// none, and the body. `VOICEROLL_NEWS_RESULT` if it is one; `reply` is then its job, as the schema has it under
/// `callback`. `VOICEROLL_NEWS_ERROR` otherwise; `reply` is then the error.
///
/// # Safety
/// Each text is null with the length 0, or readable for its length. `reply` is null or may be written to. `registry`
/// is null, or of `voiceroll_open` and not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn voiceroll_take_callback(
    registry: *const VoicerollRegistry,
    timestamp: *const c_char,
    timestamp_length: usize,
    signature: *const c_char,
    signature_length: usize,
    body: *const c_char,
    body_length: usize,
    reply: *mut VoicerollBytes,
) -> VoicerollNews {
    // SAFETY: the caller keeps to the above.
    unsafe {
        let taken = bridge::guard(|| {
            // The sender of a callback may send any bytes: a header that is not UTF-8 is a wrong header, not a wrong
            // argument.
            let header = |data: *const c_char, length| match data.is_null() {
                true => Ok(None),
                false => bytes(data, length).map(|sent| Some(String::from_utf8_lossy(sent))),
            };
            let (timestamp, signature) = (header(timestamp, timestamp_length)?, header(signature, signature_length)?);
            let body = bytes(body, body_length)?;
            match shared(registry) {
                Some(registry) => registry.0.take(timestamp.as_deref(), signature.as_deref(), body),
                None => Bridge::free().take(timestamp.as_deref(), signature.as_deref(), body),
            }
        });
        match taken {
            Ok(json) => {
                give(reply, json.into_bytes());
                VoicerollNews::Result
            }
            Err(error) => {
                give(reply, bridge::error_json(&error).into_bytes());
                VoicerollNews::Error
            }
        }
    }
}

/// An empty list of recordings.
#[unsafe(no_mangle)]
pub extern "C" fn voiceroll_recordings_new() -> *mut VoicerollRecordings {
    Box::into_raw(Box::new(VoicerollRecordings(Vec::new())))
}

/// Adds a recording: `data` is copied, and is what `source` says, an object of JSON as the schema has it under
/// `recording`. True if that was done; otherwise `error` holds the error's JSON.
///
/// # Safety
/// Each text is null with the length 0, or readable for its length. `error` is null or may be written to.
/// `recordings` is null, or of `voiceroll_recordings_new`, neither freed nor started with; no other function is using
/// it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn voiceroll_recordings_add(
    recordings: *mut VoicerollRecordings,
    source: *const c_char,
    source_length: usize,
    data: *const c_char,
    data_length: usize,
    error: *mut VoicerollBytes,
) -> bool {
    // SAFETY: the caller keeps to the above.
    unsafe {
        let added = bridge::guard(|| {
            let recording = bridge::recording(text(source, source_length)?, bytes(data, data_length)?)?;
            let recordings =
                recordings.as_mut().ok_or_else(|| bridge::invalid("the list is NULL; create one first"))?;
            recordings.0.push(recording);
            Ok(())
        });
        match added {
            Ok(()) => true,
            Err(fault) => {
                give(error, bridge::error_json(&fault).into_bytes());
                false
            }
        }
    }
}

/// Frees recordings that no call was started with.
///
/// # Safety
/// `recordings` is null, or of `voiceroll_recordings_new`, neither freed nor started with; no other function is using
/// it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn voiceroll_recordings_free(recordings: *mut VoicerollRecordings) {
    // SAFETY: the caller keeps to the above.
    unsafe { free(recordings) }
}

/// Starts what `request` asks for, an object of JSON as the schema has it under `request`, and returns at once.
/// Whatever is wrong with it, the call says. Without a registry (null) it can do `inspect` and `prepare`.
/// `recordings` (null for none) are the call's from now on. With a `queue`, `token` appears there when there is news.
///
/// # Safety
/// The text is null with the length 0, or readable for its length. Each pointer is null, or of the function that makes
/// its like, and not freed; no other function is using `recordings`, and no call was started with them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn voiceroll_start(
    registry: *const VoicerollRegistry,
    request: *const c_char,
    request_length: usize,
    recordings: *mut VoicerollRecordings,
    queue: *const VoicerollQueue,
    token: u64,
) -> *mut VoicerollCall {
    static FREE: VoicerollRegistry = VoicerollRegistry(Bridge::free());
    // SAFETY: the caller keeps to the above.
    unsafe {
        let recordings = match recordings.is_null() {
            true => Vec::new(),
            false => Box::from_raw(recordings).0,
        };
        let news = Arc::new(News::default());
        let notify = shared(queue).map(|queue| {
            let (queue, news) = (Arc::clone(&queue.0), Arc::clone(&news));
            Box::new(move || queue.push(token, &news)) as bridge::Notify
        });
        caught(std::ptr::null_mut(), || {
            let bridge = &shared(registry).unwrap_or(&FREE).0;
            // A request that is not UTF-8 is invalid, and the call reports that.
            let request = text(request, request_length).unwrap_or_default();
            Ok(VoicerollCall { call: bridge.request(request, recordings, notify), news })
        })
    }
}

/// Waits at most so many milliseconds for news of a call. `json` then holds it, and `sound` what `prepare` cut out, as
/// WAV; both are empty for `VOICEROLL_NEWS_NOTHING` and `VOICEROLL_NEWS_OVER`. The result or the error comes once.
///
/// # Safety
/// `call` is null, or of `voiceroll_start` and not freed. `json` and `sound` are null or may be written to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn voiceroll_next(
    call: *const VoicerollCall,
    milliseconds: u32,
    json: *mut VoicerollBytes,
    sound: *mut VoicerollBytes,
) -> VoicerollNews {
    // SAFETY: the caller keeps to the above.
    unsafe {
        give(json, Vec::new());
        give(sound, Vec::new());
        let Some(VoicerollCall { call, news }) = shared(call) else { return VoicerollNews::Over };
        // Before looking: what comes from now on is announced again.
        if !news.look() {
            return VoicerollNews::Over;
        }
        let found = bridge::guard(|| Ok(call.next(Duration::from_millis(milliseconds.into()))));
        let (what, text) = match found.unwrap_or_else(|error| Next::Done(Err(error))) {
            Next::Nothing => return VoicerollNews::Nothing,
            Next::Progress(progress) => (VoicerollNews::Progress, bridge::progress_json(&progress)),
            Next::Done(Ok(reply)) => {
                give(sound, reply.bytes.unwrap_or_default());
                (VoicerollNews::Result, reply.json)
            }
            Next::Done(Err(error)) => (VoicerollNews::Error, bridge::error_json(&error)),
        };
        if what != VoicerollNews::Progress {
            news.over();
        }
        give(json, text.into_bytes());
        what
    }
}

/// Stops a call soon. It then ends with the error `cancelled`, or with its result, if that was quicker.
///
/// # Safety
/// `call` is null, or of `voiceroll_start` and not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn voiceroll_cancel(call: *const VoicerollCall) {
    // SAFETY: the caller keeps to the above.
    if let Some(call) = unsafe { shared(call) } {
        let _ = bridge::guard(|| {
            call.call.cancel();
            Ok(())
        });
    }
}

/// Frees a call, and stops it if it is still under way.
///
/// # Safety
/// `call` is null, or of `voiceroll_start` and not freed; no other function is using it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn voiceroll_call_free(call: *mut VoicerollCall) {
    // SAFETY: the caller keeps to the above.
    unsafe { free(call) }
}

/// An empty queue.
#[unsafe(no_mangle)]
pub extern "C" fn voiceroll_queue_new() -> *mut VoicerollQueue {
    Box::into_raw(Box::new(VoicerollQueue(Arc::default())))
}

/// Waits at most so many milliseconds for a call with news, and writes its token. Look with `voiceroll_next` until it
/// finds nothing: only then is the call announced again. False if there is none. A call may be announced without
/// having events, but not after its end was reported or it was freed.
///
/// # Safety
/// `queue` is null, or of `voiceroll_queue_new` and not freed. `token` may be written to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn voiceroll_queue_next(
    queue: *const VoicerollQueue,
    milliseconds: u32,
    token: *mut u64,
) -> bool {
    // SAFETY: the caller keeps to the above.
    unsafe {
        let Some(queue) = shared(queue) else { return false };
        let next = bridge::guard(|| Ok(queue.0.next(Duration::from_millis(milliseconds.into()))));
        let Some(next) = next.ok().flatten() else { return false };
        if let Some(token) = token.as_mut() {
            *token = next;
        }
        true
    }
}

/// Frees a queue. Calls that were started with it go on.
///
/// # Safety
/// `queue` is null, or of `voiceroll_queue_new` and not freed; no other function is using it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn voiceroll_queue_free(queue: *mut VoicerollQueue) {
    // SAFETY: the caller keeps to the above.
    unsafe { free(queue) }
}

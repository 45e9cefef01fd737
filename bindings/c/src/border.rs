//! What comes from the other side and what goes there.

use std::ffi::c_char;
use std::ptr;
use std::slice;

use voiceroll::{Result, bridge};

use crate::VoicerollBytes;

/// Bytes of the caller; null for none.
///
/// # Safety
/// `data` is null, or readable for `length` bytes as long as `'a` lasts.
pub(crate) unsafe fn bytes<'a>(data: *const c_char, length: usize) -> Result<&'a [u8]> {
    if data.is_null() && length == 0 {
        return Ok(&[]);
    }
    if data.is_null() || isize::try_from(length).is_err() {
        return Err(bridge::invalid("a length does not match its pointer; pass the length of the data in bytes"));
    }
    // SAFETY: it is not null, of a length that there can be, and the caller says that it is readable.
    Ok(unsafe { slice::from_raw_parts(data.cast(), length) })
}

/// The same as text.
///
/// # Safety
/// As for [`bytes`].
pub(crate) unsafe fn text<'a>(data: *const c_char, length: usize) -> Result<&'a str> {
    // SAFETY: the caller keeps to the same.
    let bytes = unsafe { bytes(data, length) }?;
    str::from_utf8(bytes).map_err(|_| bridge::invalid("the text is not valid UTF-8; convert it"))
}

/// Writes bytes for the caller to keep, or forgets them where nobody wants them.
///
/// # Safety
/// `out` is null or may be written to; what it held is not freed.
pub(crate) unsafe fn give(out: *mut VoicerollBytes, bytes: Vec<u8>) {
    if out.is_null() {
        return;
    }
    let given = if bytes.is_empty() {
        VoicerollBytes { data: ptr::null_mut(), length: 0, capacity: 0 }
    } else {
        let (data, length, capacity) = bytes.into_raw_parts();
        VoicerollBytes { data: data.cast(), length, capacity }
    };
    // SAFETY: it is not null, and the caller says that it may be written to; what stands there needs no drop.
    unsafe { ptr::write(out, given) }
}

/// Frees what [`give`] gave.
///
/// # Safety
/// `bytes` is null, or as `give` or this function left it.
pub(crate) unsafe fn take_back(bytes: *mut VoicerollBytes) {
    // SAFETY: it is not null here, and the caller says what it is.
    let Some(bytes) = (unsafe { bytes.as_mut() }) else { return };
    if !bytes.data.is_null() {
        // SAFETY: `give` took these three from a vector, and they are forgotten below.
        drop(unsafe { Vec::from_raw_parts(bytes.data.cast::<u8>(), bytes.length, bytes.capacity) });
    }
    *bytes = VoicerollBytes { data: ptr::null_mut(), length: 0, capacity: 0 };
}

/// What the caller holds, if that is anything.
///
/// # Safety
/// `held` is null, or of [`Box::into_raw`], not freed, and is not freed while `'a` lasts.
pub(crate) unsafe fn shared<'a, T: Sync>(held: *const T) -> Option<&'a T> {
    // SAFETY: the caller keeps to that.
    unsafe { held.as_ref() }
}

/// Frees what the caller held.
///
/// # Safety
/// `held` is null, or of [`Box::into_raw`] and not freed, and nobody is using it.
pub(crate) unsafe fn free<T>(held: *mut T) {
    if !held.is_null() {
        // SAFETY: the caller keeps to that.
        let held = unsafe { Box::from_raw(held) };
        let _ = bridge::guard(|| {
            drop(held);
            Ok(())
        });
    }
}

/// What `make` makes, for the caller to hold; null and an error where it fails or panics.
///
/// # Safety
/// `error` is null or may be written to.
pub(crate) unsafe fn caught<T>(error: *mut VoicerollBytes, make: impl FnOnce() -> Result<T>) -> *mut T {
    match bridge::guard(make) {
        Ok(made) => Box::into_raw(Box::new(made)),
        Err(fault) => {
            // SAFETY: the caller says so.
            unsafe { give(error, bridge::error_json(&fault).into_bytes()) };
            ptr::null_mut()
        }
    }
}

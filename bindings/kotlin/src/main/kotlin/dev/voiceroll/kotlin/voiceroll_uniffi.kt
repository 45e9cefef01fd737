// SPDX-License-Identifier: Apache-2.0
// Made by UniFFI 0.32.2 from the Rust crates `voiceroll` and `voiceroll-uniffi`. Do not edit it.

@file:Suppress("NAME_SHADOWING")

package dev.voiceroll.kotlin

// Common helper code.
//
// Ideally this would live in a separate .kt file where it can be unittested etc
// in isolation, and perhaps even published as a re-useable package.
//
// However, it's important that the details of how this helper code works (e.g. the
// way that different builtin types are passed across the FFI) exactly match what's
// expected by the Rust code on the other side of the interface. In practice right
// now that means coming from the exact some version of `uniffi` that was used to
// compile the Rust component. The easiest way to ensure this is to bundle the Kotlin
// helpers directly inline like we're doing here.

import com.sun.jna.Library
import com.sun.jna.IntegerType
import com.sun.jna.Native
import com.sun.jna.Pointer
import com.sun.jna.Structure
import com.sun.jna.Callback
import com.sun.jna.ptr.*
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.CharBuffer
import java.nio.charset.CodingErrorAction
import java.util.concurrent.atomic.AtomicLong
import java.util.concurrent.ConcurrentHashMap
import dev.voiceroll.kotlin.types.AuditEntry
import dev.voiceroll.kotlin.types.AuditReport
import dev.voiceroll.kotlin.types.CallIdentification
import dev.voiceroll.kotlin.types.CheckReport
import dev.voiceroll.kotlin.types.ConsentRecord
import dev.voiceroll.kotlin.types.ConsentState
import dev.voiceroll.kotlin.types.Diarization
import dev.voiceroll.kotlin.types.Encoding
import dev.voiceroll.kotlin.types.Enrollment
import dev.voiceroll.kotlin.types.FfiConverterTypeAuditEntry
import dev.voiceroll.kotlin.types.FfiConverterTypeAuditReport
import dev.voiceroll.kotlin.types.FfiConverterTypeCallIdentification
import dev.voiceroll.kotlin.types.FfiConverterTypeCheckReport
import dev.voiceroll.kotlin.types.FfiConverterTypeConsentRecord
import dev.voiceroll.kotlin.types.FfiConverterTypeConsentState
import dev.voiceroll.kotlin.types.FfiConverterTypeDiarization
import dev.voiceroll.kotlin.types.FfiConverterTypeEncoding
import dev.voiceroll.kotlin.types.FfiConverterTypeEnrollment
import dev.voiceroll.kotlin.types.FfiConverterTypeIdentification
import dev.voiceroll.kotlin.types.FfiConverterTypeInspection
import dev.voiceroll.kotlin.types.FfiConverterTypeJob
import dev.voiceroll.kotlin.types.FfiConverterTypeJobResult
import dev.voiceroll.kotlin.types.FfiConverterTypePage
import dev.voiceroll.kotlin.types.FfiConverterTypeProblem
import dev.voiceroll.kotlin.types.FfiConverterTypeProgress
import dev.voiceroll.kotlin.types.FfiConverterTypeRestored
import dev.voiceroll.kotlin.types.FfiConverterTypeVerification
import dev.voiceroll.kotlin.types.Identification
import dev.voiceroll.kotlin.types.Inspection
import dev.voiceroll.kotlin.types.Job
import dev.voiceroll.kotlin.types.JobResult
import dev.voiceroll.kotlin.types.Page
import dev.voiceroll.kotlin.types.Problem
import dev.voiceroll.kotlin.types.Progress
import dev.voiceroll.kotlin.types.Restored
import dev.voiceroll.kotlin.types.Verification
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.coroutines.resume
import kotlin.time.Duration.Companion.seconds
import kotlin.time.DurationUnit
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.DelicateCoroutinesApi
import kotlinx.coroutines.GlobalScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.suspendCancellableCoroutine
import dev.voiceroll.kotlin.types.RustBuffer as RustBufferAuditEntry
import dev.voiceroll.kotlin.types.RustBuffer as RustBufferAuditReport
import dev.voiceroll.kotlin.types.RustBuffer as RustBufferCallIdentification
import dev.voiceroll.kotlin.types.RustBuffer as RustBufferCheckReport
import dev.voiceroll.kotlin.types.RustBuffer as RustBufferConsentRecord
import dev.voiceroll.kotlin.types.RustBuffer as RustBufferConsentState
import dev.voiceroll.kotlin.types.RustBuffer as RustBufferDiarization
import dev.voiceroll.kotlin.types.RustBuffer as RustBufferEncoding
import dev.voiceroll.kotlin.types.RustBuffer as RustBufferEnrollment
import dev.voiceroll.kotlin.types.RustBuffer as RustBufferIdentification
import dev.voiceroll.kotlin.types.RustBuffer as RustBufferInspection
import dev.voiceroll.kotlin.types.RustBuffer as RustBufferJob
import dev.voiceroll.kotlin.types.RustBuffer as RustBufferJobResult
import dev.voiceroll.kotlin.types.RustBuffer as RustBufferPage
import dev.voiceroll.kotlin.types.RustBuffer as RustBufferProblem
import dev.voiceroll.kotlin.types.RustBuffer as RustBufferProgress
import dev.voiceroll.kotlin.types.RustBuffer as RustBufferRestored
import dev.voiceroll.kotlin.types.RustBuffer as RustBufferVerification

// This is a helper for safely working with byte buffers returned from the Rust code.
// A rust-owned buffer is represented by its capacity, its current length, and a
// pointer to the underlying data.

/**
 * @suppress
 */
@Structure.FieldOrder("capacity", "len", "data")
open class RustBuffer : Structure() {
    // Note: `capacity` and `len` are actually `ULong` values, but JVM only supports signed values.
    // When dealing with these fields, make sure to call `toULong()`.
    @JvmField var capacity: Long = 0
    @JvmField var len: Long = 0
    @JvmField var data: Pointer? = null

    class ByValue: RustBuffer(), Structure.ByValue
    class ByReference: RustBuffer(), Structure.ByReference

   internal fun setValue(other: RustBuffer) {
        capacity = other.capacity
        len = other.len
        data = other.data
    }

    companion object {
        internal fun alloc(size: ULong = 0UL) = uniffiRustCall() { status ->
            // Note: need to convert the size to a `Long` value to make this work with JVM.
            UniffiLib.ffi_voiceroll_uniffi_rustbuffer_alloc(size.toLong(), status)
        }.also {
            if(it.data == null) {
               throw RuntimeException("RustBuffer.alloc() returned null data pointer (size=${size})")
           }
        }

        internal fun create(capacity: ULong, len: ULong, data: Pointer?): RustBuffer.ByValue {
            var buf = RustBuffer.ByValue()
            buf.capacity = capacity.toLong()
            buf.len = len.toLong()
            buf.data = data
            return buf
        }

        internal fun free(buf: RustBuffer.ByValue) = uniffiRustCall() { status ->
            UniffiLib.ffi_voiceroll_uniffi_rustbuffer_free(buf, status)
        }
    }

    @Suppress("TooGenericExceptionThrown")
    fun asByteBuffer() =
        this.data?.getByteBuffer(0, this.len)?.also {
            it.order(ByteOrder.BIG_ENDIAN)
        }
}

// This is a helper for safely passing byte references into the rust code.
// It's not actually used at the moment, because there aren't many things that you
// can take a direct pointer to in the JVM, and if we're going to copy something
// then we might as well copy it into a `RustBuffer`. But it's here for API
// completeness.

@Structure.FieldOrder("len", "data")
internal open class ForeignBytes : Structure() {
    @JvmField var len: Int = 0
    @JvmField var data: Pointer? = null

    class ByValue : ForeignBytes(), Structure.ByValue
}

// Converter for `&[u8]` / `[ByRef] bytes` arguments.
//
// Only `lower` is valid — zero-copy byte buffers only flow foreign -> Rust,
// and only in argument position. `lift`, `read`, `write`, and
// `allocationSize` have no sound implementation here and all panic at
// runtime. The `FfiConverter` interface is implemented so that the
// compiler enforces the full method set (rather than relying on eyeball).
//
// The provided `ByteBuffer` MUST be direct — only direct buffers have a
// stable native address that JNA can expose via `getDirectBufferPointer`.
// The returned `ForeignBytes.ByValue` is only valid for the duration of
// the FFI call; the Rust side treats it as a borrow.
internal object FfiConverterByRefBytes : FfiConverter<java.nio.ByteBuffer, ForeignBytes.ByValue> {
    override fun lower(value: java.nio.ByteBuffer): ForeignBytes.ByValue {
        require(value.isDirect) { "UniFFI zero-copy &[u8] requires a direct ByteBuffer. Use ByteBuffer.allocateDirect()." }
        val remaining = value.remaining()
        val fb = ForeignBytes.ByValue()
        fb.len = remaining
        // Zero-length direct buffers: skip getDirectBufferPointer (platform-variable behavior)
        // and pass null. The Rust side treats (null, 0) as &[].
        fb.data = if (remaining == 0) null else com.sun.jna.Native.getDirectBufferPointer(value)
        return fb
    }

    override fun lift(value: ForeignBytes.ByValue): java.nio.ByteBuffer =
        error("ByRef bytes cannot be lifted: zero-copy &[u8] only flows foreign->Rust")

    override fun read(buf: java.nio.ByteBuffer): java.nio.ByteBuffer =
        error("ByRef bytes cannot be read from a buffer: zero-copy &[u8] is only supported in argument position, not nested in records/options/etc.")

    override fun write(value: java.nio.ByteBuffer, buf: java.nio.ByteBuffer): Unit =
        error("ByRef bytes cannot be written to a buffer: zero-copy &[u8] is only supported in argument position, not nested in records/options/etc.")

    override fun allocationSize(value: java.nio.ByteBuffer): ULong =
        error("ByRef bytes have no RustBuffer allocation size: zero-copy &[u8] is only supported in argument position, not nested in records/options/etc.")
}
/**
 * The FfiConverter interface handles converter types to and from the FFI
 *
 * All implementing objects should be public to support external types.  When a
 * type is external we need to import it's FfiConverter.
 *
 * @suppress
 */
public interface FfiConverter<KotlinType, FfiType> {
    // Convert an FFI type to a Kotlin type
    fun lift(value: FfiType): KotlinType

    // Convert an Kotlin type to an FFI type
    fun lower(value: KotlinType): FfiType

    // Read a Kotlin type from a `ByteBuffer`
    fun read(buf: ByteBuffer): KotlinType

    // Calculate bytes to allocate when creating a `RustBuffer`
    //
    // This must return at least as many bytes as the write() function will
    // write. It can return more bytes than needed, for example when writing
    // Strings we can't know the exact bytes needed until we the UTF-8
    // encoding, so we pessimistically allocate the largest size possible (3
    // bytes per codepoint).  Allocating extra bytes is not really a big deal
    // because the `RustBuffer` is short-lived.
    fun allocationSize(value: KotlinType): ULong

    // Write a Kotlin type to a `ByteBuffer`
    fun write(value: KotlinType, buf: ByteBuffer)

    // Lower a value into a `RustBuffer`
    //
    // This method lowers a value into a `RustBuffer` rather than the normal
    // FfiType.  It's used by the callback interface code.  Callback interface
    // returns are always serialized into a `RustBuffer` regardless of their
    // normal FFI type.
    fun lowerIntoRustBuffer(value: KotlinType): RustBuffer.ByValue {
        val rbuf = RustBuffer.alloc(allocationSize(value))
        try {
            val bbuf = rbuf.data!!.getByteBuffer(0, rbuf.capacity).also {
                it.order(ByteOrder.BIG_ENDIAN)
            }
            write(value, bbuf)
            rbuf.writeField("len", bbuf.position().toLong())
            return rbuf
        } catch (e: Throwable) {
            RustBuffer.free(rbuf)
            throw e
        }
    }

    // Lift a value from a `RustBuffer`.
    //
    // This here mostly because of the symmetry with `lowerIntoRustBuffer()`.
    // It's currently only used by the `FfiConverterRustBuffer` class below.
    fun liftFromRustBuffer(rbuf: RustBuffer.ByValue): KotlinType {
        val byteBuf = rbuf.asByteBuffer()!!
        try {
           val item = read(byteBuf)
           if (byteBuf.hasRemaining()) {
               throw RuntimeException("junk remaining in buffer after lifting, something is very wrong!!")
           }
           return item
        } finally {
            RustBuffer.free(rbuf)
        }
    }
}

/**
 * FfiConverter that uses `RustBuffer` as the FfiType
 *
 * @suppress
 */
public interface FfiConverterRustBuffer<KotlinType>: FfiConverter<KotlinType, RustBuffer.ByValue> {
    override fun lift(value: RustBuffer.ByValue) = liftFromRustBuffer(value)
    override fun lower(value: KotlinType) = lowerIntoRustBuffer(value)
}
// A handful of classes and functions to support the generated data structures.
// This would be a good candidate for isolating in its own ffi-support lib.

internal const val UNIFFI_CALL_SUCCESS = 0.toByte()
internal const val UNIFFI_CALL_ERROR = 1.toByte()
internal const val UNIFFI_CALL_UNEXPECTED_ERROR = 2.toByte()

@Structure.FieldOrder("code", "error_buf")
internal open class UniffiRustCallStatus : Structure() {
    @JvmField var code: Byte = 0
    @JvmField var error_buf: RustBuffer.ByValue = RustBuffer.ByValue()

    class ByValue: UniffiRustCallStatus(), Structure.ByValue

    fun isSuccess(): Boolean {
        return code == UNIFFI_CALL_SUCCESS
    }

    fun isError(): Boolean {
        return code == UNIFFI_CALL_ERROR
    }

    fun isPanic(): Boolean {
        return code == UNIFFI_CALL_UNEXPECTED_ERROR
    }

    companion object {
        fun create(code: Byte, errorBuf: RustBuffer.ByValue): UniffiRustCallStatus.ByValue {
            val callStatus = UniffiRustCallStatus.ByValue()
            callStatus.code = code
            callStatus.error_buf = errorBuf
            return callStatus
        }
    }
}

class InternalException(message: String) : kotlin.Exception(message)

/**
 * Each top-level error class has a companion object that can lift the error from the call status's rust buffer
 *
 * @suppress
 */
interface UniffiRustCallStatusErrorHandler<E> {
    fun lift(error_buf: RustBuffer.ByValue): E;
}

// Helpers for calling Rust
// In practice we usually need to be synchronized to call this safely, so it doesn't
// synchronize itself

// Call a rust function that returns a Result<>.  Pass in the Error class companion that corresponds to the Err
private inline fun <U, E: kotlin.Exception> uniffiRustCallWithError(errorHandler: UniffiRustCallStatusErrorHandler<E>, callback: (UniffiRustCallStatus) -> U): U {
    dev.voiceroll.kotlin.ready()
    var status = UniffiRustCallStatus()
    val return_value = callback(status)
    uniffiCheckCallStatus(errorHandler, status)
    return return_value
}

// Check UniffiRustCallStatus and throw an error if the call wasn't successful
private fun<E: kotlin.Exception> uniffiCheckCallStatus(errorHandler: UniffiRustCallStatusErrorHandler<E>, status: UniffiRustCallStatus) {
    if (status.isSuccess()) {
        return
    } else if (status.isError()) {
        throw errorHandler.lift(status.error_buf)
    } else if (status.isPanic()) {
        // when the rust code sees a panic, it tries to construct a rustbuffer
        // with the message.  but if that code panics, then it just sends back
        // an empty buffer.
        if (status.error_buf.len > 0) {
            throw InternalException(FfiConverterString.lift(status.error_buf))
        } else {
            throw InternalException("Rust panic")
        }
    } else {
        throw InternalException("Unknown rust call status: $status.code")
    }
}

/**
 * UniffiRustCallStatusErrorHandler implementation for times when we don't expect a CALL_ERROR
 *
 * @suppress
 */
object UniffiNullRustCallStatusErrorHandler: UniffiRustCallStatusErrorHandler<InternalException> {
    override fun lift(error_buf: RustBuffer.ByValue): InternalException {
        RustBuffer.free(error_buf)
        return InternalException("Unexpected CALL_ERROR")
    }
}

// Call a rust function that returns a plain value
private inline fun <U> uniffiRustCall(callback: (UniffiRustCallStatus) -> U): U {
    return uniffiRustCallWithError(UniffiNullRustCallStatusErrorHandler, callback)
}

internal inline fun<T> uniffiTraitInterfaceCall(
    callStatus: UniffiRustCallStatus,
    makeCall: () -> T,
    writeReturn: (T) -> Unit,
) {
    try {
        writeReturn(makeCall())
    } catch(e: Throwable) {
        val err = try { e.stackTraceToString() } catch(_: Throwable) { "" }
        callStatus.code = UNIFFI_CALL_UNEXPECTED_ERROR
        callStatus.error_buf = FfiConverterString.lower(err)
    }
}

internal inline fun<T, reified E: Throwable> uniffiTraitInterfaceCallWithError(
    callStatus: UniffiRustCallStatus,
    makeCall: () -> T,
    writeReturn: (T) -> Unit,
    lowerError: (E) -> RustBuffer.ByValue
) {
    try {
        writeReturn(makeCall())
    } catch(e: Throwable) {
        if (e is E) {
            callStatus.code = UNIFFI_CALL_ERROR
            callStatus.error_buf = lowerError(e)
        } else {
            val err = try { e.stackTraceToString() } catch(_: Throwable) { "" }
            callStatus.code = UNIFFI_CALL_UNEXPECTED_ERROR
            callStatus.error_buf = FfiConverterString.lower(err)
        }
    }
}
// Initial value and increment amount for handles.
// These ensure that Kotlin-generated handles always have the lowest bit set
private const val UNIFFI_HANDLEMAP_INITIAL = 1.toLong()
private const val UNIFFI_HANDLEMAP_DELTA = 2.toLong()

// Map handles to objects
//
// This is used pass an opaque 64-bit handle representing a foreign object to the Rust code.
internal class UniffiHandleMap<T: Any> {
    private val map = ConcurrentHashMap<Long, T>()
    // Start
    private val counter = java.util.concurrent.atomic.AtomicLong(UNIFFI_HANDLEMAP_INITIAL)

    val size: Int
        get() = map.size

    // Insert a new object into the handle map and get a handle for it
    fun insert(obj: T): Long {
        val handle = counter.getAndAdd(UNIFFI_HANDLEMAP_DELTA)
        map.put(handle, obj)
        return handle
    }

    // Clone a handle, creating a new one
    fun clone(handle: Long): Long {
        val obj = map.get(handle) ?: throw InternalException("UniffiHandleMap.clone: Invalid handle")
        return insert(obj)
    }

    // Get an object from the handle map
    fun get(handle: Long): T {
        return map.get(handle) ?: throw InternalException("UniffiHandleMap.get: Invalid handle")
    }

    // Remove an entry from the handlemap and get the Kotlin object back
    fun remove(handle: Long): T {
        return map.remove(handle) ?: throw InternalException("UniffiHandleMap: Invalid handle")
    }
}

// Contains loading, initialization code,
// and the FFI Function declarations in a com.sun.jna.Library.
@Synchronized
private fun findLibraryName(componentName: String): String {
    val libOverride = System.getProperty("uniffi.component.$componentName.libraryOverride")
    if (libOverride != null) {
        return libOverride
    }
    return "${dev.voiceroll.kotlin.nativeLibrary()}"
}

// Define FFI callback types
internal interface UniffiRustFutureContinuationCallback : com.sun.jna.Callback {
    fun callback(`data`: Long,`pollResult`: Byte,)
}
internal interface UniffiForeignFutureDroppedCallback : com.sun.jna.Callback {
    fun callback(`handle`: Long,)
}
internal interface UniffiCallbackInterfaceFree : com.sun.jna.Callback {
    fun callback(`handle`: Long,)
}
internal interface UniffiCallbackInterfaceClone : com.sun.jna.Callback {
    fun callback(`handle`: Long,)
    : Long
}
@Structure.FieldOrder("handle", "free")
internal open class UniffiForeignFutureDroppedCallbackStruct(
    @JvmField internal var `handle`: Long = 0.toLong(),
    @JvmField internal var `free`: UniffiForeignFutureDroppedCallback? = null,
) : Structure() {
    class UniffiByValue(
        `handle`: Long = 0.toLong(),
        `free`: UniffiForeignFutureDroppedCallback? = null,
    ): UniffiForeignFutureDroppedCallbackStruct(`handle`,`free`,), Structure.ByValue

   internal fun uniffiSetValue(other: UniffiForeignFutureDroppedCallbackStruct) {
        `handle` = other.`handle`
        `free` = other.`free`
    }

}
@Structure.FieldOrder("returnValue", "callStatus")
internal open class UniffiForeignFutureResultU8(
    @JvmField internal var `returnValue`: Byte = 0.toByte(),
    @JvmField internal var `callStatus`: UniffiRustCallStatus.ByValue = UniffiRustCallStatus.ByValue(),
) : Structure() {
    class UniffiByValue(
        `returnValue`: Byte = 0.toByte(),
        `callStatus`: UniffiRustCallStatus.ByValue = UniffiRustCallStatus.ByValue(),
    ): UniffiForeignFutureResultU8(`returnValue`,`callStatus`,), Structure.ByValue

   internal fun uniffiSetValue(other: UniffiForeignFutureResultU8) {
        `returnValue` = other.`returnValue`
        `callStatus` = other.`callStatus`
    }

}
internal interface UniffiForeignFutureCompleteU8 : com.sun.jna.Callback {
    fun callback(`callbackData`: Long,`result`: UniffiForeignFutureResultU8.UniffiByValue,)
}
@Structure.FieldOrder("returnValue", "callStatus")
internal open class UniffiForeignFutureResultI8(
    @JvmField internal var `returnValue`: Byte = 0.toByte(),
    @JvmField internal var `callStatus`: UniffiRustCallStatus.ByValue = UniffiRustCallStatus.ByValue(),
) : Structure() {
    class UniffiByValue(
        `returnValue`: Byte = 0.toByte(),
        `callStatus`: UniffiRustCallStatus.ByValue = UniffiRustCallStatus.ByValue(),
    ): UniffiForeignFutureResultI8(`returnValue`,`callStatus`,), Structure.ByValue

   internal fun uniffiSetValue(other: UniffiForeignFutureResultI8) {
        `returnValue` = other.`returnValue`
        `callStatus` = other.`callStatus`
    }

}
internal interface UniffiForeignFutureCompleteI8 : com.sun.jna.Callback {
    fun callback(`callbackData`: Long,`result`: UniffiForeignFutureResultI8.UniffiByValue,)
}
@Structure.FieldOrder("returnValue", "callStatus")
internal open class UniffiForeignFutureResultU16(
    @JvmField internal var `returnValue`: Short = 0.toShort(),
    @JvmField internal var `callStatus`: UniffiRustCallStatus.ByValue = UniffiRustCallStatus.ByValue(),
) : Structure() {
    class UniffiByValue(
        `returnValue`: Short = 0.toShort(),
        `callStatus`: UniffiRustCallStatus.ByValue = UniffiRustCallStatus.ByValue(),
    ): UniffiForeignFutureResultU16(`returnValue`,`callStatus`,), Structure.ByValue

   internal fun uniffiSetValue(other: UniffiForeignFutureResultU16) {
        `returnValue` = other.`returnValue`
        `callStatus` = other.`callStatus`
    }

}
internal interface UniffiForeignFutureCompleteU16 : com.sun.jna.Callback {
    fun callback(`callbackData`: Long,`result`: UniffiForeignFutureResultU16.UniffiByValue,)
}
@Structure.FieldOrder("returnValue", "callStatus")
internal open class UniffiForeignFutureResultI16(
    @JvmField internal var `returnValue`: Short = 0.toShort(),
    @JvmField internal var `callStatus`: UniffiRustCallStatus.ByValue = UniffiRustCallStatus.ByValue(),
) : Structure() {
    class UniffiByValue(
        `returnValue`: Short = 0.toShort(),
        `callStatus`: UniffiRustCallStatus.ByValue = UniffiRustCallStatus.ByValue(),
    ): UniffiForeignFutureResultI16(`returnValue`,`callStatus`,), Structure.ByValue

   internal fun uniffiSetValue(other: UniffiForeignFutureResultI16) {
        `returnValue` = other.`returnValue`
        `callStatus` = other.`callStatus`
    }

}
internal interface UniffiForeignFutureCompleteI16 : com.sun.jna.Callback {
    fun callback(`callbackData`: Long,`result`: UniffiForeignFutureResultI16.UniffiByValue,)
}
@Structure.FieldOrder("returnValue", "callStatus")
internal open class UniffiForeignFutureResultU32(
    @JvmField internal var `returnValue`: Int = 0,
    @JvmField internal var `callStatus`: UniffiRustCallStatus.ByValue = UniffiRustCallStatus.ByValue(),
) : Structure() {
    class UniffiByValue(
        `returnValue`: Int = 0,
        `callStatus`: UniffiRustCallStatus.ByValue = UniffiRustCallStatus.ByValue(),
    ): UniffiForeignFutureResultU32(`returnValue`,`callStatus`,), Structure.ByValue

   internal fun uniffiSetValue(other: UniffiForeignFutureResultU32) {
        `returnValue` = other.`returnValue`
        `callStatus` = other.`callStatus`
    }

}
internal interface UniffiForeignFutureCompleteU32 : com.sun.jna.Callback {
    fun callback(`callbackData`: Long,`result`: UniffiForeignFutureResultU32.UniffiByValue,)
}
@Structure.FieldOrder("returnValue", "callStatus")
internal open class UniffiForeignFutureResultI32(
    @JvmField internal var `returnValue`: Int = 0,
    @JvmField internal var `callStatus`: UniffiRustCallStatus.ByValue = UniffiRustCallStatus.ByValue(),
) : Structure() {
    class UniffiByValue(
        `returnValue`: Int = 0,
        `callStatus`: UniffiRustCallStatus.ByValue = UniffiRustCallStatus.ByValue(),
    ): UniffiForeignFutureResultI32(`returnValue`,`callStatus`,), Structure.ByValue

   internal fun uniffiSetValue(other: UniffiForeignFutureResultI32) {
        `returnValue` = other.`returnValue`
        `callStatus` = other.`callStatus`
    }

}
internal interface UniffiForeignFutureCompleteI32 : com.sun.jna.Callback {
    fun callback(`callbackData`: Long,`result`: UniffiForeignFutureResultI32.UniffiByValue,)
}
@Structure.FieldOrder("returnValue", "callStatus")
internal open class UniffiForeignFutureResultU64(
    @JvmField internal var `returnValue`: Long = 0.toLong(),
    @JvmField internal var `callStatus`: UniffiRustCallStatus.ByValue = UniffiRustCallStatus.ByValue(),
) : Structure() {
    class UniffiByValue(
        `returnValue`: Long = 0.toLong(),
        `callStatus`: UniffiRustCallStatus.ByValue = UniffiRustCallStatus.ByValue(),
    ): UniffiForeignFutureResultU64(`returnValue`,`callStatus`,), Structure.ByValue

   internal fun uniffiSetValue(other: UniffiForeignFutureResultU64) {
        `returnValue` = other.`returnValue`
        `callStatus` = other.`callStatus`
    }

}
internal interface UniffiForeignFutureCompleteU64 : com.sun.jna.Callback {
    fun callback(`callbackData`: Long,`result`: UniffiForeignFutureResultU64.UniffiByValue,)
}
@Structure.FieldOrder("returnValue", "callStatus")
internal open class UniffiForeignFutureResultI64(
    @JvmField internal var `returnValue`: Long = 0.toLong(),
    @JvmField internal var `callStatus`: UniffiRustCallStatus.ByValue = UniffiRustCallStatus.ByValue(),
) : Structure() {
    class UniffiByValue(
        `returnValue`: Long = 0.toLong(),
        `callStatus`: UniffiRustCallStatus.ByValue = UniffiRustCallStatus.ByValue(),
    ): UniffiForeignFutureResultI64(`returnValue`,`callStatus`,), Structure.ByValue

   internal fun uniffiSetValue(other: UniffiForeignFutureResultI64) {
        `returnValue` = other.`returnValue`
        `callStatus` = other.`callStatus`
    }

}
internal interface UniffiForeignFutureCompleteI64 : com.sun.jna.Callback {
    fun callback(`callbackData`: Long,`result`: UniffiForeignFutureResultI64.UniffiByValue,)
}
@Structure.FieldOrder("returnValue", "callStatus")
internal open class UniffiForeignFutureResultF32(
    @JvmField internal var `returnValue`: Float = 0.0f,
    @JvmField internal var `callStatus`: UniffiRustCallStatus.ByValue = UniffiRustCallStatus.ByValue(),
) : Structure() {
    class UniffiByValue(
        `returnValue`: Float = 0.0f,
        `callStatus`: UniffiRustCallStatus.ByValue = UniffiRustCallStatus.ByValue(),
    ): UniffiForeignFutureResultF32(`returnValue`,`callStatus`,), Structure.ByValue

   internal fun uniffiSetValue(other: UniffiForeignFutureResultF32) {
        `returnValue` = other.`returnValue`
        `callStatus` = other.`callStatus`
    }

}
internal interface UniffiForeignFutureCompleteF32 : com.sun.jna.Callback {
    fun callback(`callbackData`: Long,`result`: UniffiForeignFutureResultF32.UniffiByValue,)
}
@Structure.FieldOrder("returnValue", "callStatus")
internal open class UniffiForeignFutureResultF64(
    @JvmField internal var `returnValue`: Double = 0.0,
    @JvmField internal var `callStatus`: UniffiRustCallStatus.ByValue = UniffiRustCallStatus.ByValue(),
) : Structure() {
    class UniffiByValue(
        `returnValue`: Double = 0.0,
        `callStatus`: UniffiRustCallStatus.ByValue = UniffiRustCallStatus.ByValue(),
    ): UniffiForeignFutureResultF64(`returnValue`,`callStatus`,), Structure.ByValue

   internal fun uniffiSetValue(other: UniffiForeignFutureResultF64) {
        `returnValue` = other.`returnValue`
        `callStatus` = other.`callStatus`
    }

}
internal interface UniffiForeignFutureCompleteF64 : com.sun.jna.Callback {
    fun callback(`callbackData`: Long,`result`: UniffiForeignFutureResultF64.UniffiByValue,)
}
@Structure.FieldOrder("returnValue", "callStatus")
internal open class UniffiForeignFutureResultRustBuffer(
    @JvmField internal var `returnValue`: RustBuffer.ByValue = RustBuffer.ByValue(),
    @JvmField internal var `callStatus`: UniffiRustCallStatus.ByValue = UniffiRustCallStatus.ByValue(),
) : Structure() {
    class UniffiByValue(
        `returnValue`: RustBuffer.ByValue = RustBuffer.ByValue(),
        `callStatus`: UniffiRustCallStatus.ByValue = UniffiRustCallStatus.ByValue(),
    ): UniffiForeignFutureResultRustBuffer(`returnValue`,`callStatus`,), Structure.ByValue

   internal fun uniffiSetValue(other: UniffiForeignFutureResultRustBuffer) {
        `returnValue` = other.`returnValue`
        `callStatus` = other.`callStatus`
    }

}
internal interface UniffiForeignFutureCompleteRustBuffer : com.sun.jna.Callback {
    fun callback(`callbackData`: Long,`result`: UniffiForeignFutureResultRustBuffer.UniffiByValue,)
}
@Structure.FieldOrder("callStatus")
internal open class UniffiForeignFutureResultVoid(
    @JvmField internal var `callStatus`: UniffiRustCallStatus.ByValue = UniffiRustCallStatus.ByValue(),
) : Structure() {
    class UniffiByValue(
        `callStatus`: UniffiRustCallStatus.ByValue = UniffiRustCallStatus.ByValue(),
    ): UniffiForeignFutureResultVoid(`callStatus`,), Structure.ByValue

   internal fun uniffiSetValue(other: UniffiForeignFutureResultVoid) {
        `callStatus` = other.`callStatus`
    }

}
internal interface UniffiForeignFutureCompleteVoid : com.sun.jna.Callback {
    fun callback(`callbackData`: Long,`result`: UniffiForeignFutureResultVoid.UniffiByValue,)
}
internal interface UniffiCallbackInterfaceProgressListenerMethod0 : com.sun.jna.Callback {
    fun callback(`uniffiHandle`: Long,`progress`: RustBufferProgress.ByValue,`uniffiOutReturn`: Pointer,uniffiCallStatus: UniffiRustCallStatus,)
}
@Structure.FieldOrder("uniffiFree", "uniffiClone", "onProgress")
internal open class UniffiVTableCallbackInterfaceProgressListener(
    @JvmField internal var `uniffiFree`: UniffiCallbackInterfaceFree? = null,
    @JvmField internal var `uniffiClone`: UniffiCallbackInterfaceClone? = null,
    @JvmField internal var `onProgress`: UniffiCallbackInterfaceProgressListenerMethod0? = null,
) : Structure() {
    class UniffiByValue(
        `uniffiFree`: UniffiCallbackInterfaceFree? = null,
        `uniffiClone`: UniffiCallbackInterfaceClone? = null,
        `onProgress`: UniffiCallbackInterfaceProgressListenerMethod0? = null,
    ): UniffiVTableCallbackInterfaceProgressListener(`uniffiFree`,`uniffiClone`,`onProgress`,), Structure.ByValue

   internal fun uniffiSetValue(other: UniffiVTableCallbackInterfaceProgressListener) {
        `uniffiFree` = other.`uniffiFree`
        `uniffiClone` = other.`uniffiClone`
        `onProgress` = other.`onProgress`
    }

}

// A JNA Library to expose the extern-C FFI definitions.
// This is an implementation detail which will be called internally by the public API.

// For large crates we prevent `MethodTooLargeException` (see #2340)
// N.B. the name of the extension is very misleading, since it is
// rather `InterfaceTooLargeException`, caused by too many methods
// in the interface for large crates.
//
// By splitting the otherwise huge interface into two parts
// * UniffiLib (this)
// * IntegrityCheckingUniffiLib
// And all checksum methods are put into `IntegrityCheckingUniffiLib`
// we allow for ~2x as many methods in the UniffiLib interface.
//
// Note: above all written when we used JNA's `loadIndirect` etc.
// We now use JNA's "direct mapping" - unclear if same considerations apply exactly.
internal object IntegrityCheckingUniffiLib {
    init {
        Native.register(IntegrityCheckingUniffiLib::class.java, findLibraryName(componentName = "voiceroll_uniffi"))
        uniffiCheckContractApiVersion(this)
        uniffiCheckApiChecksums(this)
    }

    internal fun ensureInitialized() = Unit
    external fun uniffi_voiceroll_uniffi_checksum_func_version(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_func_restore(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_func_inspect(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_func_parse_encoding(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_func_prepare(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_callbacks_take(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_callbacks_wait(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_canceltoken_cancel(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_canceltoken_is_cancelled(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_progresslistener_on_progress(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_recording_track(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_audit_entries(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_audit_pseudonym(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_backup(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_check(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_consent(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_expire(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_expired(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_export_speaker(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_import_speaker(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_purge(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_record_consent(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_retention(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_rotate_key(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_set_retention(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_verify_audit(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_withdraw_consent(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_create(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_delete(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_diarize(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_enroll(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_enrolled_otherwise(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_get(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_identify(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_identify_call(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_inspect(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_job(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_list(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_log_out(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_model(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_prepare(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_remove_sample(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_submit(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_update(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_verify(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_method_registry_wait(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_constructor_callbacks_new(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_constructor_jobrequest_diarize(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_constructor_jobrequest_identify(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_constructor_jobrequest_transcribe(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_constructor_canceltoken_new(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_constructor_recording_from_bytes(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_constructor_recording_from_path(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_constructor_recording_from_samples(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_constructor_registry_connect(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_constructor_registry_connect_from_env(
    ): Int
    external fun uniffi_voiceroll_uniffi_checksum_constructor_registry_open(
    ): Int
    external fun ffi_voiceroll_uniffi_uniffi_contract_version(
    ): Int


}

internal object UniffiLib {

    // The Cleaner for the whole library
    internal val CLEANER: UniffiCleaner by lazy {
        UniffiCleaner.create()
    }


    init {
        Native.register(UniffiLib::class.java, findLibraryName(componentName = "voiceroll_uniffi"))
        uniffiCallbackInterfaceProgressListener.register(this)
        dev.voiceroll.kotlin.types.uniffiEnsureInitialized()

    }

    internal fun ensureInitialized() = Unit
    external fun uniffi_voiceroll_uniffi_fn_clone_callbacks(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_free_callbacks(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Unit
    external fun uniffi_voiceroll_uniffi_fn_constructor_callbacks_new(`secret`: RustBuffer.ByValue,uniffi_out_err: UniffiRustCallStatus,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_callbacks_take(`ptr`: Long,`body`: RustBuffer.ByValue,`timestamp`: RustBuffer.ByValue,`signature`: RustBuffer.ByValue,uniffi_out_err: UniffiRustCallStatus,
    ): RustBufferJob.ByValue
    external fun uniffi_voiceroll_uniffi_fn_method_callbacks_wait(`ptr`: Long,`jobId`: RustBuffer.ByValue,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_clone_jobrequest(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_free_jobrequest(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Unit
    external fun uniffi_voiceroll_uniffi_fn_constructor_jobrequest_diarize(`contentUri`: RustBuffer.ByValue,`speakerIds`: RustBuffer.ByValue,`speakers`: RustBuffer.ByValue,`perChannel`: Byte,`encoding`: RustBuffer.ByValue,`webhook`: RustBuffer.ByValue,uniffi_out_err: UniffiRustCallStatus,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_constructor_jobrequest_identify(`contentUri`: RustBuffer.ByValue,`speakerIds`: RustBuffer.ByValue,`encoding`: RustBuffer.ByValue,`webhook`: RustBuffer.ByValue,uniffi_out_err: UniffiRustCallStatus,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_constructor_jobrequest_transcribe(`contentUri`: RustBuffer.ByValue,`language`: RustBuffer.ByValue,`speakerIds`: RustBuffer.ByValue,`speakers`: RustBuffer.ByValue,`perChannel`: Byte,`encoding`: RustBuffer.ByValue,`webhook`: RustBuffer.ByValue,uniffi_out_err: UniffiRustCallStatus,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_clone_canceltoken(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_free_canceltoken(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Unit
    external fun uniffi_voiceroll_uniffi_fn_constructor_canceltoken_new(uniffi_out_err: UniffiRustCallStatus,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_canceltoken_cancel(`ptr`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Unit
    external fun uniffi_voiceroll_uniffi_fn_method_canceltoken_is_cancelled(`ptr`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Byte
    external fun uniffi_voiceroll_uniffi_fn_clone_progresslistener(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_free_progresslistener(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Unit
    external fun uniffi_voiceroll_uniffi_fn_init_callback_vtable_progresslistener(`vtable`: UniffiVTableCallbackInterfaceProgressListener,
    ): Unit
    external fun uniffi_voiceroll_uniffi_fn_method_progresslistener_on_progress(`ptr`: Long,`progress`: RustBufferProgress.ByValue,uniffi_out_err: UniffiRustCallStatus,
    ): Unit
    external fun uniffi_voiceroll_uniffi_fn_clone_recording(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_free_recording(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Unit
    external fun uniffi_voiceroll_uniffi_fn_constructor_recording_from_bytes(`data`: RustBuffer.ByValue,`encoding`: RustBuffer.ByValue,uniffi_out_err: UniffiRustCallStatus,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_constructor_recording_from_path(`path`: RustBuffer.ByValue,`encoding`: RustBuffer.ByValue,uniffi_out_err: UniffiRustCallStatus,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_constructor_recording_from_samples(`data`: RustBuffer.ByValue,`format`: RustBuffer.ByValue,`sampleRate`: Int,`channels`: Int,uniffi_out_err: UniffiRustCallStatus,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_recording_track(`ptr`: Long,`number`: Int,uniffi_out_err: UniffiRustCallStatus,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_clone_registry(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_free_registry(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Unit
    external fun uniffi_voiceroll_uniffi_fn_constructor_registry_connect(`url`: RustBuffer.ByValue,`clientId`: RustBuffer.ByValue,`clientSecret`: RustBuffer.ByValue,`jwt`: RustBuffer.ByValue,`inspect`: Byte,`maxRecording`: RustBuffer.ByValue,`requestTimeout`: RustBuffer.ByValue,`patience`: RustBuffer.ByValue,`plainHttp`: Byte,`maxSeconds`: RustBuffer.ByValue,`maxBytes`: RustBuffer.ByValue,uniffi_out_err: UniffiRustCallStatus,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_constructor_registry_connect_from_env(`inspect`: Byte,`maxRecording`: RustBuffer.ByValue,`requestTimeout`: RustBuffer.ByValue,`patience`: RustBuffer.ByValue,`plainHttp`: Byte,`maxSeconds`: RustBuffer.ByValue,`maxBytes`: RustBuffer.ByValue,uniffi_out_err: UniffiRustCallStatus,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_constructor_registry_open(`path`: RustBuffer.ByValue,`model`: RustBuffer.ByValue,`calibration`: RustBuffer.ByValue,`falseAcceptRate`: RustBuffer.ByValue,`maxSeconds`: RustBuffer.ByValue,`maxBytes`: RustBuffer.ByValue,`custody`: RustBuffer.ByValue,uniffi_out_err: UniffiRustCallStatus,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_audit_entries(`ptr`: Long,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_audit_pseudonym(`ptr`: Long,`speakerId`: RustBuffer.ByValue,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_backup(`ptr`: Long,`to`: RustBuffer.ByValue,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_check(`ptr`: Long,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_consent(`ptr`: Long,`speakerId`: RustBuffer.ByValue,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_expire(`ptr`: Long,`speakerId`: RustBuffer.ByValue,`at`: RustBuffer.ByValue,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_expired(`ptr`: Long,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_export_speaker(`ptr`: Long,`speakerId`: RustBuffer.ByValue,`voiceprints`: Byte,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_import_speaker(`ptr`: Long,`export`: RustBuffer.ByValue,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_purge(`ptr`: Long,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_record_consent(`ptr`: Long,`speakerId`: RustBuffer.ByValue,`consent`: RustBufferConsentRecord.ByValue,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_retention(`ptr`: Long,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_rotate_key(`ptr`: Long,`forgetOld`: Byte,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_set_retention(`ptr`: Long,`seconds`: RustBuffer.ByValue,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_verify_audit(`ptr`: Long,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_withdraw_consent(`ptr`: Long,`speakerId`: RustBuffer.ByValue,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_create(`ptr`: Long,`speakerId`: RustBuffer.ByValue,`recordings`: RustBuffer.ByValue,`force`: Byte,`options`: RustBuffer.ByValue,`consent`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_delete(`ptr`: Long,`speakerId`: RustBuffer.ByValue,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_diarize(`ptr`: Long,`recording`: Long,`speakers`: RustBuffer.ByValue,`known`: RustBuffer.ByValue,`perChannel`: Byte,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_enroll(`ptr`: Long,`speakerId`: RustBuffer.ByValue,`recordings`: RustBuffer.ByValue,`force`: Byte,`options`: RustBuffer.ByValue,`consent`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_enrolled_otherwise(`ptr`: Long,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_get(`ptr`: Long,`speakerId`: RustBuffer.ByValue,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_identify(`ptr`: Long,`recording`: Long,`speakerIds`: RustBuffer.ByValue,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_identify_call(`ptr`: Long,`record`: RustBuffer.ByValue,`recording`: RustBuffer.ByValue,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_inspect(`ptr`: Long,`recording`: Long,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_job(`ptr`: Long,`jobId`: RustBuffer.ByValue,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_list(`ptr`: Long,`partial`: Byte,`page`: Int,`perPage`: Int,`after`: RustBuffer.ByValue,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_log_out(`ptr`: Long,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_model(`ptr`: Long,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_prepare(`ptr`: Long,`recording`: Long,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_remove_sample(`ptr`: Long,`speakerId`: RustBuffer.ByValue,`sample`: Long,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_submit(`ptr`: Long,`request`: Long,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_update(`ptr`: Long,`speakerId`: RustBuffer.ByValue,`recordings`: RustBuffer.ByValue,`force`: Byte,`options`: RustBuffer.ByValue,`consent`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_verify(`ptr`: Long,`speakerId`: RustBuffer.ByValue,`recording`: Long,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_method_registry_wait(`ptr`: Long,`jobId`: RustBuffer.ByValue,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_func_version(uniffi_out_err: UniffiRustCallStatus,
    ): RustBuffer.ByValue
    external fun uniffi_voiceroll_uniffi_fn_func_restore(`backup`: RustBuffer.ByValue,`path`: RustBuffer.ByValue,`replace`: Byte,`custody`: RustBuffer.ByValue,uniffi_out_err: UniffiRustCallStatus,
    ): RustBufferRestored.ByValue
    external fun uniffi_voiceroll_uniffi_fn_func_inspect(`recording`: Long,`maxSeconds`: RustBuffer.ByValue,`maxBytes`: RustBuffer.ByValue,`options`: RustBuffer.ByValue,
    ): Long
    external fun uniffi_voiceroll_uniffi_fn_func_parse_encoding(`text`: RustBuffer.ByValue,uniffi_out_err: UniffiRustCallStatus,
    ): RustBufferEncoding.ByValue
    external fun uniffi_voiceroll_uniffi_fn_func_prepare(`recording`: Long,`maxSeconds`: RustBuffer.ByValue,`maxBytes`: RustBuffer.ByValue,`options`: RustBuffer.ByValue,
    ): Long
    external fun ffi_voiceroll_uniffi_rustbuffer_alloc(`size`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): RustBuffer.ByValue
    external fun ffi_voiceroll_uniffi_rustbuffer_from_bytes(`bytes`: ForeignBytes.ByValue,uniffi_out_err: UniffiRustCallStatus,
    ): RustBuffer.ByValue
    external fun ffi_voiceroll_uniffi_rustbuffer_free(`buf`: RustBuffer.ByValue,uniffi_out_err: UniffiRustCallStatus,
    ): Unit
    external fun ffi_voiceroll_uniffi_rustbuffer_reserve(`buf`: RustBuffer.ByValue,`additional`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): RustBuffer.ByValue
    external fun ffi_voiceroll_uniffi_rust_future_poll_u8(`handle`: Long,`callback`: UniffiRustFutureContinuationCallback,`callbackData`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_cancel_u8(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_free_u8(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_complete_u8(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Int
    external fun ffi_voiceroll_uniffi_rust_future_poll_i8(`handle`: Long,`callback`: UniffiRustFutureContinuationCallback,`callbackData`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_cancel_i8(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_free_i8(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_complete_i8(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Byte
    external fun ffi_voiceroll_uniffi_rust_future_poll_u16(`handle`: Long,`callback`: UniffiRustFutureContinuationCallback,`callbackData`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_cancel_u16(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_free_u16(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_complete_u16(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Int
    external fun ffi_voiceroll_uniffi_rust_future_poll_i16(`handle`: Long,`callback`: UniffiRustFutureContinuationCallback,`callbackData`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_cancel_i16(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_free_i16(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_complete_i16(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Short
    external fun ffi_voiceroll_uniffi_rust_future_poll_u32(`handle`: Long,`callback`: UniffiRustFutureContinuationCallback,`callbackData`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_cancel_u32(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_free_u32(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_complete_u32(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Int
    external fun ffi_voiceroll_uniffi_rust_future_poll_i32(`handle`: Long,`callback`: UniffiRustFutureContinuationCallback,`callbackData`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_cancel_i32(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_free_i32(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_complete_i32(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Int
    external fun ffi_voiceroll_uniffi_rust_future_poll_u64(`handle`: Long,`callback`: UniffiRustFutureContinuationCallback,`callbackData`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_cancel_u64(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_free_u64(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_complete_u64(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Long
    external fun ffi_voiceroll_uniffi_rust_future_poll_i64(`handle`: Long,`callback`: UniffiRustFutureContinuationCallback,`callbackData`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_cancel_i64(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_free_i64(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_complete_i64(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Long
    external fun ffi_voiceroll_uniffi_rust_future_poll_f32(`handle`: Long,`callback`: UniffiRustFutureContinuationCallback,`callbackData`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_cancel_f32(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_free_f32(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_complete_f32(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Float
    external fun ffi_voiceroll_uniffi_rust_future_poll_f64(`handle`: Long,`callback`: UniffiRustFutureContinuationCallback,`callbackData`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_cancel_f64(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_free_f64(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_complete_f64(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Double
    external fun ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(`handle`: Long,`callback`: UniffiRustFutureContinuationCallback,`callbackData`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_cancel_rust_buffer(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_free_rust_buffer(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): RustBuffer.ByValue
    external fun ffi_voiceroll_uniffi_rust_future_poll_void(`handle`: Long,`callback`: UniffiRustFutureContinuationCallback,`callbackData`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_cancel_void(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_free_void(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_uniffi_rust_future_complete_void(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Unit


}

private fun uniffiCheckContractApiVersion(lib: IntegrityCheckingUniffiLib) {
    // Get the bindings contract version from our ComponentInterface
    val bindings_contract_version = 30
    // Get the scaffolding contract version by calling the into the dylib
    val scaffolding_contract_version = lib.ffi_voiceroll_uniffi_uniffi_contract_version()
    if (bindings_contract_version != scaffolding_contract_version) {
        throw RuntimeException("UniFFI contract version mismatch: try cleaning and rebuilding your project")
    }
}
@Suppress("UNUSED_PARAMETER")
private fun uniffiCheckApiChecksums(lib: IntegrityCheckingUniffiLib) {
    if ((lib.uniffi_voiceroll_uniffi_checksum_func_version() and 0xFFFF) != 49847) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_func_restore() and 0xFFFF) != 29253) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_func_inspect() and 0xFFFF) != 32962) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_func_parse_encoding() and 0xFFFF) != 39122) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_func_prepare() and 0xFFFF) != 24811) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_callbacks_take() and 0xFFFF) != 2345) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_callbacks_wait() and 0xFFFF) != 45599) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_canceltoken_cancel() and 0xFFFF) != 9971) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_canceltoken_is_cancelled() and 0xFFFF) != 48354) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_progresslistener_on_progress() and 0xFFFF) != 53290) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_recording_track() and 0xFFFF) != 20875) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_audit_entries() and 0xFFFF) != 51516) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_audit_pseudonym() and 0xFFFF) != 59439) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_backup() and 0xFFFF) != 10641) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_check() and 0xFFFF) != 6831) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_consent() and 0xFFFF) != 13011) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_expire() and 0xFFFF) != 38468) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_expired() and 0xFFFF) != 17311) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_export_speaker() and 0xFFFF) != 17645) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_import_speaker() and 0xFFFF) != 54020) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_purge() and 0xFFFF) != 29092) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_record_consent() and 0xFFFF) != 25059) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_retention() and 0xFFFF) != 39722) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_rotate_key() and 0xFFFF) != 43023) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_set_retention() and 0xFFFF) != 33938) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_verify_audit() and 0xFFFF) != 10031) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_withdraw_consent() and 0xFFFF) != 57495) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_create() and 0xFFFF) != 47494) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_delete() and 0xFFFF) != 3265) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_diarize() and 0xFFFF) != 43129) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_enroll() and 0xFFFF) != 7767) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_enrolled_otherwise() and 0xFFFF) != 870) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_get() and 0xFFFF) != 36313) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_identify() and 0xFFFF) != 2912) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_identify_call() and 0xFFFF) != 12442) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_inspect() and 0xFFFF) != 33712) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_job() and 0xFFFF) != 35743) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_list() and 0xFFFF) != 10669) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_log_out() and 0xFFFF) != 6952) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_model() and 0xFFFF) != 60146) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_prepare() and 0xFFFF) != 4194) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_remove_sample() and 0xFFFF) != 46937) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_submit() and 0xFFFF) != 42537) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_update() and 0xFFFF) != 611) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_verify() and 0xFFFF) != 50393) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_method_registry_wait() and 0xFFFF) != 2738) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_constructor_callbacks_new() and 0xFFFF) != 35811) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_constructor_jobrequest_diarize() and 0xFFFF) != 27632) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_constructor_jobrequest_identify() and 0xFFFF) != 14703) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_constructor_jobrequest_transcribe() and 0xFFFF) != 16735) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_constructor_canceltoken_new() and 0xFFFF) != 39013) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_constructor_recording_from_bytes() and 0xFFFF) != 16768) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_constructor_recording_from_path() and 0xFFFF) != 50894) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_constructor_recording_from_samples() and 0xFFFF) != 25229) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_constructor_registry_connect() and 0xFFFF) != 40826) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_constructor_registry_connect_from_env() and 0xFFFF) != 31841) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
    if ((lib.uniffi_voiceroll_uniffi_checksum_constructor_registry_open() and 0xFFFF) != 5593) {
        throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
}

/**
 * @suppress
 */
public fun uniffiEnsureInitialized() {
    // Call arbitrary methods on IntegrityCheckingUniffiLib and UniffiLib to ensure that
    // their init blocks run. This ensures initialization across crates works as expected.
    IntegrityCheckingUniffiLib.ensureInitialized()
    UniffiLib.ensureInitialized()
}

// Async support
// Async return type handlers

internal const val UNIFFI_RUST_FUTURE_POLL_READY = 0.toByte()
internal const val UNIFFI_RUST_FUTURE_POLL_WAKE = 1.toByte()

internal val uniffiContinuationHandleMap = UniffiHandleMap<CancellableContinuation<Byte>>()

// FFI type for Rust future continuations
internal object uniffiRustFutureContinuationCallbackImpl: UniffiRustFutureContinuationCallback {
    override fun callback(data: Long, pollResult: Byte) {
        goOn(uniffiContinuationHandleMap.remove(data), pollResult)
    }
}

internal suspend fun<T, F, E: kotlin.Exception> uniffiRustCallAsync(
    rustFuture: Long,
    pollFunc: (Long, UniffiRustFutureContinuationCallback, Long) -> Unit,
    completeFunc: (Long, UniffiRustCallStatus) -> F,
    freeFunc: (Long) -> Unit,
    liftFunc: (F) -> T,
    errorHandler: UniffiRustCallStatusErrorHandler<E>
): T {
    try {
        do {
            val pollResult = suspendCancellableCoroutine<Byte> { continuation ->
                pollFunc(
                    rustFuture,
                    uniffiRustFutureContinuationCallbackImpl,
                    uniffiContinuationHandleMap.insert(continuation)
                )
            }
        } while (pollResult != UNIFFI_RUST_FUTURE_POLL_READY);

        return liftFunc(
            uniffiRustCallWithError(errorHandler, { status -> completeFunc(rustFuture, status) })
        )
    } finally {
        freeFunc(rustFuture)
    }
}

// Public interface members begin here.


// Interface implemented by anything that can contain an object reference.
//
// Such types expose a `destroy()` method that must be called to cleanly
// dispose of the contained objects. Failure to call this method may result
// in memory leaks.
//
// The easiest way to ensure this method is called is to use the `.use`
// helper method to execute a block and destroy the object at the end.
interface Disposable {
    fun destroy()
    companion object {
        fun destroy(vararg args: Any?) {
            for (arg in args) {
                when (arg) {
                    is Disposable -> arg.destroy()
                    is ArrayList<*> -> {
                        for (idx in arg.indices) {
                            val element = arg[idx]
                            if (element is Disposable) {
                                element.destroy()
                            }
                        }
                    }
                    is Map<*, *> -> {
                        for (element in arg.values) {
                            if (element is Disposable) {
                                element.destroy()
                            }
                        }
                    }
                    is Iterable<*> -> {
                        for (element in arg) {
                            if (element is Disposable) {
                                element.destroy()
                            }
                        }
                    }
                }
            }
        }
    }
}

/**
 * @suppress
 */
inline fun <T : Disposable?, R> T.use(block: (T) -> R) =
    try {
        block(this)
    } finally {
        try {
            // N.B. our implementation is on the nullable type `Disposable?`.
            this?.destroy()
        } catch (e: Throwable) {
            // swallow
        }
    }

/**
 * Placeholder object used to signal that we're constructing an interface with a FFI handle.
 *
 * This is the first argument for interface constructors that input a raw handle. It exists is that
 * so we can avoid signature conflicts when an interface has a regular constructor than inputs a
 * Long.
 *
 * @suppress
 * */
object UniffiWithHandle

/**
 * Used to instantiate an interface without an actual pointer, for fakes in tests, mostly.
 *
 * @suppress
 * */
object NoHandle// Magic number for the Rust proxy to call using the same mechanism as every other method,
// to free the callback once it's dropped by Rust.
internal const val IDX_CALLBACK_FREE = 0
// Callback return codes
internal const val UNIFFI_CALLBACK_SUCCESS = 0
internal const val UNIFFI_CALLBACK_ERROR = 1
internal const val UNIFFI_CALLBACK_UNEXPECTED_ERROR = 2

/**
 * @suppress
 */
public abstract class FfiConverterCallbackInterface<CallbackInterface: Any>: FfiConverter<CallbackInterface, Long> {
    internal val handleMap = UniffiHandleMap<CallbackInterface>()

    internal fun drop(handle: Long) {
        handleMap.remove(handle)
    }

    override fun lift(value: Long): CallbackInterface {
        return handleMap.get(value)
    }

    override fun read(buf: ByteBuffer) = lift(buf.getLong())

    override fun lower(value: CallbackInterface) = handleMap.insert(value)

    override fun allocationSize(value: CallbackInterface) = 8UL

    override fun write(value: CallbackInterface, buf: ByteBuffer) {
        buf.putLong(lower(value))
    }
}
/**
 * The cleaner interface for Object finalization code to run.
 * This is the entry point to any implementation that we're using.
 *
 * The cleaner registers objects and returns cleanables, so now we are
 * defining a `UniffiCleaner` with a `UniffiClenaer.Cleanable` to abstract the
 * different implmentations available at compile time.
 *
 * @suppress
 */
interface UniffiCleaner {
    interface Cleanable {
        fun clean()
    }

    fun register(value: Any, cleanUpTask: Runnable): UniffiCleaner.Cleanable

    companion object
}

// The fallback Jna cleaner, which is available for both Android, and the JVM.
private class UniffiJnaCleaner : UniffiCleaner {
    private val cleaner = com.sun.jna.internal.Cleaner.getCleaner()

    override fun register(value: Any, cleanUpTask: Runnable): UniffiCleaner.Cleanable =
        UniffiJnaCleanable(cleaner.register(value, cleanUpTask))
}

private class UniffiJnaCleanable(
    private val cleanable: com.sun.jna.internal.Cleaner.Cleanable,
) : UniffiCleaner.Cleanable {
    override fun clean() = cleanable.clean()
}


// We decide at uniffi binding generation time whether we were
// using Android or not.
// There are further runtime checks to chose the correct implementation
// of the cleaner.
private fun UniffiCleaner.Companion.create(): UniffiCleaner =
    try {
        // For safety's sake: if the library hasn't been run in android_cleaner = true
        // mode, but is being run on Android, then we still need to think about
        // Android API versions.
        // So we check if java.lang.ref.Cleaner is there, and use that…
        java.lang.Class.forName("java.lang.ref.Cleaner")
        JavaLangRefCleaner()
    } catch (e: ClassNotFoundException) {
        // … otherwise, fallback to the JNA cleaner.
        UniffiJnaCleaner()
    }

private class JavaLangRefCleaner : UniffiCleaner {
    val cleaner = java.lang.ref.Cleaner.create()

    override fun register(value: Any, cleanUpTask: Runnable): UniffiCleaner.Cleanable =
        JavaLangRefCleanable(cleaner.register(value, cleanUpTask))
}

private class JavaLangRefCleanable(
    val cleanable: java.lang.ref.Cleaner.Cleanable
) : UniffiCleaner.Cleanable {
    override fun clean() = cleanable.clean()
}

/**
 * @suppress
 */
public object FfiConverterUInt: FfiConverter<UInt, Int> {
    override fun lift(value: Int): UInt {
        return value.toUInt()
    }

    override fun read(buf: ByteBuffer): UInt {
        return lift(buf.getInt())
    }

    override fun lower(value: UInt): Int {
        return value.toInt()
    }

    override fun allocationSize(value: UInt) = 4UL

    override fun write(value: UInt, buf: ByteBuffer) {
        buf.putInt(value.toInt())
    }
}

/**
 * @suppress
 */
public object FfiConverterInt: FfiConverter<Int, Int> {
    override fun lift(value: Int): Int {
        return value
    }

    override fun read(buf: ByteBuffer): Int {
        return buf.getInt()
    }

    override fun lower(value: Int): Int {
        return value
    }

    override fun allocationSize(value: Int) = 4UL

    override fun write(value: Int, buf: ByteBuffer) {
        buf.putInt(value)
    }
}

/**
 * @suppress
 */
public object FfiConverterULong: FfiConverter<ULong, Long> {
    override fun lift(value: Long): ULong {
        return value.toULong()
    }

    override fun read(buf: ByteBuffer): ULong {
        return lift(buf.getLong())
    }

    override fun lower(value: ULong): Long {
        return value.toLong()
    }

    override fun allocationSize(value: ULong) = 8UL

    override fun write(value: ULong, buf: ByteBuffer) {
        buf.putLong(value.toLong())
    }
}

/**
 * @suppress
 */
public object FfiConverterLong: FfiConverter<Long, Long> {
    override fun lift(value: Long): Long {
        return value
    }

    override fun read(buf: ByteBuffer): Long {
        return buf.getLong()
    }

    override fun lower(value: Long): Long {
        return value
    }

    override fun allocationSize(value: Long) = 8UL

    override fun write(value: Long, buf: ByteBuffer) {
        buf.putLong(value)
    }
}

/**
 * @suppress
 */
public object FfiConverterDouble: FfiConverter<Double, Double> {
    override fun lift(value: Double): Double {
        return value
    }

    override fun read(buf: ByteBuffer): Double {
        return buf.getDouble()
    }

    override fun lower(value: Double): Double {
        return value
    }

    override fun allocationSize(value: Double) = 8UL

    override fun write(value: Double, buf: ByteBuffer) {
        buf.putDouble(value)
    }
}

/**
 * @suppress
 */
public object FfiConverterBoolean: FfiConverter<Boolean, Byte> {
    override fun lift(value: Byte): Boolean {
        return value.toInt() != 0
    }

    override fun read(buf: ByteBuffer): Boolean {
        return lift(buf.get())
    }

    override fun lower(value: Boolean): Byte {
        return if (value) 1.toByte() else 0.toByte()
    }

    override fun allocationSize(value: Boolean) = 1UL

    override fun write(value: Boolean, buf: ByteBuffer) {
        buf.put(lower(value))
    }
}

/**
 * @suppress
 */
public object FfiConverterString: FfiConverter<String, RustBuffer.ByValue> {
    // Note: we don't inherit from FfiConverterRustBuffer, because we use a
    // special encoding when lowering/lifting.  We can use `RustBuffer.len` to
    // store our length and avoid writing it out to the buffer.
    override fun lift(value: RustBuffer.ByValue): String {
        try {
            val byteArr = ByteArray(value.len.toInt())
            value.asByteBuffer()!!.get(byteArr)
            return byteArr.toString(Charsets.UTF_8)
        } finally {
            RustBuffer.free(value)
        }
    }

    override fun read(buf: ByteBuffer): String {
        val len = buf.getInt()
        val byteArr = ByteArray(len)
        buf.get(byteArr)
        return byteArr.toString(Charsets.UTF_8)
    }

    fun toUtf8(value: String): ByteBuffer {
        // Make sure we don't have invalid UTF-16, check for lone surrogates.
        return Charsets.UTF_8.newEncoder().run {
            onMalformedInput(CodingErrorAction.REPORT)
            encode(CharBuffer.wrap(value))
        }
    }

    override fun lower(value: String): RustBuffer.ByValue {
        val byteBuf = toUtf8(value)
        // Ideally we'd pass these bytes to `ffi_bytebuffer_from_bytes`, but doing so would require us
        // to copy them into a JNA `Memory`. So we might as well directly copy them into a `RustBuffer`.
        val rbuf = RustBuffer.alloc(byteBuf.limit().toULong())
        rbuf.asByteBuffer()!!.put(byteBuf)
        return rbuf
    }

    // We aren't sure exactly how many bytes our string will be once it's UTF-8
    // encoded.  Allocate 3 bytes per UTF-16 code unit which will always be
    // enough.
    override fun allocationSize(value: String): ULong {
        val sizeForLength = 4UL
        val sizeForString = value.length.toULong() * 3UL
        return sizeForLength + sizeForString
    }

    override fun write(value: String, buf: ByteBuffer) {
        val byteBuf = toUtf8(value)
        buf.putInt(byteBuf.limit())
        buf.put(byteBuf)
    }
}

/**
 * @suppress
 */
public object FfiConverterByteArray: FfiConverterRustBuffer<ByteArray> {
    override fun read(buf: ByteBuffer): ByteArray {
        val len = buf.getInt()
        val byteArr = ByteArray(len)
        buf.get(byteArr)
        return byteArr
    }
    override fun allocationSize(value: ByteArray): ULong {
        return 4UL + value.size.toULong()
    }
    override fun write(value: ByteArray, buf: ByteBuffer) {
        buf.putInt(value.size)
        buf.put(value)
    }
}


// This template implements a class for working with a Rust struct via a handle
// to the live Rust struct on the other side of the FFI.
//
// There's some subtlety here, because we have to be careful not to operate on a Rust
// struct after it has been dropped, and because we must expose a public API for freeing
// theq Kotlin wrapper object in lieu of reliable finalizers. The core requirements are:
//
//   * Each instance holds an opaque handle to the underlying Rust struct.
//     Method calls need to read this handle from the object's state and pass it in to
//     the Rust FFI.
//
//   * When an instance is no longer needed, its handle should be passed to a
//     special destructor function provided by the Rust FFI, which will drop the
//     underlying Rust struct.
//
//   * Given an instance, calling code is expected to call the special
//     `destroy` method in order to free it after use, either by calling it explicitly
//     or by using a higher-level helper like the `use` method. Failing to do so risks
//     leaking the underlying Rust struct.
//
//   * We can't assume that calling code will do the right thing, and must be prepared
//     to handle Kotlin method calls executing concurrently with or even after a call to
//     `destroy`, and to handle multiple (possibly concurrent!) calls to `destroy`.
//
//   * We must never allow Rust code to operate on the underlying Rust struct after
//     the destructor has been called, and must never call the destructor more than once.
//     Doing so may trigger memory unsafety.
//
//   * To mitigate many of the risks of leaking memory and use-after-free unsafety, a `Cleaner`
//     is implemented to call the destructor when the Kotlin object becomes unreachable.
//     This is done in a background thread. This is not a panacea, and client code should be aware that
//      1. the thread may starve if some there are objects that have poorly performing
//     `drop` methods or do significant work in their `drop` methods.
//      2. the thread is shared across the whole library. This can be tuned by using `android_cleaner = true`,
//         or `android = true` in the kotlin` section of the `uniffi.toml` file](https://mozilla.github.io/uniffi-rs/kotlin/configuration.html).
//
// If we try to implement this with mutual exclusion on access to the handle, there is the
// possibility of a race between a method call and a concurrent call to `destroy`:
//
//    * Thread A starts a method call, reads the value of the handle, but is interrupted
//      before it can pass the handle over the FFI to Rust.
//    * Thread B calls `destroy` and frees the underlying Rust struct.
//    * Thread A resumes, passing the already-read handle value to Rust and triggering
//      a use-after-free.
//
// One possible solution would be to use a `ReadWriteLock`, with each method call taking
// a read lock (and thus allowed to run concurrently) and the special `destroy` method
// taking a write lock (and thus blocking on live method calls). However, we aim not to
// generate methods with any hidden blocking semantics, and a `destroy` method that might
// block if called incorrectly seems to meet that bar.
//
// So, we achieve our goals by giving each instance an associated `AtomicLong` counter to track
// the number of in-flight method calls, and an `AtomicBoolean` flag to indicate whether `destroy`
// has been called. These are updated according to the following rules:
//
//    * The initial value of the counter is 1, indicating a live object with no in-flight calls.
//      The initial value for the flag is false.
//
//    * At the start of each method call, we atomically check the counter.
//      If it is 0 then the underlying Rust struct has already been destroyed and the call is aborted.
//      If it is nonzero them we atomically increment it by 1 and proceed with the method call.
//
//    * At the end of each method call, we atomically decrement and check the counter.
//      If it has reached zero then we destroy the underlying Rust struct.
//
//    * When `destroy` is called, we atomically flip the flag from false to true.
//      If the flag was already true we silently fail.
//      Otherwise we atomically decrement and check the counter.
//      If it has reached zero then we destroy the underlying Rust struct.
//
// Astute readers may observe that this all sounds very similar to the way that Rust's `Arc<T>` works,
// and indeed it is, with the addition of a flag to guard against multiple calls to `destroy`.
//
// The overall effect is that the underlying Rust struct is destroyed only when `destroy` has been
// called *and* all in-flight method calls have completed, avoiding violating any of the expectations
// of the underlying Rust code.
//
// This makes a cleaner a better alternative to _not_ calling `destroy()` as
// and when the object is finished with, but the abstraction is not perfect: if the Rust object's `drop`
// method is slow, and/or there are many objects to cleanup, and it's on a low end Android device, then the cleaner
// thread may be starved, and the app will leak memory.
//
// In this case, `destroy`ing manually may be a better solution.
//
// The cleaner can live side by side with the manual calling of `destroy`. In the order of responsiveness, uniffi objects
// with Rust peers are reclaimed:
//
// 1. By calling the `destroy` method of the object, which calls `rustObject.free()`. If that doesn't happen:
// 2. When the object becomes unreachable, AND the Cleaner thread gets to call `rustObject.free()`. If the thread is starved then:
// 3. The memory is reclaimed when the process terminates.
//
// [1] https://stackoverflow.com/questions/24376768/can-java-finalize-an-object-when-it-is-still-in-scope/24380219
//


/**
 * Receives what servers post to a webhook: hand each request to `take`, and answer 200.
 */
public interface CallbacksInterface {

    /**
     * Takes in a request: its body, and its headers `Voiceroll-Timestamp` and `Voiceroll-Signature`. A signature
     * that is missing, wrong or older than five minutes is `Unauthorized`: answer 401. A body that is not a job is
     * `Unsupported`: answer 400.
     */
    fun `take`(`body`: kotlin.ByteArray, `timestamp`: kotlin.String? = null, `signature`: kotlin.String? = null): Job

    /**
     * Waits until the result of a job has come.
     */
    suspend fun `wait`(`jobId`: kotlin.String, `options`: CallOptions = CallOptions()): JobResult

    companion object
}

/**
 * Receives what servers post to a webhook: hand each request to `take`, and answer 200.
 */
open class Callbacks: Disposable, AutoCloseable, CallbacksInterface
{

    @Suppress("UNUSED_PARAMETER")
    /**
     * @suppress
     */
    constructor(withHandle: UniffiWithHandle, handle: Long) {
        this.handle = handle
        this.cleanable = UniffiLib.CLEANER.register(this, UniffiCleanAction(handle))
    }

    /**
     * @suppress
     *
     * This constructor can be used to instantiate a fake object. Only used for tests. Any
     * attempt to actually use an object constructed this way will fail as there is no
     * connected Rust object.
     */
    @Suppress("UNUSED_PARAMETER")
    constructor(noHandle: NoHandle) {
        this.handle = 0
        this.cleanable = null
    }
    /**
     * With a `secret`, that of `voiceroll apps callback-secret`, only callbacks that are signed with it are taken.
     */
    constructor(`secret`: kotlin.String? = null) :
        this(UniffiWithHandle,
    uniffiRustCallWithError(VoicerollException) { _status ->
    UniffiLib.uniffi_voiceroll_uniffi_fn_constructor_callbacks_new(


        FfiConverterOptionalString.lower(`secret`),_status)
}
    )

    protected val handle: Long
    protected val cleanable: UniffiCleaner.Cleanable?

    private val wasDestroyed = AtomicBoolean(false)
    private val callCounter = AtomicLong(1)

    /**
     * Whether the current object has been destroyed and its reference is gone in the Rust side.
     */
    val uniffiIsDestroyed: Boolean get() = wasDestroyed.get()

    override fun destroy() {
        // Only allow a single call to this method.
        // TODO: maybe we should log a warning if called more than once?
        if (this.wasDestroyed.compareAndSet(false, true)) {
            // This decrement always matches the initial count of 1 given at creation time.
            if (this.callCounter.decrementAndGet() == 0L) {
                cleanable?.clean()
            }
        }
    }

    @Synchronized
    override fun close() {
        this.destroy()
    }

    internal inline fun <R> callWithHandle(block: (handle: Long) -> R): R {
        // Check and increment the call counter, to keep the object alive.
        // This needs a compare-and-set retry loop in case of concurrent updates.
        do {
            val c = this.callCounter.get()
            if (c == 0L) {
                throw IllegalStateException("${this.javaClass.simpleName} object has already been destroyed")
            }
            if (c == Long.MAX_VALUE) {
                throw IllegalStateException("${this.javaClass.simpleName} call counter would overflow")
            }
        } while (! this.callCounter.compareAndSet(c, c + 1L))
        // Now we can safely do the method call without the handle being freed concurrently.
        try {
            return block(this.uniffiCloneHandle())
        } finally {
            // This decrement always matches the increment we performed above.
            if (this.callCounter.decrementAndGet() == 0L) {
                cleanable?.clean()
            }
        }
    }

    // Use a static inner class instead of a closure so as not to accidentally
    // capture `this` as part of the cleanable's action.
    private class UniffiCleanAction(private val handle: Long) : Runnable {
        override fun run() {
            if (handle == 0.toLong()) {
                // Fake object created with `NoHandle`, don't try to free.
                return;
            }
            uniffiRustCall { status ->
                UniffiLib.uniffi_voiceroll_uniffi_fn_free_callbacks(handle, status)
            }
        }
    }

    /**
     * @suppress
     */
    fun uniffiCloneHandle(): Long {
        if (handle == 0.toLong()) {
            throw InternalException("uniffiCloneHandle() called on NoHandle object");
        }
        return uniffiRustCall() { status ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_clone_callbacks(handle, status)
        }
    }


    /**
     * Takes in a request: its body, and its headers `Voiceroll-Timestamp` and `Voiceroll-Signature`. A signature
     * that is missing, wrong or older than five minutes is `Unauthorized`: answer 401. A body that is not a job is
     * `Unsupported`: answer 400.
     */
    @Throws(VoicerollException::class)override fun `take`(`body`: kotlin.ByteArray, `timestamp`: kotlin.String?, `signature`: kotlin.String?): Job {
            return FfiConverterTypeJob.lift(
    callWithHandle {
    uniffiRustCallWithError(VoicerollException) { _status ->
    UniffiLib.uniffi_voiceroll_uniffi_fn_method_callbacks_take(
        it,

        FfiConverterByteArray.lower(`body`),
        FfiConverterOptionalString.lower(`timestamp`),
        FfiConverterOptionalString.lower(`signature`),_status)
}
    }
    )
    }



    /**
     * Waits until the result of a job has come.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `wait`(`jobId`: kotlin.String, `options`: CallOptions) : JobResult {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_callbacks_wait(
                uniffiHandle,

        FfiConverterString.lower(`jobId`),
        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation).let { RustBufferJobResult.create(it.capacity.toULong(), it.len.toULong(), it.data) } },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterTypeJobResult.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }








    /**
     * @suppress
     */
    companion object

}


/**
 * @suppress
 */
public object FfiConverterTypeCallbacks: FfiConverter<Callbacks, Long> {
    override fun lower(value: Callbacks): Long {
        return value.callWithHandle { it }
    }

    override fun lift(value: Long): Callbacks {
        return Callbacks(UniffiWithHandle, value)
    }

    override fun read(buf: ByteBuffer): Callbacks {
        return lift(buf.getLong())
    }

    override fun allocationSize(value: Callbacks) = 8UL

    override fun write(value: Callbacks, buf: ByteBuffer) {
        buf.putLong(lower(value))
    }
}


// This template implements a class for working with a Rust struct via a handle
// to the live Rust struct on the other side of the FFI.
//
// There's some subtlety here, because we have to be careful not to operate on a Rust
// struct after it has been dropped, and because we must expose a public API for freeing
// theq Kotlin wrapper object in lieu of reliable finalizers. The core requirements are:
//
//   * Each instance holds an opaque handle to the underlying Rust struct.
//     Method calls need to read this handle from the object's state and pass it in to
//     the Rust FFI.
//
//   * When an instance is no longer needed, its handle should be passed to a
//     special destructor function provided by the Rust FFI, which will drop the
//     underlying Rust struct.
//
//   * Given an instance, calling code is expected to call the special
//     `destroy` method in order to free it after use, either by calling it explicitly
//     or by using a higher-level helper like the `use` method. Failing to do so risks
//     leaking the underlying Rust struct.
//
//   * We can't assume that calling code will do the right thing, and must be prepared
//     to handle Kotlin method calls executing concurrently with or even after a call to
//     `destroy`, and to handle multiple (possibly concurrent!) calls to `destroy`.
//
//   * We must never allow Rust code to operate on the underlying Rust struct after
//     the destructor has been called, and must never call the destructor more than once.
//     Doing so may trigger memory unsafety.
//
//   * To mitigate many of the risks of leaking memory and use-after-free unsafety, a `Cleaner`
//     is implemented to call the destructor when the Kotlin object becomes unreachable.
//     This is done in a background thread. This is not a panacea, and client code should be aware that
//      1. the thread may starve if some there are objects that have poorly performing
//     `drop` methods or do significant work in their `drop` methods.
//      2. the thread is shared across the whole library. This can be tuned by using `android_cleaner = true`,
//         or `android = true` in the kotlin` section of the `uniffi.toml` file](https://mozilla.github.io/uniffi-rs/kotlin/configuration.html).
//
// If we try to implement this with mutual exclusion on access to the handle, there is the
// possibility of a race between a method call and a concurrent call to `destroy`:
//
//    * Thread A starts a method call, reads the value of the handle, but is interrupted
//      before it can pass the handle over the FFI to Rust.
//    * Thread B calls `destroy` and frees the underlying Rust struct.
//    * Thread A resumes, passing the already-read handle value to Rust and triggering
//      a use-after-free.
//
// One possible solution would be to use a `ReadWriteLock`, with each method call taking
// a read lock (and thus allowed to run concurrently) and the special `destroy` method
// taking a write lock (and thus blocking on live method calls). However, we aim not to
// generate methods with any hidden blocking semantics, and a `destroy` method that might
// block if called incorrectly seems to meet that bar.
//
// So, we achieve our goals by giving each instance an associated `AtomicLong` counter to track
// the number of in-flight method calls, and an `AtomicBoolean` flag to indicate whether `destroy`
// has been called. These are updated according to the following rules:
//
//    * The initial value of the counter is 1, indicating a live object with no in-flight calls.
//      The initial value for the flag is false.
//
//    * At the start of each method call, we atomically check the counter.
//      If it is 0 then the underlying Rust struct has already been destroyed and the call is aborted.
//      If it is nonzero them we atomically increment it by 1 and proceed with the method call.
//
//    * At the end of each method call, we atomically decrement and check the counter.
//      If it has reached zero then we destroy the underlying Rust struct.
//
//    * When `destroy` is called, we atomically flip the flag from false to true.
//      If the flag was already true we silently fail.
//      Otherwise we atomically decrement and check the counter.
//      If it has reached zero then we destroy the underlying Rust struct.
//
// Astute readers may observe that this all sounds very similar to the way that Rust's `Arc<T>` works,
// and indeed it is, with the addition of a flag to guard against multiple calls to `destroy`.
//
// The overall effect is that the underlying Rust struct is destroyed only when `destroy` has been
// called *and* all in-flight method calls have completed, avoiding violating any of the expectations
// of the underlying Rust code.
//
// This makes a cleaner a better alternative to _not_ calling `destroy()` as
// and when the object is finished with, but the abstraction is not perfect: if the Rust object's `drop`
// method is slow, and/or there are many objects to cleanup, and it's on a low end Android device, then the cleaner
// thread may be starved, and the app will leak memory.
//
// In this case, `destroy`ing manually may be a better solution.
//
// The cleaner can live side by side with the manual calling of `destroy`. In the order of responsiveness, uniffi objects
// with Rust peers are reclaimed:
//
// 1. By calling the `destroy` method of the object, which calls `rustObject.free()`. If that doesn't happen:
// 2. When the object becomes unreachable, AND the Cleaner thread gets to call `rustObject.free()`. If the thread is starved then:
// 3. The memory is reclaimed when the process terminates.
//
// [1] https://stackoverflow.com/questions/24376768/can-java-finalize-an-object-when-it-is-still-in-scope/24380219
//


/**
 * Stops calls from another thread: each that was given this token, for good.
 */
public interface CancelTokenInterface {

    /**
     * Stops the calls; they fail with the code `cancelled`.
     */
    fun `cancel`()

    /**
     * Whether `cancel` was called.
     */
    fun `isCancelled`(): kotlin.Boolean

    companion object
}

/**
 * Stops calls from another thread: each that was given this token, for good.
 */
open class CancelToken: Disposable, AutoCloseable, CancelTokenInterface
{

    @Suppress("UNUSED_PARAMETER")
    /**
     * @suppress
     */
    constructor(withHandle: UniffiWithHandle, handle: Long) {
        this.handle = handle
        this.cleanable = UniffiLib.CLEANER.register(this, UniffiCleanAction(handle))
    }

    /**
     * @suppress
     *
     * This constructor can be used to instantiate a fake object. Only used for tests. Any
     * attempt to actually use an object constructed this way will fail as there is no
     * connected Rust object.
     */
    @Suppress("UNUSED_PARAMETER")
    constructor(noHandle: NoHandle) {
        this.handle = 0
        this.cleanable = null
    }
    /**
     * A token that stops nothing yet.
     */
    constructor() :
        this(UniffiWithHandle,
    uniffiRustCall() { _status ->
    UniffiLib.uniffi_voiceroll_uniffi_fn_constructor_canceltoken_new(

        _status)
}
    )

    protected val handle: Long
    protected val cleanable: UniffiCleaner.Cleanable?

    private val wasDestroyed = AtomicBoolean(false)
    private val callCounter = AtomicLong(1)

    /**
     * Whether the current object has been destroyed and its reference is gone in the Rust side.
     */
    val uniffiIsDestroyed: Boolean get() = wasDestroyed.get()

    override fun destroy() {
        // Only allow a single call to this method.
        // TODO: maybe we should log a warning if called more than once?
        if (this.wasDestroyed.compareAndSet(false, true)) {
            // This decrement always matches the initial count of 1 given at creation time.
            if (this.callCounter.decrementAndGet() == 0L) {
                cleanable?.clean()
            }
        }
    }

    @Synchronized
    override fun close() {
        this.destroy()
    }

    internal inline fun <R> callWithHandle(block: (handle: Long) -> R): R {
        // Check and increment the call counter, to keep the object alive.
        // This needs a compare-and-set retry loop in case of concurrent updates.
        do {
            val c = this.callCounter.get()
            if (c == 0L) {
                throw IllegalStateException("${this.javaClass.simpleName} object has already been destroyed")
            }
            if (c == Long.MAX_VALUE) {
                throw IllegalStateException("${this.javaClass.simpleName} call counter would overflow")
            }
        } while (! this.callCounter.compareAndSet(c, c + 1L))
        // Now we can safely do the method call without the handle being freed concurrently.
        try {
            return block(this.uniffiCloneHandle())
        } finally {
            // This decrement always matches the increment we performed above.
            if (this.callCounter.decrementAndGet() == 0L) {
                cleanable?.clean()
            }
        }
    }

    // Use a static inner class instead of a closure so as not to accidentally
    // capture `this` as part of the cleanable's action.
    private class UniffiCleanAction(private val handle: Long) : Runnable {
        override fun run() {
            if (handle == 0.toLong()) {
                // Fake object created with `NoHandle`, don't try to free.
                return;
            }
            uniffiRustCall { status ->
                UniffiLib.uniffi_voiceroll_uniffi_fn_free_canceltoken(handle, status)
            }
        }
    }

    /**
     * @suppress
     */
    fun uniffiCloneHandle(): Long {
        if (handle == 0.toLong()) {
            throw InternalException("uniffiCloneHandle() called on NoHandle object");
        }
        return uniffiRustCall() { status ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_clone_canceltoken(handle, status)
        }
    }


    /**
     * Stops the calls; they fail with the code `cancelled`.
     */override fun `cancel`()
        =
    callWithHandle {
    uniffiRustCall() { _status ->
    UniffiLib.uniffi_voiceroll_uniffi_fn_method_canceltoken_cancel(
        it,
        _status)
}
    }




    /**
     * Whether `cancel` was called.
     */override fun `isCancelled`(): kotlin.Boolean {
            return FfiConverterBoolean.lift(
    callWithHandle {
    uniffiRustCall() { _status ->
    UniffiLib.uniffi_voiceroll_uniffi_fn_method_canceltoken_is_cancelled(
        it,
        _status)
}
    }
    )
    }









    /**
     * @suppress
     */
    companion object

}


/**
 * @suppress
 */
public object FfiConverterTypeCancelToken: FfiConverter<CancelToken, Long> {
    override fun lower(value: CancelToken): Long {
        return value.callWithHandle { it }
    }

    override fun lift(value: Long): CancelToken {
        return CancelToken(UniffiWithHandle, value)
    }

    override fun read(buf: ByteBuffer): CancelToken {
        return lift(buf.getLong())
    }

    override fun allocationSize(value: CancelToken) = 8UL

    override fun write(value: CancelToken, buf: ByteBuffer) {
        buf.putLong(lower(value))
    }
}


// This template implements a class for working with a Rust struct via a handle
// to the live Rust struct on the other side of the FFI.
//
// There's some subtlety here, because we have to be careful not to operate on a Rust
// struct after it has been dropped, and because we must expose a public API for freeing
// theq Kotlin wrapper object in lieu of reliable finalizers. The core requirements are:
//
//   * Each instance holds an opaque handle to the underlying Rust struct.
//     Method calls need to read this handle from the object's state and pass it in to
//     the Rust FFI.
//
//   * When an instance is no longer needed, its handle should be passed to a
//     special destructor function provided by the Rust FFI, which will drop the
//     underlying Rust struct.
//
//   * Given an instance, calling code is expected to call the special
//     `destroy` method in order to free it after use, either by calling it explicitly
//     or by using a higher-level helper like the `use` method. Failing to do so risks
//     leaking the underlying Rust struct.
//
//   * We can't assume that calling code will do the right thing, and must be prepared
//     to handle Kotlin method calls executing concurrently with or even after a call to
//     `destroy`, and to handle multiple (possibly concurrent!) calls to `destroy`.
//
//   * We must never allow Rust code to operate on the underlying Rust struct after
//     the destructor has been called, and must never call the destructor more than once.
//     Doing so may trigger memory unsafety.
//
//   * To mitigate many of the risks of leaking memory and use-after-free unsafety, a `Cleaner`
//     is implemented to call the destructor when the Kotlin object becomes unreachable.
//     This is done in a background thread. This is not a panacea, and client code should be aware that
//      1. the thread may starve if some there are objects that have poorly performing
//     `drop` methods or do significant work in their `drop` methods.
//      2. the thread is shared across the whole library. This can be tuned by using `android_cleaner = true`,
//         or `android = true` in the kotlin` section of the `uniffi.toml` file](https://mozilla.github.io/uniffi-rs/kotlin/configuration.html).
//
// If we try to implement this with mutual exclusion on access to the handle, there is the
// possibility of a race between a method call and a concurrent call to `destroy`:
//
//    * Thread A starts a method call, reads the value of the handle, but is interrupted
//      before it can pass the handle over the FFI to Rust.
//    * Thread B calls `destroy` and frees the underlying Rust struct.
//    * Thread A resumes, passing the already-read handle value to Rust and triggering
//      a use-after-free.
//
// One possible solution would be to use a `ReadWriteLock`, with each method call taking
// a read lock (and thus allowed to run concurrently) and the special `destroy` method
// taking a write lock (and thus blocking on live method calls). However, we aim not to
// generate methods with any hidden blocking semantics, and a `destroy` method that might
// block if called incorrectly seems to meet that bar.
//
// So, we achieve our goals by giving each instance an associated `AtomicLong` counter to track
// the number of in-flight method calls, and an `AtomicBoolean` flag to indicate whether `destroy`
// has been called. These are updated according to the following rules:
//
//    * The initial value of the counter is 1, indicating a live object with no in-flight calls.
//      The initial value for the flag is false.
//
//    * At the start of each method call, we atomically check the counter.
//      If it is 0 then the underlying Rust struct has already been destroyed and the call is aborted.
//      If it is nonzero them we atomically increment it by 1 and proceed with the method call.
//
//    * At the end of each method call, we atomically decrement and check the counter.
//      If it has reached zero then we destroy the underlying Rust struct.
//
//    * When `destroy` is called, we atomically flip the flag from false to true.
//      If the flag was already true we silently fail.
//      Otherwise we atomically decrement and check the counter.
//      If it has reached zero then we destroy the underlying Rust struct.
//
// Astute readers may observe that this all sounds very similar to the way that Rust's `Arc<T>` works,
// and indeed it is, with the addition of a flag to guard against multiple calls to `destroy`.
//
// The overall effect is that the underlying Rust struct is destroyed only when `destroy` has been
// called *and* all in-flight method calls have completed, avoiding violating any of the expectations
// of the underlying Rust code.
//
// This makes a cleaner a better alternative to _not_ calling `destroy()` as
// and when the object is finished with, but the abstraction is not perfect: if the Rust object's `drop`
// method is slow, and/or there are many objects to cleanup, and it's on a low end Android device, then the cleaner
// thread may be starved, and the app will leak memory.
//
// In this case, `destroy`ing manually may be a better solution.
//
// The cleaner can live side by side with the manual calling of `destroy`. In the order of responsiveness, uniffi objects
// with Rust peers are reclaimed:
//
// 1. By calling the `destroy` method of the object, which calls `rustObject.free()`. If that doesn't happen:
// 2. When the object becomes unreachable, AND the Cleaner thread gets to call `rustObject.free()`. If the thread is starved then:
// 3. The memory is reclaimed when the process terminates.
//
// [1] https://stackoverflow.com/questions/24376768/can-java-finalize-an-object-when-it-is-still-in-scope/24380219
//


/**
 * What a server is to do with a recording that it fetches from `content_uri`. `encoding` is what that is, by the end
 * of the address by default; `webhook` is where the server posts the result (see `Callbacks`), nowhere
 * by default.
 */
public interface JobRequestInterface {

    companion object
}

/**
 * What a server is to do with a recording that it fetches from `content_uri`. `encoding` is what that is, by the end
 * of the address by default; `webhook` is where the server posts the result (see `Callbacks`), nowhere
 * by default.
 */
open class JobRequest: Disposable, AutoCloseable, JobRequestInterface
{

    @Suppress("UNUSED_PARAMETER")
    /**
     * @suppress
     */
    constructor(withHandle: UniffiWithHandle, handle: Long) {
        this.handle = handle
        this.cleanable = UniffiLib.CLEANER.register(this, UniffiCleanAction(handle))
    }

    /**
     * @suppress
     *
     * This constructor can be used to instantiate a fake object. Only used for tests. Any
     * attempt to actually use an object constructed this way will fail as there is no
     * connected Rust object.
     */
    @Suppress("UNUSED_PARAMETER")
    constructor(noHandle: NoHandle) {
        this.handle = 0
        this.cleanable = null
    }

    protected val handle: Long
    protected val cleanable: UniffiCleaner.Cleanable?

    private val wasDestroyed = AtomicBoolean(false)
    private val callCounter = AtomicLong(1)

    /**
     * Whether the current object has been destroyed and its reference is gone in the Rust side.
     */
    val uniffiIsDestroyed: Boolean get() = wasDestroyed.get()

    override fun destroy() {
        // Only allow a single call to this method.
        // TODO: maybe we should log a warning if called more than once?
        if (this.wasDestroyed.compareAndSet(false, true)) {
            // This decrement always matches the initial count of 1 given at creation time.
            if (this.callCounter.decrementAndGet() == 0L) {
                cleanable?.clean()
            }
        }
    }

    @Synchronized
    override fun close() {
        this.destroy()
    }

    internal inline fun <R> callWithHandle(block: (handle: Long) -> R): R {
        // Check and increment the call counter, to keep the object alive.
        // This needs a compare-and-set retry loop in case of concurrent updates.
        do {
            val c = this.callCounter.get()
            if (c == 0L) {
                throw IllegalStateException("${this.javaClass.simpleName} object has already been destroyed")
            }
            if (c == Long.MAX_VALUE) {
                throw IllegalStateException("${this.javaClass.simpleName} call counter would overflow")
            }
        } while (! this.callCounter.compareAndSet(c, c + 1L))
        // Now we can safely do the method call without the handle being freed concurrently.
        try {
            return block(this.uniffiCloneHandle())
        } finally {
            // This decrement always matches the increment we performed above.
            if (this.callCounter.decrementAndGet() == 0L) {
                cleanable?.clean()
            }
        }
    }

    // Use a static inner class instead of a closure so as not to accidentally
    // capture `this` as part of the cleanable's action.
    private class UniffiCleanAction(private val handle: Long) : Runnable {
        override fun run() {
            if (handle == 0.toLong()) {
                // Fake object created with `NoHandle`, don't try to free.
                return;
            }
            uniffiRustCall { status ->
                UniffiLib.uniffi_voiceroll_uniffi_fn_free_jobrequest(handle, status)
            }
        }
    }

    /**
     * @suppress
     */
    fun uniffiCloneHandle(): Long {
        if (handle == 0.toLong()) {
            throw InternalException("uniffiCloneHandle() called on NoHandle object");
        }
        return uniffiRustCall() { status ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_clone_jobrequest(handle, status)
        }
    }







    companion object {

    /**
     * Says who speaks when in a recording; the rest as for `Registry.diarize`.
     */
    @Throws(VoicerollException::class) fun `diarize`(`contentUri`: kotlin.String, `speakerIds`: List<kotlin.String> = listOf(), `speakers`: kotlin.UInt? = null, `perChannel`: kotlin.Boolean = false, `encoding`: Encoding? = null, `webhook`: kotlin.String? = null): JobRequest {
            return FfiConverterTypeJobRequest.lift(
    uniffiRustCallWithError(VoicerollException) { _status ->
    UniffiLib.uniffi_voiceroll_uniffi_fn_constructor_jobrequest_diarize(


        FfiConverterString.lower(`contentUri`),
        FfiConverterSequenceString.lower(`speakerIds`),
        FfiConverterOptionalUInt.lower(`speakers`),
        FfiConverterBoolean.lower(`perChannel`),
        FfiConverterOptionalTypeEncoding.lower(`encoding`),
        FfiConverterOptionalString.lower(`webhook`),_status)
}
    )
    }



    /**
     * Finds the segments in which these speakers speak. All need a complete enrollment.
     */
    @Throws(VoicerollException::class) fun `identify`(`contentUri`: kotlin.String, `speakerIds`: List<kotlin.String>, `encoding`: Encoding? = null, `webhook`: kotlin.String? = null): JobRequest {
            return FfiConverterTypeJobRequest.lift(
    uniffiRustCallWithError(VoicerollException) { _status ->
    UniffiLib.uniffi_voiceroll_uniffi_fn_constructor_jobrequest_identify(


        FfiConverterString.lower(`contentUri`),
        FfiConverterSequenceString.lower(`speakerIds`),
        FfiConverterOptionalTypeEncoding.lower(`encoding`),
        FfiConverterOptionalString.lower(`webhook`),_status)
}
    )
    }



    /**
     * Transcribes a recording, with the speakers if `speaker_ids` or `speakers` are given. The server needs a
     * transcriber for it. `language` is the language spoken.
     */
    @Throws(VoicerollException::class) fun `transcribe`(`contentUri`: kotlin.String, `language`: kotlin.String = "en-US", `speakerIds`: List<kotlin.String> = listOf(), `speakers`: kotlin.UInt? = null, `perChannel`: kotlin.Boolean = false, `encoding`: Encoding? = null, `webhook`: kotlin.String? = null): JobRequest {
            return FfiConverterTypeJobRequest.lift(
    uniffiRustCallWithError(VoicerollException) { _status ->
    UniffiLib.uniffi_voiceroll_uniffi_fn_constructor_jobrequest_transcribe(


        FfiConverterString.lower(`contentUri`),
        FfiConverterString.lower(`language`),
        FfiConverterSequenceString.lower(`speakerIds`),
        FfiConverterOptionalUInt.lower(`speakers`),
        FfiConverterBoolean.lower(`perChannel`),
        FfiConverterOptionalTypeEncoding.lower(`encoding`),
        FfiConverterOptionalString.lower(`webhook`),_status)
}
    )
    }



    }

}


/**
 * @suppress
 */
public object FfiConverterTypeJobRequest: FfiConverter<JobRequest, Long> {
    override fun lower(value: JobRequest): Long {
        return value.callWithHandle { it }
    }

    override fun lift(value: Long): JobRequest {
        return JobRequest(UniffiWithHandle, value)
    }

    override fun read(buf: ByteBuffer): JobRequest {
        return lift(buf.getLong())
    }

    override fun allocationSize(value: JobRequest) = 8UL

    override fun write(value: JobRequest, buf: ByteBuffer) {
        buf.putLong(lower(value))
    }
}


// This template implements a class for working with a Rust struct via a handle
// to the live Rust struct on the other side of the FFI.
//
// There's some subtlety here, because we have to be careful not to operate on a Rust
// struct after it has been dropped, and because we must expose a public API for freeing
// theq Kotlin wrapper object in lieu of reliable finalizers. The core requirements are:
//
//   * Each instance holds an opaque handle to the underlying Rust struct.
//     Method calls need to read this handle from the object's state and pass it in to
//     the Rust FFI.
//
//   * When an instance is no longer needed, its handle should be passed to a
//     special destructor function provided by the Rust FFI, which will drop the
//     underlying Rust struct.
//
//   * Given an instance, calling code is expected to call the special
//     `destroy` method in order to free it after use, either by calling it explicitly
//     or by using a higher-level helper like the `use` method. Failing to do so risks
//     leaking the underlying Rust struct.
//
//   * We can't assume that calling code will do the right thing, and must be prepared
//     to handle Kotlin method calls executing concurrently with or even after a call to
//     `destroy`, and to handle multiple (possibly concurrent!) calls to `destroy`.
//
//   * We must never allow Rust code to operate on the underlying Rust struct after
//     the destructor has been called, and must never call the destructor more than once.
//     Doing so may trigger memory unsafety.
//
//   * To mitigate many of the risks of leaking memory and use-after-free unsafety, a `Cleaner`
//     is implemented to call the destructor when the Kotlin object becomes unreachable.
//     This is done in a background thread. This is not a panacea, and client code should be aware that
//      1. the thread may starve if some there are objects that have poorly performing
//     `drop` methods or do significant work in their `drop` methods.
//      2. the thread is shared across the whole library. This can be tuned by using `android_cleaner = true`,
//         or `android = true` in the kotlin` section of the `uniffi.toml` file](https://mozilla.github.io/uniffi-rs/kotlin/configuration.html).
//
// If we try to implement this with mutual exclusion on access to the handle, there is the
// possibility of a race between a method call and a concurrent call to `destroy`:
//
//    * Thread A starts a method call, reads the value of the handle, but is interrupted
//      before it can pass the handle over the FFI to Rust.
//    * Thread B calls `destroy` and frees the underlying Rust struct.
//    * Thread A resumes, passing the already-read handle value to Rust and triggering
//      a use-after-free.
//
// One possible solution would be to use a `ReadWriteLock`, with each method call taking
// a read lock (and thus allowed to run concurrently) and the special `destroy` method
// taking a write lock (and thus blocking on live method calls). However, we aim not to
// generate methods with any hidden blocking semantics, and a `destroy` method that might
// block if called incorrectly seems to meet that bar.
//
// So, we achieve our goals by giving each instance an associated `AtomicLong` counter to track
// the number of in-flight method calls, and an `AtomicBoolean` flag to indicate whether `destroy`
// has been called. These are updated according to the following rules:
//
//    * The initial value of the counter is 1, indicating a live object with no in-flight calls.
//      The initial value for the flag is false.
//
//    * At the start of each method call, we atomically check the counter.
//      If it is 0 then the underlying Rust struct has already been destroyed and the call is aborted.
//      If it is nonzero them we atomically increment it by 1 and proceed with the method call.
//
//    * At the end of each method call, we atomically decrement and check the counter.
//      If it has reached zero then we destroy the underlying Rust struct.
//
//    * When `destroy` is called, we atomically flip the flag from false to true.
//      If the flag was already true we silently fail.
//      Otherwise we atomically decrement and check the counter.
//      If it has reached zero then we destroy the underlying Rust struct.
//
// Astute readers may observe that this all sounds very similar to the way that Rust's `Arc<T>` works,
// and indeed it is, with the addition of a flag to guard against multiple calls to `destroy`.
//
// The overall effect is that the underlying Rust struct is destroyed only when `destroy` has been
// called *and* all in-flight method calls have completed, avoiding violating any of the expectations
// of the underlying Rust code.
//
// This makes a cleaner a better alternative to _not_ calling `destroy()` as
// and when the object is finished with, but the abstraction is not perfect: if the Rust object's `drop`
// method is slow, and/or there are many objects to cleanup, and it's on a low end Android device, then the cleaner
// thread may be starved, and the app will leak memory.
//
// In this case, `destroy`ing manually may be a better solution.
//
// The cleaner can live side by side with the manual calling of `destroy`. In the order of responsiveness, uniffi objects
// with Rust peers are reclaimed:
//
// 1. By calling the `destroy` method of the object, which calls `rustObject.free()`. If that doesn't happen:
// 2. When the object becomes unreachable, AND the Cleaner thread gets to call `rustObject.free()`. If the thread is starved then:
// 3. The memory is reclaimed when the process terminates.
//
// [1] https://stackoverflow.com/questions/24376768/can-java-finalize-an-object-when-it-is-still-in-scope/24380219
//


/**
 * Receives the progress of a call, in a thread of Voiceroll. It must be fast.
 */
public fun interface ProgressListener {

    /**
     * The call has come this far. What this throws stops the call.
     */
    fun `onProgress`(`progress`: Progress)

    companion object
}

/**
 * Receives the progress of a call, in a thread of Voiceroll. It must be fast.
 */
open class ProgressListenerImpl: Disposable, AutoCloseable, ProgressListener
{

    @Suppress("UNUSED_PARAMETER")
    /**
     * @suppress
     */
    constructor(withHandle: UniffiWithHandle, handle: Long) {
        this.handle = handle
        this.cleanable = UniffiLib.CLEANER.register(this, UniffiCleanAction(handle))
    }

    /**
     * @suppress
     *
     * This constructor can be used to instantiate a fake object. Only used for tests. Any
     * attempt to actually use an object constructed this way will fail as there is no
     * connected Rust object.
     */
    @Suppress("UNUSED_PARAMETER")
    constructor(noHandle: NoHandle) {
        this.handle = 0
        this.cleanable = null
    }

    protected val handle: Long
    protected val cleanable: UniffiCleaner.Cleanable?

    private val wasDestroyed = AtomicBoolean(false)
    private val callCounter = AtomicLong(1)

    /**
     * Whether the current object has been destroyed and its reference is gone in the Rust side.
     */
    val uniffiIsDestroyed: Boolean get() = wasDestroyed.get()

    override fun destroy() {
        // Only allow a single call to this method.
        // TODO: maybe we should log a warning if called more than once?
        if (this.wasDestroyed.compareAndSet(false, true)) {
            // This decrement always matches the initial count of 1 given at creation time.
            if (this.callCounter.decrementAndGet() == 0L) {
                cleanable?.clean()
            }
        }
    }

    @Synchronized
    override fun close() {
        this.destroy()
    }

    internal inline fun <R> callWithHandle(block: (handle: Long) -> R): R {
        // Check and increment the call counter, to keep the object alive.
        // This needs a compare-and-set retry loop in case of concurrent updates.
        do {
            val c = this.callCounter.get()
            if (c == 0L) {
                throw IllegalStateException("${this.javaClass.simpleName} object has already been destroyed")
            }
            if (c == Long.MAX_VALUE) {
                throw IllegalStateException("${this.javaClass.simpleName} call counter would overflow")
            }
        } while (! this.callCounter.compareAndSet(c, c + 1L))
        // Now we can safely do the method call without the handle being freed concurrently.
        try {
            return block(this.uniffiCloneHandle())
        } finally {
            // This decrement always matches the increment we performed above.
            if (this.callCounter.decrementAndGet() == 0L) {
                cleanable?.clean()
            }
        }
    }

    // Use a static inner class instead of a closure so as not to accidentally
    // capture `this` as part of the cleanable's action.
    private class UniffiCleanAction(private val handle: Long) : Runnable {
        override fun run() {
            if (handle == 0.toLong()) {
                // Fake object created with `NoHandle`, don't try to free.
                return;
            }
            uniffiRustCall { status ->
                UniffiLib.uniffi_voiceroll_uniffi_fn_free_progresslistener(handle, status)
            }
        }
    }

    /**
     * @suppress
     */
    fun uniffiCloneHandle(): Long {
        if (handle == 0.toLong()) {
            throw InternalException("uniffiCloneHandle() called on NoHandle object");
        }
        return uniffiRustCall() { status ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_clone_progresslistener(handle, status)
        }
    }


    /**
     * The call has come this far. What this throws stops the call.
     */
    @Throws(VoicerollException::class)override fun `onProgress`(`progress`: Progress)
        =
    callWithHandle {
    uniffiRustCallWithError(VoicerollException) { _status ->
    UniffiLib.uniffi_voiceroll_uniffi_fn_method_progresslistener_on_progress(
        it,

        FfiConverterTypeProgress.lower(`progress`),_status)
}
    }










    /**
     * @suppress
     */
    companion object

}



// Put the implementation in an object so we don't pollute the top-level namespace
internal object uniffiCallbackInterfaceProgressListener {
    internal object `onProgress`: UniffiCallbackInterfaceProgressListenerMethod0 {
        override fun callback(`uniffiHandle`: Long,`progress`: RustBufferProgress.ByValue,`uniffiOutReturn`: Pointer,uniffiCallStatus: UniffiRustCallStatus,) {
            val uniffiObj = FfiConverterTypeProgressListener.handleMap.get(uniffiHandle)
            val makeCall = { ->
                uniffiObj.`onProgress`(
                    FfiConverterTypeProgress.lift(`progress`),
                )
            }
            val writeReturn = { _: Unit -> Unit }
            uniffiTraitInterfaceCallWithError(
                uniffiCallStatus,
                makeCall,
                writeReturn,
                { e: VoicerollException -> FfiConverterTypeVoicerollError.lower(e) }
            )
        }
    }

    internal object uniffiFree: UniffiCallbackInterfaceFree {
        override fun callback(handle: Long) {
            FfiConverterTypeProgressListener.handleMap.remove(handle)
        }
    }

    internal object uniffiClone: UniffiCallbackInterfaceClone {
        override fun callback(handle: Long): Long {
            return FfiConverterTypeProgressListener.handleMap.clone(handle)
        }
    }

    internal var vtable = UniffiVTableCallbackInterfaceProgressListener.UniffiByValue(
        uniffiFree,
        uniffiClone,
        `onProgress`,
    )

    // Registers the foreign callback with the Rust side.
    // This method is generated for each callback interface.
    internal fun register(lib: UniffiLib) {
        lib.uniffi_voiceroll_uniffi_fn_init_callback_vtable_progresslistener(vtable)
    }
}

/**
 * @suppress
 */
public object FfiConverterTypeProgressListener: FfiConverter<ProgressListener, Long> {
    internal val handleMap = UniffiHandleMap<ProgressListener>()

    override fun lower(value: ProgressListener): Long {
        if (value is ProgressListenerImpl) {
             // Rust-implemented object.  Clone the handle and return it
            return value.callWithHandle { it }
         } else {
            // Kotlin object, generate a new vtable handle and return that.
            return handleMap.insert(value)
         }
    }

    override fun lift(value: Long): ProgressListener {
        if ((value and 1.toLong()) == 0.toLong()) {
            // Rust-generated handle, construct a new class that uses the handle to implement the
            // interface
            return ProgressListenerImpl(UniffiWithHandle, value)
        } else {
            // Kotlin-generated handle, get the object from the handle map
            return handleMap.remove(value)
        }
    }

    override fun read(buf: ByteBuffer): ProgressListener {
        return lift(buf.getLong())
    }

    override fun allocationSize(value: ProgressListener) = 8UL

    override fun write(value: ProgressListener, buf: ByteBuffer) {
        buf.putLong(lower(value))
    }
}


// This template implements a class for working with a Rust struct via a handle
// to the live Rust struct on the other side of the FFI.
//
// There's some subtlety here, because we have to be careful not to operate on a Rust
// struct after it has been dropped, and because we must expose a public API for freeing
// theq Kotlin wrapper object in lieu of reliable finalizers. The core requirements are:
//
//   * Each instance holds an opaque handle to the underlying Rust struct.
//     Method calls need to read this handle from the object's state and pass it in to
//     the Rust FFI.
//
//   * When an instance is no longer needed, its handle should be passed to a
//     special destructor function provided by the Rust FFI, which will drop the
//     underlying Rust struct.
//
//   * Given an instance, calling code is expected to call the special
//     `destroy` method in order to free it after use, either by calling it explicitly
//     or by using a higher-level helper like the `use` method. Failing to do so risks
//     leaking the underlying Rust struct.
//
//   * We can't assume that calling code will do the right thing, and must be prepared
//     to handle Kotlin method calls executing concurrently with or even after a call to
//     `destroy`, and to handle multiple (possibly concurrent!) calls to `destroy`.
//
//   * We must never allow Rust code to operate on the underlying Rust struct after
//     the destructor has been called, and must never call the destructor more than once.
//     Doing so may trigger memory unsafety.
//
//   * To mitigate many of the risks of leaking memory and use-after-free unsafety, a `Cleaner`
//     is implemented to call the destructor when the Kotlin object becomes unreachable.
//     This is done in a background thread. This is not a panacea, and client code should be aware that
//      1. the thread may starve if some there are objects that have poorly performing
//     `drop` methods or do significant work in their `drop` methods.
//      2. the thread is shared across the whole library. This can be tuned by using `android_cleaner = true`,
//         or `android = true` in the kotlin` section of the `uniffi.toml` file](https://mozilla.github.io/uniffi-rs/kotlin/configuration.html).
//
// If we try to implement this with mutual exclusion on access to the handle, there is the
// possibility of a race between a method call and a concurrent call to `destroy`:
//
//    * Thread A starts a method call, reads the value of the handle, but is interrupted
//      before it can pass the handle over the FFI to Rust.
//    * Thread B calls `destroy` and frees the underlying Rust struct.
//    * Thread A resumes, passing the already-read handle value to Rust and triggering
//      a use-after-free.
//
// One possible solution would be to use a `ReadWriteLock`, with each method call taking
// a read lock (and thus allowed to run concurrently) and the special `destroy` method
// taking a write lock (and thus blocking on live method calls). However, we aim not to
// generate methods with any hidden blocking semantics, and a `destroy` method that might
// block if called incorrectly seems to meet that bar.
//
// So, we achieve our goals by giving each instance an associated `AtomicLong` counter to track
// the number of in-flight method calls, and an `AtomicBoolean` flag to indicate whether `destroy`
// has been called. These are updated according to the following rules:
//
//    * The initial value of the counter is 1, indicating a live object with no in-flight calls.
//      The initial value for the flag is false.
//
//    * At the start of each method call, we atomically check the counter.
//      If it is 0 then the underlying Rust struct has already been destroyed and the call is aborted.
//      If it is nonzero them we atomically increment it by 1 and proceed with the method call.
//
//    * At the end of each method call, we atomically decrement and check the counter.
//      If it has reached zero then we destroy the underlying Rust struct.
//
//    * When `destroy` is called, we atomically flip the flag from false to true.
//      If the flag was already true we silently fail.
//      Otherwise we atomically decrement and check the counter.
//      If it has reached zero then we destroy the underlying Rust struct.
//
// Astute readers may observe that this all sounds very similar to the way that Rust's `Arc<T>` works,
// and indeed it is, with the addition of a flag to guard against multiple calls to `destroy`.
//
// The overall effect is that the underlying Rust struct is destroyed only when `destroy` has been
// called *and* all in-flight method calls have completed, avoiding violating any of the expectations
// of the underlying Rust code.
//
// This makes a cleaner a better alternative to _not_ calling `destroy()` as
// and when the object is finished with, but the abstraction is not perfect: if the Rust object's `drop`
// method is slow, and/or there are many objects to cleanup, and it's on a low end Android device, then the cleaner
// thread may be starved, and the app will leak memory.
//
// In this case, `destroy`ing manually may be a better solution.
//
// The cleaner can live side by side with the manual calling of `destroy`. In the order of responsiveness, uniffi objects
// with Rust peers are reclaimed:
//
// 1. By calling the `destroy` method of the object, which calls `rustObject.free()`. If that doesn't happen:
// 2. When the object becomes unreachable, AND the Cleaner thread gets to call `rustObject.free()`. If the thread is starved then:
// 3. The memory is reclaimed when the process terminates.
//
// [1] https://stackoverflow.com/questions/24376768/can-java-finalize-an-object-when-it-is-still-in-scope/24380219
//


/**
 * What is to be listened to: a file, its bytes, or samples. Nothing is read before a call needs it.
 */
public interface RecordingInterface {

    /**
     * The same recording with the audio track chosen, counted from 1, of a file that has several. By default the first
     * one with speech is used.
     */
    fun `track`(`number`: kotlin.UInt): Recording

    companion object
}

/**
 * What is to be listened to: a file, its bytes, or samples. Nothing is read before a call needs it.
 */
open class Recording: Disposable, AutoCloseable, RecordingInterface
{

    @Suppress("UNUSED_PARAMETER")
    /**
     * @suppress
     */
    constructor(withHandle: UniffiWithHandle, handle: Long) {
        this.handle = handle
        this.cleanable = UniffiLib.CLEANER.register(this, UniffiCleanAction(handle))
    }

    /**
     * @suppress
     *
     * This constructor can be used to instantiate a fake object. Only used for tests. Any
     * attempt to actually use an object constructed this way will fail as there is no
     * connected Rust object.
     */
    @Suppress("UNUSED_PARAMETER")
    constructor(noHandle: NoHandle) {
        this.handle = 0
        this.cleanable = null
    }

    protected val handle: Long
    protected val cleanable: UniffiCleaner.Cleanable?

    private val wasDestroyed = AtomicBoolean(false)
    private val callCounter = AtomicLong(1)

    /**
     * Whether the current object has been destroyed and its reference is gone in the Rust side.
     */
    val uniffiIsDestroyed: Boolean get() = wasDestroyed.get()

    override fun destroy() {
        // Only allow a single call to this method.
        // TODO: maybe we should log a warning if called more than once?
        if (this.wasDestroyed.compareAndSet(false, true)) {
            // This decrement always matches the initial count of 1 given at creation time.
            if (this.callCounter.decrementAndGet() == 0L) {
                cleanable?.clean()
            }
        }
    }

    @Synchronized
    override fun close() {
        this.destroy()
    }

    internal inline fun <R> callWithHandle(block: (handle: Long) -> R): R {
        // Check and increment the call counter, to keep the object alive.
        // This needs a compare-and-set retry loop in case of concurrent updates.
        do {
            val c = this.callCounter.get()
            if (c == 0L) {
                throw IllegalStateException("${this.javaClass.simpleName} object has already been destroyed")
            }
            if (c == Long.MAX_VALUE) {
                throw IllegalStateException("${this.javaClass.simpleName} call counter would overflow")
            }
        } while (! this.callCounter.compareAndSet(c, c + 1L))
        // Now we can safely do the method call without the handle being freed concurrently.
        try {
            return block(this.uniffiCloneHandle())
        } finally {
            // This decrement always matches the increment we performed above.
            if (this.callCounter.decrementAndGet() == 0L) {
                cleanable?.clean()
            }
        }
    }

    // Use a static inner class instead of a closure so as not to accidentally
    // capture `this` as part of the cleanable's action.
    private class UniffiCleanAction(private val handle: Long) : Runnable {
        override fun run() {
            if (handle == 0.toLong()) {
                // Fake object created with `NoHandle`, don't try to free.
                return;
            }
            uniffiRustCall { status ->
                UniffiLib.uniffi_voiceroll_uniffi_fn_free_recording(handle, status)
            }
        }
    }

    /**
     * @suppress
     */
    fun uniffiCloneHandle(): Long {
        if (handle == 0.toLong()) {
            throw InternalException("uniffiCloneHandle() called on NoHandle object");
        }
        return uniffiRustCall() { status ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_clone_recording(handle, status)
        }
    }


    /**
     * The same recording with the audio track chosen, counted from 1, of a file that has several. By default the first
     * one with speech is used.
     */override fun `track`(`number`: kotlin.UInt): Recording {
            return FfiConverterTypeRecording.lift(
    callWithHandle {
    uniffiRustCall() { _status ->
    UniffiLib.uniffi_voiceroll_uniffi_fn_method_recording_track(
        it,

        FfiConverterUInt.lower(`number`),_status)
}
    }
    )
    }








    companion object {

    /**
     * A recording that is in memory as the bytes of a file.
     */ fun `fromBytes`(`data`: kotlin.ByteArray, `encoding`: Encoding? = null): Recording {
            return FfiConverterTypeRecording.lift(
    uniffiRustCall() { _status ->
    UniffiLib.uniffi_voiceroll_uniffi_fn_constructor_recording_from_bytes(


        FfiConverterByteArray.lower(`data`),
        FfiConverterOptionalTypeEncoding.lower(`encoding`),_status)
}
    )
    }



    /**
     * A recording in a file. `encoding` is what the sender says it is; the bytes decide, and where they contradict,
     * the inspection has a problem that says so.
     */
    @Throws(VoicerollException::class) fun `fromPath`(`path`: kotlin.String, `encoding`: Encoding? = null): Recording {
            return FfiConverterTypeRecording.lift(
    uniffiRustCallWithError(VoicerollException) { _status ->
    UniffiLib.uniffi_voiceroll_uniffi_fn_constructor_recording_from_path(


        FfiConverterString.lower(`path`),
        FfiConverterOptionalTypeEncoding.lower(`encoding`),_status)
}
    )
    }



    /**
     * A recording that is in memory as samples, as a microphone gives them: `sample_rate` of them a second; up to 16
     * channels are interleaved.
     */
    @Throws(VoicerollException::class) fun `fromSamples`(`data`: kotlin.ByteArray, `format`: SampleFormat, `sampleRate`: kotlin.UInt, `channels`: kotlin.UInt = 1u): Recording {
            return FfiConverterTypeRecording.lift(
    uniffiRustCallWithError(VoicerollException) { _status ->
    UniffiLib.uniffi_voiceroll_uniffi_fn_constructor_recording_from_samples(


        FfiConverterByteArray.lower(`data`),
        FfiConverterTypeSampleFormat.lower(`format`),
        FfiConverterUInt.lower(`sampleRate`),
        FfiConverterUInt.lower(`channels`),_status)
}
    )
    }



    }

}


/**
 * @suppress
 */
public object FfiConverterTypeRecording: FfiConverter<Recording, Long> {
    override fun lower(value: Recording): Long {
        return value.callWithHandle { it }
    }

    override fun lift(value: Long): Recording {
        return Recording(UniffiWithHandle, value)
    }

    override fun read(buf: ByteBuffer): Recording {
        return lift(buf.getLong())
    }

    override fun allocationSize(value: Recording) = 8UL

    override fun write(value: Recording, buf: ByteBuffer) {
        buf.putLong(lower(value))
    }
}


// This template implements a class for working with a Rust struct via a handle
// to the live Rust struct on the other side of the FFI.
//
// There's some subtlety here, because we have to be careful not to operate on a Rust
// struct after it has been dropped, and because we must expose a public API for freeing
// theq Kotlin wrapper object in lieu of reliable finalizers. The core requirements are:
//
//   * Each instance holds an opaque handle to the underlying Rust struct.
//     Method calls need to read this handle from the object's state and pass it in to
//     the Rust FFI.
//
//   * When an instance is no longer needed, its handle should be passed to a
//     special destructor function provided by the Rust FFI, which will drop the
//     underlying Rust struct.
//
//   * Given an instance, calling code is expected to call the special
//     `destroy` method in order to free it after use, either by calling it explicitly
//     or by using a higher-level helper like the `use` method. Failing to do so risks
//     leaking the underlying Rust struct.
//
//   * We can't assume that calling code will do the right thing, and must be prepared
//     to handle Kotlin method calls executing concurrently with or even after a call to
//     `destroy`, and to handle multiple (possibly concurrent!) calls to `destroy`.
//
//   * We must never allow Rust code to operate on the underlying Rust struct after
//     the destructor has been called, and must never call the destructor more than once.
//     Doing so may trigger memory unsafety.
//
//   * To mitigate many of the risks of leaking memory and use-after-free unsafety, a `Cleaner`
//     is implemented to call the destructor when the Kotlin object becomes unreachable.
//     This is done in a background thread. This is not a panacea, and client code should be aware that
//      1. the thread may starve if some there are objects that have poorly performing
//     `drop` methods or do significant work in their `drop` methods.
//      2. the thread is shared across the whole library. This can be tuned by using `android_cleaner = true`,
//         or `android = true` in the kotlin` section of the `uniffi.toml` file](https://mozilla.github.io/uniffi-rs/kotlin/configuration.html).
//
// If we try to implement this with mutual exclusion on access to the handle, there is the
// possibility of a race between a method call and a concurrent call to `destroy`:
//
//    * Thread A starts a method call, reads the value of the handle, but is interrupted
//      before it can pass the handle over the FFI to Rust.
//    * Thread B calls `destroy` and frees the underlying Rust struct.
//    * Thread A resumes, passing the already-read handle value to Rust and triggering
//      a use-after-free.
//
// One possible solution would be to use a `ReadWriteLock`, with each method call taking
// a read lock (and thus allowed to run concurrently) and the special `destroy` method
// taking a write lock (and thus blocking on live method calls). However, we aim not to
// generate methods with any hidden blocking semantics, and a `destroy` method that might
// block if called incorrectly seems to meet that bar.
//
// So, we achieve our goals by giving each instance an associated `AtomicLong` counter to track
// the number of in-flight method calls, and an `AtomicBoolean` flag to indicate whether `destroy`
// has been called. These are updated according to the following rules:
//
//    * The initial value of the counter is 1, indicating a live object with no in-flight calls.
//      The initial value for the flag is false.
//
//    * At the start of each method call, we atomically check the counter.
//      If it is 0 then the underlying Rust struct has already been destroyed and the call is aborted.
//      If it is nonzero them we atomically increment it by 1 and proceed with the method call.
//
//    * At the end of each method call, we atomically decrement and check the counter.
//      If it has reached zero then we destroy the underlying Rust struct.
//
//    * When `destroy` is called, we atomically flip the flag from false to true.
//      If the flag was already true we silently fail.
//      Otherwise we atomically decrement and check the counter.
//      If it has reached zero then we destroy the underlying Rust struct.
//
// Astute readers may observe that this all sounds very similar to the way that Rust's `Arc<T>` works,
// and indeed it is, with the addition of a flag to guard against multiple calls to `destroy`.
//
// The overall effect is that the underlying Rust struct is destroyed only when `destroy` has been
// called *and* all in-flight method calls have completed, avoiding violating any of the expectations
// of the underlying Rust code.
//
// This makes a cleaner a better alternative to _not_ calling `destroy()` as
// and when the object is finished with, but the abstraction is not perfect: if the Rust object's `drop`
// method is slow, and/or there are many objects to cleanup, and it's on a low end Android device, then the cleaner
// thread may be starved, and the app will leak memory.
//
// In this case, `destroy`ing manually may be a better solution.
//
// The cleaner can live side by side with the manual calling of `destroy`. In the order of responsiveness, uniffi objects
// with Rust peers are reclaimed:
//
// 1. By calling the `destroy` method of the object, which calls `rustObject.free()`. If that doesn't happen:
// 2. When the object becomes unreachable, AND the Cleaner thread gets to call `rustObject.free()`. If the thread is starved then:
// 3. The memory is reclaimed when the process terminates.
//
// [1] https://stackoverflow.com/questions/24376768/can-java-finalize-an-object-when-it-is-still-in-scope/24380219
//


/**
 * A registry of enrolled speakers: `open` uses a local store file, `connect` a server. It may be used by many at
 * once. Closing it ends the session on a server, waiting at most 5 s; calls that are under way go on.
 */
public interface RegistryInterface {

    /**
     * The entries of the audit trail, oldest first.
     */
    suspend fun `auditEntries`(`options`: CallOptions = CallOptions()): List<AuditEntry>

    /**
     * The pseudonym of a speaker in the audit trail.
     */
    suspend fun `auditPseudonym`(`speakerId`: kotlin.String, `options`: CallOptions = CallOptions()): kotlin.String

    /**
     * Writes a copy of the store into a new file, while others use it. It needs the same key; see `restore`.
     */
    suspend fun `backup`(`to`: kotlin.String, `options`: CallOptions = CallOptions())

    /**
     * Reads everything in the store, and the audit trail if there is one, and reports what was changed.
     */
    suspend fun `check`(`options`: CallOptions = CallOptions()): CheckReport

    /**
     * What a speaker consented to and withdrew, and when the speaker expires; also of one who withdrew.
     */
    suspend fun `consent`(`speakerId`: kotlin.String, `options`: CallOptions = CallOptions()): ConsentState

    /**
     * Sets when a speaker expires: from then on nobody is recognised as this speaker, and `purge` erases.
     */
    suspend fun `expire`(`speakerId`: kotlin.String, `at`: kotlin.ULong? = null, `options`: CallOptions = CallOptions())

    /**
     * The speakers who have expired and whom `purge` would erase, sorted by id.
     */
    suspend fun `expired`(`options`: CallOptions = CallOptions()): List<kotlin.String>

    /**
     * Everything that is held about a speaker, as JSON text; docs/lawful.md describes its form.
     */
    suspend fun `exportSpeaker`(`speakerId`: kotlin.String, `voiceprints`: kotlin.Boolean = false, `options`: CallOptions = CallOptions()): kotlin.String

    /**
     * Enrolls a speaker from what `export_speaker` of another store of the same model returned, with voiceprints. It
     * trusts the text: no recording is compared.
     */
    suspend fun `importSpeaker`(`export`: kotlin.String, `options`: CallOptions = CallOptions()): Enrollment

    /**
     * Erases the speakers who have expired, as `delete` does.
     */
    suspend fun `purge`(`options`: CallOptions = CallOptions()): List<kotlin.String>

    /**
     * Records a consent of an enrolled speaker. One that is recorded already is not recorded twice.
     */
    suspend fun `recordConsent`(`speakerId`: kotlin.String, `consent`: ConsentRecord, `options`: CallOptions = CallOptions())

    /**
     * How many seconds new speakers are kept; null: until they are deleted.
     */
    suspend fun `retention`(`options`: CallOptions = CallOptions()): kotlin.ULong?

    /**
     * Replaces the key of the store. `forget_old` also removes the old one from the key file: earlier backups can then
     * not be opened.
     */
    suspend fun `rotateKey`(`forgetOld`: kotlin.Boolean = false, `options`: CallOptions = CallOptions()): kotlin.ULong

    /**
     * Sets how many seconds speakers are kept who are enrolled from now on; null: until they are deleted.
     */
    suspend fun `setRetention`(`seconds`: kotlin.ULong?, `options`: CallOptions = CallOptions())

    /**
     * Reads the audit trail and reports entries that were changed, removed or inserted.
     */
    suspend fun `verifyAudit`(`options`: CallOptions = CallOptions()): AuditReport

    /**
     * Deletes a speaker at once, as `delete` does, and keeps the proof that the consent was withdrawn.
     */
    suspend fun `withdrawConsent`(`speakerId`: kotlin.String, `options`: CallOptions = CallOptions())

    /**
     * Enrolls a new speaker; as `enroll`, but an id that is enrolled is a `Conflict`.
     */
    suspend fun `create`(`speakerId`: kotlin.String, `recordings`: List<Recording>, `force`: kotlin.Boolean = false, `options`: CallOptions = CallOptions(), `consent`: ConsentRecord? = null): Enrollment

    /**
     * Deletes a speaker with all voiceprints and measurements. One who was deleted before is `Gone`.
     */
    suspend fun `delete`(`speakerId`: kotlin.String, `options`: CallOptions = CallOptions())

    /**
     * Finds out who speaks when in a recording. `speakers` is how many speak, 1 to 20,
     * where that is known; `known` are the enrolled speakers to search for, none by default; `per_channel` whether
     * each channel is one speaker.
     */
    suspend fun `diarize`(`recording`: Recording, `speakers`: kotlin.UInt? = null, `known`: Known? = null, `perChannel`: kotlin.Boolean = false, `options`: CallOptions = CallOptions()): Diarization

    /**
     * Enrolls a speaker, whose id has 1 to 128 letters, digits and underscores: creates the enrollment, or adds to
     * the one there is. Each recording is inspected; those with too little speech are refused, the others are added
     * together. `force` skips the same-speaker check; `consent` is recorded with the enrollment. Where not one was accepted the error is of the kind
     * `Refused`, and nothing is changed.
     */
    suspend fun `enroll`(`speakerId`: kotlin.String, `recordings`: List<Recording>, `force`: kotlin.Boolean = false, `options`: CallOptions = CallOptions(), `consent`: ConsentRecord? = null): Enrollment

    /**
     * The speakers that were enrolled with another model, with the name of that model; they have to be re-enrolled.
     */
    suspend fun `enrolledOtherwise`(`options`: CallOptions = CallOptions()): Map<kotlin.String, kotlin.String>

    /**
     * The enrollment of a speaker.
     */
    suspend fun `get`(`speakerId`: kotlin.String, `options`: CallOptions = CallOptions()): Enrollment

    /**
     * Finds the segments of a recording in which enrolled speakers speak, and those of others: `speaker_ids`, or
     * else everybody with a complete enrollment.
     */
    suspend fun `identify`(`recording`: Recording, `speakerIds`: List<kotlin.String>? = null, `options`: CallOptions = CallOptions()): Identification

    /**
     * Finds out who spoke when in a recorded call, with names. `record` is a record of the platform's call log, as its
     * API returns it, in JSON; `recording` the recording where it is at hand. Else the server fetches it.
     */
    suspend fun `identifyCall`(`record`: kotlin.String, `recording`: Recording? = null, `options`: CallOptions = CallOptions()): CallIdentification

    /**
     * Measures a recording and tells whether it would be enrolled. Nothing is stored. Faults such as noise are in the
     * inspection's `problems`; errors are for what cannot be read at all.
     */
    suspend fun `inspect`(`recording`: Recording, `options`: CallOptions = CallOptions()): Inspection

    /**
     * The status of a job.
     */
    suspend fun `job`(`jobId`: kotlin.String, `options`: CallOptions = CallOptions()): Job

    /**
     * One page of the enrollments, sorted by id, with 1 to 1000 per page; pages count from 1. `partial` lists
     * incomplete enrollments too; `after`, such as the `next_after` of a page, only those whose ids come after it,
     * whatever the number of the page.
     */
    suspend fun `list`(`partial`: kotlin.Boolean = false, `page`: kotlin.UInt = 1u, `perPage`: kotlin.UInt = 100u, `after`: kotlin.String? = null, `options`: CallOptions = CallOptions()): Page

    /**
     * Ends the session on a server without holding up a thread, as closing does; the next call logs in again.
     */
    suspend fun `logOut`()

    /**
     * The name of the model that makes this registry's voiceprints.
     */
    suspend fun `model`(`options`: CallOptions = CallOptions()): kotlin.String

    /**
     * Cuts the stretch with the most continuous speech, at most 30 s, out of a recording, as 16 kHz mono WAV.
     */
    suspend fun `prepare`(`recording`: Recording, `options`: CallOptions = CallOptions()): Prepared

    /**
     * Removes one recording from an enrollment, by its `Sample.id`, and recomputes the enrollment from the others.
     */
    suspend fun `removeSample`(`speakerId`: kotlin.String, `sample`: kotlin.Long, `options`: CallOptions = CallOptions()): Enrollment

    /**
     * Submits a job: the server fetches a recording and processes it. Returns the job id. A registry that is not on
     * a server does not do this, nor `job` and `wait`: `Unsupported`.
     */
    suspend fun `submit`(`request`: JobRequest, `options`: CallOptions = CallOptions()): kotlin.String

    /**
     * Adds speech to an enrollment; as `enroll`, but an id that is not enrolled is `NotFound`.
     */
    suspend fun `update`(`speakerId`: kotlin.String, `recordings`: List<Recording>, `force`: kotlin.Boolean = false, `options`: CallOptions = CallOptions(), `consent`: ConsentRecord? = null): Enrollment

    /**
     * Whether a recording is of an enrolled speaker.
     */
    suspend fun `verify`(`speakerId`: kotlin.String, `recording`: Recording, `options`: CallOptions = CallOptions()): Verification

    /**
     * Waits until a job is done. The error of one that failed is of the kind of what it failed of.
     */
    suspend fun `wait`(`jobId`: kotlin.String, `options`: CallOptions = CallOptions()): JobResult

    companion object
}

/**
 * A registry of enrolled speakers: `open` uses a local store file, `connect` a server. It may be used by many at
 * once. Closing it ends the session on a server, waiting at most 5 s; calls that are under way go on.
 */
open class Registry: Disposable, AutoCloseable, RegistryInterface
{

    @Suppress("UNUSED_PARAMETER")
    /**
     * @suppress
     */
    constructor(withHandle: UniffiWithHandle, handle: Long) {
        this.handle = handle
        this.cleanable = UniffiLib.CLEANER.register(this, UniffiCleanAction(handle))
    }

    /**
     * @suppress
     *
     * This constructor can be used to instantiate a fake object. Only used for tests. Any
     * attempt to actually use an object constructed this way will fail as there is no
     * connected Rust object.
     */
    @Suppress("UNUSED_PARAMETER")
    constructor(noHandle: NoHandle) {
        this.handle = 0
        this.cleanable = null
    }

    protected val handle: Long
    protected val cleanable: UniffiCleaner.Cleanable?

    private val wasDestroyed = AtomicBoolean(false)
    private val callCounter = AtomicLong(1)

    /**
     * Whether the current object has been destroyed and its reference is gone in the Rust side.
     */
    val uniffiIsDestroyed: Boolean get() = wasDestroyed.get()

    override fun destroy() {
        // Only allow a single call to this method.
        // TODO: maybe we should log a warning if called more than once?
        if (this.wasDestroyed.compareAndSet(false, true)) {
            // This decrement always matches the initial count of 1 given at creation time.
            if (this.callCounter.decrementAndGet() == 0L) {
                cleanable?.clean()
            }
        }
    }

    @Synchronized
    override fun close() {
        this.destroy()
    }

    internal inline fun <R> callWithHandle(block: (handle: Long) -> R): R {
        // Check and increment the call counter, to keep the object alive.
        // This needs a compare-and-set retry loop in case of concurrent updates.
        do {
            val c = this.callCounter.get()
            if (c == 0L) {
                throw IllegalStateException("${this.javaClass.simpleName} object has already been destroyed")
            }
            if (c == Long.MAX_VALUE) {
                throw IllegalStateException("${this.javaClass.simpleName} call counter would overflow")
            }
        } while (! this.callCounter.compareAndSet(c, c + 1L))
        // Now we can safely do the method call without the handle being freed concurrently.
        try {
            return block(this.uniffiCloneHandle())
        } finally {
            // This decrement always matches the increment we performed above.
            if (this.callCounter.decrementAndGet() == 0L) {
                cleanable?.clean()
            }
        }
    }

    // Use a static inner class instead of a closure so as not to accidentally
    // capture `this` as part of the cleanable's action.
    private class UniffiCleanAction(private val handle: Long) : Runnable {
        override fun run() {
            if (handle == 0.toLong()) {
                // Fake object created with `NoHandle`, don't try to free.
                return;
            }
            uniffiRustCall { status ->
                UniffiLib.uniffi_voiceroll_uniffi_fn_free_registry(handle, status)
            }
        }
    }

    /**
     * @suppress
     */
    fun uniffiCloneHandle(): Long {
        if (handle == 0.toLong()) {
            throw InternalException("uniffiCloneHandle() called on NoHandle object");
        }
        return uniffiRustCall() { status ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_clone_registry(handle, status)
        }
    }


    /**
     * The entries of the audit trail, oldest first.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `auditEntries`(`options`: CallOptions) : List<AuditEntry> {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_audit_entries(
                uniffiHandle,

        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation) },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterSequenceTypeAuditEntry.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * The pseudonym of a speaker in the audit trail.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `auditPseudonym`(`speakerId`: kotlin.String, `options`: CallOptions) : kotlin.String {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_audit_pseudonym(
                uniffiHandle,

        FfiConverterString.lower(`speakerId`),
        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation) },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterString.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * Writes a copy of the store into a new file, while others use it. It needs the same key; see `restore`.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `backup`(`to`: kotlin.String, `options`: CallOptions) {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_backup(
                uniffiHandle,

        FfiConverterString.lower(`to`),
        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_void(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_void(future, continuation) },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_void(future) },
        // lift function
        { },

        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * Reads everything in the store, and the audit trail if there is one, and reports what was changed.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `check`(`options`: CallOptions) : CheckReport {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_check(
                uniffiHandle,

        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation).let { RustBufferCheckReport.create(it.capacity.toULong(), it.len.toULong(), it.data) } },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterTypeCheckReport.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * What a speaker consented to and withdrew, and when the speaker expires; also of one who withdrew.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `consent`(`speakerId`: kotlin.String, `options`: CallOptions) : ConsentState {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_consent(
                uniffiHandle,

        FfiConverterString.lower(`speakerId`),
        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation).let { RustBufferConsentState.create(it.capacity.toULong(), it.len.toULong(), it.data) } },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterTypeConsentState.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * Sets when a speaker expires: from then on nobody is recognised as this speaker, and `purge` erases.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `expire`(`speakerId`: kotlin.String, `at`: kotlin.ULong?, `options`: CallOptions) {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_expire(
                uniffiHandle,

        FfiConverterString.lower(`speakerId`),
        FfiConverterOptionalULong.lower(`at`),
        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_void(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_void(future, continuation) },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_void(future) },
        // lift function
        { },

        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * The speakers who have expired and whom `purge` would erase, sorted by id.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `expired`(`options`: CallOptions) : List<kotlin.String> {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_expired(
                uniffiHandle,

        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation) },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterSequenceString.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * Everything that is held about a speaker, as JSON text; docs/lawful.md describes its form.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `exportSpeaker`(`speakerId`: kotlin.String, `voiceprints`: kotlin.Boolean, `options`: CallOptions) : kotlin.String {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_export_speaker(
                uniffiHandle,

        FfiConverterString.lower(`speakerId`),
        FfiConverterBoolean.lower(`voiceprints`),
        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation) },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterString.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * Enrolls a speaker from what `export_speaker` of another store of the same model returned, with voiceprints. It
     * trusts the text: no recording is compared.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `importSpeaker`(`export`: kotlin.String, `options`: CallOptions) : Enrollment {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_import_speaker(
                uniffiHandle,

        FfiConverterString.lower(`export`),
        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation).let { RustBufferEnrollment.create(it.capacity.toULong(), it.len.toULong(), it.data) } },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterTypeEnrollment.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * Erases the speakers who have expired, as `delete` does.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `purge`(`options`: CallOptions) : List<kotlin.String> {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_purge(
                uniffiHandle,

        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation) },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterSequenceString.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * Records a consent of an enrolled speaker. One that is recorded already is not recorded twice.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `recordConsent`(`speakerId`: kotlin.String, `consent`: ConsentRecord, `options`: CallOptions) {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_record_consent(
                uniffiHandle,

        FfiConverterString.lower(`speakerId`),
        FfiConverterTypeConsentRecord.lower(`consent`),
        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_void(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_void(future, continuation) },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_void(future) },
        // lift function
        { },

        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * How many seconds new speakers are kept; null: until they are deleted.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `retention`(`options`: CallOptions) : kotlin.ULong? {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_retention(
                uniffiHandle,

        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation) },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterOptionalULong.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * Replaces the key of the store. `forget_old` also removes the old one from the key file: earlier backups can then
     * not be opened.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `rotateKey`(`forgetOld`: kotlin.Boolean, `options`: CallOptions) : kotlin.ULong {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_rotate_key(
                uniffiHandle,

        FfiConverterBoolean.lower(`forgetOld`),
        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_u64(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_u64(future, continuation) },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_u64(future) },
        // lift function
        { FfiConverterULong.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * Sets how many seconds speakers are kept who are enrolled from now on; null: until they are deleted.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `setRetention`(`seconds`: kotlin.ULong?, `options`: CallOptions) {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_set_retention(
                uniffiHandle,

        FfiConverterOptionalULong.lower(`seconds`),
        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_void(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_void(future, continuation) },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_void(future) },
        // lift function
        { },

        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * Reads the audit trail and reports entries that were changed, removed or inserted.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `verifyAudit`(`options`: CallOptions) : AuditReport {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_verify_audit(
                uniffiHandle,

        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation).let { RustBufferAuditReport.create(it.capacity.toULong(), it.len.toULong(), it.data) } },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterTypeAuditReport.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * Deletes a speaker at once, as `delete` does, and keeps the proof that the consent was withdrawn.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `withdrawConsent`(`speakerId`: kotlin.String, `options`: CallOptions) {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_withdraw_consent(
                uniffiHandle,

        FfiConverterString.lower(`speakerId`),
        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_void(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_void(future, continuation) },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_void(future) },
        // lift function
        { },

        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * Enrolls a new speaker; as `enroll`, but an id that is enrolled is a `Conflict`.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `create`(`speakerId`: kotlin.String, `recordings`: List<Recording>, `force`: kotlin.Boolean, `options`: CallOptions, `consent`: ConsentRecord?) : Enrollment {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_create(
                uniffiHandle,

        FfiConverterString.lower(`speakerId`),
        FfiConverterSequenceTypeRecording.lower(`recordings`),
        FfiConverterBoolean.lower(`force`),
        FfiConverterTypeCallOptions.lower(`options`),
        FfiConverterOptionalTypeConsentRecord.lower(`consent`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation).let { RustBufferEnrollment.create(it.capacity.toULong(), it.len.toULong(), it.data) } },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterTypeEnrollment.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * Deletes a speaker with all voiceprints and measurements. One who was deleted before is `Gone`.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `delete`(`speakerId`: kotlin.String, `options`: CallOptions) {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_delete(
                uniffiHandle,

        FfiConverterString.lower(`speakerId`),
        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_void(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_void(future, continuation) },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_void(future) },
        // lift function
        { },

        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * Finds out who speaks when in a recording. `speakers` is how many speak, 1 to 20,
     * where that is known; `known` are the enrolled speakers to search for, none by default; `per_channel` whether
     * each channel is one speaker.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `diarize`(`recording`: Recording, `speakers`: kotlin.UInt?, `known`: Known?, `perChannel`: kotlin.Boolean, `options`: CallOptions) : Diarization {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_diarize(
                uniffiHandle,

        FfiConverterTypeRecording.lower(`recording`),
        FfiConverterOptionalUInt.lower(`speakers`),
        FfiConverterOptionalTypeKnown.lower(`known`),
        FfiConverterBoolean.lower(`perChannel`),
        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation).let { RustBufferDiarization.create(it.capacity.toULong(), it.len.toULong(), it.data) } },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterTypeDiarization.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * Enrolls a speaker, whose id has 1 to 128 letters, digits and underscores: creates the enrollment, or adds to
     * the one there is. Each recording is inspected; those with too little speech are refused, the others are added
     * together. `force` skips the same-speaker check; `consent` is recorded with the enrollment. Where not one was accepted the error is of the kind
     * `Refused`, and nothing is changed.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `enroll`(`speakerId`: kotlin.String, `recordings`: List<Recording>, `force`: kotlin.Boolean, `options`: CallOptions, `consent`: ConsentRecord?) : Enrollment {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_enroll(
                uniffiHandle,

        FfiConverterString.lower(`speakerId`),
        FfiConverterSequenceTypeRecording.lower(`recordings`),
        FfiConverterBoolean.lower(`force`),
        FfiConverterTypeCallOptions.lower(`options`),
        FfiConverterOptionalTypeConsentRecord.lower(`consent`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation).let { RustBufferEnrollment.create(it.capacity.toULong(), it.len.toULong(), it.data) } },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterTypeEnrollment.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * The speakers that were enrolled with another model, with the name of that model; they have to be re-enrolled.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `enrolledOtherwise`(`options`: CallOptions) : Map<kotlin.String, kotlin.String> {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_enrolled_otherwise(
                uniffiHandle,

        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation) },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterMapStringString.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * The enrollment of a speaker.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `get`(`speakerId`: kotlin.String, `options`: CallOptions) : Enrollment {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_get(
                uniffiHandle,

        FfiConverterString.lower(`speakerId`),
        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation).let { RustBufferEnrollment.create(it.capacity.toULong(), it.len.toULong(), it.data) } },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterTypeEnrollment.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * Finds the segments of a recording in which enrolled speakers speak, and those of others: `speaker_ids`, or
     * else everybody with a complete enrollment.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `identify`(`recording`: Recording, `speakerIds`: List<kotlin.String>?, `options`: CallOptions) : Identification {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_identify(
                uniffiHandle,

        FfiConverterTypeRecording.lower(`recording`),
        FfiConverterOptionalSequenceString.lower(`speakerIds`),
        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation).let { RustBufferIdentification.create(it.capacity.toULong(), it.len.toULong(), it.data) } },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterTypeIdentification.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * Finds out who spoke when in a recorded call, with names. `record` is a record of the platform's call log, as its
     * API returns it, in JSON; `recording` the recording where it is at hand. Else the server fetches it.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `identifyCall`(`record`: kotlin.String, `recording`: Recording?, `options`: CallOptions) : CallIdentification {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_identify_call(
                uniffiHandle,

        FfiConverterString.lower(`record`),
        FfiConverterOptionalTypeRecording.lower(`recording`),
        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation).let { RustBufferCallIdentification.create(it.capacity.toULong(), it.len.toULong(), it.data) } },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterTypeCallIdentification.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * Measures a recording and tells whether it would be enrolled. Nothing is stored. Faults such as noise are in the
     * inspection's `problems`; errors are for what cannot be read at all.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `inspect`(`recording`: Recording, `options`: CallOptions) : Inspection {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_inspect(
                uniffiHandle,

        FfiConverterTypeRecording.lower(`recording`),
        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation).let { RustBufferInspection.create(it.capacity.toULong(), it.len.toULong(), it.data) } },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterTypeInspection.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * The status of a job.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `job`(`jobId`: kotlin.String, `options`: CallOptions) : Job {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_job(
                uniffiHandle,

        FfiConverterString.lower(`jobId`),
        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation).let { RustBufferJob.create(it.capacity.toULong(), it.len.toULong(), it.data) } },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterTypeJob.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * One page of the enrollments, sorted by id, with 1 to 1000 per page; pages count from 1. `partial` lists
     * incomplete enrollments too; `after`, such as the `next_after` of a page, only those whose ids come after it,
     * whatever the number of the page.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `list`(`partial`: kotlin.Boolean, `page`: kotlin.UInt, `perPage`: kotlin.UInt, `after`: kotlin.String?, `options`: CallOptions) : Page {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_list(
                uniffiHandle,

        FfiConverterBoolean.lower(`partial`),
        FfiConverterUInt.lower(`page`),
        FfiConverterUInt.lower(`perPage`),
        FfiConverterOptionalString.lower(`after`),
        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation).let { RustBufferPage.create(it.capacity.toULong(), it.len.toULong(), it.data) } },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterTypePage.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * Ends the session on a server without holding up a thread, as closing does; the next call logs in again.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `logOut`() {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_log_out(
                uniffiHandle,

            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_void(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_void(future, continuation) },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_void(future) },
        // lift function
        { },

        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * The name of the model that makes this registry's voiceprints.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `model`(`options`: CallOptions) : kotlin.String {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_model(
                uniffiHandle,

        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation) },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterString.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * Cuts the stretch with the most continuous speech, at most 30 s, out of a recording, as 16 kHz mono WAV.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `prepare`(`recording`: Recording, `options`: CallOptions) : Prepared {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_prepare(
                uniffiHandle,

        FfiConverterTypeRecording.lower(`recording`),
        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation) },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterTypePrepared.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * Removes one recording from an enrollment, by its `Sample.id`, and recomputes the enrollment from the others.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `removeSample`(`speakerId`: kotlin.String, `sample`: kotlin.Long, `options`: CallOptions) : Enrollment {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_remove_sample(
                uniffiHandle,

        FfiConverterString.lower(`speakerId`),
        FfiConverterLong.lower(`sample`),
        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation).let { RustBufferEnrollment.create(it.capacity.toULong(), it.len.toULong(), it.data) } },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterTypeEnrollment.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * Submits a job: the server fetches a recording and processes it. Returns the job id. A registry that is not on
     * a server does not do this, nor `job` and `wait`: `Unsupported`.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `submit`(`request`: JobRequest, `options`: CallOptions) : kotlin.String {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_submit(
                uniffiHandle,

        FfiConverterTypeJobRequest.lower(`request`),
        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation) },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterString.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * Adds speech to an enrollment; as `enroll`, but an id that is not enrolled is `NotFound`.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `update`(`speakerId`: kotlin.String, `recordings`: List<Recording>, `force`: kotlin.Boolean, `options`: CallOptions, `consent`: ConsentRecord?) : Enrollment {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_update(
                uniffiHandle,

        FfiConverterString.lower(`speakerId`),
        FfiConverterSequenceTypeRecording.lower(`recordings`),
        FfiConverterBoolean.lower(`force`),
        FfiConverterTypeCallOptions.lower(`options`),
        FfiConverterOptionalTypeConsentRecord.lower(`consent`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation).let { RustBufferEnrollment.create(it.capacity.toULong(), it.len.toULong(), it.data) } },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterTypeEnrollment.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * Whether a recording is of an enrolled speaker.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `verify`(`speakerId`: kotlin.String, `recording`: Recording, `options`: CallOptions) : Verification {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_verify(
                uniffiHandle,

        FfiConverterString.lower(`speakerId`),
        FfiConverterTypeRecording.lower(`recording`),
        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation).let { RustBufferVerification.create(it.capacity.toULong(), it.len.toULong(), it.data) } },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterTypeVerification.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }


    /**
     * Waits until a job is done. The error of one that failed is of the kind of what it failed of.
     */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
    override suspend fun `wait`(`jobId`: kotlin.String, `options`: CallOptions) : JobResult {
        return uniffiRustCallAsync(
        callWithHandle { uniffiHandle ->
            UniffiLib.uniffi_voiceroll_uniffi_fn_method_registry_wait(
                uniffiHandle,

        FfiConverterString.lower(`jobId`),
        FfiConverterTypeCallOptions.lower(`options`),
            )
        },
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation).let { RustBufferJobResult.create(it.capacity.toULong(), it.len.toULong(), it.data) } },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterTypeJobResult.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }







    companion object {

    /**
     * Uses a registry on a server with RingCentral's API: `voiceroll serve`, or a compatible one. Nothing is sent
     * before the first call, which logs in with `client_id`, `client_secret` and `jwt`, or with what the environment
     * says. `inspect` says whether recordings are inspected here before they are sent to be enrolled,
     * `max_recording` the most bytes of one that are sent (of a larger one its best stretch; 16 MiB),
     * `request_timeout` how long one request may take (300 s), `patience` the total time that a call waits for a
     * busy server (120 s), `plain_http` whether voices and secrets may travel unencrypted to another machine. The
     * rest as for `open`.
     */
    @Throws(VoicerollException::class) fun `connect`(`url`: kotlin.String, `clientId`: kotlin.String? = null, `clientSecret`: kotlin.String? = null, `jwt`: kotlin.String? = null, `inspect`: kotlin.Boolean = true, `maxRecording`: kotlin.ULong? = null, `requestTimeout`: Seconds? = null, `patience`: Seconds? = null, `plainHttp`: kotlin.Boolean = false, `maxSeconds`: kotlin.Double? = null, `maxBytes`: kotlin.ULong? = null): Registry {
            return FfiConverterTypeRegistry.lift(
    uniffiRustCallWithError(VoicerollException) { _status ->
    UniffiLib.uniffi_voiceroll_uniffi_fn_constructor_registry_connect(


        FfiConverterString.lower(`url`),
        FfiConverterOptionalString.lower(`clientId`),
        FfiConverterOptionalString.lower(`clientSecret`),
        FfiConverterOptionalString.lower(`jwt`),
        FfiConverterBoolean.lower(`inspect`),
        FfiConverterOptionalULong.lower(`maxRecording`),
        FfiConverterOptionalTypeSeconds.lower(`requestTimeout`),
        FfiConverterOptionalTypeSeconds.lower(`patience`),
        FfiConverterBoolean.lower(`plainHttp`),
        FfiConverterOptionalDouble.lower(`maxSeconds`),
        FfiConverterOptionalULong.lower(`maxBytes`),_status)
}
    )
    }



    /**
     * The same with the server and the credentials that the environment says: `VOICEROLL_SERVER`,
     * `VOICEROLL_CLIENT_ID`, `VOICEROLL_CLIENT_SECRET` and `VOICEROLL_JWT`, or `RINGCENTRAL_SERVER_URL` and the
     * others with `RINGCENTRAL_`.
     */
    @Throws(VoicerollException::class) fun `connectFromEnv`(`inspect`: kotlin.Boolean = true, `maxRecording`: kotlin.ULong? = null, `requestTimeout`: Seconds? = null, `patience`: Seconds? = null, `plainHttp`: kotlin.Boolean = false, `maxSeconds`: kotlin.Double? = null, `maxBytes`: kotlin.ULong? = null): Registry {
            return FfiConverterTypeRegistry.lift(
    uniffiRustCallWithError(VoicerollException) { _status ->
    UniffiLib.uniffi_voiceroll_uniffi_fn_constructor_registry_connect_from_env(


        FfiConverterBoolean.lower(`inspect`),
        FfiConverterOptionalULong.lower(`maxRecording`),
        FfiConverterOptionalTypeSeconds.lower(`requestTimeout`),
        FfiConverterOptionalTypeSeconds.lower(`patience`),
        FfiConverterBoolean.lower(`plainHttp`),
        FfiConverterOptionalDouble.lower(`maxSeconds`),
        FfiConverterOptionalULong.lower(`maxBytes`),_status)
}
    )
    }



    /**
     * Opens a store file, and creates it if it does not exist. `model` is a speaker network of your own, as ONNX, and
     * `calibration` one made by `voiceroll calibrate`. `false_accept_rate` says how often another person's voice
     * may pass, between 0 and 1: 0.01 by default. `max_seconds` and `max_bytes` are the longest recording
     * and the largest file that are read: two hours and 2 GiB. `custody` says where the key of the
     * store is, whether consent is required, and where an audit trail is kept.
     */
    @Throws(VoicerollException::class) fun `open`(`path`: kotlin.String, `model`: kotlin.String? = null, `calibration`: kotlin.String? = null, `falseAcceptRate`: kotlin.Double? = null, `maxSeconds`: kotlin.Double? = null, `maxBytes`: kotlin.ULong? = null, `custody`: Custody = Custody()): Registry {
            return FfiConverterTypeRegistry.lift(
    uniffiRustCallWithError(VoicerollException) { _status ->
    UniffiLib.uniffi_voiceroll_uniffi_fn_constructor_registry_open(


        FfiConverterString.lower(`path`),
        FfiConverterOptionalString.lower(`model`),
        FfiConverterOptionalString.lower(`calibration`),
        FfiConverterOptionalDouble.lower(`falseAcceptRate`),
        FfiConverterOptionalDouble.lower(`maxSeconds`),
        FfiConverterOptionalULong.lower(`maxBytes`),
        FfiConverterTypeCustody.lower(`custody`),_status)
}
    )
    }



    }

}


/**
 * @suppress
 */
public object FfiConverterTypeRegistry: FfiConverter<Registry, Long> {
    override fun lower(value: Registry): Long {
        return value.callWithHandle { it }
    }

    override fun lift(value: Long): Registry {
        return Registry(UniffiWithHandle, value)
    }

    override fun read(buf: ByteBuffer): Registry {
        return lift(buf.getLong())
    }

    override fun allocationSize(value: Registry) = 8UL

    override fun write(value: Registry, buf: ByteBuffer) {
        buf.putLong(lower(value))
    }
}



/**
 * How a call is stopped, bounded and watched.
 */
data class CallOptions (
    /**
     * How long the call may take. Nothing was changed when it took longer, or, on a server, the error says that
     * this is not known.
     */
    val `timeout`: Seconds? = null
    ,
    /**
     * Stops the call from elsewhere, under the same terms.
     */
    val `cancel`: CancelToken? = null
    ,
    /**
     * Receives the progress of the call.
     */
    val `progress`: ProgressListener? = null

): Disposable{





    @Suppress("UNNECESSARY_SAFE_CALL") // codegen is much simpler if we unconditionally emit safe calls here
    override fun destroy() {

    Disposable.destroy(
        this.`timeout`,
        this.`cancel`,
        this.`progress`
    )
    }

    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeCallOptions: FfiConverterRustBuffer<CallOptions> {
    override fun read(buf: ByteBuffer): CallOptions {
        return CallOptions(
            FfiConverterOptionalTypeSeconds.read(buf),
            FfiConverterOptionalTypeCancelToken.read(buf),
            FfiConverterOptionalTypeProgressListener.read(buf),
        )
    }

    override fun allocationSize(value: CallOptions) = (
            FfiConverterOptionalTypeSeconds.allocationSize(value.`timeout`) +
            FfiConverterOptionalTypeCancelToken.allocationSize(value.`cancel`) +
            FfiConverterOptionalTypeProgressListener.allocationSize(value.`progress`)
    )

    override fun write(value: CallOptions, buf: ByteBuffer) {
            FfiConverterOptionalTypeSeconds.write(value.`timeout`, buf)
            FfiConverterOptionalTypeCancelToken.write(value.`cancel`, buf)
            FfiConverterOptionalTypeProgressListener.write(value.`progress`, buf)
    }
}



/**
 * How a store is opened: where its key comes from, and what is kept of its use. For the key give one source at most;
 * without one, the environment says it, or a folder of the user is used. Without the key nobody can read the voiceprints.
 */
data class Custody (
    /**
     * Opens the store read-only; calls that would change it fail.
     */
    val `readOnly`: kotlin.Boolean = false
    ,
    /**
     * A folder with a key file for each store.
     */
    val `keyFolder`: kotlin.String? = null
    ,
    /**
     * The file of the key; it is created if it does not exist.
     */
    val `keyFile`: kotlin.String? = null
    ,
    /**
     * The environment variable that holds the key.
     */
    val `keyVariable`: kotlin.String? = null
    ,
    /**
     * A command that prints the key.
     */
    val `keyCommand`: kotlin.String? = null
    ,
    /**
     * Whether the store is encrypted. By default it is, unless it was created with false.
     */
    val `encrypted`: kotlin.Boolean? = null
    ,
    /**
     * Whether nobody is enrolled or recognised without a valid consent record.
     */
    val `requireConsent`: kotlin.Boolean = false
    ,
    /**
     * The folder of an audit trail of every change and every recognition.
     */
    val `audit`: kotlin.String? = null
    ,
    /**
     * The actor in the audit trail. By default the user of the operating system.
     */
    val `actor`: kotlin.String? = null

){





    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeCustody: FfiConverterRustBuffer<Custody> {
    override fun read(buf: ByteBuffer): Custody {
        return Custody(
            FfiConverterBoolean.read(buf),
            FfiConverterOptionalString.read(buf),
            FfiConverterOptionalString.read(buf),
            FfiConverterOptionalString.read(buf),
            FfiConverterOptionalString.read(buf),
            FfiConverterOptionalBoolean.read(buf),
            FfiConverterBoolean.read(buf),
            FfiConverterOptionalString.read(buf),
            FfiConverterOptionalString.read(buf),
        )
    }

    override fun allocationSize(value: Custody) = (
            FfiConverterBoolean.allocationSize(value.`readOnly`) +
            FfiConverterOptionalString.allocationSize(value.`keyFolder`) +
            FfiConverterOptionalString.allocationSize(value.`keyFile`) +
            FfiConverterOptionalString.allocationSize(value.`keyVariable`) +
            FfiConverterOptionalString.allocationSize(value.`keyCommand`) +
            FfiConverterOptionalBoolean.allocationSize(value.`encrypted`) +
            FfiConverterBoolean.allocationSize(value.`requireConsent`) +
            FfiConverterOptionalString.allocationSize(value.`audit`) +
            FfiConverterOptionalString.allocationSize(value.`actor`)
    )

    override fun write(value: Custody, buf: ByteBuffer) {
            FfiConverterBoolean.write(value.`readOnly`, buf)
            FfiConverterOptionalString.write(value.`keyFolder`, buf)
            FfiConverterOptionalString.write(value.`keyFile`, buf)
            FfiConverterOptionalString.write(value.`keyVariable`, buf)
            FfiConverterOptionalString.write(value.`keyCommand`, buf)
            FfiConverterOptionalBoolean.write(value.`encrypted`, buf)
            FfiConverterBoolean.write(value.`requireConsent`, buf)
            FfiConverterOptionalString.write(value.`audit`, buf)
            FfiConverterOptionalString.write(value.`actor`, buf)
    }
}



/**
 * What went wrong, in all kinds of errors.
 */
data class ErrorDetails (
    /**
     * Stable name of what happened, such as `speaker_exists`; the same in every language.
     */
    val `code`: kotlin.String
    ,
    /**
     * A sentence that says what to do.
     */
    val `message`: kotlin.String
    ,
    /**
     * Whether the same call may succeed later. Never where a part was done, or may have been.
     */
    val `retryable`: kotlin.Boolean
    ,
    /**
     * HTTP status with which a server refused.
     */
    val `status`: kotlin.Int?
    ,
    /**
     * The id of the request in the server's log.
     */
    val `requestId`: kotlin.String?
    ,
    /**
     * How long to wait before a retry, if known.
     */
    val `retryAfter`: Seconds?
    ,
    /**
     * How many recordings of the call were added before it failed.
     */
    val `added`: kotlin.Int
    ,
    /**
     * Whether it is not known what a server did: read the enrollment to know.
     */
    val `outcomeUnknown`: kotlin.Boolean
    ,
    /**
     * Why a recording was refused.
     */
    val `problems`: List<Problem>

){





    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeErrorDetails: FfiConverterRustBuffer<ErrorDetails> {
    override fun read(buf: ByteBuffer): ErrorDetails {
        return ErrorDetails(
            FfiConverterString.read(buf),
            FfiConverterString.read(buf),
            FfiConverterBoolean.read(buf),
            FfiConverterOptionalInt.read(buf),
            FfiConverterOptionalString.read(buf),
            FfiConverterOptionalTypeSeconds.read(buf),
            FfiConverterInt.read(buf),
            FfiConverterBoolean.read(buf),
            FfiConverterSequenceTypeProblem.read(buf),
        )
    }

    override fun allocationSize(value: ErrorDetails) = (
            FfiConverterString.allocationSize(value.`code`) +
            FfiConverterString.allocationSize(value.`message`) +
            FfiConverterBoolean.allocationSize(value.`retryable`) +
            FfiConverterOptionalInt.allocationSize(value.`status`) +
            FfiConverterOptionalString.allocationSize(value.`requestId`) +
            FfiConverterOptionalTypeSeconds.allocationSize(value.`retryAfter`) +
            FfiConverterInt.allocationSize(value.`added`) +
            FfiConverterBoolean.allocationSize(value.`outcomeUnknown`) +
            FfiConverterSequenceTypeProblem.allocationSize(value.`problems`)
    )

    override fun write(value: ErrorDetails, buf: ByteBuffer) {
            FfiConverterString.write(value.`code`, buf)
            FfiConverterString.write(value.`message`, buf)
            FfiConverterBoolean.write(value.`retryable`, buf)
            FfiConverterOptionalInt.write(value.`status`, buf)
            FfiConverterOptionalString.write(value.`requestId`, buf)
            FfiConverterOptionalTypeSeconds.write(value.`retryAfter`, buf)
            FfiConverterInt.write(value.`added`, buf)
            FfiConverterBoolean.write(value.`outcomeUnknown`, buf)
            FfiConverterSequenceTypeProblem.write(value.`problems`, buf)
    }
}



/**
 * A stretch cut out of a recording. The core's own type can be made in the core alone, and the door gives its parts.
 */
data class Prepared (
    /**
     * A WAV file: 16 kHz, mono, 16 bit.
     */
    val `wav`: kotlin.ByteArray
    ,
    /**
     * Where the stretch starts in the recording, in seconds.
     */
    val `start`: kotlin.Double
    ,
    /**
     * Where it ends, in seconds.
     */
    val `end`: kotlin.Double
    ,
    /**
     * Seconds of speech in it.
     */
    val `speechSeconds`: kotlin.Double

){





    override fun equals(other: Any?) = other is Prepared && wav.contentEquals(other.wav) &&
        start == other.start && end == other.end && speechSeconds == other.speechSeconds

    override fun hashCode() = 31 * wav.contentHashCode() + start.hashCode()

    override fun toString() = "Prepared(start=$start, end=$end, speechSeconds=$speechSeconds)"

    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypePrepared: FfiConverterRustBuffer<Prepared> {
    override fun read(buf: ByteBuffer): Prepared {
        return Prepared(
            FfiConverterByteArray.read(buf),
            FfiConverterDouble.read(buf),
            FfiConverterDouble.read(buf),
            FfiConverterDouble.read(buf),
        )
    }

    override fun allocationSize(value: Prepared) = (
            FfiConverterByteArray.allocationSize(value.`wav`) +
            FfiConverterDouble.allocationSize(value.`start`) +
            FfiConverterDouble.allocationSize(value.`end`) +
            FfiConverterDouble.allocationSize(value.`speechSeconds`)
    )

    override fun write(value: Prepared, buf: ByteBuffer) {
            FfiConverterByteArray.write(value.`wav`, buf)
            FfiConverterDouble.write(value.`start`, buf)
            FfiConverterDouble.write(value.`end`, buf)
            FfiConverterDouble.write(value.`speechSeconds`, buf)
    }
}



/**
 * The enrolled speakers to search for in a diarization.
 */
sealed class Known {

    /**
     * Everybody with a complete enrollment.
     */
    object All : Known()


    /**
     * These speakers, whose enrollments must be complete.
     */
    data class These(
        /**
         * Their ids.
         */
        val `speakerIds`: List<kotlin.String>) : Known()

    {


        companion object
    }








    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeKnown : FfiConverterRustBuffer<Known>{
    override fun read(buf: ByteBuffer): Known {
        return when(buf.getInt()) {
            1 -> Known.All
            2 -> Known.These(
                FfiConverterSequenceString.read(buf),
                )
            else -> throw RuntimeException("invalid enum value, something is very wrong!!")
        }
    }

    override fun allocationSize(value: Known): ULong = when(value) {
        is Known.All -> {
            // Add the size for the Int that specifies the variant plus the size needed for all fields
            (
                4UL
            )
        }
        is Known.These -> {
            // Add the size for the Int that specifies the variant plus the size needed for all fields
            (
                4UL
                + FfiConverterSequenceString.allocationSize(value.`speakerIds`)
            )
        }
    }

    override fun write(value: Known, buf: ByteBuffer) {
        when(value) {
            is Known.All -> {
                buf.putInt(1)
                Unit
            }
            is Known.These -> {
                buf.putInt(2)
                FfiConverterSequenceString.write(value.`speakerIds`, buf)
                Unit
            }
        }.let { /* this makes the `when` an expression, which ensures it is exhaustive */ }
    }
}





/**
 * How samples are written, the lowest byte of each first.
 */

enum class SampleFormat {

    /**
     * Integers of 16 bits.
     */
    I16,
    /**
     * Floats of 32 bits from -1 to 1.
     */
    F32,
    /**
     * Floats of 64 bits from -1 to 1.
     */
    F64;




    companion object
}


/**
 * @suppress
 */
public object FfiConverterTypeSampleFormat: FfiConverterRustBuffer<SampleFormat> {
    override fun read(buf: ByteBuffer) = try {

        SampleFormat.entries[buf.getInt() - 1]

    } catch (e: IndexOutOfBoundsException) {
        throw RuntimeException("invalid enum value, something is very wrong!!", e)
    }

    override fun allocationSize(value: SampleFormat) = 4UL

    override fun write(value: SampleFormat, buf: ByteBuffer) {
        buf.putInt(value.ordinal + 1)
    }
}







/**
 * Something that could not be done; each kind is a case of its own. Faults of a recording, such as noise,
 * are no errors but problems of its inspection.
 */
sealed class VoicerollException: kotlin.Exception() {

    /** What kind of thing it is, such as `Conflict`; the same in every language. */
    val kind: String get() = when (this) {
        is InvalidInput -> "InvalidInput"
        is Unreadable -> "Unreadable"
        is Refused -> "Refused"
        is Limit -> "Limit"
        is Conflict -> "Conflict"
        is NotFound -> "NotFound"
        is Gone -> "Gone"
        is Incomplete -> "Incomplete"
        is ModelMismatch -> "ModelMismatch"
        is Store -> "Store"
        is Io -> "Io"
        is Cancelled -> "Cancelled"
        is Timeout -> "Timeout"
        is Unauthorized -> "Unauthorized"
        is Unavailable -> "Unavailable"
        is Unsupported -> "Unsupported"
        is Internal -> "Internal"
    }

    /** Code, sentence and the rest. */
    abstract val details: ErrorDetails

    /** Stable name of what happened, such as `speaker_exists`; the same in every language. */
    val code: String get() = details.code

    /** Whether the same call may succeed later. Never where a part was done, or may have been. */
    val retryable: Boolean get() = details.retryable

    /** HTTP status with which a server refused. */
    val status: Int? get() = details.status

    /** The id of the request in the server's log. */
    val requestId: String? get() = details.requestId

    /** How long to wait before a retry, if known. */
    val retryAfter: kotlin.time.Duration? get() = details.retryAfter

    /** How many recordings of the call were added before it failed. */
    val added: Int get() = details.added

    /** Whether it is not known what a server did: read the enrollment to know. */
    val outcomeUnknown: Boolean get() = details.outcomeUnknown

    /** Why a recording was refused. */
    val problems: List<Problem> get() = details.problems

    /**
     * An argument is invalid, such as a speaker id with a space in it.
     */
    class InvalidInput(

        /**
         * Code, sentence and the rest.
         */
        override val `details`: ErrorDetails
        ) : VoicerollException() {
        override val message
            get() = `details`.message
    }

    /**
     * The recording cannot be read: unsupported format, no audio, or damaged.
     */
    class Unreadable(

        /**
         * Code, sentence and the rest.
         */
        override val `details`: ErrorDetails
        ) : VoicerollException() {
        override val message
            get() = `details`.message
    }

    /**
     * The recording can be read, but is not fit to enroll; `problems` says why.
     */
    class Refused(

        /**
         * Code, sentence and the rest.
         */
        override val `details`: ErrorDetails
        ) : VoicerollException() {
        override val message
            get() = `details`.message
    }

    /**
     * A limit was passed, such as the longest recording that is read.
     */
    class Limit(

        /**
         * Code, sentence and the rest.
         */
        override val `details`: ErrorDetails
        ) : VoicerollException() {
        override val message
            get() = `details`.message
    }

    /**
     * The speaker id is already enrolled.
     */
    class Conflict(

        /**
         * Code, sentence and the rest.
         */
        override val `details`: ErrorDetails
        ) : VoicerollException() {
        override val message
            get() = `details`.message
    }

    /**
     * There is no such speaker, recording or job.
     */
    class NotFound(

        /**
         * Code, sentence and the rest.
         */
        override val `details`: ErrorDetails
        ) : VoicerollException() {
        override val message
            get() = `details`.message
    }

    /**
     * The speaker id was enrolled once and has been deleted, or has expired.
     */
    class Gone(

        /**
         * Code, sentence and the rest.
         */
        override val `details`: ErrorDetails
        ) : VoicerollException() {
        override val message
            get() = `details`.message
    }

    /**
     * The enrollment lacks speech to recognise anybody by, or a consent.
     */
    class Incomplete(

        /**
         * Code, sentence and the rest.
         */
        override val `details`: ErrorDetails
        ) : VoicerollException() {
        override val message
            get() = `details`.message
    }

    /**
     * Voiceprints made by different models cannot be compared or mixed.
     */
    class ModelMismatch(

        /**
         * Code, sentence and the rest.
         */
        override val `details`: ErrorDetails
        ) : VoicerollException() {
        override val message
            get() = `details`.message
    }

    /**
     * The store could not be read or written.
     */
    class Store(

        /**
         * Code, sentence and the rest.
         */
        override val `details`: ErrorDetails
        ) : VoicerollException() {
        override val message
            get() = `details`.message
    }

    /**
     * A file could not be read or written.
     */
    class Io(

        /**
         * Code, sentence and the rest.
         */
        override val `details`: ErrorDetails
        ) : VoicerollException() {
        override val message
            get() = `details`.message
    }

    /**
     * A cancel token stopped the work.
     */
    class Cancelled(

        /**
         * Code, sentence and the rest.
         */
        override val `details`: ErrorDetails
        ) : VoicerollException() {
        override val message
            get() = `details`.message
    }

    /**
     * The call exceeded its timeout.
     */
    class Timeout(

        /**
         * Code, sentence and the rest.
         */
        override val `details`: ErrorDetails
        ) : VoicerollException() {
        override val message
            get() = `details`.message
    }

    /**
     * The server rejected the credentials.
     */
    class Unauthorized(

        /**
         * Code, sentence and the rest.
         */
        override val `details`: ErrorDetails
        ) : VoicerollException() {
        override val message
            get() = `details`.message
    }

    /**
     * The server cannot be reached, is busy or failed; try again later.
     */
    class Unavailable(

        /**
         * Code, sentence and the rest.
         */
        override val `details`: ErrorDetails
        ) : VoicerollException() {
        override val message
            get() = `details`.message
    }

    /**
     * The server does not support this, or is not a compatible server.
     */
    class Unsupported(

        /**
         * Code, sentence and the rest.
         */
        override val `details`: ErrorDetails
        ) : VoicerollException() {
        override val message
            get() = `details`.message
    }

    /**
     * A defect in Voiceroll itself.
     */
    class Internal(

        /**
         * Code, sentence and the rest.
         */
        override val `details`: ErrorDetails
        ) : VoicerollException() {
        override val message
            get() = `details`.message
    }





    companion object ErrorHandler : UniffiRustCallStatusErrorHandler<VoicerollException> {
        override fun lift(error_buf: RustBuffer.ByValue): VoicerollException = FfiConverterTypeVoicerollError.lift(error_buf)
    }


}

/**
 * @suppress
 */
public object FfiConverterTypeVoicerollError : FfiConverterRustBuffer<VoicerollException> {
    override fun read(buf: ByteBuffer): VoicerollException {


        return when(buf.getInt()) {
            1 -> VoicerollException.InvalidInput(
                FfiConverterTypeErrorDetails.read(buf),
                )
            2 -> VoicerollException.Unreadable(
                FfiConverterTypeErrorDetails.read(buf),
                )
            3 -> VoicerollException.Refused(
                FfiConverterTypeErrorDetails.read(buf),
                )
            4 -> VoicerollException.Limit(
                FfiConverterTypeErrorDetails.read(buf),
                )
            5 -> VoicerollException.Conflict(
                FfiConverterTypeErrorDetails.read(buf),
                )
            6 -> VoicerollException.NotFound(
                FfiConverterTypeErrorDetails.read(buf),
                )
            7 -> VoicerollException.Gone(
                FfiConverterTypeErrorDetails.read(buf),
                )
            8 -> VoicerollException.Incomplete(
                FfiConverterTypeErrorDetails.read(buf),
                )
            9 -> VoicerollException.ModelMismatch(
                FfiConverterTypeErrorDetails.read(buf),
                )
            10 -> VoicerollException.Store(
                FfiConverterTypeErrorDetails.read(buf),
                )
            11 -> VoicerollException.Io(
                FfiConverterTypeErrorDetails.read(buf),
                )
            12 -> VoicerollException.Cancelled(
                FfiConverterTypeErrorDetails.read(buf),
                )
            13 -> VoicerollException.Timeout(
                FfiConverterTypeErrorDetails.read(buf),
                )
            14 -> VoicerollException.Unauthorized(
                FfiConverterTypeErrorDetails.read(buf),
                )
            15 -> VoicerollException.Unavailable(
                FfiConverterTypeErrorDetails.read(buf),
                )
            16 -> VoicerollException.Unsupported(
                FfiConverterTypeErrorDetails.read(buf),
                )
            17 -> VoicerollException.Internal(
                FfiConverterTypeErrorDetails.read(buf),
                )
            else -> throw RuntimeException("invalid error enum value, something is very wrong!!")
        }
    }

    override fun allocationSize(value: VoicerollException): ULong {
        return when(value) {
            is VoicerollException.InvalidInput -> (
                // Add the size for the Int that specifies the variant plus the size needed for all fields
                4UL
                + FfiConverterTypeErrorDetails.allocationSize(value.`details`)
            )
            is VoicerollException.Unreadable -> (
                // Add the size for the Int that specifies the variant plus the size needed for all fields
                4UL
                + FfiConverterTypeErrorDetails.allocationSize(value.`details`)
            )
            is VoicerollException.Refused -> (
                // Add the size for the Int that specifies the variant plus the size needed for all fields
                4UL
                + FfiConverterTypeErrorDetails.allocationSize(value.`details`)
            )
            is VoicerollException.Limit -> (
                // Add the size for the Int that specifies the variant plus the size needed for all fields
                4UL
                + FfiConverterTypeErrorDetails.allocationSize(value.`details`)
            )
            is VoicerollException.Conflict -> (
                // Add the size for the Int that specifies the variant plus the size needed for all fields
                4UL
                + FfiConverterTypeErrorDetails.allocationSize(value.`details`)
            )
            is VoicerollException.NotFound -> (
                // Add the size for the Int that specifies the variant plus the size needed for all fields
                4UL
                + FfiConverterTypeErrorDetails.allocationSize(value.`details`)
            )
            is VoicerollException.Gone -> (
                // Add the size for the Int that specifies the variant plus the size needed for all fields
                4UL
                + FfiConverterTypeErrorDetails.allocationSize(value.`details`)
            )
            is VoicerollException.Incomplete -> (
                // Add the size for the Int that specifies the variant plus the size needed for all fields
                4UL
                + FfiConverterTypeErrorDetails.allocationSize(value.`details`)
            )
            is VoicerollException.ModelMismatch -> (
                // Add the size for the Int that specifies the variant plus the size needed for all fields
                4UL
                + FfiConverterTypeErrorDetails.allocationSize(value.`details`)
            )
            is VoicerollException.Store -> (
                // Add the size for the Int that specifies the variant plus the size needed for all fields
                4UL
                + FfiConverterTypeErrorDetails.allocationSize(value.`details`)
            )
            is VoicerollException.Io -> (
                // Add the size for the Int that specifies the variant plus the size needed for all fields
                4UL
                + FfiConverterTypeErrorDetails.allocationSize(value.`details`)
            )
            is VoicerollException.Cancelled -> (
                // Add the size for the Int that specifies the variant plus the size needed for all fields
                4UL
                + FfiConverterTypeErrorDetails.allocationSize(value.`details`)
            )
            is VoicerollException.Timeout -> (
                // Add the size for the Int that specifies the variant plus the size needed for all fields
                4UL
                + FfiConverterTypeErrorDetails.allocationSize(value.`details`)
            )
            is VoicerollException.Unauthorized -> (
                // Add the size for the Int that specifies the variant plus the size needed for all fields
                4UL
                + FfiConverterTypeErrorDetails.allocationSize(value.`details`)
            )
            is VoicerollException.Unavailable -> (
                // Add the size for the Int that specifies the variant plus the size needed for all fields
                4UL
                + FfiConverterTypeErrorDetails.allocationSize(value.`details`)
            )
            is VoicerollException.Unsupported -> (
                // Add the size for the Int that specifies the variant plus the size needed for all fields
                4UL
                + FfiConverterTypeErrorDetails.allocationSize(value.`details`)
            )
            is VoicerollException.Internal -> (
                // Add the size for the Int that specifies the variant plus the size needed for all fields
                4UL
                + FfiConverterTypeErrorDetails.allocationSize(value.`details`)
            )
        }
    }

    override fun write(value: VoicerollException, buf: ByteBuffer) {
        when(value) {
            is VoicerollException.InvalidInput -> {
                buf.putInt(1)
                FfiConverterTypeErrorDetails.write(value.`details`, buf)
                Unit
            }
            is VoicerollException.Unreadable -> {
                buf.putInt(2)
                FfiConverterTypeErrorDetails.write(value.`details`, buf)
                Unit
            }
            is VoicerollException.Refused -> {
                buf.putInt(3)
                FfiConverterTypeErrorDetails.write(value.`details`, buf)
                Unit
            }
            is VoicerollException.Limit -> {
                buf.putInt(4)
                FfiConverterTypeErrorDetails.write(value.`details`, buf)
                Unit
            }
            is VoicerollException.Conflict -> {
                buf.putInt(5)
                FfiConverterTypeErrorDetails.write(value.`details`, buf)
                Unit
            }
            is VoicerollException.NotFound -> {
                buf.putInt(6)
                FfiConverterTypeErrorDetails.write(value.`details`, buf)
                Unit
            }
            is VoicerollException.Gone -> {
                buf.putInt(7)
                FfiConverterTypeErrorDetails.write(value.`details`, buf)
                Unit
            }
            is VoicerollException.Incomplete -> {
                buf.putInt(8)
                FfiConverterTypeErrorDetails.write(value.`details`, buf)
                Unit
            }
            is VoicerollException.ModelMismatch -> {
                buf.putInt(9)
                FfiConverterTypeErrorDetails.write(value.`details`, buf)
                Unit
            }
            is VoicerollException.Store -> {
                buf.putInt(10)
                FfiConverterTypeErrorDetails.write(value.`details`, buf)
                Unit
            }
            is VoicerollException.Io -> {
                buf.putInt(11)
                FfiConverterTypeErrorDetails.write(value.`details`, buf)
                Unit
            }
            is VoicerollException.Cancelled -> {
                buf.putInt(12)
                FfiConverterTypeErrorDetails.write(value.`details`, buf)
                Unit
            }
            is VoicerollException.Timeout -> {
                buf.putInt(13)
                FfiConverterTypeErrorDetails.write(value.`details`, buf)
                Unit
            }
            is VoicerollException.Unauthorized -> {
                buf.putInt(14)
                FfiConverterTypeErrorDetails.write(value.`details`, buf)
                Unit
            }
            is VoicerollException.Unavailable -> {
                buf.putInt(15)
                FfiConverterTypeErrorDetails.write(value.`details`, buf)
                Unit
            }
            is VoicerollException.Unsupported -> {
                buf.putInt(16)
                FfiConverterTypeErrorDetails.write(value.`details`, buf)
                Unit
            }
            is VoicerollException.Internal -> {
                buf.putInt(17)
                FfiConverterTypeErrorDetails.write(value.`details`, buf)
                Unit
            }
        }.let { /* this makes the `when` an expression, which ensures it is exhaustive */ }
    }

}




/**
 * @suppress
 */
public object FfiConverterOptionalUInt: FfiConverterRustBuffer<kotlin.UInt?> {
    override fun read(buf: ByteBuffer): kotlin.UInt? {
        if (buf.get().toInt() == 0) {
            return null
        }
        return FfiConverterUInt.read(buf)
    }

    override fun allocationSize(value: kotlin.UInt?): ULong {
        if (value == null) {
            return 1UL
        } else {
            return 1UL + FfiConverterUInt.allocationSize(value)
        }
    }

    override fun write(value: kotlin.UInt?, buf: ByteBuffer) {
        if (value == null) {
            buf.put(0)
        } else {
            buf.put(1)
            FfiConverterUInt.write(value, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterOptionalInt: FfiConverterRustBuffer<kotlin.Int?> {
    override fun read(buf: ByteBuffer): kotlin.Int? {
        if (buf.get().toInt() == 0) {
            return null
        }
        return FfiConverterInt.read(buf)
    }

    override fun allocationSize(value: kotlin.Int?): ULong {
        if (value == null) {
            return 1UL
        } else {
            return 1UL + FfiConverterInt.allocationSize(value)
        }
    }

    override fun write(value: kotlin.Int?, buf: ByteBuffer) {
        if (value == null) {
            buf.put(0)
        } else {
            buf.put(1)
            FfiConverterInt.write(value, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterOptionalULong: FfiConverterRustBuffer<kotlin.ULong?> {
    override fun read(buf: ByteBuffer): kotlin.ULong? {
        if (buf.get().toInt() == 0) {
            return null
        }
        return FfiConverterULong.read(buf)
    }

    override fun allocationSize(value: kotlin.ULong?): ULong {
        if (value == null) {
            return 1UL
        } else {
            return 1UL + FfiConverterULong.allocationSize(value)
        }
    }

    override fun write(value: kotlin.ULong?, buf: ByteBuffer) {
        if (value == null) {
            buf.put(0)
        } else {
            buf.put(1)
            FfiConverterULong.write(value, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterOptionalDouble: FfiConverterRustBuffer<kotlin.Double?> {
    override fun read(buf: ByteBuffer): kotlin.Double? {
        if (buf.get().toInt() == 0) {
            return null
        }
        return FfiConverterDouble.read(buf)
    }

    override fun allocationSize(value: kotlin.Double?): ULong {
        if (value == null) {
            return 1UL
        } else {
            return 1UL + FfiConverterDouble.allocationSize(value)
        }
    }

    override fun write(value: kotlin.Double?, buf: ByteBuffer) {
        if (value == null) {
            buf.put(0)
        } else {
            buf.put(1)
            FfiConverterDouble.write(value, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterOptionalBoolean: FfiConverterRustBuffer<kotlin.Boolean?> {
    override fun read(buf: ByteBuffer): kotlin.Boolean? {
        if (buf.get().toInt() == 0) {
            return null
        }
        return FfiConverterBoolean.read(buf)
    }

    override fun allocationSize(value: kotlin.Boolean?): ULong {
        if (value == null) {
            return 1UL
        } else {
            return 1UL + FfiConverterBoolean.allocationSize(value)
        }
    }

    override fun write(value: kotlin.Boolean?, buf: ByteBuffer) {
        if (value == null) {
            buf.put(0)
        } else {
            buf.put(1)
            FfiConverterBoolean.write(value, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterOptionalString: FfiConverterRustBuffer<kotlin.String?> {
    override fun read(buf: ByteBuffer): kotlin.String? {
        if (buf.get().toInt() == 0) {
            return null
        }
        return FfiConverterString.read(buf)
    }

    override fun allocationSize(value: kotlin.String?): ULong {
        if (value == null) {
            return 1UL
        } else {
            return 1UL + FfiConverterString.allocationSize(value)
        }
    }

    override fun write(value: kotlin.String?, buf: ByteBuffer) {
        if (value == null) {
            buf.put(0)
        } else {
            buf.put(1)
            FfiConverterString.write(value, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterOptionalTypeCancelToken: FfiConverterRustBuffer<CancelToken?> {
    override fun read(buf: ByteBuffer): CancelToken? {
        if (buf.get().toInt() == 0) {
            return null
        }
        return FfiConverterTypeCancelToken.read(buf)
    }

    override fun allocationSize(value: CancelToken?): ULong {
        if (value == null) {
            return 1UL
        } else {
            return 1UL + FfiConverterTypeCancelToken.allocationSize(value)
        }
    }

    override fun write(value: CancelToken?, buf: ByteBuffer) {
        if (value == null) {
            buf.put(0)
        } else {
            buf.put(1)
            FfiConverterTypeCancelToken.write(value, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterOptionalTypeProgressListener: FfiConverterRustBuffer<ProgressListener?> {
    override fun read(buf: ByteBuffer): ProgressListener? {
        if (buf.get().toInt() == 0) {
            return null
        }
        return FfiConverterTypeProgressListener.read(buf)
    }

    override fun allocationSize(value: ProgressListener?): ULong {
        if (value == null) {
            return 1UL
        } else {
            return 1UL + FfiConverterTypeProgressListener.allocationSize(value)
        }
    }

    override fun write(value: ProgressListener?, buf: ByteBuffer) {
        if (value == null) {
            buf.put(0)
        } else {
            buf.put(1)
            FfiConverterTypeProgressListener.write(value, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterOptionalTypeRecording: FfiConverterRustBuffer<Recording?> {
    override fun read(buf: ByteBuffer): Recording? {
        if (buf.get().toInt() == 0) {
            return null
        }
        return FfiConverterTypeRecording.read(buf)
    }

    override fun allocationSize(value: Recording?): ULong {
        if (value == null) {
            return 1UL
        } else {
            return 1UL + FfiConverterTypeRecording.allocationSize(value)
        }
    }

    override fun write(value: Recording?, buf: ByteBuffer) {
        if (value == null) {
            buf.put(0)
        } else {
            buf.put(1)
            FfiConverterTypeRecording.write(value, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterOptionalTypeConsentRecord: FfiConverterRustBuffer<ConsentRecord?> {
    override fun read(buf: ByteBuffer): ConsentRecord? {
        if (buf.get().toInt() == 0) {
            return null
        }
        return FfiConverterTypeConsentRecord.read(buf)
    }

    override fun allocationSize(value: ConsentRecord?): ULong {
        if (value == null) {
            return 1UL
        } else {
            return 1UL + FfiConverterTypeConsentRecord.allocationSize(value)
        }
    }

    override fun write(value: ConsentRecord?, buf: ByteBuffer) {
        if (value == null) {
            buf.put(0)
        } else {
            buf.put(1)
            FfiConverterTypeConsentRecord.write(value, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterOptionalTypeEncoding: FfiConverterRustBuffer<Encoding?> {
    override fun read(buf: ByteBuffer): Encoding? {
        if (buf.get().toInt() == 0) {
            return null
        }
        return FfiConverterTypeEncoding.read(buf)
    }

    override fun allocationSize(value: Encoding?): ULong {
        if (value == null) {
            return 1UL
        } else {
            return 1UL + FfiConverterTypeEncoding.allocationSize(value)
        }
    }

    override fun write(value: Encoding?, buf: ByteBuffer) {
        if (value == null) {
            buf.put(0)
        } else {
            buf.put(1)
            FfiConverterTypeEncoding.write(value, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterOptionalTypeKnown: FfiConverterRustBuffer<Known?> {
    override fun read(buf: ByteBuffer): Known? {
        if (buf.get().toInt() == 0) {
            return null
        }
        return FfiConverterTypeKnown.read(buf)
    }

    override fun allocationSize(value: Known?): ULong {
        if (value == null) {
            return 1UL
        } else {
            return 1UL + FfiConverterTypeKnown.allocationSize(value)
        }
    }

    override fun write(value: Known?, buf: ByteBuffer) {
        if (value == null) {
            buf.put(0)
        } else {
            buf.put(1)
            FfiConverterTypeKnown.write(value, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterOptionalSequenceString: FfiConverterRustBuffer<List<kotlin.String>?> {
    override fun read(buf: ByteBuffer): List<kotlin.String>? {
        if (buf.get().toInt() == 0) {
            return null
        }
        return FfiConverterSequenceString.read(buf)
    }

    override fun allocationSize(value: List<kotlin.String>?): ULong {
        if (value == null) {
            return 1UL
        } else {
            return 1UL + FfiConverterSequenceString.allocationSize(value)
        }
    }

    override fun write(value: List<kotlin.String>?, buf: ByteBuffer) {
        if (value == null) {
            buf.put(0)
        } else {
            buf.put(1)
            FfiConverterSequenceString.write(value, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterOptionalTypeSeconds: FfiConverterRustBuffer<Seconds?> {
    override fun read(buf: ByteBuffer): Seconds? {
        if (buf.get().toInt() == 0) {
            return null
        }
        return FfiConverterTypeSeconds.read(buf)
    }

    override fun allocationSize(value: Seconds?): ULong {
        if (value == null) {
            return 1UL
        } else {
            return 1UL + FfiConverterTypeSeconds.allocationSize(value)
        }
    }

    override fun write(value: Seconds?, buf: ByteBuffer) {
        if (value == null) {
            buf.put(0)
        } else {
            buf.put(1)
            FfiConverterTypeSeconds.write(value, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterSequenceString: FfiConverterRustBuffer<List<kotlin.String>> {
    override fun read(buf: ByteBuffer): List<kotlin.String> {
        val len = buf.getInt()
        return List<kotlin.String>(len) {
            FfiConverterString.read(buf)
        }
    }

    override fun allocationSize(value: List<kotlin.String>): ULong {
        val sizeForLength = 4UL
        val sizeForItems = value.map { FfiConverterString.allocationSize(it) }.sum()
        return sizeForLength + sizeForItems
    }

    override fun write(value: List<kotlin.String>, buf: ByteBuffer) {
        buf.putInt(value.size)
        value.iterator().forEach {
            FfiConverterString.write(it, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterSequenceTypeRecording: FfiConverterRustBuffer<List<Recording>> {
    override fun read(buf: ByteBuffer): List<Recording> {
        val len = buf.getInt()
        return List<Recording>(len) {
            FfiConverterTypeRecording.read(buf)
        }
    }

    override fun allocationSize(value: List<Recording>): ULong {
        val sizeForLength = 4UL
        val sizeForItems = value.map { FfiConverterTypeRecording.allocationSize(it) }.sum()
        return sizeForLength + sizeForItems
    }

    override fun write(value: List<Recording>, buf: ByteBuffer) {
        buf.putInt(value.size)
        value.iterator().forEach {
            FfiConverterTypeRecording.write(it, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterSequenceTypeAuditEntry: FfiConverterRustBuffer<List<AuditEntry>> {
    override fun read(buf: ByteBuffer): List<AuditEntry> {
        val len = buf.getInt()
        return List<AuditEntry>(len) {
            FfiConverterTypeAuditEntry.read(buf)
        }
    }

    override fun allocationSize(value: List<AuditEntry>): ULong {
        val sizeForLength = 4UL
        val sizeForItems = value.map { FfiConverterTypeAuditEntry.allocationSize(it) }.sum()
        return sizeForLength + sizeForItems
    }

    override fun write(value: List<AuditEntry>, buf: ByteBuffer) {
        buf.putInt(value.size)
        value.iterator().forEach {
            FfiConverterTypeAuditEntry.write(it, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterSequenceTypeProblem: FfiConverterRustBuffer<List<Problem>> {
    override fun read(buf: ByteBuffer): List<Problem> {
        val len = buf.getInt()
        return List<Problem>(len) {
            FfiConverterTypeProblem.read(buf)
        }
    }

    override fun allocationSize(value: List<Problem>): ULong {
        val sizeForLength = 4UL
        val sizeForItems = value.map { FfiConverterTypeProblem.allocationSize(it) }.sum()
        return sizeForLength + sizeForItems
    }

    override fun write(value: List<Problem>, buf: ByteBuffer) {
        buf.putInt(value.size)
        value.iterator().forEach {
            FfiConverterTypeProblem.write(it, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterMapStringString: FfiConverterRustBuffer<Map<kotlin.String, kotlin.String>> {
    override fun read(buf: ByteBuffer): Map<kotlin.String, kotlin.String> {
        val len = buf.getInt()
        return buildMap<kotlin.String, kotlin.String>(len) {
            repeat(len) {
                val k = FfiConverterString.read(buf)
                val v = FfiConverterString.read(buf)
                this[k] = v
            }
        }
    }

    override fun allocationSize(value: Map<kotlin.String, kotlin.String>): ULong {
        val spaceForMapSize = 4UL
        val spaceForChildren = value.map { (k, v) ->
            FfiConverterString.allocationSize(k) +
            FfiConverterString.allocationSize(v)
        }.sum()
        return spaceForMapSize + spaceForChildren
    }

    override fun write(value: Map<kotlin.String, kotlin.String>, buf: ByteBuffer) {
        buf.putInt(value.size)
        // The parens on `(k, v)` here ensure we're calling the right method,
        // which is important for compatibility with older android devices.
        // Ref https://blog.danlew.net/2017/03/16/kotlin-puzzler-whose-line-is-it-anyways/
        value.forEach { (k, v) ->
            FfiConverterString.write(k, buf)
            FfiConverterString.write(v, buf)
        }
    }
}





/**
 * A length of time in seconds.
 */
public typealias Seconds = kotlin.time.Duration



/**
 * @suppress
 */
public object FfiConverterTypeSeconds: FfiConverter<Seconds, Double> {
    override fun lift(value: Double): Seconds {
        val builtinValue = FfiConverterDouble.lift(value)
        return builtinValue.seconds
    }

    override fun lower(value: Seconds): Double {
        val builtinValue = value.toDouble(DurationUnit.SECONDS)
        return FfiConverterDouble.lower(builtinValue)
    }

    override fun read(buf: ByteBuffer): Seconds {
        val builtinValue = FfiConverterDouble.read(buf)
        return builtinValue.seconds
    }

    override fun allocationSize(value: Seconds): ULong {
        val builtinValue = value.toDouble(DurationUnit.SECONDS)
        return FfiConverterDouble.allocationSize(builtinValue)
    }

    override fun write(value: Seconds, buf: ByteBuffer) {
        val builtinValue = value.toDouble(DurationUnit.SECONDS)
        FfiConverterDouble.write(builtinValue, buf)
    }
}












































        /**
         * The version of this package, the same in every language.
         */ fun `version`(): kotlin.String {
            return FfiConverterString.lift(
    uniffiRustCall() { _status ->
    UniffiLib.uniffi_voiceroll_uniffi_fn_func_version(

        _status)
}
    )
    }


        /**
         * Puts a backup in the place of the store `path` that nobody has open. `replace` moves a store that exists aside; speakers
         * who were deleted from it since the backup are erased from the restored one.
         */
    @Throws(VoicerollException::class) fun `restore`(`backup`: kotlin.String, `path`: kotlin.String, `replace`: kotlin.Boolean = false, `custody`: Custody = Custody()): Restored {
            return FfiConverterTypeRestored.lift(
    uniffiRustCallWithError(VoicerollException) { _status ->
    UniffiLib.uniffi_voiceroll_uniffi_fn_func_restore(


        FfiConverterString.lower(`backup`),
        FfiConverterString.lower(`path`),
        FfiConverterBoolean.lower(`replace`),
        FfiConverterTypeCustody.lower(`custody`),_status)
}
    )
    }


        /**
         * Measures a recording and says whether it would be enrolled, without a registry. `max_seconds` and `max_bytes` are
         * the longest recording and the largest file that are read; two hours and 2 GiB by default.
         */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
     suspend fun `inspect`(`recording`: Recording, `maxSeconds`: kotlin.Double? = null, `maxBytes`: kotlin.ULong? = null, `options`: CallOptions = CallOptions()) : Inspection {
        return uniffiRustCallAsync(
        UniffiLib.uniffi_voiceroll_uniffi_fn_func_inspect(
        FfiConverterTypeRecording.lower(`recording`),
        FfiConverterOptionalDouble.lower(`maxSeconds`),
        FfiConverterOptionalULong.lower(`maxBytes`),
        FfiConverterTypeCallOptions.lower(`options`),),
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation).let { RustBufferInspection.create(it.capacity.toULong(), it.len.toULong(), it.data) } },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterTypeInspection.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }

        /**
         * The encoding that a text names, such as `Mpeg`, in any case.
         */
    @Throws(VoicerollException::class) fun `parseEncoding`(`text`: kotlin.String): Encoding {
            return FfiConverterTypeEncoding.lift(
    uniffiRustCallWithError(VoicerollException) { _status ->
    UniffiLib.uniffi_voiceroll_uniffi_fn_func_parse_encoding(


        FfiConverterString.lower(`text`),_status)
}
    )
    }


        /**
         * Cuts the stretch with the most continuous speech, at most 30 s, out of a recording, as 16 kHz mono WAV, without a
         * registry; limits as for `inspect`.
         */
    @Throws(VoicerollException::class)
    @Suppress("ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE")
     suspend fun `prepare`(`recording`: Recording, `maxSeconds`: kotlin.Double? = null, `maxBytes`: kotlin.ULong? = null, `options`: CallOptions = CallOptions()) : Prepared {
        return uniffiRustCallAsync(
        UniffiLib.uniffi_voiceroll_uniffi_fn_func_prepare(
        FfiConverterTypeRecording.lower(`recording`),
        FfiConverterOptionalDouble.lower(`maxSeconds`),
        FfiConverterOptionalULong.lower(`maxBytes`),
        FfiConverterTypeCallOptions.lower(`options`),),
        { future, callback, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_poll_rust_buffer(future, callback, continuation) },
        { future, continuation -> UniffiLib.ffi_voiceroll_uniffi_rust_future_complete_rust_buffer(future, continuation) },
        { future -> UniffiLib.ffi_voiceroll_uniffi_rust_future_free_rust_buffer(future) },
        // lift function
        { FfiConverterTypePrepared.lift(it) },
        // Error FFI converter
        VoicerollException.ErrorHandler,
    )
    }



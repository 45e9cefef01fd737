// SPDX-License-Identifier: Apache-2.0
// Made by UniFFI 0.32.2 from the Rust crates `voiceroll` and `voiceroll-uniffi`. Do not edit it.

@file:Suppress("NAME_SHADOWING")

package dev.voiceroll.kotlin.types

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
            UniffiLib.ffi_voiceroll_rustbuffer_alloc(size.toLong(), status)
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
            UniffiLib.ffi_voiceroll_rustbuffer_free(buf, status)
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
    } catch(e: kotlin.Exception) {
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
    } catch(e: kotlin.Exception) {
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
        Native.register(IntegrityCheckingUniffiLib::class.java, findLibraryName(componentName = "voiceroll"))
        uniffiCheckContractApiVersion(this)
        uniffiCheckApiChecksums(this)
    }

    internal fun ensureInitialized() = Unit
    external fun ffi_voiceroll_uniffi_contract_version(
    ): Int


}

internal object UniffiLib {


    init {
        Native.register(UniffiLib::class.java, findLibraryName(componentName = "voiceroll"))

    }

    internal fun ensureInitialized() = Unit
    external fun uniffi_voiceroll_fn_method_quality_uniffi_trait_display(`ptr`: RustBuffer.ByValue,uniffi_out_err: UniffiRustCallStatus,
    ): RustBuffer.ByValue
    external fun uniffi_voiceroll_fn_method_encoding_uniffi_trait_display(`ptr`: RustBuffer.ByValue,uniffi_out_err: UniffiRustCallStatus,
    ): RustBuffer.ByValue
    external fun uniffi_voiceroll_fn_method_decision_uniffi_trait_display(`ptr`: RustBuffer.ByValue,uniffi_out_err: UniffiRustCallStatus,
    ): RustBuffer.ByValue
    external fun ffi_voiceroll_rustbuffer_alloc(`size`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): RustBuffer.ByValue
    external fun ffi_voiceroll_rustbuffer_from_bytes(`bytes`: ForeignBytes.ByValue,uniffi_out_err: UniffiRustCallStatus,
    ): RustBuffer.ByValue
    external fun ffi_voiceroll_rustbuffer_free(`buf`: RustBuffer.ByValue,uniffi_out_err: UniffiRustCallStatus,
    ): Unit
    external fun ffi_voiceroll_rustbuffer_reserve(`buf`: RustBuffer.ByValue,`additional`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): RustBuffer.ByValue
    external fun ffi_voiceroll_rust_future_poll_u8(`handle`: Long,`callback`: UniffiRustFutureContinuationCallback,`callbackData`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_cancel_u8(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_free_u8(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_complete_u8(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Int
    external fun ffi_voiceroll_rust_future_poll_i8(`handle`: Long,`callback`: UniffiRustFutureContinuationCallback,`callbackData`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_cancel_i8(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_free_i8(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_complete_i8(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Byte
    external fun ffi_voiceroll_rust_future_poll_u16(`handle`: Long,`callback`: UniffiRustFutureContinuationCallback,`callbackData`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_cancel_u16(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_free_u16(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_complete_u16(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Int
    external fun ffi_voiceroll_rust_future_poll_i16(`handle`: Long,`callback`: UniffiRustFutureContinuationCallback,`callbackData`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_cancel_i16(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_free_i16(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_complete_i16(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Short
    external fun ffi_voiceroll_rust_future_poll_u32(`handle`: Long,`callback`: UniffiRustFutureContinuationCallback,`callbackData`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_cancel_u32(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_free_u32(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_complete_u32(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Int
    external fun ffi_voiceroll_rust_future_poll_i32(`handle`: Long,`callback`: UniffiRustFutureContinuationCallback,`callbackData`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_cancel_i32(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_free_i32(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_complete_i32(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Int
    external fun ffi_voiceroll_rust_future_poll_u64(`handle`: Long,`callback`: UniffiRustFutureContinuationCallback,`callbackData`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_cancel_u64(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_free_u64(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_complete_u64(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Long
    external fun ffi_voiceroll_rust_future_poll_i64(`handle`: Long,`callback`: UniffiRustFutureContinuationCallback,`callbackData`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_cancel_i64(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_free_i64(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_complete_i64(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Long
    external fun ffi_voiceroll_rust_future_poll_f32(`handle`: Long,`callback`: UniffiRustFutureContinuationCallback,`callbackData`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_cancel_f32(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_free_f32(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_complete_f32(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Float
    external fun ffi_voiceroll_rust_future_poll_f64(`handle`: Long,`callback`: UniffiRustFutureContinuationCallback,`callbackData`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_cancel_f64(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_free_f64(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_complete_f64(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Double
    external fun ffi_voiceroll_rust_future_poll_rust_buffer(`handle`: Long,`callback`: UniffiRustFutureContinuationCallback,`callbackData`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_cancel_rust_buffer(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_free_rust_buffer(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_complete_rust_buffer(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): RustBuffer.ByValue
    external fun ffi_voiceroll_rust_future_poll_void(`handle`: Long,`callback`: UniffiRustFutureContinuationCallback,`callbackData`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_cancel_void(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_free_void(`handle`: Long,
    ): Unit
    external fun ffi_voiceroll_rust_future_complete_void(`handle`: Long,uniffi_out_err: UniffiRustCallStatus,
    ): Unit


}

private fun uniffiCheckContractApiVersion(lib: IntegrityCheckingUniffiLib) {
    // Get the bindings contract version from our ComponentInterface
    val bindings_contract_version = 30
    // Get the scaffolding contract version by calling the into the dylib
    val scaffolding_contract_version = lib.ffi_voiceroll_uniffi_contract_version()
    if (bindings_contract_version != scaffolding_contract_version) {
        throw RuntimeException("UniFFI contract version mismatch: try cleaning and rebuilding your project")
    }
}
@Suppress("UNUSED_PARAMETER")
private fun uniffiCheckApiChecksums(lib: IntegrityCheckingUniffiLib) {
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
object NoHandle

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
 * One line of an audit trail.
 */
data class AuditEntry (
    /**
     * Its number in the trail, from 1.
     */
    val `number`: kotlin.ULong
    ,
    /**
     * When, in seconds since 1970, by the clock of the machine.
     */
    val `time`: kotlin.ULong
    ,
    /**
     * Who: what `RegistryOptions::actor` says, or the user of the operating system.
     */
    val `actor`: kotlin.String
    ,
    /**
     * What: `enroll`, `delete`, `verify` and so on.
     */
    val `action`: kotlin.String
    ,
    /**
     * Of whom: a pseudonym, which `Registry::audit_pseudonym` makes of an id; none
     * where it is of nobody in particular.
     */
    val `speaker`: kotlin.String?
    ,
    /**
     * What came of it: `begun` before a change, then `done`, a decision such as `match`, or the code of an error.
     */
    val `outcome`: kotlin.String
    ,
    /**
     * How many changes the store had seen then.
     */
    val `changes`: kotlin.Long
    ,
    /**
     * The digest of this entry and the one before, in hexadecimal digits.
     */
    val `digest`: kotlin.String

){





    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeAuditEntry: FfiConverterRustBuffer<AuditEntry> {
    override fun read(buf: ByteBuffer): AuditEntry {
        return AuditEntry(
            FfiConverterULong.read(buf),
            FfiConverterULong.read(buf),
            FfiConverterString.read(buf),
            FfiConverterString.read(buf),
            FfiConverterOptionalString.read(buf),
            FfiConverterString.read(buf),
            FfiConverterLong.read(buf),
            FfiConverterString.read(buf),
        )
    }

    override fun allocationSize(value: AuditEntry) = (
            FfiConverterULong.allocationSize(value.`number`) +
            FfiConverterULong.allocationSize(value.`time`) +
            FfiConverterString.allocationSize(value.`actor`) +
            FfiConverterString.allocationSize(value.`action`) +
            FfiConverterOptionalString.allocationSize(value.`speaker`) +
            FfiConverterString.allocationSize(value.`outcome`) +
            FfiConverterLong.allocationSize(value.`changes`) +
            FfiConverterString.allocationSize(value.`digest`)
    )

    override fun write(value: AuditEntry, buf: ByteBuffer) {
            FfiConverterULong.write(value.`number`, buf)
            FfiConverterULong.write(value.`time`, buf)
            FfiConverterString.write(value.`actor`, buf)
            FfiConverterString.write(value.`action`, buf)
            FfiConverterOptionalString.write(value.`speaker`, buf)
            FfiConverterString.write(value.`outcome`, buf)
            FfiConverterLong.write(value.`changes`, buf)
            FfiConverterString.write(value.`digest`, buf)
    }
}



/**
 * The result of verifying an audit trail.
 */
data class AuditReport (
    /**
     * How many entries there are.
     */
    val `entries`: kotlin.ULong
    ,
    /**
     * The number of the first one. More than 1 where older files were taken away.
     */
    val `first`: kotlin.ULong
    ,
    /**
     * The faults, in words, 100 at most; empty for an intact trail.
     */
    val `faults`: List<kotlin.String>

){





    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeAuditReport: FfiConverterRustBuffer<AuditReport> {
    override fun read(buf: ByteBuffer): AuditReport {
        return AuditReport(
            FfiConverterULong.read(buf),
            FfiConverterULong.read(buf),
            FfiConverterSequenceString.read(buf),
        )
    }

    override fun allocationSize(value: AuditReport) = (
            FfiConverterULong.allocationSize(value.`entries`) +
            FfiConverterULong.allocationSize(value.`first`) +
            FfiConverterSequenceString.allocationSize(value.`faults`)
    )

    override fun write(value: AuditReport, buf: ByteBuffer) {
            FfiConverterULong.write(value.`entries`, buf)
            FfiConverterULong.write(value.`first`, buf)
            FfiConverterSequenceString.write(value.`faults`, buf)
    }
}



/**
 * Who spoke when in a call.
 */
data class CallIdentification (
    /**
     * All segments, sorted by start, including those of unknown speakers.
     */
    val `segments`: List<CallSegment>
    ,
    /**
     * The participants that were not searched for, as they are not enrolled, or not completely.
     */
    val `notEnrolled`: List<SpeakerId>

){





    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeCallIdentification: FfiConverterRustBuffer<CallIdentification> {
    override fun read(buf: ByteBuffer): CallIdentification {
        return CallIdentification(
            FfiConverterSequenceTypeCallSegment.read(buf),
            FfiConverterSequenceTypeSpeakerId.read(buf),
        )
    }

    override fun allocationSize(value: CallIdentification) = (
            FfiConverterSequenceTypeCallSegment.allocationSize(value.`segments`) +
            FfiConverterSequenceTypeSpeakerId.allocationSize(value.`notEnrolled`)
    )

    override fun write(value: CallIdentification, buf: ByteBuffer) {
            FfiConverterSequenceTypeCallSegment.write(value.`segments`, buf)
            FfiConverterSequenceTypeSpeakerId.write(value.`notEnrolled`, buf)
    }
}



/**
 * A segment of a call, with the speaker's name. Its `Debug` form omits the name.
 */
data class CallSegment (
    /**
     * The segment and its speaker.
     */
    val `segment`: Segment
    ,
    /**
     * The speaker's name from the record, or else from RingCentral.
     */
    val `name`: kotlin.String?

){





    override fun toString() = "CallSegment(segment=$segment)"

    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeCallSegment: FfiConverterRustBuffer<CallSegment> {
    override fun read(buf: ByteBuffer): CallSegment {
        return CallSegment(
            FfiConverterTypeSegment.read(buf),
            FfiConverterOptionalString.read(buf),
        )
    }

    override fun allocationSize(value: CallSegment) = (
            FfiConverterTypeSegment.allocationSize(value.`segment`) +
            FfiConverterOptionalString.allocationSize(value.`name`)
    )

    override fun write(value: CallSegment, buf: ByteBuffer) {
            FfiConverterTypeSegment.write(value.`segment`, buf)
            FfiConverterOptionalString.write(value.`name`, buf)
    }
}



/**
 * The result of checking a store.
 */
data class CheckReport (
    /**
     * How many speakers were looked at.
     */
    val `speakers`: kotlin.ULong
    ,
    /**
     * How many recordings of them.
     */
    val `recordings`: kotlin.ULong
    ,
    /**
     * The faults, in words, 100 at most; empty for an intact store.
     */
    val `faults`: List<kotlin.String>

){





    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeCheckReport: FfiConverterRustBuffer<CheckReport> {
    override fun read(buf: ByteBuffer): CheckReport {
        return CheckReport(
            FfiConverterULong.read(buf),
            FfiConverterULong.read(buf),
            FfiConverterSequenceString.read(buf),
        )
    }

    override fun allocationSize(value: CheckReport) = (
            FfiConverterULong.allocationSize(value.`speakers`) +
            FfiConverterULong.allocationSize(value.`recordings`) +
            FfiConverterSequenceString.allocationSize(value.`faults`)
    )

    override fun write(value: CheckReport, buf: ByteBuffer) {
            FfiConverterULong.write(value.`speakers`, buf)
            FfiConverterULong.write(value.`recordings`, buf)
            FfiConverterSequenceString.write(value.`faults`, buf)
    }
}



/**
 * The consent of a person to being enrolled: the proof that a registry keeps beside the voiceprint.
 *
 * It need not name anybody: `reference` says where your own records have the person.
 *
 * ```
 * use voiceroll::{ConsentRecord, Purpose};
 *
 * let text = "We store a voiceprint of your voice to recognise you when you call...";
 * let consent = ConsentRecord::new("form 1200", 1_790_000_000, "2026-09", text)
 * .purpose(Purpose::Verification)
 * .until(1_820_000_000)
 * .collected_by("desk 4");
 * assert_eq!(consent.text_sha256.len(), 64);
 * ```
 */
data class ConsentRecord (
    /**
     * Who consented, as your own records have it: the number of a form, or a customer's number.
     */
    val `reference`: kotlin.String
    ,
    /**
     * When, in seconds since 1970.
     */
    val `givenAt`: kotlin.ULong
    ,
    /**
     * Which version of the text the person has seen.
     */
    val `textVersion`: kotlin.String
    ,
    /**
     * The SHA-256 digest of that text, in 64 hexadecimal digits.
     */
    val `textSha256`: kotlin.String
    ,
    /**
     * For what: `verification`, `identification`, `diarization`, or something else in words. Empty: for all that the text
     * says.
     */
    val `purposes`: List<Purpose>
    ,
    /**
     * Until when it is valid, in seconds since 1970; none where it is until it is withdrawn.
     */
    val `validUntil`: kotlin.ULong?
    ,
    /**
     * Who collected it.
     */
    val `collectedBy`: kotlin.String?

){





    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeConsentRecord: FfiConverterRustBuffer<ConsentRecord> {
    override fun read(buf: ByteBuffer): ConsentRecord {
        return ConsentRecord(
            FfiConverterString.read(buf),
            FfiConverterULong.read(buf),
            FfiConverterString.read(buf),
            FfiConverterString.read(buf),
            FfiConverterSequenceTypePurpose.read(buf),
            FfiConverterOptionalULong.read(buf),
            FfiConverterOptionalString.read(buf),
        )
    }

    override fun allocationSize(value: ConsentRecord) = (
            FfiConverterString.allocationSize(value.`reference`) +
            FfiConverterULong.allocationSize(value.`givenAt`) +
            FfiConverterString.allocationSize(value.`textVersion`) +
            FfiConverterString.allocationSize(value.`textSha256`) +
            FfiConverterSequenceTypePurpose.allocationSize(value.`purposes`) +
            FfiConverterOptionalULong.allocationSize(value.`validUntil`) +
            FfiConverterOptionalString.allocationSize(value.`collectedBy`)
    )

    override fun write(value: ConsentRecord, buf: ByteBuffer) {
            FfiConverterString.write(value.`reference`, buf)
            FfiConverterULong.write(value.`givenAt`, buf)
            FfiConverterString.write(value.`textVersion`, buf)
            FfiConverterString.write(value.`textSha256`, buf)
            FfiConverterSequenceTypePurpose.write(value.`purposes`, buf)
            FfiConverterOptionalULong.write(value.`validUntil`, buf)
            FfiConverterOptionalString.write(value.`collectedBy`, buf)
    }
}



/**
 * What a speaker has consented to, and how long the speaker is kept.
 */
data class ConsentState (
    /**
     * The records, the oldest first.
     */
    val `consents`: List<ConsentRecord>
    ,
    /**
     * Whether one of them is valid now.
     */
    val `valid`: kotlin.Boolean
    ,
    /**
     * From when on, in seconds since 1970, the speaker is not recognised and is erased by the next
     * `purge`; none where that never comes.
     */
    val `expiresAt`: kotlin.ULong?
    ,
    /**
     * Withdrawals under this id, the oldest first.
     */
    val `withdrawals`: List<Withdrawal>

){





    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeConsentState: FfiConverterRustBuffer<ConsentState> {
    override fun read(buf: ByteBuffer): ConsentState {
        return ConsentState(
            FfiConverterSequenceTypeConsentRecord.read(buf),
            FfiConverterBoolean.read(buf),
            FfiConverterOptionalULong.read(buf),
            FfiConverterSequenceTypeWithdrawal.read(buf),
        )
    }

    override fun allocationSize(value: ConsentState) = (
            FfiConverterSequenceTypeConsentRecord.allocationSize(value.`consents`) +
            FfiConverterBoolean.allocationSize(value.`valid`) +
            FfiConverterOptionalULong.allocationSize(value.`expiresAt`) +
            FfiConverterSequenceTypeWithdrawal.allocationSize(value.`withdrawals`)
    )

    override fun write(value: ConsentState, buf: ByteBuffer) {
            FfiConverterSequenceTypeConsentRecord.write(value.`consents`, buf)
            FfiConverterBoolean.write(value.`valid`, buf)
            FfiConverterOptionalULong.write(value.`expiresAt`, buf)
            FfiConverterSequenceTypeWithdrawal.write(value.`withdrawals`, buf)
    }
}



/**
 * Who speaks when in a recording.
 */
data class Diarization (
    /**
     * Length of the recording in seconds.
     */
    val `duration`: kotlin.Double
    ,
    /**
     * How many people speak.
     */
    val `speakers`: kotlin.UInt
    ,
    /**
     * The segments, sorted by start. They overlap only if each channel is one speaker.
     */
    val `segments`: List<Segment>
    ,
    /**
     * Problems of the recording for diarization.
     */
    val `problems`: List<Problem>

){





    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeDiarization: FfiConverterRustBuffer<Diarization> {
    override fun read(buf: ByteBuffer): Diarization {
        return Diarization(
            FfiConverterDouble.read(buf),
            FfiConverterUInt.read(buf),
            FfiConverterSequenceTypeSegment.read(buf),
            FfiConverterSequenceTypeProblem.read(buf),
        )
    }

    override fun allocationSize(value: Diarization) = (
            FfiConverterDouble.allocationSize(value.`duration`) +
            FfiConverterUInt.allocationSize(value.`speakers`) +
            FfiConverterSequenceTypeSegment.allocationSize(value.`segments`) +
            FfiConverterSequenceTypeProblem.allocationSize(value.`problems`)
    )

    override fun write(value: Diarization, buf: ByteBuffer) {
            FfiConverterDouble.write(value.`duration`, buf)
            FfiConverterUInt.write(value.`speakers`, buf)
            FfiConverterSequenceTypeSegment.write(value.`segments`, buf)
            FfiConverterSequenceTypeProblem.write(value.`problems`, buf)
    }
}



/**
 * The enrollment of one speaker.
 */
data class Enrollment (
    /**
     * The speaker's id.
     */
    val `speakerId`: SpeakerId
    ,
    /**
     * How reliable the enrollment is.
     */
    val `quality`: Quality
    ,
    /**
     * Whether there is enough speech for comparisons: at least 12 s.
     */
    val `complete`: kotlin.Boolean
    ,
    /**
     * Enrolled seconds of speech.
     */
    val `speechSeconds`: kotlin.Double
    ,
    /**
     * Duration of all enrolled recordings in seconds, including pauses.
     */
    val `totalSeconds`: kotlin.Double
    ,
    /**
     * Seconds of speech still needed for a complete enrollment; 0 if it is complete.
     */
    val `missingSeconds`: kotlin.Double
    ,
    /**
     * The model that made the voiceprints. Voiceprints of different models cannot be mixed.
     */
    val `model`: kotlin.String
    ,
    /**
     * The enrolled recordings, oldest first, followed by those that this call refused.
     */
    val `recordings`: List<Sample>

){





    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeEnrollment: FfiConverterRustBuffer<Enrollment> {
    override fun read(buf: ByteBuffer): Enrollment {
        return Enrollment(
            FfiConverterTypeSpeakerId.read(buf),
            FfiConverterTypeQuality.read(buf),
            FfiConverterBoolean.read(buf),
            FfiConverterDouble.read(buf),
            FfiConverterDouble.read(buf),
            FfiConverterDouble.read(buf),
            FfiConverterString.read(buf),
            FfiConverterSequenceTypeSample.read(buf),
        )
    }

    override fun allocationSize(value: Enrollment) = (
            FfiConverterTypeSpeakerId.allocationSize(value.`speakerId`) +
            FfiConverterTypeQuality.allocationSize(value.`quality`) +
            FfiConverterBoolean.allocationSize(value.`complete`) +
            FfiConverterDouble.allocationSize(value.`speechSeconds`) +
            FfiConverterDouble.allocationSize(value.`totalSeconds`) +
            FfiConverterDouble.allocationSize(value.`missingSeconds`) +
            FfiConverterString.allocationSize(value.`model`) +
            FfiConverterSequenceTypeSample.allocationSize(value.`recordings`)
    )

    override fun write(value: Enrollment, buf: ByteBuffer) {
            FfiConverterTypeSpeakerId.write(value.`speakerId`, buf)
            FfiConverterTypeQuality.write(value.`quality`, buf)
            FfiConverterBoolean.write(value.`complete`, buf)
            FfiConverterDouble.write(value.`speechSeconds`, buf)
            FfiConverterDouble.write(value.`totalSeconds`, buf)
            FfiConverterDouble.write(value.`missingSeconds`, buf)
            FfiConverterString.write(value.`model`, buf)
            FfiConverterSequenceTypeSample.write(value.`recordings`, buf)
    }
}



/**
 * The segments of a recording in which enrolled speakers speak, and those of others.
 */
data class Identification (
    /**
     * Length of the recording in seconds.
     */
    val `duration`: kotlin.Double
    ,
    /**
     * The number of speakers, enrolled or not.
     */
    val `speakers`: kotlin.UInt
    ,
    /**
     * All segments, sorted by start, including those of unknown speakers.
     */
    val `segments`: List<Segment>

){





    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeIdentification: FfiConverterRustBuffer<Identification> {
    override fun read(buf: ByteBuffer): Identification {
        return Identification(
            FfiConverterDouble.read(buf),
            FfiConverterUInt.read(buf),
            FfiConverterSequenceTypeSegment.read(buf),
        )
    }

    override fun allocationSize(value: Identification) = (
            FfiConverterDouble.allocationSize(value.`duration`) +
            FfiConverterUInt.allocationSize(value.`speakers`) +
            FfiConverterSequenceTypeSegment.allocationSize(value.`segments`)
    )

    override fun write(value: Identification, buf: ByteBuffer) {
            FfiConverterDouble.write(value.`duration`, buf)
            FfiConverterUInt.write(value.`speakers`, buf)
            FfiConverterSequenceTypeSegment.write(value.`segments`, buf)
    }
}



/**
 * The measurements of a recording, and its problems.
 *
 * Seconds, dB and ratios are plain numbers; a value that could not be measured is `None`, and
 * `null` in JSON. It contains nothing from which the voice could be reconstructed.
 */
data class Inspection (
    /**
     * The container: `mp3`, `mp4`, `m4a`, `mov`, `3gp`, `adts`, `wav`, `aiff`,
     * `flac`, `ogg`, `webm`, `matroska`, `w64`, `caf`, `au`, `avi`, `gsm` or `amr`.
     */
    val `container`: kotlin.String
    ,
    /**
     * The codec: `mp3`, `aac`, `opus`, `vorbis`, `flac`, `alac`, `pcm_s16le`,
     * `pcm_mulaw`, `adpcm_ms` and so on.
     */
    val `codec`: kotlin.String
    ,
    /**
     * Number of channels. They are mixed before the analysis.
     */
    val `channels`: kotlin.UInt
    ,
    /**
     * Samples per second after decoding. Of HE-AAC only the core is decoded, at half the nominal rate.
     */
    val `sampleRate`: kotlin.UInt
    ,
    /**
     * The highest frequency with speech, in Hz, at most 8000; none without speech.
     */
    val `bandwidthHz`: kotlin.Double?
    ,
    /**
     * Decoded duration in seconds.
     */
    val `duration`: kotlin.Double
    ,
    /**
     * Seconds of speech, in steps of 16 ms. A pause under 300 ms inside speech counts as speech, and so does babble.
     */
    val `speechSeconds`: kotlin.Double
    ,
    /**
     * Longest stretch without speech in seconds, including the start and the end.
     */
    val `longestPause`: kotlin.Double
    ,
    /**
     * RMS level of the speech (of everything, where there is none) in the loudest channel, in
     * dB relative to a full-scale square wave; none for digital silence.
     */
    val `levelDbfs`: kotlin.Double?
    ,
    /**
     * Largest sample of any channel, in dB relative to full scale; none for digital silence.
     */
    val `peakDbfs`: kotlin.Double?
    ,
    /**
     * Share of clipped samples, 0 to 1, in the worst channel.
     */
    val `clippedRatio`: kotlin.Double
    ,
    /**
     * Signal-to-noise ratio in dB: speech level over the noise level where the VAD finds no speech.
     */
    val `snrDb`: kotlin.Double?
    ,
    /**
     * SNR in dB estimated from the amplitude distribution alone (WADA).
     */
    val `snrBlindDb`: kotlin.Double?
    ,
    /**
     * Mean of the samples, -1 to 1, in the worst channel: 0 unless the recorder has a fault.
     */
    val `dcOffset`: kotlin.Double
    ,
    /**
     * Samples of a float recording that are not finite numbers; they count as 0.
     */
    val `nonfiniteSamples`: kotlin.ULong
    ,
    /**
     * Size of the recording in base64, as RingCentral's API sends it.
     */
    val `base64Bytes`: kotlin.ULong
    ,
    /**
     * Number of speakers, estimated from 60 s of speech; none with under 1 s of speech, or with a network of your own.
     */
    val `speakers`: kotlin.UInt?
    ,
    /**
     * The problems of the recording, the most severe first; empty for a good one.
     */
    val `problems`: List<Problem>

){





    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeInspection: FfiConverterRustBuffer<Inspection> {
    override fun read(buf: ByteBuffer): Inspection {
        return Inspection(
            FfiConverterString.read(buf),
            FfiConverterString.read(buf),
            FfiConverterUInt.read(buf),
            FfiConverterUInt.read(buf),
            FfiConverterOptionalDouble.read(buf),
            FfiConverterDouble.read(buf),
            FfiConverterDouble.read(buf),
            FfiConverterDouble.read(buf),
            FfiConverterOptionalDouble.read(buf),
            FfiConverterOptionalDouble.read(buf),
            FfiConverterDouble.read(buf),
            FfiConverterOptionalDouble.read(buf),
            FfiConverterOptionalDouble.read(buf),
            FfiConverterDouble.read(buf),
            FfiConverterULong.read(buf),
            FfiConverterULong.read(buf),
            FfiConverterOptionalUInt.read(buf),
            FfiConverterSequenceTypeProblem.read(buf),
        )
    }

    override fun allocationSize(value: Inspection) = (
            FfiConverterString.allocationSize(value.`container`) +
            FfiConverterString.allocationSize(value.`codec`) +
            FfiConverterUInt.allocationSize(value.`channels`) +
            FfiConverterUInt.allocationSize(value.`sampleRate`) +
            FfiConverterOptionalDouble.allocationSize(value.`bandwidthHz`) +
            FfiConverterDouble.allocationSize(value.`duration`) +
            FfiConverterDouble.allocationSize(value.`speechSeconds`) +
            FfiConverterDouble.allocationSize(value.`longestPause`) +
            FfiConverterOptionalDouble.allocationSize(value.`levelDbfs`) +
            FfiConverterOptionalDouble.allocationSize(value.`peakDbfs`) +
            FfiConverterDouble.allocationSize(value.`clippedRatio`) +
            FfiConverterOptionalDouble.allocationSize(value.`snrDb`) +
            FfiConverterOptionalDouble.allocationSize(value.`snrBlindDb`) +
            FfiConverterDouble.allocationSize(value.`dcOffset`) +
            FfiConverterULong.allocationSize(value.`nonfiniteSamples`) +
            FfiConverterULong.allocationSize(value.`base64Bytes`) +
            FfiConverterOptionalUInt.allocationSize(value.`speakers`) +
            FfiConverterSequenceTypeProblem.allocationSize(value.`problems`)
    )

    override fun write(value: Inspection, buf: ByteBuffer) {
            FfiConverterString.write(value.`container`, buf)
            FfiConverterString.write(value.`codec`, buf)
            FfiConverterUInt.write(value.`channels`, buf)
            FfiConverterUInt.write(value.`sampleRate`, buf)
            FfiConverterOptionalDouble.write(value.`bandwidthHz`, buf)
            FfiConverterDouble.write(value.`duration`, buf)
            FfiConverterDouble.write(value.`speechSeconds`, buf)
            FfiConverterDouble.write(value.`longestPause`, buf)
            FfiConverterOptionalDouble.write(value.`levelDbfs`, buf)
            FfiConverterOptionalDouble.write(value.`peakDbfs`, buf)
            FfiConverterDouble.write(value.`clippedRatio`, buf)
            FfiConverterOptionalDouble.write(value.`snrDb`, buf)
            FfiConverterOptionalDouble.write(value.`snrBlindDb`, buf)
            FfiConverterDouble.write(value.`dcOffset`, buf)
            FfiConverterULong.write(value.`nonfiniteSamples`, buf)
            FfiConverterULong.write(value.`base64Bytes`, buf)
            FfiConverterOptionalUInt.write(value.`speakers`, buf)
            FfiConverterSequenceTypeProblem.write(value.`problems`, buf)
    }
}



/**
 * The status of a job.
 */
data class Job (
    /**
     * The id that `submit` returned.
     */
    val `id`: kotlin.String
    ,
    /**
     * Whether it is done.
     */
    val `status`: JobStatus
    ,
    /**
     * When it was submitted, in RFC 3339 format; empty if the server does not say.
     */
    val `createdAt`: kotlin.String
    ,
    /**
     * When it finished.
     */
    val `completedAt`: kotlin.String?
    ,
    /**
     * When the server deletes it.
     */
    val `expiresAt`: kotlin.String
    ,
    /**
     * The result, if it succeeded.
     */
    val `result`: JobResult?
    ,
    /**
     * The server's error code, if it failed.
     */
    val `errorCode`: kotlin.String?
    ,
    /**
     * The server's error message, if it failed.
     */
    val `errorMessage`: kotlin.String?

){





    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeJob: FfiConverterRustBuffer<Job> {
    override fun read(buf: ByteBuffer): Job {
        return Job(
            FfiConverterString.read(buf),
            FfiConverterTypeJobStatus.read(buf),
            FfiConverterString.read(buf),
            FfiConverterOptionalString.read(buf),
            FfiConverterString.read(buf),
            FfiConverterOptionalTypeJobResult.read(buf),
            FfiConverterOptionalString.read(buf),
            FfiConverterOptionalString.read(buf),
        )
    }

    override fun allocationSize(value: Job) = (
            FfiConverterString.allocationSize(value.`id`) +
            FfiConverterTypeJobStatus.allocationSize(value.`status`) +
            FfiConverterString.allocationSize(value.`createdAt`) +
            FfiConverterOptionalString.allocationSize(value.`completedAt`) +
            FfiConverterString.allocationSize(value.`expiresAt`) +
            FfiConverterOptionalTypeJobResult.allocationSize(value.`result`) +
            FfiConverterOptionalString.allocationSize(value.`errorCode`) +
            FfiConverterOptionalString.allocationSize(value.`errorMessage`)
    )

    override fun write(value: Job, buf: ByteBuffer) {
            FfiConverterString.write(value.`id`, buf)
            FfiConverterTypeJobStatus.write(value.`status`, buf)
            FfiConverterString.write(value.`createdAt`, buf)
            FfiConverterOptionalString.write(value.`completedAt`, buf)
            FfiConverterString.write(value.`expiresAt`, buf)
            FfiConverterOptionalTypeJobResult.write(value.`result`, buf)
            FfiConverterOptionalString.write(value.`errorCode`, buf)
            FfiConverterOptionalString.write(value.`errorMessage`, buf)
    }
}



/**
 * The result of a job.
 */
data class JobResult (
    /**
     * The number of speakers, if requested.
     */
    val `speakers`: kotlin.UInt?
    ,
    /**
     * Who speaks when, sorted by start. Unknown speakers are `speaker_1`, `speaker_2` and so on, or have no id if only
     * enrolled speakers were requested.
     */
    val `segments`: List<Segment>
    ,
    /**
     * The transcript, if requested.
     */
    val `transcript`: Transcript?

){





    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeJobResult: FfiConverterRustBuffer<JobResult> {
    override fun read(buf: ByteBuffer): JobResult {
        return JobResult(
            FfiConverterOptionalUInt.read(buf),
            FfiConverterSequenceTypeSegment.read(buf),
            FfiConverterOptionalTypeTranscript.read(buf),
        )
    }

    override fun allocationSize(value: JobResult) = (
            FfiConverterOptionalUInt.allocationSize(value.`speakers`) +
            FfiConverterSequenceTypeSegment.allocationSize(value.`segments`) +
            FfiConverterOptionalTypeTranscript.allocationSize(value.`transcript`)
    )

    override fun write(value: JobResult, buf: ByteBuffer) {
            FfiConverterOptionalUInt.write(value.`speakers`, buf)
            FfiConverterSequenceTypeSegment.write(value.`segments`, buf)
            FfiConverterOptionalTypeTranscript.write(value.`transcript`, buf)
    }
}



/**
 * One page of enrollments, sorted by id.
 */
data class Page (
    /**
     * The enrollments; empty after the last page.
     */
    val `records`: List<Enrollment>
    ,
    /**
     * The number of this page, from 1.
     */
    val `page`: kotlin.UInt
    ,
    /**
     * The page size.
     */
    val `perPage`: kotlin.UInt
    ,
    /**
     * The number of pages.
     */
    val `totalPages`: kotlin.UInt
    ,
    /**
     * The number of enrollments on all pages.
     */
    val `total`: kotlin.ULong
    ,
    /**
     * The id to pass as `after` for the next page. None on the last page, and from a server that supports only page
     * numbers.
     */
    val `nextAfter`: SpeakerId?

){





    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypePage: FfiConverterRustBuffer<Page> {
    override fun read(buf: ByteBuffer): Page {
        return Page(
            FfiConverterSequenceTypeEnrollment.read(buf),
            FfiConverterUInt.read(buf),
            FfiConverterUInt.read(buf),
            FfiConverterUInt.read(buf),
            FfiConverterULong.read(buf),
            FfiConverterOptionalTypeSpeakerId.read(buf),
        )
    }

    override fun allocationSize(value: Page) = (
            FfiConverterSequenceTypeEnrollment.allocationSize(value.`records`) +
            FfiConverterUInt.allocationSize(value.`page`) +
            FfiConverterUInt.allocationSize(value.`perPage`) +
            FfiConverterUInt.allocationSize(value.`totalPages`) +
            FfiConverterULong.allocationSize(value.`total`) +
            FfiConverterOptionalTypeSpeakerId.allocationSize(value.`nextAfter`)
    )

    override fun write(value: Page, buf: ByteBuffer) {
            FfiConverterSequenceTypeEnrollment.write(value.`records`, buf)
            FfiConverterUInt.write(value.`page`, buf)
            FfiConverterUInt.write(value.`perPage`, buf)
            FfiConverterUInt.write(value.`totalPages`, buf)
            FfiConverterULong.write(value.`total`, buf)
            FfiConverterOptionalTypeSpeakerId.write(value.`nextAfter`, buf)
    }
}



/**
 * A problem of a recording: the measured value, the limit, and advice.
 */
data class Problem (
    /**
     * Which problem.
     */
    val `code`: ProblemCode
    ,
    /**
     * The severity.
     */
    val `severity`: Severity
    ,
    /**
     * The measured value, in the unit of the `ProblemCode`; none if nothing is measured.
     */
    val `measured`: kotlin.Double?
    ,
    /**
     * The limit, in the same unit.
     */
    val `limit`: kotlin.Double?
    ,
    /**
     * The speaker with the same voice, for `duplicate_voice`.
     */
    val `speakerId`: SpeakerId?
    ,
    /**
     * What to do, in one sentence.
     */
    val `advice`: kotlin.String

){





    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeProblem: FfiConverterRustBuffer<Problem> {
    override fun read(buf: ByteBuffer): Problem {
        return Problem(
            FfiConverterTypeProblemCode.read(buf),
            FfiConverterTypeSeverity.read(buf),
            FfiConverterOptionalDouble.read(buf),
            FfiConverterOptionalDouble.read(buf),
            FfiConverterOptionalTypeSpeakerId.read(buf),
            FfiConverterString.read(buf),
        )
    }

    override fun allocationSize(value: Problem) = (
            FfiConverterTypeProblemCode.allocationSize(value.`code`) +
            FfiConverterTypeSeverity.allocationSize(value.`severity`) +
            FfiConverterOptionalDouble.allocationSize(value.`measured`) +
            FfiConverterOptionalDouble.allocationSize(value.`limit`) +
            FfiConverterOptionalTypeSpeakerId.allocationSize(value.`speakerId`) +
            FfiConverterString.allocationSize(value.`advice`)
    )

    override fun write(value: Problem, buf: ByteBuffer) {
            FfiConverterTypeProblemCode.write(value.`code`, buf)
            FfiConverterTypeSeverity.write(value.`severity`, buf)
            FfiConverterOptionalDouble.write(value.`measured`, buf)
            FfiConverterOptionalDouble.write(value.`limit`, buf)
            FfiConverterOptionalTypeSpeakerId.write(value.`speakerId`, buf)
            FfiConverterString.write(value.`advice`, buf)
    }
}



/**
 * The progress of a call.
 */
data class Progress (
    /**
     * Which recording of the call is being read, from 0.
     */
    val `recording`: Usize
    ,
    /**
     * How many recordings the call has.
     */
    val `recordings`: Usize
    ,
    /**
     * How much of the whole call is done, 0 to 1.
     */
    val `fraction`: kotlin.Double

){





    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeProgress: FfiConverterRustBuffer<Progress> {
    override fun read(buf: ByteBuffer): Progress {
        return Progress(
            FfiConverterTypeusize.read(buf),
            FfiConverterTypeusize.read(buf),
            FfiConverterDouble.read(buf),
        )
    }

    override fun allocationSize(value: Progress) = (
            FfiConverterTypeusize.allocationSize(value.`recording`) +
            FfiConverterTypeusize.allocationSize(value.`recordings`) +
            FfiConverterDouble.allocationSize(value.`fraction`)
    )

    override fun write(value: Progress, buf: ByteBuffer) {
            FfiConverterTypeusize.write(value.`recording`, buf)
            FfiConverterTypeusize.write(value.`recordings`, buf)
            FfiConverterDouble.write(value.`fraction`, buf)
    }
}



/**
 * The result of restoring a backup.
 */
data class Restored (
    /**
     * How many speakers are enrolled now.
     */
    val `speakers`: kotlin.ULong
    ,
    /**
     * Who was in the backup and had been deleted since: they were erased again.
     */
    val `erased`: List<SpeakerId>
    ,
    /**
     * Whether it is known who had been deleted since. It is not where the store that was replaced could not be read: then
     * delete them again, by your own records.
     */
    val `deletionsKnown`: kotlin.Boolean
    ,
    /**
     * Where the store is now that was replaced. Delete it once it is not needed.
     */
    val `aside`: PathBuf?

){





    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeRestored: FfiConverterRustBuffer<Restored> {
    override fun read(buf: ByteBuffer): Restored {
        return Restored(
            FfiConverterULong.read(buf),
            FfiConverterSequenceTypeSpeakerId.read(buf),
            FfiConverterBoolean.read(buf),
            FfiConverterOptionalTypePathBuf.read(buf),
        )
    }

    override fun allocationSize(value: Restored) = (
            FfiConverterULong.allocationSize(value.`speakers`) +
            FfiConverterSequenceTypeSpeakerId.allocationSize(value.`erased`) +
            FfiConverterBoolean.allocationSize(value.`deletionsKnown`) +
            FfiConverterOptionalTypePathBuf.allocationSize(value.`aside`)
    )

    override fun write(value: Restored, buf: ByteBuffer) {
            FfiConverterULong.write(value.`speakers`, buf)
            FfiConverterSequenceTypeSpeakerId.write(value.`erased`, buf)
            FfiConverterBoolean.write(value.`deletionsKnown`, buf)
            FfiConverterOptionalTypePathBuf.write(value.`aside`, buf)
    }
}



/**
 * One recording of an enrollment: accepted, or refused with the reasons. Its audio is not stored.
 */
data class Sample (
    /**
     * Its number in the enrollment, for `remove_sample`; none if the recording was
     * refused.
     */
    val `id`: kotlin.Long?
    ,
    /**
     * The index of the recording in this call, from 0; none for earlier recordings.
     */
    val `input`: Usize?
    ,
    /**
     * Whether it is part of the enrollment.
     */
    val `accepted`: kotlin.Boolean
    ,
    /**
     * Seconds of speech in it.
     */
    val `speechSeconds`: kotlin.Double
    ,
    /**
     * Its length in seconds.
     */
    val `totalSeconds`: kotlin.Double
    ,
    /**
     * Its signal-to-noise ratio in dB.
     */
    val `snrDb`: kotlin.Double?
    ,
    /**
     * Its bandwidth in Hz.
     */
    val `bandwidthHz`: kotlin.Double?
    ,
    /**
     * When it was enrolled, in seconds since 1970; none if the recording was refused.
     */
    val `enrolledAt`: kotlin.ULong?
    ,
    /**
     * Its problems; empty for a good recording.
     */
    val `problems`: List<Problem>

){





    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeSample: FfiConverterRustBuffer<Sample> {
    override fun read(buf: ByteBuffer): Sample {
        return Sample(
            FfiConverterOptionalLong.read(buf),
            FfiConverterOptionalTypeusize.read(buf),
            FfiConverterBoolean.read(buf),
            FfiConverterDouble.read(buf),
            FfiConverterDouble.read(buf),
            FfiConverterOptionalDouble.read(buf),
            FfiConverterOptionalDouble.read(buf),
            FfiConverterOptionalULong.read(buf),
            FfiConverterSequenceTypeProblem.read(buf),
        )
    }

    override fun allocationSize(value: Sample) = (
            FfiConverterOptionalLong.allocationSize(value.`id`) +
            FfiConverterOptionalTypeusize.allocationSize(value.`input`) +
            FfiConverterBoolean.allocationSize(value.`accepted`) +
            FfiConverterDouble.allocationSize(value.`speechSeconds`) +
            FfiConverterDouble.allocationSize(value.`totalSeconds`) +
            FfiConverterOptionalDouble.allocationSize(value.`snrDb`) +
            FfiConverterOptionalDouble.allocationSize(value.`bandwidthHz`) +
            FfiConverterOptionalULong.allocationSize(value.`enrolledAt`) +
            FfiConverterSequenceTypeProblem.allocationSize(value.`problems`)
    )

    override fun write(value: Sample, buf: ByteBuffer) {
            FfiConverterOptionalLong.write(value.`id`, buf)
            FfiConverterOptionalTypeusize.write(value.`input`, buf)
            FfiConverterBoolean.write(value.`accepted`, buf)
            FfiConverterDouble.write(value.`speechSeconds`, buf)
            FfiConverterDouble.write(value.`totalSeconds`, buf)
            FfiConverterOptionalDouble.write(value.`snrDb`, buf)
            FfiConverterOptionalDouble.write(value.`bandwidthHz`, buf)
            FfiConverterOptionalULong.write(value.`enrolledAt`, buf)
            FfiConverterSequenceTypeProblem.write(value.`problems`, buf)
    }
}



/**
 * A stretch of a recording in which one person speaks.
 */
data class Segment (
    /**
     * Start in seconds from the start of the recording.
     */
    val `start`: kotlin.Double
    ,
    /**
     * End in seconds.
     */
    val `end`: kotlin.Double
    ,
    /**
     * The speaker. `diarize` labels unknown speakers `speaker_1`, `speaker_2` and so on;
     * for `identify` they have no id.
     */
    val `speakerId`: SpeakerId?
    ,
    /**
     * Confidence in the speaker, 0 to 1.
     */
    val `confidence`: kotlin.Double
    ,
    /**
     * Whether `speaker_id` is an enrolled speaker.
     */
    val `enrolled`: kotlin.Boolean
    ,
    /**
     * The channel, from 1, if each channel is one speaker.
     */
    val `channel`: kotlin.UInt?

){





    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeSegment: FfiConverterRustBuffer<Segment> {
    override fun read(buf: ByteBuffer): Segment {
        return Segment(
            FfiConverterDouble.read(buf),
            FfiConverterDouble.read(buf),
            FfiConverterOptionalTypeSpeakerId.read(buf),
            FfiConverterDouble.read(buf),
            FfiConverterBoolean.read(buf),
            FfiConverterOptionalUInt.read(buf),
        )
    }

    override fun allocationSize(value: Segment) = (
            FfiConverterDouble.allocationSize(value.`start`) +
            FfiConverterDouble.allocationSize(value.`end`) +
            FfiConverterOptionalTypeSpeakerId.allocationSize(value.`speakerId`) +
            FfiConverterDouble.allocationSize(value.`confidence`) +
            FfiConverterBoolean.allocationSize(value.`enrolled`) +
            FfiConverterOptionalUInt.allocationSize(value.`channel`)
    )

    override fun write(value: Segment, buf: ByteBuffer) {
            FfiConverterDouble.write(value.`start`, buf)
            FfiConverterDouble.write(value.`end`, buf)
            FfiConverterOptionalTypeSpeakerId.write(value.`speakerId`, buf)
            FfiConverterDouble.write(value.`confidence`, buf)
            FfiConverterBoolean.write(value.`enrolled`, buf)
            FfiConverterOptionalUInt.write(value.`channel`, buf)
    }
}



/**
 * The transcript of a recording. Its `Debug` form omits the words.
 */
data class Transcript (
    /**
     * The full text.
     */
    val `text`: kotlin.String
    ,
    /**
     * Confidence in the speakers, 0 to 1.
     */
    val `confidence`: kotlin.Double
    ,
    /**
     * The words.
     */
    val `words`: List<Word>
    ,
    /**
     * The text by speaker; empty if no speakers were requested.
     */
    val `utterances`: List<Utterance>

){





    override fun toString() = "Transcript(confidence=$confidence, words=${words.size}, utterances=${utterances.size})"

    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeTranscript: FfiConverterRustBuffer<Transcript> {
    override fun read(buf: ByteBuffer): Transcript {
        return Transcript(
            FfiConverterString.read(buf),
            FfiConverterDouble.read(buf),
            FfiConverterSequenceTypeWord.read(buf),
            FfiConverterSequenceTypeUtterance.read(buf),
        )
    }

    override fun allocationSize(value: Transcript) = (
            FfiConverterString.allocationSize(value.`text`) +
            FfiConverterDouble.allocationSize(value.`confidence`) +
            FfiConverterSequenceTypeWord.allocationSize(value.`words`) +
            FfiConverterSequenceTypeUtterance.allocationSize(value.`utterances`)
    )

    override fun write(value: Transcript, buf: ByteBuffer) {
            FfiConverterString.write(value.`text`, buf)
            FfiConverterDouble.write(value.`confidence`, buf)
            FfiConverterSequenceTypeWord.write(value.`words`, buf)
            FfiConverterSequenceTypeUtterance.write(value.`utterances`, buf)
    }
}



/**
 * Words of one speaker without a long pause.
 */
data class Utterance (
    /**
     * The text.
     */
    val `text`: kotlin.String
    ,
    /**
     * Start in seconds.
     */
    val `start`: kotlin.Double
    ,
    /**
     * End in seconds.
     */
    val `end`: kotlin.Double
    ,
    /**
     * The speaker.
     */
    val `speakerId`: SpeakerId?
    ,
    /**
     * Confidence in the speaker, 0 to 1.
     */
    val `confidence`: kotlin.Double

){





    override fun toString() = "Utterance(start=$start, end=$end, speakerId=$speakerId, confidence=$confidence)"

    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeUtterance: FfiConverterRustBuffer<Utterance> {
    override fun read(buf: ByteBuffer): Utterance {
        return Utterance(
            FfiConverterString.read(buf),
            FfiConverterDouble.read(buf),
            FfiConverterDouble.read(buf),
            FfiConverterOptionalTypeSpeakerId.read(buf),
            FfiConverterDouble.read(buf),
        )
    }

    override fun allocationSize(value: Utterance) = (
            FfiConverterString.allocationSize(value.`text`) +
            FfiConverterDouble.allocationSize(value.`start`) +
            FfiConverterDouble.allocationSize(value.`end`) +
            FfiConverterOptionalTypeSpeakerId.allocationSize(value.`speakerId`) +
            FfiConverterDouble.allocationSize(value.`confidence`)
    )

    override fun write(value: Utterance, buf: ByteBuffer) {
            FfiConverterString.write(value.`text`, buf)
            FfiConverterDouble.write(value.`start`, buf)
            FfiConverterDouble.write(value.`end`, buf)
            FfiConverterOptionalTypeSpeakerId.write(value.`speakerId`, buf)
            FfiConverterDouble.write(value.`confidence`, buf)
    }
}



/**
 * Whether a recording is of an enrolled speaker.
 */
data class Verification (
    /**
     * The speaker that the recording was compared with.
     */
    val `speakerId`: SpeakerId
    ,
    /**
     * The decision.
     */
    val `decision`: Decision
    ,
    /**
     * Posterior probability of this speaker, 0 to 1, at a prior of 0.5; none if there is too little speech.
     */
    val `confidence`: kotlin.Double?
    ,
    /**
     * Log-likelihood ratio of this speaker to another, natural logarithm; none if there is too little speech.
     */
    val `llr`: kotlin.Double?
    ,
    /**
     * The `llr` from which the decision is a match, at the requested false-accept rate.
     */
    val `matchLlr`: kotlin.Double
    ,
    /**
     * The `llr` below which the decision is no match.
     */
    val `noMatchLlr`: kotlin.Double
    ,
    /**
     * Cosine of the two voiceprints, -1 to 1; none if there is too little speech.
     */
    val `score`: kotlin.Double?
    ,
    /**
     * Seconds of speech in the recording.
     */
    val `speechSeconds`: kotlin.Double
    ,
    /**
     * The problems of the recording, the most severe first.
     */
    val `problems`: List<Problem>

){





    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeVerification: FfiConverterRustBuffer<Verification> {
    override fun read(buf: ByteBuffer): Verification {
        return Verification(
            FfiConverterTypeSpeakerId.read(buf),
            FfiConverterTypeDecision.read(buf),
            FfiConverterOptionalDouble.read(buf),
            FfiConverterOptionalDouble.read(buf),
            FfiConverterDouble.read(buf),
            FfiConverterDouble.read(buf),
            FfiConverterOptionalDouble.read(buf),
            FfiConverterDouble.read(buf),
            FfiConverterSequenceTypeProblem.read(buf),
        )
    }

    override fun allocationSize(value: Verification) = (
            FfiConverterTypeSpeakerId.allocationSize(value.`speakerId`) +
            FfiConverterTypeDecision.allocationSize(value.`decision`) +
            FfiConverterOptionalDouble.allocationSize(value.`confidence`) +
            FfiConverterOptionalDouble.allocationSize(value.`llr`) +
            FfiConverterDouble.allocationSize(value.`matchLlr`) +
            FfiConverterDouble.allocationSize(value.`noMatchLlr`) +
            FfiConverterOptionalDouble.allocationSize(value.`score`) +
            FfiConverterDouble.allocationSize(value.`speechSeconds`) +
            FfiConverterSequenceTypeProblem.allocationSize(value.`problems`)
    )

    override fun write(value: Verification, buf: ByteBuffer) {
            FfiConverterTypeSpeakerId.write(value.`speakerId`, buf)
            FfiConverterTypeDecision.write(value.`decision`, buf)
            FfiConverterOptionalDouble.write(value.`confidence`, buf)
            FfiConverterOptionalDouble.write(value.`llr`, buf)
            FfiConverterDouble.write(value.`matchLlr`, buf)
            FfiConverterDouble.write(value.`noMatchLlr`, buf)
            FfiConverterOptionalDouble.write(value.`score`, buf)
            FfiConverterDouble.write(value.`speechSeconds`, buf)
            FfiConverterSequenceTypeProblem.write(value.`problems`, buf)
    }
}



/**
 * The proof that a consent was withdrawn, which stays when the voiceprint is gone.
 */
data class Withdrawal (
    /**
     * When it was withdrawn, in seconds since 1970.
     */
    val `withdrawnAt`: kotlin.ULong
    ,
    /**
     * What was consented to before, the oldest first. Empty where nothing was recorded.
     */
    val `consents`: List<ConsentRecord>

){





    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeWithdrawal: FfiConverterRustBuffer<Withdrawal> {
    override fun read(buf: ByteBuffer): Withdrawal {
        return Withdrawal(
            FfiConverterULong.read(buf),
            FfiConverterSequenceTypeConsentRecord.read(buf),
        )
    }

    override fun allocationSize(value: Withdrawal) = (
            FfiConverterULong.allocationSize(value.`withdrawnAt`) +
            FfiConverterSequenceTypeConsentRecord.allocationSize(value.`consents`)
    )

    override fun write(value: Withdrawal, buf: ByteBuffer) {
            FfiConverterULong.write(value.`withdrawnAt`, buf)
            FfiConverterSequenceTypeConsentRecord.write(value.`consents`, buf)
    }
}



/**
 * A word of a `Transcript`.
 */
data class Word (
    /**
     * The word.
     */
    val `word`: kotlin.String
    ,
    /**
     * Start in seconds.
     */
    val `start`: kotlin.Double
    ,
    /**
     * End in seconds.
     */
    val `end`: kotlin.Double
    ,
    /**
     * The speaker.
     */
    val `speakerId`: SpeakerId?

){





    override fun toString() = "Word(start=$start, end=$end, speakerId=$speakerId)"

    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypeWord: FfiConverterRustBuffer<Word> {
    override fun read(buf: ByteBuffer): Word {
        return Word(
            FfiConverterString.read(buf),
            FfiConverterDouble.read(buf),
            FfiConverterDouble.read(buf),
            FfiConverterOptionalTypeSpeakerId.read(buf),
        )
    }

    override fun allocationSize(value: Word) = (
            FfiConverterString.allocationSize(value.`word`) +
            FfiConverterDouble.allocationSize(value.`start`) +
            FfiConverterDouble.allocationSize(value.`end`) +
            FfiConverterOptionalTypeSpeakerId.allocationSize(value.`speakerId`)
    )

    override fun write(value: Word, buf: ByteBuffer) {
            FfiConverterString.write(value.`word`, buf)
            FfiConverterDouble.write(value.`start`, buf)
            FfiConverterDouble.write(value.`end`, buf)
            FfiConverterOptionalTypeSpeakerId.write(value.`speakerId`, buf)
    }
}



/**
 * The outcome of a verification. There will be no other variants.
 */

enum class Decision {

    /**
     * The same person, at the requested false-accept rate.
     */
    MATCH,
    /**
     * The evidence is not sufficient: ask for more speech, or for other evidence.
     */
    UNDECIDED,
    /**
     * Another person.
     */
    NO_MATCH,
    /**
     * Too little speech to compare.
     */
    TOO_LITTLE_SPEECH;



    // The local Rust `Display`/`Debug` implementation.
    override fun toString(): String {
        return FfiConverterString.lift(
    uniffiRustCall() { _status ->
    UniffiLib.uniffi_voiceroll_fn_method_decision_uniffi_trait_display(FfiConverterTypeDecision.lower(this),
        _status)
}
    )
    }

    companion object
}


/**
 * @suppress
 */
public object FfiConverterTypeDecision: FfiConverterRustBuffer<Decision> {
    override fun read(buf: ByteBuffer) = try {

        Decision.entries[buf.getInt() - 1]

    } catch (e: IndexOutOfBoundsException) {
        throw RuntimeException("invalid enum value, something is very wrong!!", e)
    }

    override fun allocationSize(value: Decision) = 4UL

    override fun write(value: Decision, buf: ByteBuffer) {
        buf.putInt(value.ordinal + 1)
    }
}





/**
 * The encodings that can be declared, as spelled in RingCentral's API.
 */

enum class Encoding {

    /**
     * MP3. RingCentral's guide also declares MP4 with this name, so both are accepted.
     */
    MPEG,
    /**
     * MP4, M4A, MOV and 3GP.
     */
    MP4,
    /**
     * RIFF/WAVE.
     */
    WAV,
    /**
     * WebM and Matroska.
     */
    WEBM,
    /**
     * An image format that the API lists; no recording has it.
     */
    WEBP,
    /**
     * AAC, bare (ADTS) or inside MP4.
     */
    AAC,
    /**
     * AVI with PCM or MP3.
     */
    AVI,
    /**
     * Ogg with Vorbis, Opus or FLAC.
     */
    OGG;



    // The local Rust `Display`/`Debug` implementation.
    override fun toString(): String {
        return FfiConverterString.lift(
    uniffiRustCall() { _status ->
    UniffiLib.uniffi_voiceroll_fn_method_encoding_uniffi_trait_display(FfiConverterTypeEncoding.lower(this),
        _status)
}
    )
    }

    companion object
}


/**
 * @suppress
 */
public object FfiConverterTypeEncoding: FfiConverterRustBuffer<Encoding> {
    override fun read(buf: ByteBuffer) = try {

        Encoding.entries[buf.getInt() - 1]

    } catch (e: IndexOutOfBoundsException) {
        throw RuntimeException("invalid enum value, something is very wrong!!", e)
    }

    override fun allocationSize(value: Encoding) = 4UL

    override fun write(value: Encoding, buf: ByteBuffer) {
        buf.putInt(value.ordinal + 1)
    }
}





/**
 * The status of a job. There will be no other variants, as in RingCentral's API.
 */

enum class JobStatus {

    /**
     * It is waiting or running.
     */
    IN_PROGRESS,
    /**
     * It succeeded.
     */
    SUCCESS,
    /**
     * It failed.
     */
    FAIL;




    companion object
}


/**
 * @suppress
 */
public object FfiConverterTypeJobStatus: FfiConverterRustBuffer<JobStatus> {
    override fun read(buf: ByteBuffer) = try {

        JobStatus.entries[buf.getInt() - 1]

    } catch (e: IndexOutOfBoundsException) {
        throw RuntimeException("invalid enum value, something is very wrong!!", e)
    }

    override fun allocationSize(value: JobStatus) = 4UL

    override fun write(value: JobStatus, buf: ByteBuffer) {
        buf.putInt(value.ordinal + 1)
    }
}





/**
 * What a voiceprint may be used for.
 */
sealed class Purpose {

    /**
     * Whether a person is who it is said to be.
     */
    object Verification : Purpose()


    /**
     * Which of several persons speaks.
     */
    object Identification : Purpose()


    /**
     * Names of those who speak in a conversation.
     */
    object Diarization : Purpose()


    /**
     * Something else, in words.
     */
    data class Other(
        val v1: kotlin.String) : Purpose()

    {


        companion object
    }








    companion object
}

/**
 * @suppress
 */
public object FfiConverterTypePurpose : FfiConverterRustBuffer<Purpose>{
    override fun read(buf: ByteBuffer): Purpose {
        return when(buf.getInt()) {
            1 -> Purpose.Verification
            2 -> Purpose.Identification
            3 -> Purpose.Diarization
            4 -> Purpose.Other(
                FfiConverterString.read(buf),
                )
            else -> throw RuntimeException("invalid enum value, something is very wrong!!")
        }
    }

    override fun allocationSize(value: Purpose): ULong = when(value) {
        is Purpose.Verification -> {
            // Add the size for the Int that specifies the variant plus the size needed for all fields
            (
                4UL
            )
        }
        is Purpose.Identification -> {
            // Add the size for the Int that specifies the variant plus the size needed for all fields
            (
                4UL
            )
        }
        is Purpose.Diarization -> {
            // Add the size for the Int that specifies the variant plus the size needed for all fields
            (
                4UL
            )
        }
        is Purpose.Other -> {
            // Add the size for the Int that specifies the variant plus the size needed for all fields
            (
                4UL
                + FfiConverterString.allocationSize(value.v1)
            )
        }
    }

    override fun write(value: Purpose, buf: ByteBuffer) {
        when(value) {
            is Purpose.Verification -> {
                buf.putInt(1)
                Unit
            }
            is Purpose.Identification -> {
                buf.putInt(2)
                Unit
            }
            is Purpose.Diarization -> {
                buf.putInt(3)
                Unit
            }
            is Purpose.Other -> {
                buf.putInt(4)
                FfiConverterString.write(value.v1, buf)
                Unit
            }
        }.let { /* this makes the `when` an expression, which ensures it is exhaustive */ }
    }
}





/**
 * How reliable an enrollment is.
 *
 * The quality is the lowest that any of these measures reaches:
 *
 * | measure | Average | Good | High |
 * |---|---|---|---|
 * | speech, all recordings | 12 s | 16 s | 24 s |
 * | signal-to-noise ratio, mean over the speech | 10 dB | 15 dB | 20 dB |
 * | bandwidth, mean over the speech | any | any | 4500 Hz |
 * | agreement between recordings (minimum cosine; any for a single one) | 0.29 | 0.35 | 0.42 |
 *
 * Under Average it is Poor. The variants are in rising order, and there will be no others, as in RingCentral's API.
 */

enum class Quality {

    /**
     * Not reliable: more or better speech is needed.
     */
    POOR,
    /**
     * Usable.
     */
    AVERAGE,
    /**
     * Reliable.
     */
    GOOD,
    /**
     * The best quality.
     */
    HIGH;



    // The local Rust `Display`/`Debug` implementation.
    override fun toString(): String {
        return FfiConverterString.lift(
    uniffiRustCall() { _status ->
    UniffiLib.uniffi_voiceroll_fn_method_quality_uniffi_trait_display(FfiConverterTypeQuality.lower(this),
        _status)
}
    )
    }

    companion object
}


/**
 * @suppress
 */
public object FfiConverterTypeQuality: FfiConverterRustBuffer<Quality> {
    override fun read(buf: ByteBuffer) = try {

        Quality.entries[buf.getInt() - 1]

    } catch (e: IndexOutOfBoundsException) {
        throw RuntimeException("invalid enum value, something is very wrong!!", e)
    }

    override fun allocationSize(value: Quality) = 4UL

    override fun write(value: Quality, buf: ByteBuffer) {
        buf.putInt(value.ordinal + 1)
    }
}





/**
 * The severity of a `Problem`, most severe first. There will be no other variants.
 */

enum class Severity {

    /**
     * The recording is not enrolled.
     */
    REFUSE,
    /**
     * It is enrolled, but decisions will be less reliable.
     */
    WARN,
    /**
     * Good to know.
     */
    NOTE;




    companion object
}


/**
 * @suppress
 */
public object FfiConverterTypeSeverity: FfiConverterRustBuffer<Severity> {
    override fun read(buf: ByteBuffer) = try {

        Severity.entries[buf.getInt() - 1]

    } catch (e: IndexOutOfBoundsException) {
        throw RuntimeException("invalid enum value, something is very wrong!!", e)
    }

    override fun allocationSize(value: Severity) = 4UL

    override fun write(value: Severity, buf: ByteBuffer) {
        buf.putInt(value.ordinal + 1)
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
public object FfiConverterOptionalLong: FfiConverterRustBuffer<kotlin.Long?> {
    override fun read(buf: ByteBuffer): kotlin.Long? {
        if (buf.get().toInt() == 0) {
            return null
        }
        return FfiConverterLong.read(buf)
    }

    override fun allocationSize(value: kotlin.Long?): ULong {
        if (value == null) {
            return 1UL
        } else {
            return 1UL + FfiConverterLong.allocationSize(value)
        }
    }

    override fun write(value: kotlin.Long?, buf: ByteBuffer) {
        if (value == null) {
            buf.put(0)
        } else {
            buf.put(1)
            FfiConverterLong.write(value, buf)
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
public object FfiConverterOptionalTypeJobResult: FfiConverterRustBuffer<JobResult?> {
    override fun read(buf: ByteBuffer): JobResult? {
        if (buf.get().toInt() == 0) {
            return null
        }
        return FfiConverterTypeJobResult.read(buf)
    }

    override fun allocationSize(value: JobResult?): ULong {
        if (value == null) {
            return 1UL
        } else {
            return 1UL + FfiConverterTypeJobResult.allocationSize(value)
        }
    }

    override fun write(value: JobResult?, buf: ByteBuffer) {
        if (value == null) {
            buf.put(0)
        } else {
            buf.put(1)
            FfiConverterTypeJobResult.write(value, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterOptionalTypeTranscript: FfiConverterRustBuffer<Transcript?> {
    override fun read(buf: ByteBuffer): Transcript? {
        if (buf.get().toInt() == 0) {
            return null
        }
        return FfiConverterTypeTranscript.read(buf)
    }

    override fun allocationSize(value: Transcript?): ULong {
        if (value == null) {
            return 1UL
        } else {
            return 1UL + FfiConverterTypeTranscript.allocationSize(value)
        }
    }

    override fun write(value: Transcript?, buf: ByteBuffer) {
        if (value == null) {
            buf.put(0)
        } else {
            buf.put(1)
            FfiConverterTypeTranscript.write(value, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterOptionalTypePathBuf: FfiConverterRustBuffer<PathBuf?> {
    override fun read(buf: ByteBuffer): PathBuf? {
        if (buf.get().toInt() == 0) {
            return null
        }
        return FfiConverterTypePathBuf.read(buf)
    }

    override fun allocationSize(value: PathBuf?): ULong {
        if (value == null) {
            return 1UL
        } else {
            return 1UL + FfiConverterTypePathBuf.allocationSize(value)
        }
    }

    override fun write(value: PathBuf?, buf: ByteBuffer) {
        if (value == null) {
            buf.put(0)
        } else {
            buf.put(1)
            FfiConverterTypePathBuf.write(value, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterOptionalTypeSpeakerId: FfiConverterRustBuffer<SpeakerId?> {
    override fun read(buf: ByteBuffer): SpeakerId? {
        if (buf.get().toInt() == 0) {
            return null
        }
        return FfiConverterTypeSpeakerId.read(buf)
    }

    override fun allocationSize(value: SpeakerId?): ULong {
        if (value == null) {
            return 1UL
        } else {
            return 1UL + FfiConverterTypeSpeakerId.allocationSize(value)
        }
    }

    override fun write(value: SpeakerId?, buf: ByteBuffer) {
        if (value == null) {
            buf.put(0)
        } else {
            buf.put(1)
            FfiConverterTypeSpeakerId.write(value, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterOptionalTypeusize: FfiConverterRustBuffer<Usize?> {
    override fun read(buf: ByteBuffer): Usize? {
        if (buf.get().toInt() == 0) {
            return null
        }
        return FfiConverterTypeusize.read(buf)
    }

    override fun allocationSize(value: Usize?): ULong {
        if (value == null) {
            return 1UL
        } else {
            return 1UL + FfiConverterTypeusize.allocationSize(value)
        }
    }

    override fun write(value: Usize?, buf: ByteBuffer) {
        if (value == null) {
            buf.put(0)
        } else {
            buf.put(1)
            FfiConverterTypeusize.write(value, buf)
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
public object FfiConverterSequenceTypeCallSegment: FfiConverterRustBuffer<List<CallSegment>> {
    override fun read(buf: ByteBuffer): List<CallSegment> {
        val len = buf.getInt()
        return List<CallSegment>(len) {
            FfiConverterTypeCallSegment.read(buf)
        }
    }

    override fun allocationSize(value: List<CallSegment>): ULong {
        val sizeForLength = 4UL
        val sizeForItems = value.map { FfiConverterTypeCallSegment.allocationSize(it) }.sum()
        return sizeForLength + sizeForItems
    }

    override fun write(value: List<CallSegment>, buf: ByteBuffer) {
        buf.putInt(value.size)
        value.iterator().forEach {
            FfiConverterTypeCallSegment.write(it, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterSequenceTypeConsentRecord: FfiConverterRustBuffer<List<ConsentRecord>> {
    override fun read(buf: ByteBuffer): List<ConsentRecord> {
        val len = buf.getInt()
        return List<ConsentRecord>(len) {
            FfiConverterTypeConsentRecord.read(buf)
        }
    }

    override fun allocationSize(value: List<ConsentRecord>): ULong {
        val sizeForLength = 4UL
        val sizeForItems = value.map { FfiConverterTypeConsentRecord.allocationSize(it) }.sum()
        return sizeForLength + sizeForItems
    }

    override fun write(value: List<ConsentRecord>, buf: ByteBuffer) {
        buf.putInt(value.size)
        value.iterator().forEach {
            FfiConverterTypeConsentRecord.write(it, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterSequenceTypeEnrollment: FfiConverterRustBuffer<List<Enrollment>> {
    override fun read(buf: ByteBuffer): List<Enrollment> {
        val len = buf.getInt()
        return List<Enrollment>(len) {
            FfiConverterTypeEnrollment.read(buf)
        }
    }

    override fun allocationSize(value: List<Enrollment>): ULong {
        val sizeForLength = 4UL
        val sizeForItems = value.map { FfiConverterTypeEnrollment.allocationSize(it) }.sum()
        return sizeForLength + sizeForItems
    }

    override fun write(value: List<Enrollment>, buf: ByteBuffer) {
        buf.putInt(value.size)
        value.iterator().forEach {
            FfiConverterTypeEnrollment.write(it, buf)
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
public object FfiConverterSequenceTypeSample: FfiConverterRustBuffer<List<Sample>> {
    override fun read(buf: ByteBuffer): List<Sample> {
        val len = buf.getInt()
        return List<Sample>(len) {
            FfiConverterTypeSample.read(buf)
        }
    }

    override fun allocationSize(value: List<Sample>): ULong {
        val sizeForLength = 4UL
        val sizeForItems = value.map { FfiConverterTypeSample.allocationSize(it) }.sum()
        return sizeForLength + sizeForItems
    }

    override fun write(value: List<Sample>, buf: ByteBuffer) {
        buf.putInt(value.size)
        value.iterator().forEach {
            FfiConverterTypeSample.write(it, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterSequenceTypeSegment: FfiConverterRustBuffer<List<Segment>> {
    override fun read(buf: ByteBuffer): List<Segment> {
        val len = buf.getInt()
        return List<Segment>(len) {
            FfiConverterTypeSegment.read(buf)
        }
    }

    override fun allocationSize(value: List<Segment>): ULong {
        val sizeForLength = 4UL
        val sizeForItems = value.map { FfiConverterTypeSegment.allocationSize(it) }.sum()
        return sizeForLength + sizeForItems
    }

    override fun write(value: List<Segment>, buf: ByteBuffer) {
        buf.putInt(value.size)
        value.iterator().forEach {
            FfiConverterTypeSegment.write(it, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterSequenceTypeUtterance: FfiConverterRustBuffer<List<Utterance>> {
    override fun read(buf: ByteBuffer): List<Utterance> {
        val len = buf.getInt()
        return List<Utterance>(len) {
            FfiConverterTypeUtterance.read(buf)
        }
    }

    override fun allocationSize(value: List<Utterance>): ULong {
        val sizeForLength = 4UL
        val sizeForItems = value.map { FfiConverterTypeUtterance.allocationSize(it) }.sum()
        return sizeForLength + sizeForItems
    }

    override fun write(value: List<Utterance>, buf: ByteBuffer) {
        buf.putInt(value.size)
        value.iterator().forEach {
            FfiConverterTypeUtterance.write(it, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterSequenceTypeWithdrawal: FfiConverterRustBuffer<List<Withdrawal>> {
    override fun read(buf: ByteBuffer): List<Withdrawal> {
        val len = buf.getInt()
        return List<Withdrawal>(len) {
            FfiConverterTypeWithdrawal.read(buf)
        }
    }

    override fun allocationSize(value: List<Withdrawal>): ULong {
        val sizeForLength = 4UL
        val sizeForItems = value.map { FfiConverterTypeWithdrawal.allocationSize(it) }.sum()
        return sizeForLength + sizeForItems
    }

    override fun write(value: List<Withdrawal>, buf: ByteBuffer) {
        buf.putInt(value.size)
        value.iterator().forEach {
            FfiConverterTypeWithdrawal.write(it, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterSequenceTypeWord: FfiConverterRustBuffer<List<Word>> {
    override fun read(buf: ByteBuffer): List<Word> {
        val len = buf.getInt()
        return List<Word>(len) {
            FfiConverterTypeWord.read(buf)
        }
    }

    override fun allocationSize(value: List<Word>): ULong {
        val sizeForLength = 4UL
        val sizeForItems = value.map { FfiConverterTypeWord.allocationSize(it) }.sum()
        return sizeForLength + sizeForItems
    }

    override fun write(value: List<Word>, buf: ByteBuffer) {
        buf.putInt(value.size)
        value.iterator().forEach {
            FfiConverterTypeWord.write(it, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterSequenceTypePurpose: FfiConverterRustBuffer<List<Purpose>> {
    override fun read(buf: ByteBuffer): List<Purpose> {
        val len = buf.getInt()
        return List<Purpose>(len) {
            FfiConverterTypePurpose.read(buf)
        }
    }

    override fun allocationSize(value: List<Purpose>): ULong {
        val sizeForLength = 4UL
        val sizeForItems = value.map { FfiConverterTypePurpose.allocationSize(it) }.sum()
        return sizeForLength + sizeForItems
    }

    override fun write(value: List<Purpose>, buf: ByteBuffer) {
        buf.putInt(value.size)
        value.iterator().forEach {
            FfiConverterTypePurpose.write(it, buf)
        }
    }
}




/**
 * @suppress
 */
public object FfiConverterSequenceTypeSpeakerId: FfiConverterRustBuffer<List<SpeakerId>> {
    override fun read(buf: ByteBuffer): List<SpeakerId> {
        val len = buf.getInt()
        return List<SpeakerId>(len) {
            FfiConverterTypeSpeakerId.read(buf)
        }
    }

    override fun allocationSize(value: List<SpeakerId>): ULong {
        val sizeForLength = 4UL
        val sizeForItems = value.map { FfiConverterTypeSpeakerId.allocationSize(it) }.sum()
        return sizeForLength + sizeForItems
    }

    override fun write(value: List<SpeakerId>, buf: ByteBuffer) {
        buf.putInt(value.size)
        value.iterator().forEach {
            FfiConverterTypeSpeakerId.write(it, buf)
        }
    }
}



/**
 * The name of a file.
 */
public typealias PathBuf = kotlin.String
public typealias FfiConverterTypePathBuf = FfiConverterString



/**
 * A stable code, such as `too_short`. More may come.
 */
public typealias ProblemCode = kotlin.String
public typealias FfiConverterTypeProblemCode = FfiConverterString



/**
 * The id of an enrolled speaker: 1 to 128 ASCII letters, digits and underscores.
 */
public typealias SpeakerId = kotlin.String
public typealias FfiConverterTypeSpeakerId = FfiConverterString





/**
 * A number of things.
 */
public typealias Usize = Int

/**
 * @suppress
 */
public object FfiConverterTypeusize: FfiConverter<Usize, Long> {
    override fun lift(value: Long): Usize {
        val builtinValue = FfiConverterULong.lift(value)
        return builtinValue.toInt()
    }

    override fun lower(value: Usize): Long {
        val builtinValue = value.toULong()
        return FfiConverterULong.lower(builtinValue)
    }

    override fun read(buf: ByteBuffer): Usize {
        val builtinValue = FfiConverterULong.read(buf)
        return builtinValue.toInt()
    }

    override fun allocationSize(value: Usize): ULong {
        val builtinValue = value.toULong()
        return FfiConverterULong.allocationSize(builtinValue)
    }

    override fun write(value: Usize, buf: ByteBuffer) {
        val builtinValue = value.toULong()
        FfiConverterULong.write(builtinValue, buf)
    }
}


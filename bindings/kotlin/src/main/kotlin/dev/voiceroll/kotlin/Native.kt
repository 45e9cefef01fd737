// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll.kotlin

import com.sun.jna.Native
import com.sun.jna.Platform
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Runnable
import java.io.IOException
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.coroutines.resume

private const val NAME = "voiceroll_uniffi"

private val library: String by lazy {
    val chosen = System.getenv("VOICEROLL_LIBRARY")
    when {
        !chosen.isNullOrEmpty() -> chosen

        // The system has it out of the app already.
        Platform.isAndroid() -> NAME

        else -> packaged()
    }
}

/** Why the library cannot be used; null where it can. */
private val fault: Throwable? by lazy {
    try {
        uniffiEnsureInitialized()
        null
    } catch (failed: LinkageError) {
        generateSequence<Throwable>(failed) { it.cause }.last()
    }
}

/** Fails where the library cannot be used. The generated code asks before each call. */
internal fun ready() {
    val why = fault ?: return
    // Behind that JNA lists the whole class path.
    val told = why.message.orEmpty().lines().take(2).joinToString(" ")
    val message = "the Voiceroll library cannot be used: $told; " +
        "install this package again, or correct VOICEROLL_LIBRARY"
    val details = ErrorDetails("not_supported", message, false, null, null, null, 0, false, emptyList())
    throw VoicerollException.Unsupported(details).initCause(why)
}

/** Where the native library is: in this package, unless `VOICEROLL_LIBRARY` names a file. The generated code asks. */
internal fun nativeLibrary(): String = library

private fun packaged(): String = try {
    Native.extractFromResourcePath(NAME, Registry::class.java.classLoader).absolutePath
} catch (missing: IOException) {
    val here = Platform.RESOURCE_PREFIX
    throw UnsatisfiedLinkError(
        "this package has no Voiceroll library for $here; build one and set VOICEROLL_LIBRARY to its path",
    ).initCause(missing)
}

/**
 * Goes on with a call that has news. A coroutine without a dispatcher, as that of `suspend fun main`, would go on in the
 * thread that brings them, which is one of the library's and has other work. The generated code asks.
 */
internal fun <T> goOn(continuation: CancellableContinuation<T>, news: T) {
    val dispatcher = continuation.context[ContinuationInterceptor]
    if (dispatcher != null && dispatcher != Dispatchers.Unconfined) return continuation.resume(news)
    Dispatchers.Default.dispatch(EmptyCoroutineContext, Runnable { continuation.resume(news) })
}

// SPDX-License-Identifier: Apache-2.0
import dev.voiceroll.kotlin.CallOptions
import dev.voiceroll.kotlin.CancelToken
import dev.voiceroll.kotlin.JobRequest
import dev.voiceroll.kotlin.ProgressListener
import dev.voiceroll.kotlin.Recording
import dev.voiceroll.kotlin.Registry
import dev.voiceroll.kotlin.VoicerollException
import dev.voiceroll.kotlin.accepted
import dev.voiceroll.kotlin.all
import dev.voiceroll.kotlin.enroll
import dev.voiceroll.kotlin.fromPath
import dev.voiceroll.kotlin.inspect
import dev.voiceroll.kotlin.prepare
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assertions.fail
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.lang.management.ManagementFactory
import java.nio.file.Path
import java.util.Collections
import java.util.concurrent.atomic.AtomicInteger
import kotlin.concurrent.thread
import kotlin.io.path.readText
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource

/** Coroutines, threads, time and memory. */
class RunningTest {
    @TempDir lateinit var folder: Path

    private fun open() = Registry.open(folder.resolve("voices.db").toString())

    @Test
    fun `cancelling a coroutine stops the work`() = runBlocking<Unit> {
        open().use { registry ->
            val job = launch(Dispatchers.Default) { registry.enroll("ada", Recording.fromBytes(long)) }
            delay(300.milliseconds)
            val started = TimeSource.Monotonic.markNow()
            job.cancelAndJoin()
            assertTrue(started.elapsedNow() < 5.seconds)
            nobodyWorks()
            assertEquals("speaker_not_found", caught { registry.get("ada") }.code)
        }
    }

    @Test
    fun `so it does without a registry`() = runBlocking<Unit> {
        for (call in listOf<suspend (Recording) -> Any>({ inspect(it) }, { prepare(it) })) {
            val job = launch(Dispatchers.Default) { call(Recording.fromBytes(long)) }
            delay(300.milliseconds)
            job.cancelAndJoin()
            nobodyWorks()
        }
    }

    @Test
    fun `withTimeout ends a long call at once`() = runBlocking<Unit> {
        open().use { registry ->
            val started = TimeSource.Monotonic.markNow()
            try {
                withTimeout(200.milliseconds) { registry.inspect(Recording.fromBytes(long)) }
                fail<Unit>("it succeeded")
            } catch (_: TimeoutCancellationException) {
                assertTrue(started.elapsedNow() < 5.seconds)
            }
        }
    }

    @Test
    fun `a timeout and a token of ours are errors of ours`() = runBlocking<Unit> {
        open().use { registry ->
            val late =
                caught { registry.inspect(Recording.fromBytes(long), CallOptions(timeout = 50.milliseconds)) }
            assertTrue(late is VoicerollException.Timeout && late.code == "timed_out" && late.retryable)
            val token = CancelToken()
            launch(Dispatchers.Default) {
                delay(200.milliseconds)
                token.cancel()
            }
            val stopped = caught { registry.inspect(Recording.fromBytes(long), CallOptions(cancel = token)) }
            assertTrue(stopped is VoicerollException.Cancelled && token.isCancelled())
        }
    }

    @Test
    fun `the caller's thread is free while a call works`() = runBlocking<Unit> {
        val turns = AtomicInteger()
        val ticking = launch { while (true) delay(1.milliseconds).also { turns.incrementAndGet() } }
        inspect(Recording.fromBytes(long))
        ticking.cancelAndJoin()
        assertTrue(turns.get() > 20, "$turns turns")
    }

    @Test
    fun `many calls at once share a registry`() = runBlocking<Unit> {
        open().use { registry ->
            val clip = Recording.fromPath(clip("ada-3.webm"))
            val enrolled =
                (0 until 60).map { async(Dispatchers.Default) { registry.enroll("speaker_$it", clip) } }.awaitAll()
            val ids = registry.all(partial = true, perPage = 7u).map { it.speakerId }.toList()
            assertEquals(enrolled.map { it.speakerId }.sorted(), ids)
        }
    }

    @Test
    fun `everybody can be deleted while the roll is read`() = runBlocking<Unit> {
        open().use { registry ->
            for (number in 0 until 7) registry.enroll("speaker_$number", Recording.fromPath(clip("ada-3.webm")))
            registry.all(partial = true, perPage = 2u).collect { registry.delete(it.speakerId) }
            assertEquals(0uL, registry.list(partial = true).total)
        }
    }

    @Test
    fun `calls run beside each other`() {
        if (Runtime.getRuntime().availableProcessors() < 2) return
        val recording = Recording.fromBytes(long)
        val told = Collections.synchronizedList(mutableListOf<Int>())
        runBlocking {
            List(2) { number ->
                async(Dispatchers.Default) { inspect(recording, options = CallOptions(progress = { told += number })) }
            }.awaitAll()
        }
        // One after the other they would take turns once.
        val turns = told.zipWithNext().count { (one, next) -> one != next }
        assertTrue(turns > 3, "$told")
    }

    @Test
    fun `a thread that waits for a call can be interrupted`() {
        var thrown: Throwable? = null
        val waiting =
            thread {
                thrown = runCatching { runBlocking { inspect(Recording.fromBytes(long)) } }.exceptionOrNull()
            }
        Thread.sleep(300)
        waiting.interrupt()
        waiting.join(2000)
        assertTrue(!waiting.isAlive && thrown is InterruptedException, thrown.toString())
        runBlocking { nobodyWorks() }
    }

    @Test
    fun `progress is told, and what a listener throws stops the call`() = runBlocking<Unit> {
        open().use { registry ->
            val seen = mutableListOf<Double>()
            registry.inspect(
                Recording.fromBytes(long),
                CallOptions(progress = {
                    synchronized(seen) {
                        seen +=
                            it.fraction
                    }
                }),
            )
            assertTrue(seen == seen.sorted() && seen.last() == 1.0 && seen.size > 3, "$seen")
            val throwing = CallOptions(progress = ProgressListener { throw IllegalStateException("ours") })
            for (call in listOf<
                suspend (
                    Recording,
                ) -> Any,
                >({ registry.inspect(it, throwing) }, { inspect(it, options = throwing) })) {
                val error = caught { call(Recording.fromBytes(long)) }
                assertTrue(error is VoicerollException.InvalidInput, error.toString())
                assertTrue("java.lang.IllegalStateException: ours" in error.message!!, error.message)
                assertFalse('\n' in error.message!!)
            }
            nobodyWorks()
        }
    }

    @Test
    fun `so it does if that is an Error`() = runBlocking<Unit> {
        open().use { registry ->
            val undone = CallOptions(progress = { TODO("later") })
            val broken = CallOptions(progress = { throw AssertionError("wrong") })
            for ((options, word) in listOf(undone to "NotImplementedError", broken to "AssertionError: wrong")) {
                val error = caught { registry.enroll("ada", Recording.fromBytes(long), options = options) }
                assertTrue(error is VoicerollException.InvalidInput, error.toString())
                assertTrue(word in error.message!!, error.message)
                assertEquals("speaker_not_found", caught { registry.get("ada") }.code)
            }
        }
    }

    @Test
    fun `what is closed is no argument`() = runBlocking<Unit> {
        suspend fun refused(call: suspend () -> Any) {
            val error = runCatching { call() }.exceptionOrNull()
            assertTrue(error is IllegalStateException && "destroyed" in error.message!!, error.toString())
        }
        open().use { registry ->
            val clip = Recording.fromPath(clip("ada-3.webm"))
            val closed = Recording.fromPath(clip("ada-3.webm")).apply { close() }
            refused { inspect(closed) }
            refused { registry.inspect(closed) }
            refused { registry.enroll("ada", listOf(closed)) }
            refused { registry.enroll("ada", clip, closed) }
            refused { registry.identifyCall("{}", closed) }
            val options = CallOptions(cancel = CancelToken().apply { close() })
            refused { registry.list(options = options) }
            refused { inspect(clip, options = options) }
            refused { registry.submit(JobRequest.diarize("https://media.example.com/1").apply { close() }) }
            assertEquals(0uL, registry.list(partial = true).total)
            inspect(clip)
        }
    }

    @Test
    fun `a limit of time may be infinite`() = runBlocking<Unit> {
        val endless = CallOptions(timeout = Duration.INFINITE)
        open().use { it.list(options = endless) }
        assertTrue(inspect(Recording.fromPath(clip("ada-1.mp3")), options = endless).accepted)
        val login = Server.login
        val registry = Registry.connect(
            login.url,
            login.clientId,
            login.clientSecret,
            login.jwt,
            requestTimeout = Duration.INFINITE,
            patience = Duration.INFINITE,
        )
        registry.use { it.list(options = endless) }
    }

    @Test
    fun `a closed registry says so, and may be closed again`() = runBlocking<Unit> {
        val registry = open()
        registry.close()
        registry.close()
        val error = assertThrows(IllegalStateException::class.java) { runBlocking { registry.list() } }
        assertTrue("destroyed" in error.message!!, error.message)
    }

    @Test
    fun `closing ends the session on a server`() = runBlocking<Unit> {
        // The server lets an app have a few sessions at once, so sessions that stay would soon be refused.
        repeat(30) { Server.login.connect().use { it.list() } }
        val registry = Server.login.connect()
        registry.list()
        registry.logOut()
        registry.list()
        registry.close()
    }

    @Test
    fun `a call goes on when its registry is closed`() = runBlocking<Unit> {
        val registry = open()
        // It has begun when `async` returns, on a machine as busy as may be.
        val running =
            async(Dispatchers.Default, CoroutineStart.UNDISPATCHED) { registry.inspect(Recording.fromBytes(long)) }
        registry.close()
        assertTrue(running.await().duration > 3000)
    }

    @Test
    fun `a coroutine without a dispatcher goes on in no thread of ours`() = runBlocking<Unit> {
        withTimeout(20.seconds) {
            withContext(Dispatchers.Unconfined) {
                val registry = Server.login.connect()
                registry.list()
                assertFalse("voiceroll" in nativeName(), nativeName())
                registry.inspect(Recording.fromPath(clip("ada-3.webm")))
                assertFalse("voiceroll" in nativeName(), nativeName())
                registry.close()
            }
        }
    }

    @Test
    fun `memory stays flat`() = runBlocking<Unit> {
        open().use { registry ->
            val data = ByteArray(1 shl 20)
            suspend fun round(calls: Int) = repeat(calls) { number ->
                caught { registry.get("nobody") }
                if (number % 10 == 0) {
                    Recording.fromBytes(data).use { caught { registry.inspect(it) } }
                    val job = launch(Dispatchers.Default) { registry.list() }
                    job.cancelAndJoin()
                }
            }
            round(1000)
            System.gc()
            val before = resident()
            round(2000)
            System.gc()
            val grown = resident() - before
            assertTrue(grown < 40, "grew by $grown MB")
        }
    }

    @Test
    fun `recordings that nobody closes are let go`() = runBlocking<Unit> {
        val data = ByteArray(16 shl 20)
        repeat(40) {
            Recording.fromBytes(data)
            System.gc()
            delay(10.milliseconds)
        }
        val held = resident()
        assertTrue(held < 600, "$held MB are held")
    }

    @Test
    fun `a cancelled coroutine keeps its exception`() = runBlocking<Unit> {
        open().use { registry ->
            var thrown: Throwable? = null
            val job =
                launch(Dispatchers.Default, CoroutineStart.UNDISPATCHED) {
                    try {
                        registry.inspect(Recording.fromBytes(long))
                    } catch (stopped: CancellationException) {
                        thrown = stopped
                        throw stopped
                    }
                }
            delay(200.milliseconds)
            job.cancelAndJoin()
            assertTrue(thrown is CancellationException)
        }
    }

    /** Nanoseconds of processor time that this process has used. */
    private fun processor(): Long =
        (ManagementFactory.getOperatingSystemMXBean() as com.sun.management.OperatingSystemMXBean).processCpuTime

    /** What the system calls this thread; Java knows the threads of others by numbers. */
    private fun nativeName(): String = Path.of("/proc/thread-self/comm").readText().trim()

    private suspend fun nobodyWorks() {
        delay(400.milliseconds)
        val before = processor()
        delay(500.milliseconds)
        val used = (processor() - before) / 1e9
        assertTrue(used < 0.25, "$used s of work in half a second")
    }

    /** Megabytes that this process holds. */
    private fun resident(): Long = Path.of("/proc/self/statm").readText().split(' ')[1].toLong() * 4096 / 1_000_000
}

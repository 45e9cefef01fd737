// SPDX-License-Identifier: Apache-2.0
import dev.voiceroll.kotlin.CallOptions
import dev.voiceroll.kotlin.CallSegment
import dev.voiceroll.kotlin.Callbacks
import dev.voiceroll.kotlin.JobRequest
import dev.voiceroll.kotlin.JobStatus
import dev.voiceroll.kotlin.Quality
import dev.voiceroll.kotlin.Recording
import dev.voiceroll.kotlin.Registry
import dev.voiceroll.kotlin.SampleFormat
import dev.voiceroll.kotlin.Segment
import dev.voiceroll.kotlin.Severity
import dev.voiceroll.kotlin.Transcript
import dev.voiceroll.kotlin.Utterance
import dev.voiceroll.kotlin.VoicerollException
import dev.voiceroll.kotlin.Word
import dev.voiceroll.kotlin.accepted
import dev.voiceroll.kotlin.channel
import dev.voiceroll.kotlin.confidence
import dev.voiceroll.kotlin.end
import dev.voiceroll.kotlin.enroll
import dev.voiceroll.kotlin.enrolled
import dev.voiceroll.kotlin.fromPath
import dev.voiceroll.kotlin.fromSamples
import dev.voiceroll.kotlin.inspect
import dev.voiceroll.kotlin.prepare
import dev.voiceroll.kotlin.speakerId
import dev.voiceroll.kotlin.start
import dev.voiceroll.kotlin.version
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.FileSystems
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.readBytes
import kotlin.io.path.writeText
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** What calls give back, and what they throw. */
class ResultsTest {
    @TempDir lateinit var folder: Path

    private fun open() = Registry.open(folder.resolve("voices.db").toString())

    @Test
    fun `results are values that print themselves`() = runBlocking<Unit> {
        open().use { registry ->
            val enrollment = registry.enroll("ada", Recording.fromPath(clip("ada-1.mp3")))
            assertEquals(enrollment, registry.get("ada").copy(recordings = enrollment.recordings))
            assertEquals("ada", enrollment.speakerId)
            assertTrue("speakerId=ada" in enrollment.toString() && "quality=" in enrollment.toString())
            assertTrue(Quality.POOR < Quality.HIGH)
            assertEquals(listOf("Poor", "Average", "Good", "High"), Quality.entries.map { it.toString() })
            val (first) = enrollment.recordings
            assertEquals(0, first.input)
        }
    }

    @Test
    fun `nothing printed holds a voice, a name or words`() = runBlocking<Unit> {
        open().use { registry ->
            registry.enroll("ada", Recording.fromPath(clip("ada-1.mp3")))
            val record = """{"id":"1","to":{"name":"Somebody","extensionId":"ada"}}"""
            val call = registry.identifyCall(record, Recording.fromPath(clip("ada-2.m4a")))
            assertEquals("Somebody", call.segments[0].name)
            assertFalse("Somebody" in call.toString(), call.toString())
            val prepared = registry.prepare(Recording.fromPath(clip("ada-1.mp3")))
            assertEquals("RIFF", String(prepared.wav, 0, 4))
            assertFalse("RIFF" in prepared.toString() || prepared.toString().length > 200)
            assertFalse("voices.db" in registry.toString())
        }
        val word = Word("hello", 0.0, 0.5, "speaker_1")
        val said = Utterance("hello you", 0.0, 1.0, "speaker_1", 0.9)
        val transcript = Transcript("hello you", 0.9, listOf(word), listOf(said))
        for (printed in listOf(word, said, transcript).map {
            it.toString()
        }) {
            assertFalse("hello" in printed, printed)
        }
        assertEquals("Word(start=0.0, end=0.5, speakerId=speaker_1)", word.toString())
        val request = JobRequest.identify("https://media.example.com/1?token=secret", listOf("ada"))
        assertFalse("secret" in request.toString())
    }

    @Test
    fun `a turn of a call has all that its segment has`() {
        val segment = Segment(1.0, 2.5, "ada", 0.75, true, 2u)
        val turn = CallSegment(segment, "Somebody")
        val lifted = Segment(turn.start, turn.end, turn.speakerId, turn.confidence, turn.enrolled, turn.channel)
        assertEquals(segment, lifted)
    }

    @Test
    fun `a stretch is compared by what it holds`() = runBlocking<Unit> {
        val (one, other) = List(2) { prepare(Recording.fromPath(clip("ada-1.mp3"))) }
        assertEquals(one, other)
        assertEquals(one.hashCode(), other.hashCode())
        assertNotEquals(one, prepare(Recording.fromPath(clip("ben-1.wav"))))
        assertNotEquals(one, other.copy(wav = other.wav.copyOf().also { it[it.size - 1]++ }))
        assertNotEquals(one, other.copy(start = other.start + 1))
    }

    @Test
    fun `samples give what their file gives`() = runBlocking<Unit> {
        val pcm = Pcm("ben-1.wav")
        val file = inspect(Recording.fromPath(clip("ben-1.wav")))
        val array = inspect(Recording.fromSamples(pcm.samples, pcm.rate, pcm.channels))
        val floats = FloatArray(pcm.samples.size) { pcm.samples[it] / 32768f }
        val exact = inspect(Recording.fromSamples(floats, pcm.rate, pcm.channels))
        assertEquals(file.speechSeconds, array.speechSeconds)
        assertEquals(file.snrDb, array.snrDb)
        assertEquals(file.copy(base64Bytes = 0u), array.copy(base64Bytes = 0u))
        assertEquals(file.speechSeconds, exact.speechSeconds)
        assertTrue(file.accepted)
        val cut = prepare(Recording.fromSamples(pcm.samples, pcm.rate, pcm.channels))
        assertArrayEquals(cut.wav, prepare(Recording.fromPath(clip("ben-1.wav"))).wav)
    }

    @Test
    fun `a track is chosen`() = runBlocking<Unit> {
        val recording = Recording.fromPath(clip("ada-1.mp3"))
        assertEquals(inspect(recording), inspect(recording.track(1u)))
        assertEquals("invalid_option", caught { inspect(recording.track(2u)) }.code)
    }

    @Test
    fun `errors say what to do`() = runBlocking<Unit> {
        open().use { registry ->
            val refused = caught { registry.enroll("ada", Recording.fromPath(clip("fault-silence.flac"))) }
            assertTrue(refused is VoicerollException.Refused)
            assertEquals("recording_refused", refused.code)
            assertEquals("Refused", refused.kind)
            assertEquals("no_speech", refused.problems[0].code)
            assertEquals(Severity.REFUSE, refused.problems[0].severity)
            assertTrue(refused.message!!.length > 20 && "details" !in refused.message!!, refused.message)
            assertEquals(refused.details.message, refused.message)
            assertTrue(refused.toString().endsWith(refused.message!!))
            assertFalse(refused.retryable || refused.outcomeUnknown)
            assertNull(refused.status ?: refused.requestId ?: refused.retryAfter)
            assertEquals(0, refused.added)
        }
    }

    @Test
    fun `wrong arguments are told`() = runBlocking<Unit> {
        suspend fun refused(word: String, call: suspend () -> Any) {
            val error = caught { call() }
            assertTrue(error is VoicerollException.InvalidInput, error.toString())
            assertTrue(word in error.message!!, error.message)
        }
        open().use { registry ->
            refused("speaker id") { registry.get("agent 1200") }
            refused("speaker id") { registry.identify(Recording.fromPath(clip("ada-1.mp3")), listOf("")) }
            refused("speaker id") { JobRequest.identify("https://media.example.com/1", listOf("a b")) }
            refused("page 0") { registry.list(page = 0u) }
            refused("no recording") { registry.enroll("ada", emptyList()) }
            refused("timeout") { registry.list(options = CallOptions(timeout = (-1).seconds)) }
            refused("timeout") { registry.list(options = CallOptions(timeout = -Duration.INFINITE)) }
            refused("`perPage`") { registry.list(perPage = 1001u) }
            refused("call record") { registry.identifyCall("[]") }
        }
        refused("secret is empty") { Callbacks("") }
        refused("secret") { Registry.connect("https://voices.example.com", clientId = "app") }
        refused("`plainHttp`") { Registry.connect("http://voices.example.com", "a", "b", "c") }
        val other = folder.resolve("other.db").toString()
        refused("`falseAcceptRate`") { Registry.open(other, falseAcceptRate = 2.0) }
        refused("`maxSeconds`") { inspect(Recording.fromPath(clip("ada-1.mp3")), maxSeconds = -1.0) }
        refused("the path contains a NUL byte") { Registry.open("a\u0000b") }
        refused("the path contains a NUL byte") { Registry.open(other, model = "a\u0000b") }
        refused("the path contains a NUL byte") { Registry.open(other, calibration = "a\u0000b") }
        refused("the path contains a NUL byte") { Recording.fromPath("a\u0000b") }
        refused("sample rate") { Recording.fromSamples(ShortArray(8), 0) }
        refused("channels") { Recording.fromSamples(FloatArray(8), 8000, 17) }
        refused("channels") { Recording.fromSamples(ByteArray(8), SampleFormat.F64, 8000u, 0u) }
        assertTrue(caught { Registry.open(folder.toString()) } is VoicerollException.Store)
        val limit = caught { inspect(Recording.fromPath(clip("ada-1.mp3")), maxSeconds = 1.0) }
        assertTrue(limit is VoicerollException.Limit)
        assertTrue("`maxSeconds`" in limit.message!!, limit.message)
        val large = caught { inspect(Recording.fromPath(clip("ada-1.mp3")), maxBytes = 9uL) }
        assertTrue("`maxBytes`" in large.message!!, large.message)
    }

    @Test
    fun `a path of another file system is told`() {
        FileSystems.newFileSystem(folder.resolve("clips.zip"), mapOf("create" to "true")).use { zip ->
            val path = Files.copy(clip("ada-1.mp3"), zip.getPath("/ada-1.mp3"))
            val error = assertThrows(IllegalArgumentException::class.java) { Recording.fromPath(path) }
            assertTrue("bytes or a stream" in error.message!!, error.message)
        }
    }

    @Test
    fun `a file may have any name of UTF-8, whatever the locale`() {
        assertEquals("heard\n", heard("Zo\\303\\253 + 100%%.mp3", "C"))
        assertEquals("heard\n", heard("\\346\\227\\245.mp3", "C.UTF-8"))
        assertTrue("is not UTF-8" in heard("Zo\\353.mp3", "C"))
    }

    /** What a program in a locale says of a clip of this name, as `printf` takes it. */
    private fun heard(name: String, locale: String): String {
        val place = Files.createTempDirectory(folder, "place").toString()
        val copy = ProcessBuilder("sh", "-c", "cp \"$0\" \"$1/$(printf '$name')\"", clip("ada-1.mp3").toString(), place)
        assertEquals(0, copy.start().waitFor())
        return run(folder, "NamesKt", place, environment = mapOf("LC_ALL" to locale))
    }

    @Test
    fun `the server of the environment takes settings too`() {
        val environment = Server.login.environment
        assertEquals("found 1\n", run(folder, "EnvironmentKt", "5", environment = environment))
        val said = run(folder, "EnvironmentKt", "-1", environment = environment)
        assertTrue("the patience" in said, said)
        val missing = run(folder, "EnvironmentKt", "5", environment = environment + ("VOICEROLL_SERVER" to ""))
        assertEquals("invalid_option: set VOICEROLL_SERVER or RINGCENTRAL_SERVER_URL in the environment\n", missing)
    }

    @Test
    fun `a library that is missing or another one is said to every caller`() {
        val text = folder.resolve("text.so").also { it.writeText("no library") }
        val source = folder.resolve("other.c").also { it.writeText("int other(void) { return 0; }\n") }
        val other = folder.resolve("other.so")
        val cc = ProcessBuilder("cc", "-shared", "-fPIC", "-o", other.toString(), source.toString())
        assertEquals(0, cc.start().waitFor())
        for (file in listOf(folder.resolve("none.so"), text, other)) {
            val said = run(folder, "UnusableKt", environment = mapOf("VOICEROLL_LIBRARY" to file.toString())).trim()
            assertEquals(5, said.lines().size, said)
            for (line in said.lines()) {
                assertTrue(line.startsWith("Unsupported not_supported: the Voiceroll library cannot be used: "), line)
                assertTrue(line.endsWith("; install this package again, or correct VOICEROLL_LIBRARY"), line)
            }
        }
    }

    @Test
    fun `a callback is taken and waited for`() = runBlocking<Unit> {
        val callbacks = Callbacks()
        val job = callbacks.take(
            """{"jobId":"6f1e","status":"Success","response":{"utterances":[]}}""".toByteArray(),
        )
        assertEquals("6f1e" to JobStatus.SUCCESS, job.id to job.status)
        assertEquals(0, callbacks.wait("6f1e", CallOptions(timeout = 5.seconds)).segments.size)
        val late = caught { callbacks.wait("another", CallOptions(timeout = 50.milliseconds)) }
        assertTrue(late is VoicerollException.Timeout)
        assertTrue(caught { callbacks.take("[]".toByteArray()) } is VoicerollException.Unsupported)
        val unsigned = caught { Callbacks("a secret").take("{}".toByteArray(), "1", "sha256=00") }
        assertTrue(unsigned is VoicerollException.Unauthorized)
    }

    @Test
    fun `bytes may be changed once they were handed over`() = runBlocking<Unit> {
        val data = clip("ada-1.mp3").readBytes()
        val recording = Recording.fromBytes(data)
        data.fill(0)
        assertTrue(inspect(recording).accepted)
    }

    @Test
    fun `the library is of the version of the package`() {
        val packaged = Registry::class.java.getResourceAsStream(
            "/META-INF/maven/dev.voiceroll/voiceroll-kotlin/pom.properties",
        )
        val properties = java.util.Properties().apply { packaged!!.use { load(it) } }
        assertEquals(properties["version"], version())
    }
}

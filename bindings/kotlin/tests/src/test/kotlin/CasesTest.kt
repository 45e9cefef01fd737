// SPDX-License-Identifier: Apache-2.0
import com.google.gson.JsonElement
import com.google.gson.JsonObject
import com.google.gson.JsonParser
import dev.voiceroll.kotlin.CallOptions
import dev.voiceroll.kotlin.CancelToken
import dev.voiceroll.kotlin.ConsentRecord
import dev.voiceroll.kotlin.Custody
import dev.voiceroll.kotlin.Encoding
import dev.voiceroll.kotlin.Enrollment
import dev.voiceroll.kotlin.JobRequest
import dev.voiceroll.kotlin.Known
import dev.voiceroll.kotlin.ProgressListener
import dev.voiceroll.kotlin.Recording
import dev.voiceroll.kotlin.Registry
import dev.voiceroll.kotlin.VoicerollException
import dev.voiceroll.kotlin.all
import dev.voiceroll.kotlin.fromPath
import dev.voiceroll.kotlin.fromSamples
import dev.voiceroll.kotlin.fromStream
import dev.voiceroll.kotlin.inspect
import dev.voiceroll.kotlin.parseEncoding
import dev.voiceroll.kotlin.prepare
import dev.voiceroll.kotlin.restore
import dev.voiceroll.kotlin.types.Purpose
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assumptions.assumeFalse
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardOpenOption
import java.util.Collections
import java.util.Timer
import kotlin.concurrent.schedule
import kotlin.io.path.inputStream
import kotlin.io.path.readBytes
import kotlin.io.path.readText
import kotlin.time.Duration.Companion.seconds
import kotlin.time.DurationUnit
import kotlin.time.TimeSource

/** The contract that every language passes: `tests/cases`, in all places. */
class CasesTest {
    @TestFactory
    fun cases(): List<DynamicTest> = CASES.flatMap { case ->
        val places = case["where"]?.asJsonArray?.map { it.asString } ?: listOf("embedded", "server")
        places.map { place ->
            DynamicTest.dynamicTest("${case.name}, $place") {
                assumeFalse(case.name in MISSING) { MISSING[case.name] }
                runBlocking { check(case, place) }
            }
        }
    }

    @Test
    fun `every class of the table is there`() {
        val known = VoicerollException::class.java.declaredClasses
            .filter { VoicerollException::class.java.isAssignableFrom(it) }
            .map { "VoicerollException." + it.simpleName }
            .toSet()
        assertEquals(CLASSES.values.toSet(), known)
    }

    @Test
    fun `the list of missing cases names cases`() {
        assertTrue(CASES.map { it.name }.containsAll(MISSING.keys))
    }

    private suspend fun check(case: JsonObject, place: String) {
        val folder = Files.createTempDirectory("voiceroll-case")
        val scripted = if (place == "scripted") Scripted(case) else null
        val kept = mutableMapOf("\$FOLDER" to folder.toString())
        var registry =
            when (place) {
                "embedded" -> {
                    val first = filled(case["open"] ?: JsonObject(), kept).asJsonObject
                    first.addProperty("path", folder.resolve("voices.db").toString())
                    opened(first)
                }

                "server" -> Server.login.connect()

                "scripted" -> scripted!!.login.connect(inspect = false)

                else -> null
            }
        try {
            for (before in case["given"]?.asJsonArray.orEmpty()) {
                val step = filled(before, kept).asJsonObject
                when (step["verb"].asString) {
                    "open" -> {
                        registry!!.close()
                        registry = opened(step["args"].asJsonObject)
                    }

                    "edit" -> edit(step["args"].asJsonObject)

                    else -> {
                        val found = perform(registry, step)
                        before.asJsonObject["keep"]?.let { kept[it.asString] = found as String }
                    }
                }
            }
            hold(registry, filled(case, kept).asJsonObject, place)
            for ((method, count) in case["expect"].asJsonObject["requests"].orEmpty().entrySet()) {
                assertEquals(count.asInt, scripted!!.ask("\"counts\"")[method]?.asInt ?: 0, method)
            }
        } finally {
            if (place == "server") registry!!.all(partial = true).toList().forEach { registry.delete(it.speakerId) }
            registry?.close()
            scripted?.close()
            folder.toFile().deleteRecursively()
        }
    }

    /** Makes the call of a case and holds what comes of it against what is expected. */
    private suspend fun hold(registry: Registry?, case: JsonObject, place: String) {
        val expect = case["expect"].asJsonObject
        val fractions = Collections.synchronizedList(mutableListOf<Double>())
        val started = TimeSource.Monotonic.markNow()
        val foreign = case["call"].asJsonObject["foreign"]?.asString
        if (foreign != null) {
            // It does not compile, so no call is made.
            val verb = case["call"].asJsonObject["verb"].asString
            if (verb == "open") {
                assertTrue(Custody::class.java.declaredFields.none { it.name == foreign })
                return note(case, place, "error", expect["error"].asJsonObject["code"])
            }
            val kinds = Registry::class.java.methods.filter { it.name == verb }.flatMap { it.parameterTypes.toList() }
            assertTrue(kinds.isNotEmpty() && Boolean::class.javaPrimitiveType !in kinds, "$verb takes a flag: $foreign")
            note(case, place, "error", expect["error"].asJsonObject["code"])
        } else if (expect.has("error")) {
            val error = caught { perform(registry, case["call"].asJsonObject, fractions) }
            val told = wire(error)
            assertEquals(CLASSES[told["kind"].asString], "VoicerollException." + error.javaClass.simpleName)
            assertNull(mismatch(told, expect["error"]), case.name)
            note(case, place, "error", told["code"])
        } else {
            val found = wire(perform(registry, case["call"].asJsonObject, fractions))
            assertNull(mismatch(found, expect["result"]), case.name)
            note(case, place, "result", found)
        }
        val took = started.elapsedNow().toDouble(DurationUnit.SECONDS)
        assertTrue(took < (expect["within"]?.asDouble ?: 60.0), "took $took s")
        if (expect.has("progress")) {
            assertEquals(fractions.sorted(), fractions.toList())
            assertEquals(1.0, fractions.last())
        }
    }

    /** Opens a registry with the options of a case. */
    private fun opened(args: JsonObject): Registry {
        fun text(name: String) = args[name]?.asString
        val custody =
            Custody(
                readOnly = args["read_only"]?.asBoolean ?: false,
                keyFolder = text("key_folder"),
                keyFile = text("key_file"),
                keyVariable = text("key_variable"),
                keyCommand = text("key_command"),
                encrypted = args["encrypted"]?.asBoolean,
                requireConsent = args["require_consent"]?.asBoolean ?: false,
                decisionsOnly = args["decisions_only"]?.asBoolean ?: false,
                attemptsPerHour = args["attempts_per_hour"]?.asInt?.toUInt(),
                audit = text("audit"),
                actor = text("actor"),
            )
        return Registry.open(text("path")!!, custody = custody)
    }

    /** Changes what a file has in all places. */
    private fun edit(args: JsonObject) {
        val file = Path.of(args["file"].asString)
        val data = file.readText(Charsets.ISO_8859_1)
        val changed = data.replace(args["from"].asString, args["to"].asString)
        assertTrue(changed != data)
        Files.write(file, changed.toByteArray(Charsets.ISO_8859_1))
    }

    private fun consent(args: JsonObject): ConsentRecord? {
        val told = args["consent"]?.asJsonObject ?: return null
        return ConsentRecord(
            reference = told["reference"].asString,
            givenAt = told["given_at"].asLong.toULong(),
            textVersion = told["text_version"].asString,
            textSha256 = told["text_sha256"].asString,
            purposes = told["purposes"]?.asJsonArray.orEmpty().map { purpose(it.asString) },
            validUntil = told["valid_until"]?.asLong?.toULong(),
            collectedBy = told["collected_by"]?.asString,
        )
    }

    private fun purpose(word: String): Purpose = when (word) {
        "verification" -> Purpose.Verification
        "identification" -> Purpose.Identification
        "diarization" -> Purpose.Diarization
        else -> Purpose.Other(word)
    }

    /** Makes a call through the package's public face. */
    private suspend fun perform(registry: Registry?, call: JsonObject, told: MutableList<Double>? = null): Any? {
        val args = call["args"].orEmpty()
        val encoding = call["encoding"]?.let { parseEncoding(it.asString) }
        val recordings = call["recordings"]?.asJsonArray.orEmpty().map { source(it, encoding) }
        val options = options(call, args["timeout"], told)
        fun text(name: String) = args[name].asString
        fun texts(name: String) = args[name]?.asJsonArray?.map { it.asString }
        fun flag(name: String) = args[name]?.asBoolean ?: false
        fun number(name: String) = args[name]?.asInt?.toUInt()
        val force = flag("force")
        val verb = call["verb"].asString
        if (verb == "open") return opened(args)
        if (verb == "restore") return restore(text("backup"), text("path"), flag("replace"))
        if (registry == null) {
            val seconds = args["max_seconds"]?.asDouble
            val bytes = args["max_bytes"]?.asLong?.toULong()
            return when (verb) {
                "inspect" -> inspect(recordings.single(), seconds, bytes, options)
                "prepare" -> prepare(recordings.single(), seconds, bytes, options)
                else -> error("nothing does $verb without a registry")
            }
        }
        return when (verb) {
            "inspect" -> registry.inspect(recordings.single(), options)

            "prepare" -> registry.prepare(recordings.single(), options)

            "enroll" -> registry.enroll(text("speaker_id"), recordings, force, options, consent(args))

            "create" -> registry.create(text("speaker_id"), recordings, force, options, consent(args))

            "update" -> registry.update(text("speaker_id"), recordings, force, options, consent(args))

            "get" -> registry.get(text("speaker_id"), options)

            "list" -> listed(registry, call, flag("partial"), number("page"), number("per_page") ?: 100u, options)

            "delete" -> registry.delete(text("speaker_id"), options)

            "remove_sample" -> registry.removeSample(text("speaker_id"), args["sample"].asLong, options)

            "verify" -> registry.verify(text("speaker_id"), recordings.single(), options)

            "identify" -> registry.identify(recordings.single(), texts("speaker_ids"), options)

            "diarize" ->
                registry.diarize(recordings.single(), number("speakers"), known(args), flag("per_channel"), options)

            "model" -> registry.model(options)

            "outdated" -> registry.outdated(options)

            "submit" -> registry.submit(request(args), options)

            "job" -> registry.job(text("job"), options)

            "wait" -> registry.wait(text("job"), options)

            "identify_call" -> registry.identifyCall(args["record"].toString(), recordings.singleOrNull(), options)

            "record_consent" -> registry.recordConsent(text("speaker_id"), consent(args)!!, options)

            "consent" -> registry.consent(text("speaker_id"), options)

            "withdraw_consent" -> registry.withdrawConsent(text("speaker_id"), options)

            "expire" -> registry.expire(text("speaker_id"), args["at"]?.asLong?.toULong(), options)

            "retention" -> registry.retention(options)

            "set_retention" -> registry.setRetention(args["seconds"]?.asLong?.toULong(), options)

            "expired" -> registry.expired(options)

            "purge" -> registry.purge(options)

            "export_speaker" -> registry.exportSpeaker(text("speaker_id"), flag("voiceprints"), options)

            "import_speaker" -> registry.importSpeaker(text("export"), options)

            "rotate_key" -> registry.rotateKey(flag("forget_old"), options)

            "verify_audit" -> registry.verifyAudit(options)

            "audit_entries" -> registry.auditEntries(options)

            "audit_pseudonym" -> registry.auditPseudonym(text("speaker_id"), options)

            "backup" -> registry.backup(text("to"), options)

            "check" -> registry.check(options)

            else -> error("there is no $verb")
        }
    }

    private suspend fun listed(
        registry: Registry,
        call: JsonObject,
        partial: Boolean,
        page: UInt?,
        perPage: UInt,
        options: CallOptions,
    ): Any {
        val after = call["args"]?.asJsonObject?.get("after")?.asString
        if (!call.has("iterate")) return registry.list(partial, page ?: 1u, perPage, after, options)
        return registry.all(partial, perPage, options).toList<Enrollment>()
    }

    private fun options(call: JsonObject, timeout: JsonElement?, told: MutableList<Double>?): CallOptions {
        val token = call["cancel_after"]?.let { CancelToken() }
        val after = call["cancel_after"]?.asDouble ?: 0.0
        if (after > 0) Timer(true).schedule((after * 1000).toLong()) { token!!.cancel() } else token?.cancel()
        val listener = if (call.has("progress")) ProgressListener { told?.add(it.fraction) } else null
        return CallOptions(timeout?.asDouble?.seconds, token, listener)
    }

    private fun known(args: JsonObject): Known? {
        val known = args["known"] ?: return null
        return if (known.isJsonPrimitive) Known.All else Known.These(known.asJsonArray.map { it.asString })
    }

    private fun request(args: JsonObject): JobRequest {
        val address = args["content_uri"].asString
        val ids = args["speaker_ids"]?.asJsonArray?.map { it.asString } ?: emptyList()
        val speakers = args["speakers"]?.asInt?.toUInt()
        return when (args["api"].asString) {
            "identify" -> JobRequest.identify(address, ids)
            "diarize" -> JobRequest.diarize(address, ids, speakers)
            else -> JobRequest.transcribe(address, speakerIds = ids, speakers = speakers)
        }
    }

    /** A recording as a case describes it. */
    private fun source(told: JsonElement, encoding: Encoding?): Recording {
        if (told.isJsonPrimitive) return Recording.fromPath(clip(told.asString), encoding)
        val one = told.asJsonObject
        fun named(name: String): Path? = one[name]?.let { clip(it.asString) }
        return when {
            one.has("bytes") -> Recording.fromBytes(named("bytes")!!.readBytes(), encoding)

            one.has("stream") -> named("stream")!!.inputStream().use { Recording.fromStream(it, encoding) }

            one.has("text") -> Recording.fromBytes(one["text"].asString.toByteArray(), encoding)

            one.has("repeat") -> Recording.fromBytes(times(named("repeat")!!.readBytes(), one["times"].asInt), encoding)

            one.has("missing") -> Recording.fromPath(named("missing")!!, encoding)

            else -> {
                val pcm = Pcm(one["samples"].asString)
                if (one["format"].asString == "i16") return Recording.fromSamples(pcm.samples, pcm.rate, pcm.channels)
                val floats = FloatArray(pcm.samples.size) { pcm.samples[it] / 32768f }
                Recording.fromSamples(floats, pcm.rate, pcm.channels)
            }
        }
    }

    /** Adds a line to the file that compares the languages, where there is one. */
    private fun note(case: JsonObject, place: String, kind: String, value: JsonElement) {
        val file = System.getenv("VOICEROLL_RESULTS") ?: return
        if (place != "embedded" && place != "free") return
        val line = JsonObject()
        line.addProperty("case", case.name)
        line.addProperty("where", place)
        line.add(kind, value)
        val text = NULLS.toJson(line) + "\n"
        Files.writeString(Path.of(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
    }

    private companion object {
        /** Cases that this runner cannot do yet, and why. */
        val MISSING = emptyMap<String, String>()

        val NULLS = com.google.gson.GsonBuilder().serializeNulls().disableHtmlEscaping().create()

        val CASES: List<JsonObject> =
            Files.list(root.resolve("tests/cases")).use { it.sorted().toList() }.flatMap { file ->
                JsonParser.parseString(file.readText()).asJsonObject["cases"].asJsonArray.map { it.asJsonObject }
            }

        val CLASSES: Map<String, String> =
            JsonParser
                .parseString(root.resolve("tests/errors.json").readText())
                .asJsonObject["classes"]
                .asJsonArray
                .associate { it.asJsonObject["kind"].asString to it.asJsonObject["kotlin"].asString }

        val JsonObject.name: String get() = this["name"].asString
    }
}

fun com.google.gson.JsonArray?.orEmpty(): List<JsonElement> = this?.toList() ?: emptyList()

/** The error that a call throws. */
suspend fun caught(call: suspend () -> Unit): VoicerollException {
    try {
        call()
    } catch (error: VoicerollException) {
        return error
    }
    throw AssertionError("it succeeded")
}

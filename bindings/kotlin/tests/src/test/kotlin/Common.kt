// SPDX-License-Identifier: Apache-2.0
import com.google.gson.JsonElement
import com.google.gson.JsonObject
import com.google.gson.JsonParser
import dev.voiceroll.kotlin.Registry
import org.junit.jupiter.api.Assertions.assertEquals
import java.io.BufferedReader
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.readBytes

/** The folder of the repository. */
val root: Path = Path.of(System.getProperty("voiceroll.root")).toRealPath()

/** The path of a shipped clip. */
fun clip(name: String): Path = root.resolve("tests/audio").resolve(name)

/** An hour. */
val long: ByteArray by lazy { times(clip("ada-1.mp3").readBytes(), 200) }

fun times(bytes: ByteArray, times: Int): ByteArray = ByteArray(bytes.size * times) { bytes[it % bytes.size] }

/** A program that comes with the library. */
fun program(variable: String, default: String): String =
    System.getenv(variable) ?: root.resolve(default).also { check(it.exists()) { "$it is not built" } }.toString()

/** What a server says at its start. */
class Login(told: JsonObject) {
    val url: String = told["server"].asString
    val clientId: String = told["client_id"].asString
    val clientSecret: String = told["client_secret"].asString
    val jwt: String = told["jwt"].asString

    val environment: Map<String, String> = mapOf(
        "VOICEROLL_SERVER" to url,
        "VOICEROLL_CLIENT_ID" to clientId,
        "VOICEROLL_CLIENT_SECRET" to clientSecret,
        "VOICEROLL_JWT" to jwt,
    )

    fun connect(inspect: Boolean = true): Registry =
        Registry.connect(url, clientId, clientSecret, jwt, inspect = inspect)
}

/** What a program with the class path of the tests prints, in this folder. */
fun run(folder: Path, name: String, vararg args: String, environment: Map<String, String> = emptyMap()): String {
    val java = Path.of(System.getProperty("java.home"), "bin", "java").toString()
    val command = listOf(java, "-cp", System.getProperty("java.class.path"), name) + args
    val builder = ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
    builder.environment() += environment
    val process = builder.start()
    val said = process.inputStream.bufferedReader().readText()
    assertEquals(0, process.waitFor(), said)
    return said
}

/** A `voiceroll serve` for all tests. */
object Server {
    val login: Login by lazy {
        val command = program("VOICEROLL_COMMAND", "target/release/voiceroll")
        val data = Files.createTempDirectory("voiceroll-kotlin")
        val builder = ProcessBuilder(command, "serve", "--dev", "--json", "--port", "0", "--data", data.toString())
        builder.environment()["VOICEROLL_LOG"] = "warn"
        val process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start()
        Runtime.getRuntime().addShutdownHook(
            Thread {
                process.destroyForcibly().waitFor()
                data.toFile().deleteRecursively()
            },
        )
        Login(JsonParser.parseString(process.inputStream.bufferedReader().readLine()).asJsonObject)
    }
}

/** A server that misbehaves as a case says. */
class Scripted(case: JsonObject) : AutoCloseable {
    private val process = ProcessBuilder(program("VOICEROLL_SCRIPTED", "target/debug/examples/scripted")).start()
    private val answers: BufferedReader = process.inputStream.bufferedReader()
    val login: Login

    init {
        val script = JsonObject()
        script.add("roll", case["roll"] ?: JsonObject())
        script.add("faults", case["faults"] ?: JsonParser.parseString("[]"))
        login = Login(ask(script.toString()))
    }

    fun ask(line: String): JsonObject {
        process.outputStream.write("$line\n".toByteArray())
        process.outputStream.flush()
        return JsonParser.parseString(answers.readLine()).asJsonObject
    }

    override fun close() {
        process.destroyForcibly().waitFor()
    }
}

/** The samples of a WAV clip of 16 bits. */
class Pcm(name: String) {
    val samples: ShortArray
    val rate: Int
    val channels: Int

    init {
        val wav = ByteBuffer.wrap(clip(name).readBytes()).order(ByteOrder.LITTLE_ENDIAN)
        var at = 12
        var format = 0
        while (wav.getInt(at) != DATA) {
            if (wav.getInt(at) == FMT) format = at + 8
            at += 8 + wav.getInt(at + 4)
        }
        channels = wav.getShort(format + 2).toInt()
        rate = wav.getInt(format + 4)
        check(wav.getShort(format + 14).toInt() == 16)
        samples = ShortArray(wav.getInt(at + 4) / 2)
        wav.position(at + 8)
        wav.slice().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples)
    }

    private companion object {
        const val DATA = 0x61746164
        const val FMT = 0x20746d66
    }
}

fun JsonElement?.orEmpty(): JsonObject = this?.asJsonObject ?: JsonObject()

// SPDX-License-Identifier: Apache-2.0
import dev.voiceroll.kotlin.CallOptions
import dev.voiceroll.kotlin.Recording
import dev.voiceroll.kotlin.Registry
import dev.voiceroll.kotlin.VoicerollException
import dev.voiceroll.kotlin.enroll
import java.io.File
import kotlin.time.Duration.Companion.seconds

/** What an upload handler answers: a status and a text. It suits any web framework with coroutines. */
suspend fun upload(registry: Registry, speakerId: String, body: ByteArray): Pair<Int, String> =
    Recording.fromBytes(body).use { recording ->
        try {
            val enrollment = registry.enroll(speakerId, recording, options = CallOptions(timeout = 20.seconds))
            201 to "quality ${enrollment.quality}, ${enrollment.missingSeconds} s of speech are missing"
        } catch (refused: VoicerollException.Refused) {
            422 to refused.problems.joinToString("; ") { "${it.code}: ${it.advice}" }
        } catch (wrong: VoicerollException.InvalidInput) {
            400 to wrong.details.message
        } catch (other: VoicerollException) {
            (if (other.retryable) 503 else 500) to other.code
        }
    }

/** `UploadKt FILE...` uploads files as speakers 1, 2 and so on. */
suspend fun main(args: Array<String>) {
    Registry.open("voices.db").use { registry ->
        for ((number, file) in args.withIndex()) {
            val (status, text) = upload(registry, "${number + 1}", File(file).readBytes())
            println("$status $text")
        }
    }
}

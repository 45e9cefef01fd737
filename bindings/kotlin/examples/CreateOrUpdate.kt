// SPDX-License-Identifier: Apache-2.0
import dev.voiceroll.kotlin.Recording
import dev.voiceroll.kotlin.Registry
import dev.voiceroll.kotlin.VoicerollException
import dev.voiceroll.kotlin.create
import dev.voiceroll.kotlin.update

/**
 * Enrolls somebody under an extension id: reads the enrollment, and creates or updates it.
 *
 * `CreateOrUpdateKt 59586 monday.mp3`. With VOICEROLL_SERVER and its credentials in the environment the roll is kept on
 * that server, otherwise in voices.db.
 */
suspend fun main(args: Array<String>) {
    val (speakerId, file) = args
    val onServer = System.getenv("VOICEROLL_SERVER") != null
    val opened = if (onServer) Registry.connectFromEnv() else Registry.open("voices.db")
    opened.use { registry ->
        val recording = Recording.fromPath(file)
        val enrollment =
            try {
                val found = registry.get(speakerId)
                println("%s is enrolled with %.1f s of speech".format(speakerId, found.speechSeconds))
                registry.update(speakerId, recording)
            } catch (_: VoicerollException.NotFound) {
                println("$speakerId is new")
                registry.create(speakerId, recording)
            }
        println(enrollment)
        if (!enrollment.complete) println("%.1f s of speech are still missing".format(enrollment.missingSeconds))
    }
}

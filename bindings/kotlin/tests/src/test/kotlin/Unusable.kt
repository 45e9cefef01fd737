// SPDX-License-Identifier: Apache-2.0
import dev.voiceroll.kotlin.Callbacks
import dev.voiceroll.kotlin.Quality
import dev.voiceroll.kotlin.Recording
import dev.voiceroll.kotlin.Registry
import dev.voiceroll.kotlin.VoicerollException
import dev.voiceroll.kotlin.version

/** Prints the error of each call where the library cannot be used. Started as `UnusableKt`. */
fun main() {
    val calls = listOf<() -> Any>(
        { version() },
        { Registry.open("voices.db") },
        { Recording.fromPath("a.mp3") },
        { Callbacks() },
        { Quality.GOOD.toString() },
    )
    for (call in calls) {
        try {
            call()
        } catch (told: VoicerollException) {
            println("${told.kind} ${told.code}: ${told.message}")
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import dev.voiceroll.kotlin.Registry
import dev.voiceroll.kotlin.VoicerollException
import kotlin.time.Duration.Companion.seconds

/** Uses the server that the environment names. Started as `EnvironmentKt SECONDS` with the patience. */
suspend fun main(args: Array<String>) {
    try {
        Registry.connectFromEnv(patience = args[0].toInt().seconds).use { println("found ${it.list().page}") }
    } catch (error: VoicerollException) {
        println("${error.code}: ${error.message}")
    }
}

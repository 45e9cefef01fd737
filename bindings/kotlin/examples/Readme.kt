// SPDX-License-Identifier: Apache-2.0
import dev.voiceroll.kotlin.Recording
import dev.voiceroll.kotlin.Registry

suspend fun main() {
    val registry = Registry.open("voices.db")
    val calls = listOf("tests/audio/ada-1.mp3", "tests/audio/ada-2.m4a").map { Recording.fromPath(it) }
    val enrollment = registry.enroll("ada", calls)
    println("${enrollment.quality} ${enrollment.speechSeconds}")

    val found = registry.verify("ada", Recording.fromPath("tests/audio/ada-3.webm"))
    println("${found.decision} ${found.confidence}")
}

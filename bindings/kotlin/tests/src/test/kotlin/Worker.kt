// SPDX-License-Identifier: Apache-2.0
import dev.voiceroll.kotlin.CancelToken
import dev.voiceroll.kotlin.Recording
import dev.voiceroll.kotlin.inspect
import java.nio.file.Path
import kotlin.io.path.readBytes
import kotlin.io.path.readText
import kotlin.time.measureTime

/** What the measurements in `bench/bindings` ask: a line in, a line of JSON out. Started as `WorkerKt FILE`. */
suspend fun main(args: Array<String>) {
    val data = Path.of(args[0]).readBytes()
    while (true) {
        val seconds = measured(readlnOrNull() ?: return, data)
        val pages = Path.of("/proc/self/statm").readText().split(' ')[1].toLong()
        println("""{"seconds": $seconds, "memory": ${pages * 4096 / 1e6}}""")
    }
}

private suspend fun measured(what: String, data: ByteArray): Double {
    val rounds =
        when (what.trim()) {
            "nothing" -> 100_000
            "add" -> 200
            else -> 1
        }
    val token = CancelToken()
    val mebibyte = ByteArray(1 shl 20)
    val took =
        List(3) {
            measureTime {
                repeat(rounds) {
                    when (what.trim()) {
                        "nothing" -> token.isCancelled()
                        "add" -> Recording.fromBytes(mebibyte).close()
                        else -> Recording.fromBytes(data).use { inspect(it) }
                    }
                }
            }
        }
    return took.min().inWholeNanoseconds / 1e9 / rounds
}

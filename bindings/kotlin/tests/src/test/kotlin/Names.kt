// SPDX-License-Identifier: Apache-2.0
import dev.voiceroll.kotlin.Recording
import dev.voiceroll.kotlin.fromPath
import dev.voiceroll.kotlin.inspect
import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries

/** Listens to the file in a folder, whose name the locale may not know. Started as `NamesKt FOLDER`. */
suspend fun main(args: Array<String>) {
    val file = Path.of(args[0]).listDirectoryEntries().single()
    try {
        inspect(Recording.fromPath(file))
        println("heard")
    } catch (refused: IllegalArgumentException) {
        println(refused.message)
    }
}

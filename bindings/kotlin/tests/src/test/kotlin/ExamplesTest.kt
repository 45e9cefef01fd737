// SPDX-License-Identifier: Apache-2.0
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.readText

/** The examples, run as programs of their own. */
class ExamplesTest {
    @TempDir lateinit var folder: Path

    @Test
    fun `the readme`() {
        Files.createSymbolicLink(folder.resolve("tests"), root.resolve("tests"))
        assertEquals(root.resolve("tests/readme.txt").readText(), run(folder, "ReadmeKt"))
        Files.delete(folder.resolve("tests"))
        val shown = root.resolve("bindings/kotlin/README.md").readText()
        val program = root.resolve("bindings/kotlin/examples/Readme.kt").readText().substringAfter("Apache-2.0\n")
        assertTrue(program in shown, "the README shows another program")
    }

    @Test
    fun `create or update, here`() = createOrUpdate(emptyMap())

    @Test
    fun `create or update, on a server`() {
        createOrUpdate(Server.login.environment)
    }

    private fun createOrUpdate(environment: Map<String, String>) {
        val first = run(folder, "CreateOrUpdateKt", "59586", clip("ben-1.wav").toString(), environment = environment)
        assertTrue(first.startsWith("59586 is new") && "still missing" in first, first)
        val second = run(folder, "CreateOrUpdateKt", "59586", clip("ben-2.ogg").toString(), environment = environment)
        assertTrue(second.startsWith("59586 is enrolled") && "complete=true" in second, second)
    }

    @Test
    fun `an upload`() {
        val said = run(folder, "UploadKt", clip("ada-1.mp3").toString(), clip("fault-silence.flac").toString())
        assertTrue("201" in said && "422" in said && "no_speech" in said, said)
    }
}

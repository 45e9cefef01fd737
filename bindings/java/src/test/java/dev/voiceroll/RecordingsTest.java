// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import static dev.voiceroll.Support.bytes;
import static dev.voiceroll.Support.clip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Everything that a recording may be handed over as. */
class RecordingsTest {
    @TempDir
    private Path folder;

    private static Inspection inspected(Recording recording) {
        return Voiceroll.inspect(recording, new InspectOptions());
    }

    @Test
    void aPathBytesAndAStreamAreTheSame() throws IOException {
        Inspection expected = Voiceroll.inspect(clip("ada-1.mp3"));
        assertEquals(expected, inspected(Recording.of(bytes("ada-1.mp3"))));
        try (InputStream stream = Files.newInputStream(clip("ada-1.mp3"))) {
            Recording recording = Recording.of(stream);
            assertEquals(expected, inspected(recording));
            assertEquals(expected, inspected(recording), "it can be used again");
        }
    }

    @Test
    void samplesAreTheSameAsTheirFile() {
        Support.Pcm pcm = Support.Pcm.of("ben-1.wav");
        Inspection file = Voiceroll.inspect(clip("ben-1.wav"));
        double[] doubles = new double[pcm.samples().length];
        Arrays.setAll(doubles, at -> pcm.samples()[at] / 32768.0);
        for (Recording recording : new Recording[] {
            Recording.ofSamples(pcm.samples(), pcm.sampleRate(), pcm.channels()),
            Recording.ofSamples(pcm.floats(), pcm.sampleRate(), pcm.channels()),
            Recording.ofSamples(doubles, pcm.sampleRate(), pcm.channels())
        }) {
            Inspection found = inspected(recording);
            assertEquals(file.duration(), found.duration());
            assertEquals(file.sampleRate(), found.sampleRate());
            assertEquals(file.speechSeconds(), found.speechSeconds());
            assertEquals(file.snrDb(), found.snrDb(), 1e-3);
            assertEquals(file.levelDbfs(), found.levelDbfs(), 1e-3);
        }
    }

    @Test
    void samplesAreCopiedAndMayHaveChannels() {
        Support.Pcm pcm = Support.Pcm.of("ben-1.wav");
        short[] stereo = new short[pcm.samples().length * 2];
        Arrays.setAll(new int[stereo.length], at -> stereo[at] = pcm.samples()[at / 2]);
        Recording recording = Recording.ofSamples(stereo, pcm.sampleRate(), 2);
        Arrays.fill(stereo, (short) 0);
        Inspection found = inspected(recording);
        assertEquals(2, found.channels());
        assertTrue(found.speechSeconds() > 5);
    }

    @Test
    void samplesThatAreNone() {
        assertThrows(IllegalArgumentException.class, () -> Recording.ofSamples(new short[100], 0, 1));
        assertThrows(IllegalArgumentException.class, () -> Recording.ofSamples(new float[100], 16_000, -1));
        Recording wide = Recording.ofSamples(new float[32_000], 16_000, 16_000);
        assertThrows(InvalidInputException.class, () -> inspected(wide));
        Recording empty = Recording.ofSamples(new short[0], 16_000, 1);
        assertThrows(UnreadableException.class, () -> inspected(empty));
        assertThrows(IllegalStateException.class, () -> empty.encoding("Wav"));
        assertThrows(IllegalStateException.class, () -> empty.track(1));
    }

    @Test
    void whatIsNoRecordingIsToldAtOnce() {
        assertThrows(NullPointerException.class, () -> Recording.of((byte[]) null));
        assertThrows(NullPointerException.class, () -> Recording.of((InputStream) null));
        assertThrows(NullPointerException.class, () -> Recording.of((Path) null));
        assertThrows(NullPointerException.class, () -> inspected(null));
        Recording odd = Recording.of(clip("ada-1.mp3")).encoding("Jpeg");
        assertTrue(assertThrows(InvalidInputException.class, () -> inspected(odd))
                .getMessage()
                .contains("Mpeg"));
    }

    @Test
    void aTrackIsChosen() {
        Recording recording = Recording.of(clip("ada-1.mp3"));
        assertEquals(inspected(recording), inspected(recording.track(1)));
        assertThrows(InvalidInputException.class, () -> inspected(recording.track(2)));
    }

    @Test
    void aStreamThatFailsSaysSo() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        };
        assertEquals(
                "gone",
                assertThrows(IOException.class, () -> Recording.of(broken)).getMessage());
    }

    /** Names are bytes, whatever the locale takes them for. */
    @Test
    void anyFileNameWillDo() throws Exception {
        String copy = "cp \"$0\" \"$1/$(printf 'M\\344rz %%41+1.mp3')\"";
        Process made = new ProcessBuilder("sh", "-c", copy, clip("ada-1.mp3").toString(), folder.toString()).start();
        assertEquals(0, made.waitFor());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    Voiceroll.inspect(clip("ada-1.mp3")),
                    Voiceroll.inspect(files.findFirst().orElseThrow()));
        }
    }

    /** As text, such a name is not what it is. */
    @Test
    void aCalibrationMayHaveAnyNameWhateverTheLocale() throws Exception {
        Path place = Files.createDirectory(folder.resolve("place"));
        String make = "echo '{}' > \"$0/$(printf 'M\\303\\244rz.json')\"";
        assertEquals(
                0,
                new ProcessBuilder("sh", "-c", make, place.toString()).start().waitFor());
        Support.Ended ended =
                Support.java(folder, Map.of("LC_ALL", "C"), "dev.voiceroll.Programs", "calibration", place.toString());
        assertEquals(new Support.Ended(0, "calibration_invalid\n", ""), ended);
    }

    @Test
    void aPathOfAnotherFileSystemIsTold() throws Exception {
        Path archive = folder.resolve("clips.zip");
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            Path path = Files.copy(clip("ada-1.mp3"), zip.getPath("/ada-1.mp3"));
            for (Executable call : List.<Executable>of(
                    () -> Recording.of(path), () -> Registry.open(path), () -> new RegistryOptions().model(path))) {
                String told = assertThrows(IllegalArgumentException.class, call).getMessage();
                assertTrue(told.contains("bytes or a stream"), told);
            }
        }
    }

    @Test
    void noRecordingIsShown() {
        assertFalse(Recording.of(clip("ada-1.mp3")).toString().contains("ada"));
    }
}

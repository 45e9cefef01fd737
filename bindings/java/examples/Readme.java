// SPDX-License-Identifier: Apache-2.0
import dev.voiceroll.Registry;
import java.nio.file.Path;

class Readme {
    public static void main(String[] args) {
        try (var registry = Registry.open(Path.of("voices.db"))) {
            var enrollment = registry.enroll("ada", Path.of("tests/audio/ada-1.mp3"), Path.of("tests/audio/ada-2.m4a"));
            System.out.println(enrollment.quality() + " " + enrollment.speechSeconds());

            var found = registry.verify("ada", Path.of("tests/audio/ada-3.webm"));
            System.out.println(found.decision() + " " + found.confidence());
        }
    }
}

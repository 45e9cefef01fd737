// SPDX-License-Identifier: Apache-2.0
import dev.voiceroll.Enrollment;
import dev.voiceroll.NotFoundException;
import dev.voiceroll.Registry;
import java.nio.file.Path;

/**
 * Enrolls somebody under an extension id: reads the enrollment, and creates or updates it.
 *
 * <p>{@code java -cp ... CreateOrUpdate.java 59586 monday.mp3}
 *
 * <p>With VOICEROLL_SERVER and its credentials in the environment the roll is kept on that server, otherwise in
 * voices.db.
 */
class CreateOrUpdate {
    public static void main(String[] args) {
        String speakerId = args[0];
        Path recording = Path.of(args[1]);
        boolean onServer = System.getenv("VOICEROLL_SERVER") != null;
        try (Registry registry = onServer ? Registry.connect() : Registry.open(Path.of("voices.db"))) {
            Enrollment enrollment;
            try {
                Enrollment found = registry.get(speakerId);
                System.out.printf("%s is enrolled with %.1f s of speech%n", speakerId, found.speechSeconds());
                enrollment = registry.update(speakerId, recording);
            } catch (NotFoundException nobody) {
                System.out.println(speakerId + " is new");
                enrollment = registry.create(speakerId, recording);
            }
            System.out.println(enrollment);
            if (!enrollment.complete()) {
                System.out.printf("%.1f s of speech are still missing%n", enrollment.missingSeconds());
            }
        }
    }
}

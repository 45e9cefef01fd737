import com.ringcentral.RestClient;
import com.ringcentral.RestException;
import com.ringcentral.definitions.CaiEnrollmentsListParameters;
import com.ringcentral.definitions.EnrollmentInput;
import com.ringcentral.definitions.EnrollmentPatchInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;

/** Reads, then creates or updates, one enrollment with RingCentral's typed SDK, in which ids are `speakerId`. */
public class EnrollSpeaker {
  public static void main(String[] args) throws Exception {
    var client = new RestClient(args[1], args[2], args[0]);
    client.authorize(args[3]);
    var id = client.token.owner_id + "_java";
    var content = Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(args[4])));
    var roll = client.ai().audio().v1();
    var known = true;
    try {
      roll.enrollments(id).get();
    } catch (RestException error) {
      if (error.response.code() != 404) throw error;
      known = false;
    }
    var answer =
        known
            ? roll.enrollments(id).patch(new EnrollmentPatchInput().encoding("Mpeg").languageCode("en-US").content(content))
            : roll.enrollments().post(new EnrollmentInput().encoding("Mpeg").languageCode("en-US").content(content).speakerId(id));
    var page = roll.enrollments().list(new CaiEnrollmentsListParameters().partial(true).perPage(100L).page(1L));
    if (Arrays.stream(page.records).noneMatch(record -> id.equals(record.speakerId))) throw new IllegalStateException("it is not listed");
    client.refresh();
    roll.enrollments(id).get();
    client.revoke();
    System.out.printf("%s totalSpeechDuration: %s %s%n", known ? "updated" : "created", answer.totalSpeechDuration, answer.enrollmentQuality);
    System.exit(0);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * What a server is asked to do with a recording that it fetches itself; for {@link Registry#submit}. Immutable: each
 * method returns another one. Its text leaves the addresses out: a token may stand in them.
 */
public final class JobRequest {
    final JsonObject args;

    private JobRequest(JsonObject args) {
        this.args = args;
    }

    /**
     * Finds the segments in which these speakers speak. All need a complete enrollment.
     *
     * @param contentUri where the server fetches the recording
     * @param speakerIds who is looked for
     * @return the request
     */
    public static JobRequest identify(String contentUri, List<String> speakerIds) {
        return to("identify", contentUri).speakerIds(Bridge.given("speakerIds", speakerIds));
    }

    /**
     * Finds out who speaks when in a recording.
     *
     * @param contentUri where the server fetches the recording
     * @return the request
     */
    public static JobRequest diarize(String contentUri) {
        return to("diarize", contentUri);
    }

    /**
     * Transcribes a recording, with the speakers if {@link #speakerIds} or {@link #speakers} are given.
     *
     * @param contentUri where the server fetches the recording
     * @return the request
     */
    public static JobRequest transcribe(String contentUri) {
        return to("transcribe", contentUri);
    }

    private static JobRequest to(String api, String contentUri) {
        JsonObject args = new JsonObject();
        args.addProperty("api", api);
        args.addProperty("content_uri", Bridge.given("contentUri", contentUri));
        return new JobRequest(args);
    }

    private JobRequest with(String name, Object value) {
        return new JobRequest(Options.with(args, name, value));
    }

    /**
     * The enrolled speakers to search for.
     *
     * @param speakerIds ids of enrolled speakers
     * @return the request
     */
    public JobRequest speakerIds(List<String> speakerIds) {
        return with("speaker_ids", speakerIds);
    }

    /**
     * How many people speak, where that is known.
     *
     * @param speakers 1 to 20
     * @return the request
     */
    public JobRequest speakers(int speakers) {
        return with("speakers", speakers);
    }

    /**
     * Takes each channel for one speaker.
     *
     * @param perChannel true for that
     * @return the request
     */
    public JobRequest perChannel(boolean perChannel) {
        return with("per_channel", perChannel);
    }

    /**
     * What the recording is. Default: by the end of the address.
     *
     * @param encoding one of Mpeg, Mp4, Wav, Webm, Webp, Aac, Avi, Ogg
     * @return the request
     */
    public JobRequest encoding(String encoding) {
        return with("encoding", encoding);
    }

    /**
     * The language spoken.
     *
     * @param language en-US by default
     * @return the request
     */
    public JobRequest language(String language) {
        return with("language", language);
    }

    /**
     * Where the server posts the result; see {@link Callbacks}. Default: nowhere, it is asked for.
     *
     * @param webhook the address
     * @return the request
     */
    public JobRequest webhook(String webhook) {
        return with("webhook", webhook);
    }

    @Override
    public String toString() {
        return "JobRequest[api=" + args.get("api").getAsString() + "]";
    }
}

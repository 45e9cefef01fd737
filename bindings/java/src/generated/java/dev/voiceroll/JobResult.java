// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;
import java.util.List;

/**
 * The result of a job.
 *
 * @param speakers The number of speakers, if requested. May be {@code null}.
 * @param segments Who speaks when, sorted by start. Unknown speakers are {@code speaker_1}, {@code speaker_2} and so
 *     on, or have no id if only enrolled speakers were requested.
 * @param transcript The transcript, if requested. May be {@code null}.
 * @serial exclude
 */
public record JobResult(
        Integer speakers,
        List<Segment> segments,
        Transcript transcript)
        implements Serializable {
    static JobResult read(JsonElement from) {
        JsonObject json = from.getAsJsonObject();
        return new JobResult(
                Json.value(json, "speakers", JsonElement::getAsInt),
                Json.list(json, "segments", Segment::read),
                Json.value(json, "transcript", Transcript::read));
    }
}

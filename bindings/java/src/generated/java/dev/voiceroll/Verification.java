// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;
import java.util.List;

/**
 * Whether a recording is of an enrolled speaker.
 *
 * @param speakerId The speaker that the recording was compared with.
 * @param decision The decision.
 * @param confidence Posterior probability of this speaker, 0 to 1, at a prior of 0.5; none if there is too little
 *     speech. May be {@code null}.
 * @param llr Log-likelihood ratio of this speaker to another, natural logarithm; none if there is too little speech.
 *     May be {@code null}.
 * @param matchLlr The {@code llr} from which the decision is a match, at the requested false-accept rate.
 * @param noMatchLlr The {@code llr} below which the decision is no match.
 * @param score Cosine of the two voiceprints, -1 to 1; none if there is too little speech. May be {@code null}.
 * @param speechSeconds Seconds of speech in the recording.
 * @param problems The problems of the recording, the most severe first.
 * @serial exclude
 */
public record Verification(
        String speakerId,
        Decision decision,
        Double confidence,
        Double llr,
        double matchLlr,
        double noMatchLlr,
        Double score,
        double speechSeconds,
        List<Problem> problems)
        implements Serializable {
    static Verification read(JsonElement from) {
        JsonObject json = from.getAsJsonObject();
        return new Verification(
                Json.value(json, "speaker_id", JsonElement::getAsString),
                Json.value(json, "decision", Decision::read),
                Json.value(json, "confidence", JsonElement::getAsDouble),
                Json.value(json, "llr", JsonElement::getAsDouble),
                Json.value(json, "match_llr", JsonElement::getAsDouble),
                Json.value(json, "no_match_llr", JsonElement::getAsDouble),
                Json.value(json, "score", JsonElement::getAsDouble),
                Json.value(json, "speech_seconds", JsonElement::getAsDouble),
                Json.list(json, "problems", Problem::read));
    }
}

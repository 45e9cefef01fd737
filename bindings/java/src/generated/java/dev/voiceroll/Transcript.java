// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;
import java.util.List;

/**
 * The transcript of a recording. Its {@code Debug} form omits the words.
 *
 * @param text The full text.
 * @param confidence Confidence in the speakers, 0 to 1.
 * @param words The words.
 * @param utterances The text by speaker; empty if no speakers were requested.
 * @serial exclude
 */
public record Transcript(
        String text,
        double confidence,
        List<Word> words,
        List<Utterance> utterances)
        implements Serializable {
    static Transcript read(JsonElement from) {
        JsonObject json = from.getAsJsonObject();
        return new Transcript(
                Json.value(json, "text", JsonElement::getAsString),
                Json.value(json, "confidence", JsonElement::getAsDouble),
                Json.list(json, "words", Word::read),
                Json.list(json, "utterances", Utterance::read));
    }

    @Override
    public String toString() {
        return "Transcript[confidence=" + confidence
                + "]";
    }
}

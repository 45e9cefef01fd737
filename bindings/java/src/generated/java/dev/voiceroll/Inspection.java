// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;
import java.util.List;

/**
 * The measurements of a recording, and its problems.
 *
 * @param container The container: {@code mp3}, {@code mp4}, {@code m4a}, {@code mov}, {@code 3gp}, {@code adts}, {@code
 *     wav}, {@code aiff}, {@code flac}, {@code ogg}, {@code webm}, {@code matroska}, {@code w64}, {@code caf}, {@code
 *     au}, {@code avi}, {@code gsm} or {@code amr}.
 * @param codec The codec: {@code mp3}, {@code aac}, {@code opus}, {@code vorbis}, {@code flac}, {@code alac}, {@code
 *     pcm_s16le}, {@code pcm_mulaw}, {@code adpcm_ms} and so on.
 * @param channels Number of channels. They are mixed before the analysis.
 * @param sampleRate Samples per second after decoding. Of HE-AAC only the core is decoded, at half the nominal rate.
 * @param bandwidthHz The highest frequency with speech, in Hz, at most 8000; none without speech. May be {@code null}.
 * @param duration Decoded duration in seconds.
 * @param speechSeconds Seconds of speech, in steps of 16 ms. A pause under 300 ms inside speech counts as speech, and
 *     so does babble.
 * @param longestPause Longest stretch without speech in seconds, including the start and the end.
 * @param levelDbfs RMS level of the speech (of everything, where there is none) in the loudest channel, in dB relative
 *     to a full-scale square wave; none for digital silence. May be {@code null}.
 * @param peakDbfs Largest sample of any channel, in dB relative to full scale; none for digital silence. May be {@code
 *     null}.
 * @param clippedRatio Share of clipped samples, 0 to 1, in the worst channel.
 * @param snrDb Signal-to-noise ratio in dB: speech level over the noise level where the VAD finds no speech. May be
 *     {@code null}.
 * @param snrBlindDb SNR in dB estimated from the amplitude distribution alone (WADA). May be {@code null}.
 * @param dcOffset Mean of the samples, -1 to 1, in the worst channel: 0 unless the recorder has a fault.
 * @param nonfiniteSamples Samples of a float recording that are not finite numbers; they count as 0.
 * @param base64Bytes Size of the recording in base64, as RingCentral's API sends it.
 * @param speakers Number of speakers, estimated from 60 s of speech; none with under 1 s of speech, or with a network
 *     of your own. May be {@code null}.
 * @param problems The problems of the recording, the most severe first; empty for a good one.
 * @serial exclude
 */
public record Inspection(
        String container,
        String codec,
        int channels,
        int sampleRate,
        Double bandwidthHz,
        double duration,
        double speechSeconds,
        double longestPause,
        Double levelDbfs,
        Double peakDbfs,
        double clippedRatio,
        Double snrDb,
        Double snrBlindDb,
        double dcOffset,
        long nonfiniteSamples,
        long base64Bytes,
        Integer speakers,
        List<Problem> problems)
        implements Serializable {
    static Inspection read(JsonElement from) {
        JsonObject json = from.getAsJsonObject();
        return new Inspection(
                Json.value(json, "container", JsonElement::getAsString),
                Json.value(json, "codec", JsonElement::getAsString),
                Json.value(json, "channels", JsonElement::getAsInt),
                Json.value(json, "sample_rate", JsonElement::getAsInt),
                Json.value(json, "bandwidth_hz", JsonElement::getAsDouble),
                Json.value(json, "duration", JsonElement::getAsDouble),
                Json.value(json, "speech_seconds", JsonElement::getAsDouble),
                Json.value(json, "longest_pause", JsonElement::getAsDouble),
                Json.value(json, "level_dbfs", JsonElement::getAsDouble),
                Json.value(json, "peak_dbfs", JsonElement::getAsDouble),
                Json.value(json, "clipped_ratio", JsonElement::getAsDouble),
                Json.value(json, "snr_db", JsonElement::getAsDouble),
                Json.value(json, "snr_blind_db", JsonElement::getAsDouble),
                Json.value(json, "dc_offset", JsonElement::getAsDouble),
                Json.value(json, "nonfinite_samples", JsonElement::getAsLong),
                Json.value(json, "base64_bytes", JsonElement::getAsLong),
                Json.value(json, "speakers", JsonElement::getAsInt),
                Json.list(json, "problems", Problem::read));
    }

    /**
     * Whether it would be accepted for enrollment.
     *
     * @return true if no problem refuses it
     */
    public boolean accepted() {
        return problems.stream().noneMatch(problem -> problem.severity() == Severity.REFUSE);
    }
}

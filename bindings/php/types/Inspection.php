<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** The measurements of a recording, and its problems. */
final readonly class Inspection extends Result
{
    /** @internal Calls return these. */
    public function __construct(
        /**
         * The container: `mp3`, `mp4`, `m4a`, `mov`, `3gp`, `adts`, `wav`, `aiff`, `flac`, `ogg`, `webm`,
         * `matroska`, `w64`, `caf`, `au`, `avi`, `gsm` or `amr`.
         */
        public string $container,
        /** The codec: `mp3`, `aac`, `opus`, `vorbis`, `flac`, `alac`, `pcm_s16le`, `pcmMulaw`, `adpcmMs` and so on. */
        public string $codec,
        /** Number of channels. They are mixed before the analysis. */
        public int $channels,
        /** Samples per second after decoding. Of HE-AAC only the core is decoded, at half the nominal rate. */
        public int $sampleRate,
        /** The highest frequency with speech, in Hz, at most 8000; null without speech. */
        public ?float $bandwidthHz,
        /** Decoded duration in seconds. */
        public float $duration,
        /**
         * Seconds of speech, in steps of 16 ms. A pause under 300 ms inside speech counts as speech, and so does
         * babble.
         */
        public float $speechSeconds,
        /** Longest stretch without speech in seconds, including the start and the end. */
        public float $longestPause,
        /**
         * RMS level of the speech (of everything, where there is none) in the loudest channel, in dB relative to a
         * full-scale square wave; null for digital silence.
         */
        public ?float $levelDbfs,
        /** Largest sample of any channel, in dB relative to full scale; null for digital silence. */
        public ?float $peakDbfs,
        /** Share of clipped samples, 0 to 1, in the worst channel. */
        public float $clippedRatio,
        /** Signal-to-noise ratio in dB: speech level over the noise level where the VAD finds no speech. */
        public ?float $snrDb,
        /** SNR in dB estimated from the amplitude distribution alone (WADA). */
        public ?float $snrBlindDb,
        /** Mean of the samples, -1 to 1, in the worst channel: 0 unless the recorder has a fault. */
        public float $dcOffset,
        /** Samples of a float recording that are not finite numbers; they count as 0. */
        public int $nonfiniteSamples,
        /** Size of the recording in base64, as RingCentral's API sends it. */
        public int $base64Bytes,
        /**
         * Number of speakers, estimated from 60 s of speech; null with under 1 s of speech, or with a network of
         * your own.
         */
        public ?int $speakers,
        /**
         * The problems of the recording, the most severe first; empty for a good one.
         * @var list<Problem>
         */
        public array $problems,
    ) {
    }

    /** @internal */
    public static function read(Wire $told): self
    {
        return new self(
            container: $told->string('container'),
            codec: $told->string('codec'),
            channels: $told->int('channels'),
            sampleRate: $told->int('sample_rate'),
            bandwidthHz: $told->floatOrNull('bandwidth_hz'),
            duration: $told->float('duration'),
            speechSeconds: $told->float('speech_seconds'),
            longestPause: $told->float('longest_pause'),
            levelDbfs: $told->floatOrNull('level_dbfs'),
            peakDbfs: $told->floatOrNull('peak_dbfs'),
            clippedRatio: $told->float('clipped_ratio'),
            snrDb: $told->floatOrNull('snr_db'),
            snrBlindDb: $told->floatOrNull('snr_blind_db'),
            dcOffset: $told->float('dc_offset'),
            nonfiniteSamples: $told->int('nonfinite_samples'),
            base64Bytes: $told->int('base64_bytes'),
            speakers: $told->intOrNull('speakers'),
            problems: $told->list('problems', Problem::read(...)),
        );
    }

    /** Whether it would be accepted for enrollment. */
    public function accepted(): bool
    {
        return !\in_array(Severity::Refuse, \array_column($this->problems, 'severity'), true);
    }
}

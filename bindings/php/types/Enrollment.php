<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** The enrollment of one speaker. */
final readonly class Enrollment extends Result
{
    /** @internal Calls return these. */
    public function __construct(
        /** The speaker's id. */
        public string $speakerId,
        /** How reliable the enrollment is. */
        public Quality $quality,
        /** Whether there is enough speech for comparisons: at least 12 s. */
        public bool $complete,
        /** Enrolled seconds of speech. */
        public float $speechSeconds,
        /** Duration of all enrolled recordings in seconds, including pauses. */
        public float $totalSeconds,
        /** Seconds of speech still needed for a complete enrollment; 0 if it is complete. */
        public float $missingSeconds,
        /** The model that made the voiceprints. Voiceprints of different models cannot be mixed. */
        public string $model,
        /**
         * The enrolled recordings, oldest first, followed by those that this call refused.
         * @var list<Sample>
         */
        public array $recordings,
    ) {
    }

    /** @internal */
    public static function read(Wire $told): self
    {
        return new self(
            speakerId: $told->string('speaker_id'),
            quality: $told->word('quality', Quality::class),
            complete: $told->bool('complete'),
            speechSeconds: $told->float('speech_seconds'),
            totalSeconds: $told->float('total_seconds'),
            missingSeconds: $told->float('missing_seconds'),
            model: $told->string('model'),
            recordings: $told->list('recordings', Sample::read(...)),
        );
    }
}

<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** What is on the roll for one speaker. */
final readonly class Enrollment extends Result
{
    /** @internal Calls return these. */
    public function __construct(
        /** The speaker's id. */
        public string $speakerId,
        /** How much the enrollment can be relied on. */
        public Quality $quality,
        /** Whether there is speech enough to recognise the voice: at least 12 s. */
        public bool $complete,
        /** Seconds of speech on the roll. */
        public float $speechSeconds,
        /** Seconds of all recordings on the roll, pauses included. */
        public float $totalSeconds,
        /** Seconds of speech still missing to be complete; 0 once it is. */
        public float $missingSeconds,
        /** The model that made the voiceprints. Another model's cannot be mixed in. */
        public string $model,
        /**
         * The recordings on the roll, oldest first, and behind them those that this very call refused.
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

<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** A stretch of a recording in which one person speaks. */
final readonly class Segment extends Result
{
    /** @internal Calls return these. */
    public function __construct(
        /** Start in seconds from the start of the recording. */
        public float $start,
        /** End in seconds. */
        public float $end,
        /**
         * The speaker. `diarize` labels unknown speakers `speaker_1`, `speaker_2` and so on; for `identify` they
         * have no id.
         */
        public ?string $speakerId,
        /** Confidence in the speaker, 0 to 1. */
        public float $confidence,
        /** Whether `speakerId` is an enrolled speaker. */
        public bool $enrolled,
        /** The channel, from 1, if each channel is one speaker. */
        public ?int $channel,
    ) {
    }

    /** @internal */
    public static function read(Wire $told): self
    {
        return new self(
            start: $told->float('start'),
            end: $told->float('end'),
            speakerId: $told->stringOrNull('speaker_id'),
            confidence: $told->float('confidence'),
            enrolled: $told->bool('enrolled'),
            channel: $told->intOrNull('channel'),
        );
    }
}

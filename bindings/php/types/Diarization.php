<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** Who speaks when in a recording, one at a time. */
final readonly class Diarization extends Result
{
    /** @internal Calls return these. */
    public function __construct(
        /** Length of the recording in seconds. */
        public float $duration,
        /** How many people speak. */
        public int $speakers,
        /**
         * Their turns, in the order of their starts. They overlap only where each channel is one speaker.
         * @var list<Segment>
         */
        public array $segments,
        /**
         * What is wrong with the recording for this purpose.
         * @var list<Problem>
         */
        public array $problems,
    ) {
    }

    /** @internal */
    public static function read(Wire $told): self
    {
        return new self(
            duration: $told->float('duration'),
            speakers: $told->int('speakers'),
            segments: $told->list('segments', Segment::read(...)),
            problems: $told->list('problems', Problem::read(...)),
        );
    }
}

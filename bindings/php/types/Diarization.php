<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** Who speaks when in a recording. */
final readonly class Diarization extends Result
{
    /** @internal Calls return these. */
    public function __construct(
        /** Length of the recording in seconds. */
        public float $duration,
        /** How many people speak. */
        public int $speakers,
        /**
         * The segments, sorted by start. They overlap only if each channel is one speaker.
         * @var list<Segment>
         */
        public array $segments,
        /**
         * Problems of the recording for diarization.
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

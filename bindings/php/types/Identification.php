<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** The segments of a recording in which enrolled speakers speak, and those of others. */
final readonly class Identification extends Result
{
    /** @internal Calls return these. */
    public function __construct(
        /** Length of the recording in seconds. */
        public float $duration,
        /** The number of speakers, enrolled or not. */
        public int $speakers,
        /**
         * All segments, sorted by start, including those of unknown speakers.
         * @var list<Segment>
         */
        public array $segments,
    ) {
    }

    /** @internal */
    public static function read(Wire $told): self
    {
        return new self(
            duration: $told->float('duration'),
            speakers: $told->int('speakers'),
            segments: $told->list('segments', Segment::read(...)),
        );
    }
}

<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** Where in a recording enrolled speakers speak, and where others do. */
final readonly class Identification extends Result
{
    /** @internal Calls return these. */
    public function __construct(
        /** Length of the recording in seconds. */
        public float $duration,
        /** How many people speak, enrolled or not. */
        public int $speakers,
        /**
         * All turns, in the order of their starts, those of unknown voices too.
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

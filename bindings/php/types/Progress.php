<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** The progress of a call. */
final readonly class Progress extends Result
{
    /** @internal Calls return these. */
    public function __construct(
        /** Which recording of the call is being read, from 0. */
        public int $recording,
        /** How many recordings the call has. */
        public int $recordings,
        /** How much of the whole call is done, 0 to 1. */
        public float $fraction,
    ) {
    }

    /** @internal */
    public static function read(Wire $told): self
    {
        return new self(
            recording: $told->int('recording'),
            recordings: $told->int('recordings'),
            fraction: $told->float('fraction'),
        );
    }
}

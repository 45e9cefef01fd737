<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** The result of checking a store. */
final readonly class CheckReport extends Result
{
    /** @internal Calls return these. */
    public function __construct(
        /** How many speakers were looked at. */
        public int $speakers,
        /** How many recordings of them. */
        public int $recordings,
        /**
         * The faults, in words, 100 at most; empty for an intact store.
         * @var list<string>
         */
        public array $faults,
    ) {
    }

    /** @internal */
    public static function read(Wire $told): self
    {
        return new self(
            speakers: $told->int('speakers'),
            recordings: $told->int('recordings'),
            faults: $told->strings('faults'),
        );
    }
}

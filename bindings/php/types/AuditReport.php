<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** The result of verifying an audit trail. */
final readonly class AuditReport extends Result
{
    /** @internal Calls return these. */
    public function __construct(
        /** How many entries there are. */
        public int $entries,
        /** The number of the first one. More than 1 where older files were taken away. */
        public int $first,
        /**
         * The faults, in words, 100 at most; empty for an intact trail.
         * @var list<string>
         */
        public array $faults,
    ) {
    }

    /** @internal */
    public static function read(Wire $told): self
    {
        return new self(
            entries: $told->int('entries'),
            first: $told->int('first'),
            faults: $told->strings('faults'),
        );
    }
}

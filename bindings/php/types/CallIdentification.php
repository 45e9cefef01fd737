<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** Who spoke when in a call. */
final readonly class CallIdentification extends Result
{
    /** @internal Calls return these. */
    public function __construct(
        /**
         * All segments, sorted by start, including those of unknown speakers.
         * @var list<CallSegment>
         */
        public array $segments,
        /**
         * The participants that were not searched for, as they are not enrolled, or not completely.
         * @var list<string>
         */
        public array $notEnrolled,
    ) {
    }

    /** @internal */
    public static function read(Wire $told): self
    {
        return new self(
            segments: $told->list('segments', CallSegment::read(...)),
            notEnrolled: $told->strings('not_enrolled'),
        );
    }
}

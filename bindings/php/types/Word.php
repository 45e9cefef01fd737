<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** A word of a `Transcript`. */
final readonly class Word extends Result
{
    protected const HIDDEN = ['word'];

    /** @internal Calls return these. */
    public function __construct(
        /** As it is written. */
        public string $word,
        /** Where it starts, in seconds. */
        public float $start,
        /** Where it ends. */
        public float $end,
        /** Who says it. */
        public ?string $speakerId,
    ) {
    }

    /** @internal */
    public static function read(Wire $told): self
    {
        return new self(
            word: $told->string('word'),
            start: $told->float('start'),
            end: $told->float('end'),
            speakerId: $told->stringOrNull('speaker_id'),
        );
    }
}

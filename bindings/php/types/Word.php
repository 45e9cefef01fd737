<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** A word of a `Transcript`. */
final readonly class Word extends Result
{
    protected const HIDDEN = ['word'];

    /** @internal Calls return these. */
    public function __construct(
        /** The word. */
        public string $word,
        /** Start in seconds. */
        public float $start,
        /** End in seconds. */
        public float $end,
        /** The speaker. */
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

<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** Words of one speaker without a long pause. */
final readonly class Utterance extends Result
{
    protected const HIDDEN = ['text'];

    /** @internal Calls return these. */
    public function __construct(
        /** The text. */
        public string $text,
        /** Start in seconds. */
        public float $start,
        /** End in seconds. */
        public float $end,
        /** The speaker. */
        public ?string $speakerId,
        /** Confidence in the speaker, 0 to 1. */
        public float $confidence,
    ) {
    }

    /** @internal */
    public static function read(Wire $told): self
    {
        return new self(
            text: $told->string('text'),
            start: $told->float('start'),
            end: $told->float('end'),
            speakerId: $told->stringOrNull('speaker_id'),
            confidence: $told->float('confidence'),
        );
    }
}

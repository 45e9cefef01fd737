<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** What `prepare` cut out; its sound goes beside it. */
final readonly class Prepared extends Result
{
    protected const HIDDEN = ['wav'];
    protected const BESIDE = ['wav'];

    /** @internal Calls return these. */
    public function __construct(
        /** Where the stretch starts, in seconds. */
        public float $start,
        /** Where it ends. */
        public float $end,
        /** Seconds of speech in it. */
        public float $speechSeconds,
        /** The stretch as a file: 16 kHz, mono, WAV of 16 bits. */
        #[\SensitiveParameter] public string $wav,
    ) {
    }

    /** @internal */
    public static function read(Wire $told, #[\SensitiveParameter] string $wav): self
    {
        return new self(
            start: $told->float('start'),
            end: $told->float('end'),
            speechSeconds: $told->float('speech_seconds'),
            wav: $wav,
        );
    }
}

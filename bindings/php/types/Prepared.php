<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** The stretch that `prepare` cut out; its audio is passed next to the JSON. */
final readonly class Prepared extends Result
{
    protected const HIDDEN = ['wav'];
    protected const BESIDE = ['wav'];

    /** @internal Calls return these. */
    public function __construct(
        /** Start in seconds from the start of the recording. */
        public float $start,
        /** End in seconds. */
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

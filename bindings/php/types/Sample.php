<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** One recording of an enrollment: accepted, or refused with the reasons. Its audio is not stored. */
final readonly class Sample extends Result
{
    /** @internal Calls return these. */
    public function __construct(
        /** Its number in the enrollment, for `removeSample`; null if the recording was refused. */
        public ?int $id,
        /** The index of the recording in this call, from 0; null for earlier recordings. */
        public ?int $input,
        /** Whether it is part of the enrollment. */
        public bool $accepted,
        /** Seconds of speech in it. */
        public float $speechSeconds,
        /** Its length in seconds. */
        public float $totalSeconds,
        /** Its signal-to-noise ratio in dB. */
        public ?float $snrDb,
        /** Its bandwidth in Hz. */
        public ?float $bandwidthHz,
        /** When it was enrolled, in seconds since 1970; null if the recording was refused. */
        public ?int $enrolledAt,
        /**
         * Its problems; empty for a good recording.
         * @var list<Problem>
         */
        public array $problems,
    ) {
    }

    /** @internal */
    public static function read(Wire $told): self
    {
        return new self(
            id: $told->intOrNull('id'),
            input: $told->intOrNull('input'),
            accepted: $told->bool('accepted'),
            speechSeconds: $told->float('speech_seconds'),
            totalSeconds: $told->float('total_seconds'),
            snrDb: $told->floatOrNull('snr_db'),
            bandwidthHz: $told->floatOrNull('bandwidth_hz'),
            enrolledAt: $told->intOrNull('enrolled_at'),
            problems: $told->list('problems', Problem::read(...)),
        );
    }
}

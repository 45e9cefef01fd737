<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** A problem of a recording: the measured value, the limit, and advice. */
final readonly class Problem extends Result
{
    /** @internal Calls return these. */
    public function __construct(
        /** Which problem. */
        public string $code,
        /** The severity. */
        public Severity $severity,
        /** The measured value, in the unit of the `ProblemCode`; null if nothing is measured. */
        public ?float $measured,
        /** The limit, in the same unit. */
        public ?float $limit,
        /** What to do, in one sentence. */
        public string $advice,
        /** The speaker with the same voice, for `duplicateVoice`. */
        public ?string $speakerId,
    ) {
    }

    /** @internal */
    public static function read(Wire $told): self
    {
        return new self(
            code: $told->string('code'),
            severity: $told->word('severity', Severity::class),
            measured: $told->floatOrNull('measured'),
            limit: $told->floatOrNull('limit'),
            advice: $told->string('advice'),
            speakerId: $told->stringOrNull('speaker_id'),
        );
    }
}

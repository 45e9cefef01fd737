<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** The proof that a consent was withdrawn, which stays when the voiceprint is gone. */
final readonly class Withdrawal extends Result
{
    /** @internal Calls return these. */
    public function __construct(
        /** When it was withdrawn, in seconds since 1970. */
        public int $withdrawnAt,
        /**
         * What was consented to before, the oldest first. Empty where nothing was recorded.
         * @var list<ConsentRecord>
         */
        public array $consents,
    ) {
    }

    /** @internal */
    public static function read(Wire $told): self
    {
        return new self(
            withdrawnAt: $told->int('withdrawn_at'),
            consents: $told->list('consents', ConsentRecord::read(...)),
        );
    }
}

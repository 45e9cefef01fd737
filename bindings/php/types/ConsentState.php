<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** What a speaker has consented to, and how long the speaker is kept. */
final readonly class ConsentState extends Result
{
    /** @internal Calls return these. */
    public function __construct(
        /**
         * The records, the oldest first.
         * @var list<ConsentRecord>
         */
        public array $consents,
        /** Whether one of them is valid now. */
        public bool $valid,
        /**
         * From when on, in seconds since 1970, the speaker is not recognised and is erased by the next `purge`; null
         * where that never comes.
         */
        public ?int $expiresAt,
        /**
         * Withdrawals under this id, the oldest first.
         * @var list<Withdrawal>
         */
        public array $withdrawals,
    ) {
    }

    /** @internal */
    public static function read(Wire $told): self
    {
        return new self(
            consents: $told->list('consents', ConsentRecord::read(...)),
            valid: $told->bool('valid'),
            expiresAt: $told->intOrNull('expires_at'),
            withdrawals: $told->list('withdrawals', Withdrawal::read(...)),
        );
    }
}

<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** The result of restoring a backup. */
final readonly class Restored extends Result
{
    /** @internal Calls return these. */
    public function __construct(
        /** How many speakers are enrolled now. */
        public int $speakers,
        /**
         * Who was in the backup and had been deleted since: they were erased again.
         * @var list<string>
         */
        public array $erased,
        /**
         * Whether it is known who had been deleted since. It is not where the store that was replaced could not be
         * read: then delete them again, by your own records.
         */
        public bool $deletionsKnown,
        /** Where the store is now that was replaced. Delete it once it is not needed. */
        public ?string $aside,
    ) {
    }

    /** @internal */
    public static function read(Wire $told): self
    {
        return new self(
            speakers: $told->int('speakers'),
            erased: $told->strings('erased'),
            deletionsKnown: $told->bool('deletions_known'),
            aside: $told->stringOrNull('aside'),
        );
    }
}

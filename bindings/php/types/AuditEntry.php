<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** One line of an audit trail. */
final readonly class AuditEntry extends Result
{
    /** @internal Calls return these. */
    public function __construct(
        /** Its number in the trail, from 1. */
        public int $number,
        /** When, in seconds since 1970, by the clock of the machine. */
        public int $time,
        /** Who: what `RegistryOptions::actor` says, or the user of the operating system. */
        public string $actor,
        /** What: `enroll`, `delete`, `verify` and so on. */
        public string $action,
        /** What came of it: `begun` before a change, then `done`, a decision such as `match`, or the code of an error. */
        public string $outcome,
        /** How many changes the store had seen then. */
        public int $changes,
        /** The digest of this entry and the one before, in hexadecimal digits. */
        public string $digest,
        /**
         * Of whom: a pseudonym, which `Registry::audit_pseudonym` makes of an id; null where it is of nobody in
         * particular.
         */
        public ?string $speaker,
    ) {
    }

    /** @internal */
    public static function read(Wire $told): self
    {
        return new self(
            number: $told->int('number'),
            time: $told->int('time'),
            actor: $told->string('actor'),
            action: $told->string('action'),
            outcome: $told->string('outcome'),
            changes: $told->int('changes'),
            digest: $told->string('digest'),
            speaker: $told->stringOrNull('speaker'),
        );
    }
}

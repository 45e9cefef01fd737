<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** How a job stands. */
final readonly class Job extends Result
{
    /** @internal Calls return these. */
    public function __construct(
        /** As `submit` returned it. */
        public string $id,
        /** Whether it is done. */
        public JobStatus $status,
        /** When it was submitted, as RFC 3339; empty where the server does not say. */
        public string $createdAt,
        /** When it ended. */
        public ?string $completedAt,
        /** When the server forgets it. */
        public string $expiresAt,
        /** What was found, once it succeeded. */
        public ?JobResult $result,
        /** Why it failed, if it did: the server's code. */
        public ?string $errorCode,
        /** The same in words. */
        public ?string $errorMessage,
    ) {
    }

    /** @internal */
    public static function read(Wire $told): self
    {
        return new self(
            id: $told->string('id'),
            status: $told->word('status', JobStatus::class),
            createdAt: $told->string('created_at'),
            completedAt: $told->stringOrNull('completed_at'),
            expiresAt: $told->string('expires_at'),
            result: $told->oneOrNull('result', JobResult::read(...)),
            errorCode: $told->stringOrNull('error_code'),
            errorMessage: $told->stringOrNull('error_message'),
        );
    }
}

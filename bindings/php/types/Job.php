<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** The status of a job. */
final readonly class Job extends Result
{
    /** @internal Calls return these. */
    public function __construct(
        /** The id that `submit` returned. */
        public string $id,
        /** Whether it is done. */
        public JobStatus $status,
        /** When it was submitted, in RFC 3339 format; empty if the server does not say. */
        public string $createdAt,
        /** When it finished. */
        public ?string $completedAt,
        /** When the server deletes it. */
        public string $expiresAt,
        /** The result, if it succeeded. */
        public ?JobResult $result,
        /** The server's error code, if it failed. */
        public ?string $errorCode,
        /** The server's error message, if it failed. */
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

<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** The consent of a person to being enrolled: the proof that a registry keeps beside the voiceprint. */
final readonly class ConsentRecord extends Result
{
    protected const HIDDEN = ['reference', 'purposes', 'collectedBy'];

    /** To pass with an enrollment. */
    public function __construct(
        /** Who consented, as your own records have it: the number of a form, or a customer's number. */
        public string $reference,
        /** When, in seconds since 1970. */
        public int $givenAt,
        /** Which version of the text the person has seen. */
        public string $textVersion,
        /** The SHA-256 digest of that text, in 64 hexadecimal digits. */
        public string $textSha256,
        /**
         * For what: `verification`, `identification`, `diarization`, or something else in words. Empty: for all that
         * the text says.
         * @var list<string>
         */
        public array $purposes = [],
        /** Until when it is valid, in seconds since 1970; null where it is until it is withdrawn. */
        public ?int $validUntil = null,
        /** Who collected it. */
        public ?string $collectedBy = null,
    ) {
    }

    /** @internal */
    public static function read(Wire $told): self
    {
        return new self(
            reference: $told->string('reference'),
            givenAt: $told->int('given_at'),
            textVersion: $told->string('text_version'),
            textSha256: $told->string('text_sha256'),
            purposes: $told->strings('purposes'),
            validUntil: $told->intOrNull('valid_until'),
            collectedBy: $told->stringOrNull('collected_by'),
        );
    }
}

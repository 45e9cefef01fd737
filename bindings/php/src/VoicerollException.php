<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Names;
use Voiceroll\Internal\Wire;

/** Base class of all exceptions of Voiceroll; `getMessage()` is a sentence that says what to do. */
class VoicerollException extends \RuntimeException
{
    protected const KIND = '';

    /** What kind of thing it is, such as `Conflict`: the name of the class, `Timeout` apart. */
    public readonly string $kind;

    final public function __construct(
        string $message = '',
        /** Stable name of what happened, such as `speaker_exists`; the same in every language. `getCode()` is always 0. */
        public readonly string $errorCode = '',
        ?string $kind = null,
        /** Whether the same call may succeed later. Never where a part was done, or may have been. */
        public readonly bool $retryable = false,
        /** HTTP status with which a server refused. */
        public readonly ?int $status = null,
        /** The id of the request in the server's log. */
        public readonly ?string $requestId = null,
        /** Seconds to wait before a retry, where that is known. */
        public readonly ?float $retryAfter = null,
        /** How many recordings of the call were added before it failed. */
        public readonly int $added = 0,
        /** Whether it is not known what a server did: read the enrollment to know. */
        public readonly bool $outcomeUnknown = false,
        /**
         * Why a recording was refused.
         * @var list<Problem>
         */
        public readonly array $problems = [],
        ?\Throwable $previous = null,
    ) {
        parent::__construct($message, 0, $previous);
        $this->kind = $kind ?? static::KIND;
    }

    public function __toString(): string
    {
        return ($this->errorCode === '' ? '' : "[$this->errorCode] ") . parent::__toString();
    }

    /** @internal The exception for an error as the library says it; of a kind from the future, the parent. */
    final public static function read(Wire $told): self
    {
        $kind = $told->string('kind');
        $class = __NAMESPACE__ . '\\' . ($kind === 'Timeout' ? 'TimedOut' : $kind) . 'Exception';
        $known = \preg_match('/^[A-Za-z]+$/', $kind) === 1 && \is_subclass_of($class, self::class);
        return new ($known ? $class : self::class)(
            Names::in($told->string('message')),
            errorCode: $told->string('code'),
            kind: $kind,
            retryable: $told->bool('retryable'),
            status: $told->intOrNull('status'),
            requestId: $told->stringOrNull('request_id'),
            retryAfter: $told->floatOrNull('retry_after'),
            added: $told->int('added'),
            outcomeUnknown: $told->bool('outcome_unknown'),
            problems: $told->list('problems', Problem::read(...)),
        );
    }

    /** @internal */
    final public static function invalid(string $sentence): InvalidInputException
    {
        return new InvalidInputException($sentence, errorCode: 'invalid_option');
    }
}

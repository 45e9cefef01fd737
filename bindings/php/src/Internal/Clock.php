<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll\Internal;

use Voiceroll\CancelledException;
use Voiceroll\CancelToken;
use Voiceroll\TimedOutException;
use Voiceroll\VoicerollException;

/**
 * What bounds a call: its time, which the reading of streams is part of, and its token.
 *
 * @internal
 */
final readonly class Clock
{
    /** From here on the library cannot count seconds. */
    private const ENDLESS = 2.0 ** 64;

    private float $started;

    public function __construct(private ?float $timeout = null, private ?CancelToken $cancel = null)
    {
        $this->started = \hrtime(true) / 1e9;
        if ($timeout !== null && !($timeout >= 0 && $timeout < self::ENDLESS)) {
            throw VoicerollException::invalid(
                "`timeout` is $timeout seconds; pass a number from 0 on, or omit it for no limit",
            );
        }
    }

    /** Seconds that are left; null for no limit. */
    public function left(): ?float
    {
        return $this->timeout === null ? null : \max(0.0, $this->timeout - (\hrtime(true) / 1e9 - $this->started));
    }

    public function isCancelled(): bool
    {
        return $this->cancel?->isCancelled() ?? false;
    }

    public function assertNotCancelled(): void
    {
        if ($this->isCancelled()) {
            throw new CancelledException(
                'the call was cancelled before it started',
                errorCode: 'cancelled',
                retryable: true,
            );
        }
    }

    public function assertNotOver(): void
    {
        if ($this->left() === 0.0) {
            throw new TimedOutException(
                'the recording could not be read within the timeout; allow more time',
                errorCode: 'timed_out',
                retryable: true,
            );
        }
    }
}

<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll\Internal;

use Voiceroll\CancelledException;
use Voiceroll\CancelToken;
use Voiceroll\TimedOutException;

/**
 * What bounds a call: its time, which the reading of streams is part of, and its token.
 *
 * @internal
 */
final readonly class Clock
{
    private float $started;

    public function __construct(private ?float $timeout = null, private ?CancelToken $cancel = null)
    {
        $this->started = \hrtime(true) / 1e9;
    }

    /** Seconds that are left; a negative time-out is the library's to refuse. */
    public function left(): ?float
    {
        if ($this->timeout === null || $this->timeout < 0) {
            return $this->timeout;
        }
        return \max(0.0, $this->timeout - (\hrtime(true) / 1e9 - $this->started));
    }

    public function isCancelled(): bool
    {
        return $this->cancel?->isCancelled() ?? false;
    }

    public function assertNotCancelled(): void
    {
        if ($this->isCancelled()) {
            throw new CancelledException(
                'the caller cancelled this before it began',
                errorCode: 'cancelled',
                retryable: true,
            );
        }
    }

    public function assertNotOver(): void
    {
        if ($this->left() === 0.0) {
            throw new TimedOutException(
                'the recording could not be read in the time that was allowed; allow more',
                errorCode: 'timed_out',
                retryable: true,
            );
        }
    }
}

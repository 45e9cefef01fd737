<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll;

/**
 * Stops the calls that it was given to: from the handler of a signal, or from a call's `progress`.
 *
 * They end within 50 ms of their next look with `CancelledException`; one that was not begun yet, before it begins.
 */
final class CancelToken
{
    private bool $cancelled = false;

    public function cancel(): void
    {
        $this->cancelled = true;
    }

    public function isCancelled(): bool
    {
        return $this->cancelled;
    }
}

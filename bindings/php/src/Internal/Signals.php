<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll\Internal;

/**
 * Handlers of signals run between two uses of the library, not within one: what they throw there would break FFI.
 *
 * @internal
 */
final class Signals
{
    /** Holds them back; whether there are any to be let through. */
    public static function hold(): bool
    {
        return \function_exists('pcntl_async_signals') && \pcntl_async_signals() && \pcntl_async_signals(false);
    }

    /** Runs the handlers of those that came. */
    public static function handle(bool $held): void
    {
        if ($held) {
            \pcntl_signal_dispatch();
        }
    }

    /** Lets them through again. */
    public static function release(bool $held): void
    {
        if ($held) {
            \pcntl_async_signals(true);
            \pcntl_signal_dispatch();
        }
    }
}

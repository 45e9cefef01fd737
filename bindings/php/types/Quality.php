<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py.

declare(strict_types=1);

namespace Voiceroll;

/** How much an enrollment can be relied on. In rising order: `$quality->isAtLeast(Quality::Good)`. */
enum Quality: string
{
    /** Not to be relied on: see what is missing. */
    case Poor = 'Poor';
    /** Usable. */
    case Average = 'Average';
    /** Reliable. */
    case Good = 'Good';
    /** As good as it gets. */
    case High = 'High';

    /** 0 for the lowest, 3 for the highest. */
    public function rank(): int
    {
        return (int) \array_search($this, self::cases(), true);
    }

    /** Whether it is this or better. */
    public function isAtLeast(self $other): bool
    {
        return $this->rank() >= $other->rank();
    }
}

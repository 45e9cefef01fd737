<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

/** How reliable an enrollment is. In rising order: `$quality->isAtLeast(Quality::Good)`. */
enum Quality: string
{
    /** Not reliable: more or better speech is needed. */
    case Poor = 'Poor';
    /** Usable. */
    case Average = 'Average';
    /** Reliable. */
    case Good = 'Good';
    /** The best quality. */
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

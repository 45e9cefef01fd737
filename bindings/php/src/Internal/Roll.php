<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll\Internal;

use Voiceroll\Enrollment;

/**
 * Enrollments that are fetched anew each time they are gone through.
 *
 * @internal
 * @implements \IteratorAggregate<int, Enrollment>
 */
final readonly class Roll implements \IteratorAggregate
{
    /** @param \Closure(): \Generator<int, Enrollment, mixed, void> $fetch */
    public function __construct(private \Closure $fetch)
    {
    }

    /** @return \Generator<int, Enrollment, mixed, void> */
    public function getIterator(): \Generator
    {
        return ($this->fetch)();
    }

    /** @return array{} */
    public function __debugInfo(): array
    {
        return [];
    }
}

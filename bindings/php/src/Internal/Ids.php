<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll\Internal;

/**
 * Lists of speaker ids.
 *
 * @internal
 */
final class Ids
{
    /**
     * Ids as the library takes them: PHP has those of digits alone as numbers where they are the keys of an array.
     *
     * @param iterable<mixed> $ids
     * @return list<string>
     */
    public static function of(#[\SensitiveParameter] iterable $ids): array
    {
        $made = [];
        foreach ($ids as $id) {
            if (!\is_string($id) && !\is_int($id)) {
                throw new \TypeError('a speaker id must be a string, not ' . \get_debug_type($id));
            }
            $made[] = (string) $id;
        }
        return $made;
    }
}

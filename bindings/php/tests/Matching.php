<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll\Tests;

/** Whether a value is as a case says; `tests/README.md` of the repository has the rules. */
final class Matching
{
    private const TESTS = ['about', 'at_least', 'at_most', 'contains', 'one_of', 'any', 'length'];

    /** @param mixed $expected As JSON, with its objects as objects. */
    public static function matches(mixed $found, mixed $expected): bool
    {
        if ($expected instanceof \stdClass) {
            $members = \get_object_vars($expected);
            if (\array_intersect(\array_keys($members), self::TESTS) !== []) {
                return self::all($members, static fn (string $name, mixed $value) => self::test($name, $found, $value));
            }
            return \is_array($found) && self::all($members, static fn (string $name, mixed $value) =>
                \array_key_exists($name, $found) && self::matches($found[$name], $value));
        }
        if (\is_array($expected)) {
            return \is_array($found) && \array_is_list($found) && \count($found) === \count($expected)
                && !\in_array(false, \array_map(self::matches(...), $found, $expected), true);
        }
        return self::isNumber($found) && self::isNumber($expected) ? $found == $expected : $found === $expected;
    }

    /** @param array<string, mixed> $members */
    private static function all(array $members, \Closure $test): bool
    {
        foreach ($members as $name => $value) {
            if (!$test((string) $name, $value)) {
                return false;
            }
        }
        return true;
    }

    private static function test(string $name, mixed $found, mixed $value): bool
    {
        return match ($name) {
            'about' => self::isNumber($found) && \abs($found - $value[0]) <= $value[1],
            'at_least' => self::isNumber($found) && $found >= $value,
            'at_most' => self::isNumber($found) && $found <= $value,
            'contains' => \is_string($found) && \str_contains($found, $value),
            'one_of' => \in_array($found, $value, true),
            'length' => (\is_string($found) ? \strlen($found) : \count($found)) === $value,
            'any' => \is_array($found) && self::all($value, static fn (string $_, mixed $item) =>
                \array_filter($found, static fn (mixed $one) => self::matches($one, $item)) !== []),
            default => throw new \LogicException("there is no test $name"),
        };
    }

    private static function isNumber(mixed $value): bool
    {
        return \is_int($value) || \is_float($value);
    }
}

<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll;

/**
 * Parent of what calls give back: values that do not change, compared by `==`.
 *
 * Printed with `echo`, `print_r` or `var_dump`, they leave out what people are called and what they say.
 * `json_encode` and `toArray` have all of it, in the names that every language writes, such as `speech_seconds`.
 */
abstract readonly class Result implements \JsonSerializable, \Stringable
{
    /** Properties that are not printed. */
    protected const HIDDEN = [];
    /** Properties that are no part of the JSON. */
    protected const BESIDE = [];

    /**
     * The same as arrays and plain values, ready for JSON, but for the sound of a `Prepared`.
     *
     * @return array<string, mixed>
     */
    final public function toArray(): array
    {
        $made = [];
        foreach (\get_object_vars($this) as $name => $value) {
            if (!\in_array($name, static::BESIDE, true)) {
                $made[\strtolower((string) \preg_replace('/[A-Z]/', '_$0', (string) $name))] = self::plain($value);
            }
        }
        return $made;
    }

    /** @return array<string, mixed> */
    final public function jsonSerialize(): array
    {
        return $this->toArray();
    }

    /** @return array<string, mixed> */
    final public function __debugInfo(): array
    {
        return \array_diff_key(\get_object_vars($this), \array_flip(static::HIDDEN));
    }

    final public function __toString(): string
    {
        $shown = [];
        foreach ($this->__debugInfo() as $name => $value) {
            $shown[] = "$name: " . self::shown($value);
        }
        return (new \ReflectionClass($this))->getShortName() . '(' . \implode(', ', $shown) . ')';
    }

    private static function plain(mixed $value): mixed
    {
        return match (true) {
            $value instanceof self => $value->toArray(),
            $value instanceof \BackedEnum => $value->value,
            \is_array($value) => \array_map(self::plain(...), $value),
            default => $value,
        };
    }

    private static function shown(mixed $value): string
    {
        return match (true) {
            $value instanceof self => (string) $value,
            $value instanceof \UnitEnum => $value->name,
            \is_array($value) => '[' . \implode(', ', \array_map(self::shown(...), $value)) . ']',
            default => (string) \json_encode($value, \JSON_UNESCAPED_UNICODE | \JSON_UNESCAPED_SLASHES),
        };
    }
}

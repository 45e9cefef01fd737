<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll\Internal;

use Voiceroll\InternalException;
use Voiceroll\VoicerollException;

/**
 * An object of the library's JSON, whose members are taken out by type; those that nobody takes are ignored.
 *
 * @internal
 */
final readonly class Wire
{
    /** @param array<mixed> $members */
    private function __construct(#[\SensitiveParameter] private array $members)
    {
    }

    public static function of(#[\SensitiveParameter] mixed $value): self
    {
        return \is_array($value) ? new self($value) : throw self::wrong('an object');
    }

    public static function text(#[\SensitiveParameter] mixed $value): string
    {
        return \is_string($value) ? $value : throw self::wrong('a text');
    }

    /** @return list<array{string, string}> */
    public static function pairs(#[\SensitiveParameter] mixed $value): array
    {
        $pairs = [];
        foreach (\is_array($value) ? $value : throw self::wrong('a list') as $pair) {
            $pair = \is_array($pair) ? $pair : throw self::wrong('a pair');
            $pairs[] = [self::text($pair[0] ?? null), self::text($pair[1] ?? null)];
        }
        return $pairs;
    }

    public static function decode(#[\SensitiveParameter] string $json): mixed
    {
        try {
            return \json_decode($json, true, flags: \JSON_THROW_ON_ERROR);
        } catch (\JsonException) {
            // Its own trace would hold the text.
            throw self::wrong('no JSON');
        }
    }

    /**
     * What goes to the library; what is null is left out.
     *
     * @param array<string, mixed> $members
     */
    public static function encode(#[\SensitiveParameter] array $members): string
    {
        $given = \array_filter($members, static fn (mixed $value): bool => $value !== null);
        try {
            return \json_encode((object) $given, \JSON_THROW_ON_ERROR | \JSON_PRESERVE_ZERO_FRACTION);
        } catch (\JsonException $fault) {
            $wrong = \array_filter($given, static fn (mixed $value): bool => \json_encode($value) === false);
            $name = Names::of((string) \array_key_first($wrong));
            throw VoicerollException::invalid("`$name` is invalid: {$fault->getMessage()}");
        }
    }

    public function string(string $name): string
    {
        return $this->stringOrNull($name) ?? throw self::wrong($name);
    }

    public function int(string $name): int
    {
        return $this->intOrNull($name) ?? throw self::wrong($name);
    }

    public function float(string $name): float
    {
        return $this->floatOrNull($name) ?? throw self::wrong($name);
    }

    public function bool(string $name): bool
    {
        $value = $this->members[$name] ?? null;
        return \is_bool($value) ? $value : throw self::wrong($name);
    }

    public function stringOrNull(string $name): ?string
    {
        $value = $this->members[$name] ?? null;
        return $value === null || \is_string($value) ? $value : throw self::wrong($name);
    }

    public function intOrNull(string $name): ?int
    {
        $value = $this->members[$name] ?? null;
        return $value === null || \is_int($value) ? $value : throw self::wrong($name);
    }

    public function floatOrNull(string $name): ?float
    {
        $value = $this->members[$name] ?? null;
        return $value === null || \is_float($value) || \is_int($value) ? $value : throw self::wrong($name);
    }

    /**
     * @template T of \BackedEnum
     * @param class-string<T> $words
     * @return T
     */
    public function word(string $name, string $words): \BackedEnum
    {
        $word = $words::tryFrom($this->string($name));
        return $word instanceof $words ? $word : throw self::wrong($name);
    }

    /** @return list<string> */
    public function strings(string $name): array
    {
        $strings = [];
        foreach ($this->items($name) as $item) {
            $strings[] = \is_string($item) ? $item : throw self::wrong($name);
        }
        return $strings;
    }

    /**
     * @template T
     * @param \Closure(self): T $read
     * @return list<T>
     */
    public function list(string $name, \Closure $read): array
    {
        $made = [];
        foreach ($this->items($name) as $item) {
            $made[] = $read(self::of($item));
        }
        return $made;
    }

    /**
     * @template T
     * @param \Closure(self): T $read
     * @return T|null
     */
    public function oneOrNull(string $name, \Closure $read): mixed
    {
        return isset($this->members[$name]) ? $read(self::of($this->members[$name])) : null;
    }

    /**
     * A trace may hold it.
     *
     * @return array{}
     */
    public function __debugInfo(): array
    {
        return [];
    }

    /** @return array<mixed> */
    private function items(string $name): array
    {
        $value = $this->members[$name] ?? null;
        return \is_array($value) ? $value : throw self::wrong($name);
    }

    private static function wrong(string $name): InternalException
    {
        return new InternalException(
            "the library returned an unexpected `$name`; use a library and a package of the same version",
            errorCode: 'internal',
        );
    }
}

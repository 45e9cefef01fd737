<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll\Internal;

use FFI;
use Voiceroll\VoicerollException;

/**
 * A registry or an inbox as the library holds it, or none, for what needs none.
 *
 * @internal
 */
final class Bridge
{
    private bool $closed = false;

    private function __construct(
        public readonly ?FFI\CData $registry,
        /** The largest recording in bytes, where that was said. */
        public readonly ?int $maxBytes = null,
    ) {
    }

    public static function free(): self
    {
        return new self(null);
    }

    /** @param array<string, mixed> $settings */
    public static function open(
        #[\SensitiveParameter] array $settings,
        #[\SensitiveParameter] ?string $path = null,
    ): self {
        $most = $settings['max_bytes'] ?? null;
        $told = Wire::encode($settings);
        $held = Signals::hold();
        try {
            $error = Library::bytes();
            $into = FFI::addr($error);
            $registry = Library::pointer('open', $path, \strlen($path ?? ''), $told, \strlen($told), $into);
            if ($registry === null) {
                throw self::failure($error);
            }
            return new self($registry, \is_int($most) ? $most : null);
        } finally {
            Signals::release($held);
        }
    }

    public function isClosed(): bool
    {
        return $this->closed;
    }

    public function close(): void
    {
        $this->closed = true;
        Library::call('close', $this->registry);
    }

    /** Takes in a callback; see `Callbacks::take`. */
    public function take(
        #[\SensitiveParameter] string $body,
        ?string $timestamp,
        ?string $signature,
    ): mixed {
        $reply = Library::bytes();
        $news = Library::call(
            'take_callback',
            $this->registry,
            $timestamp,
            \strlen($timestamp ?? ''),
            $signature,
            \strlen($signature ?? ''),
            $body,
            \strlen($body),
            FFI::addr($reply),
        );
        return $news === Call::RESULT ? Wire::decode(Library::take($reply)) : throw self::failure($reply);
    }

    public static function failure(#[\SensitiveParameter] FFI\CData $error): VoicerollException
    {
        return VoicerollException::read(Wire::of(Wire::decode(Library::take($error))));
    }

    public function __destruct()
    {
        if ($this->registry !== null) {
            Library::call('free', $this->registry);
        }
    }

    /** @return array{} */
    public function __debugInfo(): array
    {
        return [];
    }

    private function __clone()
    {
    }
}

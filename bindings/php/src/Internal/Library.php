<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll\Internal;

use FFI;
use Voiceroll\UnsupportedException;

/**
 * The library that does the work.
 *
 * @internal
 */
final class Library
{
    /** What this package was written for: `VOICEROLL_ABI` of voiceroll.h. */
    private const ABI = 1;

    private static ?FFI $ffi = null;

    /** Calls `voiceroll_…`, which gives a number, a truth value or a text. */
    public static function call(string $function, #[\SensitiveParameter] mixed ...$arguments): mixed
    {
        return self::ask(self::$ffi ??= self::load(), $function, ...$arguments);
    }

    /** The same, for what gives a pointer; null is the null pointer. */
    public static function pointer(string $function, #[\SensitiveParameter] mixed ...$arguments): ?FFI\CData
    {
        $pointer = self::call($function, ...$arguments);
        return $pointer instanceof FFI\CData ? $pointer : null;
    }

    public static function version(): string
    {
        $version = self::call('version');
        return \is_string($version) ? $version : throw self::unusable('its version is not a string');
    }

    /** Bytes as the library gives them. They are freed by `take`. */
    public static function bytes(): FFI\CData
    {
        return (self::$ffi ??= self::load())->new('VoicerollBytes') ?? throw self::unusable('memory is full');
    }

    /** What bytes of the library hold; frees them. */
    public static function take(FFI\CData $bytes): string
    {
        [$data, $length] = [self::member($bytes, 'data'), self::member($bytes, 'length')];
        $taken = $data instanceof FFI\CData && \is_int($length) && $length > 0 ? FFI::string($data, $length) : '';
        self::free($bytes);
        return $taken;
    }

    public static function free(FFI\CData $bytes): void
    {
        self::call('bytes_free', FFI::addr($bytes));
    }

    private static function ask(FFI $ffi, string $function, #[\SensitiveParameter] mixed ...$arguments): mixed
    {
        return $ffi->{"voiceroll_$function"}(...$arguments);
    }

    /** What a structure has under a name; the null pointer is null. */
    private static function member(FFI\CData $structure, string $name): mixed
    {
        return $structure->$name;
    }

    private static function load(): FFI
    {
        if (!\extension_loaded('ffi')) {
            throw self::unusable("PHP's extension FFI is missing; install it and load it in php.ini");
        }
        $root = \dirname(__DIR__, 2);
        $machine = \strtolower(\PHP_OS_FAMILY) . '-' . \php_uname('m');
        $file = (string) \getenv('VOICEROLL_LIBRARY') ?: "$root/native/$machine/libvoiceroll_c.so";
        if (!\is_file($file)) {
            throw self::unusable("there is no file $file; this package has no library for $machine,"
                . ' so set VOICEROLL_LIBRARY to the path of one');
        }
        try {
            $ffi = FFI::cdef((string) \file_get_contents("$root/voiceroll.ffi.h"), $file);
        } catch (FFI\Exception $fault) {
            throw self::unusable(
                \str_contains($fault->getMessage(), 'restricted') ? self::restricted($root) : $fault->getMessage(),
            );
        }
        $abi = self::ask($ffi, 'abi');
        if ($abi !== self::ABI) {
            $told = \is_int($abi) ? $abi : 'unknown';
            throw self::unusable("$file is of another version: its ABI is $told instead of " . self::ABI);
        }
        // A released package brings the most accurate model.
        if (\is_dir("$root/models")) {
            self::ask($ffi, 'models_in', "$root/models", \strlen("$root/models"), null);
        }
        return $ffi;
    }

    /** Why FFI is not allowed, and what allows it. */
    private static function restricted(string $root): string
    {
        $preloads = \strtolower((string) \ini_get('ffi.enable')) === 'preload';
        return ($preloads ? 'PHP allows FFI only in preloaded files here; in php.ini, set'
            : 'FFI is switched off in PHP; in php.ini, set `ffi.enable` to "preload", and for a web server')
            . " `opcache.preload` to \"$root/preload.php\" (with `opcache.enable=1`), or `ffi.enable` to \"true\","
            . ' and restart PHP';
    }

    private static function unusable(string $why): UnsupportedException
    {
        return new UnsupportedException("Voiceroll cannot be used: $why.", errorCode: 'not_supported');
    }
}

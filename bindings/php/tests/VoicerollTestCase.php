<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll\Tests;

use PHPUnit\Framework\TestCase;
use Voiceroll\Recording;
use Voiceroll\Registry;

/** A test with a folder of its own, and what tests share: a server, the clips. */
abstract class VoicerollTestCase extends TestCase
{
    protected string $folder;
    private static ?Program $server = null;
    /** @var array<string, string> */
    private static array $served = [];

    protected function setUp(): void
    {
        $this->folder = self::newFolder();
    }

    protected function tearDown(): void
    {
        Program::run(['rm', '-rf', $this->folder]);
    }

    /** The path of a shipped clip. */
    protected static function clip(string $name): string
    {
        return ROOT . "/tests/audio/$name";
    }

    protected static function data(string $name): string
    {
        return (string) \file_get_contents(self::clip($name));
    }

    /** An hour of speech, or as much as is asked for. */
    protected static function long(int $times = 200): Recording
    {
        return Recording::bytes(\str_repeat(self::data('ada-1.mp3'), $times));
    }

    /**
     * The samples of a WAV clip of 16 bits, as bytes, and their rate and channels.
     *
     * @return array{string, int, int}
     */
    protected static function samples(string $name): array
    {
        $data = self::data($name);
        $told = \unpack('a4id/Vsize/vform/vchannels/Vrate', $data, 12);
        self::assertSame('fmt ', $told['id']);
        for ($at = 20 + $told['size']; \substr($data, $at, 4) !== 'data';) {
            $at += 8 + \unpack('V', $data, $at + 4)[1];
        }
        return [\substr($data, $at + 8, \unpack('V', $data, $at + 4)[1]), $told['rate'], $told['channels']];
    }

    /**
     * Bytes as numbers of 16 bits with a sign.
     *
     * @return list<int>
     */
    protected static function signed(string $data): array
    {
        $words = \array_values(\unpack('v*', $data) ?: []);
        return \array_map(static fn (int $word) => $word < 32_768 ? $word : $word - 65_536, $words);
    }

    protected function store(): string
    {
        return "$this->folder/voices.db";
    }

    protected function opened(): Registry
    {
        return Registry::open($this->store());
    }

    /**
     * The arguments of `Registry::connect` from what a server says at its start.
     *
     * @param array<string, string> $told
     * @return array<string, string>
     */
    protected static function login(array $told): array
    {
        $names = ['url' => 'server', 'clientId' => 'client_id', 'clientSecret' => 'client_secret', 'jwt' => 'jwt'];
        return \array_map(static fn (string $name) => $told[$name], $names);
    }

    /**
     * How to log in to the server that all tests share.
     *
     * @return array<string, string>
     */
    protected static function served(): array
    {
        if (self::$server === null) {
            self::$server = self::serve(self::newFolder());
            self::$served = self::login(self::$server->answer());
        }
        return self::$served;
    }

    /** A server that says how to log in to it on its first line. */
    protected static function serve(string $folder): Program
    {
        $command = Program::built('VOICEROLL_COMMAND', 'release/voiceroll');
        $args = ['serve', '--dev', '--json', '--port', '0', '--data', $folder];
        return new Program([$command, ...$args], env: ['VOICEROLL_LOG' => 'error']);
    }

    protected static function connected(): Registry
    {
        return Registry::connect(...self::served());
    }

    /**
     * Runs lines of PHP, after those that load the package, in another process.
     *
     * @return array{int, string, string}
     */
    protected static function php(string $lines, string ...$args): array
    {
        return self::program($lines, ...$args)->end();
    }

    protected static function program(string $lines, string ...$args): Program
    {
        $load = \sprintf("declare(strict_types=1);\nrequire %s;\n", \var_export(VENDOR . '/autoload.php', true));
        return new Program([\PHP_BINARY, '-d', 'display_errors=stderr', '-r', $load . $lines, '--', ...$args]);
    }

    /** Sends this process a signal after so many seconds. Keep what it returns until then. */
    protected static function signalAfter(float $seconds, int $signal): Program
    {
        return new Program(['sh', '-c', 'sleep "$1" && kill -"$2" "$3"', 'sh', "$seconds", "$signal", (string) \getmypid()]);
    }

    /** What a call throws; fails unless it is of this kind. */
    protected static function thrown(string $class, callable $call): \Throwable
    {
        try {
            $call();
        } catch (\Throwable $thrown) {
            self::assertSame($class, $thrown::class, $thrown->getMessage());
            return $thrown;
        }
        self::fail("nothing was thrown instead of $class");
    }

    /** The seconds that a call takes. */
    protected static function spent(callable $call): float
    {
        $started = \hrtime(true);
        $call();
        return (\hrtime(true) - $started) / 1e9;
    }

    private static function newFolder(): string
    {
        $folder = \sys_get_temp_dir() . '/voiceroll-' . \bin2hex(\random_bytes(8));
        \mkdir($folder);
        return $folder;
    }
}

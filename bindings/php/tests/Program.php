<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll\Tests;

/** Another process, with pipes. */
final class Program
{
    /** @var resource */
    private $process;
    /** @var array<int, resource> */
    private array $pipes = [];
    private readonly int $here;

    /**
     * @param list<string> $command
     * @param array<string, string> $env Beside what this process has.
     */
    public function __construct(array $command, ?string $folder = null, array $env = [])
    {
        $this->here = (int) \getmypid();
        $pipes = [['pipe', 'r'], ['pipe', 'w'], ['pipe', 'w']];
        $process = \proc_open($command, $pipes, $this->pipes, $folder, [...\getenv(), ...$env]);
        $this->process = $process ?: throw new \RuntimeException("$command[0] does not start");
    }

    /**
     * Runs a program to its end: its exit status, and what it printed, twice.
     *
     * @param list<string> $command
     * @param array<string, string> $env
     * @return array{int, string, string}
     */
    public static function run(array $command, ?string $folder = null, array $env = []): array
    {
        return (new self($command, $folder, $env))->end();
    }

    /** A server or a program of this repository. */
    public static function built(string $variable, string $path): string
    {
        return \getenv($variable) ?: ROOT . "/target/$path";
    }

    public function line(): string
    {
        return (string) \fgets($this->pipes[1]);
    }

    /** Tells it a line of JSON, and gives its answer. */
    public function ask(mixed $line): mixed
    {
        \fwrite($this->pipes[0], \json_encode($line, \JSON_THROW_ON_ERROR) . "\n");
        return $this->answer();
    }

    public function answer(): mixed
    {
        return \json_decode($this->line(), true, flags: \JSON_THROW_ON_ERROR);
    }

    public function signal(int $signal): void
    {
        \proc_terminate($this->process, $signal);
    }

    public function pid(): int
    {
        return \proc_get_status($this->process)['pid'];
    }

    /** @return array{int, string, string} */
    public function end(): array
    {
        \fclose($this->pipes[0]);
        [$out, $err] = [(string) \stream_get_contents($this->pipes[1]), (string) \stream_get_contents($this->pipes[2])];
        return [\proc_close($this->process), $out, $err];
    }

    public function __destruct()
    {
        if (\is_resource($this->process) && \getmypid() === $this->here) {
            $this->signal(\SIGKILL);
        }
    }
}

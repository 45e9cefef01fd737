<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll\Tests;

use Voiceroll\CancelToken;
use Voiceroll\ConsentRecord;
use Voiceroll\JobRequest;
use Voiceroll\Prepared;
use Voiceroll\Progress;
use Voiceroll\Recording;
use Voiceroll\Registry;
use Voiceroll\Result;
use Voiceroll\SampleFormat;
use Voiceroll\VoicerollException;

/** The contract that every language passes: `tests/cases`, in all places. */
final class CasesTest extends VoicerollTestCase
{
    /** Cases that this runner cannot do yet, and why. */
    private const MISSING = [];

    /** Keeps what cancels a call alive. */
    private ?Program $canceller = null;

    /** @dataProvider cases */
    public function testCase(string $file, int $number, string $where): void
    {
        $case = self::read($file)[$number];
        $expect = self::read($file, false)[$number]->expect;
        match ($where) {
            'free' => $this->check(null, $case, $expect, $where),
            'embedded' => $this->onFile($case, $expect),
            'server' => $this->onServer($case, $expect),
            'scripted' => $this->onScripted($case, $expect),
        };
    }

    /** @return iterable<string, array{string, int, string}> */
    public function cases(): iterable
    {
        foreach (self::files() as $file) {
            foreach (self::read($file) as $number => $case) {
                foreach ($case['where'] ?? ['embedded', 'server'] as $where) {
                    yield "$case[name], $where" => [$file, $number, $where];
                }
            }
        }
    }

    public function testEveryClassOfTheTableIsThere(): void
    {
        $rows = self::classes();
        foreach ($rows as $kind => $class) {
            self::assertSame($kind, (new $class('nobody'))->kind);
            self::assertSame(VoicerollException::class, \get_parent_class($class));
        }
        $found = \glob(VENDOR . '/voiceroll/voiceroll/types/*Exception.php');
        self::assertCount(\count($rows), $found);
    }

    public function testTheListOfMissingCasesIsEmpty(): void
    {
        self::assertSame([], self::MISSING);
        self::assertGreaterThan(80, \count(\iterator_to_array($this->cases())));
    }

    /** @return list<string> */
    private static function files(): array
    {
        return \glob(ROOT . '/tests/cases/*.json') ?: [];
    }

    /** @return list<mixed> */
    private static function read(string $file, bool $arrays = true): array
    {
        $told = \json_decode((string) \file_get_contents($file), $arrays, flags: \JSON_THROW_ON_ERROR);
        return $arrays ? $told['cases'] : $told->cases;
    }

    /** @return array<string, class-string<VoicerollException>> */
    private static function classes(): array
    {
        $told = \json_decode((string) \file_get_contents(ROOT . '/tests/errors.json'), true);
        return \array_map(static fn (string $name) => "Voiceroll\\$name", \array_column($told['classes'], 'php', 'kind'));
    }

    /** @param array<string, mixed> $case */
    private function onFile(array $case, \stdClass $expect): void
    {
        $folder = \sys_get_temp_dir() . '/voiceroll-case-' . \bin2hex(\random_bytes(8));
        \mkdir($folder);
        $kept = ['$FOLDER' => $folder];
        $registry = self::openAs(['path' => "$folder/voices.db"] + self::filled($case['open'] ?? [], $kept));
        foreach ($case['given'] ?? [] as $step) {
            $call = self::filled($step, $kept);
            if ($call['verb'] === 'open') {
                $registry->close();
                $registry = self::openAs($call['args']);
            } elseif ($call['verb'] === 'edit') {
                $data = (string) \file_get_contents($call['args']['file']);
                $changed = \str_replace($call['args']['from'], $call['args']['to'], $data);
                self::assertNotSame($data, $changed);
                \file_put_contents($call['args']['file'], $changed);
            } else {
                $found = $this->perform($registry, $call);
                if (isset($step['keep'])) {
                    $kept[$step['keep']] = $found;
                }
            }
        }
        $case['call'] = self::filled($case['call'], $kept);
        $this->check($registry, $case, $expect, 'embedded');
        $registry->close();
        $files = new \RecursiveDirectoryIterator($folder, \FilesystemIterator::SKIP_DOTS);
        foreach (new \RecursiveIteratorIterator($files, \RecursiveIteratorIterator::CHILD_FIRST) as $file) {
            $file->isDir() ? \rmdir($file->getPathname()) : \unlink($file->getPathname());
        }
        \rmdir($folder);
    }

    /** @param array<string, mixed> $args */
    private static function openAs(array $args): Registry
    {
        $named = [];
        foreach ($args as $name => $value) {
            $named[self::camel($name)] = $value;
        }
        return Registry::open(...$named);
    }

    /**
     * A part of a case with what its texts stand for.
     *
     * @param array<string, string> $kept
     */
    private static function filled(mixed $value, array $kept): mixed
    {
        return match (true) {
            \is_string($value) => \strtr($value, $kept),
            \is_array($value) => \array_map(static fn (mixed $member) => self::filled($member, $kept), $value),
            default => $value,
        };
    }

    /** @param array<string, mixed> $case */
    private function onServer(array $case, \stdClass $expect): void
    {
        $registry = self::connected();
        try {
            $this->runCase($registry, $case, $expect, 'server');
        } finally {
            foreach ($registry->iterate(partial: true) as $enrollment) {
                $registry->delete($enrollment->speakerId);
            }
            $registry->close();
        }
    }

    /** @param array<string, mixed> $case */
    private function onScripted(array $case, \stdClass $expect): void
    {
        $scripted = new Program([Program::built('VOICEROLL_SCRIPTED', 'debug/examples/scripted')]);
        $script = ['roll' => (object) ($case['roll'] ?? []), 'faults' => $case['faults'] ?? []];
        $registry = Registry::connect(...self::login($scripted->ask($script)), inspect: false);
        $this->runCase($registry, $case, $expect, 'scripted');
        $counts = isset($expect->requests) ? $scripted->ask('counts') : [];
        foreach ($expect->requests ?? [] as $method => $count) {
            self::assertSame($count, $counts[$method] ?? 0, $method);
        }
    }

    /** @param array<string, mixed> $case */
    private function runCase(Registry $registry, array $case, \stdClass $expect, string $where): void
    {
        foreach ($case['given'] ?? [] as $before) {
            $this->perform($registry, $before);
        }
        $this->check($registry, $case, $expect, $where);
    }

    /**
     * Makes the call of a case and holds what comes of it against what is expected.
     *
     * @param array<string, mixed> $case
     */
    private function check(?Registry $registry, array $case, \stdClass $expect, string $where): void
    {
        $told = [];
        $watch = static function (Progress $progress) use (&$told): void {
            $told[] = $progress->fraction;
        };
        $took = self::spent(function () use ($registry, $case, $expect, $where, $watch): void {
            if (isset($case['call']['foreign'])) {
                // The language's own error, before the core sees it.
                $error = self::thrown(\Error::class, fn () => $this->perform($registry, $case['call'], $watch));
                self::assertStringContainsString($case['call']['foreign'], $error->getMessage());
                self::note($case, $where, ['error' => $expect->error->code]);
                return;
            }
            try {
                $result = $this->perform($registry, $case['call'], $watch);
            } catch (VoicerollException $error) {
                self::note($case, $where, ['error' => $error->errorCode]);
                self::assertTrue(isset($expect->error), (string) $error);
                self::assertSame(self::classes()[$error->kind], $error::class);
                $found = self::members($error);
                self::assertTrue(Matching::matches($found, $expect->error), (string) \json_encode($found));
                return;
            }
            $found = self::plain($result);
            $sound = $result instanceof Prepared ? ['wav' => \strlen($result->wav)] : [];
            self::note($case, $where, ['result' => \is_array($found) ? [...$found, ...$sound] : $found]);
            self::assertTrue(\property_exists($expect, 'result'), (string) \json_encode($found));
            self::assertTrue(Matching::matches($found, $expect->result), \var_export($found, true));
        });
        self::assertLessThan($expect->within ?? 60, $took);
        if ($expect->progress ?? false) {
            $rising = $told;
            \sort($rising);
            self::assertSame($rising, $told);
            self::assertSame(1.0, (float) \end($told));
        }
    }

    /**
     * Makes a call through the package's public face.
     *
     * @param array<string, mixed> $call
     */
    private function perform(?Registry $registry, array $call, ?callable $watch = null): mixed
    {
        $verb = self::camel($call['verb']);
        $args = [];
        foreach ($call['args'] ?? [] as $name => $value) {
            $args[$name === 'job' ? 'jobId' : self::camel($name)] = $value;
        }
        $sources = [];
        foreach ($call['recordings'] ?? [] as $told) {
            $sources[] = self::source($told, $call['encoding'] ?? null);
        }
        if (isset($call['cancel_after'])) {
            $args['cancel'] = $this->cancelled($call['cancel_after']);
        }
        if ($call['progress'] ?? false) {
            $args['progress'] = $watch;
        }
        if (\in_array($verb, ['enroll', 'create', 'update'], true)) {
            $args['recordings'] = \count($sources) === 1 ? $sources[0] : $sources;
        } elseif ($sources !== []) {
            [$args['recording']] = $sources;
        }
        if (isset($args['consent'])) {
            $made = [];
            foreach ($args['consent'] as $name => $value) {
                $made[self::camel($name)] = $value;
            }
            $args['consent'] = new ConsentRecord(...$made);
        }
        return match (true) {
            $verb === 'open' => self::openAs($call['args']),
            $verb === 'restore' => \Voiceroll\restore(...$args),
            $registry === null => ("Voiceroll\\$verb")(...$args),
            $call['iterate'] ?? false => \iterator_to_array($registry->iterate(...$args), false),
            $verb === 'submit' => $registry->submit(self::request($args)),
            default => $registry->$verb(...$args),
        };
    }

    /** @param array<string, mixed> $args */
    private static function request(array $args): JobRequest
    {
        $api = $args['api'];
        unset($args['api']);
        return JobRequest::$api(...$args);
    }

    private function cancelled(float $after): CancelToken
    {
        $token = new CancelToken();
        if ($after == 0) {
            $token->cancel();
        } else {
            \pcntl_async_signals(true);
            \pcntl_signal(\SIGUSR1, $token->cancel(...));
            $this->canceller = self::signalAfter($after, \SIGUSR1);
        }
        return $token;
    }

    /** A recording as a case describes it. */
    private static function source(mixed $told, ?string $encoding): mixed
    {
        if (\is_string($told)) {
            return $encoding === null ? self::clip($told) : Recording::path(self::clip($told), $encoding);
        }
        $name = \reset($told);
        return match (\array_key_first($told)) {
            'bytes' => Recording::bytes(self::data($name), $encoding),
            'stream' => self::stream($name, $encoding),
            'text' => Recording::bytes($name, $encoding),
            'repeat' => Recording::bytes(\str_repeat(self::data($name), $told['times']), $encoding),
            'missing' => Recording::path(self::clip($name), $encoding),
            'samples' => self::sampled($name, $told['format']),
        };
    }

    private static function stream(string $name, ?string $encoding): mixed
    {
        $stream = \fopen(self::clip($name), 'rb');
        return $encoding === null ? $stream : Recording::stream($stream, $encoding);
    }

    private static function sampled(string $name, string $format): Recording
    {
        [$data, $rate, $channels] = self::samples($name);
        $samples = self::signed($data);
        if ($format === 'f32') {
            $samples = \array_map(static fn (int $sample) => $sample / 32_768, $samples);
        }
        return Recording::samples($samples, $rate, $channels, SampleFormat::from($format));
    }

    /** A result as the cases write it. */
    private static function plain(mixed $value): mixed
    {
        return match (true) {
            $value instanceof Prepared => [...$value->toArray(), 'wav' => $value->wav],
            $value instanceof Result => $value->toArray(),
            \is_array($value) => \array_map(self::plain(...), $value),
            default => $value,
        };
    }

    /** @return array<string, mixed> */
    private static function members(VoicerollException $error): array
    {
        return [
            'code' => $error->errorCode,
            'kind' => $error->kind,
            'message' => $error->getMessage(),
            'retryable' => $error->retryable,
            'status' => $error->status,
            'request_id' => $error->requestId,
            'retry_after' => $error->retryAfter,
            'added' => $error->added,
            'outcome_unknown' => $error->outcomeUnknown,
            'problems' => self::plain($error->problems),
        ];
    }

    /**
     * Notes what came of a case, for the table of all languages.
     *
     * @param array<string, mixed> $case
     * @param array<string, mixed> $came
     */
    private static function note(array $case, string $where, array $came): void
    {
        $file = \getenv('VOICEROLL_RESULTS');
        if ($file && \in_array($where, ['embedded', 'free'], true)) {
            $line = ['case' => $case['name'], 'where' => $where, ...$came];
            $flags = \JSON_THROW_ON_ERROR | \JSON_PRESERVE_ZERO_FRACTION | \JSON_UNESCAPED_UNICODE;
            \file_put_contents($file, \json_encode($line, $flags) . "\n", \FILE_APPEND);
        }
    }

    private static function camel(string $name): string
    {
        return \lcfirst(\str_replace('_', '', \ucwords($name, '_')));
    }
}

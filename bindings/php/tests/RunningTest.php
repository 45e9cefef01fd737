<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll\Tests;

use Voiceroll\Callbacks;
use Voiceroll\CancelledException;
use Voiceroll\CancelToken;
use Voiceroll\LimitException;
use Voiceroll\NotFoundException;
use Voiceroll\Progress;
use Voiceroll\Recording;
use Voiceroll\TimedOutException;
use Voiceroll\UnavailableException;
use Voiceroll\UnreadableException;
use Voiceroll\UnsupportedException;

use function Voiceroll\inspect;
use function Voiceroll\version;

/** Timeouts, signals, processes and memory. */
final class RunningTest extends VoicerollTestCase
{
    /** A call that takes minutes. */
    private const HOURS = '$data = str_repeat(file_get_contents($argv[1]), 2000);'
        . ' Voiceroll\inspect(Voiceroll\Recording::bytes($data), maxSeconds: 1e6);';

    protected function setUp(): void
    {
        parent::setUp();
        \pcntl_async_signals(true);
    }

    protected function tearDown(): void
    {
        \pcntl_signal(\SIGUSR1, \SIG_DFL);
        parent::tearDown();
    }

    /** Asserts that a call throws this, and at once after so many seconds. */
    private static function assertEnds(string $class, float $after, callable $call): void
    {
        $took = self::spent(static fn () => self::thrown($class, $call));
        self::assertGreaterThanOrEqual($after, $took);
        self::assertLessThan($after + 0.4, $took);
    }

    /** Fails unless the work that was left ends soon. */
    private static function assertNobodyWorks(): void
    {
        $busy = static function (): float {
            $used = \getrusage();
            return $used['ru_utime.tv_sec'] + $used['ru_utime.tv_usec'] / 1e6;
        };
        \usleep(300_000);
        $before = $busy();
        \usleep(500_000);
        self::assertLessThan(0.2, $busy() - $before);
    }

    /** The memory that this process holds, in MB. */
    private static function memory(): float
    {
        \gc_collect_cycles();
        return (int) \explode(' ', (string) \file_get_contents('/proc/self/statm'))[1] * 4096 / 1e6;
    }

    public function testATimeoutEndsACallAndItsWork(): void
    {
        self::assertEnds(TimedOutException::class, 0.2, fn () => inspect(self::long(), timeout: 0.2));
        $registry = $this->opened();
        self::assertEnds(TimedOutException::class, 0.2, fn () => $registry->enroll('ada', self::long(), timeout: 0.2));
        self::assertNobodyWorks();
        self::thrown(NotFoundException::class, fn () => $registry->get('ada'));
    }

    public function testATokenMayBeCancelledByTheHandlerOfASignal(): void
    {
        $token = new CancelToken();
        \pcntl_signal(\SIGUSR1, $token->cancel(...));
        $recording = self::long();
        $sender = self::signalAfter(0.2, \SIGUSR1);
        self::assertEnds(CancelledException::class, 0.1, fn () => inspect($recording, cancel: $token));
        self::assertTrue($token->isCancelled());
        self::assertNobodyWorks();
        $sender->end();
    }

    public function testWhatTheHandlerOfASignalThrowsEndsACallAndItsWork(): void
    {
        \pcntl_signal(\SIGUSR1, static fn () => throw new \DomainException('stop'));
        $recording = self::long();
        $sender = self::signalAfter(0.2, \SIGUSR1);
        self::assertEnds(\DomainException::class, 0.1, fn () => inspect($recording));
        self::assertNobodyWorks();
        $sender->end();
    }

    public function testHandlersThatThrowAtAnyMomentBreakNothing(): void
    {
        [$within, $stopped] = [false, 0];
        \pcntl_signal(\SIGUSR1, static function () use (&$within): void {
            if ($within) {
                $within = false;
                throw new \DomainException('stop');
            }
        });
        $recording = Recording::bytes('no recording');
        $lines = 'for ($end = hrtime(true) + 2e9; hrtime(true) < $end; usleep(300)) {posix_kill((int) $argv[1], SIGUSR1); }';
        $sender = self::program($lines, (string) \getmypid());
        for ($end = \hrtime(true) + 2.2e9; \hrtime(true) < $end;) {
            try {
                $within = true;
                inspect($recording);
            } catch (\DomainException) {
                $stopped++;
            } catch (UnreadableException) {
                $within = false;
            }
        }
        $sender->end();
        self::assertGreaterThan(10, $stopped);
        self::assertTrue(inspect(self::clip('ada-1.mp3'))->accepted());
    }

    public function testCtrlCEndsALongCallAtOnce(): void
    {
        $lines = 'echo "ready\n";' . self::HOURS;
        $handled = 'pcntl_async_signals(true); pcntl_signal(SIGINT, fn () => exit(7));';
        foreach ([$handled => 7, '' => 2] as $handler => $status) {
            $program = self::program($handler . $lines, self::clip('ada-1.mp3'));
            self::assertSame("ready\n", $program->line());
            \usleep(500_000);
            $program->signal(\SIGINT);
            $took = self::spent(fn () => self::assertSame([$status, '', ''], $program->end()));
            self::assertLessThan(1, $took);
        }
    }

    public function testTheTimeLimitOfPhpEndsACall(): void
    {
        $lines = 'set_time_limit(1);' . self::HOURS;
        $took = self::spent(function () use ($lines): void {
            [$status, , $err] = self::php($lines, self::clip('ada-1.mp3'));
            self::assertSame(255, $status);
            self::assertStringContainsString('Maximum execution time', $err);
        });
        self::assertLessThan(3, $took);
    }

    public function testProgressRisesAndWhatItThrowsComesOut(): void
    {
        $told = [];
        inspect(self::long(20), progress: function (Progress $progress) use (&$told): void {
            $told[] = $progress->fraction;
        });
        $rising = $told;
        \sort($rising);
        self::assertSame([$rising, 1.0], [$told, (float) \end($told)]);
        $registry = $this->opened();
        $thrown = self::thrown(\DivisionByZeroError::class, fn () => $registry->enroll(
            'ada',
            self::long(),
            progress: static fn () => \intdiv(1, 0),
        ));
        self::assertStringContainsString(__FILE__, $thrown->getFile());
        self::assertNobodyWorks();
        self::thrown(NotFoundException::class, fn () => $registry->get('ada'));
        $token = new CancelToken();
        $cancel = $token->cancel(...);
        self::thrown(CancelledException::class, fn () => inspect(self::long(), cancel: $token, progress: $cancel));
    }

    public function testACallMayBeMadeWhileAnotherTellsItsProgress(): void
    {
        $inner = null;
        inspect(self::clip('ada-1.mp3'), progress: function () use (&$inner): void {
            $inner ??= inspect(self::clip('ben-1.wav'));
        });
        self::assertEquals(inspect(self::clip('ben-1.wav')), $inner);
    }

    public function testARegistryOpenedBeforeTheForkServesItsWorkers(): void
    {
        foreach ([[$this->store()], \array_values(self::served())] as $where) {
            $program = [\PHP_BINARY, PACKAGE . '/tests/prefork.php', VENDOR . '/autoload.php', self::clip('ada-1.mp3')];
            self::assertSame([0, "0 0 0 4 enrolled\n", ''], Program::run([...$program, ...$where]));
        }
    }

    public function testNoChildHangsWhateverTheLibraryDoesAtItsBirth(): void
    {
        if (!\extension_loaded('pcntl') || !\extension_loaded('posix')) {
            self::markTestSkipped('this PHP cannot fork');
        }
        $program = [\PHP_BINARY, PACKAGE . '/tests/forks.php', VENDOR . '/autoload.php', self::clip('ada-3.webm')];
        self::assertSame(
            [0, "1000 worked, 0 heard an error, 0 hung\n", ''],
            Program::run([...$program, $this->store()]),
        );
    }

    public function testAProgramMayEndInTheMiddleOfACall(): void
    {
        $lines = '$data = Voiceroll\Recording::bytes(str_repeat(file_get_contents($argv[1]), 200));'
            . ' $registry = Voiceroll\Registry::open($argv[2]); $registry->inspect($data, progress: fn () => exit(3));';
        for ($time = 0; $time < 3; $time++) {
            $took = self::spent(fn () => self::assertSame(
                [3, '', ''],
                self::php($lines, self::clip('ada-1.mp3'), $this->store()),
            ));
            self::assertLessThan(3, $took);
        }
    }

    public function testAServerThatHangsIsLeftSoon(): void
    {
        $server = self::serve($this->folder);
        $registry = \Voiceroll\Registry::connect(...self::login($server->answer()));
        self::assertSame(0, $registry->list()->total);
        $server->signal(\SIGSTOP);
        \usleep(100_000);
        self::assertEnds(TimedOutException::class, 0.2, fn () => $registry->list(timeout: 0.2));
        $took = self::spent(function () use ($registry): void {
            try {
                $registry->close();
            } catch (TimedOutException | UnavailableException $error) {
                self::assertNotSame('', $error->getMessage());
            }
        });
        self::assertLessThan(8, $took);
    }

    public function testMemoryStaysFlat(): void
    {
        $recording = Recording::bytes(self::data('fault-silence.flac'));
        $registry = $this->opened();
        $registry->enroll('ada', self::clip('ada-3.webm'));
        $round = function (int $times) use ($recording, $registry): void {
            for ($time = 0; $time < $times; $time++) {
                $registry->get('ada');
                self::thrown(NotFoundException::class, fn () => $registry->get('nobody'));
                self::thrown(LimitException::class, fn () => inspect($recording, maxBytes: 1));
                new Callbacks();
            }
        };
        $round(500);
        $before = self::memory();
        $round(2000);
        self::assertLessThan(10, self::memory() - $before, 'MB more after 8,000 calls');
    }

    public function testAbandonedCallsAreFreed(): void
    {
        $recording = self::long(20);
        $round = function (int $times) use ($recording): void {
            for ($time = 0; $time < $times; $time++) {
                self::thrown(\DivisionByZeroError::class, fn () => inspect($recording, progress: fn () => \intdiv(1, 0)));
            }
        };
        $round(20);
        $before = self::memory();
        $round(60);
        // Each was handed 2.4 MB.
        self::assertLessThan(30, self::memory() - $before, 'MB more after 60 calls');
        self::assertNobodyWorks();
    }

    public function testWhereTheNumberOfTheProcessIsNotToBeHad(): void
    {
        $load = \sprintf('require %s;', \var_export(VENDOR . '/autoload.php', true));
        $lines = "$load echo Voiceroll\inspect(\$argv[1])->codec;";
        $command = [\PHP_BINARY, '-d', 'disable_functions=getmypid', '-r', $lines, '--', self::clip('ada-1.mp3')];
        self::assertSame([0, 'mp3', ''], Program::run($command));
    }

    public function testALibraryThatIsNotThereOrIsAnother(): void
    {
        self::assertMatchesRegularExpression('/^\d+\.\d+\.\d+$/', version());
        $lines = 'putenv("VOICEROLL_LIBRARY=" . $argv[1]); try { Voiceroll\version(); }'
            . ' catch (Voiceroll\UnsupportedException $error) { echo $error->errorCode, " ", $error->getMessage(); }';
        [, $out] = self::php($lines, "$this->folder/none.so");
        self::assertStringContainsString('there is no file', $out);
        self::assertStringContainsString('VOICEROLL_LIBRARY', $out);
        \file_put_contents("$this->folder/text.so", 'no library');
        [$status, $out] = self::php($lines, "$this->folder/text.so");
        self::assertSame(0, $status);
        self::assertStringContainsString('not_supported Voiceroll cannot be used: ', $out);
        // Of another version, and without a function.
        foreach (['9' => 'its ABI is 9', '1' => 'voiceroll_'] as $abi => $said) {
            \file_put_contents("$this->folder/other.c", "unsigned voiceroll_abi(void) { return $abi; }");
            $command = ['cc', '-shared', '-fPIC', '-o', "$this->folder/other$abi.so", "$this->folder/other.c"];
            self::assertSame(0, Program::run($command)[0]);
            [, $out] = self::php($lines, "$this->folder/other$abi.so");
            self::assertMatchesRegularExpression("/^not_supported Voiceroll cannot be used: .*(voiceroll_|$said)/", $out);
        }
        self::assertTrue(\is_subclass_of(UnsupportedException::class, \RuntimeException::class));
    }
}

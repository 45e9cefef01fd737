<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll\Tests;

use Voiceroll\CancelledException;
use Voiceroll\CancelToken;
use Voiceroll\InvalidInputException;
use Voiceroll\IoException;
use Voiceroll\LimitException;
use Voiceroll\Recording;
use Voiceroll\Registry;
use Voiceroll\SampleFormat;
use Voiceroll\TimedOutException;
use Voiceroll\UnreadableException;

use function Voiceroll\inspect;
use function Voiceroll\prepare;

/** Everything that a recording may be handed over as. */
final class RecordingsTest extends VoicerollTestCase
{
    public function testAPathBytesAndStreamsAreTheSame(): void
    {
        $path = self::clip('ada-1.mp3');
        $memory = \fopen('php://memory', 'w+b');
        \fwrite($memory, self::data('ada-1.mp3'));
        \rewind($memory);
        $pipe = \popen('cat ' . \escapeshellarg($path), 'rb');
        $sources = [
            new \SplFileInfo($path), new \SplFileObject($path), \fopen($path, 'rb'), $memory, $pipe,
            Recording::path($path), Recording::path(new \SplFileInfo($path)), Recording::bytes(self::data('ada-1.mp3')),
            Recording::stream(\fopen($path, 'rb')), \fopen('data://audio/mpeg;base64,'
                . \base64_encode(self::data('ada-1.mp3')), 'rb'),
        ];
        foreach ($sources as $source) {
            self::assertEquals(inspect($path), inspect($source));
        }
        self::assertGreaterThan(10, prepare(\fopen($path, 'rb'))->speechSeconds);
        $pipe = \popen('cat ' . \escapeshellarg($path), 'rb');
        \stream_set_blocking($pipe, false);
        self::assertEquals(inspect($path), inspect($pipe));
        self::assertFalse(\stream_get_meta_data($pipe)['blocked']);
    }

    public function testADeclaredEncoding(): void
    {
        $found = inspect(Recording::path(self::clip('ada-1.mp3'), 'Wav'));
        self::assertContains('encoding_mismatch', \array_column($found->problems, 'code'));
        self::thrown(InvalidInputException::class, fn () => inspect(Recording::bytes('RIFF', 'Tape')));
    }

    public function testATrackIsChosen(): void
    {
        $path = self::clip('ada-1.mp3');
        self::assertEquals(inspect($path), inspect(Recording::path($path, track: 1)));
        self::assertEquals(inspect($path), inspect(Recording::stream(\fopen($path, 'rb'), track: 1)));
        self::thrown(InvalidInputException::class, fn () => inspect(Recording::path($path, track: 2)));
    }

    public function testSamplesOfEveryKindAreTheSameAsTheFile(): void
    {
        [$data, $rate] = self::samples('ben-1.wav');
        $whole = self::signed($data);
        $floats = \array_map(static fn (int $sample) => $sample / 32_768, $whole);
        $expected = inspect(self::clip('ben-1.wav'));
        $made = [
            Recording::samples($whole, $rate, format: SampleFormat::I16),
            Recording::samples($data, $rate, format: SampleFormat::I16),
            Recording::samples($floats, $rate),
            Recording::samples(\pack('g*', ...$floats), $rate),
            Recording::samples($floats, $rate, format: SampleFormat::F64),
        ];
        foreach ($made as $recording) {
            $found = inspect($recording);
            self::assertEqualsWithDelta($expected->speechSeconds, $found->speechSeconds, 1e-9);
            self::assertSame([$rate, 1], [$found->sampleRate, $found->channels]);
        }
        $stereo = \array_merge(...\array_map(static fn (int $sample) => [$sample, $sample], $whole));
        self::assertSame(2, inspect(Recording::samples($stereo, $rate, 2, SampleFormat::I16))->channels);
    }

    public function testSamplesThatAreNone(): void
    {
        self::thrown(\TypeError::class, fn () => Recording::samples(['a'], 8000));
        self::thrown(\TypeError::class, fn () => Recording::samples([[0, 0]], 8000));
        self::thrown(\TypeError::class, fn () => Recording::samples([0.5], 8000, format: SampleFormat::I16));
        $thrown = self::thrown(\ValueError::class, fn () => Recording::samples([40_000], 8000, format: SampleFormat::I16));
        self::assertStringContainsString('32767', $thrown->getMessage());
        $thrown = self::thrown(\ValueError::class, fn () => Recording::samples([0, 1, -1, 700], 8000));
        self::assertStringContainsString('SampleFormat::I16', $thrown->getMessage());
        self::thrown(\ValueError::class, fn () => Recording::samples([-2], 8000, format: SampleFormat::F64));
        self::thrown(\ValueError::class, fn () => Recording::samples([0.5], 0));
        self::thrown(\ValueError::class, fn () => Recording::samples([0.5], 8000, -1));
        self::thrown(InvalidInputException::class, fn () => inspect(Recording::samples([0.5], 8000, 17)));
        self::thrown(UnreadableException::class, fn () => inspect(Recording::samples([], 8000)));
    }

    public function testWhatIsNoRecordingIsTold(): void
    {
        foreach ([null, 5, new \stdClass(), [self::clip('ada-1.mp3')]] as $nothing) {
            $thrown = self::thrown(\TypeError::class, fn () => inspect($nothing));
            self::assertStringContainsString('the path of a file, an SplFileInfo, an open stream', $thrown->getMessage());
        }
        self::thrown(\Error::class, fn () => new Recording());
        $thrown = self::thrown(\ValueError::class, fn () => inspect("RIFF\0\0\0"));
        self::assertStringContainsString('Recording::bytes', $thrown->getMessage());
        $thrown = self::thrown(\TypeError::class, fn () => inspect(new \SplTempFileObject()));
        self::assertStringContainsString('Recording::bytes', $thrown->getMessage());
        self::thrown(IoException::class, fn () => inspect("$this->folder/nowhere.mp3"));
        self::thrown(UnreadableException::class, fn () => inspect(\fopen('php://memory', 'rb')));
        $written = \fopen("$this->folder/new.mp3", 'wb');
        $thrown = self::thrown(\ValueError::class, fn () => inspect($written));
        self::assertStringContainsString("'rb'", $thrown->getMessage());
        \fclose($written);
        self::thrown(\TypeError::class, fn () => Recording::stream($written));
        self::thrown(\TypeError::class, fn () => Recording::stream(\stream_context_create()));
    }

    public function testAFileWhoseNameIsNoText(): void
    {
        \copy(self::clip('ada-1.mp3'), "$this->folder/\xFF.mp3");
        self::assertSame([], inspect("$this->folder/\xFF.mp3")->problems);
    }

    public function testSeveralRecordings(): void
    {
        $registry = $this->opened();
        $sources = (static function (): iterable {
            yield self::clip('ada-1.mp3');
            yield \fopen(self::clip('ada-2.m4a'), 'rb');
        })();
        self::assertCount(2, $registry->enroll('ada', $sources)->recordings);
        self::assertCount(1, $registry->enroll('dan', new \SplFileObject(self::clip('dan-1.mp3')))->recordings);
        self::thrown(InvalidInputException::class, fn () => $registry->enroll('ben', []));
        self::thrown(\TypeError::class, fn () => $registry->enroll('ben', [[self::clip('ben-1.wav')]]));
    }

    public function testAStreamWhoseReadFailsIsNoShorterRecording(): void
    {
        \stream_wrapper_register('broken', BrokenStream::class);
        $start = \substr(self::data('ada-1.mp3'), 0, 20_000);
        $streams = [\fopen($this->folder, 'rb'), \fopen('broken://', 'rb', false, \stream_context_create([
            'broken' => ['start' => $start],
        ]))];
        foreach ($streams as $stream) {
            $error = self::thrown(IoException::class, fn () => inspect($stream, timeout: 60));
            self::assertSame(['io_failed', 'Io'], [$error->errorCode, $error->kind]);
        }
    }

    public function testAStreamIsReadNoFurtherThanTheLimit(): void
    {
        $zeros = \fopen('/dev/zero', 'rb');
        $memory = \fopen('php://memory', 'w+b');
        \fwrite($memory, \str_repeat("\0", 5000));
        \rewind($memory);
        $registry = Registry::open($this->store(), maxBytes: 1000);
        $calls = [
            fn () => inspect($memory, maxBytes: 1000), fn () => inspect($zeros, maxBytes: 1000),
            fn () => prepare($zeros, maxBytes: 3 << 20), fn () => $registry->enroll('ada', $zeros),
        ];
        foreach ($calls as $call) {
            self::assertSame('recording_too_large', self::thrown(LimitException::class, $call)->errorCode);
        }
        self::assertSame(1001, \ftell($memory));
        $thrown = self::thrown(LimitException::class, $calls[0]);
        self::assertStringContainsString('`maxBytes`', $thrown->getMessage());
        self::thrown(InvalidInputException::class, fn () => inspect($zeros, maxBytes: -1));
        $length = \strlen(self::data('ada-1.mp3'));
        self::assertSame([], inspect(\fopen(self::clip('ada-1.mp3'), 'rb'), maxBytes: $length)->problems);
    }

    public function testWhatWasReadAheadOfAStreamIsPartOfIt(): void
    {
        [$ours, $theirs] = \stream_socket_pair(\STREAM_PF_UNIX, \STREAM_SOCK_STREAM, 0);
        \fwrite($theirs, "line\n" . \substr(self::data('ada-1.mp3'), 0, 1000));
        self::assertSame("line\n", \fgets($ours));
        $token = new CancelToken();
        $token->cancel();
        self::thrown(CancelledException::class, fn () => inspect($ours, cancel: $token));
        self::thrown(TimedOutException::class, fn () => inspect($ours, timeout: 0.1));
        self::assertTrue(\stream_get_meta_data($ours)['blocked']);
        \fclose($theirs);
    }

    public function testAStreamThatStandsStillIsReadInTheTimeOfTheCall(): void
    {
        [$ours, $theirs] = \stream_socket_pair(\STREAM_PF_UNIX, \STREAM_SOCK_STREAM, 0);
        $took = self::spent(fn () => self::thrown(TimedOutException::class, fn () => inspect($ours, timeout: 0.2)));
        self::assertLessThan(0.6, $took);
        // As with `http://`, whose filter puts the pieces together.
        \stream_filter_append($ours, 'dechunk', \STREAM_FILTER_READ);
        \fwrite($theirs, "100\r\nabc");
        self::thrown(TimedOutException::class, fn () => inspect($ours, timeout: 0.2));
        \fclose($theirs);
    }
}

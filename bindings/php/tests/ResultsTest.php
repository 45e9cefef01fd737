<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll\Tests;

use Voiceroll\Callbacks;
use Voiceroll\CancelToken;
use Voiceroll\InternalException;
use Voiceroll\Internal\Call;
use Voiceroll\Internal\Clock;
use Voiceroll\Internal\Bridge;
use Voiceroll\Internal\Wire;
use Voiceroll\InvalidInputException;
use Voiceroll\JobRequest;
use Voiceroll\JobStatus;
use Voiceroll\NotFoundException;
use Voiceroll\Problem;
use Voiceroll\Quality;
use Voiceroll\Recording;
use Voiceroll\RefusedException;
use Voiceroll\Registry;
use Voiceroll\StoreException;
use Voiceroll\TimedOutException;
use Voiceroll\Transcript;
use Voiceroll\UnauthorizedException;
use Voiceroll\UnsupportedException;
use Voiceroll\Utterance;
use Voiceroll\VoicerollException;
use Voiceroll\Word;

use function Voiceroll\inspect;

/** What calls give back, and what they throw. */
final class ResultsTest extends VoicerollTestCase
{
    public function testResultsDoNotChangeAndCanBeComparedAndKept(): void
    {
        $registry = $this->opened();
        $enrollment = $registry->enroll('ada', [self::clip('ada-1.mp3'), self::clip('fault-silence.flac')]);
        $two = self::clip('fault-two-speakers.mp3');
        $results = [
            $enrollment, $registry->list(), $registry->inspect(self::clip('fault-clipped.mp3')), $registry->prepare($two),
            $registry->verify('ada', self::clip('ada-2.m4a')), $registry->identify($two), $registry->diarize($two),
        ];
        foreach ($results as $result) {
            self::assertEquals($result, \unserialize(\serialize($result)));
            self::assertSame(\json_encode($result->toArray()), \json_encode($result));
        }
        self::thrown(\Error::class, function () use ($enrollment): void {
            $enrollment->speakerId = 'ben';
        });
        self::assertNotEquals($enrollment, $registry->get('ada'));
    }

    public function testAResultAsJsonIsWhatTheCommandPrints(): void
    {
        $command = Program::built('VOICEROLL_COMMAND', 'release/voiceroll');
        [, $printed] = Program::run([$command, '--json', 'inspect', self::clip('fault-clipped.mp3')]);
        $found = inspect(self::clip('fault-clipped.mp3'))->toArray();
        foreach (\array_keys($found['problems']) as $at) {
            unset($found['problems'][$at]['speaker_id']);
        }
        self::assertEquals(\json_decode($printed, true), $found);
    }

    public function testMembersOfANewerLibraryAreLeftOutAndWordsAreAClosedSet(): void
    {
        $told = ['code' => 'brand_new', 'severity' => 'warn', 'measured' => null, 'advice' => 'Wait.', 'colour' => 'blue'];
        $problem = Problem::read(Wire::of($told));
        self::assertSame(['brand_new', null], [$problem->code, $problem->speakerId]);
        self::thrown(InternalException::class, fn () => Problem::read(Wire::of(['code' => 5])));
        self::thrown(InternalException::class, fn () => Problem::read(Wire::of([...$told, 'severity' => 'dire'])));
    }

    public function testQualitiesHaveAnOrder(): void
    {
        self::assertSame([0, 1, 2, 3], \array_map(static fn (Quality $one) => $one->rank(), Quality::cases()));
        self::assertTrue(Quality::Good->isAtLeast(Quality::Average) && Quality::Good->isAtLeast(Quality::Good));
        self::assertFalse(Quality::Good->isAtLeast(Quality::High));
        self::assertTrue(inspect(self::clip('ada-1.mp3'))->accepted());
        self::assertFalse(inspect(self::clip('fault-silence.flac'))->accepted());
    }

    public function testNothingPrintedHoldsAVoiceANameOrWords(): void
    {
        $registry = $this->opened();
        $registry->enroll('ada', self::clip('ada-1.mp3'));
        $prepared = $registry->prepare(self::clip('ada-1.mp3'));
        self::assertStringStartsWith('RIFF', $prepared->wav);
        $record = ['id' => '1', 'to' => ['name' => 'Somebody', 'extensionId' => 'ada']];
        $found = $registry->identifyCall($record, self::clip('ada-2.m4a'));
        self::assertSame('Somebody', $found->segments[0]->name);
        $word = new Word(word: 'hush', start: 0.0, end: 1.0, speakerId: 'ada');
        $told = new Utterance(text: 'hush', start: 0.0, end: 1.0, speakerId: 'ada', confidence: 1.0);
        $said = new Transcript(text: 'hush', confidence: 1.0, words: [$word], utterances: [$told]);
        $request = JobRequest::identify('https://media.example.com/1?token=hush', ['ada'], webhook: 'https://me/hush');
        $recordings = [Recording::bytes('RIFF'), Recording::samples('RIFF', 1)];
        $opaque = [$registry, new Callbacks(secret: 'hush'), $request, ...$recordings];
        $shown = "$prepared $found $word $told $said";
        foreach ([$prepared, $found, $word, $told, $said, ...$opaque] as $value) {
            \ob_start();
            \var_dump($value);
            $shown .= \ob_get_clean() . \print_r($value, true);
        }
        foreach (['RIFF', 'Somebody', 'hush', 'voices.db'] as $word) {
            self::assertStringNotContainsString($word, $shown);
        }
        self::assertStringContainsString('speechSeconds', $shown);
    }

    public function testTheTraceOfAnErrorHoldsNoRecording(): void
    {
        [$status, $out] = self::php(<<<'PHP'
            ini_set('zend.exception_ignore_args', '0');
            ini_set('zend.exception_string_param_max_len', '1000');
            try {
                Voiceroll\inspect(Voiceroll\Recording::bytes('a voice'));
            } catch (Voiceroll\UnreadableException $error) {
                print_r($error);
                echo $error;
            }
            $registry = Voiceroll\Registry::open($argv[1]);
            $calls = [
                fn () => Voiceroll\Registry::connect('a voice', 'a voice', 'a voice', 'a voice'),
                fn () => Voiceroll\inspect('/a voice.mp3'),
                fn () => (new Voiceroll\Callbacks())->take('a voice'),
                fn () => $registry->get('no id'),
                fn () => $registry->identify('a voice', ['no id']),
                fn () => $registry->diarize('a voice', known: ['no id']),
                fn () => $registry->job('a voice'),
                fn () => Voiceroll\Problem::read(Voiceroll\Internal\Wire::of(['a voice'])),
                fn () => Voiceroll\Internal\Wire::decode('a voice'),
            ];
            foreach ($calls as $call) {
                try {
                    $call();
                } catch (Voiceroll\VoicerollException $error) {
                    print_r($error);
                }
            }
            PHP, $this->store());
        self::assertSame(0, $status);
        self::assertStringContainsString('[recording_unsupported]', $out);
        self::assertStringContainsString('InvalidInputException', $out);
        self::assertStringNotContainsString('a voice', $out);
    }

    public function testErrorsSayWhatToDo(): void
    {
        $error = self::thrown(
            RefusedException::class,
            fn () => $this->opened()->enroll('ada', self::clip('fault-silence.flac')),
        );
        self::assertSame(['recording_refused', 'Refused', 0], [$error->errorCode, $error->kind, $error->getCode()]);
        self::assertSame('no_speech', $error->problems[0]->code);
        self::assertFalse($error->retryable || $error->outcomeUnknown);
        self::assertStringContainsString(__FILE__, $error->getTraceAsString());
        self::assertStringContainsString('[recording_refused]', (string) $error);
    }

    public function testAnUnknownKindBecomesTheParent(): void
    {
        $told = ['code' => 'odd', 'kind' => 'Odd', 'message' => 'Something new.', 'retryable' => true, 'mood' => 1,
            'added' => 0, 'outcome_unknown' => false, 'problems' => []];
        foreach (['Odd', 'Voiceroll', 'StdClass', '../Refused'] as $kind) {
            $error = VoicerollException::read(Wire::of([...$told, 'kind' => $kind]));
            self::assertSame(VoicerollException::class, $error::class);
            self::assertSame(['odd', $kind, 'Something new.'], [$error->errorCode, $error->kind, $error->getMessage()]);
        }
    }

    public function testADefectOfOursIsAnOrdinaryException(): void
    {
        foreach (['panic', 'panic_later'] as $verb) {
            $error = self::thrown(
                InternalException::class,
                fn () => Call::run(Bridge::open([], $this->store()), $verb, [], [], new Clock(), null),
            );
            self::assertSame('internal', $error->errorCode);
            self::assertStringNotContainsString('a defect, for a test', $error->getMessage());
        }
        self::assertSame(0, $this->opened()->list()->total);
    }

    public function testEverybodyCanBeDeletedWhileTheRollIsRead(): void
    {
        $registry = $this->opened();
        $ids = \array_map(static fn (int $number) => "speaker_$number", \range(0, 6));
        foreach ($ids as $id) {
            $registry->enroll($id, self::clip('ada-3.webm'));
        }
        $roll = $registry->iterate(partial: true, perPage: 2);
        self::assertCount(7, $roll);
        $found = [];
        foreach ($roll as $enrollment) {
            $found[] = $enrollment->speakerId;
            $registry->delete($enrollment->speakerId);
        }
        self::assertSame($ids, $found);
        self::assertSame([], \iterator_to_array($roll));
        self::assertSame(0, $registry->list(partial: true)->total);
    }

    public function testIdsOfDigitsAlone(): void
    {
        $registry = $this->opened();
        $registry->enroll('59586', self::clip('ada-1.mp3'));
        $counts = ['59586' => 3];
        $found = $registry->identify(self::clip('ada-2.m4a'), \array_keys($counts));
        self::assertSame('59586', $found->segments[0]->speakerId);
        self::assertTrue($registry->diarize(self::clip('ada-2.m4a'), known: ['59586'])->segments[0]->enrolled);
    }

    public function testWrongArgumentsAreTold(): void
    {
        $registry = $this->opened();
        self::thrown(\Error::class, fn () => new Registry());
        self::thrown(\Error::class, fn () => clone $registry);
        self::thrown(\Error::class, fn () => $registry->get('ada', timeOut: 5));
        $wrong = [
            fn () => $registry->get(5), fn () => $registry->list(timeout: 'soon'), fn () => $registry->list(cancel: true),
            fn () => $registry->identify(self::clip('ada-1.mp3'), 'ada'),
            fn () => $registry->identify(self::clip('ada-1.mp3'), [5.5]),
            fn () => $registry->submit('https://media.example.com/1'), fn () => $registry->identifyCall('{}'),
        ];
        foreach ($wrong as $call) {
            self::thrown(\TypeError::class, $call);
        }
        $refused = [
            '`maxSeconds` is invalid' => fn () => inspect('a.mp3', maxSeconds: \NAN),
            '`falseAcceptRate` is invalid' => fn () => Registry::open($this->store(), falseAcceptRate: \NAN),
            '`speakerId` is invalid' => fn () => $registry->get("\xFF"),
            '`jobId` is invalid' => fn () => $registry->job("\xFF"),
            ': `perPage` has the' => fn () => $registry->list(perPage: -1),
            '`perPage`' => fn () => $registry->list(page: 0), 'is -1 seconds' => fn () => $registry->list(timeout: -1),
            'omit it for no limit' => fn () => $registry->list(timeout: \NAN),
            'INF seconds' => fn () => $registry->list(timeout: \INF), '1.0E+20' => fn () => $registry->list(timeout: 1e20),
            'known' => fn () => $registry->diarize(self::clip('ada-1.mp3'), known: 'some'),
            '`falseAcceptRate`' => fn () => Registry::open($this->store(), falseAcceptRate: 2),
            '`clientSecret`' => fn () => Registry::connect('https://voices.example.com', 'id'),
            'http' => fn () => Registry::connect('http://voices.example.com', 'id', 'secret', 'jwt'),
            'secret is empty' => fn () => new Callbacks(secret: ''),
            'modell' => fn () => Bridge::open(['modell' => 'x'], $this->store()),
        ];
        foreach ($refused as $text => $call) {
            self::assertStringContainsString($text, self::thrown(InvalidInputException::class, $call)->getMessage());
        }
        self::thrown(StoreException::class, fn () => Registry::open($this->folder));
    }

    public function testARegistryIsClosedOnce(): void
    {
        foreach ([$this->opened(), self::connected()] as $registry) {
            $registry->list();
            $registry->close();
            $registry->close();
            $error = self::thrown(InvalidInputException::class, fn () => $registry->list());
            self::assertStringContainsString('closed', $error->getMessage());
        }
        self::assertSame(0, Registry::open(new \SplFileInfo("$this->folder/\xFF.db"))->list()->total);
    }

    public function testACallbackIsTakenAndWaitedFor(): void
    {
        $callbacks = new Callbacks();
        $job = $callbacks->take('{"jobId":"6f1e","status":"Success","response":{"utterances":[]}}');
        self::assertSame(['6f1e', JobStatus::Success], [$job->id, $job->status]);
        self::assertSame([], $callbacks->wait('6f1e', timeout: 5)->segments);
        self::thrown(TimedOutException::class, fn () => $callbacks->wait('another', timeout: 0.05));
        self::thrown(UnsupportedException::class, fn () => $callbacks->take('[]'));
        $signed = new Callbacks(secret: 'a secret');
        self::thrown(UnauthorizedException::class, fn () => $signed->take('{}'));
        self::thrown(UnauthorizedException::class, fn () => $signed->take('{}', '1', 'sha256=00'));
        [$body, $time] = ['{"jobId":"6f1e","status":"InProgress"}', (string) \time()];
        $job = $signed->take($body, $time, 'sha256=' . \hash_hmac('sha256', "$time.$body", 'a secret'));
        self::assertSame(JobStatus::InProgress, $job->status);
    }

    public function testAJobOfTheServer(): void
    {
        $registry = self::connected();
        $id = $registry->submit(JobRequest::diarize('http://nowhere.invalid/1.mp3'));
        self::assertSame($id, $registry->job($id)->id);
        $error = self::thrown(InvalidInputException::class, fn () => $registry->wait($id, timeout: 30));
        self::assertSame('job_failed', $error->errorCode);
        $token = new CancelToken();
        $token->cancel();
        self::thrown(NotFoundException::class, fn () => $registry->get('nobody', cancel: new CancelToken()));
        self::thrown(\Voiceroll\CancelledException::class, fn () => $registry->get('nobody', cancel: $token));
    }
}

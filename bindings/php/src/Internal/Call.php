<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll\Internal;

use FFI;
use Voiceroll\InternalException;
use Voiceroll\Progress;
use Voiceroll\Recording;

/**
 * A call that is under way.
 *
 * @internal
 */
final class Call
{
    /** Milliseconds between two looks, in which PHP handles signals and timeouts. */
    public const SLICE = 50;
    /** As `VoicerollNews` in voiceroll.h. */
    public const RESULT = 2;
    private const PROGRESS = 1;
    private const ERROR = 3;
    private const OVER = 4;

    /**
     * Those that are under way. At the end of a script that `exit` or a timeout of PHP ended, they are freed.
     *
     * @var array<int, self>
     */
    private static array $open = [];
    private static bool $watched = false;

    private bool $freed = false;
    private readonly int $process;
    private readonly FFI\CData $json;
    private readonly FFI\CData $sound;

    private function __construct(private readonly FFI\CData $call)
    {
        $this->process = self::process();
        $this->json = Library::bytes();
        $this->sound = Library::bytes();
        self::$open[\spl_object_id($this)] = $this;
        if (!self::$watched) {
            self::$watched = true;
            \register_shutdown_function(static fn () => \array_map(static fn (self $call) => $call->free(), self::$open));
        }
    }

    /**
     * Runs a call; returns its result and its audio.
     *
     * @param array<string, mixed> $args
     * @param iterable<mixed> $sources
     * @param (callable(Progress): mixed)|null $progress
     * @return array{mixed, string}
     */
    public static function run(
        Bridge $bridge,
        string $verb,
        #[\SensitiveParameter] array $args,
        #[\SensitiveParameter] iterable $sources,
        Clock $clock,
        ?callable $progress,
    ): array {
        $heard = [];
        $most = $args['max_bytes'] ?? null;
        foreach ($sources as $source) {
            $clock->assertNotCancelled();
            $heard[] = Recording::of($source, $clock, \is_int($most) ? $most : $bridge->maxBytes);
        }
        $clock->assertNotCancelled();
        $args = Wire::encode([...$args, 'timeout' => $clock->left()]);
        $request = '{"verb":"' . $verb . '","progress":' . ($progress === null ? 'false' : 'true') . ",\"args\":$args}";
        $call = null;
        $held = Signals::hold();
        try {
            $call = self::start($bridge, $request, $heard);
            return $call->wait($clock, $progress, $held);
        } finally {
            $call?->free();
            Signals::release($held);
        }
    }

    /** @param list<Recording> $heard */
    private static function start(
        Bridge $bridge,
        #[\SensitiveParameter] string $request,
        #[\SensitiveParameter] array $heard,
    ): self {
        $parts = \array_map(static fn (Recording $one): array => $one->parts(), $heard);
        $error = Library::bytes();
        $recordings = Library::pointer('recordings_new');
        $handed = false;
        try {
            foreach ($parts as [$source, $data]) {
                $told = [$source, \strlen($source), $data, \strlen($data), FFI::addr($error)];
                if (Library::call('recordings_add', $recordings, ...$told) !== true) {
                    throw Bridge::failure($error);
                }
            }
            $handed = true;
            $call = Library::pointer('start', $bridge->registry, $request, \strlen($request), $recordings, null, 0);
        } finally {
            if (!$handed) {
                Library::call('recordings_free', $recordings);
            }
        }
        return $call === null ? throw self::lost() : new self($call);
    }

    /**
     * @param (callable(Progress): mixed)|null $progress
     * @return array{mixed, string}
     */
    private function wait(Clock $clock, ?callable $progress, bool $held): array
    {
        $stopped = false;
        while (true) {
            Signals::handle($held);
            if (!$stopped && $clock->isCancelled()) {
                $stopped = true;
                Library::call('cancel', $this->call);
            }
            $news = Library::call('next', $this->call, self::SLICE, FFI::addr($this->json), FFI::addr($this->sound));
            if ($news === self::RESULT) {
                return [Wire::decode(Library::take($this->json)), Library::take($this->sound)];
            }
            if ($news === self::ERROR) {
                throw Bridge::failure($this->json);
            }
            if ($news === self::PROGRESS && $progress !== null) {
                $told = Progress::read(Wire::of(Wire::decode(Library::take($this->json))));
                Signals::release($held);
                $progress($told);
                Signals::hold();
            }
            if ($news === self::OVER) {
                throw self::lost();
            }
            if (self::process() !== $this->process) {
                throw new \LogicException('this call belongs to the parent process; start another one after the fork');
            }
        }
    }

    /** The number of this process, also where `disable_functions` has the function for it. */
    private static function process(): int
    {
        return \function_exists('getmypid') ? (int) \getmypid() : (int) @\readlink('/proc/self');
    }

    private static function lost(): InternalException
    {
        return new InternalException('the library returned no result for a call', errorCode: 'internal');
    }

    private function free(): void
    {
        if (self::process() === $this->process && !$this->freed) {
            $this->freed = true;
            Library::call('call_free', $this->call);
        }
        Library::free($this->json);
        Library::free($this->sound);
        unset(self::$open[\spl_object_id($this)]);
    }
}

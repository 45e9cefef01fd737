<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Clock;
use Voiceroll\Internal\Stream;
use Voiceroll\Internal\Wire;

/**
 * A recording, where the path of a file or an open stream alone do not say enough.
 *
 * `$encoding` is what the sender says it is: one of Mpeg, Mp4, Wav, Webm, Webp, Aac, Avi, Ogg. The bytes decide; where
 * they contradict, the inspection has a problem that says so. `$track` chooses the audio track of a file that has
 * several, counted from 1; by default the first one with speech is used.
 */
final readonly class Recording
{
    /** Samples that are packed at a time. */
    private const PIECE = 65_536;

    /** @param array<string, int|string|null> $source */
    private function __construct(private array $source, #[\SensitiveParameter] private string $data)
    {
    }

    /**
     * A file. It is read when the call begins, and then by the library: stream wrappers do not apply, nor does
     * `open_basedir`.
     */
    public static function path(
        #[\SensitiveParameter] string|\SplFileInfo $path,
        ?string $encoding = null,
        ?int $track = null,
    ): self {
        if ($path instanceof \SplTempFileObject) {
            throw new \TypeError('an SplTempFileObject has no path; pass its contents with Recording::bytes(…)');
        }
        $name = \is_string($path) ? $path : $path->getPathname();
        if (\str_contains($name, "\0")) {
            throw new \ValueError('this is not a path; pass bytes with Recording::bytes(…)');
        }
        return new self(['source' => 'path', 'encoding' => $encoding, 'track' => $track], $name);
    }

    /** What stands in a file. */
    public static function bytes(#[\SensitiveParameter] string $data, ?string $encoding = null, ?int $track = null): self
    {
        return new self(['source' => 'bytes', 'encoding' => $encoding, 'track' => $track], $data);
    }

    /**
     * An open stream, which is read here and now, from where it stands to its end, however far that is: `$maxBytes`
     * and `$timeout` bound the reading of a stream only where a call is given that stream itself.
     *
     * @param resource $stream
     */
    public static function stream(mixed $stream, ?string $encoding = null, ?int $track = null): self
    {
        return self::bytes(Stream::read($stream, new Clock()), $encoding, $track);
    }

    /**
     * Samples as they are, such as those of a microphone.
     *
     * @param list<int|float>|string $samples Numbers, or their bytes, the lowest of each first. Those of several
     *     channels are interleaved. Floats are from -1 to 1, and so are integers, unless the format is 16-bit:
     *     `format: SampleFormat::I16`.
     * @param int $rate Samples a second, in Hz.
     * @param int $channels How many channels, 1 to 16.
     */
    public static function samples(
        #[\SensitiveParameter] array|string $samples,
        int $rate,
        int $channels = 1,
        SampleFormat $format = SampleFormat::F32,
    ): self {
        if ($rate < 1 || $channels < 1) {
            throw new \ValueError("the sample rate and the channels must be positive, not $rate and $channels");
        }
        $source = ['source' => 'samples', 'format' => $format->value, 'channels' => $channels, 'sample_rate' => $rate];
        return new self($source, \is_string($samples) ? $samples : self::packed($samples, $format));
    }

    /** @internal What a call was given, as a recording; an open stream is read in its time. */
    public static function of(#[\SensitiveParameter] mixed $source, Clock $clock, ?int $maxBytes): self
    {
        return match (true) {
            $source instanceof self => $source,
            \is_string($source), $source instanceof \SplFileInfo => self::path($source),
            \is_resource($source) => self::bytes(Stream::read($source, $clock, $maxBytes ?? \PHP_INT_MAX)),
            default => throw new \TypeError('a recording must be the path of a file, an SplFileInfo, an open stream,'
                . ' or the result of Recording::bytes or Recording::samples, not ' . \get_debug_type($source)),
        };
    }

    /**
     * @internal As the library takes it: what it is, and its bytes.
     * @return array{string, string}
     */
    public function parts(): array
    {
        return [Wire::encode($this->source), $this->data];
    }

    /** @return array{source: mixed} */
    public function __debugInfo(): array
    {
        return ['source' => $this->source['source']];
    }

    /** @param array<mixed> $samples */
    private static function packed(#[\SensitiveParameter] array $samples, SampleFormat $format): string
    {
        $code = match ($format) {
            SampleFormat::I16 => 'v*',
            SampleFormat::F32 => 'g*',
            SampleFormat::F64 => 'e*',
        };
        $packed = '';
        foreach (\array_chunk($samples, self::PIECE) as $piece) {
            foreach ($piece as $sample) {
                if (!\is_int($sample) && ($format === SampleFormat::I16 || !\is_float($sample))) {
                    throw new \TypeError("samples of {$format->value} must not be " . \get_debug_type($sample));
                }
                if ($format === SampleFormat::I16 && ($sample < -32_768 || $sample > 32_767)) {
                    throw new \ValueError('samples of i16 must be from -32768 to 32767');
                }
                if ($format !== SampleFormat::I16 && \is_int($sample) && \abs($sample) > 1) {
                    throw new \ValueError("samples of {$format->value} must be from -1 to 1; pass 16-bit integers"
                        . ' with format: SampleFormat::I16');
                }
            }
            $packed .= \pack($code, ...$piece);
        }
        return $packed;
    }
}

<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll\Internal;

use Voiceroll\IoException;

/**
 * Reads an open stream to its end.
 *
 * @internal
 */
final class Stream
{
    private const PIECE = 1 << 20;
    /** Microseconds after which a stream that had nothing is asked again. */
    private const PAUSE = 5000;
    /** Streams that may stand still, and can be waited for with a limit. */
    private const WAITABLE = '/^(STDIO|generic_socket|(tcp|udp|unix|udg)_socket.*)$/';

    /** What stands in it; where that is more than `$most` bytes, one byte more than these. */
    public static function read(mixed $stream, Clock $clock, int $most = \PHP_INT_MAX): string
    {
        if (!\is_resource($stream) || \get_resource_type($stream) !== 'stream') {
            throw new \TypeError('a stream must be a resource opened by `fopen`, not ' . \get_debug_type($stream));
        }
        $told = \stream_get_meta_data($stream);
        if (\preg_match('/[r+]/', $told['mode']) !== 1) {
            throw new \ValueError("the stream is not open for reading; open it with mode 'rb'");
        }
        if (\preg_match(self::WAITABLE, $told['stream_type']) !== 1) {
            return self::pieces($stream, $clock, $most, false);
        }
        // Or a piece is waited for until all of it is there, as with what is encrypted.
        $changed = $told['blocked'] && \stream_set_blocking($stream, false);
        try {
            return self::pieces($stream, $clock, $most, true);
        } finally {
            if ($changed) {
                \stream_set_blocking($stream, true);
            }
        }
    }

    /** @param resource $stream */
    private static function pieces(mixed $stream, Clock $clock, int $most, bool $waitable): string
    {
        $data = '';
        while (\strlen($data) <= $most) {
            $clock->assertNotCancelled();
            $clock->assertNotOver();
            // `fread` waits for more than PHP has of it, if more is asked for.
            $buffered = \stream_get_meta_data($stream)['unread_bytes'];
            if ($waitable && $buffered === 0 && self::standsStill($stream)) {
                continue;
            }
            $wanted = \min($buffered ?: self::PIECE, \min(self::PIECE, $most - \strlen($data)) + 1);
            $piece = @\fread($stream, $wanted);
            if ($piece === false) {
                throw new IoException('the stream could not be read; check its source', errorCode: 'io_failed');
            }
            if ($piece === '' && \feof($stream)) {
                break;
            }
            if ($piece === '') {
                \usleep(self::PAUSE);
            }
            $data .= $piece;
        }
        return $data;
    }

    /**
     * Waits a while for something to read.
     *
     * @param resource $stream
     */
    private static function standsStill(mixed $stream): bool
    {
        [$ready, $none] = [[$stream], null];
        try {
            return @\stream_select($ready, $none, $none, 0, Call::SLICE * 1000) === 0;
        } catch (\ValueError) {
            // A stream with a filter, such as those of `http://`, is asked instead, and does not block.
            return false;
        }
    }
}

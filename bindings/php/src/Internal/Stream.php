<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll\Internal;

/**
 * Reads an open stream to its end.
 *
 * @internal
 */
final class Stream
{
    private const PIECE = 1 << 20;
    /** Streams that may stand still, and can be waited for with a limit. */
    private const WAITABLE = '/^(STDIO|generic_socket|(tcp|udp|unix|udg)_socket.*)$/';

    public static function read(mixed $stream, Clock $clock): string
    {
        if (!\is_resource($stream) || \get_resource_type($stream) !== 'stream') {
            throw new \TypeError('a stream is a resource as `fopen` opens it, not ' . \get_debug_type($stream));
        }
        $told = \stream_get_meta_data($stream);
        if (\preg_match('/[r+]/', $told['mode']) !== 1) {
            throw new \ValueError("the stream is not open for reading; open it with mode 'rb'");
        }
        $waitable = \preg_match(self::WAITABLE, $told['stream_type']) === 1;
        $data = '';
        while (!\feof($stream)) {
            [$ready, $none] = [[$stream], null];
            $found = $waitable ? @\stream_select($ready, $none, $none, 0, Call::SLICE * 1000) : 1;
            $clock->assertNotCancelled();
            $clock->assertNotOver();
            if ($found === 0) {
                continue;
            }
            $data .= (string) \fread($stream, self::PIECE);
        }
        return $data;
    }
}

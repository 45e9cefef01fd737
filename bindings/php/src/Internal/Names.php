<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll\Internal;

/**
 * Names of arguments, which PHP spells otherwise than the library.
 *
 * @internal
 */
final class Names
{
    private const ALL = '/(?<=`)(attempts_per_hour|client_id|client_secret|content_uri|decisions_only'
        . '|false_accept_rate|forget_old|key_command|key_file|key_folder|key_variable|max_bytes|max_recording'
        . '|max_seconds|per_channel|per_page|plain_http|read_only|request_timeout|require_consent|speaker_ids?'
        . '|text_sha256)(?=`)/';

    /** A sentence of the library in the names of PHP. */
    public static function in(string $sentence): string
    {
        $names = static fn (array $found): string => self::of($found[0]);
        return (string) \preg_replace_callback(self::ALL, $names, $sentence);
    }

    public static function of(string $name): string
    {
        return $name === 'job' ? 'jobId' : \lcfirst(\str_replace('_', '', \ucwords($name, '_')));
    }
}

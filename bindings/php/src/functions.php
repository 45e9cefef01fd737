<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Bridge;
use Voiceroll\Internal\Call;
use Voiceroll\Internal\Clock;
use Voiceroll\Internal\Library;
use Voiceroll\Internal\Wire;

/**
 * Measures a recording and says whether it would be enrolled, without a registry. The options are those of `Registry`.
 *
 * @param string|\SplFileInfo|resource|Recording $recording
 * @param float|null $maxSeconds The longest recording to decode, in seconds. Default: two hours.
 * @param int|null $maxBytes The largest file to read, in bytes. Default: 2 GiB.
 * @param (callable(Progress): mixed)|null $progress
 * @throws UnreadableException Where it cannot be read at all; faults such as noise are in `problems`.
 * @throws LimitException
 */
function inspect(
    #[\SensitiveParameter] mixed $recording,
    ?float $maxSeconds = null,
    ?int $maxBytes = null,
    ?float $timeout = null,
    ?CancelToken $cancel = null,
    ?callable $progress = null,
): Inspection {
    $args = ['max_seconds' => $maxSeconds, 'max_bytes' => $maxBytes];
    $clock = new Clock($timeout, $cancel);
    return Inspection::read(Wire::of(Call::run(Bridge::free(), 'inspect', $args, [$recording], $clock, $progress)[0]));
}

/**
 * Cuts the stretch with the most continuous speech, at most 30 s, out of a recording; see `inspect`.
 *
 * @param string|\SplFileInfo|resource|Recording $recording
 * @param (callable(Progress): mixed)|null $progress
 * @throws UnreadableException
 * @throws LimitException
 */
function prepare(
    #[\SensitiveParameter] mixed $recording,
    ?float $maxSeconds = null,
    ?int $maxBytes = null,
    ?float $timeout = null,
    ?CancelToken $cancel = null,
    ?callable $progress = null,
): Prepared {
    $args = ['max_seconds' => $maxSeconds, 'max_bytes' => $maxBytes];
    $clock = new Clock($timeout, $cancel);
    [$told, $wav] = Call::run(Bridge::free(), 'prepare', $args, [$recording], $clock, $progress);
    return Prepared::read(Wire::of($told), $wav);
}

/**
 * Puts a backup in the place of a store that nobody has open. Speakers who were deleted from the replaced store since the
 * backup are erased from the restored one. The other options are those of `Registry::open`.
 *
 * @param string $path The store file.
 * @param bool $replace Whether a store that exists is moved aside.
 * @throws StoreException Where the backup is damaged or the key is wrong.
 * @throws InvalidInputException Where a store exists and `$replace` is not set.
 */
function restore(
    #[\SensitiveParameter] string $backup,
    #[\SensitiveParameter] string $path,
    bool $replace = false,
    #[\SensitiveParameter] ?string $keyFolder = null,
    #[\SensitiveParameter] ?string $keyFile = null,
    ?string $keyVariable = null,
    #[\SensitiveParameter] ?string $keyCommand = null,
    #[\SensitiveParameter] ?string $audit = null,
    #[\SensitiveParameter] ?string $actor = null,
    ?float $timeout = null,
    ?CancelToken $cancel = null,
): Restored {
    $args = [
        'backup' => $backup,
        'path' => $path,
        'replace' => $replace,
        'key_folder' => $keyFolder,
        'key_file' => $keyFile,
        'key_variable' => $keyVariable,
        'key_command' => $keyCommand,
        'audit' => $audit,
        'actor' => $actor,
    ];
    return Restored::read(Wire::of(Call::run(Bridge::free(), 'restore', $args, [], new Clock($timeout, $cancel), null)[0]));
}

/** The version of the library. */
function version(): string
{
    return Library::version();
}

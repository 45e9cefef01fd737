<?php

// SPDX-License-Identifier: Apache-2.0
// What `worker.py` does, through the PHP package: a line in, a line of JSON out. VOICEROLL_VENDOR names the folder
// `vendor` of an installed package.

declare(strict_types=1);

use Voiceroll\Internal\Library;
use Voiceroll\Recording;

$vendor = getenv('VOICEROLL_VENDOR') ?: dirname(__DIR__, 2) . '/target/php/app/vendor';
require "$vendor/autoload.php";

const MEGABYTE = 1 << 20;

/** Megabytes that are held now. */
function memory(): float
{
    return (int) explode(' ', (string) file_get_contents('/proc/self/statm'))[1] * 4096 / 1e6;
}

/** Seconds that a call takes. */
function spent(Closure $call): float
{
    $start = hrtime(true);
    $call();
    return (hrtime(true) - $start) / 1e9;
}

/** Seconds of the best of three times so many rounds, for each round. */
function best(int $rounds, Closure $all): float
{
    return min(spent($all), spent($all), spent($all)) / $rounds;
}

function nothing(): float
{
    return best(1_000_000, static function (): void {
        for ($round = 0; $round < 1_000_000; $round++) {
            Library::call('abi');
        }
    });
}

function add(): float
{
    [$data, $source] = [str_repeat("\0", MEGABYTE), '{"source":"bytes"}'];
    return best(1000, static function () use ($data, $source): void {
        for ($round = 0; $round < 1000; $round++) {
            $list = Library::pointer('recordings_new');
            Library::call('recordings_add', $list, $source, strlen($source), $data, MEGABYTE, null);
            Library::call('recordings_free', $list);
        }
    });
}

$data = (string) file_get_contents($argv[1]);
while (($line = fgets(STDIN)) !== false) {
    $seconds = match (trim($line)) {
        'nothing' => nothing(),
        'add' => add(),
        'bytes' => spent(static fn () => Voiceroll\inspect(Recording::bytes($data))),
    };
    echo json_encode(['seconds' => $seconds, 'memory' => memory()]), "\n";
}

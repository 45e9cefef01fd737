<?php

// SPDX-License-Identifier: Apache-2.0
// Forks a thousand times while the library's threads are inside a store, and uses it in the children. Says how many of them
// worked, heard an error of the library, and hung. Arguments: the file autoload.php, a clip, and a store file.

declare(strict_types=1);

use Voiceroll\Internal\Bridge;
use Voiceroll\Internal\Library;
use Voiceroll\Registry;
use Voiceroll\VoicerollException;

[, $autoload, $clip, $where] = $argv;
require $autoload;

$registry = Registry::open($where);
$registry->enroll('parent', $clip);

// Calls as the package makes them, but for waiting: so they are under way while this process forks.
$bridge = Bridge::open([], $where);
$start = function (string $verb, array $args, ?string $path = null) use ($bridge) {
    $request = json_encode(['verb' => $verb, 'args' => (object) $args], JSON_THROW_ON_ERROR);
    $recordings = Library::pointer('recordings_new');
    if ($path !== null) {
        $error = Library::bytes();
        $source = '{"source":"path"}';
        $path = [$path, strlen($path), FFI::addr($error)];
        Library::call('recordings_add', $recordings, $source, strlen($source), ...$path);
    }
    return Library::pointer('start', $bridge->registry, $request, strlen($request), $recordings, null, 0);
};
$begun = function () use ($start, $clip): array {
    return [
        $start('get', ['speaker_id' => 'parent']),
        $start('list', ['partial' => true]),
        $start('enroll', ['speaker_id' => 'whirl', 'force' => true], $clip),
        $start('get', ['speaker_id' => 'whirl']),
        $start('delete', ['speaker_id' => 'whirl']),
    ];
};
$finish = function (array $calls): void {
    [$json, $sound] = [Library::bytes(), Library::bytes()];
    foreach ($calls as $call) {
        while (Library::call('next', $call, 50, FFI::addr($json), FFI::addr($sound)) < 2) {
            continue;
        }
        Library::take($json);
        Library::take($sound);
        Library::call('call_free', $call);
    }
};

$ends = ['worked' => 0, 'heard' => 0, 'hung' => 0];
$children = [];
$watch = function (int $most) use (&$children, &$ends): void {
    while (count($children) > $most) {
        foreach ($children as $child => $deadline) {
            if (pcntl_waitpid($child, $status, WNOHANG) !== 0) {
                $end = pcntl_wifexited($status) ? pcntl_wexitstatus($status) : -1;
                $ends[[0 => 'worked', 3 => 'heard'][$end] ?? throw new RuntimeException("a child ended with $end")]++;
            } elseif (microtime(true) > $deadline) {
                posix_kill($child, SIGKILL);
                pcntl_waitpid($child, $status);
                $ends['hung']++;
            } else {
                continue;
            }
            unset($children[$child]);
        }
        usleep(1000);
    }
};
for ($number = 0; $number < 1000; $number++) {
    $calls = $begun();
    usleep($number * 37 % 2000);
    $child = pcntl_fork();
    if ($child === 0) {
        $status = 0;
        try {
            $number % 2 === 0 ? $registry->get('parent') : $registry->list(partial: true);
        } catch (VoicerollException) {
            $status = 3;
        }
        exit($status);
    }
    $children[$child] = microtime(true) + 20;
    $finish($calls);
    $watch(15);
}
$watch(0);
echo "{$ends['worked']} worked, {$ends['heard']} heard an error, {$ends['hung']} hung\n";

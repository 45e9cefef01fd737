<?php

// SPDX-License-Identifier: Apache-2.0
// What a server does that forks its workers: opens a registry, works with it, and uses it in all of them. Arguments: the
// file autoload.php, a clip, and a store file, or a server's address and what to log in with.

declare(strict_types=1);

use Voiceroll\Registry;

[, $autoload, $clip, $where] = $argv;
require $autoload;

$credentials = array_slice($argv, 4);
$registry = $credentials === [] ? Registry::open($where) : Registry::connect($where, ...$credentials);
$registry->enroll('parent', $clip);

$workers = [];
for ($number = 0; $number < 3; $number++) {
    $worker = pcntl_fork();
    if ($worker === 0) {
        pcntl_alarm(60);
        $registry->enroll("worker_$number", $clip, force: true);
        exit($registry->get('parent')->complete ? 0 : 1);
    }
    $workers[] = $worker;
}
foreach ($workers as $worker) {
    pcntl_waitpid($worker, $status);
    echo pcntl_wifexited($status) ? pcntl_wexitstatus($status) : 'killed', ' ';
}
echo iterator_count($registry->iterate()), " enrolled\n";
foreach (['parent', 'worker_0', 'worker_1', 'worker_2'] as $name) {
    $registry->delete($name);
}
$registry->close();

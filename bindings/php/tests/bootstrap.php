<?php

// SPDX-License-Identifier: Apache-2.0
// The tests use an installed package: `../check` makes one, or VOICEROLL_VENDOR names the folder `vendor` of another.

declare(strict_types=1);

namespace Voiceroll\Tests;

\define('Voiceroll\Tests\PACKAGE', \dirname(__DIR__));
\define('Voiceroll\Tests\ROOT', \dirname(__DIR__, 3));
\define('Voiceroll\Tests\VENDOR', \getenv('VOICEROLL_VENDOR') ?: \dirname(__DIR__, 3) . '/target/php/app/vendor');

require VENDOR . '/autoload.php';
require __DIR__ . '/BrokenStream.php';
require __DIR__ . '/Program.php';
require __DIR__ . '/Matching.php';
require __DIR__ . '/VoicerollTestCase.php';

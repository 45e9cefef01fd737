<?php

// SPDX-License-Identifier: Apache-2.0

require 'vendor/autoload.php';

$registry = Voiceroll\Registry::open('voices.db');
$enrollment = $registry->enroll('ada', ['tests/audio/ada-1.mp3', 'tests/audio/ada-2.m4a']);
echo "{$enrollment->quality->value} $enrollment->speechSeconds\n";

$found = $registry->verify('ada', 'tests/audio/ada-3.webm');
echo "{$found->decision->value} $found->confidence\n";

<?php

// SPDX-License-Identifier: Apache-2.0
// Enrolls somebody under an extension id: reads the enrollment, and creates or updates it.
//
//     php create_or_update.php 59586 monday.mp3
//
// With VOICEROLL_SERVER and its credentials in the environment the roll is kept on that server, otherwise in voices.db.

declare(strict_types=1);

use Voiceroll\Enrollment;
use Voiceroll\NotFoundException;
use Voiceroll\Registry;
use Voiceroll\VoicerollException;

require 'vendor/autoload.php';

function readEnrollment(Registry $registry, string $speakerId): ?Enrollment
{
    try {
        return $registry->get($speakerId);
    } catch (NotFoundException) {
        return null;
    }
}

function createOrUpdate(Registry $registry, string $speakerId, string $recording): Enrollment
{
    $found = readEnrollment($registry, $speakerId);
    if ($found === null) {
        echo "$speakerId is new\n";
        return $registry->create($speakerId, $recording);
    }
    printf("%s is enrolled with %.1f s of speech\n", $speakerId, $found->speechSeconds);
    return $registry->update($speakerId, $recording);
}

if ($argc !== 3) {
    fwrite(STDERR, "usage: create_or_update.php ID FILE\n");
    exit(2);
}
[, $speakerId, $recording] = $argv;
try {
    $registry = getenv('VOICEROLL_SERVER') ? Registry::connect() : Registry::open('voices.db');
    $enrollment = createOrUpdate($registry, $speakerId, $recording);
    echo json_encode($enrollment, JSON_PRETTY_PRINT), "\n";
    if (!$enrollment->complete) {
        printf("%.1f s of speech are still missing\n", $enrollment->missingSeconds);
    }
    $registry->close();
} catch (VoicerollException $error) {
    fwrite(STDERR, "$speakerId could not be enrolled: {$error->getMessage()}\n");
    exit(1);
}

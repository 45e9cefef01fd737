<?php

// SPDX-License-Identifier: Apache-2.0
// Enrolls uploaded recordings.
//
//     php -d ffi.enable=true -S localhost:8000 upload.php
//     curl -F id=ada -F recording=@monday.mp3 localhost:8000

declare(strict_types=1);

use Voiceroll\InvalidInputException;
use Voiceroll\LimitException;
use Voiceroll\RefusedException;
use Voiceroll\Registry;
use Voiceroll\TimedOutException;
use Voiceroll\UnreadableException;
use Voiceroll\VoicerollException;

require 'vendor/autoload.php';

function answer(int $status, mixed $body): never
{
    http_response_code($status);
    header('Content-Type: application/json');
    echo json_encode($body, JSON_THROW_ON_ERROR);
    exit;
}

$id = $_POST['id'] ?? null;
$upload = $_FILES['recording'] ?? null;
[$file, $fault] = [$upload['tmp_name'] ?? null, $upload['error'] ?? null];
if (!is_string($id) || !is_string($file) || $fault !== UPLOAD_ERR_OK) {
    answer(400, ['message' => 'post an `id` and a file `recording`']);
}
try {
    $registry = Registry::open(__DIR__ . '/voices.db', maxSeconds: 600, maxBytes: 32 << 20);
    answer(200, $registry->enroll($id, $file, timeout: 60));
} catch (VoicerollException $error) {
    $status = match (true) {
        $error instanceof InvalidInputException, $error instanceof UnreadableException => 400,
        $error instanceof LimitException => 413,
        $error instanceof RefusedException => 422,
        $error instanceof TimedOutException => 503,
        default => 500,
    };
    answer($status, [
        'code' => $error->errorCode,
        'message' => $error->getMessage(),
        'retryable' => $error->retryable,
        'problems' => $error->problems,
    ]);
}

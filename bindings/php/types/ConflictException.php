<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

/** The speaker id is already enrolled. */
final class ConflictException extends VoicerollException
{
    protected const KIND = 'Conflict';
}

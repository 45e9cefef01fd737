<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py.

declare(strict_types=1);

namespace Voiceroll;

/** The recording cannot be read at all: wrong format, no sound in it, damaged. */
final class UnreadableException extends VoicerollException
{
    protected const KIND = 'Unreadable';
}

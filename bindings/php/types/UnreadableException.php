<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

/** The recording cannot be read: unsupported format, no audio, or damaged. */
final class UnreadableException extends VoicerollException
{
    protected const KIND = 'Unreadable';
}

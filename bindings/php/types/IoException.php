<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

/** A file could not be read or written. */
final class IoException extends VoicerollException
{
    protected const KIND = 'Io';
}

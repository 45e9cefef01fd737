<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

/** The server does not support this, or is not a compatible server. */
final class UnsupportedException extends VoicerollException
{
    protected const KIND = 'Unsupported';
}

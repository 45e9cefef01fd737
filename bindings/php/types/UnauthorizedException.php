<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

/** The server rejected the credentials. */
final class UnauthorizedException extends VoicerollException
{
    protected const KIND = 'Unauthorized';
}

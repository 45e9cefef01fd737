<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

/** The server cannot be reached, is busy or failed; try again later. */
final class UnavailableException extends VoicerollException
{
    protected const KIND = 'Unavailable';
}

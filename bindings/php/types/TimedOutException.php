<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

/** The call exceeded its timeout. */
final class TimedOutException extends VoicerollException
{
    protected const KIND = 'Timeout';
}

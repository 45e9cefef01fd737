<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

/** The recording is readable but not fit for enrollment; `problems` says why. */
final class RefusedException extends VoicerollException
{
    protected const KIND = 'Refused';
}

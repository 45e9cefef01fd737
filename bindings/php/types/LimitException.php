<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

/** A configured limit was exceeded, such as the duration of a recording. */
final class LimitException extends VoicerollException
{
    protected const KIND = 'Limit';
}

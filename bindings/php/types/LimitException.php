<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py.

declare(strict_types=1);

namespace Voiceroll;

/** A configured limit was passed, such as the longest recording to decode. */
final class LimitException extends VoicerollException
{
    protected const KIND = 'Limit';
}

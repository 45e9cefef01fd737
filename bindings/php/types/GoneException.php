<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

/** The speaker id was enrolled once and has been deleted, or has expired. */
final class GoneException extends VoicerollException
{
    protected const KIND = 'Gone';
}

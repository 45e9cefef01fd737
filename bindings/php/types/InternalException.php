<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

/** A defect in Voiceroll itself. */
final class InternalException extends VoicerollException
{
    protected const KIND = 'Internal';
}

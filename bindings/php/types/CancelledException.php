<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

/** The caller cancelled the call. */
final class CancelledException extends VoicerollException
{
    protected const KIND = 'Cancelled';
}

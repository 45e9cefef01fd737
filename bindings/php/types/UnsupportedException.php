<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py.

declare(strict_types=1);

namespace Voiceroll;

/** The server does not do this, or does not speak the contract. */
final class UnsupportedException extends VoicerollException
{
    protected const KIND = 'Unsupported';
}

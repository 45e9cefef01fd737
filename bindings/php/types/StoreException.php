<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

/** The store could not be read or written. */
final class StoreException extends VoicerollException
{
    protected const KIND = 'Store';
}

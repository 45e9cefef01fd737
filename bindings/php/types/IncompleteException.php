<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

/** The enrollment lacks speech to recognise anybody by, or a consent. */
final class IncompleteException extends VoicerollException
{
    protected const KIND = 'Incomplete';
}

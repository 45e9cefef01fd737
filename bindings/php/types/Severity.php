<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

/** The severity of a `Problem`, most severe first. There will be no other variants. */
enum Severity: string
{
    /** The recording is not enrolled. */
    case Refuse = 'refuse';
    /** It is enrolled, but decisions will be less reliable. */
    case Warn = 'warn';
    /** Good to know. */
    case Note = 'note';
}

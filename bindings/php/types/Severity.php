<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py.

declare(strict_types=1);

namespace Voiceroll;

/** How bad a `Problem` is, in the order from worst to mildest. These three are all there will be. */
enum Severity: string
{
    /** The recording is not enrolled. */
    case Refuse = 'refuse';
    /** It is enrolled, but decisions will be less reliable. */
    case Warn = 'warn';
    /** Good to know. */
    case Note = 'note';
}

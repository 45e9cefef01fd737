<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

/** The outcome of a verification. There will be no other variants. */
enum Decision: string
{
    /** The same person, at the requested false-accept rate. */
    case Match = 'match';
    /** The evidence is not sufficient: ask for more speech, or for other evidence. */
    case Undecided = 'undecided';
    /** Another person. */
    case NoMatch = 'no_match';
    /** Too little speech to compare. */
    case TooLittleSpeech = 'too_little_speech';
}

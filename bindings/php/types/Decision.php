<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py.

declare(strict_types=1);

namespace Voiceroll;

/** What a comparison of two voices comes to. These four are all there will be. */
enum Decision: string
{
    /** The same person, at the false-accept rate that was asked for. */
    case Match = 'match';
    /** The voices neither agree nor differ enough: ask for more speech, or for other proof. */
    case Undecided = 'undecided';
    /** Another person. */
    case NoMatch = 'no_match';
    /** Too little speech to compare. */
    case TooLittleSpeech = 'too_little_speech';
}

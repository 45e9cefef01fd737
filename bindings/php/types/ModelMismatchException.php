<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

/** Voiceprints made by different models cannot be compared or mixed. */
final class ModelMismatchException extends VoicerollException
{
    protected const KIND = 'ModelMismatch';
}

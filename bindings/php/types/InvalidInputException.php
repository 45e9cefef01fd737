<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

/** An argument is invalid, such as a speaker id with a space in it. */
final class InvalidInputException extends VoicerollException
{
    protected const KIND = 'InvalidInput';
}

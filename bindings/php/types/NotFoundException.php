<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py.

declare(strict_types=1);

namespace Voiceroll;

/** The speaker id, or the sample, is not enrolled; or there is no such job. */
final class NotFoundException extends VoicerollException
{
    protected const KIND = 'NotFound';
}

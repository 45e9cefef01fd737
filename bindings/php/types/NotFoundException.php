<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

/** There is no such speaker, recording or job. */
final class NotFoundException extends VoicerollException
{
    protected const KIND = 'NotFound';
}

<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll;

/** What one sample of a recording is. */
enum SampleFormat: string
{
    /** An integer of 16 bits. */
    case I16 = 'i16';
    /** A float of 32 bits, -1 to 1. */
    case F32 = 'f32';
    /** A float of 64 bits, -1 to 1. */
    case F64 = 'f64';
}

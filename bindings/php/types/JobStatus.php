<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

/** The status of a job. There will be no other variants, as in RingCentral's API. */
enum JobStatus: string
{
    /** It is waiting or running. */
    case InProgress = 'InProgress';
    /** It succeeded. */
    case Success = 'Success';
    /** It failed. */
    case Fail = 'Fail';
}

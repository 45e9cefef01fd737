<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py.

declare(strict_types=1);

namespace Voiceroll;

/** Whether a job is done. These three are all there will be, as in the old contract. */
enum JobStatus: string
{
    /** It waits or runs. */
    case InProgress = 'InProgress';
    /** It was done. */
    case Success = 'Success';
    /** It could not be done. */
    case Fail = 'Fail';
}

<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** The result of a job. */
final readonly class JobResult extends Result
{
    /** @internal Calls return these. */
    public function __construct(
        /** The number of speakers, if requested. */
        public ?int $speakers,
        /**
         * Who speaks when, sorted by start. Unknown speakers are `speaker_1`, `speaker_2` and so on, or have no id
         * if only enrolled speakers were requested.
         * @var list<Segment>
         */
        public array $segments,
        /** The transcript, if requested. */
        public ?Transcript $transcript,
    ) {
    }

    /** @internal */
    public static function read(Wire $told): self
    {
        return new self(
            speakers: $told->intOrNull('speakers'),
            segments: $told->list('segments', Segment::read(...)),
            transcript: $told->oneOrNull('transcript', Transcript::read(...)),
        );
    }
}

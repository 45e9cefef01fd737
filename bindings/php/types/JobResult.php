<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** What a job found. */
final readonly class JobResult extends Result
{
    /** @internal Calls return these. */
    public function __construct(
        /** How many people speak, where that was asked. */
        public ?int $speakers,
        /**
         * Who speaks when, in the order of the starts. Voices that are not known are `speaker_1`, `speaker_2` and so
         * on, or nobody where only enrolled ones were asked for.
         * @var list<Segment>
         */
        public array $segments,
        /** What is said, where that was asked. */
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

<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** Whether a recording is of an enrolled speaker. */
final readonly class Verification extends Result
{
    /** @internal Calls return these. */
    public function __construct(
        /** The speaker that the recording was compared with. */
        public string $speakerId,
        /** The decision. */
        public Decision $decision,
        /** Posterior probability of this speaker, 0 to 1, at a prior of 0.5; null if there is too little speech. */
        public ?float $confidence,
        /** Log-likelihood ratio of this speaker to another, natural logarithm; null if there is too little speech. */
        public ?float $llr,
        /** The `llr` from which the decision is a match, at the requested false-accept rate. */
        public float $matchLlr,
        /** The `llr` below which the decision is no match. */
        public float $noMatchLlr,
        /** Cosine of the two voiceprints, -1 to 1; null if there is too little speech. */
        public ?float $score,
        /** Seconds of speech in the recording. */
        public float $speechSeconds,
        /**
         * The problems of the recording, the most severe first.
         * @var list<Problem>
         */
        public array $problems,
    ) {
    }

    /** @internal */
    public static function read(Wire $told): self
    {
        return new self(
            speakerId: $told->string('speaker_id'),
            decision: $told->word('decision', Decision::class),
            confidence: $told->floatOrNull('confidence'),
            llr: $told->floatOrNull('llr'),
            matchLlr: $told->float('match_llr'),
            noMatchLlr: $told->float('no_match_llr'),
            score: $told->floatOrNull('score'),
            speechSeconds: $told->float('speech_seconds'),
            problems: $told->list('problems', Problem::read(...)),
        );
    }
}

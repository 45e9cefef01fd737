<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** The transcript of a recording. Its `Debug` form omits the words. */
final readonly class Transcript extends Result
{
    protected const HIDDEN = ['text', 'words', 'utterances'];

    /** @internal Calls return these. */
    public function __construct(
        /** The full text. */
        public string $text,
        /** Confidence in the speakers, 0 to 1. */
        public float $confidence,
        /**
         * The words.
         * @var list<Word>
         */
        public array $words,
        /**
         * The text by speaker; empty if no speakers were requested.
         * @var list<Utterance>
         */
        public array $utterances,
    ) {
    }

    /** @internal */
    public static function read(Wire $told): self
    {
        return new self(
            text: $told->string('text'),
            confidence: $told->float('confidence'),
            words: $told->list('words', Word::read(...)),
            utterances: $told->list('utterances', Utterance::read(...)),
        );
    }
}

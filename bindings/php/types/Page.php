<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** One page of enrollments, in the order of their ids. */
final readonly class Page extends Result
{
    /** @internal Calls return these. */
    public function __construct(
        /**
         * The enrollments; empty behind the last page.
         * @var list<Enrollment>
         */
        public array $records,
        /** Which page this is, from 1. */
        public int $page,
        /** How many enrollments a page has. */
        public int $perPage,
        /** How many pages there are. */
        public int $totalPages,
        /** How many enrollments there are on all pages. */
        public int $total,
        /**
         * After whom the next page begins: to be given back as `after`. None on the last page, and from a server
         * that knows its pages by number alone.
         */
        public ?string $nextAfter,
    ) {
    }

    /** @internal */
    public static function read(Wire $told): self
    {
        return new self(
            records: $told->list('records', Enrollment::read(...)),
            page: $told->int('page'),
            perPage: $told->int('per_page'),
            totalPages: $told->int('total_pages'),
            total: $told->int('total'),
            nextAfter: $told->stringOrNull('next_after'),
        );
    }
}

<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Wire;

/** One page of enrollments, sorted by id. */
final readonly class Page extends Result
{
    /** @internal Calls return these. */
    public function __construct(
        /**
         * The enrollments; empty after the last page.
         * @var list<Enrollment>
         */
        public array $records,
        /** The number of this page, from 1. */
        public int $page,
        /** The page size. */
        public int $perPage,
        /** The number of pages. */
        public int $totalPages,
        /** The number of enrollments on all pages. */
        public int $total,
        /**
         * The id to pass as `after` for the next page. None on the last page, and from a server that supports only
         * page numbers.
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

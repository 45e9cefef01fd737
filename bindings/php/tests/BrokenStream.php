<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll\Tests;

/** A stream that gives the start of a recording, of its context, and then fails. */
final class BrokenStream
{
    /** @var resource */
    public $context;
    private string $left = '';

    public function stream_open(): bool // phpcs:ignore PSR1.Methods.CamelCapsMethodName
    {
        $this->left = \stream_context_get_options($this->context)['broken']['start'];
        return true;
    }

    public function stream_read(int $count): string|false // phpcs:ignore PSR1.Methods.CamelCapsMethodName
    {
        $read = \substr($this->left, 0, $count);
        $this->left = \substr($this->left, $count);
        return $read === '' ? false : $read;
    }

    public function stream_eof(): bool // phpcs:ignore PSR1.Methods.CamelCapsMethodName
    {
        return false;
    }
}

<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Bridge;
use Voiceroll\Internal\Call;
use Voiceroll\Internal\Clock;
use Voiceroll\Internal\Wire;

/**
 * Receives what servers post to the `webhook` of a `JobRequest`: hand each request to `take`, and answer 200.
 *
 * What is taken in one process is not waited for in another: under a web server, use the job that `take` returns.
 *
 * @phpstan-import-type Watch from Registry
 */
final class Callbacks
{
    private readonly Bridge $bridge;

    /**
     * @param string|null $secret Takes only callbacks that are signed with it: the app's
     *     secret, of `voiceroll apps callback-secret`.
     */
    public function __construct(#[\SensitiveParameter] ?string $secret = null)
    {
        $this->bridge = Bridge::open(['callbacks' => true, 'secret' => $secret]);
    }

    /**
     * Takes in a request: its body, and its headers `Voiceroll-Timestamp` and `Voiceroll-Signature`, or null.
     *
     * @throws UnauthorizedException For a signature that is missing, wrong or over five minutes old: answer 401.
     * @throws UnsupportedException For a body that is not a job: answer 400.
     */
    public function take(
        #[\SensitiveParameter] string $body,
        ?string $timestamp = null,
        ?string $signature = null,
    ): Job {
        return Job::read(Wire::of($this->bridge->take($body, $timestamp, $signature)));
    }

    /**
     * Waits until the result of a job has come; bound that with `$timeout`, in seconds.
     *
     * @param Watch $progress
     * @throws TimedOutException
     * @throws VoicerollException Of the kind of what the job failed of.
     */
    public function wait(
        #[\SensitiveParameter] string $jobId,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): JobResult {
        $clock = new Clock($timeout, $cancel);
        return JobResult::read(Wire::of(Call::run($this->bridge, 'wait', ['job' => $jobId], [], $clock, $progress)[0]));
    }

    private function __clone()
    {
    }
}

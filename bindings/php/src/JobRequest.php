<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Ids;

/**
 * What a server is asked to do with a recording that it fetches itself; for `Registry::submit`.
 *
 * `print_r` and `var_dump` leave the addresses out: a token may stand in them.
 */
final readonly class JobRequest
{
    /** @param list<string> $speakerIds */
    private function __construct(
        private string $api,
        #[\SensitiveParameter] private string $contentUri,
        #[\SensitiveParameter] private array $speakerIds,
        private ?int $speakers,
        private bool $perChannel,
        private ?string $encoding,
        private ?string $language,
        #[\SensitiveParameter] private ?string $webhook,
    ) {
    }

    /**
     * Finds the segments in which these speakers speak. All need a complete enrollment.
     *
     * @param string $contentUri Where the server fetches the recording.
     * @param iterable<string|int> $speakerIds Who is looked for.
     * @param string|null $encoding One of Mpeg, Mp4, Wav, Webm, Webp, Aac, Avi, Ogg. Default: by the end of the address.
     * @param string|null $webhook Where the server posts the result; see `Callbacks`. Default: nowhere, it is asked for.
     */
    public static function identify(
        #[\SensitiveParameter] string $contentUri,
        #[\SensitiveParameter] iterable $speakerIds,
        ?string $encoding = null,
        #[\SensitiveParameter] ?string $webhook = null,
    ): self {
        return new self('identify', $contentUri, Ids::of($speakerIds), null, false, $encoding, null, $webhook);
    }

    /**
     * Finds out who speaks when in a recording; parameters as for `identify` and `Registry::diarize`.
     *
     * @param iterable<string|int> $speakerIds
     */
    public static function diarize(
        #[\SensitiveParameter] string $contentUri,
        iterable $speakerIds = [],
        ?int $speakers = null,
        bool $perChannel = false,
        ?string $encoding = null,
        #[\SensitiveParameter] ?string $webhook = null,
    ): self {
        $ids = Ids::of($speakerIds);
        return new self('diarize', $contentUri, $ids, $speakers, $perChannel, $encoding, null, $webhook);
    }

    /**
     * Transcribes a recording, with the speakers if `$speakerIds` or `$speakers` are given.
     *
     * @param string $language The language spoken.
     * @param iterable<string|int> $speakerIds
     */
    public static function transcribe(
        #[\SensitiveParameter] string $contentUri,
        string $language = 'en-US',
        iterable $speakerIds = [],
        ?int $speakers = null,
        bool $perChannel = false,
        ?string $encoding = null,
        #[\SensitiveParameter] ?string $webhook = null,
    ): self {
        $ids = Ids::of($speakerIds);
        return new self('transcribe', $contentUri, $ids, $speakers, $perChannel, $encoding, $language, $webhook);
    }

    /**
     * @internal As the library takes it.
     * @return array<string, mixed>
     */
    public function args(): array
    {
        return [
            'api' => $this->api,
            'content_uri' => $this->contentUri,
            'speaker_ids' => $this->speakerIds,
            'speakers' => $this->speakers,
            'per_channel' => $this->perChannel,
            'encoding' => $this->encoding,
            'language' => $this->language,
            'webhook' => $this->webhook,
        ];
    }

    /** @return array<string, mixed> */
    public function __debugInfo(): array
    {
        return \array_diff_key(\get_object_vars($this), ['contentUri' => 0, 'webhook' => 0]);
    }
}

<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll\Tests;

/** Under a web server, where PHP restricts FFI, and the examples. */
final class WebTest extends VoicerollTestCase
{
    protected function setUp(): void
    {
        parent::setUp();
        \symlink(VENDOR, "$this->folder/vendor");
        // For the user that preloads.
        \chmod($this->folder, 0755);
    }

    public function testUnderCgi(): void
    {
        \file_put_contents("$this->folder/page.php", <<<'PHP'
            <?php
            require 'vendor/autoload.php';
            try {
                echo Voiceroll\version(), ' ', Voiceroll\inspect($_GET['clip'], progress: fn () => null)->codec;
            } catch (Voiceroll\VoicerollException $error) {
                echo get_class($error), ': ', $error->getMessage();
            }
            PHP);
        $preload = VENDOR . '/voiceroll/voiceroll/preload.php';
        $answer = $this->cgi('-d', 'opcache.preload=');
        self::assertStringContainsString('Voiceroll\UnsupportedException: ', $answer);
        self::assertStringContainsString("set `opcache.preload` to \"$preload\"", $answer);
        self::assertStringContainsString('`ffi.enable` to "true"', $answer);

        $answer = $this->cgi('-d', 'opcache.preload=', '-d', 'ffi.enable=false');
        self::assertStringContainsString('FFI is switched off in PHP; in php.ini, set `ffi.enable` to "preload"', $answer);
        self::assertStringContainsString("`opcache.preload` to \"$preload\"", $answer);

        $found = '/^\d+\.\d+\.\d+ mp3$/m';
        self::assertMatchesRegularExpression($found, $this->cgi('-d', 'ffi.enable=true'));
        $user = \posix_geteuid() === 0 ? ['-d', 'opcache.preload_user=www-data'] : [];
        $preloaded = ['-d', 'opcache.enable=1', '-d', "opcache.preload=$preload", ...$user];
        self::assertMatchesRegularExpression($found, $this->cgi(...$preloaded));
    }

    /** What a page answers; PHP reads no settings but these. */
    private function cgi(string ...$settings): string
    {
        $env = [
            'GATEWAY_INTERFACE' => 'CGI/1.1', 'REDIRECT_STATUS' => '200', 'REQUEST_METHOD' => 'GET',
            'SCRIPT_FILENAME' => "$this->folder/page.php", 'QUERY_STRING' => 'clip=' . self::clip('ada-1.mp3'),
        ];
        [, $out, $err] = Program::run(['php-cgi', ...$settings], $this->folder, $env);
        self::assertSame('', $err);
        return $out;
    }

    public function testAnUpload(): void
    {
        \copy(PACKAGE . '/examples/upload.php', "$this->folder/upload.php");
        $free = \stream_socket_server('tcp://127.0.0.1:0');
        $address = \stream_socket_get_name($free, false);
        \fclose($free);
        $server = new Program([\PHP_BINARY, '-d', 'ffi.enable=true', '-S', $address, 'upload.php'], $this->folder);
        for ($time = 0; $time < 100 && !@\fsockopen("tcp://$address"); $time++) {
            \usleep(50_000);
        }
        [$status, $answer] = self::post($address, 'ada', 'ada-1.mp3');
        self::assertSame([200, true], [$status, $answer['complete']]);
        [$status, $answer] = self::post($address, 'ben', 'fault-silence.flac');
        self::assertSame([422, 'recording_refused'], [$status, $answer['code']]);
        self::assertSame('no_speech', $answer['problems'][0]['code']);
        self::assertSame(400, self::post($address, 'ada', 'not-text.mp3')[0]);
        self::assertSame(400, self::post($address, 'a-b', 'ada-1.mp3')[0]);
        self::assertSame(400, self::post($address, null, 'ada-1.mp3')[0]);
        $server->signal(\SIGTERM);
    }

    /** @return array{int, mixed} */
    private static function post(string $address, ?string $id, string $clip): array
    {
        $head = "Content-Disposition: form-data; name=";
        $parts = $id === null ? '' : "--border\r\n$head\"id\"\r\n\r\n$id\r\n";
        $parts .= "--border\r\n$head\"recording\"; filename=\"$clip\"\r\n\r\n" . self::data($clip) . "\r\n--border--\r\n";
        $http = ['method' => 'POST', 'header' => 'Content-Type: multipart/form-data; boundary=border', 'content' => $parts,
            'ignore_errors' => true];
        $answer = \file_get_contents("http://$address/", context: \stream_context_create(['http' => $http]));
        return [(int) \explode(' ', $http_response_header[0])[1], \json_decode((string) $answer, true)];
    }

    public function testTheReadme(): void
    {
        $program = (string) \file_get_contents(PACKAGE . '/examples/readme.php');
        \preg_match_all('/```php\n(.*?)```/s', (string) \file_get_contents(PACKAGE . '/README.md'), $blocks);
        self::assertSame(\explode("\n\n", $program, 3)[2], $blocks[1][0]);
        foreach ($blocks[1] as $number => $block) {
            \file_put_contents("$this->folder/$number.php", "<?php\n$block");
            self::assertSame(0, Program::run([\PHP_BINARY, '-l', "$this->folder/$number.php"])[0], $block);
        }
        \symlink(ROOT . '/tests', "$this->folder/tests");
        self::assertSame([0, (string) \file_get_contents(ROOT . '/tests/readme.txt'), ''], $this->example('readme.php'));
    }

    public function testCreateOrUpdate(): void
    {
        $names = ['SERVER', 'CLIENT_ID', 'CLIENT_SECRET', 'JWT'];
        $names = \array_map(static fn (string $name) => "VOICEROLL_$name", $names);
        foreach ([[], \array_combine($names, self::served())] as $env) {
            [$status, $out] = $this->example('create_or_update.php', ['59586', self::clip('ben-1.wav')], $env);
            self::assertSame(0, $status);
            self::assertMatchesRegularExpression('/\A59586 is new\n.* s of speech are still missing\n\z/s', $out);
            [, $out] = $this->example('create_or_update.php', ['59586', self::clip('ben-2.ogg')], $env);
            self::assertMatchesRegularExpression('/\A59586 is enrolled with [0-9.]+ s of.*"complete": true/s', $out);
        }
        self::connected()->delete('59586');
        [$status, , $err] = $this->example('create_or_update.php', ['59586', self::clip('fault-silence.flac')]);
        self::assertSame(1, $status);
        self::assertStringStartsWith('59586 could not be enrolled: ', $err);
    }

    /**
     * @param list<string> $args
     * @param array<string, string> $env
     * @return array{int, string, string}
     */
    private function example(string $name, array $args = [], array $env = []): array
    {
        return Program::run([\PHP_BINARY, PACKAGE . "/examples/$name", ...$args], $this->folder, $env);
    }
}

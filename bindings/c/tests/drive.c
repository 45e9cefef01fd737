/* SPDX-License-Identifier: Apache-2.0
 *
 * Does what `cases.py` says, one line at a time, so that the cases run in C: under valgrind and AddressSanitizer too.
 *
 *     open N          N bytes of settings follow          ->  "ok 0 0", or the error
 *     add N M         N bytes of source, M of data        ->  the same
 *     start N MS      N bytes of a request; cancelled after MS milliseconds, never if negative
 *                     ->  a line and bytes for each news: its number, the length of its JSON, that of its sound
 *     close           ->  "ok 0 0"
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "voiceroll.h"

static char *read_bytes(size_t length)
{
    /* Exactly so long, for the tools to see a step beyond. */
    char *bytes = malloc(length ? length : 1);
    if (!bytes || fread(bytes, 1, length, stdin) != length)
        exit(EXIT_FAILURE);
    return bytes;
}

static void answer(const char *word, VoicerollBytes *json, const VoicerollBytes *sound)
{
    size_t length = json ? json->length : 0;
    printf("%s %zu %zu\n", word, length, sound ? sound->length : 0);
    if (length)
        fwrite(json->data, 1, length, stdout);
    fflush(stdout);
    voiceroll_bytes_free(json);
}

static double now(void)
{
    struct timespec time;
    timespec_get(&time, TIME_UTC);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void finish(VoicerollCall *call, long cancel_after)
{
    double until = now() + (double)cancel_after;
    VoicerollNews news;
    if (cancel_after == 0)
        voiceroll_cancel(call);
    do {
        VoicerollBytes json, sound;
        char word[2] = {0, 0};
        news = voiceroll_next(call, 10, &json, &sound);
        word[0] = (char)('0' + (int)news);
        if (news != VOICEROLL_NEWS_NOTHING)
            answer(word, &json, &sound);
        voiceroll_bytes_free(&sound);
        if (cancel_after > 0 && now() >= until)
            voiceroll_cancel(call);
    } while (news == VOICEROLL_NEWS_NOTHING || news == VOICEROLL_NEWS_PROGRESS);
    voiceroll_call_free(call);
}

int main(void)
{
    VoicerollRegistry *registry = NULL;
    VoicerollRecordings *recordings = voiceroll_recordings_new();
    char line[80];

    while (fgets(line, sizeof line, stdin)) {
        size_t length = 0, more = 0;
        long cancel_after = -1;
        VoicerollBytes error;
        if (sscanf(line, "open %zu", &length) == 1) {
            char *settings = read_bytes(length);
            voiceroll_free(registry);
            registry = voiceroll_open(NULL, 0, settings, length, &error);
            free(settings);
            answer(registry ? "ok" : "error", registry ? NULL : &error, NULL);
        } else if (sscanf(line, "add %zu %zu", &length, &more) == 2) {
            char *source = read_bytes(length), *data = read_bytes(more);
            bool added = voiceroll_recordings_add(recordings, source, length, data, more, &error);
            free(source);
            free(data);
            if (!added) {
                voiceroll_recordings_free(recordings);
                recordings = voiceroll_recordings_new();
            }
            answer(added ? "ok" : "error", added ? NULL : &error, NULL);
        } else if (sscanf(line, "start %zu %ld", &length, &cancel_after) == 2) {
            char *request = read_bytes(length);
            VoicerollCall *call = voiceroll_start(registry, request, length, recordings, NULL, 0);
            free(request);
            recordings = voiceroll_recordings_new();
            finish(call, cancel_after);
        } else if (strncmp(line, "close", 5) == 0) {
            voiceroll_close(registry);
            voiceroll_free(registry);
            registry = NULL;
            answer("ok", NULL, NULL);
        } else {
            return EXIT_FAILURE;
        }
    }
    voiceroll_recordings_free(recordings);
    voiceroll_free(registry);
    return EXIT_SUCCESS;
}

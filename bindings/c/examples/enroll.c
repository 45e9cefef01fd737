/* SPDX-License-Identifier: Apache-2.0
 *
 * Enrolls a speaker and says whether another recording is of the same person.
 *
 *     cc -Wall -Wextra -pedantic -I bindings/c bindings/c/examples/enroll.c -L target/release -lvoiceroll_c -o enroll
 *     LD_LIBRARY_PATH=target/release ./enroll voices.db ada a.mp3 b.mp3 -- c.mp3
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "voiceroll.h"

/* Prints what the library said, and gives it back. */
static void say(const char *what, VoicerollBytes *said)
{
    printf("%s %.*s\n", what, (int)said->length, said->data ? said->data : "");
    voiceroll_bytes_free(said);
}

/* Waits for the end of a call, and frees it. True if it went well. */
static bool finish(VoicerollCall *call)
{
    VoicerollNews news;
    do {
        VoicerollBytes json;
        news = voiceroll_next(call, 1000, &json, NULL);
        if (news == VOICEROLL_NEWS_PROGRESS)
            say("progress", &json);
        else if (news == VOICEROLL_NEWS_RESULT)
            say("result", &json);
        else if (news == VOICEROLL_NEWS_ERROR)
            say("error", &json);
    } while (news == VOICEROLL_NEWS_NOTHING || news == VOICEROLL_NEWS_PROGRESS);
    voiceroll_call_free(call);
    return news == VOICEROLL_NEWS_RESULT;
}

/* Starts a verb for a speaker, with recordings in files. */
static VoicerollCall *start(const VoicerollRegistry *registry, const char *verb, const char *speaker, char **files,
                            int count)
{
    static const char source[] = "{\"source\": \"path\"}";
    VoicerollRecordings *recordings = voiceroll_recordings_new();
    char request[512];
    int number, length;

    for (number = 0; number < count; number++)
        if (!voiceroll_recordings_add(recordings, source, strlen(source), files[number], strlen(files[number]), NULL))
            fprintf(stderr, "%s: no name of a file\n", files[number]);
    /* An id is letters, digits and underscores; what is not, the library refuses. */
    length = snprintf(request, sizeof request, "{\"verb\": \"%s\", \"args\": {\"speaker_id\": \"%.128s\"}, \"progress\": true}",
                      verb, speaker);
    return voiceroll_start(registry, request, (size_t)length, recordings, NULL, 0);
}

int main(int count, char **words)
{
    VoicerollBytes error;
    VoicerollRegistry *registry;
    int last = count - 1;
    bool well;

    if (count < 6 || strcmp(words[last - 1], "--") != 0) {
        fprintf(stderr, "usage: %s STORE SPEAKER RECORDING... -- RECORDING\n", words[0]);
        return EXIT_FAILURE;
    }
    registry = voiceroll_open(words[1], strlen(words[1]), "{}", 2, &error);
    if (!registry) {
        say("error", &error);
        return EXIT_FAILURE;
    }
    well = finish(start(registry, "enroll", words[2], words + 3, last - 4)) &&
           finish(start(registry, "verify", words[2], words + last, 1));
    voiceroll_free(registry);
    return well ? EXIT_SUCCESS : EXIT_FAILURE;
}

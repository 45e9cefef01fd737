/* SPDX-License-Identifier: Apache-2.0
 *
 * Voiceroll for C, and for every language that can call C.
 *
 * Requests and replies are JSON, as `schema.json` has it; recordings are bytes. Texts are UTF-8, have a length, and need no
 * zero behind them. Any function may be called from any thread; what one frees, no other thread may be using. A child that
 * was forked may use all of it, but not the parent's calls. News is asked for: nothing here calls back.
 *
 * Made from src/lib.rs by `UPDATE=1 cargo test -p voiceroll-c`. */

#ifndef VOICEROLL_H
#define VOICEROLL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 The version of these functions and of what they take and give. It rises with whatever an old program would
 not understand.
 */
#define VOICEROLL_ABI 1

/*
 What `voiceroll_next` found.
 */
typedef enum VoicerollNews {
    /*
     Nothing new so far.
     */
    VOICEROLL_NEWS_NOTHING = 0,
    /*
     It has come further; the JSON says how far.
     */
    VOICEROLL_NEWS_PROGRESS = 1,
    /*
     It is done; the JSON is the result.
     */
    VOICEROLL_NEWS_RESULT = 2,
    /*
     It failed; the JSON is the error.
     */
    VOICEROLL_NEWS_ERROR = 3,
    /*
     The end was already reported.
     */
    VOICEROLL_NEWS_OVER = 4,
} VoicerollNews;

/*
 A call that is under way.
 */
typedef struct VoicerollCall VoicerollCall;

/*
 Says which calls have news, so that one thread can wait for many.
 */
typedef struct VoicerollQueue VoicerollQueue;

/*
 The recordings of a call, in their order.
 */
typedef struct VoicerollRecordings VoicerollRecordings;

/*
 A registry, or an inbox of callbacks.
 */
typedef struct VoicerollRegistry VoicerollRegistry;

/*
 Text or bytes of this library, to be given back with `voiceroll_bytes_free`. A function that fills one writes over
 what it held: give that back before.
 */
typedef struct VoicerollBytes {
    /*
     Where they are; null for none.
     */
    char *data;
    /*
     How many there are. No zero stands behind them.
     */
    size_t length;
    /*
     Of this library's business only.
     */
    size_t capacity;
} VoicerollBytes;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/*
 `VOICEROLL_ABI` as this library was built.
 */
uint32_t voiceroll_abi(void);

/*
 The version of this library, such as `0.1.0`: as text with a zero behind it, which is never freed.
 */
const char *voiceroll_version(void);

/*
 Gives bytes back, and forgets where they were. Doing it again, or with none, does nothing.

 # Safety
 `bytes` is null, or as one of these functions left it.
 */
void voiceroll_bytes_free(struct VoicerollBytes *bytes);

/*
 Looks for models in the folder `path`, too; a package says so of a folder that it brings. True if that was done;
 otherwise `error` holds the error's JSON.

 # Safety
 The path is null with the length 0, or readable for its length. `error` is null or may be written to.
 */
bool voiceroll_models_in(const char *path,
                         size_t path_length,
                         struct VoicerollBytes *error);

/*
 Opens a registry in the file `path`, or where `path` is null, as `settings` say: an object of JSON, as the
 schema has it under `settings`. Null if that fails; `error` then holds the error's JSON.

 # Safety
 Each text is null with the length 0, or readable for its length. `error` is null or may be written to.
 */
struct VoicerollRegistry *voiceroll_open(const char *path,
                                         size_t path_length,
                                         const char *settings,
                                         size_t settings_length,
                                         struct VoicerollBytes *error);

/*
 Gives up a registry. Calls that are under way go on; new ones fail.

 # Safety
 `registry` is null, or of `voiceroll_open` and not freed.
 */
void voiceroll_close(const struct VoicerollRegistry *registry);

/*
 Frees a registry. Calls that are under way go on.

 # Safety
 `registry` is null, or of `voiceroll_open` and not freed; no other function is using it.
 */
void voiceroll_free(struct VoicerollRegistry *registry);

/*
 Takes in a callback: the server's headers `voiceroll-timestamp` and `voiceroll-signature`, null where there are
 none, and the body. `VOICEROLL_NEWS_RESULT` if it is one; `reply` is then its job, as the schema has it under
 `callback`. `VOICEROLL_NEWS_ERROR` otherwise; `reply` is then the error.

 # Safety
 Each text is null with the length 0, or readable for its length. `reply` is null or may be written to. `registry`
 is null, or of `voiceroll_open` and not freed.
 */
enum VoicerollNews voiceroll_take_callback(const struct VoicerollRegistry *registry,
                                           const char *timestamp,
                                           size_t timestamp_length,
                                           const char *signature,
                                           size_t signature_length,
                                           const char *body,
                                           size_t body_length,
                                           struct VoicerollBytes *reply);

/*
 An empty list of recordings.
 */
struct VoicerollRecordings *voiceroll_recordings_new(void);

/*
 Adds a recording: `data` is copied, and is what `source` says, an object of JSON as the schema has it under
 `recording`. True if that was done; otherwise `error` holds the error's JSON.

 # Safety
 Each text is null with the length 0, or readable for its length. `error` is null or may be written to.
 `recordings` is null, or of `voiceroll_recordings_new`, neither freed nor started with; no other function is using
 it.
 */
bool voiceroll_recordings_add(struct VoicerollRecordings *recordings,
                              const char *source,
                              size_t source_length,
                              const char *data,
                              size_t data_length,
                              struct VoicerollBytes *error);

/*
 Frees recordings that no call was started with.

 # Safety
 `recordings` is null, or of `voiceroll_recordings_new`, neither freed nor started with; no other function is using
 it.
 */
void voiceroll_recordings_free(struct VoicerollRecordings *recordings);

/*
 Starts what `request` asks for, an object of JSON as the schema has it under `request`, and returns at once.
 Whatever is wrong with it, the call says. Without a registry (null) it can do `inspect` and `prepare`.
 `recordings` (null for none) are the call's from now on. With a `queue`, `token` appears there when there is news.

 # Safety
 The text is null with the length 0, or readable for its length. Each pointer is null, or of the function that makes
 its like, and not freed; no other function is using `recordings`, and no call was started with them.
 */
struct VoicerollCall *voiceroll_start(const struct VoicerollRegistry *registry,
                                      const char *request,
                                      size_t request_length,
                                      struct VoicerollRecordings *recordings,
                                      const struct VoicerollQueue *queue,
                                      uint64_t token);

/*
 Waits at most so many milliseconds for news of a call. `json` then holds it, and `sound` what `prepare` cut out, as
 WAV; both are empty for `VOICEROLL_NEWS_NOTHING` and `VOICEROLL_NEWS_OVER`. The result or the error comes once.

 # Safety
 `call` is null, or of `voiceroll_start` and not freed. `json` and `sound` are null or may be written to.
 */
enum VoicerollNews voiceroll_next(const struct VoicerollCall *call,
                                  uint32_t milliseconds,
                                  struct VoicerollBytes *json,
                                  struct VoicerollBytes *sound);

/*
 Stops a call soon. It then ends with the error `cancelled`, or with its result, if that was quicker.

 # Safety
 `call` is null, or of `voiceroll_start` and not freed.
 */
void voiceroll_cancel(const struct VoicerollCall *call);

/*
 Frees a call, and stops it if it is still under way.

 # Safety
 `call` is null, or of `voiceroll_start` and not freed; no other function is using it.
 */
void voiceroll_call_free(struct VoicerollCall *call);

/*
 An empty queue.
 */
struct VoicerollQueue *voiceroll_queue_new(void);

/*
 Waits at most so many milliseconds for a call with news, and writes its token. Look with `voiceroll_next` until it
 finds nothing: only then is the call announced again. False if there is none. A call may be announced without
 having events, but not after its end was reported or it was freed.

 # Safety
 `queue` is null, or of `voiceroll_queue_new` and not freed. `token` may be written to.
 */
bool voiceroll_queue_next(const struct VoicerollQueue *queue,
                          uint32_t milliseconds,
                          uint64_t *token);

/*
 Frees a queue. Calls that were started with it go on.

 # Safety
 `queue` is null, or of `voiceroll_queue_new` and not freed; no other function is using it.
 */
void voiceroll_queue_free(struct VoicerollQueue *queue);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* VOICEROLL_H */

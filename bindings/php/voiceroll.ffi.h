/* SPDX-License-Identifier: Apache-2.0. Made from ../c/voiceroll.h by tools/header.py. */
typedef enum VoicerollNews {
    VOICEROLL_NEWS_NOTHING = 0,
    VOICEROLL_NEWS_PROGRESS = 1,
    VOICEROLL_NEWS_RESULT = 2,
    VOICEROLL_NEWS_ERROR = 3,
    VOICEROLL_NEWS_OVER = 4,
} VoicerollNews;
typedef struct VoicerollCall VoicerollCall;
typedef struct VoicerollQueue VoicerollQueue;
typedef struct VoicerollRecordings VoicerollRecordings;
typedef struct VoicerollRegistry VoicerollRegistry;
typedef struct VoicerollBytes {
    char *data;
    size_t length;
    size_t capacity;
} VoicerollBytes;
uint32_t voiceroll_abi(void);
const char *voiceroll_version(void);
void voiceroll_bytes_free(struct VoicerollBytes *bytes);
bool voiceroll_models_in(const char *path,
                         size_t path_length,
                         struct VoicerollBytes *error);
struct VoicerollRegistry *voiceroll_open(const char *path,
                                         size_t path_length,
                                         const char *settings,
                                         size_t settings_length,
                                         struct VoicerollBytes *error);
void voiceroll_close(const struct VoicerollRegistry *registry);
void voiceroll_free(struct VoicerollRegistry *registry);
enum VoicerollNews voiceroll_take_callback(const struct VoicerollRegistry *registry,
                                           const char *timestamp,
                                           size_t timestamp_length,
                                           const char *signature,
                                           size_t signature_length,
                                           const char *body,
                                           size_t body_length,
                                           struct VoicerollBytes *reply);
struct VoicerollRecordings *voiceroll_recordings_new(void);
bool voiceroll_recordings_add(struct VoicerollRecordings *recordings,
                              const char *source,
                              size_t source_length,
                              const char *data,
                              size_t data_length,
                              struct VoicerollBytes *error);
void voiceroll_recordings_free(struct VoicerollRecordings *recordings);
struct VoicerollCall *voiceroll_start(const struct VoicerollRegistry *registry,
                                      const char *request,
                                      size_t request_length,
                                      struct VoicerollRecordings *recordings,
                                      const struct VoicerollQueue *queue,
                                      uint64_t token);
enum VoicerollNews voiceroll_next(const struct VoicerollCall *call,
                                  uint32_t milliseconds,
                                  struct VoicerollBytes *json,
                                  struct VoicerollBytes *sound);
void voiceroll_cancel(const struct VoicerollCall *call);
void voiceroll_call_free(struct VoicerollCall *call);
struct VoicerollQueue *voiceroll_queue_new(void);
bool voiceroll_queue_next(const struct VoicerollQueue *queue,
                          uint32_t milliseconds,
                          uint64_t *token);
void voiceroll_queue_free(struct VoicerollQueue *queue);

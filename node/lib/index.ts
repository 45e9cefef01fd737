/**
 * Speaker enrollment, verification, identification and diarization, offline and without an account.
 *
 * `Registry` is a registry of enrolled speakers. `inspect` measures a recording and tells whether it would be enrolled;
 * `prepare` cuts its best stretch out.
 *
 * @module
 */

import { native } from "./native.js";

export type { CallOptions, EnrollOptions } from "./call.js";
export { Callbacks, type Signature } from "./callbacks.js";
export {
  CancelledError,
  ConflictError,
  GoneError,
  IncompleteError,
  InternalError,
  InvalidInputError,
  IoError,
  LimitError,
  ModelMismatchError,
  NotFoundError,
  RefusedError,
  StoreError,
  TimeoutError,
  UnauthorizedError,
  UnavailableError,
  UnreadableError,
  UnsupportedError,
  VoicerollError,
} from "./errors.js";
export { JobRequest } from "./job.js";
export {
  LiveEnrollment,
  type LiveEnrollOptions,
  LiveIdentification,
  type LiveIdentifyOptions,
  type LiveOptions,
  type Sound,
} from "./live.js";
export { Recording, type RecordingOptions, type SampleOptions, type Source } from "./recording.js";
export {
  type ConnectOptions,
  type DiarizeOptions,
  type ExportOptions,
  type FreeOptions,
  type IdentifyOptions,
  type KeyOptions,
  type Limits,
  type ListOptions,
  type OpenOptions,
  Registry,
  type RestoreOptions,
  type RotateOptions,
  inspect,
  prepare,
  restore,
} from "./registry.js";
export type {
  AuditEntry,
  AuditReport,
  CallIdentification,
  CallSegment,
  CheckReport,
  ConsentRecord,
  ConsentState,
  Decision,
  Diarization,
  Encoding,
  Enrollment,
  Identification,
  Inspection,
  Job,
  JobResult,
  JobStatus,
  LiveSpeaker,
  LiveStatus,
  LiveUpdate,
  Page,
  Prepared,
  Problem,
  Progress,
  Quality,
  Restored,
  Sample,
  Segment,
  Severity,
  Transcript,
  Utterance,
  Verification,
  Withdrawal,
  Word,
} from "./types.js";

/** The version of the package. */
export const version: string = native.version();

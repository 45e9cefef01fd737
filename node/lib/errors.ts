/** What can go wrong, as exceptions: one parent, and a class for each kind. */

import { sep } from "node:path";
import { types } from "node:util";

import { respelled } from "./names.js";
import { type Problem, read } from "./types.js";

/** What an error says besides its message. */
type Fields = Omit<VoicerollError, keyof Error>;

/** An error as the core tells it. */
type Told = Pick<Fields, "code" | "kind"> & Partial<Fields> & { readonly message: string };

/** Base class of all errors of Voiceroll. */
export class VoicerollError extends Error {
  /** Stable name of what happened, such as `speaker_exists`; the same in every language. */
  declare readonly code: string;
  /** What kind of thing it is, such as `Conflict`: the class's name without `Error`. */
  declare readonly kind: string;
  /** Whether the same call may succeed later. Never where a part was done, or may have been. */
  declare readonly retryable: boolean;
  /** HTTP status with which a server refused. */
  declare readonly status: number | null;
  /** The id of the request in the server's log. */
  declare readonly requestId: string | null;
  /** Seconds to wait before a retry, where that is known. */
  declare readonly retryAfter: number | null;
  /** How many recordings of the call were added before it failed. */
  declare readonly added: number;
  /** Whether it is not known what a server did: read the enrollment to know. */
  declare readonly outcomeUnknown: boolean;
  /** Why a recording was refused. */
  declare readonly problems: readonly Problem[];

  /** For tests of what handles errors; members that are left out say nothing special. */
  constructor(message?: string, { cause, ...fields }: Partial<Fields> & { readonly cause?: unknown } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    const kind = this.name.replace(/Error$/, "");
    Object.assign(this, { code: "unknown", kind, ...NOTHING_SPECIAL, ...fields });
  }
}

const NOTHING_SPECIAL = Object.freeze({
  retryable: false,
  status: null,
  requestId: null,
  retryAfter: null,
  added: 0,
  outcomeUnknown: false,
  problems: Object.freeze([]),
});

/** An argument is invalid, such as a speaker id with a space in it. */
export class InvalidInputError extends VoicerollError {}

/** The recording cannot be read: unsupported format, no audio, or damaged. */
export class UnreadableError extends VoicerollError {}

/** The recording cannot be enrolled; `problems` gives the reasons. */
export class RefusedError extends VoicerollError {}

/** A limit was exceeded, such as the duration of a recording. */
export class LimitError extends VoicerollError {}

/** The speaker id is already enrolled. */
export class ConflictError extends VoicerollError {}

/** There is no such speaker, recording or job. */
export class NotFoundError extends VoicerollError {}

/** The speaker was already deleted, or has expired. */
export class GoneError extends VoicerollError {}

/** The enrollment lacks speech for comparisons, or a consent. */
export class IncompleteError extends VoicerollError {}

/** Voiceprints made by different models cannot be compared or mixed. */
export class ModelMismatchError extends VoicerollError {}

/** The store could not be read or written. */
export class StoreError extends VoicerollError {}

/** A file could not be read or written. */
export class IoError extends VoicerollError {}

/**
 * The call was stopped by its `signal`, and a part was done, or may have been; `cause` is the signal's reason. Where
 * nothing was done the call rejects with that reason itself.
 */
export class CancelledError extends VoicerollError {}

/** The call took longer than its `timeout`. */
export class TimeoutError extends VoicerollError {}

/** The server rejected the credentials. */
export class UnauthorizedError extends VoicerollError {}

/** The server cannot be reached, is busy or failed; try again later. */
export class UnavailableError extends VoicerollError {}

/** The server does not support this, or is not a compatible server. */
export class UnsupportedError extends VoicerollError {}

/** A defect in Voiceroll itself. */
export class InternalError extends VoicerollError {}

const CLASSES: Readonly<Record<string, typeof VoicerollError>> = {
  InvalidInput: InvalidInputError,
  Unreadable: UnreadableError,
  Refused: RefusedError,
  Limit: LimitError,
  Conflict: ConflictError,
  NotFound: NotFoundError,
  Gone: GoneError,
  Incomplete: IncompleteError,
  ModelMismatch: ModelMismatchError,
  Store: StoreError,
  Io: IoError,
  Cancelled: CancelledError,
  Timeout: TimeoutError,
  Unauthorized: UnauthorizedError,
  Unavailable: UnavailableError,
  Unsupported: UnsupportedError,
  Internal: InternalError,
};

// Errors have the name of their class where the language looks for it. It is not asked of the classes: a minifier gives
// them others.
for (const [kind, { prototype }] of Object.entries({ Voiceroll: VoicerollError, ...CLASSES })) {
  Object.defineProperty(prototype, "name", { value: `${kind}Error`, configurable: true, writable: true });
}

/** Where a call was made, for the stack of its error. */
export interface Place {
  stack?: string;
}

/** Notes where `entry` was called. */
export function here(entry: Function): Place {
  const place: Place = {};
  Error.captureStackTrace(place, entry);
  return place;
}

/** The exception for what the compiled part threw; anything else stays as it is. */
export function revive(thrown: unknown, place: Place): unknown {
  const told = toldBy(thrown);
  if (told === undefined) return thrown;
  // What a server says is repeated as it is.
  return made(told.status == null ? { ...told, message: respelled(told.message) } : told, place);
}

function toldBy(thrown: unknown): Told | undefined {
  // The code is that of all that the compiled part throws itself: an error of the caller's may have JSON in it, too.
  if (!types.isNativeError(thrown) || (thrown as { code?: unknown }).code !== "GenericFailure") return undefined;
  try {
    const told = read<Partial<Told> | null>(thrown.message);
    return typeof told?.kind === "string" && typeof told.code === "string" ? (told as Told) : undefined;
  } catch {
    return undefined;
  }
}

/** An error that says who made the call. */
export function made({ message, ...fields }: Told, place: Place): VoicerollError {
  const error = new (CLASSES[fields.kind] ?? VoicerollError)(message, fields);
  // The core answers from the event loop, where no caller is left on the stack.
  const frames = String(place.stack).split("\n").slice(1);
  const first = frames.findIndex((frame) => !frame.includes(__dirname + sep));
  const callers = first < 0 ? [] : frames.slice(first);
  const stack = [`${error.name} [${error.code}]: ${error.message}`, ...callers].join("\n");
  Object.defineProperty(error, "stack", { value: stack, configurable: true, writable: true });
  return error;
}

/** What can go wrong, as exceptions: one parent, and a class for each kind. */

import { types } from "node:util";

import { type Problem, read } from "./types.js";

/** An error as the core says it. */
interface Fields {
  code: string;
  kind: string;
  message: string;
  retryable: boolean;
  status: number | null;
  requestId: string | null;
  retryAfter: number | null;
  added: number;
  outcomeUnknown: boolean;
  problems: readonly Problem[];
}

/** Parent of all errors of Voiceroll. */
export class VoicerollError extends Error {
  /** Stable name of what happened, such as `speaker_exists`; the same in every language. */
  declare readonly code: string;
  /** What kind of thing it is, such as `Conflict`: the class's name without `Error`. */
  declare readonly kind: string;
  /** Whether the same call may succeed later. Never where a part was done, or may have been. */
  declare readonly retryable: boolean;
  /** HTTP status with which a server refused. */
  declare readonly status: number | null;
  /** The number under which the server's log has the request. */
  declare readonly requestId: string | null;
  /** Seconds to wait before a retry, where that is known. */
  declare readonly retryAfter: number | null;
  /** How many recordings of the call were added before it failed. */
  declare readonly added: number;
  /** Whether it is not known what a server did: read the enrollment to know. */
  declare readonly outcomeUnknown: boolean;
  /** Why a recording was refused. */
  declare readonly problems: readonly Problem[];

  /** @internal */
  constructor({ message, ...fields }: Fields) {
    super(message);
    Object.assign(this, fields);
  }
}

named(VoicerollError);

/** An argument is malformed, such as a speaker id with a space in it. */
export class InvalidInputError extends VoicerollError {}

/** The recording cannot be read at all: wrong format, no sound in it, damaged. */
export class UnreadableError extends VoicerollError {}

/** The recording can be read, but is not fit to enroll; `problems` says why. */
export class RefusedError extends VoicerollError {}

/** A limit was passed, such as the longest recording to decode. */
export class LimitError extends VoicerollError {}

/** The speaker id is enrolled already. */
export class ConflictError extends VoicerollError {}

/** The speaker id, or the sample, is not enrolled; or there is no such job. */
export class NotFoundError extends VoicerollError {}

/** The speaker id was enrolled once and has been deleted. */
export class GoneError extends VoicerollError {}

/** The enrollment has too little speech to recognise anybody by. */
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

/** The server does not let these credentials in. */
export class UnauthorizedError extends VoicerollError {}

/** The server cannot be reached, is busy, or failed: try again later. */
export class UnavailableError extends VoicerollError {}

/** The server does not do this, or does not speak the contract. */
export class UnsupportedError extends VoicerollError {}

/** A defect in Voiceroll itself. */
export class InternalError extends VoicerollError {}

const CLASSES = new Map(
  [
    InvalidInputError,
    UnreadableError,
    RefusedError,
    LimitError,
    ConflictError,
    NotFoundError,
    GoneError,
    IncompleteError,
    ModelMismatchError,
    StoreError,
    IoError,
    CancelledError,
    TimeoutError,
    UnauthorizedError,
    UnavailableError,
    UnsupportedError,
    InternalError,
  ].map((kind) => [named(kind).name.replace(/Error$/, ""), kind]),
);

/** Gives errors the name of their class, where the language looks for it. */
function named<T extends { name: string; prototype: object }>(kind: T): T {
  Object.defineProperty(kind.prototype, "name", { value: kind.name, configurable: true, writable: true });
  return kind;
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
  const fields = told(thrown);
  return fields === undefined ? thrown : made(fields, place);
}

/** The error of a call that reads its recordings for longer than it may. */
export function late(place: Place): VoicerollError {
  return made(
    {
      code: "timed_out",
      kind: "Timeout",
      message: "the recording did not come in the time that the call was given; allow more time",
      retryable: true,
      status: null,
      requestId: null,
      retryAfter: null,
      added: 0,
      outcomeUnknown: false,
      problems: Object.freeze([]),
    },
    place,
  );
}

function told(thrown: unknown): Fields | undefined {
  if (!types.isNativeError(thrown)) return undefined;
  try {
    return read<Fields>(thrown.message);
  } catch {
    return undefined;
  }
}

function made(fields: Fields, place: Place): VoicerollError {
  const error = new (CLASSES.get(fields.kind) ?? VoicerollError)(fields);
  // The core answers from the event loop, where no caller is left on the stack.
  const frames = String(place.stack).replace(/^[^\n]*\n?/, "");
  const stack = `${error.name} [${error.code}]: ${error.message}\n${frames}`;
  Object.defineProperty(error, "stack", { value: stack, configurable: true, writable: true });
  return error;
}

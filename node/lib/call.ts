/** How a verb is asked of the core and waited for. */

import { performance } from "node:perf_hooks";
import timers = require("node:timers");
import { debuglog } from "node:util";

import { CancelledError, VoicerollError, here, made, revive } from "./errors.js";
import type { Answer, NativeBridge, NativeRecording, News } from "./native.js";
import { known, knownRequest, settings, write } from "./options.js";
import { type Reading, type Source, readings } from "./recording.js";
import { type ConsentRecord, type Progress, read } from "./types.js";

// Timers that a test has faked meanwhile never come.
const { clearTimeout, setTimeout } = timers;

/** Options of every call. */
export interface CallOptions {
  /**
   * Stops the call when it is aborted. The call then rejects with the signal's reason, once the work has stopped; where a
   * part was done, or may have been, with a `CancelledError` that says so. A stream that stands still is not waited for.
   * Whether recordings were added, the enrollment says.
   */
  signal?: AbortSignal | undefined;
  /** Seconds, not milliseconds, after which the call fails with `TimeoutError`. Default: none. */
  timeout?: number | undefined;
  /** Called as the work advances. What it throws stops the call, which rejects with it. */
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** Options of the calls that enroll. */
export interface EnrollOptions extends CallOptions {
  /** Skips the same-speaker check. Default: false. */
  force?: boolean | undefined;
  /** The consent of the speaker, which is recorded with the enrollment. */
  consent?: ConsentRecord | undefined;
}

/** Where a verb is asked. */
export interface Desk {
  readonly bridge: NativeBridge;
  /** The largest recording that is read, in bytes, where that was set. */
  readonly most?: number | undefined;
  /** Whether it is for what needs no registry. */
  readonly free?: boolean;
  /** Whether it takes no more calls. */
  closed?: boolean;
  /** How many calls are under way, from before the first of their recordings is read. */
  calls?: number;
}

/** What a verb is asked with. */
export interface Question {
  readonly [name: string]: unknown;
  readonly recordings?: Source | readonly Source[];
}

const log = debuglog("voiceroll");

/** Why a call is stopped; in a box, because it may be any value, `undefined` too. */
interface Reason {
  readonly value: unknown;
}

/** Does a verb: `make` makes of the answer what the caller gets. */
export async function ask<T>(
  desk: Desk,
  verb: string,
  options: CallOptions,
  { recordings = [], ...args }: Question = {},
  make: (answer: Answer) => T = ({ json }) => read<T>(json),
): Promise<T> {
  const place = here(ask);
  const started = performance.now();
  // Before all that may fail: once they are there, a stream can neither end the process nor be forgotten.
  const sources = readings(recordings);
  const stop = new AbortController();
  const halt = (value: unknown) => stop.abort({ value } satisfies Reason);
  let unfollow = () => {};
  let entered = false;
  try {
    const { signal, timeout, onProgress, ...rest } = checked(options);
    known(verb, options, place, desk.free);
    if (verb === "submit") knownRequest(args, place);
    const given = { ...rest, ...args };
    write({ ...given, timeout }, place);
    if (desk.closed) throw made(CLOSED, place);
    desk.calls = (desk.calls ?? 0) + 1;
    entered = true;
    signal?.throwIfAborted();
    if (signal) unfollow = follow(signal, halt);
    // The core rejects an invalid timeout.
    const time = typeof timeout === "number" && timeout > 0 ? timeout : undefined;
    const heard = await gathered(sources, desk.most, stop.signal, time, () => halt(made(LATE, place)));
    const left = time === undefined ? timeout : Math.max(0, time - (performance.now() - started) / 1000);
    const told = write({ ...given, timeout: left }, place);
    const result = make(await answered(desk.bridge, verb, told, heard, stop.signal, halt, onProgress));
    log("%s: done in %d ms", verb, performance.now() - started);
    return result;
  } catch (thrown) {
    const error = why(revive(thrown, place), stop.signal);
    const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
    log("%s: %s after %d ms", verb, code ?? name, performance.now() - started);
    throw error;
  } finally {
    unfollow();
    for (const { drop } of sources) drop();
    if (entered) leave(desk);
  }
}

/** Takes no more calls; what is under way goes on, and the last of it ends the session. */
export function close(desk: Desk): Promise<void> {
  if (desk.closed) return Promise.resolve();
  desk.closed = true;
  return desk.calls ? Promise.resolve() : end(desk);
}

function leave(desk: Desk): void {
  desk.calls = (desk.calls ?? 1) - 1;
  // Nobody waits for it, so a failure cannot be reported.
  if (desk.closed && desk.calls === 0) end(desk).catch(() => {});
}

function end({ bridge }: Desk): Promise<void> {
  return ask({ bridge }, "log_out", {}, {}, () => {}).finally(() => bridge.close());
}

const CLOSED = { code: "invalid_option", kind: "InvalidInput", message: "this registry is closed; open it again" };

const LATE = {
  code: "timed_out",
  kind: "Timeout",
  message: "the recording could not be read within the timeout; allow more time",
  retryable: true,
};

function checked(options: CallOptions): CallOptions {
  const { signal, onProgress } = settings(options);
  // Not by its class: there are others than Node's that do the same.
  if (signal && !(typeof signal.throwIfAborted === "function" && typeof signal.addEventListener === "function")) {
    throw new TypeError("signal must be an AbortSignal, such as that of an AbortController");
  }
  if (onProgress && typeof onProgress !== "function") throw new TypeError("onProgress must be a function");
  return options;
}

/** Those that a signal stops, and its listener: one for all, as Node warns of more than ten. */
const followers = new WeakMap<AbortSignal, { readonly all: Set<(reason: unknown) => void>; readonly tell: () => void }>();

/** Calls `halt` when a signal is aborted, until the function that this gives is called. */
function follow(signal: AbortSignal, halt: (reason: unknown) => void): () => void {
  let group = followers.get(signal);
  if (group === undefined) {
    const all = new Set<typeof halt>();
    group = { all, tell: () => all.forEach((one) => one(signal.reason)) };
    followers.set(signal, group);
    signal.addEventListener("abort", group.tell, { once: true });
  }
  const { all, tell } = group;
  all.add(halt);
  return () => {
    all.delete(halt);
    if (all.size > 0) return;
    signal.removeEventListener("abort", tell);
    followers.delete(signal);
  };
}

/** Reads the recordings of a call, in its time. */
async function gathered(
  sources: readonly Reading[],
  most: number | undefined,
  stop: AbortSignal,
  time: number | undefined,
  late: () => void,
): Promise<NativeRecording[]> {
  // What stands still does not say that it was stopped.
  const stopped = new Promise<never>((_, reject) => {
    stop.addEventListener("abort", () => reject(stop.reason), { once: true });
  });
  stopped.catch(() => {});
  const heard: NativeRecording[] = [];
  let timer: NodeJS.Timeout | undefined;
  try {
    for (const source of sources) {
      let recording = source.read(stop, most);
      if (recording instanceof Promise) {
        if (time !== undefined) timer ??= setTimeout(late, Math.min(time * 1000, LONGEST));
        recording = await Promise.race([recording, stopped]);
      }
      heard.push(recording);
    }
  } finally {
    clearTimeout(timer);
  }
  return heard;
}

/** The longest time that `setTimeout` knows, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/** Starts a verb and waits for its end, even where it was stopped: only then is it known what was done. */
function answered(
  bridge: NativeBridge,
  verb: string,
  args: string,
  recordings: readonly NativeRecording[],
  stop: AbortSignal,
  halt: (reason: unknown) => void,
  onProgress: CallOptions["onProgress"],
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let failed = false;
    const fail = (failure: unknown) => {
      failed = true;
      halt(failure);
    };
    const report = (news: News) => {
      if (stop.aborted) return;
      const { recording, recordings, fraction } = news;
      try {
        // An `async` function fails by its promise.
        Promise.resolve(onProgress?.(Object.freeze({ recording, recordings, fraction }))).catch(fail);
      } catch (failure) {
        fail(failure);
      }
    };
    const look = () => {
      try {
        for (let news = call.next(); news !== null; news = call.next()) {
          if (news.json === undefined) report(news);
          else if (failed) reject(stop.reason);
          else resolve(news);
        }
      } catch (thrown) {
        reject(thrown);
      }
    };
    // It may have been aborted since the last of the recordings was there.
    stop.throwIfAborted();
    const call = bridge.start(verb, args, recordings, onProgress !== undefined, look);
    stop.addEventListener("abort", () => call.cancel(), { once: true });
  });
}

/** What a call that failed rejects with. */
function why(error: unknown, stop: AbortSignal): unknown {
  if (!stop.aborted) return error;
  const { value } = stop.reason as Reason;
  if (!(error instanceof VoicerollError)) return value;
  if (!(error instanceof CancelledError)) return error;
  if (error.added === 0 && !error.outcomeUnknown) return value;
  return Object.defineProperty(error, "cause", { value, configurable: true, writable: true });
}

/** How a verb is asked of the core and waited for. */

import { performance } from "node:perf_hooks";
import { debuglog } from "node:util";

import { CancelledError, type Place, VoicerollError, here, late, revive } from "./errors.js";
import type { Answer, NativeDoor, NativeRecording, News } from "./native.js";
import { type Reader, type Source, readers } from "./recording.js";
import { type Progress, read, write } from "./types.js";

/** Options of every call. */
export interface CallOptions {
  /**
   * Stops the call when it is aborted. The call then rejects with the signal's reason, once the work has stopped; where a
   * part was done, or may have been, with a `CancelledError` that says so.
   */
  signal?: AbortSignal | undefined;
  /** Seconds, not milliseconds, after which the call fails with `TimeoutError`. Default: none. */
  timeout?: number | undefined;
  /** Called as the work advances. What it throws stops the call, which rejects with it. */
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** Options of the calls that enroll. */
export interface EnrollOptions extends CallOptions {
  /** Adds the recordings whoever speaks in them. Default: false. */
  force?: boolean | undefined;
}

/** Where a verb is asked. */
export interface Desk {
  readonly door: NativeDoor;
  /** The largest recording that is read, in bytes, where that was set. */
  readonly most?: number | undefined;
}

/** What a verb is asked with. */
export interface Question {
  readonly [name: string]: unknown;
  readonly recordings?: Source | readonly Source[];
}

const log = debuglog("voiceroll");

/** Does a verb: `make` makes of the answer what the caller gets. */
export async function ask<T>(
  desk: Desk,
  verb: string,
  { signal, timeout, onProgress, ...options }: CallOptions,
  { recordings = [], ...args }: Question = {},
  make: (answer: Answer) => T = ({ json }) => read<T>(json),
): Promise<T> {
  const place = here(ask);
  const started = performance.now();
  signal?.throwIfAborted();
  const stop = new AbortController();
  const abort = () => stop.abort(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  try {
    // What is no time is left to the core to refuse.
    const time = typeof timeout === "number" && timeout > 0 ? timeout : undefined;
    const heard = await gathered(readers(recordings), desk.most, stop, time, place);
    const rest = time === undefined ? timeout : Math.max(0, time - (performance.now() - started) / 1000);
    const told = write({ ...options, ...args, timeout: rest });
    const result = make(await answered(desk.door, verb, told, heard, stop, onProgress));
    log("%s: done in %d ms", verb, performance.now() - started);
    return result;
  } catch (thrown) {
    const error = why(revive(thrown, place), stop.signal);
    const { code, name } = error as { code?: unknown; name?: unknown };
    log("%s: %s after %d ms", verb, code ?? name, performance.now() - started);
    throw error;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}

/** Reads the recordings of a call, in its time. */
async function gathered(
  sources: readonly Reader[],
  most: number | undefined,
  stop: AbortController,
  time: number | undefined,
  place: Place,
): Promise<NativeRecording[]> {
  const heard: NativeRecording[] = [];
  let timer: NodeJS.Timeout | undefined;
  try {
    for (const source of sources) {
      let recording = source(stop.signal, most);
      if (recording instanceof Promise) {
        if (time !== undefined) timer ??= setTimeout(() => stop.abort(late(place)), Math.min(time * 1000, LONGEST));
        recording = await recording;
      }
      heard.push(recording as NativeRecording);
    }
  } finally {
    clearTimeout(timer);
  }
  stop.signal.throwIfAborted();
  return heard;
}

/** The longest time that `setTimeout` knows, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/** Starts a verb and waits for its end, even where it was stopped: only then is it known what was done. */
function answered(
  door: NativeDoor,
  verb: string,
  args: string,
  recordings: readonly NativeRecording[],
  stop: AbortController,
  onProgress: CallOptions["onProgress"],
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let failed = false;
    const fail = (failure: unknown) => {
      failed = true;
      stop.abort(failure);
    };
    const report = (news: News) => {
      if (stop.signal.aborted) return;
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
          else if (failed) reject(stop.signal.reason);
          else resolve(news);
        }
      } catch (thrown) {
        reject(thrown);
      }
    };
    const call = door.start(verb, args, recordings, onProgress !== undefined, look);
    stop.signal.addEventListener("abort", () => call.cancel(), { once: true });
  });
}

/** What a call that failed rejects with. */
function why(error: unknown, stop: AbortSignal): unknown {
  if (!stop.aborted) return error;
  if (!(error instanceof VoicerollError)) return stop.reason;
  if (!(error instanceof CancelledError)) return error;
  if (error.added === 0 && !error.outcomeUnknown) return stop.reason;
  return Object.defineProperty(error, "cause", { value: stop.reason, configurable: true, writable: true });
}

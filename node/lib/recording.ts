/** What can be listened to, and how it reaches the core. */

import { Readable, addAbortSignal } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { fileURLToPath } from "node:url";
import { types } from "node:util";

import { type NativeBytes, type NativeRecording, native } from "./native.js";
import { revive, here } from "./errors.js";
import type { Encoding } from "./types.js";

/**
 * A recording: the path of a file, or its `file:` URL; the bytes of one, in any buffer; a `Blob` or `File`; a stream, or
 * anything else that gives chunks of bytes one after another; a `Recording`.
 *
 * A buffer is copied, and must not be changed or transferred before the call has settled. A stream is read to its end,
 * once: it cannot be given to a second call.
 */
export type Source =
  | string
  | URL
  | Uint8Array
  | Uint8ClampedArray
  | DataView
  | ArrayBufferLike
  | Blob
  | Readable
  | ReadableStream
  | AsyncIterable<Uint8Array>
  | Recording;

/** How the samples of `Recording.fromSamples` are meant. */
export interface SampleOptions {
  /** Samples a second of each channel, in Hz. */
  sampleRate: number;
  /** How many channels take turns in the samples. Default: 1. */
  channels?: number | undefined;
}

/** Reads a source for one call; `most` is the largest recording in bytes, where that was set. */
export type Reader = (stop: AbortSignal, most: number | undefined) => NativeRecording | Promise<NativeRecording>;

const FORMATS: Readonly<Record<string, string>> = {
  "[object Float32Array]": "f32",
  "[object Float64Array]": "f64",
  "[object Int16Array]": "i16",
};

/** A recording, where a path or bytes alone do not say enough. */
export class Recording {
  readonly #reader: Reader;

  /**
   * @param source What is to be listened to.
   * @param options `encoding` is what the sender says it is. The bytes decide; where they contradict, the inspection has
   * a problem that says so.
   */
  constructor(source: Source, options?: { encoding?: Encoding | undefined });
  /** @internal */
  constructor(source: Source | Reader, options?: { encoding?: Encoding | undefined });
  constructor(source: Source | Reader, options: { encoding?: Encoding | undefined } = {}) {
    this.#reader = typeof source === "function" ? source : reader(source, options.encoding);
  }

  /**
   * Takes samples as they are, such as those of a microphone: floats from -1 to 1, or integers of 16 bits. As with any
   * buffer, they are copied by the call.
   *
   * @throws InvalidInputError for samples of another type, no channels or no rate.
   */
  static fromSamples(samples: Float32Array | Float64Array | Int16Array, options: SampleOptions): Recording {
    const format = FORMATS[Object.prototype.toString.call(samples)] ?? "";
    const { sampleRate, channels = 1 } = options;
    try {
      native.checkSamples(format, channels, sampleRate);
    } catch (thrown) {
      throw revive(thrown, here(Recording.fromSamples));
    }
    return new Recording(async (stop, most) => {
      const bytes = new native.Bytes(samples.byteLength, most);
      await push(bytes, samples, stop);
      return bytes.samples(format, channels, sampleRate);
    });
  }

  /** @internal */
  static reader(source: Source): Reader {
    return source instanceof Recording ? source.#reader : reader(source, undefined);
  }
}

/** How one recording is read, or each of several. */
export function readers(sources: Source | readonly Source[]): Reader[] {
  const all = Array.isArray(sources) ? (sources as readonly Source[]) : [sources as Source];
  return all.map(Recording.reader);
}

function reader(source: Source, encoding: Encoding | undefined): Reader {
  if (source instanceof Recording) return Recording.reader(source);
  if (typeof source === "string" || source instanceof URL) {
    const path = pathOf(source);
    return () => native.Recording.fromPath(path, encoding);
  }
  if (types.isAnyArrayBuffer(source) || ArrayBuffer.isView(source)) {
    const view = ArrayBuffer.isView(source) ? source : new Uint8Array(source);
    if (!types.isUint8Array(view) && !types.isUint8ClampedArray(view) && !types.isDataView(view)) {
      throw new TypeError("these are samples, whose rate is not known; use Recording.fromSamples");
    }
    return (stop, most) => {
      const bytes = new native.Bytes(view.byteLength, most);
      const pushed = push(bytes, view, stop);
      return pushed instanceof Promise ? pushed.then(() => bytes.recording(encoding)) : bytes.recording(encoding);
    };
  }
  const stream = readable(source);
  // One that fails before its turn must not end the process: whoever reads it is told.
  stream.on("error", () => {});
  return async (stop, most) => {
    const bytes = new native.Bytes(0, most);
    for await (const chunk of addAbortSignal(stop, stream)) {
      if (!ArrayBuffer.isView(chunk)) throw new TypeError("this stream gives no bytes; open it without an encoding");
      if (!(await push(bytes, chunk, stop))) break;
    }
    return bytes.recording(encoding);
  };
}

function readable(source: unknown): Readable {
  const given = source as Partial<Blob & ReadableStream & AsyncIterable<Uint8Array>> | null | undefined;
  if (given instanceof Readable) return given;
  if (typeof given?.stream === "function") return readable(given.stream());
  if (typeof given?.getReader === "function") return Readable.fromWeb(given as ReadableStream);
  if (typeof given?.[Symbol.asyncIterator] === "function") return Readable.from(given as AsyncIterable<Uint8Array>);
  throw new TypeError("a recording is a path, a file URL, bytes, a Blob, a stream or a Recording");
}

/** A path, or the `file:` URL of one, as a path. */
export function pathOf(path: string | URL): string {
  if (path instanceof URL) return fileURLToPath(path);
  if (typeof path !== "string") throw new TypeError("a path is a string or a file URL");
  return path;
}

/** The most bytes that are copied in one turn of the event loop, by all calls together. */
const SLICE = 2 * 1024 * 1024;

let left = SLICE;
let turn: Promise<void> | undefined;

/**
 * Copies bytes into the core; false once they are too many. They are copied because JavaScript may change or transfer a
 * buffer while a thread reads it, and in slices because the event loop waits for each.
 */
function push(bytes: NativeBytes, view: ArrayBufferView, stop: AbortSignal): boolean | Promise<boolean> {
  const end = view.byteLength;
  const on = (from: number): boolean | Promise<boolean> => {
    stop.throwIfAborted();
    for (let at = from; at < end; ) {
      if (left === 0) return nextTurn().then(() => on(at));
      const length = Math.min(left, end - at);
      // This throws for a buffer that was transferred meanwhile.
      const slice = new Uint8Array(view.buffer, view.byteOffset + at, length);
      left -= length;
      at += length;
      // What other threads may write to is copied by JavaScript's rules first.
      if (!bytes.push(types.isSharedArrayBuffer(view.buffer) ? slice.slice() : slice)) return false;
    }
    return true;
  };
  return on(0);
}

function nextTurn(): Promise<void> {
  turn ??= new Promise((resolve) => {
    setImmediate(() => {
      left = SLICE;
      turn = undefined;
      resolve();
    });
  });
  return turn;
}

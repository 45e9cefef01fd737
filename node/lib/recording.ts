/** What can be listened to, and how it reaches the core. */

import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import timers = require("node:timers");
import { fileURLToPath } from "node:url";
import { types } from "node:util";

import { here, revive } from "./errors.js";
import { type NativeBytes, type NativeRecording, native } from "./native.js";
import { settings } from "./options.js";
import type { Encoding } from "./types.js";

// Timers that a test has faked meanwhile never come.
const { setImmediate } = timers;

/**
 * A recording: the path of a file, or its `file:` URL; the bytes of one, in any buffer; a `Blob` or `File`; a stream, or
 * anything else that gives chunks of bytes one after another; a `Recording`.
 *
 * A buffer is copied, and must not be changed or transferred before the call has settled. A stream is read to its end,
 * once: it cannot be given to a second call, and is destroyed where the call ends before it.
 */
export type Source =
  | string
  | URL
  | Uint8Array
  | Uint8ClampedArray
  | DataView
  | ArrayBufferLike
  | BlobLike
  | Readable
  | WebStreamLike
  | AsyncIterable<Uint8Array | ArrayBuffer>
  | Recording;

/** A `Blob` or `File`, by what the types of Node and those of browsers have in common. */
export interface BlobLike {
  readonly size: number;
  stream(): unknown;
}

/** A `ReadableStream` of the web, likewise. */
export interface WebStreamLike {
  getReader(): unknown;
}

/** How the samples of `Recording.fromSamples` are meant. */
export interface SampleOptions {
  /** Samples a second of each channel, in Hz. */
  sampleRate: number;
  /** The number of interleaved channels. Default: 1. */
  channels?: number | undefined;
}

/** How a source is read by one call. */
export interface Reading {
  /** Reads it; `most` is the largest recording in bytes, where that was set. */
  read(stop: AbortSignal, most: number | undefined): NativeRecording | Promise<NativeRecording>;
  /** Lets go of what the call did not read, without waiting for it. */
  drop(): void;
}

/** How a source is read. */
class Reader {
  constructor(
    /** Begins a call. */
    readonly begin: () => Reading,
  ) {}

  /** For what need not be let go of. */
  static of(read: Reading["read"]): Reader {
    return new Reader(() => ({ read, drop() {} }));
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  "[object Float32Array]": "f32",
  "[object Float64Array]": "f64",
  "[object Int16Array]": "i16",
};

/** What is known of a recording. */
export interface RecordingOptions {
  /** What the sender says it is. */
  encoding?: Encoding | undefined;
  /** Which audio track of a file that has several is used, counted from 1. Default: the first one with speech. */
  track?: number | undefined;
}

/** A recording with a declared encoding, a track, or samples. */
export class Recording {
  readonly #reader: Reader;

  /**
   * @param source What is to be listened to.
   * @param options `encoding` is what the sender says it is. The bytes decide; where they contradict, the inspection has
   * a problem that says so. `track` is which audio track of a file that has several is used, counted from 1; by default
   * it is the first one with speech.
   */
  constructor(source: Source, options?: RecordingOptions);
  /** @internal */
  constructor(source: Reader);
  constructor(source: Source | Reader, options: RecordingOptions = {}) {
    const { encoding, track } = settings(options);
    if (encoding !== undefined && typeof encoding !== "string") {
      throw new TypeError('encoding must be a string, such as "Mpeg"');
    }
    if (track !== undefined && !(Number.isInteger(track) && track >= 1 && track < 2 ** 32)) {
      throw new TypeError("track must be a whole number from 1 on");
    }
    this.#reader = source instanceof Reader ? source : reader(source, { encoding, track });
  }

  /**
   * Takes samples as they are, such as those of a microphone: floats from -1 to 1, or integers of 16 bits. As with any
   * buffer, they are copied by the call.
   *
   * @throws InvalidInputError for samples of another type, no channels or no rate; TypeError for a rate or channels that
   * are no numbers.
   */
  static fromSamples(samples: Float32Array | Float64Array | Int16Array, options: SampleOptions): Recording {
    const format = FORMATS[Object.prototype.toString.call(samples)] ?? "";
    const { sampleRate, channels = 1 }: Partial<SampleOptions> = settings(options ?? {});
    if (typeof sampleRate !== "number") throw new TypeError("sampleRate must be a number in Hz: { sampleRate: 16000 }");
    if (typeof channels !== "number") throw new TypeError("channels must be a number");
    try {
      native.checkSamples(format, channels, sampleRate);
    } catch (thrown) {
      throw revive(thrown, here(Recording.fromSamples));
    }
    intact(samples);
    const read = async (stop: AbortSignal, most: number | undefined) => {
      const bytes = new native.Bytes(samples.byteLength, most);
      await push(bytes, samples, stop);
      return bytes.samples(format, channels, sampleRate);
    };
    return new Recording(Reader.of(read));
  }

  /** @internal */
  static reader(source: Source): Reader {
    return source instanceof Recording ? source.#reader : reader(source, {});
  }
}

/** How one recording is read by a call, or each of several. */
export function readings(sources: Source | readonly Source[]): Reading[] {
  const all = Array.isArray(sources) ? (sources as readonly Source[]) : [sources as Source];
  const made: Reading[] = [];
  const failures: unknown[] = [];
  // All of them, even after an invalid one: a failing stream without a listener ends the process.
  for (const source of all) {
    try {
      made.push(Recording.reader(source).begin());
    } catch (failure) {
      failures.push(failure);
    }
  }
  if (failures.length === 0) return made;
  for (const { drop } of made) drop();
  throw failures[0];
}

function reader(source: Source, options: RecordingOptions): Reader {
  const { encoding, track } = options;
  if (source instanceof Recording) return Recording.reader(source);
  if (typeof source === "string" || source instanceof URL) {
    const path = pathOf(source);
    return Reader.of(() => native.Recording.fromPath(path, encoding, track));
  }
  const view = bytesOf(source);
  if (view !== undefined) {
    return Reader.of((stop, most) => {
      const bytes = new native.Bytes(view.byteLength, most);
      const pushed = push(bytes, view, stop);
      return pushed instanceof Promise ? pushed.then(() => bytes.recording(encoding, track)) : bytes.recording(encoding, track);
    });
  }
  const blob = source as Partial<BlobLike> | null | undefined;
  if (typeof blob?.stream === "function" && !(blob instanceof Readable)) {
    return new Reader(() => reader(blob.stream?.() as Source, options).begin());
  }
  const { stream, once } = readable(source);
  // One that fails before its turn must not end the process: its reader gets the error.
  stream.on("error", () => {});
  return new Reader(() => {
    let own = false;
    const read = async (stop: AbortSignal, most: number | undefined) => {
      if (taken.has(once) || (!stream.errored && (stream.readableEnded || stream.readableDidRead))) throw readAlready();
      taken.add(once);
      own = true;
      const bytes = new native.Bytes(0, most);
      for await (const chunk of stream) {
        const some = bytesOf(chunk);
        if (some === undefined) throw new TypeError("this stream returns no bytes; open it without an encoding");
        if (!(await push(bytes, some, stop))) break;
      }
      return bytes.recording(encoding, track);
    };
    const drop = () => {
      // Not while another call reads it.
      if (!own && taken.has(once)) return;
      taken.add(once);
      if (!stream.readableEnded) stream.destroy();
    };
    return { read, drop };
  });
}

/** What can be read once, and has been taken by a call. */
const taken = new WeakSet<object>();

function readAlready(): TypeError {
  return new TypeError("this stream was already read or passed to another call; open a new one, or collect its bytes");
}

/** The bytes of a buffer of any kind; undefined for other values. */
export function bytesOf(source: unknown): ArrayBufferView | undefined {
  if (types.isAnyArrayBuffer(source)) return intact(source) && new Uint8Array(source);
  if (!ArrayBuffer.isView(source)) return undefined;
  if (types.isUint8Array(source) || types.isUint8ClampedArray(source) || types.isDataView(source)) return intact(source);
  throw new TypeError("the sample rate of these samples is unknown; use Recording.fromSamples");
}

/** The same, if its memory is still there. */
function intact<T extends ArrayBufferView | ArrayBufferLike>(buffer: T): T {
  try {
    new Uint8Array(ArrayBuffer.isView(buffer) ? buffer.buffer : buffer);
  } catch {
    throw new TypeError("the memory of this buffer was transferred; pass a copy made before the transfer");
  }
  return buffer;
}

/** A source as a stream, and what of it can be taken once. */
function readable(source: unknown): { readonly stream: Readable; readonly once: object } {
  const given = source as Partial<ReadableStream & AsyncIterable<Uint8Array>> | null | undefined;
  if (given instanceof Readable) return { stream: given, once: given };
  if (typeof given?.getReader === "function") {
    if (given.locked || Readable.isDisturbed(given as unknown as Readable)) throw readAlready();
    // Chunks come as they are, to be judged like those of other streams.
    return { stream: Readable.fromWeb(given as ReadableStream, { objectMode: true }), once: given };
  }
  const iterate = given?.[Symbol.asyncIterator];
  if (typeof iterate === "function") {
    // A generator gives itself: what is read of it is gone.
    const iterator = iterate.call(given);
    return { stream: Readable.from({ [Symbol.asyncIterator]: () => iterator }), once: iterator };
  }
  throw new TypeError("a recording must be a path, a file URL, bytes, a Blob, a stream or a Recording");
}

/** A path, or the `file:` URL of one, as a path. */
export function pathOf(path: string | URL): string {
  if (path instanceof URL) return fileURLToPath(path);
  if (typeof path !== "string") throw new TypeError("a path must be a string or a file URL");
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
  const { buffer, byteOffset, byteLength: end } = intact(view);
  const on = (from: number): boolean | Promise<boolean> => {
    stop.throwIfAborted();
    for (let at = from; at < end; ) {
      if (left === 0) return nextTurn().then(() => on(at));
      const length = Math.min(left, end - at);
      const slice = cut(buffer, byteOffset + at, length);
      left -= length;
      at += length;
      // What other threads may write to is copied by JavaScript's rules first.
      if (!bytes.push(types.isSharedArrayBuffer(buffer) ? slice.slice() : slice)) return false;
    }
    return true;
  };
  return on(0);
}

function cut(buffer: ArrayBufferLike, from: number, length: number): Uint8Array {
  try {
    return new Uint8Array(buffer, from, length);
  } catch {
    throw new TypeError("this buffer was transferred or shrunk during the call; keep it unchanged until then");
  }
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

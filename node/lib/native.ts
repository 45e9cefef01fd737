/** The compiled part: what `src/lib.rs` exports, and where it is found. */

import { existsSync } from "node:fs";
import { join } from "node:path";

export interface NativeRecording {
  readonly native: "Recording";
}

export interface NativeBytes {
  push(some: Uint8Array): boolean;
  recording(encoding?: string | null, track?: number | null): NativeRecording;
  samples(format: string, channels: number, sampleRate: number): Promise<NativeRecording>;
}

export interface NativeCall {
  next(): News | Answer | null;
  cancel(): void;
}

/** The progress of a call. */
export interface News {
  readonly recording: number;
  readonly recordings: number;
  readonly fraction: number;
  readonly json?: undefined;
}

/** What a call gave back. */
export interface Answer {
  readonly json: string;
  readonly wav?: Buffer;
}

export interface NativeLive {
  start(verb: string, sound: Uint8Array, notify: () => void): NativeCall;
  close(): void;
}

export interface NativeBridge {
  live(settings: string): NativeLive;
  start(
    verb: string,
    args: string,
    recordings: readonly NativeRecording[],
    progress: boolean,
    notify: () => void,
  ): NativeCall;
  take(timestamp: string | undefined, signature: string | undefined, body: Uint8Array): string;
  close(): Promise<void>;
}

interface Native {
  readonly Recording: { fromPath(path: string, encoding?: string | null, track?: number | null): NativeRecording };
  readonly Bytes: new (size: number, most?: number | null) => NativeBytes;
  readonly Bridge: {
    open(settings: string): Promise<NativeBridge>;
    openNow(settings: string): NativeBridge;
    free(): NativeBridge;
  };
  checkSamples(format: string, channels: number, sampleRate: number): void;
  main(args: string[]): number;
  modelsIn(folder: string): void;
  version(): string;
}

function load(): Native {
  const machine = `${process.platform}-${process.arch}`;
  // The library for one C library does not load on another, so the first that loads is the right one.
  const names = process.platform === "linux" ? [`${machine}-gnu`, `${machine}-musl`] : [machine];
  const failures: unknown[] = [];
  for (const name of names) {
    for (const place of [`../native/voiceroll.${name}.node`, `@voiceroll/${name}`]) {
      try {
        return require(place) as Native;
      } catch (failure) {
        failures.push(failure);
      }
    }
  }
  const message =
    `voiceroll has no compiled part for ${machine}. Reinstall it without --omit=optional; ` +
    "from a clone, install Rust (https://rustup.rs) and run `npm run build` in its folder node.";
  throw new Error(message, { cause: new AggregateError(failures, "what was tried") });
}

export const native = load();

// Released packages bring the most accurate model.
const models = join(__dirname, "../models");
if (existsSync(models)) native.modelsIn(models);

/** Sessions on sound that is still coming. */

import { type Place, here, revive } from "./errors.js";
import type { NativeBridge, NativeLive } from "./native.js";
import { knownLive, settings, write } from "./options.js";
import {
  type ConsentRecord,
  type Enrollment,
  type Identification,
  type LiveStatus,
  type LiveUpdate,
  read,
} from "./types.js";

/** What the bytes of a session are. */
export interface LiveOptions {
  /**
   * `container`, a WAV, WebM, Ogg, MP3 or AAC recording as it is written; or samples, little-endian, channels interleaved:
   * `i16`, or `f32` of -1 to 1. Default: `container`.
   */
  format?: "container" | "i16" | "f32" | undefined;
  /** Of samples, 4,000 to 192,000 Hz. */
  sampleRate?: number | undefined;
  /** Of samples, 1 to 8. Default: 1. */
  channels?: number | undefined;
}

/** How somebody is enrolled while they speak. */
export interface LiveEnrollOptions extends LiveOptions {
  /** Skips the same-speaker check. Default: false. */
  force?: boolean | undefined;
  /** The consent of the speaker, which is recorded with the enrollment. */
  consent?: ConsentRecord | undefined;
}

/** Who is looked for while people speak. */
export interface LiveIdentifyOptions extends LiveOptions {
  /** Ids. Default: every speaker with a complete enrollment. */
  speakerIds?: readonly string[] | undefined;
}

/** Bytes, or an array of samples. */
export type Sound = ArrayBufferView | ArrayBuffer;

abstract class Live<News, Found> {
  readonly #live: NativeLive;

  /** @internal */
  constructor(bridge: NativeBridge, options: object, args: object, place: Place) {
    knownLive(settings(options), "speakerId" in args, place);
    try {
      this.#live = bridge.live(write({ ...options, ...args }, place));
    } catch (thrown) {
      throw revive(thrown, place);
    }
  }

  /** Takes the next bytes, any number of them; how it goes. */
  push(sound: Sound): Promise<News> {
    return this.#ask("push", bytes(sound), here(this.push));
  }

  /** Takes bytes as they come, such as those of a stream; after each how it goes. A loop may be left at any time. */
  async *over(sounds: AsyncIterable<Sound> | Iterable<Sound>): AsyncGenerator<News, void, undefined> {
    for await (const sound of sounds) yield await this.push(sound);
  }

  /** Does with all that was pushed what is done with a recording, and ends the session. */
  finish(): Promise<Found> {
    return this.#ask("finish", NOTHING, here(this.finish));
  }

  /** Ends the session, if it is not over; nothing of it is kept. */
  cancel(): void {
    this.#live.close();
  }

  #ask<T>(verb: string, sound: Uint8Array, place: Place): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = () => {
        try {
          for (let news = call.next(); news !== null; news = call.next()) {
            if (news.json !== undefined) resolve(read<T>(news.json));
          }
        } catch (thrown) {
          reject(revive(thrown, place));
        }
      };
      const call = this.#live.start(verb, sound, look);
    });
  }
}

const NOTHING = new Uint8Array(0);

function bytes(sound: Sound): Uint8Array {
  if (ArrayBuffer.isView(sound)) return new Uint8Array(sound.buffer, sound.byteOffset, sound.byteLength);
  if (sound instanceof ArrayBuffer) return new Uint8Array(sound);
  throw new TypeError("pass bytes or an array of samples, such as a Buffer or an Int16Array");
}

/**
 * An enrollment while somebody speaks: `Registry.liveEnrollment` makes it.
 *
 * It starts with its first call. A session that gets no sound for a minute ends by itself; then its calls reject with
 * `TimeoutError`, and after its end with `InvalidInputError`. One that is forgotten is cancelled.
 */
export class LiveEnrollment extends Live<LiveStatus, Enrollment> {}

/** An identification while people speak: `Registry.liveIdentification` makes it. The same holds as for `LiveEnrollment`. */
export class LiveIdentification extends Live<LiveUpdate, Identification> {}

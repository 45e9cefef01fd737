/** Receives the results of jobs. */

import { type CallOptions, type Desk, ask } from "./call.js";
import { here, revive } from "./errors.js";
import { native } from "./native.js";
import { settings, write } from "./options.js";
import { bytesOf } from "./recording.js";
import { type Job, type JobResult, read } from "./types.js";

/** The headers with which a server signs a callback. */
export interface Signature {
  /** `Voiceroll-Timestamp`. */
  timestamp?: string | undefined;
  /** `Voiceroll-Signature`. */
  signature?: string | undefined;
}

/** Receives the callbacks that servers post to a `JobRequest.webhook`: pass each request to `take`, and answer 200. */
export class Callbacks {
  readonly #desk: Desk;

  /** @param secret Takes only callbacks that are signed with it: the app's secret, which `voiceroll apps callback-secret CLIENT_ID` prints. */
  constructor(secret?: string) {
    const place = here(Callbacks);
    try {
      this.#desk = { bridge: native.Bridge.openNow(write({ callbacks: true, secret }, place)) };
    } catch (thrown) {
      throw revive(thrown, place);
    }
  }

  /**
   * Takes in a request: its body as it came, and its headers.
   *
   * @throws UnauthorizedError for a signature that is missing, wrong or older than five minutes: answer 401.
   * @throws UnsupportedError for a body that is not a job: answer 400.
   */
  take(body: Uint8Array | ArrayBuffer | string, headers: Signature = {}): Job {
    const { timestamp, signature } = settings(headers);
    for (const header of [timestamp, signature]) {
      if (header !== undefined && typeof header !== "string") throw new TypeError("a header must be a string");
    }
    const view = bytesOf(typeof body === "string" ? Buffer.from(body) : body);
    if (view === undefined) throw new TypeError("pass the body as it was received: the bytes or the text, not parsed");
    try {
      const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
      return read<Job>(this.#desk.bridge.take(timestamp, signature, bytes));
    } catch (thrown) {
      throw revive(thrown, here(Callbacks.prototype.take));
    }
  }

  /** Waits until the result of a job has come; bound that with `timeout`. */
  wait(job: string, options: CallOptions = {}): Promise<JobResult> {
    return ask(this.#desk, "wait", options, { job });
  }
}

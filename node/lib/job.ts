/** Requests for jobs: the server fetches a recording and processes it. */

import { type Encoding, discreet } from "./types.js";

/** A job for `Registry.submit`. Its addresses are left out when it is logged: a token may stand in them. */
export interface JobRequest {
  /** What is done. */
  readonly api: "identify" | "diarize" | "transcribe";
  /** Where the server fetches the recording. */
  readonly contentUri: string;
  /** Who is looked for. All must be enrolled completely. */
  readonly speakerIds?: readonly string[] | undefined;
  /** The number of speakers, 1 to 20, if known. */
  readonly speakers?: number | undefined;
  /** Whether each channel is one speaker. */
  readonly perChannel?: boolean | undefined;
  /** What the recording is. Default: by the end of the address. */
  readonly encoding?: Encoding | undefined;
  /** The language that is spoken, such as `en-US`. */
  readonly language?: string | undefined;
  /** Where the server posts the result; see `Callbacks`. Default: nowhere, it is asked for. */
  readonly webhook?: string | undefined;
}

type Options<Names extends keyof JobRequest> = Pick<JobRequest, Names | "encoding" | "webhook">;

/** Makes jobs for `Registry.submit`. */
export const JobRequest = Object.freeze({
  /** Says where in a recording these speakers speak. */
  identify(contentUri: string, speakerIds: readonly string[], options: Options<never> = {}): JobRequest {
    return request({ ...options, api: "identify", contentUri, speakerIds });
  },

  /** Finds out who speaks when in a recording. */
  diarize(contentUri: string, options: Options<"speakerIds" | "speakers" | "perChannel"> = {}): JobRequest {
    return request({ ...options, api: "diarize", contentUri });
  },

  /** Transcribes a recording, with the speakers if `speakerIds` or `speakers` are given. */
  transcribe(
    contentUri: string,
    options: Options<"language" | "speakerIds" | "speakers" | "perChannel"> = {},
  ): JobRequest {
    return request({ language: "en-US", ...options, api: "transcribe", contentUri });
  },
});

function request(request: JobRequest): JobRequest {
  return Object.freeze(discreet(request, ["contentUri", "webhook"]));
}

/** Which options there are, and how arguments reach the core. */

import type { CallOptions, EnrollOptions } from "./call.js";
import { type Place, made } from "./errors.js";
import type { JobRequest } from "./job.js";
import type { LiveEnrollOptions, LiveIdentifyOptions } from "./live.js";
import { camel, snake } from "./names.js";
import type {
  ConnectOptions,
  DiarizeOptions,
  ExportOptions,
  FreeOptions,
  IdentifyOptions,
  ListOptions,
  OpenOptions,
  RestoreOptions,
  RotateOptions,
} from "./registry.js";

type All<T> = Readonly<Record<keyof T, true>>;

const CALL: All<CallOptions> = { signal: true, timeout: true, onProgress: true };
const ENROLL: All<EnrollOptions> = { ...CALL, force: true, consent: true };
const LIMITS = { maxSeconds: true, maxBytes: true } as const;
const FREE: All<FreeOptions> = { ...CALL, ...LIMITS };
const LIST: All<ListOptions> = { ...CALL, partial: true, page: true, perPage: true, after: true };
const IDENTIFY: All<IdentifyOptions> = { ...CALL, speakerIds: true };
const DIARIZE: All<DiarizeOptions> = { ...CALL, speakers: true, known: true, perChannel: true };
const KEY = { keyFolder: true, keyFile: true, keyVariable: true, keyCommand: true, audit: true, actor: true } as const;
const OPEN: All<OpenOptions> = {
  ...LIMITS,
  ...KEY,
  model: true,
  calibration: true,
  falseAcceptRate: true,
  readOnly: true,
  encrypted: true,
  requireConsent: true,
  decisionsOnly: true,
  attemptsPerHour: true,
};
const RESTORE: All<RestoreOptions> = { ...CALL, ...KEY, replace: true };
const EXPORT: All<ExportOptions> = { ...CALL, voiceprints: true };
const ROTATE: All<RotateOptions> = { ...CALL, forgetOld: true };
const CONNECT: All<ConnectOptions> = {
  ...LIMITS,
  clientId: true,
  clientSecret: true,
  jwt: true,
  inspect: true,
  maxRecording: true,
  requestTimeout: true,
  patience: true,
  plainHttp: true,
};
const REQUEST: All<JobRequest> = {
  api: true,
  contentUri: true,
  speakerIds: true,
  speakers: true,
  perChannel: true,
  encoding: true,
  language: true,
  webhook: true,
};

const LIVE = { format: true, sampleRate: true, channels: true } as const;
const LIVE_ENROLL: All<LiveEnrollOptions> = { ...LIVE, force: true, consent: true };
const LIVE_IDENTIFY: All<LiveIdentifyOptions> = { ...LIVE, speakerIds: true };

/** The options of each verb that has more than `CallOptions`. */
const OPTIONS: Readonly<Record<string, Readonly<Record<string, true>>>> = {
  enroll: ENROLL,
  create: ENROLL,
  update: ENROLL,
  list: LIST,
  identify: IDENTIFY,
  diarize: DIARIZE,
  open: OPEN,
  export_speaker: EXPORT,
  rotate_key: ROTATE,
  restore: RESTORE,
  connect: CONNECT,
};

/** Refuses options that a verb does not have: they would be ignored in silence. `free` is for what needs no registry. */
export function known(verb: string, options: object, place: Place, free = false): void {
  refuseOthers(verb, options, free && verb !== "restore" ? FREE : (OPTIONS[verb] ?? CALL), place);
}

/** Refuses options that a live session does not have. */
export function knownLive(options: object, enrolls: boolean, place: Place): void {
  if (enrolls) refuseOthers("live_enrollment", options, LIVE_ENROLL, place);
  else refuseOthers("live_identification", options, LIVE_IDENTIFY, place);
}

/** Refuses members that no job has. */
export function knownRequest(request: object, place: Place): void {
  refuseOthers("submit", request, REQUEST, place);
}

function refuseOthers(verb: string, given: object, there: Readonly<Record<string, true>>, place: Place): void {
  const other = Object.entries(given).find(([name, value]) => value !== undefined && !Object.hasOwn(there, name));
  if (other !== undefined) throw refused(`\`${camel(verb)}\` has no option \`${other[0]}\``, place);
}

/** Options, if they are some: what is none would be ignored in silence. */
export function settings<T extends object>(options: T): T {
  const named = typeof options === "object" && options !== null && !Array.isArray(options);
  if (named && !(options instanceof AbortSignal)) return options;
  throw new TypeError("pass options in an object, by name");
}

/** Arguments as the core spells them, in JSON, which has no word for numbers without an end. */
export function write(args: object, place: Place): string {
  const finite = (name: string) => (_: string, value: unknown) => {
    if (typeof value !== "number" || Number.isFinite(value)) return value;
    throw refused(`\`${name}\` is ${value} and must be a finite number`, place);
  };
  const members = Object.entries(args).map(([name, value]) => {
    const json = JSON.stringify(name === "consent" ? snaked(value) : value, finite(name));
    return json === undefined ? [] : [`${JSON.stringify(snake(name))}:${json}`];
  });
  return `{${members.flat().join()}}`;
}

/** An object with its members in the core's spelling. */
function snaked(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [snake(name), member]));
}

function refused(message: string, place: Place): Error {
  return made({ code: "invalid_option", kind: "InvalidInput", message }, place);
}

/** Registries of enrolled speakers, and functions that need none. */

import { type CallOptions, type Desk, type EnrollOptions, type Question, ask, close } from "./call.js";
import { type Place, here, revive } from "./errors.js";
import type { JobRequest } from "./job.js";
import { LiveEnrollment, type LiveEnrollOptions, LiveIdentification, type LiveIdentifyOptions } from "./live.js";
import { type Answer, type NativeBridge, native } from "./native.js";
import { known, settings, write } from "./options.js";
import { type Source, pathOf } from "./recording.js";
import {
  type AuditEntry,
  type AuditReport,
  type CallIdentification,
  type CheckReport,
  type ConsentRecord,
  type ConsentState,
  type Diarization,
  type Enrollment,
  type Identification,
  type Inspection,
  type Job,
  type JobResult,
  type Page,
  type Prepared,
  type Restored,
  type Verification,
  read,
} from "./types.js";

/** How much is read of a recording. */
export interface Limits {
  /** The longest recording to decode, in seconds. Default: two hours. */
  maxSeconds?: number | undefined;
  /** The largest recording that is read, in bytes. Default: 2 GiB. */
  maxBytes?: number | undefined;
}

/** How a registry in a file is opened. */
export interface OpenOptions extends Limits, KeyOptions {
  /**
   * The speaker network: `compact`, `campplus`, or the path of a file of your own, as ONNX. Default: what
   * `VOICEROLL_MODEL` names, what the store was made with, or the most accurate one installed.
   */
  model?: string | URL | undefined;
  /** The path of a calibration made by `voiceroll calibrate`. */
  calibration?: string | URL | undefined;
  /** The share of other people's recordings that may match, between 0 and 1. Default: 0.01. */
  falseAcceptRate?: number | undefined;
  /** Opens the store read-only; calls that would change it fail with a `StoreError`. Default: false. */
  readOnly?: boolean | undefined;
  /** Whether the store is encrypted. Default: it is, unless it was created with false. */
  encrypted?: boolean | undefined;
  /** Whether nobody is enrolled or recognised without a valid `ConsentRecord`. Default: false. */
  requireConsent?: boolean | undefined;
  /** Whether answers say no more than the decision: no confidence, ratio or score. Default: false. */
  decisionsOnly?: boolean | undefined;
  /** How often in an hour a speaker may be verified, or named as a candidate. Default: without limit. */
  attemptsPerHour?: number | undefined;
}

/** Where the key of a store is, and its audit trail. Without the key nobody can read the voiceprints. */
export interface KeyOptions {
  /** A folder with a key file for each store. Default: what the environment says, or a folder of the user. */
  keyFolder?: string | URL | undefined;
  /** The file of the key; it is created if it does not exist. */
  keyFile?: string | URL | undefined;
  /** The environment variable that holds the key. */
  keyVariable?: string | undefined;
  /** A command that prints the key. */
  keyCommand?: string | undefined;
  /** The folder of an audit trail of every change and every recognition. Default: none is kept. */
  audit?: string | URL | undefined;
  /** The actor in the audit trail. Default: the user of the operating system. */
  actor?: string | undefined;
}

/** How a backup is restored. */
export interface RestoreOptions extends CallOptions, KeyOptions {
  /** Whether a store that exists is moved aside. Default: false. */
  replace?: boolean | undefined;
}

/** What is exported of a speaker. */
export interface ExportOptions extends CallOptions {
  /** Whether voiceprints are included. Default: false. */
  voiceprints?: boolean | undefined;
}

/** How a key is rotated. */
export interface RotateOptions extends CallOptions {
  /** Whether the old key is removed from the store's key file; earlier backups can then not be opened. Default: false. */
  forgetOld?: boolean | undefined;
}

/** How a registry on a server is used. */
export interface ConnectOptions extends Limits {
  /** What to log in with. Default: `VOICEROLL_CLIENT_ID` or `RINGCENTRAL_CLIENT_ID`. */
  clientId?: string | undefined;
  /** Default: `VOICEROLL_CLIENT_SECRET` or `RINGCENTRAL_CLIENT_SECRET`. */
  clientSecret?: string | undefined;
  /** Default: `VOICEROLL_JWT` or `RINGCENTRAL_JWT`. */
  jwt?: string | undefined;
  /** Whether recordings are inspected locally before they are sent for enrollment. Default: true. */
  inspect?: boolean | undefined;
  /** The largest recording to send, in bytes; of a larger one the best 30 s are sent. Default: 16 MiB. */
  maxRecording?: number | undefined;
  /** The timeout of a single request, in seconds. Default: 300. */
  requestTimeout?: number | undefined;
  /** The total time that a call waits for a busy server, in seconds. Default: 120. */
  patience?: number | undefined;
  /** Whether to allow unencrypted http to another machine. Default: false. */
  plainHttp?: boolean | undefined;
}

/** Which enrollments are listed. */
export interface ListOptions extends CallOptions {
  /** Whether to include incomplete enrollments. Default: false. */
  partial?: boolean | undefined;
  /** The page number, from 1. Default: 1. */
  page?: number | undefined;
  /** How many enrollments a page has, 1 to 1000. Default: 100. */
  perPage?: number | undefined;
  /** Only those whose ids come after this one, such as `nextAfter` of a page, whatever the number of the page. */
  after?: string | undefined;
}

/** Who is looked for. */
export interface IdentifyOptions extends CallOptions {
  /** Default: every speaker with a complete enrollment. */
  speakerIds?: readonly string[] | undefined;
}

/** Options of a diarization. */
export interface DiarizeOptions extends CallOptions {
  /** The number of speakers, 1 to 20, if known. */
  speakers?: number | undefined;
  /** The enrolled speakers to search for. Default: none. */
  known?: "all" | readonly string[] | undefined;
  /** Whether each channel is one speaker. Default: false. */
  perChannel?: boolean | undefined;
}

/** Options of `inspect` and `prepare` without a registry. */
export interface FreeOptions extends CallOptions, Limits {}

/**
 * A registry of enrolled speakers: `open` uses a local store file, `connect` a server.
 *
 * Any number of calls may be under way at once; the event loop goes on meanwhile, and the process ends when they have.
 */
export class Registry {
  readonly #desk: Desk;
  #closed: Promise<void> | undefined;

  private constructor(bridge: NativeBridge, limits: Limits) {
    if (typeof bridge !== "object") throw new TypeError("use Registry.open(path) or Registry.connect(url)");
    this.#desk = { bridge, most: most(limits) };
  }

  /**
   * Opens a store file, and creates it and its folders if they do not exist. Its folder must be writable even for
   * reading.
   *
   * @throws StoreError, InvalidInputError
   */
  static async open(path: string | URL, options: OpenOptions = {}): Promise<Registry> {
    const place = here(Registry.open);
    const { model, calibration, keyFolder, keyFile, audit } = settings(options);
    known("open", options, place);
    const files = {
      path: pathOf(path),
      model: model && pathOf(model),
      calibration: calibration && pathOf(calibration),
      ...keyPaths({ keyFolder, keyFile, audit }),
    };
    return new this(await opened({ ...options, ...files }, place), options);
  }

  /**
   * Uses a registry on a server with RingCentral's API: `voiceroll serve`, or a compatible one.
   *
   * Nothing is sent before the first call, which logs in.
   *
   * @param url The server's address. Default: `VOICEROLL_SERVER` or `RINGCENTRAL_SERVER_URL`.
   * @throws InvalidInputError
   */
  static async connect(url?: string | URL, options: ConnectOptions = {}): Promise<Registry> {
    const place = here(Registry.connect);
    known("connect", settings(options), place);
    const given = { ...options, path: undefined, url: url === undefined ? "" : String(url) };
    return new this(await opened(given, place), options);
  }

  /**
   * Gives up the registry; on a server, ends the session. New calls are refused from then on. Calls that are under
   * way go on: this does not wait for them, and the last of them ends the session.
   */
  close(): Promise<void> {
    this.#closed ??= close(this.#desk);
    return this.#closed;
  }

  /**
   * Measures a recording and tells whether it would be enrolled. Nothing is stored.
   *
   * @throws UnreadableError, LimitError, IoError where it cannot be read at all; faults such as noise are in
   * `problems`.
   */
  inspect(recording: Source, options: CallOptions = {}): Promise<Inspection> {
    return this.#ask("inspect", options, { recordings: [recording] }, inspected);
  }

  /**
   * Enrolls a speaker: creates the enrollment, or adds to an existing one.
   *
   * Each recording is inspected; those with too little speech are refused, the others are added together.
   *
   * @param speakerId 1 to 128 letters, digits and underscores.
   * @param recordings One recording, or an array of several of the same person.
   * @throws RefusedError if not one recording was accepted; `problems` says why. Nothing is changed in these cases.
   */
  enroll(
    speakerId: string,
    recordings: Source | readonly Source[],
    options: EnrollOptions = {},
  ): Promise<Enrollment> {
    return this.#ask("enroll", options, { speakerId, recordings });
  }

  /**
   * Enrolls a new speaker; see `enroll`.
   *
   * @throws ConflictError if the id is enrolled.
   */
  create(
    speakerId: string,
    recordings: Source | readonly Source[],
    options: EnrollOptions = {},
  ): Promise<Enrollment> {
    return this.#ask("create", options, { speakerId, recordings });
  }

  /**
   * Adds speech to an enrollment; see `enroll`.
   *
   * @throws NotFoundError if the id is not enrolled.
   */
  update(
    speakerId: string,
    recordings: Source | readonly Source[],
    options: EnrollOptions = {},
  ): Promise<Enrollment> {
    return this.#ask("update", options, { speakerId, recordings });
  }

  /**
   * The enrollment of a speaker.
   *
   * @throws NotFoundError
   */
  get(speakerId: string, options: CallOptions = {}): Promise<Enrollment> {
    return this.#ask("get", options, { speakerId });
  }

  /**
   * The enrollments, sorted by id or in the order of the server: await it for one page, iterate over it with `for
   * await` for all enrollments from that page on, fetched a page at a time. `timeout` is for each page.
   *
   * The first page is asked for at once, so handle its error even where nothing is awaited. An enrollment that is
   * added or deleted while others are read may be missed; one who is there throughout is seen once. On a server of
   * another make, which use page numbers, additions and deletions can hide a speaker.
   */
  list(options: ListOptions = {}): Promise<Page> & AsyncIterable<Enrollment> {
    const ask = (asked: ListOptions) => this.#ask<Page>("list", asked);
    const first = ask(options);
    async function* all(): AsyncGenerator<Enrollment, void, undefined> {
      let found = await first;
      let { after } = options;
      // By name, not by order: a server may have another.
      const seen = new Set<string>();
      for (;;) {
        for (const record of found.records) {
          if (seen.has(record.speakerId)) continue;
          seen.add(record.speakerId);
          yield record;
        }
        const { nextAfter } = found;
        if (nextAfter === null && (after !== undefined || found.page >= found.totalPages)) return;
        let { total, page } = found;
        after = nextAfter ?? undefined;
        found = await ask({ ...options, page: ++page, after });
        // Where some are gone meanwhile, those behind them have moved up.
        while (after === undefined && found.total < total && page > 1) {
          page = Math.max(1, page - Math.ceil((total - found.total) / found.perPage));
          total = found.total;
          found = await ask({ ...options, page });
        }
      }
    }
    return Object.assign(first, { [Symbol.asyncIterator]: all });
  }

  /**
   * Deletes a speaker with all voiceprints and measurements.
   *
   * @throws NotFoundError if the id was never enrolled, GoneError where it was deleted before.
   */
  delete(speakerId: string, options: CallOptions = {}): Promise<void> {
    return this.#ask("delete", options, { speakerId }, nothing);
  }

  /** Removes one recording from an enrollment, by its `Sample.id`, and recomputes the enrollment from the others. */
  removeSample(speakerId: string, sample: number, options: CallOptions = {}): Promise<Enrollment> {
    return this.#ask("remove_sample", options, { speakerId, sample });
  }

  /** Cuts the stretch with the most continuous speech, at most 30 s, out of a recording, as 16 kHz mono WAV. */
  prepare(recording: Source, options: CallOptions = {}): Promise<Prepared> {
    return this.#ask("prepare", options, { recordings: [recording] }, prepared);
  }

  /**
   * Whether a recording is of an enrolled speaker.
   *
   * @throws NotFoundError, IncompleteError, ModelMismatchError
   */
  verify(speakerId: string, recording: Source, options: CallOptions = {}): Promise<Verification> {
    return this.#ask("verify", options, { speakerId, recordings: [recording] });
  }

  /** Finds the segments of a recording in which enrolled speakers speak, and those of others. */
  identify(recording: Source, options: IdentifyOptions = {}): Promise<Identification> {
    return this.#ask("identify", options, { recordings: [recording] });
  }

  /** Finds out who speaks when in a recording. */
  diarize(recording: Source, options: DiarizeOptions = {}): Promise<Diarization> {
    return this.#ask("diarize", options, { recordings: [recording] });
  }

  /**
   * An enrollment while somebody speaks, which starts with its first call.
   *
   * @throws InvalidInputError
   */
  liveEnrollment(speakerId: string, options: LiveEnrollOptions = {}): LiveEnrollment {
    return new LiveEnrollment(this.#desk.bridge, options, { speakerId }, here(this.liveEnrollment));
  }

  /**
   * An identification while people speak, which starts with its first call.
   *
   * @throws InvalidInputError
   */
  liveIdentification(options: LiveIdentifyOptions = {}): LiveIdentification {
    return new LiveIdentification(this.#desk.bridge, options, {}, here(this.liveIdentification));
  }

  /** The name of the model that makes this registry's voiceprints. */
  model(options: CallOptions = {}): Promise<string> {
    return this.#ask("model", options);
  }

  /** The speakers that were enrolled with another model, with the name of that model; they have to be re-enrolled. */
  outdated(options: CallOptions = {}): Promise<Readonly<Record<string, string>>> {
    return this.#ask("outdated", options, {}, ({ json }) => {
      return Object.freeze(Object.fromEntries(read<[string, string][]>(json)));
    });
  }

  /** Submits a job: the server fetches a recording and processes it. Returns the job id. */
  submit(request: JobRequest, options: CallOptions = {}): Promise<string> {
    return this.#ask("submit", options, { ...request });
  }

  /**
   * The status of a job.
   *
   * @throws NotFoundError
   */
  job(job: string, options: CallOptions = {}): Promise<Job> {
    return this.#ask("job", options, { job });
  }

  /** Waits until a job is done; bound that with `timeout`. */
  wait(job: string, options: CallOptions = {}): Promise<JobResult> {
    return this.#ask("wait", options, { job });
  }

  /**
   * Finds out who spoke when in a recorded call, with names.
   *
   * @param record A record of the platform's call log, as its API returns it.
   * @param recording The recording, where it is at hand. Default: the server fetches it from the record's address.
   */
  identifyCall(
    record: Readonly<Record<string, unknown>>,
    recording?: Source | undefined,
    options: CallOptions = {},
  ): Promise<CallIdentification> {
    return this.#ask("identify_call", options, { record, recordings: recording === undefined ? [] : [recording] });
  }

  /**
   * Records a consent of an enrolled speaker. One that is recorded already is not recorded twice.
   *
   * Consent, expiry and export also work for a registry on a server of this project. The other calls below need a store
   * file; for a registry on a server they fail with an `UnsupportedError`.
   *
   * @throws NotFoundError, InvalidInputError
   */
  recordConsent(speakerId: string, consent: ConsentRecord, options: CallOptions = {}): Promise<void> {
    return this.#ask("record_consent", options, { speakerId, consent }, nothing);
  }

  /** What a speaker consented to and withdrew, and when the speaker expires; also of one who withdrew. */
  consent(speakerId: string, options: CallOptions = {}): Promise<ConsentState> {
    return this.#ask("consent", options, { speakerId });
  }

  /**
   * Deletes a speaker at once, as `delete` does, and keeps the proof that the consent was withdrawn.
   *
   * @throws NotFoundError, GoneError
   */
  withdrawConsent(speakerId: string, options: CallOptions = {}): Promise<void> {
    return this.#ask("withdraw_consent", options, { speakerId }, nothing);
  }

  /**
   * Sets when a speaker expires: from then on nobody is recognised as this speaker, and `purge` erases.
   *
   * @param at Seconds since 1970. Null: never.
   */
  expire(speakerId: string, at: number | null = null, options: CallOptions = {}): Promise<void> {
    return this.#ask("expire", options, { speakerId, at }, nothing);
  }

  /** How many seconds new speakers are kept; null: until they are deleted. */
  retention(options: CallOptions = {}): Promise<number | null> {
    return this.#ask("retention", options);
  }

  /** Sets how many seconds speakers are kept who are enrolled from now on; null: until they are deleted. */
  setRetention(seconds: number | null, options: CallOptions = {}): Promise<void> {
    return this.#ask("set_retention", options, { seconds }, nothing);
  }

  /** The speakers who have expired and whom `purge` would erase, sorted by id. */
  expired(options: CallOptions = {}): Promise<readonly string[]> {
    return this.#ask("expired", options);
  }

  /** Erases the speakers who have expired, as `delete` does; their ids. */
  purge(options: CallOptions = {}): Promise<readonly string[]> {
    return this.#ask("purge", options);
  }

  /** Everything that is held about a speaker, as JSON text; `docs/lawful.md` describes its form. */
  exportSpeaker(speakerId: string, options: ExportOptions = {}): Promise<string> {
    return this.#ask("export_speaker", options, { speakerId });
  }

  /**
   * Enrolls a speaker from what `exportSpeaker` of another store of the same model returned, with voiceprints. It trusts
   * the text: no recording is compared.
   *
   * @throws ConflictError, ModelMismatchError, InvalidInputError
   */
  importSpeaker(exported: string, options: CallOptions = {}): Promise<Enrollment> {
    return this.#ask("import_speaker", options, { export: exported });
  }

  /** Replaces the key of the store; returns how many speakers' keys were wrapped with the new one. */
  rotateKey(options: RotateOptions = {}): Promise<number> {
    return this.#ask("rotate_key", options);
  }

  /** Reads the audit trail and reports entries that were changed, removed or inserted. */
  verifyAudit(options: CallOptions = {}): Promise<AuditReport> {
    return this.#ask("verify_audit", options);
  }

  /** The entries of the audit trail, oldest first. */
  auditEntries(options: CallOptions = {}): Promise<readonly AuditEntry[]> {
    return this.#ask("audit_entries", options);
  }

  /** The pseudonym of a speaker in the audit trail: `AuditEntry.speaker`. */
  auditPseudonym(speakerId: string, options: CallOptions = {}): Promise<string> {
    return this.#ask("audit_pseudonym", options, { speakerId });
  }

  /**
   * Writes a copy of the store into a new file, while others use it. It needs the same key; see `restore`.
   *
   * @throws InvalidInputError if the file exists.
   */
  backup(to: string | URL, options: CallOptions = {}): Promise<void> {
    return this.#ask("backup", options, { to: pathOf(to) }, nothing);
  }

  /** Reads everything in the store, and the audit trail if there is one, and reports what was changed. */
  check(options: CallOptions = {}): Promise<CheckReport> {
    return this.#ask("check", options);
  }

  #ask<T>(verb: string, options: CallOptions, question?: Question, make?: (answer: Answer) => T): Promise<T> {
    return ask(this.#desk, verb, options, question, make);
  }
}

export interface Registry {
  /** Closes the registry, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

// The first releases of Node 20 do not have the symbol.
if (Symbol.asyncDispose) {
  Object.defineProperty(Registry.prototype, Symbol.asyncDispose, {
    value: Registry.prototype.close,
    configurable: true,
    writable: true,
  });
}

/**
 * Measures a recording and says whether it would be enrolled, without a registry.
 *
 * @throws UnreadableError, LimitError, IoError where it cannot be read at all; faults such as noise are in `problems`.
 */
export function inspect(recording: Source, options: FreeOptions = {}): Promise<Inspection> {
  return ask(free(options), "inspect", options, { recordings: [recording] }, inspected);
}

/** Cuts the stretch with the most continuous speech, at most 30 s, out of a recording, as 16 kHz mono WAV. */
export function prepare(recording: Source, options: FreeOptions = {}): Promise<Prepared> {
  return ask(free(options), "prepare", options, { recordings: [recording] }, prepared);
}

/**
 * Puts a backup in the place of a store that nobody has open. Speakers who were deleted from the replaced store since the
 * backup are erased from the restored one.
 *
 * @throws StoreError if the backup is damaged or the key is wrong; InvalidInputError if a store exists and `replace` is not
 * set.
 */
export function restore(
  backup: string | URL,
  path: string | URL,
  options: RestoreOptions = {},
): Promise<Restored> {
  const { keyFolder, keyFile, audit } = settings(options);
  const files = { backup: pathOf(backup), path: pathOf(path), ...keyPaths({ keyFolder, keyFile, audit }) };
  return ask({ bridge: native.Bridge.free(), free: true }, "restore", options, files);
}

/** Those of some paths that were given, as texts. */
function keyPaths(paths: Pick<KeyOptions, "keyFolder" | "keyFile" | "audit">): Record<string, string> {
  const given = Object.entries(paths).filter((entry): entry is [string, string | URL] => entry[1] !== undefined);
  return Object.fromEntries(given.map(([name, path]) => [name, pathOf(path)]));
}

async function opened(given: object, place: Place): Promise<NativeBridge> {
  try {
    return await native.Bridge.open(write(given, place));
  } catch (thrown) {
    throw revive(thrown, place);
  }
}

function free(options: FreeOptions): Desk {
  return { bridge: native.Bridge.free(), most: most(options), free: true };
}

/** The largest recording in bytes. What is none is left to the core to refuse. */
function most(limits: Limits | null): number | undefined {
  return typeof limits?.maxBytes === "number" ? limits.maxBytes : undefined;
}

function inspected({ json }: Answer): Inspection {
  const found = read<Omit<Inspection, "accepted">>(json);
  return Object.freeze({ ...found, accepted: !found.problems.some(({ severity }) => severity === "refuse") });
}

function prepared({ json, wav }: Answer): Prepared {
  // The core's memory cannot be transferred to another thread.
  const own = Buffer.from(new Uint8Array(wav ?? []).buffer);
  return Object.freeze(Object.defineProperty({ ...read<Prepared>(json) }, "wav", { value: own }));
}

function nothing(): void {}

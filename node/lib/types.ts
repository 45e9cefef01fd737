/** What calls give back: plain frozen objects, the same as in every language. */

import { inspect } from "node:util";

import { camel } from "./names.js";

/** How much an enrollment can be relied on, in rising order. */
export type Quality = "Poor" | "Average" | "Good" | "High";

/** The severity of a problem. */
export type Severity = "refuse" | "warn" | "note";

/** The outcome of a verification. */
export type Decision = "match" | "undecided" | "no_match" | "too_little_speech";

/** The status of a job. */
export type JobStatus = "InProgress" | "Success" | "Fail";

/** What a sender may declare a recording to be. */
export type Encoding = "Mpeg" | "Mp4" | "Wav" | "Webm" | "Webp" | "Aac" | "Avi" | "Ogg";

/** How an enrollment goes while somebody speaks. Everything is about the sound so far. */
export interface LiveStatus {
  /** Seconds of sound. */
  readonly duration: number;
  /** Seconds of speech. */
  readonly speechSeconds: number;
  /** Seconds of speech that are still missing for a complete enrollment, with what was enrolled before. */
  readonly missingSeconds: number;
  /** Whether somebody speaks now. */
  readonly speaking: boolean;
  /** The level of the last 0.4 s, in dB relative to full scale; null for digital silence. */
  readonly momentaryDbfs: number | null;
  /** The level of the speech. */
  readonly levelDbfs: number | null;
  /** The largest sample. */
  readonly peakDbfs: number | null;
  /** Share of clipped samples, 0 to 1, in the worst channel. */
  readonly clippedRatio: number;
  /** Speech over noise, in dB; null as long as it cannot be measured. */
  readonly snrDb: number | null;
  /** Number of speakers; null with little speech, or with a network of your own. */
  readonly speakers: number | null;
  /** The problems as of now, the most severe first. They come and go with what is said. */
  readonly problems: readonly Problem[];
}

/** Who speaks now. */
export interface LiveSpeaker {
  /** Since when, in seconds from the start of the session. */
  readonly start: number;
  /** The enrolled speaker; null for somebody who is not known, or not known yet. */
  readonly speakerId: string | null;
  /** Confidence in this answer, 0 to 1. */
  readonly confidence: number;
  /** Whether enough was heard: of somebody who is named, or who spoke for 3 s without being named. */
  readonly decided: boolean;
}

/** Who speaks in a stream, as far as it can be said now. */
export interface LiveUpdate {
  /** Seconds of sound. */
  readonly duration: number;
  /** Seconds of speech. */
  readonly speechSeconds: number;
  /** The level of the last 0.4 s, in dB relative to full scale; null for digital silence. */
  readonly momentaryDbfs: number | null;
  /** Who speaks now; null in a pause, and in the first second and a half of somebody. */
  readonly speaker: LiveSpeaker | null;
  /** Segments that are new or were corrected: they take the place of all earlier ones that start with the first or later. */
  readonly segments: readonly Segment[];
}

/** The progress of a call. */
export interface Progress {
  /** Which recording of the call is being read, from 0. */
  readonly recording: number;
  /** How many recordings the call has. */
  readonly recordings: number;
  /** How much of the whole call is done, 0 to 1. */
  readonly fraction: number;
}

/** A problem of a recording. */
export interface Problem {
  /** Which problem, such as `too_short`; the reference lists them with their units. More may come. */
  readonly code: string;
  /** The severity. */
  readonly severity: Severity;
  /** The measured value, in the unit of the code; null if nothing is measured. */
  readonly measured: number | null;
  /** The limit, in the same unit. */
  readonly limit: number | null;
  /** The speaker with the same voice, for `duplicate_voice`. */
  readonly speakerId?: string | null;
  /** What to do, in one sentence. */
  readonly advice: string;
}

/** The measurements of a recording, and its problems. Null is what could not be measured. */
export interface Inspection {
  /** What the bytes are stored in, such as `mp4`. */
  readonly container: string;
  /** How the sound is coded, such as `aac`. */
  readonly codec: string;
  /** Number of channels; they are averaged before listening. */
  readonly channels: number;
  /** Samples a second, in Hz. */
  readonly sampleRate: number;
  /** The highest frequency that carries voice, in Hz, at most 8000. */
  readonly bandwidthHz: number | null;
  /** Length in seconds. */
  readonly duration: number;
  /** Seconds of speech; a pause under 300 ms counts as speech. */
  readonly speechSeconds: number;
  /** Longest stretch without speech, in seconds. */
  readonly longestPause: number;
  /** Level of the speech, in dB relative to full scale. */
  readonly levelDbfs: number | null;
  /** The largest sample, in dB relative to full scale. */
  readonly peakDbfs: number | null;
  /** Share of samples cut off at a level, 0 to 1. */
  readonly clippedRatio: number;
  /** Speech over noise, in dB. */
  readonly snrDb: number | null;
  /** A second opinion on it in dB, from the amplitudes alone. */
  readonly snrBlindDb: number | null;
  /** Mean of the samples, -1 to 1. */
  readonly dcOffset: number;
  /** Samples of a float recording that were no number. */
  readonly nonfiniteSamples: number;
  /** Size in base64, in bytes, as RingCentral's API sends it. */
  readonly base64Bytes: number;
  /** How many people speak in it, by 60 s of its speech. */
  readonly speakers: number | null;
  /** What is wrong, the worst first. */
  readonly problems: readonly Problem[];
  /** Whether it would be accepted for enrollment. */
  readonly accepted: boolean;
}

/** One recording of an enrollment. */
export interface Sample {
  /** Its number in the enrollment, for `removeSample`; null if it was refused. */
  readonly id: number | null;
  /** Which recording of this call it was, from 0; null for those from before. */
  readonly input: number | null;
  /** Whether it is part of the enrollment. */
  readonly accepted: boolean;
  /** Seconds of speech. */
  readonly speechSeconds: number;
  /** Length in seconds. */
  readonly totalSeconds: number;
  /** Speech over noise, in dB. */
  readonly snrDb: number | null;
  /** Its bandwidth, in Hz. */
  readonly bandwidthHz: number | null;
  /** When it was enrolled, in seconds since 1970. */
  readonly enrolledAt: number | null;
  /** What was wrong with it. */
  readonly problems: readonly Problem[];
}

/** The enrollment of one speaker. */
export interface Enrollment {
  /** The speaker's id. */
  readonly speakerId: string;
  /** How much it can be relied on. */
  readonly quality: Quality;
  /** Whether there is enough speech for comparisons: at least 12 s. */
  readonly complete: boolean;
  /** Seconds of speech. */
  readonly speechSeconds: number;
  /** Seconds of all recordings, pauses included. */
  readonly totalSeconds: number;
  /** Seconds of speech still missing to be complete. */
  readonly missingSeconds: number;
  /** The model that made the voiceprints. */
  readonly model: string;
  /** The enrolled recordings, oldest first, followed by those that this call refused. */
  readonly recordings: readonly Sample[];
}

/** One page of enrollments, in the order of their ids or of the server. */
export interface Page {
  /** The enrollments; empty after the last page. */
  readonly records: readonly Enrollment[];
  /** The number of this page, from 1. */
  readonly page: number;
  /** The page size. */
  readonly perPage: number;
  /** The number of pages. */
  readonly totalPages: number;
  /** The number of enrollments on all pages. */
  readonly total: number;
  /** After whom the next page begins. Null on the last page, and from a server that knows its pages by number alone. */
  readonly nextAfter: string | null;
}

/** A stretch cut out of a recording. */
export interface Prepared {
  /**
   * A WAV file: 16 kHz, mono, 16 bit. Not enumerable, so that logs and JSON leave the voice out; `structuredClone` loses it,
   * too. Its memory is its own.
   */
  readonly wav: Buffer;
  /** Where the stretch begins in the recording, in seconds. */
  readonly start: number;
  /** Where it ends, in seconds. */
  readonly end: number;
  /** Seconds of speech in it. */
  readonly speechSeconds: number;
}

/** Whether a recording is of an enrolled speaker. */
export interface Verification {
  /** The speaker that the recording was compared with. */
  readonly speakerId: string;
  /** The decision. */
  readonly decision: Decision;
  /**
   * The chance that it is this person, 0 to 1, if that was as likely as not beforehand; null with too little speech.
   */
  readonly confidence: number | null;
  /** Log-likelihood ratio of this speaker to another, natural logarithm; null with too little speech. */
  readonly llr: number | null;
  /** From which `llr` on it is a match. */
  readonly matchLlr: number;
  /** The `llr` below which the decision is no match. */
  readonly noMatchLlr: number;
  /** Cosine of the two voiceprints, -1 to 1. */
  readonly score: number | null;
  /** Seconds of speech in the recording. */
  readonly speechSeconds: number;
  /** What is wrong with the recording. */
  readonly problems: readonly Problem[];
}

/** A stretch of a recording in which one person speaks. */
export interface Segment {
  /** Where it begins, in seconds from the start of the recording. */
  readonly start: number;
  /** Where it ends, in seconds. */
  readonly end: number;
  /**
   * Who speaks; `speaker_1` and so on for voices that `diarize` does not name, null for those that `identify` does not
   * know.
   */
  readonly speakerId: string | null;
  /** Confidence in the speaker, 0 to 1. */
  readonly confidence: number;
  /** Whether `speakerId` is an enrolled speaker. */
  readonly enrolled: boolean;
  /** The channel, from 1, if each channel is one speaker. */
  readonly channel: number | null;
}

/** Who speaks when in a recording. */
export interface Diarization {
  /** Length of the recording, in seconds. */
  readonly duration: number;
  /** How many people speak. */
  readonly speakers: number;
  /** Their turns, in the order of their starts. */
  readonly segments: readonly Segment[];
  /** Problems of the recording for diarization. */
  readonly problems: readonly Problem[];
}

/** The segments of a recording in which enrolled speakers speak, and those of others. */
export interface Identification {
  /** Length of the recording, in seconds. */
  readonly duration: number;
  /** The number of speakers, enrolled or not. */
  readonly speakers: number;
  /** All segments, sorted by start, including those of unknown speakers. */
  readonly segments: readonly Segment[];
}

/** A turn of somebody in a call. */
export interface CallSegment extends Segment {
  /** The speaker's name from the record, or else from RingCentral. Left out when it is logged. */
  readonly name: string | null;
}

/** Who spoke when in a call. */
export interface CallIdentification {
  /** All turns, in the order of their starts. */
  readonly segments: readonly CallSegment[];
  /** Who of the record could not be looked for. */
  readonly notEnrolled: readonly string[];
}

/** A word of a transcript, with start and end in seconds and the speaker. */
export interface Word {
  /** The word. Left out when it is logged. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
  readonly speakerId: string | null;
}

/** What one speaker says without a long pause, and where in seconds. */
export interface Utterance {
  /** The text. Left out when it is logged. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly speakerId: string | null;
  /** Confidence in the speakers, 0 to 1. */
  readonly confidence: number;
}

/** What is said in a recording. Its words are left out when it is logged. */
export interface Transcript {
  /** The full text. */
  readonly text: string;
  /** Confidence in the speakers, 0 to 1. */
  readonly confidence: number;
  /** The words. */
  readonly words: readonly Word[];
  /** What each speaker says at a time. */
  readonly utterances: readonly Utterance[];
}

/** The result of a job. */
export interface JobResult {
  /** The number of speakers, if requested. */
  readonly speakers: number | null;
  /** Who speaks when. */
  readonly segments: readonly Segment[];
  /** The transcript, if requested. */
  readonly transcript: Transcript | null;
}

/** The status of a job. */
export interface Job {
  /** As `submit` returned it. */
  readonly id: string;
  /** Whether it is done. */
  readonly status: JobStatus;
  /** When it was submitted, as RFC 3339. */
  readonly createdAt: string;
  /** When it finished. */
  readonly completedAt: string | null;
  /** When it is forgotten. */
  readonly expiresAt: string;
  /** The result, if it succeeded. */
  readonly result: JobResult | null;
  /** Why it failed, if it did. */
  readonly errorCode: string | null;
  /** The same as a sentence. */
  readonly errorMessage: string | null;
}

/** The consent of a person to being enrolled. */
export interface ConsentRecord {
  /** Who consented, as your own records have it: the number of a form, for example. No name is needed. */
  readonly reference: string;
  /** When, in seconds since 1970. */
  readonly givenAt: number;
  /** Which version of the text the person has seen. */
  readonly textVersion: string;
  /** The SHA-256 digest of that text, in 64 hexadecimal digits. */
  readonly textSha256: string;
  /** `verification`, `identification`, `diarization`, or others in words. Empty: all that the text says. */
  readonly purposes?: readonly string[];
  /** Until when it is valid, in seconds since 1970; null where it is until it is withdrawn. */
  readonly validUntil?: number | null;
  /** Who collected it. */
  readonly collectedBy?: string | null;
}

/** The proof that a consent was withdrawn, which stays when the voiceprint is deleted. */
export interface Withdrawal {
  /** When it was withdrawn, in seconds since 1970. */
  readonly withdrawnAt: number;
  /** The consents before, oldest first; empty if none was recorded. */
  readonly consents: readonly ConsentRecord[];
}

/** What a speaker has consented to, and how long the speaker is kept. */
export interface ConsentState {
  /** The records, oldest first. */
  readonly consents: readonly ConsentRecord[];
  /** Whether one of them is valid now. */
  readonly valid: boolean;
  /** When the speaker expires, in seconds since 1970; null: never. */
  readonly expiresAt: number | null;
  /** Withdrawals under this id, oldest first. */
  readonly withdrawals: readonly Withdrawal[];
}

/** One line of an audit trail. */
export interface AuditEntry {
  /** Its number in the trail, from 1. */
  readonly number: number;
  /** When, in seconds since 1970, by the clock of the machine. */
  readonly time: number;
  /** Who: the `actor` of `Registry.open`, or the user of the operating system. */
  readonly actor: string;
  /** What: `enroll`, `delete`, `verify` and so on. */
  readonly action: string;
  /** Of whom: a pseudonym, see `Registry.auditPseudonym`. */
  readonly speaker?: string | null;
  /** `begun` before a change, then `done`, a decision such as `match`, or the code of an error. */
  readonly outcome: string;
  /** How many changes the store had seen then. */
  readonly changes: number;
  /** The digest of this entry and the one before, in hexadecimal digits. */
  readonly digest: string;
}

/** The result of verifying an audit trail. */
export interface AuditReport {
  /** How many entries there are. */
  readonly entries: number;
  /** The number of the first one; more than 1 if older files were moved away. */
  readonly first: number;
  /** The faults, in words, 100 at most; empty for an intact trail. */
  readonly faults: readonly string[];
}

/** The result of checking a store. */
export interface CheckReport {
  /** How many speakers were checked. */
  readonly speakers: number;
  /** How many recordings of them. */
  readonly recordings: number;
  /** The faults, in words, 100 at most; empty for an intact store. */
  readonly faults: readonly string[];
}

/** The result of restoring a backup. */
export interface Restored {
  /** How many speakers are enrolled now. */
  readonly speakers: number;
  /** Speakers in the backup who had been deleted since: they were erased again. */
  readonly erased: readonly string[];
  /** Whether it is known who had been deleted since. If not, delete them again by your own records. */
  readonly deletionsKnown: boolean;
  /** Where the replaced store is now. Delete it when it is not needed any more. */
  readonly aside: string | null;
}

/** Members that no log shall show: names of people, what they say, and references to them. */
const PRIVATE = ["reference", "purposes", "collectedBy", "name", "text", "word", "words", "utterances"];

/** A frozen value out of what JSON said, its members in JavaScript's spelling. */
export function read<T>(json: string): T {
  return own(JSON.parse(json)) as T;
}

function own(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return Object.freeze(value.map(own));
  const made = Object.fromEntries(Object.entries(value).map(([name, member]) => [camel(name), own(member)]));
  return Object.freeze(PRIVATE.some((name) => name in made) ? discreet(made, PRIVATE) : made);
}

/** Leaves members out of what `console.log` and its like show. */
export function discreet<T extends object>(value: T, hidden: readonly string[]): T {
  const shown = () => Object.fromEntries(Object.entries(value).filter(([name]) => !hidden.includes(name)));
  return Object.defineProperty(value, inspect.custom, { value: shown });
}

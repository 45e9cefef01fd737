// What a program in TypeScript sees. It is compiled, and never run.

import { createReadStream } from "node:fs";

import {
  type CallOptions,
  Callbacks,
  type CancelledError,
  ConflictError,
  type Decision,
  type Enrollment,
  type Inspection,
  type Job,
  JobRequest,
  NotFoundError,
  type Page,
  type Progress,
  type Quality,
  Recording,
  Registry,
  type Source,
  VoicerollError,
  inspect,
  prepare,
  version,
} from "voiceroll";

declare const signal: AbortSignal;
declare const maybe: number | undefined;

export async function main(): Promise<void> {
  const registry: Registry = await Registry.open("voices.db", { falseAcceptRate: 0.01, maxSeconds: maybe });
  await Registry.open(new URL("file:///voices.db"));
  await Registry.connect();
  await Registry.connect("https://voices.example.com", { clientId: "a", clientSecret: "b", jwt: "c", inspect: false });

  const options: CallOptions = { signal, timeout: maybe, onProgress: ({ fraction }: Progress) => console.log(fraction) };
  const sources: Source[] = [
    "call.mp3",
    new URL("file:///call.mp3"),
    Buffer.alloc(1),
    new Uint8Array(1),
    new ArrayBuffer(1),
    new DataView(new ArrayBuffer(1)),
    new Blob([]),
    new Blob([]).stream(),
    createReadStream("call.mp3"),
    (async function* () {
      yield new Uint8Array(1);
    })(),
    new Recording("call.mp3", { encoding: "Mpeg" }),
    Recording.fromSamples(new Float32Array(1), { sampleRate: 16000 }),
    Recording.fromSamples(new Int16Array(1), { sampleRate: 16000, channels: 2 }),
  ];
  const enrollment: Enrollment = await registry.enroll("ada", sources, { ...options, force: true });
  const quality: Quality = enrollment.quality;
  const id: number | null | undefined = enrollment.recordings[0]?.id;
  // @ts-expect-error results are read-only
  enrollment.speakerId = "ben";
  // @ts-expect-error a number is no recording
  await registry.enroll("ada", 7);
  // @ts-expect-error there is no such option
  await registry.enroll("ada", "call.mp3", { fource: true });
  // @ts-expect-error a registry is opened
  new Registry();

  const page: Page = await registry.list({ partial: true, perPage: 10 });
  for await (const { speakerId } of registry.list()) console.log(speakerId satisfies string, page.total);
  const decision: Decision = (await registry.verify("ada", "call.mp3")).decision;
  const found: Inspection = await inspect("call.mp3", { maxBytes: 1000 });
  const wav: Buffer = (await prepare("call.mp3")).wav;
  const names: readonly (string | null)[] = (await registry.identifyCall({ id: 1 })).segments.map(({ name }) => name);
  await registry.diarize("call.mp3", { known: "all", speakers: 2 });
  await registry.diarize("call.mp3", { known: ["ada"], perChannel: true });
  await registry.identify("call.mp3", { speakerIds: ["ada"] });
  const models: Readonly<Record<string, string>> = await registry.outdated();

  const job: string = await registry.submit(JobRequest.transcribe("https://example.com/1.mp3", { language: "en-US" }));
  const text: string | undefined = (await registry.wait(job, { timeout: 600 })).transcript?.text;
  const taken: Job = new Callbacks("secret").take("{}", { timestamp: undefined, signature: "sha256=" });

  try {
    await registry.create("ada", "call.mp3");
  } catch (error) {
    if (error instanceof ConflictError) console.log(error.code, error.status);
    if (error instanceof VoicerollError) console.log(error.problems[0]?.advice, error.retryAfter);
    const { added, cause }: CancelledError = error as CancelledError;
    console.log(added, cause);
  }
  const double: VoicerollError = new NotFoundError("nobody", { code: "speaker_not_found", status: 404 });
  console.log(double.kind, new VoicerollError().message);
  await registry[Symbol.asyncDispose]();
  console.log(quality, id, decision, found.accepted, wav.length, names, models, text, taken.status, version satisfies string);
}

// Registries, results and errors, as a program sees them.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createRequire } from "node:module";
import { createReadStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { inspect as show } from "node:util";

import * as voiceroll from "voiceroll";

import { clip, clipBytes, folder, root, scripted, store } from "./common.mjs";

const { Callbacks, JobRequest, NotFoundError, Registry, VoicerollError } = voiceroll;
const require = createRequire(import.meta.url);

test("require and import give the same", () => {
  const required = require("voiceroll");
  const names = Object.keys(required).sort();
  assert.deepEqual(
    Object.keys(voiceroll).filter((name) => names.includes(name)),
    names,
  );
  for (const name of names) assert.equal(voiceroll[name], required[name]);
  const { version } = require("voiceroll/package.json");
  assert.equal(voiceroll.version, version);
});

test("the methods are those of the other languages", () => {
  const methods = "close create delete diarize enroll outdated get identify identifyCall inspect job list model";
  const more = "liveEnrollment liveIdentification prepare removeSample submit update verify wait";
  const custody =
    "auditEntries auditPseudonym backup check consent expire expired exportSpeaker importSpeaker purge recordConsent " +
    "retention rotateKey setRetention verifyAudit withdrawConsent";
  const own = Object.getOwnPropertyNames(Registry.prototype).filter((name) => name !== "constructor");
  assert.deepEqual(own.sort(), `${methods} ${more} ${custody}`.split(" ").sort());
  assert.throws(() => new Registry(), TypeError);
});

test("there is a class for every kind, and a kind for every code", () => {
  const { classes, errors } = JSON.parse(readFileSync(join(root, "tests/errors.json"), "utf8"));
  const kinds = new Set(errors.map(({ kind }) => kind));
  assert.deepEqual(new Set(classes.map(({ kind }) => kind)), kinds);
  for (const { kind, node } of classes) {
    assert.equal(node, `${kind}Error`);
    assert.ok(voiceroll[node].prototype instanceof VoicerollError, node);
    assert.equal(voiceroll[node].prototype.name, node);
  }
});

test("an error says all it knows, and where the call was made", async (t) => {
  const registry = await store(t);
  const error = await askInVain(registry).catch((error) => error);
  assert.ok(error instanceof NotFoundError && error instanceof VoicerollError && error instanceof Error);
  const { name, code, kind, retryable, status, requestId, retryAfter, added, outcomeUnknown, problems } = error;
  assert.deepEqual(
    { name, code, kind, retryable, status, requestId, retryAfter, added, outcomeUnknown, problems },
    {
      name: "NotFoundError",
      code: "speaker_not_found",
      kind: "NotFound",
      retryable: false,
      status: null,
      requestId: null,
      retryAfter: null,
      added: 0,
      outcomeUnknown: false,
      problems: [],
    },
  );
  assert.match(error.stack, /^NotFoundError \[speaker_not_found\]: .+\n {4}at /);
  assert.match(error.stack.split("\n")[1], /at askInVain .*results\.test\.mjs/);
  assert.equal(error.message, error.toString().replace("NotFoundError: ", ""));
});

async function askInVain(registry) {
  return await registry.get("nobody");
}

test("an error can be made where a program is tested", () => {
  const plain = new NotFoundError("nobody");
  const { name, message, code, kind, retryable, added, problems } = plain;
  assert.deepEqual(
    { name, message, code, kind, retryable, added, problems },
    { name: "NotFoundError", message: "nobody", code: "unknown", kind: "NotFound", retryable: false, added: 0, problems: [] },
  );
  const cause = new Error("the line is dead");
  const told = new voiceroll.UnavailableError("later", { code: "server_busy", retryable: true, retryAfter: 3, cause });
  assert.deepEqual([told.code, told.retryable, told.retryAfter, told.cause], ["server_busy", true, 3, cause]);
  assert.equal(new VoicerollError().message, "");
});

test("errors keep their classes where a minifier has renamed them", () => {
  const file = require.resolve("../dist/errors.js");
  const renamed = readFileSync(file, "utf8").replaceAll(/\bNotFoundError\b/g, "a");
  const exported = {};
  new Function("exports", "require", "__dirname", renamed)(exported, createRequire(file), join(file, ".."));
  const thrown = Object.assign(new Error('{"kind":"NotFound","code":"speaker_not_found","message":"nobody"}'), {
    code: "GenericFailure",
  });
  const error = exported.revive(thrown, exported.here(exported.revive));
  assert.ok(error instanceof exported.a);
  assert.equal(error.name, "NotFoundError");
});

test("errors in opening say where, too", async (t) => {
  const error = await Registry.open(folder(t)).catch((error) => error);
  assert.equal(error.kind, "Store");
  assert.match(error.stack, /results\.test\.mjs/);
  await assert.rejects(Registry.open("voices.db", { falseAcceptRate: 2 }), { code: "invalid_option" });
  await assert.rejects(Registry.open("voices.db", { falseAcceptRte: 0.1 }), { code: "invalid_option" });
  // A path that was forgotten must not lead to the server of the environment.
  await assert.rejects(Registry.open(undefined), TypeError);
  await assert.rejects(Registry.connect("http://example.com", { clientId: "a", clientSecret: "b", jwt: "c" }), {
    kind: "InvalidInput",
  });
  await assert.rejects(Registry.connect("https://example.com", { clientId: "a" }), { code: "invalid_option" });
});

test("an option that is none is refused, and a number that is none", async (t) => {
  const registry = await store(t);
  await assert.rejects(registry.list({ perpage: 3 }), { code: "invalid_option" });
  await assert.rejects(registry.get("ada", { timeout: NaN }), { code: "invalid_option" });
  await assert.rejects(registry.get("ada", { timeout: "5" }), { code: "invalid_option" });
  await assert.rejects(registry.get(), { code: "invalid_option" });
});

test("a number without an end is refused by its name, and never written down", async (t) => {
  const registry = await store(t);
  for (const odd of [NaN, Infinity, -Infinity]) {
    const refused = (name) => ({ code: "invalid_option", message: new RegExp(`^\`${name}\` is ${odd} and must be`) });
    await assert.rejects(registry.enroll(odd, clip("ada-1.mp3")), refused("speakerId"));
    await assert.rejects(registry.identify(clip("ada-1.mp3"), { speakerIds: ["ada", odd] }), refused("speakerIds"));
    await assert.rejects(registry.list({ perPage: odd }), refused("perPage"));
    await assert.rejects(registry.get("ada", { timeout: odd }), refused("timeout"));
    await assert.rejects(registry.identifyCall({ id: "7", duration: odd }, clip("ada-1.mp3")), refused("record"));
    await assert.rejects(voiceroll.inspect(clip("ada-1.mp3"), { maxSeconds: odd }), refused("maxSeconds"));
    await assert.rejects(Registry.open(join(folder(t), "voices.db"), { falseAcceptRate: odd }), refused("falseAcceptRate"));
    assert.throws(() => new Callbacks(odd), refused("secret"));
  }
  assert.equal((await registry.list({ partial: true })).total, 0);
});

test("an option of another method is refused before anything is read", async (t) => {
  const registry = await store(t);
  const path = clip("ada-1.mp3");
  const calls = [
    ["diarize", "speakerIds", (options) => registry.diarize(path, options)],
    ["identify", "known", (options) => registry.identify(path, options)],
    ["enroll", "maxSeconds", (options) => registry.enroll("ada", path, options)],
    ["inspect", "maxBytes", (options) => registry.inspect(path, options)],
    ["list", "per_page", (options) => registry.list(options)],
    ["get", "force", (options) => registry.get("ada", options)],
    ["removeSample", "speaker_id", (options) => registry.removeSample("ada", 1, options)],
    ["inspect", "force", (options) => voiceroll.inspect(path, options)],
    ["wait", "speakers", (options) => new Callbacks().wait("7", options)],
    ["open", "plainHttp", (options) => Registry.open(join(folder(t), "voices.db"), options)],
    ["connect", "false_accept_rate", (options) => Registry.connect("https://example.com", options)],
    ["submit", "maxSeconds", (options) => registry.submit({ ...JobRequest.diarize("https://example.com/1"), ...options })],
  ];
  for (const [method, name, call] of calls) {
    const message = `\`${method}\` has no option \`${name}\``;
    await assert.rejects(call({ [name]: 1 }), (error) => {
      assert.deepEqual([error.name, error.code, error.message], ["InvalidInputError", "invalid_option", message]);
      assert.match(error.stack, /results\.test\.mjs/);
      return true;
    });
  }
  await assert.rejects(registry.enroll("ada", createReadStream(path), { maxSeconds: 1 }), { code: "invalid_option" });
  assert.equal((await registry.inspect(path, { maxBytes: undefined })).accepted, true);
});

test("what the core says names options as they are written here", async (t) => {
  const path = clip("ada-1.mp3");
  await assert.rejects(voiceroll.inspect(path, { maxBytes: 10 }), { message: /raise `maxBytes`/ });
  await assert.rejects(voiceroll.inspect(path, { maxSeconds: 1 }), { message: /raise `maxSeconds`/ });
  const registry = await store(t);
  await assert.rejects(registry.get(undefined), { message: /`speakerId` is missing/ });
  await assert.rejects(registry.list({ perPage: 5000 }), { message: /`perPage` is 1 to 1000/ });
  await assert.rejects(registry.identify(path, { speakerIds: [5] }), { message: /`speakerIds\[0\]`/ });

  const { respelled } = require("../dist/names.js");
  assert.equal(respelled("`ada_lovelace` is not enrolled; raise `max_bytes`"), "`ada_lovelace` is not enrolled; raise `maxBytes`");
});

test("options that are none are a TypeError", async (t) => {
  const registry = await store(t);
  const { signal } = new AbortController();
  for (const wrong of [null, 5, "5", [], signal, () => {}]) {
    const refused = { name: "TypeError", message: /options/ };
    await assert.rejects(registry.get("ada", wrong), refused);
    await assert.rejects(registry.list(wrong), refused);
    await assert.rejects(voiceroll.inspect(clip("ada-1.mp3"), wrong), refused);
    await assert.rejects(voiceroll.prepare(clip("ada-1.mp3"), wrong), refused);
    await assert.rejects(Registry.open(join(folder(t), "voices.db"), wrong), refused);
    await assert.rejects(Registry.connect("https://example.com", wrong), refused);
  }
  await assert.rejects(registry.get("ada", { signal: {} }), { name: "TypeError", message: /AbortSignal/ });
  await assert.rejects(registry.get("ada", { onProgress: 5 }), { name: "TypeError", message: /onProgress/ });
});

test("results are frozen through and through", async (t) => {
  const registry = await store(t);
  const results = [
    await registry.enroll("ada", clip("ada-1.mp3")),
    await registry.inspect(clip("fault-clipped.mp3")),
    await registry.list(),
    await registry.prepare(clip("ada-1.mp3")),
    await registry.diarize(clip("fault-two-speakers.mp3")),
    await registry.outdated(),
  ];
  for (const result of results) frozen(result);
  assert.throws(() => (results[0].speakerId = "ben"), TypeError);
  assert.equal(JSON.parse(JSON.stringify(results[0])).recordings[0].input, 0);
});

function frozen(value) {
  if (value === null || typeof value !== "object") return;
  assert.ok(Object.isFrozen(value), show(value));
  Object.values(value).forEach(frozen);
}

test("an inspection says whether it would be accepted", async () => {
  assert.equal((await voiceroll.inspect(clip("ada-1.mp3"))).accepted, true);
  assert.equal((await voiceroll.inspect(clip("fault-silence.flac"))).accepted, false);
});

test("what was prepared can be transferred to another thread", async () => {
  const { wav } = await voiceroll.prepare(clip("ada-1.mp3"));
  const { buffer, byteLength } = wav;
  assert.equal(buffer.byteLength, byteLength);
  assert.equal(structuredClone(buffer, { transfer: [buffer] }).byteLength, byteLength);
  // Node 20 copies in silence what cannot be transferred.
  assert.equal(buffer.byteLength, 0);
});

test("what is logged holds no voice, no name and no word", async (t) => {
  const prepared = await voiceroll.prepare(clip("ada-1.mp3"));
  assert.equal(prepared.wav.subarray(0, 4).toString(), "RIFF");
  assert.ok(!show(prepared).includes("wav") && !JSON.stringify(prepared).includes("wav"));

  const registry = await store(t);
  await registry.enroll("ada", [clip("ada-2.m4a"), clip("ada-3.webm")]);
  const record = { id: "7", to: { name: "Agent 1200", extensionId: "ada" } };
  const call = await registry.identifyCall(record, clip("fault-two-speakers.mp3"));
  assert.ok(call.segments.some(({ name }) => name === "Agent 1200"));
  assert.ok(!show(call, { depth: 9 }).includes("Agent") && show(call, { depth: 9 }).includes("ada"));
  assert.ok(JSON.stringify(call).includes("Agent 1200"));

  const job = new Callbacks().take(CALLBACK);
  assert.equal(job.result.transcript.words[0].word, "secret");
  assert.ok(!show(job, { depth: 9 }).includes("secret"));

  const request = JobRequest.identify("https://media.example.com/?token=hidden", ["ada"], { webhook: "https://x/hidden" });
  assert.ok(!show(request).includes("hidden"));
  assert.ok(!show(registry).includes("voices.db"));
  assert.ok(!show(new voiceroll.Recording(clip("ada-1.mp3"))).includes("ada"));
});

/** What a server posts when a transcript is ready. */
const CALLBACK = JSON.stringify({
  jobId: "7",
  status: "Success",
  creationTime: "2026-11-23T08:00:00.000Z",
  expirationTime: "2026-11-30T08:00:00.000Z",
  response: { transcript: "secret", confidence: 1, words: [{ word: "secret", start: 0, end: 0.5 }] },
});

test("iterating begins at the page that was asked for", async (t) => {
  const registry = await store(t);
  for (const id of ["a", "b", "c"]) await registry.enroll(id, clip("ada-1.mp3"), { force: true });
  const ids = async (options) => {
    const found = [];
    for await (const { speakerId } of registry.list(options)) found.push(speakerId);
    return found;
  };
  assert.deepEqual(await ids({ perPage: 1 }), ["a", "b", "c"]);
  assert.deepEqual(await ids({ perPage: 1, page: 2 }), ["b", "c"]);
  assert.deepEqual(await ids({ perPage: 2 }), ["a", "b", "c"]);
  assert.equal((await registry.list({ perPage: 2 })).totalPages, 2);
  await assert.rejects(ids({ page: 0 }), { code: "invalid_option" });
  for await (const { speakerId } of registry.list({ perPage: 1 })) {
    assert.equal(speakerId, "a");
    break;
  }
});

test("a server may have an order of its own", async (t) => {
  const page = (page, ...ids) => {
    const paging = { page, totalPages: 2, perPage: 2, totalElements: 4 };
    const records = ids.map((speakerId) => ({ speakerId, enrollmentComplete: true, totalSpeechDuration: 20 }));
    return { method: "GET", done: true, answer: { status: 200, headers: "", body: JSON.stringify({ paging, records }) } };
  };
  // The second page repeats one that an enrollment has moved down.
  const { url, options, stop } = await scripted({ faults: [page(1, "zoe", "ada"), page(2, "ada", "Mia", "ben")] });
  t.after(stop);
  const registry = await Registry.connect(url, options);
  const found = [];
  for await (const { speakerId } of registry.list({ perPage: 2 })) found.push(speakerId);
  assert.deepEqual(found, ["zoe", "ada", "Mia", "ben"]);
});

test("nobody is shifted out of sight while the roll is read", async (t) => {
  const registry = await store(t);
  const enroll = (id) => registry.enroll(id, clip("ada-3.webm"), { force: true });
  for (const id of ["b", "c", "d", "e", "f"]) await enroll(id);
  const found = [];
  for await (const { speakerId } of registry.list({ partial: true, perPage: 2 })) {
    found.push(speakerId);
    if (speakerId !== "c") continue;
    // As many as are added, so that pages by number would begin later by two, and miss those.
    for (const id of ["b", "c"]) await registry.delete(id);
    for (const id of ["g", "h"]) await enroll(id);
  }
  assert.deepEqual(found, ["b", "c", "d", "e", "f", "g", "h"]);
  const { records, page, nextAfter } = await registry.list({ partial: true, after: "e", perPage: 2, page: 5 });
  assert.deepEqual([records.map(({ speakerId }) => speakerId), page, nextAfter], [["f", "g"], 5, "g"]);
});

test("everybody can be deleted while the roll is read", async (t) => {
  const registry = await store(t);
  const ids = ["a", "b", "c", "d", "e", "f", "g"];
  for (const id of ids) await registry.enroll(id, clip("ada-3.webm"));
  const found = [];
  for await (const { speakerId } of registry.list({ partial: true, perPage: 2 })) {
    await registry.delete(speakerId);
    found.push(speakerId);
  }
  assert.deepEqual(found, ids);
  assert.equal((await registry.list({ partial: true })).total, 0);
});

test("a registry closes itself, and a closed one says so", async (t) => {
  const registry = await Registry.open(join(folder(t), "voices.db"));
  await registry[Symbol.asyncDispose]();
  await registry.close();
  await assert.rejects(registry.get("ada"), { code: "invalid_option", message: /closed/ });
});

test("a registry that is being closed takes no more calls", async (t) => {
  const { url, options, counts, stop } = await scripted({ roll: { ada: 20 } });
  t.after(stop);
  const registry = await Registry.connect(url, options);
  await registry.get("ada");
  const before = await counts();
  const closing = registry.close();
  await assert.rejects(registry.get("ada"), { name: "InvalidInputError", code: "invalid_option", message: /closed/ });
  await closing;
  assert.equal((await counts()).GET, before.GET);
});

test("calls that are under way go on after close, and the last of them ends the session", async (t) => {
  const { url, options, counts, stop } = await scripted({ roll: { ada: 20 } });
  t.after(stop);
  const registry = await Registry.connect(url, options);
  await registry.get("ada");
  let resolve;
  const promise = new Promise((settle) => (resolve = settle));
  const late = async function* () {
    await promise;
    yield clipBytes("ben-1.wav");
  };
  const calls = [registry.inspect(late()), registry.enroll("ben", late()), registry.get("ada")];
  await registry.close();
  await assert.rejects(registry.get("ada"), { message: /closed/ });
  const before = await counts();
  resolve();
  const [inspected, enrolled, got] = await Promise.all(calls);
  assert.deepEqual([inspected.accepted, enrolled.speakerId, got.speakerId], [true, "ben", "ada"]);
  // One of them enrolls, and the other one ends the session.
  for (let tries = 0; tries < 500 && (await counts()).POST !== 2; tries++) await sleep(20);
  assert.deepEqual([before.POST, (await counts()).POST], [undefined, 2]);
});

test("a registry can be closed within its own calls", async (t) => {
  const registry = await Registry.open(join(folder(t), "voices.db"));
  const closing = async function* () {
    await registry.close();
    yield clipBytes("ada-1.mp3");
  };
  assert.equal((await registry.enroll("ada", closing())).complete, true);
  const again = await Registry.open(join(folder(t), "voices.db"));
  let closed;
  await again.inspect(clip("ada-1.mp3"), { onProgress: () => void (closed ??= again.close()) });
  await closed;
  await assert.rejects(again.model(), { message: /closed/ });
});

test("a class made of Registry opens its own", async (t) => {
  class Voices extends Registry {}
  const voices = await Voices.open(join(folder(t), "voices.db"));
  assert.ok(voices instanceof Voices);
  assert.equal((await voices.list()).total, 0);
  await voices.close();
  const options = { clientId: "a", clientSecret: "b", jwt: "c" };
  assert.ok((await Voices.connect("https://example.com", options)) instanceof Voices);
});

test("requests for jobs have what was asked", () => {
  const uri = "https://media.example.com/1.mp3";
  const { api, contentUri, speakerIds } = JobRequest.identify(uri, ["ada"]);
  assert.deepEqual({ api, contentUri, speakerIds }, { api: "identify", contentUri: uri, speakerIds: ["ada"] });
  assert.equal(JobRequest.transcribe(uri).language, "en-US");
  assert.equal(JobRequest.transcribe(uri, { language: "de-DE" }).language, "de-DE");
  assert.equal(JobRequest.diarize(uri, { speakers: 2 }).speakers, 2);
});

test("a callback is taken only with the right signature", async () => {
  const callbacks = new Callbacks("shared secret");
  const timestamp = String(Math.floor(Date.now() / 1000));
  const sign = (body) => `sha256=${createHmac("sha256", "shared secret").update(`${timestamp}.${body}`).digest("hex")}`;
  const waiting = callbacks.wait("7", { timeout: 30 });
  const job = callbacks.take(Buffer.from(CALLBACK), { timestamp, signature: sign(CALLBACK) });
  assert.equal(job.status, "Success");
  assert.equal((await waiting).transcript.text, "secret");
  assert.throws(() => callbacks.take(CALLBACK, { timestamp, signature: sign("{}") }), { kind: "Unauthorized" });
  assert.throws(() => callbacks.take(CALLBACK), { kind: "Unauthorized" });
  assert.throws(() => new Callbacks().take("{}"), { kind: "Unsupported" });
  assert.throws(() => new Callbacks(""), { name: "InvalidInputError", message: /secret/ });
});

test("what is no callback is a TypeError that says why", () => {
  const callbacks = new Callbacks();
  const { buffer } = new Uint8Array(Buffer.from(CALLBACK));
  assert.equal(callbacks.take(buffer).status, "Success");
  for (const wrong of [undefined, null, 5, JSON.parse(CALLBACK)]) {
    assert.throws(() => callbacks.take(wrong), { name: "TypeError", message: /body/ });
  }
  assert.throws(() => callbacks.take(new Float32Array(4)), TypeError);
  assert.throws(() => callbacks.take(CALLBACK, { timestamp: 5 }), { name: "TypeError", message: /header/ });
  assert.throws(() => callbacks.take(CALLBACK, null), { name: "TypeError", message: /pass options/ });
});

test("waiting for a callback ends in time", async () => {
  await assert.rejects(new Callbacks().wait("7", { timeout: 0.05 }), { name: "TimeoutError" });
});

// The contract that every language passes; tests/README.md says how to read it.

import assert from "node:assert/strict";
import { appendFileSync, createReadStream, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import * as voiceroll from "voiceroll";

import { clip, clipBytes, folder, pcm, root, scripted, serve } from "./common.mjs";

const { Recording, Registry, VoicerollError } = voiceroll;

/** Cases that this runner cannot do yet, by their names. */
const MISSING = [];

const { classes } = JSON.parse(readFileSync(join(root, "tests/errors.json"), "utf8"));
const classOf = (kind) => voiceroll[classes.find((row) => row.kind === kind).node];

let server;
// Removed at the end of the file, and not, as from within the hook below, right after it.
const data = folder({ after });
before(async (suite) => {
  server = await serve(data);
});
after(() => server.running.kill());

const cases = join(root, "tests/cases");
for (const file of readdirSync(cases)) {
  describe(file, () => {
    for (const one of JSON.parse(readFileSync(join(cases, file), "utf8")).cases) {
      for (const place of one.where ?? ["embedded", "server"]) {
        test(`${one.name}, ${place}`, { skip: MISSING.includes(one.name) }, (t) => check(t, one, place));
      }
    }
  });
}

/** Notes what came of a case, for the table of all languages. */
function record(found, { result, error }) {
  const file = process.env.VOICEROLL_RESULTS;
  if (file === undefined) return;
  const told = core(result);
  // Of an inspection no other language tells this: it is a look at the problems.
  if (told?.codec !== undefined) delete told.accepted;
  const came = error === undefined ? { result: told } : { error: error === STOPPED ? "cancelled" : error.code };
  appendFileSync(file, `${JSON.stringify({ ...found, ...came })}\n`);
}

async function check(t, { name, given = [], call, expect, ...script }, place) {
  const kept = { $FOLDER: folder(t) };
  let { registry, counts } = await placed(t, place, filled(script, kept), kept.$FOLDER);
  for (const one of given) {
    const step = filled(one, kept);
    if (step.verb === "open") {
      await registry.close();
      registry = await open(step.args);
      t.after(() => registry.close());
    } else if (step.verb === "edit") edit(step.args);
    else {
      const result = await perform(registry, step);
      if (one.keep) kept[one.keep] = result;
    }
  }
  call = filled(call, kept);
  const fractions = [];
  const started = performance.now();
  const came = await perform(registry, call, fractions).then(
    (result) => ({ result }),
    (error) => ({ error }),
  );
  if (place === "embedded" || place === "free") record({ case: name, where: place }, came);
  const took = (performance.now() - started) / 1000;
  if ("error" in expect) {
    assert.ok(came.error, "it succeeded");
    matches(told(came.error, call), expect.error, "error");
  } else {
    if (came.error) throw came.error;
    matches(core(came.result), expect.result, "result");
  }
  assert.ok(took < (expect.within ?? 60), `took ${took} s`);
  if (expect.progress) {
    assert.deepEqual(fractions, fractions.toSorted((a, b) => a - b));
    assert.equal(fractions.at(-1), 1);
  }
  if (expect.requests) {
    const seen = await counts();
    for (const [method, count] of Object.entries(expect.requests)) assert.equal(seen[method] ?? 0, count, method);
  }
}

/** A part of a case with what its texts stand for. */
function filled(value, kept) {
  if (typeof value === "string") return Object.entries(kept).reduce((text, [name, held]) => text.replaceAll(name, held), value);
  if (Array.isArray(value)) return value.map((item) => filled(item, kept));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, filled(member, kept)]));
}

function open({ path, ...options }) {
  return Registry.open(path, Object.fromEntries(Object.entries(options).map(([name, value]) => [camel(name), value])));
}

/** Changes what a file has in all places. */
function edit({ file, from, to }) {
  const data = readFileSync(file, "latin1");
  const changed = data.replaceAll(from, to);
  assert.notEqual(changed, data);
  writeFileSync(file, changed, "latin1");
}

async function placed(t, place, script, store) {
  if (place === "free") return { registry: voiceroll };
  if (place === "embedded") {
    const registry = await open({ ...script.open, path: join(store, "voices.db") });
    t.after(() => registry.close());
    return { registry };
  }
  if (place === "scripted") {
    const { url, options, counts, stop } = await scripted(script);
    t.after(stop);
    return { registry: await Registry.connect(url, { ...options, inspect: false }), counts };
  }
  const registry = await Registry.connect(server.url, server.options);
  t.after(async () => {
    for await (const { speakerId } of registry.list({ partial: true })) await registry.delete(speakerId);
    await registry.close();
  });
  return { registry };
}

/** What each method takes before its options. */
const POSITIONS = {
  enroll: ["speakerId", "recordings"],
  create: ["speakerId", "recordings"],
  update: ["speakerId", "recordings"],
  get: ["speakerId"],
  delete: ["speakerId"],
  removeSample: ["speakerId", "sample"],
  verify: ["speakerId", "recording"],
  inspect: ["recording"],
  prepare: ["recording"],
  identify: ["recording"],
  diarize: ["recording"],
  submit: ["request"],
  job: ["job"],
  wait: ["job"],
  identifyCall: ["record", "recording"],
  recordConsent: ["speakerId", "consent"],
  consent: ["speakerId"],
  withdrawConsent: ["speakerId"],
  expire: ["speakerId", "at"],
  setRetention: ["seconds"],
  exportSpeaker: ["speakerId"],
  importSpeaker: ["export"],
  auditPseudonym: ["speakerId"],
  backup: ["to"],
  restore: ["backup", "path"],
};

async function perform(registry, call, fractions) {
  if (call.verb === "open") return open(call.args);
  const method = camel(call.verb);
  const recordings = (call.recordings ?? []).map((one) => source(one, call.encoding));
  const args = Object.fromEntries(Object.entries(call.args ?? {}).map(([name, value]) => [camel(name), name === "consent" ? camels(value) : value]));
  const { timeout, ...request } = args;
  const given = { ...args, recordings, recording: recordings[0], request };
  const first = (POSITIONS[method] ?? []).map((name) => given[name]);
  const taken = method === "submit" ? Object.keys(request) : (POSITIONS[method] ?? []);
  const options = Object.fromEntries(Object.entries(args).filter(([name]) => !taken.includes(name)));

  let timer;
  if (call.cancel_after !== undefined) {
    const controller = new AbortController();
    options.signal = controller.signal;
    if (call.cancel_after === 0) controller.abort(STOPPED);
    else timer = setTimeout(() => controller.abort(STOPPED), call.cancel_after * 1000);
  }
  if (call.progress) options.onProgress = ({ fraction }) => fractions.push(fraction);
  try {
    const answer = (method === "restore" ? voiceroll : registry)[method](...first, options);
    // The core has a list of pairs here.
    if (method === "outdated") return Object.entries(await answer);
    if (!call.iterate) return await answer;
    const all = [];
    for await (const one of answer) all.push(one);
    return all;
  } finally {
    clearTimeout(timer);
  }
}

function source(given, encoding) {
  const made = plain(given);
  return encoding === undefined ? made : new Recording(made, { encoding });
}

function plain(given) {
  if (typeof given === "string") return clip(given);
  if (given.bytes) return clipBytes(given.bytes);
  if (given.stream) return createReadStream(clip(given.stream));
  if (given.repeat) return Buffer.concat(Array(given.times).fill(clipBytes(given.repeat)));
  if (given.missing) return clip(given.missing);
  if (given.samples) {
    const { samples, ...options } = pcm(given.samples);
    const floats = () => Float32Array.from(samples, (sample) => sample / 32768);
    return Recording.fromSamples(given.format === "f32" ? floats() : samples, options);
  }
  return Buffer.from(given.text);
}

/** Why a call of the tests is stopped. A call that has done nothing rejects with it, as is the way of Node. */
const STOPPED = new DOMException("the test stops it", "AbortError");

/** An error as the core tells it, once its class is found to be the right one. */
function told(error, call) {
  if (call.cancel_after !== undefined && error === STOPPED) {
    return { code: "cancelled", kind: "Cancelled", retryable: true };
  }
  assert.ok(error instanceof VoicerollError, error.stack);
  assert.equal(error.constructor, classOf(error.kind));
  return core({ ...error, message: error.message });
}

/** A value in the spelling of the core. */
function core(value) {
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map(core);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [snake(name), core(member)]));
}

const camels = (value) => Object.fromEntries(Object.entries(value).map(([name, member]) => [camel(name), member]));
const camel = (name) => name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function matches(found, expected, path) {
  const wrong = () => `${path}: ${JSON.stringify(found)} is not ${JSON.stringify(expected)}`;
  if (Array.isArray(expected)) {
    assert.ok(Array.isArray(found) && found.length === expected.length, wrong());
    expected.forEach((item, at) => matches(found[at], item, `${path}[${at}]`));
  } else if (expected === null || typeof expected !== "object") {
    assert.equal(found, expected, wrong());
  } else if ("about" in expected) {
    const [number, tolerance] = expected.about;
    assert.ok(Math.abs(found - number) <= tolerance, wrong());
  } else if ("at_least" in expected || "at_most" in expected) {
    assert.equal(typeof found, "number", wrong());
    assert.ok(found >= (expected.at_least ?? -Infinity) && found <= (expected.at_most ?? Infinity), wrong());
  } else if ("contains" in expected) {
    assert.ok(typeof found === "string" && found.includes(expected.contains), wrong());
  } else if ("one_of" in expected) {
    assert.ok(expected.one_of.some((one) => fits(found, one, path)), wrong());
  } else if ("any" in expected) {
    for (const one of expected.any) assert.ok(found.some((item) => fits(item, one, path)), wrong());
  } else if ("length" in expected) {
    assert.equal(found.length, expected.length, wrong());
  } else {
    assert.ok(found !== null && typeof found === "object", wrong());
    for (const [name, member] of Object.entries(expected)) matches(found[name], member, `${path}.${name}`);
  }
}

function fits(found, expected, path) {
  try {
    matches(found, expected, path);
    return true;
  } catch (error) {
    if (error instanceof assert.AssertionError) return false;
    throw error;
  }
}

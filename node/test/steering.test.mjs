// Signals, timeouts, progress, and what becomes of the process.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { getEventListeners, once } from "node:events";
import { createServer, request } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Readable } from "node:stream";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Worker } from "node:worker_threads";

import { CancelledError, Registry, TimeoutError, inspect } from "voiceroll";

import { clip, clipBytes, folder, root, scripted, store } from "./common.mjs";

const require = createRequire(import.meta.url);
const run = promisify(execFile);

/** Something that takes a second to listen to. */
const long = Buffer.concat(Array(100).fill(clipBytes("ada-1.mp3")));

const never = () => new Promise(() => {});

const listeners = (signal) => getEventListeners(signal, "abort").length;

test("a signal that is aborted already stops the call before it starts", async (t) => {
  const registry = await store(t);
  const reason = new Error("no longer wanted");
  const signal = AbortSignal.abort(reason);
  let read = false;
  const stream = Readable.from(
    (async function* () {
      read = true;
      yield clipBytes("ada-1.mp3");
    })(),
  );
  await assert.rejects(registry.enroll("ada", stream, { signal }), reason);
  assert.equal(read, false);
  await assert.rejects(inspect(clip("ada-1.mp3"), { signal: AbortSignal.abort() }), { name: "AbortError" });
  await assert.rejects(registry.get("ada"), { code: "speaker_not_found" });
});

test("a signal stops the call that is under way", async (t) => {
  const registry = await store(t);
  const controller = new AbortController();
  const { signal } = controller;
  let told = 0;
  signal.onabort = () => told++;
  const own = signal.onabort;
  const started = performance.now();
  const call = registry.enroll("ada", long, { signal });
  assert.equal(listeners(signal), 2);
  await sleep(50);
  controller.abort();
  const error = await call.catch((error) => error);
  assert.equal(error, signal.reason);
  assert.equal(error.name, "AbortError");
  assert.ok(performance.now() - started < 1000);
  assert.equal(listeners(signal), 1);
  assert.equal(signal.onabort, own);
  assert.equal(told, 1);
  await assert.rejects(registry.get("ada"), { code: "speaker_not_found" });
});

test("a signal that is aborted in the tick of the call stops it before it starts", async (t) => {
  const registry = await store(t);
  await registry.enroll("ada", clip("ada-1.mp3"));
  const { url, options, counts, stop } = await scripted({ roll: { ada: 10 } });
  t.after(stop);
  const remote = await Registry.connect(url, { ...options, inspect: false });
  const calls = [
    (options) => registry.enroll("ben", clip("ben-1.wav"), options),
    (options) => registry.enroll("ben", clipBytes("ben-1.wav"), options),
    (options) => registry.delete("ada", options),
    (options) => registry.list(options),
    (options) => inspect(clip("ada-1.mp3"), options),
    (options) => remote.enroll("ben", clip("ben-1.wav"), options),
    (options) => remote.delete("ada", options),
  ];
  for (const call of calls) {
    for (const microtask of [false, true]) {
      const controller = new AbortController();
      if (microtask) queueMicrotask(() => controller.abort());
      const made = call({ signal: controller.signal });
      if (!microtask) controller.abort();
      assert.equal(await made.catch((reason) => reason), controller.signal.reason, String(call));
    }
  }
  assert.deepEqual(await counts(), {});
  assert.equal((await registry.list()).total, 1);
});

test("a signal that is aborted soon after the call stops it", async (t) => {
  const registry = await store(t);
  for (const soon of [queueMicrotask, process.nextTick, setImmediate]) {
    for (const verb of ["inspect", "prepare", "diarize"]) {
      const controller = new AbortController();
      const call = registry[verb](long, { signal: controller.signal });
      soon(() => controller.abort());
      assert.equal(await call.catch((reason) => reason), controller.signal.reason, `${verb}, ${soon.name}`);
    }
  }
});

test("one signal may stop any number of calls", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const calls = Array.from({ length: 12 }, () => inspect(long, { signal }));
  assert.equal(listeners(signal), 1);
  await inspect(clip("ada-1.mp3"), { signal });
  assert.equal(listeners(signal), 1);
  controller.abort();
  const reasons = await Promise.all(calls.map((call) => call.catch((reason) => reason)));
  assert.ok(reasons.every((reason) => reason === signal.reason));
  assert.equal(listeners(signal), 0);
});

test("what a signal is aborted with may be anything", async () => {
  for (const reason of [null, 0, "enough", { code: 5 }]) {
    const controller = new AbortController();
    const call = inspect(long, { signal: controller.signal });
    controller.abort(reason);
    assert.equal(await call.then(assert.fail, (reason) => reason), reason);
  }
});

test("a signal is let go of after a call that succeeds, and after one that fails", async (t) => {
  const registry = await store(t);
  const { signal } = new AbortController();
  await registry.enroll("ada", clip("ada-1.mp3"), { signal });
  await assert.rejects(registry.get("ben", { signal }));
  assert.equal(listeners(signal), 0);
});

test("AbortSignal.timeout works", async () => {
  await assert.rejects(inspect(long, { signal: AbortSignal.timeout(20) }), { name: "TimeoutError", code: 23 });
});

test("a signal stops the reading of a stream that stands still", async () => {
  const controller = new AbortController();
  const stream = new Readable({ read() {} });
  stream.push(clipBytes("ada-1.mp3"));
  const call = inspect(stream, { signal: controller.signal });
  await sleep(20);
  controller.abort("enough");
  assert.equal(await call.catch((reason) => reason), "enough");
  assert.ok(stream.destroyed);
});

const STANDING_STILL = {
  "a generator": async function* () {
    yield clipBytes("ada-1.mp3");
    await never();
  },
  "a generator that never begins": async function* () {
    await never();
  },
  "an iterator of a stream": () => new Readable({ read() {} }).iterator({ destroyOnReturn: false }),
  "a web stream that cannot be cancelled": () => new ReadableStream({ pull: never, cancel: never }),
};

for (const [name, make] of Object.entries(STANDING_STILL)) {
  test(`${name} that stands still does not hold a call up`, async () => {
    await assert.rejects(inspect(make(), { timeout: 0.05 }), { code: "timed_out" });
    const controller = new AbortController();
    const call = inspect(make(), { signal: controller.signal });
    await sleep(20);
    controller.abort("enough");
    assert.equal(await call.catch((reason) => reason), "enough");
  });
}

test("an upload that stands still is answered", { timeout: 60_000 }, async (t) => {
  const server = createServer(async (request, response) => {
    const upload = request.iterator({ destroyOnReturn: false });
    const error = await inspect(upload, { timeout: 0.2 }).catch((error) => error);
    response.end(error.code);
  });
  t.after(() => server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  const upload = request({ port: server.address().port, host: "127.0.0.1", method: "POST" });
  upload.write(clipBytes("ada-1.mp3").subarray(0, 1000));
  const [response] = await once(upload, "response");
  assert.equal(String(Buffer.concat(await response.toArray())), "timed_out");
  upload.on("error", () => {});
  upload.destroy();
});

test("calls go on under timers that a test has faked", async (t) => {
  t.mock.timers.enable({ apis: ["setImmediate", "setTimeout"] });
  const large = Buffer.alloc(5 * 1024 * 1024, "not a recording. ");
  await assert.rejects(inspect(large), { kind: "Unreadable" });
  await assert.rejects(inspect(STANDING_STILL["a generator"](), { timeout: 0.05 }), { code: "timed_out" });
});

test("the time of a call is in seconds, and includes the reading of a stream", async () => {
  await assert.rejects(inspect(long, { timeout: 0.02 }), (error) => {
    assert.ok(error instanceof TimeoutError);
    assert.equal(error.retryable, true);
    return true;
  });
  const still = new Readable({ read() {} });
  await assert.rejects(inspect(still, { timeout: 0.05 }), { name: "TimeoutError", code: "timed_out", kind: "Timeout" });
  assert.ok(still.destroyed);
  await inspect(clip("ada-1.mp3"), { timeout: 30 });
});

test("what may have been done before a call was stopped is said", async (t) => {
  const { url, options, stop } = await scripted({
    roll: { ada: 10 },
    faults: [{ method: "PATCH", fault: "drip", done: true }],
  });
  t.after(stop);
  const registry = await Registry.connect(url, { ...options, inspect: false });
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 1000);
  await assert.rejects(registry.update("ada", clip("ada-2.m4a"), { signal: controller.signal }), (error) => {
    assert.ok(error instanceof CancelledError);
    assert.equal(error.outcomeUnknown, true);
    assert.equal(error.cause, controller.signal.reason);
    return true;
  });
});

test("progress is told in the event loop", async (t) => {
  const registry = await store(t);
  const told = [];
  await registry.enroll("ada", [clip("ada-1.mp3"), clip("ada-2.m4a")], { onProgress: (progress) => told.push(progress) });
  assert.ok(told.length > 0 && told.every(Object.isFrozen));
  assert.deepEqual(told.at(-1), { recording: 1, recordings: 2, fraction: 1 });
});

test("an error of onProgress stops the call and is its error", async (t) => {
  const registry = await store(t);
  const failure = new Error("of the caller");
  const fail = () => {
    throw failure;
  };
  const started = performance.now();
  assert.equal(await registry.enroll("ada", long, { onProgress: fail }).catch((error) => error), failure);
  const later = async () => fail();
  assert.equal(await registry.enroll("ada", long, { onProgress: later }).catch((error) => error), failure);
  assert.ok(performance.now() - started < 2000);
  await assert.rejects(registry.get("ada"), { code: "speaker_not_found" });
});

test("onProgress may throw anything", async () => {
  for (const thrown of [null, undefined, 0, "enough"]) {
    const onProgress = () => {
      throw thrown;
    };
    const came = await inspect(clip("ada-1.mp3"), { onProgress }).then(assert.fail, (thrown) => ({ thrown }));
    assert.deepEqual(came, { thrown });
  }
});

test("what a call was given is let go of when it is done", async (t) => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  const registry = await store(t);
  const call = async (recording, signal) => {
    const onProgress = () => {};
    await registry.inspect(recording, { onProgress, signal }).catch(() => {});
    return new WeakRef(onProgress);
  };
  const { signal } = new AbortController();
  const held = [await call(clip("ada-1.mp3"), signal), await call(clip("not-text.mp3"), signal)];
  for (let tries = 0; held.some((one) => one.deref()) && tries < 50; tries++) {
    await sleep(20);
    collect();
  }
  assert.deepEqual(
    held.map((one) => one.deref()),
    [undefined, undefined],
  );
});

test("200 enrollments at once", async (t) => {
  const registry = await store(t);
  const bytes = clipBytes("ada-1.mp3");
  const ids = Array.from({ length: 200 }, (_, at) => `speaker_${at}`);
  const made = await Promise.all(ids.map((id) => registry.enroll(id, bytes, { force: true })));
  assert.deepEqual(
    made.map(({ speakerId }) => speakerId),
    ids,
  );
  assert.equal((await registry.list()).total, 200);
});

test("a defect of ours is an error and ends no process", async (t) => {
  const { native } = require("../dist/native.js");
  const { ask } = require("../dist/call.js");
  const bridge = await native.Bridge.open(JSON.stringify({ path: join(folder(t), "voices.db") }));
  await assert.rejects(ask({ bridge }, "panic", {}), { name: "InternalError", code: "internal" });
  await assert.rejects(ask({ bridge }, "panic_later", {}), { name: "InternalError", code: "internal" });
  assert.match(await ask({ bridge }, "model", {}), /voiceroll/);
});

test("a call keeps the process alive, a registry that rests does not", async (t) => {
  const script = (rest) => `
    const { Registry } = require("voiceroll");
    Registry.open(${JSON.stringify(join(folder(t), "voices.db"))}).then(async (registry) => { ${rest} });`;
  const enroll = `registry.enroll("ada", ${JSON.stringify(clip("ada-1.mp3"))})`;
  const { stdout } = await run(process.execPath, ["-e", script(`${enroll}.then((made) => console.log(made.complete))`)], {
    cwd: join(root, "node"),
  });
  assert.equal(stdout, "true\n");
  const started = performance.now();
  await run(process.execPath, ["-e", script(`await ${enroll}`)], { cwd: join(root, "node"), timeout: 20000 });
  assert.ok(performance.now() - started < 10000);
  await run(process.execPath, ["-e", script(`${enroll}; setTimeout(() => process.exit(0), 5)`)], {
    cwd: join(root, "node"),
  });
});

test("the registry outlives what a worker does with it", async (t) => {
  const path = join(folder(t), "voices.db");
  const script = `
    const { parentPort, workerData } = require("node:worker_threads");
    const { Registry } = require("voiceroll");
    const { path, id, clip } = workerData;
    Registry.open(path).then(async (registry) => {
      const made = await registry.enroll(id, clip, { force: true });
      const failed = await registry.get("nobody").catch((error) => error.name);
      parentPort.postMessage([made.speakerId, failed]);
      await registry.close();
    });`;
  const answers = ["a", "b", "c", "d"].map(async (id) => {
    const worker = new Worker(script, { eval: true, workerData: { path, id, clip: clip("ada-1.mp3") } });
    const messages = [];
    worker.on("message", (message) => messages.push(message));
    const [code] = await once(worker, "exit");
    return [code, ...messages];
  });
  assert.deepEqual(
    await Promise.all(answers),
    ["a", "b", "c", "d"].map((id) => [0, [id, "NotFoundError"]]),
  );
  const registry = await Registry.open(path);
  assert.equal((await registry.list()).total, 4);
  await registry.close();
});

test("a worker that is ended during a call takes nothing with it", async () => {
  const script = `
    const { parentPort, workerData } = require("node:worker_threads");
    const { inspect } = require("voiceroll");
    inspect(Buffer.from(workerData), { onProgress() {} });
    inspect(Buffer.from(workerData));
    parentPort.postMessage("started");`;
  for (const wait of [0, 1, 5, 20, 60, 100, 200, 300]) {
    const worker = new Worker(script, { eval: true, workerData: long.subarray(0, 3_000_000) });
    await once(worker, "message");
    await sleep(wait);
    await worker.terminate();
  }
  assert.equal((await inspect(clip("ada-1.mp3"))).accepted, true);
});

// What a recording may be.

import assert from "node:assert/strict";
import { createReadStream, openAsBlob } from "node:fs";
import { PassThrough, Readable } from "node:stream";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { InvalidInputError, Recording, inspect } from "voiceroll";

import { clip, clipBytes, pcm, store } from "./common.mjs";

const bytes = clipBytes("ada-1.mp3");
const expected = await inspect(clip("ada-1.mp3"));

async function* chunks(of = bytes, size = 1000) {
  for (let at = 0; at < of.length; at += size) yield of.subarray(at, at + size);
}

function shared() {
  const made = new Uint8Array(new SharedArrayBuffer(bytes.length));
  made.set(bytes);
  return made;
}

const SOURCES = {
  "a path": () => clip("ada-1.mp3"),
  "a file URL": () => pathToFileURL(clip("ada-1.mp3")),
  "a Buffer": () => bytes,
  "a Uint8Array": () => new Uint8Array(bytes),
  "a Uint8ClampedArray": () => new Uint8ClampedArray(bytes),
  "a part of a buffer": () => new Uint8Array([0, ...bytes, 0]).subarray(1, -1),
  "an ArrayBuffer": () => new Uint8Array(bytes).buffer,
  "a DataView": () => new DataView(new Uint8Array(bytes).buffer),
  "shared memory": () => shared(),
  "a SharedArrayBuffer": () => shared().buffer,
  "a Blob": () => new Blob([bytes]),
  "a File": () => new File([bytes], "ada.mp3"),
  "a Blob of a file": () => openAsBlob(clip("ada-1.mp3")),
  "a stream of a file": () => createReadStream(clip("ada-1.mp3")),
  "a PassThrough": () => createReadStream(clip("ada-1.mp3")).pipe(new PassThrough()),
  "a web stream": () => new Blob([bytes]).stream(),
  "the body of a response": () => new Response(bytes).body,
  "an async generator": () => chunks(),
  "a Recording": () => new Recording(bytes),
  "a Recording of a Recording": () => new Recording(new Recording(bytes)),
};

for (const [name, make] of Object.entries(SOURCES)) {
  test(`${name} is inspected like the file`, async () => {
    assert.deepEqual(await inspect(await make()), expected);
  });
}

test("several sources of several kinds are enrolled together", async (t) => {
  const registry = await store(t);
  const sources = [clip("ada-1.mp3"), clipBytes("ada-2.m4a"), createReadStream(clip("ada-3.webm"))];
  const made = await registry.enroll("ada", sources);
  assert.deepEqual(
    made.recordings.map(({ input }) => input),
    [0, 1, 2],
  );
});

test("a Recording of bytes may be used again", async () => {
  const recording = new Recording(bytes, { encoding: "Mpeg" });
  assert.deepEqual(await Promise.all([inspect(recording), inspect(recording)]), [expected, expected]);
});

test("a Recording of a Blob may be used again", async () => {
  const recording = new Recording(new Blob([bytes]));
  assert.deepEqual(await Promise.all([inspect(recording), inspect(recording)]), [expected, expected]);
});

const ONCE = {
  "a stream": () => createReadStream(clip("ada-1.mp3")),
  "a web stream": () => new Blob([bytes]).stream(),
  "a generator": () => chunks(),
  "a Recording of a stream": () => new Recording(createReadStream(clip("ada-1.mp3"))),
};

for (const [name, make] of Object.entries(ONCE)) {
  test(`${name} is read once, and says so`, async (t) => {
    const registry = await store(t);
    const again = { name: "TypeError", message: /already read/ };
    const one = make();
    assert.deepEqual(await inspect(one), expected);
    await assert.rejects(inspect(one), again);

    const twice = make();
    await assert.rejects(registry.enroll("ada", [twice, twice]), again);
    await assert.rejects(registry.get("ada"), { code: "speaker_not_found" });

    // The call that reads it is not disturbed by the other.
    const both = make();
    const [first, second] = await Promise.allSettled([inspect(both), inspect(both)]);
    assert.deepEqual(first.value, expected);
    assert.match(String(second.reason), /already read/);
  });
}

test("a stream that somebody else has read says so", async () => {
  const again = { name: "TypeError", message: /already read/ };
  const stream = createReadStream(clip("ada-1.mp3"));
  for await (const _ of stream);
  await assert.rejects(inspect(stream), again);
  const response = new Response(bytes);
  await response.arrayBuffer();
  await assert.rejects(inspect(response.body), again);
  const locked = new Blob([bytes]).stream();
  locked.getReader();
  await assert.rejects(inspect(locked), again);
});

test("a small buffer may be changed once the call is made", async () => {
  const own = Buffer.from(bytes);
  const call = inspect(own);
  own.fill(0);
  assert.deepEqual(await call, expected);
});

test("a large buffer that is transferred during the call is an error", async () => {
  const large = new Uint8Array(20_000_000);
  const call = inspect(large);
  structuredClone(large.buffer, { transfer: [large.buffer] });
  await assert.rejects(call, { name: "TypeError", message: /during the call/ });
});

test("a large buffer that is made smaller during the call is an error", async () => {
  const buffer = new ArrayBuffer(20_000_000, { maxByteLength: 20_000_000 });
  for (const large of [buffer, new Uint8Array(buffer, 0, 19_000_000)]) {
    buffer.resize(20_000_000);
    const call = inspect(large);
    buffer.resize(10);
    await assert.rejects(call, { name: "TypeError", message: /shrunk during the call/ });
  }
});

test("a buffer that was transferred before is an error", async () => {
  for (const make of [
    (buffer) => buffer,
    (buffer) => new Uint8Array(buffer),
    (buffer) => new DataView(buffer),
    (buffer) => Recording.fromSamples(new Float32Array(buffer), { sampleRate: 16000 }),
  ]) {
    const buffer = new ArrayBuffer(16000);
    const given = make(buffer);
    structuredClone(buffer, { transfer: [buffer] });
    await assert.rejects(inspect(given), { name: "TypeError", message: /was transferred/ });
  }
  const samples = new Float32Array(4000);
  structuredClone(samples.buffer, { transfer: [samples.buffer] });
  assert.throws(() => Recording.fromSamples(samples, { sampleRate: 16000 }), { name: "TypeError", message: /was transferred/ });
});

test("an encoding that is declared is held against the bytes", async () => {
  const { problems } = await inspect(new Recording(bytes, { encoding: "Wav" }));
  assert.ok(problems.some(({ code }) => code === "encoding_mismatch"));
  await assert.rejects(inspect(new Recording(bytes, { encoding: "Mp7" })), InvalidInputError);
  await assert.rejects(inspect(new Recording(clip("ada-1.mp3"), { encoding: "Mp7" })), InvalidInputError);
});

test("a track is chosen", async () => {
  const whole = await inspect(clip("ada-1.mp3"));
  assert.deepEqual(await inspect(new Recording(clip("ada-1.mp3"), { track: 1 })), whole);
  assert.deepEqual(await inspect(new Recording(bytes, { track: 1 })), await inspect(bytes));
  await assert.rejects(inspect(new Recording(clip("ada-1.mp3"), { track: 2 })), { code: "invalid_option" });
  assert.throws(() => new Recording(bytes, { track: 0 }), TypeError);
});

test("samples are taken as integers and floats, of one channel or two", async () => {
  const { samples, sampleRate } = pcm("ben-1.wav");
  const floats = Float32Array.from(samples, (sample) => sample / 32768);
  const doubles = Float64Array.from(floats);
  const integers = await inspect(Recording.fromSamples(samples, { sampleRate }));
  const same = await inspect(Recording.fromSamples(floats, { sampleRate }));
  assert.equal(integers.codec, "pcm_s16le");
  assert.equal(same.codec, "pcm_f32le");
  assert.deepEqual(await inspect(Recording.fromSamples(doubles, { sampleRate })), same);
  assert.equal(same.speechSeconds, integers.speechSeconds);
  const both = Float32Array.from({ length: samples.length * 2 }, (_, at) => floats[at >> 1]);
  const stereo = await inspect(Recording.fromSamples(both, { sampleRate, channels: 2 }));
  assert.equal(stereo.channels, 2);
  assert.equal(stereo.duration, integers.duration);
});

test("samples that cannot be meant are refused where they are given", () => {
  const wrong = (samples, options) => {
    assert.throws(() => Recording.fromSamples(samples, options), (error) => {
      assert.ok(error instanceof InvalidInputError);
      assert.match(error.stack, /sources\.test\.mjs/);
      return true;
    });
  };
  const samples = new Int16Array(8);
  wrong(samples, { sampleRate: 0 });
  wrong(samples, { sampleRate: 44100.5 });
  wrong(samples, { sampleRate: 16000, channels: 0 });
  wrong(samples, { sampleRate: 16000, channels: -1 });
  wrong(new Int32Array(8), { sampleRate: 16000 });
  wrong([0, 1], { sampleRate: 16000 });
});

test("samples with a rate or channels that are no numbers are a TypeError that says so", () => {
  const samples = new Int16Array(8);
  assert.throws(() => Recording.fromSamples(samples), { name: "TypeError", message: /sampleRate/ });
  assert.throws(() => Recording.fromSamples(samples, { sampleRate: "16000" }), { name: "TypeError", message: /sampleRate/ });
  const channels = { sampleRate: 16000, channels: null };
  assert.throws(() => Recording.fromSamples(samples, channels), { name: "TypeError", message: /channels/ });
});

test("a Recording is made of a source and its encoding, and of nothing else", () => {
  assert.throws(() => new Recording(bytes, { encoding: 5 }), { name: "TypeError", message: /encoding/ });
  assert.throws(() => new Recording(bytes, "Mpeg"), { name: "TypeError", message: /options/ });
  assert.throws(() => new Recording(() => bytes), { name: "TypeError", message: /a recording must/ });
});

test("a largest recording that is no number is refused by its name", async () => {
  await assert.rejects(inspect(bytes, { maxBytes: "10" }), { code: "invalid_option", message: /`maxBytes`/ });
  await assert.rejects(inspect(chunks(), { maxBytes: "10" }), { code: "invalid_option", message: /`maxBytes`/ });
});

test("the chunks of a stream are bytes in any buffer, and no samples", async () => {
  const buffers = async function* () {
    for await (const chunk of chunks()) yield new Uint8Array(chunk).buffer;
  };
  assert.deepEqual(await inspect(buffers()), expected);
  assert.deepEqual(await inspect(ReadableStream.from(buffers())), expected);
  const samples = async function* () {
    yield new Float32Array(1000);
  };
  await assert.rejects(inspect(samples()), { name: "TypeError", message: /fromSamples/ });
  await assert.rejects(inspect(ReadableStream.from(samples())), { name: "TypeError", message: /fromSamples/ });
  await assert.rejects(inspect(ReadableStream.from(["text"])), { name: "TypeError", message: /no bytes/ });
});

test("what is no recording is a TypeError", async () => {
  for (const wrong of [undefined, null, 7, {}, [], new Float32Array(4), new URL("https://example.com/1.mp3")]) {
    await assert.rejects(inspect(wrong), TypeError);
  }
  await assert.rejects(inspect(createReadStream(clip("ada-1.mp3"), "latin1")), TypeError);
});

test("a stream that fails gives its own error", async () => {
  const failure = new Error("the line is dead");
  const failing = async function* () {
    yield bytes.subarray(0, 1000);
    throw failure;
  };
  assert.equal(await inspect(failing()).catch((error) => error), failure);
  const missing = createReadStream(clip("nowhere.mp3"));
  await assert.rejects(inspect(missing), { code: "ENOENT" });
});

test("a stream that fails before its turn does not end the process", async (t) => {
  const registry = await store(t);
  const sources = [chunks(), createReadStream(clip("nowhere.mp3"))];
  await assert.rejects(registry.enroll("ada", sources), { code: "ENOENT" });
});

test("an error of a stream is not taken for one of ours", async () => {
  for (const message of ['{"error":"x"}', '{"kind":"NotFound","code":"speaker_not_found"}', "404", "null", "[]"]) {
    const failure = new Error(message);
    const failing = async function* () {
      throw failure;
    };
    assert.equal(await inspect(failing()).catch((error) => error), failure);
  }
});

test("streams that a call does not come to are let go of", async (t) => {
  const registry = await store(t);
  const closed = await store(t);
  await closed.close();
  const streams = () => [createReadStream(clip("nowhere.mp3")), createReadStream(clip("ada-1.mp3"))];
  const calls = [
    (recordings) => registry.enroll("ada", recordings),
    (recordings) => registry.enroll("ada", [5, ...recordings]),
    (recordings) => registry.enroll("ada", [...recordings, 5]),
    (recordings) => registry.enroll("ada", recordings, { signal: AbortSignal.abort() }),
    (recordings) => registry.enroll("ada", recordings, { signal: {} }),
    (recordings) => registry.enroll("ada", recordings, null),
    (recordings) => closed.enroll("ada", recordings),
    (recordings) => inspect(recordings[0], null),
  ];
  for (const call of calls) {
    const given = streams();
    await assert.rejects(call(given));
    const taken = call === calls.at(-1) ? given.slice(0, 1) : given;
    given.slice(taken.length).forEach((stream) => stream.destroy());
    assert.ok(taken.every(({ destroyed }) => destroyed), String(call));
    // Whoever listened for their errors here would hide that nobody else does.
    for (const stream of given) if (!stream.closed) await new Promise((resolve) => stream.on("close", resolve));
  }
});

test("a stream that was read to its end is left as it is", async () => {
  const stream = new Readable({ read() {}, autoDestroy: false });
  stream.push(bytes);
  stream.push(null);
  await inspect(stream);
  assert.equal(stream.destroyed, false);
});

test("a stream without an end is read no further than the limit", async (t) => {
  let given = 0;
  const endless = async function* () {
    for (;;) {
      given += bytes.length;
      yield bytes;
    }
  };
  await assert.rejects(inspect(endless(), { maxBytes: 1_000_000 }), { name: "LimitError", code: "recording_too_large" });
  assert.ok(given < 5_000_000, `${given} bytes`);
  const registry = await store(t, { maxBytes: 1_000_000 });
  await assert.rejects(registry.enroll("ada", Readable.from(endless())), { code: "recording_too_large" });
});

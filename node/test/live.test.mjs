// Sessions on sound that is still coming.

import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { test } from "node:test";

import { InvalidInputError, LiveEnrollment, NotFoundError } from "voiceroll";

import { clip, clipBytes, pcm, store } from "./common.mjs";

function* chunks(name, size) {
  const data = clipBytes(name);
  for (let at = 0; at < data.length; at += size) yield data.subarray(at, at + size);
}

test("a session enrolls as a recording does", async (t) => {
  const whole = await (await store(t)).enroll("ada", clip("ada-1.mp3"));
  const registry = await store(t);
  const session = registry.liveEnrollment("ada");
  const statuses = [];
  for await (const status of session.over(createReadStream(clip("ada-1.mp3"), { highWaterMark: 4000 }))) {
    statuses.push(status);
  }
  const enrollment = await session.finish();
  assert.deepEqual([enrollment.speechSeconds, enrollment.quality], [whole.speechSeconds, whole.quality]);
  const last = statuses.at(-1);
  assert.equal(last.missingSeconds, 0);
  assert.ok(Math.abs(last.speechSeconds - whole.speechSeconds) < 0.6);
  assert.ok(statuses.some(({ problems }) => problems.some((problem) => problem.code === "too_short")));
  assert.ok(Object.isFrozen(last));
  await assert.rejects(session.push(Buffer.from("more")), { code: "session_ended" });
});

test("who speaks is said while they speak", async (t) => {
  const registry = await store(t);
  await registry.enroll("ada", clip("ada-1.mp3"));
  const session = registry.liveIdentification({ speakerIds: ["ada"] });
  let segments = [];
  const named = new Set();
  for await (const update of session.over(chunks("ada-3.webm", 2000))) {
    const [first] = update.segments;
    if (first) segments = [...segments.filter(({ start }) => start < first.start), ...update.segments];
    if (update.speaker) named.add(update.speaker.speakerId);
  }
  assert.ok(named.has("ada"));
  assert.deepEqual(segments.map(({ speakerId }) => speakerId), ["ada"]);
  assert.deepEqual(await session.finish(), await registry.identify(clip("ada-3.webm"), { speakerIds: ["ada"] }));
});

test("arrays of samples are bytes, and streams of the web are taken", async (t) => {
  const registry = await store(t);
  const { samples, channels, sampleRate } = pcm("ben-1.wav");
  const session = registry.liveEnrollment("ben", { format: "i16", sampleRate, channels });
  const stream = new ReadableStream({
    start(controller) {
      for (let at = 0; at < samples.length; at += 9600) controller.enqueue(samples.subarray(at, at + 9600));
      controller.close();
    },
  });
  for await (const { duration } of session.over(stream)) assert.ok(duration > 0);
  assert.ok((await session.finish()).speechSeconds > 1);
  await assert.rejects(async () => registry.liveEnrollment("ben").push("text"), TypeError);
});

test("what is wrong is thrown", async (t) => {
  const registry = await store(t);
  assert.throws(() => registry.liveEnrollment("not an id"), InvalidInputError);
  assert.throws(() => registry.liveEnrollment("ada", { format: "i16" }), InvalidInputError);
  assert.throws(() => registry.liveEnrollment("ada", { speed: 1 }), InvalidInputError);
  await assert.rejects(registry.liveIdentification({ speakerIds: ["nobody"] }).push(Buffer.alloc(0)), NotFoundError);
  const session = registry.liveEnrollment("ada");
  assert.ok(session instanceof LiveEnrollment);
  await session.push(clipBytes("ada-1.mp3"));
  session.cancel();
  await assert.rejects(session.finish(), { code: "session_ended" });
  await assert.rejects(registry.get("ada"), NotFoundError);
});

// The event loop goes on while the core works.

import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { test } from "node:test";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";

import { Recording, inspect } from "voiceroll";

import { clip, clipBytes, store } from "./common.mjs";

/** Generous, and the best of some attempts, as other programs may have the machine; `bench/border.mjs` measures. */
const BOUND = 50;
const ATTEMPTS = 5;

/** The longest that a timer of 1 ms was late while `work` went on, in milliseconds. */
async function delay(work) {
  await sleep(50);
  const monitor = monitorEventLoopDelay({ resolution: 1 });
  monitor.enable();
  await work();
  monitor.disable();
  return monitor.max / 1e6;
}

async function bounded(t, work) {
  let found = Infinity;
  for (let attempt = 0; attempt < ATTEMPTS && found >= BOUND; attempt++) {
    found = Math.min(found, await delay(work));
  }
  t.diagnostic(`the event loop waited ${found.toFixed(1)} ms at most`);
  assert.ok(found < BOUND, `${found} ms`);
}

test("an hour of MP3", async (t) => {
  const registry = await store(t);
  const hour = Buffer.concat(Array(203).fill(clipBytes("ada-1.mp3")));
  await bounded(t, () => registry.enroll("ada", hour, { force: true }));
});

test("64 MiB that are no recording", async (t) => {
  const large = Buffer.alloc(64 * 1024 * 1024, "not a recording. ");
  await bounded(t, () => assert.rejects(inspect(large), { kind: "Unreadable" }));
});

test("64 MiB of samples", async (t) => {
  const samples = new Float32Array(16 * 1024 * 1024);
  await bounded(t, () => inspect(Recording.fromSamples(samples, { sampleRate: 48000 })));
});

test("many calls at once with large buffers", async (t) => {
  const large = Buffer.alloc(8 * 1024 * 1024, "not a recording. ");
  await bounded(t, () => Promise.allSettled(Array.from({ length: 40 }, () => inspect(large))));
});

test("a stream of a file", async (t) => {
  await bounded(t, () => inspect(createReadStream(clip("ada-1.mp3"))));
});

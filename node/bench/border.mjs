// What the border between Node and the core costs: calls, copies, the event loop, memory.
//
//     node --expose-gc bench/border.mjs

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { Recording, Registry, inspect } from "voiceroll";

const { native } = createRequire(import.meta.url)("../dist/native.js");
const clip = readFileSync(new URL("../../tests/audio/ada-1.mp3", import.meta.url));
const repeated = (times) => Buffer.concat(Array(times).fill(clip));
const MIB = 1024 * 1024;

const folder = mkdtempSync(join(tmpdir(), "voiceroll-"));
const registry = await Registry.open(join(folder, "voices.db"));
const rows = [];

/** The least time of a piece of work, in milliseconds. */
async function least(rounds, work) {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    await work();
    best = Math.min(best, performance.now() - started);
  }
  return best;
}

const CALLS = 1e6;
const noop = await least(5, () => {
  for (let call = 0; call < CALLS; call++) native.version();
});
rows.push(["a native call that does nothing", `${((noop / CALLS) * 1e6).toFixed(0)} ns`, "500 ns"]);

// The core refuses this after a look at it: what is left is the way there and back.
const nothing = Buffer.from("This is not a recording.");
const way = await least(500, () => inspect(nothing).catch(() => {}));
rows.push(["a call there and back", `${(way * 1000).toFixed(0)} µs`, ""]);

const large = repeated(12).subarray(0, MIB);
const whole = await least(7, () => inspect(large));
const copy = await least(200, () => new native.Bytes(large.length).push(large));
rows.push(["`inspect` of 1 MiB of MP3", `${whole.toFixed(0)} ms`, ""]);
rows.push(["of it the way and the copy", `${((100 * (way + copy)) / whole).toFixed(2)} %`, ""]);

/** How long this thread has run, in milliseconds, where the system says so. */
function own() {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;
  } catch {
    return NaN;
  }
}

/** How late a timer of 1 ms was at most, and how much of that the event loop worked, in milliseconds. */
async function delay(work) {
  await sleep(100);
  const found = [0, 0];
  let [last, ran] = [performance.now(), own()];
  const timer = setInterval(() => {
    const [now, run] = [performance.now(), own()];
    found[0] = Math.max(found[0], now - last - 1);
    found[1] = Math.max(found[1], run - ran);
    [last, ran] = [now, run];
  }, 1);
  await work();
  clearInterval(timer);
  return found;
}

const samples = new Float32Array(16 * MIB);
const noise = Buffer.alloc(64 * MIB, "not a recording. ");
const hour = repeated(203);
const WORKS = {
  "enrolling an hour of MP3": () => registry.enroll("ada", hour, { force: true }),
  "inspecting 64 MiB that are no recording": () => inspect(noise).catch(() => {}),
  "inspecting 64 MiB of samples": () => inspect(Recording.fromSamples(samples, { sampleRate: 48000 })),
  "beginning 200 enrollments at once, and finishing them": () =>
    Promise.all(Array.from({ length: 200 }, (_, at) => registry.enroll(`at_once_${at}`, clip, { force: true }))),
  "nothing, for comparison": () => sleep(2000),
};
for (const [name, work] of Object.entries(WORKS)) {
  const rounds = [];
  for (let round = 0; round < 5; round++) rounds.push(await delay(work));
  const [late, worked] = [0, 1].map((at) => Math.max(...rounds.map((round) => round[at])).toFixed(1));
  rows.push([`event loop: ${name}`, `works ${worked} ms at a time, ${late} ms late at most`, "10 ms"]);
}

const memory = () => {
  globalThis.gc?.();
  return process.memoryUsage().rss / MIB;
};
const thousand = () =>
  Promise.all(Array.from({ length: 1000 }, (_, at) => registry.enroll(`many_${at}`, clip, { force: true })));
for (const round of ["first", "second", "third"]) {
  await thousand();
  await sleep(500);
  rows.push([`resident memory after the ${round} 1,000 enrollments at once`, `${memory().toFixed(0)} MiB`, ""]);
}

await registry.close();
rmSync(folder, { recursive: true });

console.log("| measured | result | limit |\n|---|---|---|");
for (const row of rows) console.log(`| ${row.join(" | ")} |`);

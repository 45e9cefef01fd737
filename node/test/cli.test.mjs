// The command, as npm installs it.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { version } from "voiceroll";

import { bin, clip, clipBytes, folder, serve } from "./common.mjs";

const run = (args, options) => spawnSync(process.execPath, [bin, ...args], { encoding: "utf8", ...options });

test("it says its version and its help", () => {
  const told = run(["--version"]);
  assert.deepEqual([told.status, told.stdout], [0, `voiceroll ${version}\n`]);
  assert.match(run(["--help"]).stdout, /Usage: voiceroll/);
});

test("it reads files and standard input, and prints JSON", () => {
  const told = run(["inspect", "--json", clip("ada-1.mp3"), "-"], { input: clipBytes("ben-1.wav") });
  assert.equal(told.status, 0, told.stderr);
  assert.deepEqual(
    told.stdout.trim().split("\n").map((line) => JSON.parse(line).container),
    ["mp3", "wav"],
  );
});

test("it exits as the errors say", () => {
  assert.equal(run(["inspect", clip("not-text.mp3")]).status, 3);
  assert.equal(run(["inspect", clip("nowhere.mp3")]).status, 10);
  assert.equal(run(["nonsense"]).status, 2);
});

test("a reader that has had enough is no error", async () => {
  const running = spawn(process.execPath, [bin, "inspect", clip("ada-1.mp3")], { stdio: ["ignore", "pipe", "pipe"] });
  running.stdout.destroy();
  assert.deepEqual(await once(running, "exit"), [0, null]);
});

test("Ctrl-C ends it, and a server in good order", async (t) => {
  const running = spawn(process.execPath, [bin, "inspect", "-"], { stdio: ["pipe", "ignore", "ignore"] });
  await sleep(500);
  running.kill("SIGINT");
  assert.deepEqual(await once(running, "exit"), [null, "SIGINT"]);
  for (const signal of ["SIGINT", "SIGTERM"]) {
    const { running } = await serve(folder(t));
    running.kill(signal);
    assert.deepEqual(await once(running, "exit"), [0, null]);
  }
});

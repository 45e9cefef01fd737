// The examples, and the first screen of the README, run as they stand.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { Registry } from "voiceroll";

import { clip, clipBytes, folder, pcm, root, serve } from "./common.mjs";

const examples = join(root, "node/examples");
const text = (...path) => readFileSync(join(root, ...path), "utf8");

/** What an example prints. */
async function run(cwd, name, args, { input = "", env = {}, status = 0 } = {}) {
  const child = spawn(process.execPath, [join(examples, name), ...args], { cwd, env: { ...process.env, ...env } });
  child.stdin.end(input);
  const said = [];
  const complaints = [];
  child.stdout.on("data", (chunk) => said.push(chunk));
  child.stderr.on("data", (chunk) => complaints.push(chunk));
  const [code] = await once(child, "close");
  assert.equal(code, status, Buffer.concat(complaints).toString());
  return Buffer.concat(said).toString();
}

test("the first screen", async (t) => {
  const cwd = folder(t);
  symlinkSync(join(root, "tests"), join(cwd, "tests"));
  assert.equal(await run(cwd, "readme.mjs", []), text("tests/readme.txt"));
  const shown = text("node/examples/readme.mjs");
  assert.ok(text("node/README.md").includes(`\`\`\`js\n${shown}\`\`\``), "node/README.md shows another program");
  const bare = (code) => code.replace(/["';]/g, "");
  assert.ok(bare(text("README.md")).includes(bare(shown)), "README.md shows another program");
});

test("what the README shows can be read by Node", (t) => {
  const blocks = [...text("node/README.md").matchAll(/```js\n(.*?)```/gs)];
  assert.ok(blocks.length > 5);
  const file = join(folder(t), "block.mjs");
  for (const [, block] of blocks) {
    writeFileSync(file, block);
    execFileSync(process.execPath, ["--check", file]);
  }
});

for (const place of ["a file", "a server"]) {
  test(`create or update, in ${place}`, async (t) => {
    const cwd = folder(t);
    let env = {};
    if (place === "a server") {
      const { running, url, options } = await serve(cwd);
      t.after(() => running.kill());
      const { clientId, clientSecret, jwt } = options;
      env = { VOICEROLL_SERVER: url, VOICEROLL_CLIENT_ID: clientId, VOICEROLL_CLIENT_SECRET: clientSecret, VOICEROLL_JWT: jwt };
    }
    const first = await run(cwd, "create-or-update.mjs", ["59586", clip("ben-1.wav")], { env });
    assert.match(first, /^59586 is new\n/);
    assert.match(first, /still missing\n$/);
    const second = await run(cwd, "create-or-update.mjs", ["59586", clip("ben-2.ogg")], { env });
    assert.match(second, /^59586 is enrolled with/);
    assert.match(second, /"complete": true/);
  });
}

test("a microphone", async (t) => {
  const { samples, sampleRate } = pcm("ben-1.wav");
  const said = await run(folder(t), "microphone.mjs", ["ben", String(sampleRate)], { input: Buffer.from(samples.buffer) });
  assert.match(said, /too_short/);
  assert.match(said, /s of speech, .* s missing\n$/);
  const silence = await run(folder(t), "microphone.mjs", ["ben", "16000"], { input: Buffer.alloc(64000), status: 1 });
  assert.match(silence, /no_speech/);
});

test("a folder", async (t) => {
  const said = await run(folder(t), "validate-folder.mjs", [join(root, "tests/audio")]);
  const rows = new Map(said.split("\n").map((line) => [line.split(",")[0].replaceAll('"', ""), line]));
  assert.match(rows.get("ada-1.mp3"), /"yes","14\.\d+"/);
  assert.match(rows.get("fault-silence.flac"), /"no","0","","no_speech/);
  assert.match(rows.get("fault-clipped.mp3"), /clipped/);
  assert.match(rows.get("not-text.mp3"), /"unreadable","","","recording_unsupported"/);
});

test("the speakers of a call", async (t) => {
  const cwd = folder(t);
  const registry = await Registry.open(join(cwd, "voices.db"));
  await registry.enroll("59586", clip("ada-2.m4a"));
  await registry.close();
  const record = { id: "1", to: { name: "Agent 1200", extensionId: "59586" }, from: { extensionId: 777 } };
  writeFileSync(join(cwd, "record.json"), JSON.stringify(record));
  const said = await run(cwd, "name-speakers.mjs", ["record.json", clip("fault-two-speakers.mp3")]);
  assert.match(said, / {2}Agent 1200\n/);
  assert.match(said, / {2}somebody else\n/);
  assert.match(said, /not enrolled: 777\n$/);
});

test("an upload", async (t) => {
  const running = spawn(process.execPath, [join(examples, "express-upload.mjs")], {
    cwd: folder(t),
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.after(() => running.kill());
  const [chunk] = await once(running.stdout, "data");
  const upload = async (body, id = "ada") => {
    const response = await fetch(`${chunk.toString().trim()}/voices/${id}`, { method: "POST", body, duplex: "half" });
    return [response.status, await response.json()];
  };
  const [status, { complete }] = await upload(clipBytes("ada-1.mp3"));
  assert.deepEqual([status, complete], [200, true]);
  const [refused, { code, problems }] = await upload(clipBytes("fault-silence.flac"), "ben");
  assert.deepEqual([refused, code, problems[0].code], [422, "recording_refused", "no_speech"]);
  assert.equal((await upload(clipBytes("not-text.mp3")))[0], 400);
  assert.equal((await upload(clipBytes("ada-1.mp3"), "a-b"))[0], 400);
  assert.equal((await upload(Buffer.alloc(33 * 1024 * 1024)))[0], 413);
});

// What the tests share: clips, folders, servers.

import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { Registry } from "voiceroll";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const bin = join(root, "node/bin/voiceroll.js");

export const clip = (name) => join(root, "tests/audio", name);
export const clipBytes = (name) => readFileSync(clip(name));

/** A folder of a test's own. */
export function folder(test) {
  const made = mkdtempSync(join(tmpdir(), "voiceroll-"));
  test.after(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** A registry of a test's own, in a file. */
export async function store(test, options) {
  const registry = await Registry.open(join(folder(test), "voices.db"), options);
  test.after(() => registry.close());
  return registry;
}

/** The samples of a plain WAV file of 16 bits: integers, rate and channels. */
export function pcm(name) {
  const file = clipBytes(name);
  const start = file.indexOf("data") + 8;
  const data = file.subarray(start, start + file.readUInt32LE(start - 4));
  const samples = Int16Array.from({ length: data.length / 2 }, (_, at) => data.readInt16LE(at * 2));
  return { samples, channels: file.readUInt16LE(22), sampleRate: file.readUInt32LE(24) };
}

/** A server for trying things out, started by this package's command: how to connect to it, and its end. */
export async function serve(data) {
  const file = join(data, "dev.json");
  const args = [bin, "serve", "--dev", "--port", "0", "--data", data, "--dev-file", file];
  const running = spawn(process.execPath, args, { stdio: "ignore" });
  for (let tries = 0; ; tries++) {
    try {
      return { running, ...credentials(JSON.parse(readFileSync(file, "utf8"))) };
    } catch (error) {
      if (tries === 300 || running.exitCode !== null) throw error;
      await sleep(100);
    }
  }
}

/** The server that misbehaves; `counts` says how many requests of each method came. */
export async function scripted(script) {
  const running = spawn(scriptedProgram(), { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: running.stdout })[Symbol.asyncIterator]();
  const told = async (line) => {
    running.stdin.write(`${JSON.stringify(line)}\n`);
    return JSON.parse((await lines.next()).value);
  };
  const login = credentials(await told(script));
  return { ...login, counts: () => told({}), stop: () => running.stdin.end() };
}

const credentials = ({ server, client_id, client_secret, jwt }) => ({
  url: server,
  options: { clientId: client_id, clientSecret: client_secret, jwt },
});

function scriptedProgram() {
  if (process.env.VOICEROLL_SCRIPTED) return process.env.VOICEROLL_SCRIPTED;
  const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
  const program = join(target, "debug/examples/scripted");
  if (!existsSync(program)) {
    const args = ["build", "--locked", "-p", "voiceroll", "--features", "full", "--example", "scripted"];
    execFileSync("cargo", args, { cwd: root, stdio: ["ignore", 2, 2] });
  }
  return program;
}

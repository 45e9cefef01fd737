// SPDX-License-Identifier: Apache-2.0
// A server of its own, and Chromium with a microphone that plays a recording of the project.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const audio = (name) => path.join(ROOT, "tests/audio", name);

/** `voiceroll serve --dev`; `app` holds `server`, `client_id`, `client_secret` and `jwt`. */
export class Server {
  static async start() {
    const server = new Server();
    server.folder = await mkdtemp(path.join(tmpdir(), "voiceroll-page-"));
    await server.listen("0");
    return server;
  }

  async listen(port) {
    const program = path.join(ROOT, "target/release/voiceroll");
    const options = ["serve", "--dev", "--json", "--port", port, "--data", path.join(this.folder, "data")];
    const env = { ...process.env, VOICEROLL_LOG: "warn" };
    this.process = spawn(program, options, { env, stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await once(createInterface({ input: this.process.stdout }), "line");
    this.app = JSON.parse(line);
    this.url = this.app.server;
    this.port = new URL(this.url).port;
  }

  async token() {
    const basic = Buffer.from(`${this.app.client_id}:${this.app.client_secret}`).toString("base64");
    const body = new URLSearchParams({
      grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
      assertion: this.app.jwt,
    });
    const headers = { authorization: `Basic ${basic}` };
    const answer = await fetch(`${this.url}/restapi/oauth/token`, { method: "POST", headers, body });
    return (await answer.json()).access_token;
  }

  /** Asks the server without the page. */
  async ask(method, where, body) {
    this.bearer ??= await this.token();
    const headers = { authorization: `Bearer ${this.bearer}`, "content-type": "application/json" };
    const answer = await fetch(this.url + where, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    return { status: answer.status, body: text ? JSON.parse(text) : null };
  }

  /** Enrolls from a recording of the project, without the page. */
  async enroll(speakerId, name) {
    const content = (await readFile(audio(name))).toString("base64");
    return this.ask("POST", "/ai/audio/v1/enrollments", { speakerId, content, encoding: "Wav" });
  }

  async kill() {
    this.process.kill("SIGKILL");
    await once(this.process, "exit");
  }

  async stop() {
    await this.kill();
    await rm(this.folder, { recursive: true });
  }
}

/** Chromium. `microphone` is the path of a WAV file, which it plays again and again. */
export function browser(microphone) {
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"];
  args.push("--disable-component-update", "--disable-sync", "--no-first-run", "--use-fake-ui-for-media-stream");
  args.push("--use-fake-device-for-media-stream", "--autoplay-policy=no-user-gesture-required");
  if (microphone) args.push(`--use-file-for-fake-audio-capture=${microphone}`);
  return chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args });
}

/** With PAGE_FILES, the files of the page come from that folder, for whoever works on them, and not from the program. */
export async function filesFromFolder(context) {
  const folder = process.env.PAGE_FILES;
  if (!folder) return;
  await context.route(/\/page\/[a-z.]+$/, (route) => route.fulfill({ path: path.join(folder, path.basename(route.request().url())) }));
  await context.route(/:\d+\/$/, (route) => route.fulfill({ path: path.join(folder, "index.html") }));
}

/** Signs in as a person who has the credentials, and is then at the speakers. */
export async function signIn(page, server) {
  await page.goto(server.url);
  for (const [label, value] of [["Client ID", server.app.client_id], ["Client secret", server.app.client_secret], ["JWT", server.app.jwt]]) {
    await page.getByLabel(label, { exact: true }).fill(value);
  }
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Speakers" }).waitFor();
}

/** The samples of recordings, one after the other, at 48 kHz; the browser decodes them. */
export async function samples(page, ...names) {
  const parts = [];
  for (const name of names) {
    const bytes = (await readFile(audio(name))).toString("base64");
    const decoded = await page.evaluate(async (bytes) => {
      const data = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0)).buffer;
      const sound = await new OfflineAudioContext(1, 1, 48000).decodeAudioData(data);
      const samples = Int16Array.from(sound.getChannelData(0), (sample) => Math.max(-1, Math.min(1, sample)) * 32767);
      let text = "";
      for (const byte of new Uint8Array(samples.buffer)) text += String.fromCharCode(byte);
      return btoa(text);
    }, bytes);
    const buffer = Buffer.from(decoded, "base64");
    parts.push(new Int16Array(buffer.buffer, buffer.byteOffset, buffer.length / 2));
  }
  const all = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Writes samples at 48 kHz as a WAV file. */
export async function writeWav(file, samples) {
  const head = Buffer.alloc(44);
  head.write("RIFF");
  head.writeUInt32LE(36 + samples.byteLength, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(48000, 24);
  head.writeUInt32LE(96000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36);
  head.writeUInt32LE(samples.byteLength, 40);
  await writeFile(file, Buffer.concat([head, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]));
}

// What npm packs, installed where there is no Rust.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";

import { clip, folder, root } from "./common.mjs";

const node = join(root, "node");
const npm = (cwd, ...args) => execFileSync("npm", args, { cwd, stdio: ["ignore", "pipe", "ignore"] }).toString();
const pack = (source, to) => JSON.parse(npm(source, "pack", "--ignore-scripts", "--json", "--pack-destination", to))[0];

/** Installs tarballs into an empty project, and uses the package there. */
function use(project, tarballs) {
  writeFileSync(join(project, "package.json"), '{"private": true}');
  npm(project, "install", "--offline", "--ignore-scripts", "--no-audit", ...tarballs);
  const options = { cwd: project, env: { PATH: dirname(process.execPath) } };
  const script = `require("voiceroll").inspect(${JSON.stringify(clip("ada-1.mp3"))}).then((found) => console.log(found.accepted))`;
  assert.equal(execFileSync(process.execPath, ["-e", script], options).toString(), "true\n");
  const module = `import { version } from "voiceroll"; console.log(version)`;
  execFileSync(process.execPath, ["--input-type=module", "-e", module], options);
  assert.match(execFileSync(join(project, "node_modules/.bin/voiceroll"), ["--version"], options).toString(), /^voiceroll /);
}

test("the tarball has what is needed, and nothing else", (t) => {
  const project = folder(t);
  const { filename, files } = pack(node, project);
  const tops = new Set(files.map(({ path }) => path.split("/")[0]));
  assert.deepEqual([...tops].sort(), ["LICENSE", "README.md", "bin", "dist", "native", "package.json"]);
  use(project, [join(project, filename)]);
});

test("a release has a package for the platform", (t) => {
  const [release, project] = [folder(t), folder(t)];
  execFileSync(process.execPath, [join(node, "scripts/platforms.mjs"), release]);
  const packages = readdirSync(release);
  assert.ok(packages.includes("voiceroll") && packages.length > 1);
  const tarballs = packages.map((name) => join(project, pack(join(release, name), project).filename));
  use(project, tarballs);
});

test("without its compiled part the package says what to do", (t) => {
  const [release, project] = [folder(t), folder(t)];
  execFileSync(process.execPath, [join(node, "scripts/platforms.mjs"), release]);
  const script = `require(${JSON.stringify(join(release, "voiceroll/dist/index.js"))})`;
  assert.throws(() => execFileSync(process.execPath, ["-e", script], { cwd: project, stdio: "pipe" }), /Reinstall it/);
});

test("a compiled part of another machine is none", (t) => {
  const [project, place] = [folder(t), folder(t)];
  const { filename } = pack(node, project);
  execFileSync("tar", ["-xzf", join(project, filename), "-C", place]);
  const native = join(place, "package/native");
  for (const name of readdirSync(native)) writeFileSync(join(native, name), "no library");
  const script = `require(${JSON.stringify(join(place, "package/dist/index.js"))})`;
  assert.throws(() => execFileSync(process.execPath, ["-e", script], { cwd: project, stdio: "pipe" }), /Reinstall it/);
});

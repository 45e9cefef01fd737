// Which model is taken: the one that a released package brings, unless another is named.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { clip, folder, root } from "./common.mjs";

const brought = join(root, "target/campplus/campplus.voicemodel");
const needed = { skip: !existsSync(brought) && "bindings/campplus has not made the model" };
const newRegistry = `
  const [path, recording, model] = process.argv.slice(1);
  const { Registry } = require("./voiceroll");
  Registry.open(path, model ? { model } : {})
    .then(async (registry) => [(await registry.enroll("ada", recording)).model, await registry.model()].join(" "))
    .then(console.log, (error) => console.log(error.code));
`;

/** The package as it stands here, in a folder of its own: with what a release brings, or without. */
function installed(t, withModel) {
  const place = folder(t);
  const package_ = join(place, "voiceroll");
  mkdirSync(package_);
  for (const part of ["package.json", "bin", "dist"]) cpSync(join(root, "node", part), join(package_, part), { recursive: true });
  symlinkSync(join(root, "node/native"), join(package_, "native"));
  if (withModel) {
    mkdirSync(join(package_, "models"));
    copyFileSync(brought, join(package_, "models/campplus.voicemodel"));
  }
  // Where nobody has installed a model.
  const { VOICEROLL_MODEL: _, ...inherited } = process.env;
  const run = (args, variable) => {
    const env = { ...inherited, VOICEROLL_MODELS: join(place, "own"), ...(variable !== undefined && { VOICEROLL_MODEL: variable }) };
    return execFileSync(process.execPath, args, { cwd: place, env }).toString().trim();
  };
  /** The model that a new registry enrolls with, and the registry's own; or the code of the error. */
  const enrollsWith = ({ model = "", variable } = {}) => {
    rmSync(join(place, "voices.db"), { force: true });
    return run(["-e", newRegistry, "voices.db", clip("ada-1.mp3"), model], variable);
  };
  return { run, enrollsWith };
}

test("a package that brings campplus takes it", needed, (t) => {
  const { run, enrollsWith } = installed(t, true);
  assert.equal(enrollsWith(), "campplus-1 campplus-1");
  assert.match(run(["voiceroll/bin/voiceroll.js", "model", "list"]), /^campplus: Apache-2\.0, 11\.9 MB/);
});

test("it leaves the choice", needed, (t) => {
  const { enrollsWith } = installed(t, true);
  const compact = "voiceroll-m3 voiceroll-m3";
  assert.equal(enrollsWith({ model: "compact" }), compact);
  assert.equal(enrollsWith({ variable: "compact" }), compact);
  assert.equal(enrollsWith({ model: "campplus", variable: "compact" }), "campplus-1 campplus-1");
});

test("a package without it takes the compact one", (t) => {
  const { enrollsWith } = installed(t, false);
  assert.equal(enrollsWith(), "voiceroll-m3 voiceroll-m3");
  assert.equal(enrollsWith({ variable: "" }), "voiceroll-m3 voiceroll-m3");
  assert.equal(enrollsWith({ variable: "campplus" }), "model_missing");
});

// Builds the package: the compiled part where Rust is at hand, and the JavaScript.

import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const native = join(root, "native");
const shell = process.platform === "win32";

if (spawnSync("cargo", ["--version"]).status === 0) {
  buildNative();
} else if (!existsSync(native) || !readdirSync(native).some((name) => name.endsWith(".node"))) {
  console.error("Rust is missing: install it from https://rustup.rs, then run `npm run build` again.");
  process.exit(1);
}

// A folder that another package was linked to has been given no development dependencies.
if (!existsSync(join(root, "node_modules", "typescript"))) {
  execFileSync("npm", ["ci", "--ignore-scripts"], { cwd: root, stdio: ["ignore", 2, 2], shell });
}
rmSync(join(root, "dist"), { recursive: true, force: true });
execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", root], { stdio: ["ignore", 2, 2] });

function buildNative() {
  // `release` packs what is optimized as a whole.
  const profile = process.env.VOICEROLL_PROFILE ?? "release";
  const alone = ["--locked", "--profile", profile, "-p", "voiceroll-node"];
  // `check` builds what tests need besides; the check of all languages builds several packages with the same arguments.
  if (process.env.VOICEROLL_FEATURES) alone.push("--features", process.env.VOICEROLL_FEATURES);
  const given = process.env.VOICEROLL_CARGO_ARGS?.split(" ") ?? alone;
  const args = ["build", ...given, "--message-format=json-render-diagnostics"];
  const options = { cwd: root, stdio: ["ignore", "pipe", "inherit"], maxBuffer: 2 ** 28 };
  const messages = execFileSync("cargo", args, options).toString().split("\n");
  const artifact = messages
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line))
    .find(({ reason, target }) => reason === "compiler-artifact" && target.name === "voiceroll_node");
  const library = artifact.filenames.find((name) => /\.(so|dylib|dll)$/.test(name));

  mkdirSync(native, { recursive: true });
  const file = join(native, `voiceroll.${machine()}.node`);
  // A process may have the old one open: it keeps it, and the next one gets the new one.
  copyFileSync(library, `${file}.new`);
  renameSync(`${file}.new`, file);
}

/** The name that `lib/native.ts` looks for. */
function machine() {
  const name = `${process.platform}-${process.arch}`;
  if (process.platform !== "linux") return name;
  const { glibcVersionRuntime } = process.report.getReport().header;
  return `${name}-${glibcVersionRuntime ? "gnu" : "musl"}`;
}

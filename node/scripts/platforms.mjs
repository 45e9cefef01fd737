// Prepares a release: a package for each platform that has a compiled part in `native`, and the main one without it.
//
//     node scripts/platforms.mjs FOLDER

import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const [out] = process.argv.slice(2);
const main = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const { version, license, engines } = main;
const LIBC = { gnu: "glibc", musl: "musl" };

const optionalDependencies = {};
for (const file of readdirSync(join(root, "native")).filter((name) => name.endsWith(".node"))) {
  const platform = file.replace(/^voiceroll\.|\.node$/g, "");
  const [os, cpu, libc] = platform.split("-");
  const name = `@voiceroll/${platform}`;
  write(platform, ["LICENSE", `native/${file}`], {
    name,
    version,
    description: `The compiled part of voiceroll for ${platform}`,
    license,
    main: `native/${file}`,
    files: ["native"],
    os: [os],
    cpu: [cpu],
    ...(libc && { libc: [LIBC[libc]] }),
    engines,
    publishConfig: { access: "public" },
  });
  optionalDependencies[name] = version;
}
const { scripts, devDependencies, ...published } = main;
// What `bindings/models` put there is the same on every platform.
const parts = ["bin", "dist", ...(existsSync(join(root, "models")) ? ["models"] : [])];
write("voiceroll", ["LICENSE", "README.md", ...parts], { ...published, files: parts, optionalDependencies });

function write(name, files, manifest) {
  const folder = join(out, name);
  mkdirSync(folder, { recursive: true });
  for (const file of files) cpSync(join(root, file), join(folder, file), { recursive: true });
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

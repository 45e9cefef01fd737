// Says of every recording in a folder whether it would enroll, as CSV.
//
//     node validate-folder.mjs recordings > report.csv

import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { VoicerollError, inspect } from "voiceroll";

const [folder] = process.argv.slice(2);
const entries = await readdir(folder, { withFileTypes: true });
const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);

print(["file", "enrolls", "speech_seconds", "snr_db", "problems", "advice"]);
// All at once: the package listens to as many at a time as the machine has cores.
const rows = await Promise.all(names.sort().map(row));
rows.forEach(print);

async function row(name) {
  try {
    const { accepted, speechSeconds, snrDb, problems } = await inspect(join(folder, name));
    const codes = problems.map(({ code }) => code).join(" ");
    const advice = problems.map(({ advice }) => advice).join(" ");
    return [name, accepted ? "yes" : "no", speechSeconds, snrDb, codes, advice];
  } catch (error) {
    if (!(error instanceof VoicerollError)) throw error;
    return [name, "unreadable", null, null, error.code, error.message];
  }
}

function print(cells) {
  console.log(cells.map((cell) => `"${String(cell ?? "").replaceAll('"', '""')}"`).join(","));
}

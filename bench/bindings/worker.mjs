// SPDX-License-Identifier: Apache-2.0
// What `time_pipeline` does, through the Node package: a line in, a line of JSON out.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { createInterface } from 'node:readline'
import { Registry, inspect } from '../../node/dist/index.mjs'

const { native } = createRequire(import.meta.url)('../../node/dist/native.js')
const file = process.argv[2]
const data = readFileSync(file)

const seconds = async (work) => {
  const start = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - start) / 1e9
}

async function work(what) {
  if (what === 'nothing') {
    const rounds = 1_000_000
    const once = () => seconds(() => { for (let n = 0; n < rounds; n++) native.version() })
    await once()
    return (await once()) / rounds
  }
  if (what === 'bytes') return seconds(() => inspect(data))
  if (what === 'inspect') return seconds(() => inspect(file))
  const folder = mkdtempSync(`${tmpdir()}/voiceroll-`)
  try {
    if (what === 'enroll') return await seconds(async () => (await Registry.open(`${folder}/voices.db`)).enroll('ada', file))
    const registry = await Registry.open(`${folder}/voices.db`)
    const ids = Array.from({ length: 1000 }, (_, number) => `speaker_${number}`)
    const taken = await seconds(() => Promise.all(ids.map((id) => registry.enroll(id, data))))
    await registry.close()
    return taken
  } finally {
    rmSync(folder, { recursive: true })
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const taken = await work(line.trim())
  globalThis.gc?.()
  console.log(JSON.stringify({ seconds: taken, memory: process.memoryUsage().rss / 1e6 }))
}

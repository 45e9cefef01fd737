// What a program sees that has the types of browsers, too. It is compiled, and never run.

import { Blob as NodeBlob } from "node:buffer";
import { ReadableStream as NodeStream } from "node:stream/web";

import { type Source, inspect } from "voiceroll";

// In older versions of TypeScript it cannot be iterated over.
declare const older: Omit<ReadableStream<Uint8Array>, typeof Symbol.asyncIterator | "values">;

export async function main(): Promise<void> {
  const sources: Source[] = [
    (await fetch("https://example.com/call.mp3")).body!,
    new Blob([]),
    new File([], "call.mp3"),
    new Blob([]).stream(),
    older,
    new NodeBlob([]),
    new NodeStream<Uint8Array>(),
  ];
  for (const source of sources) await inspect(source, { signal: AbortSignal.timeout(1000) });
  // @ts-expect-error an answer is no recording, its body is
  await inspect(await fetch("https://example.com/call.mp3"));
}

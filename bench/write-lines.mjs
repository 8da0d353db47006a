import { once } from 'node:events'
import { createWriteStream } from 'node:fs'

/** Writes a file of lines, which need not be in memory together. */
export async function writeLines(path, lines) {
  const stream = createWriteStream(path)
  for (const line of lines) if (!stream.write(`${line}\n`)) await once(stream, 'drain')
  stream.end()
  await once(stream, 'finish')
}

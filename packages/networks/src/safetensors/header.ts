import { SafetensorsError } from './error.ts'

/** The format's own limit on the length of the header. */
const LONGEST = 100_000_000

export type JsonObject = Record<string, unknown>

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The header as an object, and the byte at which the elements begin. */
export function readHeader(bytes: Uint8Array): { header: JsonObject; start: number } {
  if (bytes.length < 8)
    throw new SafetensorsError('truncated', bytes.length, 'the file ends within its first 8 bytes')
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true))
  if (length > LONGEST)
    throw new SafetensorsError(
      'header',
      0,
      `a header of ${length} bytes is longer than allowed: is the file of another format?`,
    )
  if (8 + length > bytes.length) {
    throw new SafetensorsError(
      'truncated',
      0,
      `the header has ${length} bytes, but the file only ${bytes.length}`,
    )
  }
  return { header: parse(bytes.subarray(8, 8 + length)), start: 8 + length }
}

function parse(bytes: Uint8Array): JsonObject {
  try {
    // As the format demands; and a decoder would pass over a mark of the byte order in silence.
    if (bytes[0] !== 0x7b) throw new SyntaxError('it does not begin with {')
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const header: JsonObject = JSON.parse(text)
    refuseKeys(text)
    return header
  } catch (cause) {
    throw new SafetensorsError(
      'header',
      8,
      `the header is not the JSON expected: ${(cause as Error).message}`,
    )
  }
}

/** `JSON.parse` keeps the last of equal keys silently; here they are refused, as is `__proto__`. */
function refuseKeys(text: string): void {
  const seen: Set<string>[] = []
  let string = ''
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}:]/g)) {
    if (token === '{') seen.push(new Set())
    else if (token === '}') seen.pop()
    else if (token !== ':') string = token
    else {
      const key: string = JSON.parse(string)
      const keys = seen[seen.length - 1]
      if (key === '__proto__' || keys.has(key))
        throw new SyntaxError(`the key ${string} is repeated or forbidden`)
      keys.add(key)
    }
  }
}

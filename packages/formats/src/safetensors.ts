/**
 * The safetensors format: named tensors and metadata, and nothing that could be executed.
 *
 *     8 bytes    length of the header, little-endian
 *     header     JSON: { "__metadata__": {…}, "W1": { "dtype": "F32", "shape": [784, 50], "data_offsets": [0, 156800] }, … }
 *     elements   one tensor after the other, little-endian
 *
 * Source: the description of the format in the README of the safetensors project.
 */
import { type DType, showShape, Tensor } from '@gosa/linalg'
import { fromLittleEndian, littleEndianBytes } from './bytes.ts'
import { FormatError } from './errors.ts'

/** The format's own limit. */
const MAX_HEADER_BYTES = 100_000_000

const HEADER_OFFSET = 8
const OPENING_BRACE = 0x7b

const DTYPE_NAMES = { float32: 'F32', float64: 'F64' } as const
const DTYPES: Readonly<Record<string, { dtype: DType; bytesPerElement: number }>> = {
  F32: { dtype: 'float32', bytesPerElement: 4 },
  F64: { dtype: 'float64', bytesPerElement: 8 },
}

/** Bytes that are not a valid safetensors file. */
export class SafetensorsError extends FormatError<'truncated' | 'header' | 'dtype' | 'layout'> {
  override readonly name = 'SafetensorsError'

  constructor(code: SafetensorsError['code'], offset: number, message: string) {
    super(code, `safetensors: ${message}`, { offset })
  }
}

/**
 * Returns the bytes of a safetensors file with the tensors in the given order. The header is padded with spaces, so that
 * the elements begin at a multiple of 8.
 *
 * Throws a `RangeError` for a name that the format, or `decodeSafetensors`, reserves.
 */
export function encodeSafetensors(
  tensors: Readonly<Record<string, Tensor>>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  for (const name of ['__metadata__', '__proto__']) {
    if (Object.hasOwn(tensors, name)) {
      throw new RangeError(`encodeSafetensors: a tensor cannot be called ${name}`)
    }
  }
  if (metadata && Object.hasOwn(metadata, '__proto__')) {
    throw new RangeError('encodeSafetensors: metadata cannot have the key __proto__')
  }
  const header: [string, unknown][] = metadata ? [['__metadata__', metadata]] : []
  let end = 0
  for (const [name, { shape, data, dtype }] of Object.entries(tensors)) {
    header.push([name, { dtype: DTYPE_NAMES[dtype], shape, data_offsets: [end, end + data.byteLength] }])
    end += data.byteLength
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)))
  const start = HEADER_OFFSET + Math.ceil(json.length / 8) * 8
  const bytes = new Uint8Array(start + end).fill(0x20, HEADER_OFFSET, start)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - HEADER_OFFSET), true)
  bytes.set(json, HEADER_OFFSET)
  let offset = start
  for (const { data } of Object.values(tensors)) {
    bytes.set(littleEndianBytes(data), offset)
    offset += data.byteLength
  }
  return bytes
}

/**
 * Returns the tensors and metadata of a safetensors file. Everything is checked before memory is allocated: the length of
 * the header, its JSON (repeated keys and `__proto__` are refused), dtypes (F32 and F64 are read), shapes, and that the
 * tensors fill the rest of the file without gap or overlap.
 *
 * Throws a `SafetensorsError` with a `code` and the `offset`.
 */
export function decodeSafetensors(bytes: Uint8Array): {
  tensors: Record<string, Tensor>
  metadata: Record<string, string>
} {
  const { header, start } = readHeader(bytes)
  const { __metadata__: metadata = {}, ...tensorInfos } = header
  if (!isObject(metadata) || !Object.values(metadata).every((value) => typeof value === 'string')) {
    throw new SafetensorsError('header', HEADER_OFFSET, '__metadata__ must map names to strings')
  }
  const entries = Object.entries(tensorInfos).map(([name, value]) => parseEntry(name, value))
  checkContiguous(entries, bytes.length - start, start)
  const tensors = entries.map(({ name, dtype, bytesPerElement, shape, begin, end }) => {
    const elements = fromLittleEndian(bytes.subarray(start + begin, start + end), bytesPerElement)
    const data = dtype === 'float32' ? new Float32Array(elements) : new Float64Array(elements)
    return [name, new Tensor(data, shape)] as const
  })
  return { tensors: Object.fromEntries(tensors), metadata: metadata as Record<string, string> }
}

type JsonObject = Record<string, unknown>

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The header as an object, and the byte at which the elements begin. */
function readHeader(bytes: Uint8Array): { header: JsonObject; start: number } {
  if (bytes.length < HEADER_OFFSET) {
    throw new SafetensorsError('truncated', bytes.length, 'the file ends within its first 8 bytes')
  }
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true))
  if (length > MAX_HEADER_BYTES) {
    throw new SafetensorsError(
      'header',
      0,
      `a header of ${length} bytes is longer than allowed: is the file of another format?`,
    )
  }
  const start = HEADER_OFFSET + length
  if (start > bytes.length) {
    throw new SafetensorsError(
      'truncated',
      0,
      `the header has ${length} bytes, but the file only ${bytes.length}`,
    )
  }
  return { header: parseHeader(bytes.subarray(HEADER_OFFSET, start)), start }
}

function parseHeader(bytes: Uint8Array): JsonObject {
  try {
    // The format demands it, and TextDecoder would silently strip a byte order mark.
    if (bytes[0] !== OPENING_BRACE) throw new SyntaxError('it does not begin with {')
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const header: JsonObject = JSON.parse(text)
    checkKeys(text)
    return header
  } catch (cause) {
    throw new SafetensorsError(
      'header',
      HEADER_OFFSET,
      `the header is not the expected JSON: ${(cause as Error).message}`,
    )
  }
}

/** Throws for repeated keys, of which `JSON.parse` silently keeps the last, and for `__proto__`. */
function checkKeys(text: string): void {
  const keysOfOpenObjects: Set<string>[] = []
  let lastString = ''
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}:]/g)) {
    if (token === '{') keysOfOpenObjects.push(new Set())
    else if (token === '}') keysOfOpenObjects.pop()
    else if (token !== ':') lastString = token
    else {
      const key: string = JSON.parse(lastString)
      const keys = keysOfOpenObjects[keysOfOpenObjects.length - 1]
      if (key === '__proto__' || keys.has(key)) {
        throw new SyntaxError(`the key ${lastString} is repeated or forbidden`)
      }
      keys.add(key)
    }
  }
}

/** A tensor as the header describes it; `begin` and `end` count from the first byte of the elements. */
interface TensorEntry {
  name: string
  dtype: DType
  bytesPerElement: number
  shape: number[]
  begin: number
  end: number
}

const isLength = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

function parseEntry(name: string, value: unknown): TensorEntry {
  const { dtype, shape, data_offsets: offsets } = isObject(value) ? value : {}
  const known = typeof dtype === 'string' && Object.hasOwn(DTYPES, dtype) ? DTYPES[dtype] : undefined
  if (!known) {
    throw new SafetensorsError(
      'dtype',
      HEADER_OFFSET,
      `${name} has dtype ${JSON.stringify(dtype)}; F32 and F64 can be read`,
    )
  }
  const isPair = Array.isArray(offsets) && offsets.length === 2 && offsets.every(isLength)
  if (!isPair || !Array.isArray(shape) || !shape.every(isLength)) {
    throw new SafetensorsError(
      'header',
      HEADER_OFFSET,
      `${name} needs a shape and two data_offsets, integers of at least 0`,
    )
  }
  const [begin, end] = offsets
  const expected = shape.reduce((product, length) => product * length, known.bytesPerElement)
  if (end - begin !== expected) {
    throw new SafetensorsError(
      'layout',
      HEADER_OFFSET,
      `${name} of shape ${showShape(shape)} takes ${expected} bytes, but its data_offsets span ${end - begin}`,
    )
  }
  return { name, ...known, shape, begin, end }
}

/** Throws unless the tensors follow one another from the first byte of the elements to the last. */
function checkContiguous(entries: readonly TensorEntry[], size: number, start: number): void {
  let expected = 0
  for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== expected) {
      throw new SafetensorsError(
        'layout',
        start + begin,
        `${name} begins at byte ${begin} of the elements, not at ${expected}`,
      )
    }
    expected = end
  }
  if (expected === size) return
  const code = expected > size ? 'truncated' : 'layout'
  throw new SafetensorsError(
    code,
    start + size,
    `the tensors take ${expected} bytes, but the file has ${size} for them`,
  )
}

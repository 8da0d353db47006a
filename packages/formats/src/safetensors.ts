/**
 * The safetensors format: named tensors and metadata, and nothing that could be executed.
 *
 *     8 bytes    length of the header, little-endian
 *     header     JSON: { "__metadata__": {…}, "W1": { "dtype": "F32", "shape": [784, 50], "data_offsets": [0, 156800] }, … }
 *     elements   one tensor after the other, little-endian
 *
 * Source: the description of the format in the README of the safetensors project.
 */
import { type FloatArray, showShape, Tensor } from '@gosa/linalg'
import { checkTensor, showValue } from '@gosa/linalg/options'
import { checkBytes, checkRecord, fromLittleEndian, littleEndianBytes } from './bytes.ts'
import { FormatError } from './errors.ts'
import { float16ToNumber } from './float16.ts'

/** The format's own limit. */
const MAX_HEADER_BYTES = 100_000_000

const HEADER_OFFSET = 8
const OPENING_BRACE = 0x7b

/** A longer shape is no tensor; NumPy allows 64 axes too. */
const MAX_AXES = 64

/** Names from a file are cut to this length in messages. */
const MAX_SHOWN_CHARACTERS = 100

/** How deep the header's JSON may be nested: the header, a tensor's description, its shape. */
const MAX_JSON_DEPTH = 3

const DTYPE_NAMES = { float32: 'F32', float64: 'F64' } as const

/** How elements that become a `Tensor` are read. */
const FLOAT_READERS: Readonly<Record<string, (bytes: Uint8Array) => FloatArray>> = {
  F64: (bytes) => new Float64Array(fromLittleEndian(bytes, 8)),
  F32: (bytes) => new Float32Array(fromLittleEndian(bytes, 4)),
  F16: (bytes) => Float32Array.from(new Uint16Array(fromLittleEndian(bytes, 2)), float16ToNumber),
  BF16: (bytes) => {
    const bits = Uint32Array.from(new Uint16Array(fromLittleEndian(bytes, 2)), (half) => half << 16)
    return new Float32Array(bits.buffer)
  },
}

/** How all other elements are read. Those without a typed array stay bytes. */
const OTHER_READERS: Readonly<Record<string, (bytes: Uint8Array) => OtherTensor['data']>> = {
  I8: (bytes) => new Int8Array(fromLittleEndian(bytes, 1)),
  I16: (bytes) => new Int16Array(fromLittleEndian(bytes, 2)),
  U16: (bytes) => new Uint16Array(fromLittleEndian(bytes, 2)),
  I32: (bytes) => new Int32Array(fromLittleEndian(bytes, 4)),
  U32: (bytes) => new Uint32Array(fromLittleEndian(bytes, 4)),
  I64: (bytes) => new BigInt64Array(fromLittleEndian(bytes, 8)),
  U64: (bytes) => new BigUint64Array(fromLittleEndian(bytes, 8)),
}

/** All dtypes of the format. */
const BITS_PER_ELEMENT: Readonly<Record<string, number>> = {
  ...{ F64: 64, F32: 32, F16: 16, BF16: 16 },
  ...{ BOOL: 8, U8: 8, I8: 8, I16: 16, U16: 16, I32: 32, U32: 32, I64: 64, U64: 64 },
  ...{ C64: 64, F8_E4M3: 8, F8_E5M2: 8, F8_E8M0: 8, F8_E4M3FNUZ: 8, F8_E5M2FNUZ: 8 },
  ...{ F6_E2M3: 6, F6_E3M2: 6, F4: 4 },
}

/** A tensor whose elements `Tensor` cannot hold: integers, booleans and rare floats. */
export interface OtherTensor {
  /** The format's name of the dtype, such as `I64`. */
  readonly dtype: string
  readonly shape: readonly number[]
  /** Integers in the typed array of their size, booleans as 0 and 1; the bytes of `C64`, `F8_…`, `F6_…` and `F4`. */
  readonly data:
    | Uint8Array
    | Int8Array
    | Int16Array
    | Uint16Array
    | Int32Array
    | Uint32Array
    | BigInt64Array
    | BigUint64Array
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
 * Throws a `RangeError` for a name that the format, or `decodeSafetensors`, reserves, and for a header that is longer than
 * the format allows.
 */
export function encodeSafetensors(
  tensors: Readonly<Record<string, Tensor>>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  checkRecord('encodeSafetensors', 'tensors', tensors)
  for (const [name, tensor] of Object.entries(tensors)) checkTensor('encodeSafetensors', name, tensor)
  if (metadata !== undefined) checkRecord('encodeSafetensors', 'metadata', metadata)
  for (const [key, value] of Object.entries(metadata ?? {})) {
    if (typeof value === 'string') continue
    throw new TypeError(`encodeSafetensors: metadata are strings, but ${key} is ${showValue(value)}`)
  }
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
  if (start - HEADER_OFFSET > MAX_HEADER_BYTES) {
    throw new RangeError(
      `encodeSafetensors: names and metadata take ${json.length} bytes; the format allows ${MAX_HEADER_BYTES}`,
    )
  }
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
 * Returns the tensors and metadata of a safetensors file. F32 and F64 are read as they are, F16 and BF16 to float32, which
 * holds each of their values. Tensors of all other dtypes of the format, such as an integer counter, are in `others`.
 *
 * Everything is checked before memory is allocated: the length of the header, its JSON (repeated keys and `__proto__` are
 * refused), dtypes, shapes, and that the tensors fill the rest of the file without gap or overlap.
 *
 * Throws a `SafetensorsError` with a `code` and the `offset`.
 */
export function decodeSafetensors(bytes: Uint8Array): {
  tensors: Record<string, Tensor>
  others: Record<string, OtherTensor>
  metadata: Record<string, string>
} {
  checkBytes('decodeSafetensors', bytes)
  const { entries, metadata, start } = readEntries(bytes)
  const tensors: [string, Tensor][] = []
  const others: [string, OtherTensor][] = []
  for (const { name, dtype, shape, begin, end } of entries) {
    const elements = bytes.subarray(start + begin, start + end)
    if (Object.hasOwn(FLOAT_READERS, dtype)) {
      tensors.push([name, new Tensor(FLOAT_READERS[dtype](elements), shape)])
    } else {
      const data = OTHER_READERS[dtype]?.(elements) ?? new Uint8Array(elements)
      others.push([name, { dtype, shape, data }])
    }
  }
  return {
    tensors: Object.fromEntries(tensors),
    others: Object.fromEntries(others),
    metadata,
  }
}

/**
 * Returns the metadata of a safetensors file, and dtype (such as `F32`) and shape of its tensors, without reading their
 * elements. Checks all that `decodeSafetensors` does, and throws as it does.
 */
export function readSafetensorsHeader(bytes: Uint8Array): {
  tensors: Record<string, { readonly dtype: string; readonly shape: readonly number[] }>
  metadata: Record<string, string>
} {
  checkBytes('readSafetensorsHeader', bytes)
  const { entries, metadata } = readEntries(bytes)
  return {
    tensors: Object.fromEntries(entries.map(({ name, dtype, shape }) => [name, { dtype, shape }])),
    metadata,
  }
}

/** The checked entries of the header, the metadata, and the byte at which the elements begin. */
function readEntries(bytes: Uint8Array): {
  entries: TensorEntry[]
  metadata: Record<string, string>
  start: number
} {
  const { header, start } = readHeader(bytes)
  const { __metadata__: metadata = {}, ...tensorInfos } = header
  if (!isObject(metadata) || !Object.values(metadata).every((value) => typeof value === 'string')) {
    throw new SafetensorsError('header', HEADER_OFFSET, '__metadata__ must map names to strings')
  }
  const entries = Object.entries(tensorInfos).map(([name, value]) => parseEntry(name, value))
  checkContiguous(entries, bytes.length - start, start)
  return { entries, metadata: metadata as Record<string, string>, start }
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
    checkDepth(bytes)
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

const [QUOTE, BACKSLASH] = [0x22, 0x5c]
const [OPENING_BRACKET, CLOSING_BRACKET, CLOSING_BRACE] = [0x5b, 0x5d, 0x7d]

/** Throws for JSON that is nested deeper than a header can be: what is parsed from it could fill the memory. */
function checkDepth(bytes: Uint8Array): void {
  let depth = 0
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]
    if (byte === QUOTE) {
      // In UTF-8 no byte of a longer character is one of a quote or a backslash.
      for (i++; i < bytes.length && bytes[i] !== QUOTE; i++) if (bytes[i] === BACKSLASH) i++
    } else if (byte === OPENING_BRACE || byte === OPENING_BRACKET) {
      if (++depth > MAX_JSON_DEPTH) throw new SyntaxError(`it is nested deeper than ${MAX_JSON_DEPTH} levels`)
    } else if (byte === CLOSING_BRACE || byte === CLOSING_BRACKET) depth--
  }
}

/** Throws for repeated keys, of which `JSON.parse` silently keeps the last, and for `__proto__`. */
function checkKeys(text: string): void {
  const keysOfOpenObjects: Set<string>[] = []
  let lastString = ''
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    if (character === '{') keysOfOpenObjects.push(new Set())
    else if (character === '}') keysOfOpenObjects.pop()
    else if (character === '"') {
      // Not by a regular expression, which recurses once per character.
      const start = i
      for (i++; text[i] !== '"'; i++) if (text[i] === '\\') i++
      lastString = text.slice(start, i + 1)
    } else if (character === ':') {
      const key: string = JSON.parse(lastString)
      const keys = keysOfOpenObjects[keysOfOpenObjects.length - 1]
      if (key === '__proto__' || keys.has(key)) {
        throw new SyntaxError(`the key ${shorten(lastString)} is repeated or forbidden`)
      }
      keys.add(key)
    }
  }
}

const shorten = (text: string): string =>
  text.length > MAX_SHOWN_CHARACTERS ? `${text.slice(0, MAX_SHOWN_CHARACTERS)}…` : text

/** A tensor as the header describes it; `begin` and `end` count from the first byte of the elements. */
interface TensorEntry {
  name: string
  dtype: string
  shape: number[]
  begin: number
  end: number
}

const isLength = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

function parseEntry(name: string, value: unknown): TensorEntry {
  const shown = shorten(name)
  const { dtype, shape, data_offsets: offsets } = isObject(value) ? value : {}
  if (typeof dtype !== 'string' || !Object.hasOwn(BITS_PER_ELEMENT, dtype)) {
    const known = Object.keys(BITS_PER_ELEMENT).join(', ')
    throw new SafetensorsError(
      'dtype',
      HEADER_OFFSET,
      `${shown} has dtype ${typeof dtype === 'string' ? shorten(JSON.stringify(dtype)) : typeof dtype}; the format knows ${known}`,
    )
  }
  const isPair = Array.isArray(offsets) && offsets.length === 2 && offsets.every(isLength)
  if (!isPair || !Array.isArray(shape) || shape.length > MAX_AXES || !shape.every(isLength)) {
    throw new SafetensorsError(
      'header',
      HEADER_OFFSET,
      `${shown} needs a shape of at most ${MAX_AXES} axes and two data_offsets, integers of at least 0`,
    )
  }
  const [begin, end] = offsets
  const expected = shape.reduce((product, length) => product * length, BITS_PER_ELEMENT[dtype]) / 8
  if (end - begin !== expected) {
    throw new SafetensorsError(
      'layout',
      HEADER_OFFSET,
      `${shown} of shape ${showShape(shape)} takes ${expected} bytes, but its data_offsets span ${end - begin}`,
    )
  }
  return { name, dtype, shape, begin, end }
}

/** Throws unless the tensors follow one another from the first byte of the elements to the last. */
function checkContiguous(entries: readonly TensorEntry[], size: number, start: number): void {
  let expected = 0
  for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== expected) {
      throw new SafetensorsError(
        'layout',
        start + begin,
        `${shorten(name)} begins at byte ${begin} of the elements, not at ${expected}`,
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

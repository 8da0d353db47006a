import { type DType, showShape, Tensor } from '@gosa/linalg'
import { SafetensorsError } from './error.ts'
import { isObject, readHeader } from './header.ts'
import { fromLittleEndian } from './little-endian.ts'

const DTYPES: Readonly<Record<string, { dtype: DType; size: number }>> = {
  F32: { dtype: 'float32', size: 4 },
  F64: { dtype: 'float64', size: 8 },
}

interface Entry {
  name: string
  dtype: DType
  size: number
  shape: number[]
  begin: number
  end: number
}

/**
 * The tensors and metadata of a safetensors file. Everything is checked before anything is allocated: the length of
 * the header, its JSON (repeated keys and `__proto__` are refused), dtypes (F32 and F64 are read), shapes, and that
 * the tensors tile the rest of the file exactly.
 *
 * Throws a `SafetensorsError` with a `code` and the `offset`.
 */
export function decodeSafetensors(bytes: Uint8Array): {
  tensors: Record<string, Tensor>
  metadata: Record<string, string>
} {
  const { header, start } = readHeader(bytes)
  const { __metadata__: metadata = {}, ...described } = header
  if (!isObject(metadata) || !Object.values(metadata).every((value) => typeof value === 'string')) {
    throw new SafetensorsError('header', 8, '__metadata__ must map names to strings')
  }
  const entries = Object.entries(described).map(([name, value]) => readEntry(name, value))
  checkTiling(entries, bytes.length - start, start)
  const tensors = entries.map(({ name, dtype, size, shape, begin, end }) => {
    const elements = fromLittleEndian(bytes.subarray(start + begin, start + end), size)
    const data = dtype === 'float32' ? new Float32Array(elements) : new Float64Array(elements)
    return [name, new Tensor(data, shape)] as const
  })
  return { tensors: Object.fromEntries(tensors), metadata: metadata as Record<string, string> }
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

function readEntry(name: string, value: unknown): Entry {
  const { dtype, shape, data_offsets: offsets } = isObject(value) ? value : {}
  const known = typeof dtype === 'string' && Object.hasOwn(DTYPES, dtype) ? DTYPES[dtype] : undefined
  if (!known) {
    throw new SafetensorsError(
      'dtype',
      8,
      `${name} has dtype ${JSON.stringify(dtype)}; F32 and F64 can be read`,
    )
  }
  const pair = Array.isArray(offsets) && offsets.length === 2 && offsets.every(isWhole)
  if (!pair || !Array.isArray(shape) || !shape.every(isWhole)) {
    throw new SafetensorsError('header', 8, `${name} needs a shape and two data_offsets in whole numbers`)
  }
  const [begin, end] = offsets
  const expected = shape.reduce((product, length) => product * length, known.size)
  if (end - begin !== expected) {
    throw new SafetensorsError(
      'layout',
      8,
      `${name} of shape ${showShape(shape)} takes ${expected} bytes, but its data_offsets span ${end - begin}`,
    )
  }
  return { name, ...known, shape, begin, end }
}

/** The tensors must follow one another from the first byte of the data to the last, without gap or overlap. */
function checkTiling(entries: readonly Entry[], size: number, start: number): void {
  let reached = 0
  for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== reached) {
      throw new SafetensorsError(
        'layout',
        start + begin,
        `${name} begins at ${begin} of the data, not at ${reached}`,
      )
    }
    reached = end
  }
  if (reached === size) return
  const code = reached > size ? 'truncated' : 'layout'
  throw new SafetensorsError(code, start + size, `the tensors take ${reached} bytes, but ${size} are there`)
}

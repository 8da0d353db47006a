import { showShape } from '@gosa/linalg'
import type { NpyArray } from './parse-npy.ts'

/** What can be written: a `Tensor`, or what `parseNpy` answers. */
export type NpyContent = Pick<NpyArray, 'shape' | 'data'>

type Writer = (view: DataView, at: number, value: number) => void

const KINDS: readonly (readonly [new (n: number) => NpyArray['data'], string, Writer])[] = [
  [Uint8Array, '|u1', (view, at, value) => view.setUint8(at, value)],
  [Int8Array, '|i1', (view, at, value) => view.setInt8(at, value)],
  [Uint16Array, '<u2', (view, at, value) => view.setUint16(at, value, true)],
  [Int16Array, '<i2', (view, at, value) => view.setInt16(at, value, true)],
  [Uint32Array, '<u4', (view, at, value) => view.setUint32(at, value, true)],
  [Int32Array, '<i4', (view, at, value) => view.setInt32(at, value, true)],
  [Float32Array, '<f4', (view, at, value) => view.setFloat32(at, value, true)],
  [Float64Array, '<f8', (view, at, value) => view.setFloat64(at, value, true)],
]

/**
 * The bytes of a `.npy` file, which `numpy.load` reads: a tensor, or the elements of a typed array in the given shape,
 * row-major and little-endian, of the type of the array.
 *
 * Throws a `RangeError` where the shape is not that of so many elements, a `TypeError` for another array.
 *
 * Source: NumPy Enhancement Proposal 1, version 1.0 of the format.
 */
export function encodeNpy({ shape, data }: NpyContent): Uint8Array {
  const kind = KINDS.find(([kind]) => data instanceof kind)
  if (!kind)
    throw new TypeError(
      'encodeNpy: elements must be a typed array of integers or floats, up to 32 or 64 bits',
    )
  if (shape.reduce((product, length) => product * length, 1) !== data.length) {
    throw new RangeError(`encodeNpy: ${data.length} elements do not make the shape ${showShape(shape)}`)
  }
  const [, descr, write] = kind
  const lengths = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${lengths}), }`
  // Padded, so that the elements begin at a multiple of 64.
  const start = Math.ceil((10 + text.length + 1) / 64) * 64
  const bytes = new Uint8Array(start + data.byteLength)
  const view = new DataView(bytes.buffer)
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0])
  view.setUint16(8, start - 10, true)
  bytes.set(new TextEncoder().encode(`${text.padEnd(start - 11)}\n`), 10)
  for (let i = 0; i < data.length; i++) write(view, start + i * data.BYTES_PER_ELEMENT, data[i])
  return bytes
}

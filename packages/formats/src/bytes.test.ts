import { afterEach, describe, expect, it, vi } from 'vitest'
import { concatBytes, littleEndianBytes } from './bytes.ts'
import { FLOATS, hex } from './safetensors.testing.ts'

describe('concatBytes', () => {
  it('returns the parts one after the other in a new array', () => {
    const part = Uint8Array.of(1, 2)
    const joined = concatBytes([part, new Uint8Array(0), Uint8Array.of(3)])
    part.fill(9)
    expect(joined).toEqual(Uint8Array.of(1, 2, 3))
    expect(concatBytes([])).toEqual(new Uint8Array(0))
  })
})

describe('littleEndianBytes', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.resetModules()
  })

  it('returns the least significant byte first', () => {
    expect(hex(littleEndianBytes(Float32Array.of(1, -2, 0.5, 0)))).toBe(FLOATS)
    expect(hex(littleEndianBytes(Float64Array.of(-1)))).toBe('000000000000f0bf')
  })

  it('swaps the bytes of each element on a big-endian machine, and fromLittleEndian swaps them back', async () => {
    vi.resetModules()
    // What a big-endian machine returns when the module looks for its byte order.
    vi.stubGlobal(
      'Uint16Array',
      class {
        readonly buffer = Uint8Array.of(0, 1).buffer
      },
    )
    const bigEndian = await import('./bytes.ts')
    const data = Float64Array.of(-1, 2)
    expect(hex(bigEndian.littleEndianBytes(data))).toBe('bff0000000000000' + '4000000000000000')
    expect(data[0]).toBe(-1)
    const back = bigEndian.fromLittleEndian(bigEndian.littleEndianBytes(data), 8)
    expect([...new Float64Array(back)]).toEqual([-1, 2])
  })
})

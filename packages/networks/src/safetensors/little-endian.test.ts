import { afterEach, describe, expect, it, vi } from 'vitest'
import { FLOATS, hex } from './bytes.testing.ts'
import { littleEndianBytes } from './little-endian.ts'

describe('littleEndianBytes', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.resetModules()
  })

  it('has the least significant byte first', () => {
    expect(hex(littleEndianBytes(Float32Array.of(1, -2, 0.5, 0)))).toBe(FLOATS)
    expect(hex(littleEndianBytes(Float64Array.of(-1)))).toBe('000000000000f0bf')
  })

  it('turns the bytes of each element round on a machine of the other order, and turns them back', async () => {
    vi.resetModules()
    // What such a machine answers when it is asked for its order.
    vi.stubGlobal(
      'Uint16Array',
      class {
        readonly buffer = Uint8Array.of(0, 1).buffer
      },
    )
    const there = await import('./little-endian.ts')
    const data = Float64Array.of(-1, 2)
    expect(hex(there.littleEndianBytes(data))).toBe('bff0000000000000' + '4000000000000000')
    expect(data[0]).toBe(-1)
    const back = there.fromLittleEndian(there.littleEndianBytes(data), 8)
    expect([...new Float64Array(back)]).toEqual([-1, 2])
  })
})

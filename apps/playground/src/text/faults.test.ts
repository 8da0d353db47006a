import { describe, expect, it } from 'vitest'
import { LAYERS } from '../check/protocol.ts'
import { performCheck } from '../check/work/perform-check.ts'
import { faultText } from './faults.ts'

describe('the name of a fault', () => {
  it.each(LAYERS)('of %s is there in Japanese too', (layer) => {
    for (const fault of performCheck({ id: 0, layer, seed: 0 }).faults) {
      const { text } = faultText(fault, 'ja')
      expect([fault, text]).toEqual([fault, expect.stringMatching(/[\u3040-\u30ff\u4e00-\u9fff]/)])
    }
  })

  it('tells which gradient it is in', () => {
    expect(faultText('W: wrong sign', 'en')).toEqual({ variable: 'W', text: 'wrong sign' })
    expect(faultText('dout ignored', 'en')).toEqual({ variable: undefined, text: 'dout ignored' })
    expect(faultText('new kind', 'ja').text).toBe('new kind')
  })
})

import { describe, expect, it } from 'vitest'
import { LAYERS } from '../check/protocol.ts'
import { runCheck } from '../check/run-check.ts'
import { faultText } from './check.ts'

describe('faultText', () => {
  it.each(LAYERS)('has a Japanese name for each fault of %s', (layer) => {
    for (const fault of runCheck({ id: 0, layer, seed: 0 }).faults) {
      const { text } = faultText(fault, 'ja')
      expect([fault, text]).toEqual([fault, expect.stringMatching(/[\u3040-\u30ff\u4e00-\u9fff]/)])
    }
  })

  it('returns the variable whose gradient the fault is in, and the name', () => {
    expect(faultText('W: wrong sign', 'en')).toEqual({ variable: 'W', text: 'wrong sign' })
    expect(faultText('dout ignored', 'en')).toEqual({ variable: undefined, text: 'dout ignored' })
    expect(faultText('new kind', 'ja').text).toBe('new kind')
  })
})

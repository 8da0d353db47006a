import { describe, expect, it } from 'vitest'
import { failedCase } from '../cases/case-result.ts'
import { interruptedLines } from './interrupted.ts'

const failed = failedCase('Relu', { message: 'no', stack: '' })

describe('interruptedLines', () => {
  it('says how much was checked, and names what did not pass', () => {
    expect(interruptedLines([], { share: 0, seconds: 2 })).toEqual([
      'interrupted after 2.0 s: no case was checked to the end',
    ])
    expect(interruptedLines([failed, { ...failed, ok: true }], { share: 0.759, seconds: 12.34 })).toEqual([
      'interrupted after 12.3 s: 2 cases were checked to the end; 75 % of all entries were compared',
      'Relu: fail',
    ])
  })
})

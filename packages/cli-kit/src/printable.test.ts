import { describe, expect, it } from 'vitest'
import { createColors } from './colors.ts'
import { printable, printableJson, printableLine } from './printable.ts'

describe('printable', () => {
  it.each([
    ['a\nb', 'a\\nb'],
    ['a\r\tb', 'a\\r\\tb'],
    ['\x1b[2J', '\\x1b[2J'],
    ['\x00\x7f\x9b', '\\x00\\x7f\\x9b'],
    ['exe.\u202egnp', 'exe.\\u202egnp'],
    ['a\u2028b', 'a\\u2028b'],
  ])('escapes the control characters of %j', (text, escaped) => expect(printable(text)).toBe(escaped))

  it('leaves all other characters alone', () => {
    for (const text of ['', 'loss 0.25', '━╌ × ∂ “é”', '学習率', '🎉', 'C:\\runs'])
      expect(printable(text)).toBe(text)
  })
})

describe('printableLine', () => {
  const { bold, red, dim } = createColors({ isTTY: true }, { TERM: 'xterm', FORCE_COLOR: '1' })

  it('keeps the styles of the command', () => {
    for (const line of [bold('a'), `${dim('x')} ${red('y')}`, bold(red('z')), 'plain'])
      expect(printableLine(line)).toBe(line)
  })

  it('escapes everything else, also between styles', () => {
    expect(printableLine(bold('a\x1b[2Jb'))).toBe(bold('a\\x1b[2Jb'))
    expect(printableLine('\x1b[8mhidden')).toBe('\\x1b[8mhidden')
  })

  it('escapes styles that do not end, which a name may contain', () => {
    expect(printableLine('\x1b[31mred for ever')).toBe('\\x1b[31mred for ever')
  })
})

describe('printableJson', () => {
  it('is the same JSON without control characters', () => {
    const value = { name: 'a\x7f\x9b\u202e\n"é' }
    const json = printableJson(JSON.stringify(value))
    expect(json).toBe('{"name":"a\\u007f\\u009b\\u202e\\n\\"é"}')
    expect(JSON.parse(json)).toEqual(value)
  })
})

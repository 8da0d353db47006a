import { describe, expect, it } from 'vitest'
import { createColors } from './colors.ts'

const terminal = { isTTY: true }
const green = (...args: Parameters<typeof createColors>) => createColors(...args).green('ok')

describe('createColors', () => {
  it('styles text on a terminal that shows colours', () => {
    const colors = createColors(terminal, { TERM: 'xterm-256color' })
    expect(colors.green('ok')).toBe('\x1b[32mok\x1b[39m')
    expect(colors.bold('ok')).toBe('\x1b[1mok\x1b[22m')
  })

  it('leaves text unchanged in a file or a pipe, on a dumb terminal, and with NO_COLOR', () => {
    expect(green({}, { TERM: 'xterm' })).toBe('ok')
    expect(green(terminal, { TERM: 'dumb' })).toBe('ok')
    expect(green(terminal, { TERM: 'xterm', NO_COLOR: '1' })).toBe('ok')
  })

  it('styles text in a pipe with FORCE_COLOR, and nowhere with FORCE_COLOR=0', () => {
    expect(green({}, { FORCE_COLOR: '1' })).toBe('\x1b[32mok\x1b[39m')
    expect(green(terminal, { TERM: 'xterm', FORCE_COLOR: '0' })).toBe('ok')
  })
})

import { describe, expect, it } from 'vitest'
import { createOutput, type OutputOptions } from './output.ts'

/** An output whose streams are kept as text. */
function recorded(
  options: Partial<OutputOptions> = {},
  terminal: { isTTY?: boolean; columns?: number } = {},
) {
  const written = { stdout: '', stderr: '' }
  const sink = (name: 'stdout' | 'stderr') => ({
    ...terminal,
    write: (text: string) => {
      written[name] += text
    },
  })
  const output = createOutput({ stdout: sink('stdout'), stderr: sink('stderr'), env: {}, ...options })
  return { output, written }
}

const sayAll = ({ output }: ReturnType<typeof recorded>) => {
  output.detail('detail')
  output.result('result')
  output.value({ value: 1 })
  output.note('note')
  output.warn('warning')
}

describe('an output', () => {
  it('puts results and details on stdout, notes and warnings on stderr', () => {
    const run = recorded()
    sayAll(run)
    expect(run.written).toEqual({ stdout: 'detail\nresult\n', stderr: 'note\nwarning\n' })
  })

  it('has JSON alone on stdout with json', () => {
    const run = recorded({ json: true })
    sayAll(run)
    expect(run.written).toEqual({ stdout: '{"value":1}\n', stderr: 'note\nwarning\n' })
  })

  it('has the result and warnings alone with quiet', () => {
    const run = recorded({ quiet: true })
    sayAll(run)
    expect(run.written).toEqual({ stdout: 'result\n', stderr: 'warning\n' })
  })

  it('writes numbers that JSON lacks as strings', () => {
    const { output, written } = recorded({ json: true })
    output.value({ loss: Number.NaN, best: Infinity, count: 3 })
    expect(JSON.parse(written.stdout)).toEqual({ loss: 'NaN', best: 'Infinity', count: 3 })
  })

  it('takes lines to have 80 characters, or as many as COLUMNS or the terminal says', () => {
    expect(recorded().output.columns).toBe(80)
    expect(recorded({ env: { COLUMNS: '50' } }).output.columns).toBe(50)
    expect(recorded({}, { isTTY: true, columns: 30 }).output.columns).toBe(30)
  })
})

describe('progress', () => {
  /** What follows is removed, and the cursor waits at the beginning; what does not fit is cut by the terminal. */
  const CLEARED = '\r\x1b[J'
  const drawn = (text: string) => `\r\x1b[?7l${text}\x1b[J\x1b[?7h\r`

  it('is shown on a terminal alone, not with quiet, nor on a dumb one', () => {
    for (const run of [
      recorded(),
      recorded({ quiet: true }, { isTTY: true }),
      recorded({ env: { TERM: 'dumb' } }, { isTTY: true }),
    ]) {
      run.output.progress('half')
      expect(run.output.showsProgress).toBe(false)
      expect(run.written.stderr).toBe('')
    }
  })

  it('overwrites itself, gives way to a line, and is removed by no text', () => {
    const { output, written } = recorded({}, { isTTY: true, columns: 80 })
    output.progress('one')
    output.progress('two')
    output.note('note')
    output.progress('three')
    output.progress()
    output.progress()
    const [one, two, three] = ['one', 'two', 'three'].map(drawn)
    expect(written.stderr).toBe(`${one}${two}${CLEARED}note\n${three}${CLEARED}`)
  })

  it('is cut to fit a narrow terminal, by whole characters', () => {
    const { output, written } = recorded({}, { isTTY: true, columns: 6 })
    expect(output.progressColumns).toBe(5)
    output.progress('██████████')
    expect(written.stderr).toBe(drawn('█████'))
  })

  it('keeps its colours where it fits, and loses them where it is cut', () => {
    const { output, written } = recorded({}, { isTTY: true, columns: 6 })
    output.progress('\x1b[36m━━━\x1b[39m 5')
    output.progress('\x1b[36m━━━\x1b[39m 50 %')
    expect(written.stderr).toBe(`${drawn('\x1b[36m━━━\x1b[39m 5')}${drawn('━━━ 5')}`)
  })
})

describe('colours', () => {
  it('are used on a terminal alone, and never with NO_COLOR', () => {
    expect(recorded({}, { isTTY: true }).output.paint.green('ok')).toBe('\x1b[32mok\x1b[39m')
    expect(recorded({}, {}).output.paint.green('ok')).toBe('ok')
    expect(recorded({ env: { NO_COLOR: '1' } }, { isTTY: true }).output.paint.green('ok')).toBe('ok')
    expect(recorded({ env: { NO_COLOR: '1' } }, { isTTY: true }).output.notePaint.red('ok')).toBe('ok')
  })
})

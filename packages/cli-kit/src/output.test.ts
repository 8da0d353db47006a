import { describe, expect, it } from 'vitest'
import { createOutput, type OutputOptions } from './output.ts'

/** An output whose streams are recorded as text. */
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
  const output = createOutput({
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    env: { TERM: 'xterm' },
    ...options,
  })
  return { output, written }
}

const writeAll = ({ output }: ReturnType<typeof recorded>) => {
  output.detail('detail')
  output.result('result')
  output.value({ value: 1 })
  output.note('note')
  output.warn('warning')
}

describe('createOutput', () => {
  it('writes results and details to stdout, notes and warnings to stderr', () => {
    const run = recorded()
    writeAll(run)
    expect(run.written).toEqual({ stdout: 'detail\nresult\n', stderr: 'note\nwarning\n' })
  })

  it('writes nothing but JSON to stdout with json', () => {
    const run = recorded({ json: true })
    writeAll(run)
    expect(run.written).toEqual({ stdout: '{"value":1}\n', stderr: 'note\nwarning\n' })
  })

  it('writes nothing but the result and warnings with quiet', () => {
    const run = recorded({ quiet: true })
    writeAll(run)
    expect(run.written).toEqual({ stdout: 'result\n', stderr: 'warning\n' })
  })

  it('escapes control characters in every line, since names of files may contain them', () => {
    const name = 'run\x1b[2J\nforged'
    for (const options of [{}, { json: true }, { env: { FORCE_COLOR: '1' } }]) {
      const { output, written } = recorded(options, { isTTY: true, columns: 200 })
      for (const write of [output.result, output.detail, output.note, output.warn])
        write(output.colors.bold(name))
      output.value({ name })
      output.progress(name)
      const own = ['\x1b[J', '\x1b[?7l', '\x1b[?7h', '\x1b[1m', '\x1b[22m']
      const text = own.reduce((text, code) => text.replaceAll(code, ''), written.stdout + written.stderr)
      expect(text).toContain('forged')
      expect(text).not.toContain('\x1b')
      expect(text).not.toMatch(/^forged/m)
    }
  })

  it('writes NaN and infinities as JSON strings', () => {
    const { output, written } = recorded({ json: true })
    output.value({ loss: Number.NaN, best: Infinity, count: 3 })
    expect(JSON.parse(written.stdout)).toEqual({ loss: 'NaN', best: 'Infinity', count: 3 })
  })

  it('has the width of the terminal, else that of COLUMNS, else 80', () => {
    expect(recorded().output.columns).toBe(80)
    expect(recorded({ env: { COLUMNS: '50' } }).output.columns).toBe(50)
    expect(recorded({}, { isTTY: true, columns: 30 }).output.columns).toBe(30)
  })
})

describe('the progress line of an output', () => {
  /** Erases the line and what follows it; the cursor waits in the first column. */
  const CLEARED = '\r\x1b[J'
  const drawn = (text: string) => `\r\x1b[?7l${text}\x1b[J\x1b[?7h\r`

  it('is shown only on a terminal that is not dumb, and not with quiet', () => {
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

  it('is overwritten by the next one, and removed before any other line and by an empty text', () => {
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

  it('is cut to the width of a narrow terminal, between characters', () => {
    const { output, written } = recorded({}, { isTTY: true, columns: 6 })
    expect(output.progressColumns).toBe(5)
    output.progress('██████████')
    expect(written.stderr).toBe(drawn('█████'))
  })

  it('keeps its colours if it fits, and loses them if it is cut', () => {
    const { output, written } = recorded({}, { isTTY: true, columns: 6 })
    output.progress('\x1b[36m━━━\x1b[39m 5')
    output.progress('\x1b[36m━━━\x1b[39m 50 %')
    expect(written.stderr).toBe(`${drawn('\x1b[36m━━━\x1b[39m 5')}${drawn('━━━ 5')}`)
  })
})

describe('the colours of an output', () => {
  it('are those of stdout and of stderr: on a terminal, but not with NO_COLOR', () => {
    expect(recorded({}, { isTTY: true }).output.colors.green('ok')).toBe('\x1b[32mok\x1b[39m')
    expect(recorded({}, {}).output.colors.green('ok')).toBe('ok')
    expect(
      recorded({ env: { TERM: 'xterm', NO_COLOR: '1' } }, { isTTY: true }).output.colors.green('ok'),
    ).toBe('ok')
    expect(
      recorded({ env: { TERM: 'xterm', NO_COLOR: '1' } }, { isTTY: true }).output.stderrColors.red('ok'),
    ).toBe('ok')
  })
})

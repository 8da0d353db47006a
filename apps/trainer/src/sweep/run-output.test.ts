import { createOutput } from '@gosa/cli-kit'
import { expect, it } from 'vitest'
import { runOutput } from './run-output.ts'

/** What the second of three runs writes to a terminal of 40 columns. */
function written(options: { json?: boolean }, say: (output: ReturnType<typeof runOutput>) => void): string[] {
  const texts: string[] = []
  const sink = (name: string) => ({
    isTTY: true,
    columns: 40,
    write: (text: string) => texts.push(`${name} ${text}`),
  })
  const output = createOutput({
    ...options,
    stdout: sink('out'),
    stderr: sink('err'),
    env: { NO_COLOR: '1' },
  })
  say(runOutput(output, 2, 3))
  return texts
}

it('of a run in a sweep people see progress and warnings, with its number', () => {
  const texts = written({}, (output) => {
    output.detail('network')
    output.result('accuracy')
    output.note('a note')
    output.value({ event: 'epoch' })
    output.progress('50 %')
    output.progress()
    output.warn('stopped')
  })
  expect(texts.join('')).toContain('2/3 50 %')
  expect(texts.at(-1)).toBe('err 2/3 stopped\n')
  expect(texts.join('')).not.toMatch(/network|accuracy|a note|epoch/)
})

it('of a run in a sweep programs are told its number in each line', () => {
  const texts = written({ json: true }, (output) => output.value({ event: 'epoch', loss: 1 }))
  expect(texts).toEqual(['out {"event":"epoch","loss":1,"run":2}\n'])
})

it('a line of progress leaves room for the number of its run', () => {
  written({}, (output) => expect(output.progressColumns).toBe(40 - 1 - '2/3 '.length))
})

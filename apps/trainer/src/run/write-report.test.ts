import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { inProcess, jsonLines, SMALL, temporaryFolder } from '../command.testing.ts'

const folder = temporaryFolder()
afterAll(folder.remove)
const FEW = ['--train-size', '200', '--test-size', '50', '--hidden', '8', '--batch-size', '20']

/** Runs and is interrupted at the end of the first epoch, when its line is printed. */
async function interrupted(out: string, ...args: string[]): Promise<string> {
  const running = inProcess(folder.path, [...FEW, ...args, '--iterations', '5000', '--out', out])
  const { write } = process.stdout
  process.stdout.write = ((text: string) => {
    if (/^ +1 /.test(text)) process.emit('SIGINT', 'SIGINT')
    return write.call(process.stdout, text)
  }) as typeof write
  expect((await running).code).toBe(130)
  return readFileSync(join(folder.path, out, 'report.html'), 'utf8')
}

it.each([
  ['a constant learning rate', []],
  ['a cosine that was to fall to the end', ['--schedule', 'cosine']],
  ['shuffled epochs', ['--sampling', 'epochs', '--optimizer', 'adam']],
])('the report of an interrupted run with %s says how to come to the same weights', async (_, args) => {
  const text = await interrupted(args.join('') || 'constant', ...args)
  expect(text).toMatch(/It was stopped after [\d,]+ of 5,000 iterations, and can go on from there\./)
  const [, line = ''] = /<code>gosa-trainer ([^<]*)<\/code>/.exec(text) ?? []
  const again = await inProcess(folder.path, [...line.split(' '), '--no-out', '--json'])
  const { weightsSha256, iterations } = jsonLines(again.stdout).at(-1) ?? {}
  expect(iterations).toBeLessThan(5000)
  expect(text).toContain(`<code>${weightsSha256}</code>`)
})

it('the report of a run that failed at its first step says that its weights are those from before', async () => {
  await inProcess(folder.path, [...SMALL, '--learning-rate', '1e20', '--out', 'failed'])
  const text = readFileSync(join(folder.path, 'failed', 'report.html'), 'utf8')
  expect(text).toContain('those shown here, from before the first step, is')
  expect(text).not.toContain('--iterations 0')
})

it('programs are told where the report is, however a run ends', async () => {
  const eventsOf = async (out: string, ...args: string[]) =>
    jsonLines((await inProcess(folder.path, [...SMALL, '--json', '--out', out, ...args])).stdout)
  const report = (out: string) => join(out, 'report.html')
  expect(await eventsOf('told')).toContainEqual(
    expect.objectContaining({ event: 'saved', report: report('told') }),
  )
  expect(await eventsOf('told-too', '--learning-rate', '1e20')).toContainEqual(
    expect.objectContaining({ event: 'diverged', report: report('told-too') }),
  )
})

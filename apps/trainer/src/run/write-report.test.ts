import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadData } from '@gosa/cli-kit'
import { createRng } from '@gosa/linalg'
import { type TrainingOutcome, weightsOf } from '@gosa/training'
import { Command } from 'commander'
import { afterAll, expect, it } from 'vitest'
import { inProcess, jsonLines, SMALL, temporaryFolder } from '../command.testing.ts'
import { createNetwork } from '../model/create-network.ts'
import { weightsSha256 } from '../model/model.ts'
import { createHistory } from '../observers/observer.ts'
import { resolveConfig } from '../options/config.ts'
import { addTrainOptions } from '../options/flags.ts'
import { writeReport } from './write-report.ts'

const folder = temporaryFolder()
afterAll(folder.remove)
const SMALL_RUN = ['--train-size', '200', '--test-size', '50', '--hidden', '8', '--batch-size', '20']

/** The report of a run that is interrupted at the end of its first epoch, when its row is printed. */
async function interrupted(out: string, ...args: string[]): Promise<string> {
  const running = inProcess(folder.path, [...SMALL_RUN, ...args, '--iterations', '5000', '--out', out])
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
  ['a cosine that falls until the end', ['--schedule', 'cosine']],
  ['shuffled epochs', ['--sampling', 'epochs', '--optimizer', 'adam']],
])(
  'the report of an interrupted run with %s shows a command that gives the same weights',
  async (_, args) => {
    const text = await interrupted(args.join('') || 'constant', ...args)
    expect(text).toMatch(/The run was stopped after [\d,]+ of 5,000 iterations and can be resumed\./)
    const [, line = ''] = /<code>gosa-trainer ([^<]*)<\/code>/.exec(text) ?? []
    const again = await inProcess(folder.path, [...line.split(' '), '--no-out', '--json'])
    const { weightsSha256, iterations } = jsonLines(again.stdout).at(-1) ?? {}
    expect(iterations).toBeLessThan(5000)
    expect(text).toContain(`<code>${weightsSha256}</code>`)
  },
)

it('the report of a run that failed in its first step says that it shows the initial weights', async () => {
  await inProcess(folder.path, [...SMALL, '--learning-rate', '1e20', '--out', 'failed'])
  const text = readFileSync(join(folder.path, 'failed', 'report.html'), 'utf8')
  expect(text).toContain('those shown here, from before the first iteration, is')
  expect(text).not.toContain('--iterations 0')
})

it('JSON names the report, however a run ends', async () => {
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

it('writeReport shows the saved weights without writing into the model of the run', async () => {
  const data = await loadData({ data: 'digits', trainSize: 20, testSize: 10 }, { env: {} })
  const options = addTrainOptions(new Command()).parse([], { from: 'user' }).opts()
  const config = resolveConfig({ ...options, seed: 0 } as never, data, '')
  const network = (seed: number) => createNetwork(config, data, createRng(seed))
  const [model, lastGood] = [network(1), network(2)]
  const outcome = {
    ...{ kind: 'diverged', what: 'the loss', iteration: 3, steps: 3, samplesPerSecond: 1 },
    lastGood: { iteration: 2, weights: weightsOf(lastGood) },
  } as TrainingOutcome
  const run = { config, data, model, folder: folder.path } as unknown as Parameters<typeof writeReport>[0]
  const file = await writeReport(run, outcome, { history: createHistory([]) })
  expect(weightsOf(model)).toEqual(weightsOf(network(1)))
  expect(readFileSync(file ?? '', 'utf8')).toContain(weightsSha256(weightsOf(lastGood)))
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sampleBatch, syntheticDigits } from '@gosa/datasets'
import { axpy, createRng, takeRows } from '@gosa/linalg'
import { TwoLayerNet } from '@gosa/networks'
import { afterAll, describe, expect, it } from 'vitest'
import { inProcess, jsonLines, temporaryFolder } from '../command.testing.ts'
import { formatAsPython } from './book-mode.ts'

const folder = temporaryFolder()
afterAll(folder.remove)
const run = (...args: string[]) => inProcess(folder.path, args)

const SMALL_RUN = ['--train-size', '60', '--test-size', '10', '--batch-size', '16', '--iterations', '40']

/** What `print(train_acc, test_acc)` prints in the book's loop, which is written out here independently. */
function chapter(): string {
  const train = syntheticDigits({ seed: 1, count: 60, dtype: 'float32' })
  const test = syntheticDigits({ seed: 2, count: 10, dtype: 'float32' })
  const rng = createRng(0)
  const network = new TwoLayerNet({ inputSize: 784, hiddenSize: 50, outputSize: 10, rng })
  const iterPerEpoch = Math.max(60 / 16, 1)
  let printed = ''
  for (let i = 0; i < 40; i++) {
    const mask = sampleBatch(60, 16, rng)
    network.gradient(
      takeRows(train.x, mask),
      Uint8Array.from(mask, (n) => train.t[n]),
    )
    for (const { value, grad } of network.parameters()) axpy(-0.1, grad, value)
    if (i % iterPerEpoch === 0) {
      const [trainAccuracy, testAccuracy] = [train, test].map(({ x, t }) => network.accuracy(x, t))
      printed += `${formatAsPython(trainAccuracy)} ${formatAsPython(testAccuracy)}\n`
    }
  }
  return printed
}

it.each([
  [0, '0.0'],
  [1, '1.0'],
  [0.09871666666666666, '0.09871666666666666'],
  [1 / 60_000, '1.6666666666666667e-05'],
  [6 / 60_000, '0.0001'],
])('formatAsPython formats %d as %s', (share, text) => {
  expect(formatAsPython(share)).toBe(text)
})

describe('--book', () => {
  it("prints what the book's loop prints, and nothing else, on stdout", async () => {
    const { code, stdout, stderr } = await run('--book', ...SMALL_RUN, '--out', 'book')
    expect({ code, stdout }).toEqual({ code: 0, stdout: chapter() })
    expect(stdout).toMatch(/^(\d\.\d+ \d\.\d+\n){3}$/)
    expect(stderr).toMatch(/^images {5}generated digits \(drawn by a program\)/m)
    expect(stderr).toMatch(
      /^iter_per_epoch is 3\.75, not an integer, so the loop prints every 15 iterations$/m,
    )
    expect(stderr).toMatch(/^weights {4}book.model\.safetensors$/m)
    expect((await run('--book', ...SMALL_RUN, '--no-out', '--quiet')).stderr).toBe('')
  })

  it('prints only JSON on stdout with --json', async () => {
    const { stdout, stderr } = await run('--book', ...SMALL_RUN, '--no-out', '--json')
    expect(jsonLines(stdout).map(({ event }) => event)).toEqual([
      ...['start', 'epoch', 'epoch', 'epoch', 'epoch', 'done'],
    ])
    expect(stderr).toMatch(/^iter_per_epoch is 3\.75.*\n$/)
  })

  it('notes if a fractional epoch leaves only one line, and notes nothing for an integer number of iterations', async () => {
    const few = [...SMALL_RUN.slice(0, 4), '--iterations', '4', '--no-out']
    const alone = await run('--book', ...few, '--batch-size', '16')
    expect(alone.stderr).toMatch(/so the loop prints only after the first iteration$/m)
    expect(alone.stdout).toMatch(/^\d\.\d+ \d\.\d+\n$/)
    expect((await run('--book', ...few, '--batch-size', '15')).stderr).not.toContain('iter_per_epoch')
  })

  it('resumes where it stopped', async () => {
    await run('--book', ...SMALL_RUN.slice(0, -1), '20', '--out', 'part')
    const { stdout } = await run('--resume', 'part', '--iterations', '40')
    expect(stdout).toBe(chapter().split('\n').slice(2).join('\n'))
    const { book } = JSON.parse(readFileSync(join(folder.path, 'part', 'config.json'), 'utf8'))
    expect(book).toBe(true)
  })

  it.each([
    [['--optimizer', 'adam']],
    [['--layers', '784,20,20,10']],
    [['--activation', 'tanh']],
    [['--sampling', 'epochs']],
    [['--schedule', 'cosine']],
    [['--weight-decay', '0.1']],
    [['--clip-norm', '1']],
    [['--warm-up', '5']],
    [['--validation', '0.1']],
    [['--weight-init-std', 'he']],
  ])('rejects %j, which the book does not have', async (line) => {
    const { code, stdout, stderr } = await run('--book', ...SMALL_RUN, ...line, '--no-out')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(
      `${line[0]} cannot be used with --book: the book's loop is SGD with a constant learning rate`,
    )
  })
})

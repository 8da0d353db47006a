import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { inProcess, temporaryFolder } from '../command.testing.ts'
import { checkMemory } from './check-sizes.ts'

const folder = temporaryFolder()
afterAll(folder.remove)
const run = (...args: string[]) => inProcess(folder.path, [...args, '--out', 'run'])

describe('sizes beyond memory', () => {
  const few = ['--train-size', '20', '--test-size', '10', '--iterations', '2']

  it.each([
    [['--hidden', '1e9'], /--hidden: the weights of 784-1000000000-10 and their gradients take 6,\d{3} GB/],
    [['--hidden', '1e15'], /--hidden: .* GB; this machine has/],
    [['--layers', '784,1000000,1000000,10'], /--layers: the weights of 784-1000000-1000000-10 /],
    [['--batch-size', '1e12'], /--batch-size 1000000000000: the values of one batch take [\d,]+ GB/],
    [['--train-size', '1e12'], /--train-size 1000000000000: so many images take [\d,]+ GB/],
    [['--test-size', '1e15'], /--test-size 1000000000000000: so many images take/],
  ])('are refused by the option: %j', async (args, message) => {
    const { code, stderr } = await run(...few, ...args)
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)])
    expect(existsSync(join(folder.path, 'run'))).toBe(false)
  })

  it('count the dtype', () => {
    const sizes = { layers: [10, 10, 10], batchSize: 1 } as const
    const check = (dtype: 'float32' | 'float64') => () =>
      checkMemory({ ...sizes, layers: [...sizes.layers], dtype }, '--hidden', 2000)
    expect(check('float32')).not.toThrow()
    expect(check('float64')).toThrow('--hidden')
  })
})

describe('data that cannot be trained with', () => {
  const idx = (shape: number[], bytes: number[]) =>
    Uint8Array.from([0, 0, 8, shape.length, ...shape.flatMap((size) => [0, 0, 0, size]), ...bytes])

  it.each([
    ['no images', [0, 2, 2], [], /has no training images/],
    ['no pixels', [3, 0, 2], [0, 1, 0], /have no pixels: 0 × 2/],
    ['one class', [3, 1, 2], [0, 0, 0], /have the same label/],
  ])('is refused: %s', async (name, shape, labels, message) => {
    mkdirSync(join(folder.path, name))
    const pixels = Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i)
    for (const part of ['train', 't10k']) {
      writeFileSync(join(folder.path, name, `${part}-images-idx3-ubyte`), idx(shape, pixels))
      writeFileSync(join(folder.path, name, `${part}-labels-idx1-ubyte`), idx([labels.length], labels))
    }
    const { code, stderr } = await run('--data', name)
    expect([code, stderr]).toEqual([1, expect.stringMatching(message)])
    expect(existsSync(join(folder.path, 'run'))).toBe(false)
  })
})

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeSafetensors, encodeNpz } from '@gosa/formats'
import { createRng } from '@gosa/linalg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inProcess, jsonLines, temporaryFolder } from '../command.testing.ts'

const folder = temporaryFolder()
const at = (...path: string[]) => join(folder.path, ...path)
const run = (...args: string[]) => inProcess(folder.path, args)
afterAll(folder.remove)

/** 120 rows: a class and a price that depend on two numbers and a text. */
function tableLines(): string[] {
  const rng = createRng(5)
  const rows = Array.from({ length: 120 }, (_, i) => {
    const [length, width] = [4 + 2 * rng.uniform(), 1 + rng.uniform()]
    const colour = ['red', 'white', 'blue'][i % 3]
    const kind = length + (colour === 'red' ? 1 : 0) > 5.2 ? 'large, ripe' : 'small'
    const price = 10 * length - 3 * width + (colour === 'blue' ? 5 : 0)
    return `${length.toFixed(3)},${width.toFixed(3)},${colour},"${kind}",${price.toFixed(3)}`
  })
  return ['length,width,colour,kind,price', ...rows]
}

const LINES = tableLines()
const CLASSIFY = [
  '--data',
  'fruit.csv',
  '--target',
  'kind',
  '--task',
  'classification',
  '--features',
  'length',
  'width',
  'colour',
]
const REGRESS = [
  '--data',
  'fruit.csv',
  '--target',
  'price',
  '--task',
  'regression',
  '--features',
  'length',
  'width',
  'colour',
]

beforeAll(async () => {
  writeFileSync(at('fruit.csv'), `${LINES.join('\n')}\n`)
  writeFileSync(at('rows.csv'), 'colour,width,length\nred,1.5,5.9\nblue,1.5,4.1\n')
  for (const args of [
    [...CLASSIFY, '--out', 'kinds'],
    [...REGRESS, '--out', 'prices', '--validation', '0.1', '--patience', '50'],
  ]) {
    const { code, stderr } = await run(...args)
    if (code !== 0) throw new Error(`a run that other tests use failed: ${stderr}`)
  }
})

describe('train on a table', () => {
  it('says what it does and how good the model is on rows that it has not seen', async () => {
    const { code, stdout } = await run(...CLASSIFY, '--no-out')
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /table {6}fruit.csv: 120 rows, 5 inputs\nnetwork {4}5-50-2, relu, float32\nrows {7}96 for training, 24 for testing/,
    )
    expect(stdout).toMatch(/\naccuracy {3}(1\.0000|0\.9\d+) on 24 test rows\n/)
    expect(existsSync(at('gosa-runs'))).toBe(false)
  })

  it('gives numbers to programs, and the same weights with the same seed', async () => {
    const [first, second, other] = [[], [], []] as Record<string, unknown>[][]
    for (const [lines, seed] of [
      [first, 0],
      [second, 0],
      [other, 1],
    ] as const) {
      const { stdout } = await run(...REGRESS, '--no-out', '--epochs', '3', '--json', '--seed', String(seed))
      lines.push(...jsonLines(stdout))
    }
    const [done] = first.slice(-1)
    expect(first.slice(0, 3).map(({ event }) => event)).toEqual(['epoch', 'epoch', 'epoch'])
    expect(Object.keys(done)).toEqual([
      'event',
      'task',
      'testR2',
      'testRmse',
      'testMeanAbsoluteError',
      'count',
      'iterations',
      'seconds',
      'weightsSha256',
    ])
    expect(second.at(-1)?.weightsSha256).toBe(done.weightsSha256)
    expect(other.at(-1)?.weightsSha256).not.toBe(done.weightsSha256)
  })

  it('saves configuration, model and report; the configuration repeats the run to the bit', async () => {
    expect(readdirSync(at('prices')).sort()).toEqual(['config.json', 'model.safetensors', 'report.html'])
    const { code } = await run('--config', 'prices/config.json', '--out', 'again')
    expect(code).toBe(0)
    expect(readFileSync(at('again', 'model.safetensors'))).toEqual(
      readFileSync(at('prices', 'model.safetensors')),
    )
  })

  it('saves the preprocessing in the model, which is a safetensors file', () => {
    const { tensors, metadata } = decodeSafetensors(readFileSync(at('kinds', 'model.safetensors')))
    expect(Object.keys(tensors)).toEqual(['W1', 'b1', 'W2', 'b2'])
    expect(JSON.parse(metadata.preprocessing)).toMatchObject({
      features: [
        { name: 'length' },
        { name: 'width' },
        { name: 'colour', categories: ['blue', 'red', 'white'] },
      ],
      target: { classes: ['large, ripe', 'small'] },
    })
  })

  it('draws residuals, or confusion matrix and ROC curves, and names features', () => {
    const prices = readFileSync(at('prices', 'report.html'), 'utf8')
    expect(prices).toContain('<h2>Residuals</h2>')
    expect(prices).toMatch(/<dt>length<\/dt><dd>[\d.]+ ± [\d.]+<\/dd>/)
    const kinds = readFileSync(at('kinds', 'report.html'), 'utf8')
    expect(kinds).toContain('<h2>Confusion matrix</h2>')
    expect(kinds.match(/against the others<\/figcaption>/g)).toHaveLength(1)
    expect(kinds).toContain('gosa-trainer train --data fruit.csv --target kind --task classification')
  })

  it('reads npz files with x and y, and other delimiters', async () => {
    const x = { shape: [200, 2], data: Float64Array.from({ length: 400 }, (_, i) => Math.sin(i * i)) }
    const y = {
      shape: [200],
      data: Float64Array.from({ length: 200 }, (_, n) => x.data[2 * n] - x.data[2 * n + 1]),
    }
    writeFileSync(at('waves.npz'), encodeNpz({ x, y }))
    const npz = await run(
      '--data',
      'waves.npz',
      '--target',
      'y',
      '--task',
      'regression',
      '--no-out',
      '--quiet',
    )
    expect(npz.stdout).toMatch(/^R² {9}0\.9/)
    writeFileSync(
      at('points.csv'),
      `${LINES.join('\n').replaceAll('"', '').replaceAll('large, ripe', 'large').replaceAll(',', ';').replaceAll('.', ',')}\n`,
    )
    const args = [
      '--data',
      'points.csv',
      '--target',
      'price',
      '--task',
      'regression',
      '--no-out',
      '--epochs',
      '1',
    ]
    const semicolons = await run(...args, '--delimiter', ';', '--decimal', ',')
    expect(semicolons.stdout).toContain('points.csv: 120 rows, 7 inputs')
    expect(await run(...args)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('fields, but the first has'),
    })
  })
})

describe('predict and evaluate with the model of a table', () => {
  it('predict writes CSV: classes with their probabilities, numbers in their own unit', async () => {
    const kinds = await run('predict', '--model', 'kinds', 'rows.csv')
    expect(kinds.code).toBe(0)
    expect(kinds.stdout).toMatch(
      /^kind,"p\(large, ripe\)",p\(small\)\n"large, ripe",0\.9\d+,[\d.e-]+\nsmall,[\d.e-]+,0\.9\d+\n$/,
    )
    const prices = await run('predict', '--model', 'prices/model.safetensors', 'rows.csv')
    const [title, first, second] = prices.stdout.split('\n')
    expect(title).toBe('price')
    expect(Number(first)).toBeGreaterThan(49)
    expect(Number(first)).toBeLessThan(60)
    expect(Number(second)).toBeGreaterThan(36)
    expect(Number(second)).toBeLessThan(47)
  })

  it('predict writes lines of JSON for programs', async () => {
    const { stdout } = await run('predict', '--model', 'kinds', 'rows.csv', '--json')
    expect(jsonLines(stdout)[1]).toMatchObject({
      ...{ event: 'prediction', file: 'rows.csv', row: 1, prediction: 'small' },
      probabilities: { small: expect.any(Number) },
    })
  })

  it('evaluate measures the test rows of the run, or all rows of another file', async () => {
    const { stdout } = await run('evaluate', '--model', 'kinds', '--json')
    expect(jsonLines(stdout)).toMatchObject([{ event: 'done', count: 24, classes: ['large, ripe', 'small'] }])
    const all = await run('evaluate', '--model', 'prices', '--data', 'fruit.csv')
    expect(all.stdout).toMatch(/^R² {9}0\.9\d+ on 120 rows\nRMSE/)
  })

  it.each([
    ['a column that is missing', 'length,width\n1,2\n', /there is no column "colour"/],
    [
      'a category that is not known',
      'length,width,colour\n1,2,red\n1,2,pink\n',
      /column "colour": "pink" is not one of the 3 .*\(line 3\)/,
    ],
    ['a missing value', 'length,width,colour\n1,,red\n', /column "width": a value is missing.*\(line 2\)/],
    [
      'a text among numbers',
      'length,width,colour\n1,wide,red\n',
      /column "width": "wide" is not a number.*\(line 2\)/,
    ],
  ])('predict names %s, and writes no prediction', async (_what, text, message) => {
    writeFileSync(at('new.csv'), text)
    const { code, stdout, stderr } = await run('predict', '--model', 'kinds', 'new.csv')
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(message)
  })

  it('need what they need', async () => {
    expect((await run('predict', '--model', 'kinds')).stderr).toContain('predict needs a file of rows')
    writeFileSync(at('alone.safetensors'), readFileSync(at('kinds', 'model.safetensors')))
    expect((await run('evaluate', '--model', 'alone.safetensors')).stderr).toContain(
      'say with --data which rows',
    )
  })
})

describe('what does not fit is refused, and nothing is written', () => {
  const fruit = LINES.join('\n')
  it.each<[string, string, string[], number, RegExp]>([
    [
      'no target',
      fruit,
      ['--task', 'regression'],
      2,
      /--task has no effect without --target|say with --target/,
    ],
    ['no task', fruit, ['--target', 'price'], 2, /--task is missing/],
    [
      'a target that is not there',
      fruit,
      ['--target', 'cost', '--task', 'regression'],
      2,
      /there is no column "cost": there are "length"/,
    ],
    [
      'texts as a number',
      fruit,
      ['--target', 'kind', '--task', 'regression'],
      1,
      /column "kind": .* is not a number \(line 2\)/,
    ],
    ['an empty table', LINES[0], ['--target', 'price', '--task', 'regression'], 1, /holds no rows/],
    [
      'one class',
      'a,b\n1,x\n2,x\n',
      ['--target', 'b', '--task', 'classification'],
      1,
      /all rows have the class "x"/,
    ],
    [
      'a constant column',
      'a,b,y\n1,2,3\n1,3,4\n1,4,5\n1,4,6\n1,4,7\n',
      ['--target', 'y', '--task', 'regression'],
      1,
      /column "a": all rows .* the value 1: leave it out/,
    ],
    [
      'a missing value',
      'a,y\n1,3\nnan,4\n2,5\n3,6\n4,7\n',
      ['--target', 'y', '--task', 'regression'],
      1,
      /column "a": a value is missing.*\(line 3\)/,
    ],
    [
      'layers that do not fit',
      fruit,
      ['--target', 'price', '--task', 'regression', '--layers', '3,2'],
      2,
      /must begin with 7, the inputs, and end with 1/,
    ],
    [
      'an option of images',
      fruit,
      ['--target', 'price', '--task', 'regression', '--book'],
      2,
      /--book cannot be used with a table/,
    ],
    ['another delimiter', 'a;y\n1;2\n', ['--target', 'y', '--task', 'regression'], 2, /say --delimiter ';'/],
    [
      'lines of other lengths',
      'a,y\n1\n',
      ['--target', 'y', '--task', 'regression'],
      1,
      /line has 1 fields.*\(line 2, column 1\)/,
    ],
  ])('%s', async (_what, text, args, code, message) => {
    writeFileSync(at('bad.csv'), text)
    const before = readdirSync(folder.path)
    const ended = await run('--data', 'bad.csv', ...args, '--out', 'bad')
    expect(ended.stderr).toMatch(message)
    expect([ended.code, ended.stdout]).toEqual([code, ''])
    expect(readdirSync(folder.path)).toEqual(before)
  })

  it('files that are not there or no tables, targets without a table, and resumed runs', async () => {
    const args = ['--target', 'y', '--task', 'regression']
    expect(await run('--data', 'none.csv', ...args)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('none.csv'),
    })
    writeFileSync(at('broken.npz'), 'no archive')
    expect(await run('--data', 'broken.npz', ...args)).toMatchObject({ code: 1 })
    writeFileSync(at('z.npz'), encodeNpz({ z: { shape: [1], data: Float64Array.of(1) } }))
    expect((await run('--data', 'z.npz', ...args)).stderr).toContain(
      'must hold the arrays x (N, D) and y (N); it holds z',
    )
    expect(await run(...args)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--target needs a table'),
    })
    expect(await run('--resume', 'kinds')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('which is not resumed'),
    })
  })
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadData } from '@gosa/cli-kit'
import { Command } from 'commander'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readConfig, writeConfig } from '../run-folder/run-folder.ts'
import { resolveConfig } from './config.ts'
import { addTrainOptions } from './flags.ts'
import type { TrainOptions } from './option-table.ts'

/** The options of a command line. */
function options(...line: string[]): TrainOptions {
  const command = addTrainOptions(new Command().exitOverride().configureOutput({ outputError: () => {} }))
  return { ...command.parse(line, { from: 'user' }).opts<TrainOptions>(), seed: 0 }
}

const data = await loadData({ data: 'digits', trainSize: 30, testSize: 5 }, { env: {} })
const resolved = (...line: string[]) => resolveConfig(options(...line), data, 'abc')

describe('resolveConfig', () => {
  it('has the book’s defaults, with more iterations for generated digits', () => {
    expect(resolved()).toMatchObject({
      ...{ data: 'digits', layers: [784, 50, 10], activation: 'relu', weightInitStd: 0.01, batchSize: 100 },
      ...{ iterations: 20_000, optimizer: 'sgd', learningRate: 0.1, dtype: 'float32', backend: 'wasm' },
      ...{ seed: 0, dataSha256: 'abc' },
    })
    expect(resolveConfig(options(), { ...data, generated: false }, '').iterations).toBe(10_000)
  })

  it('saves no option that is resolved into others, has no effect, or says how the command runs', () => {
    const config = resolved('--live', '--out', 'folder')
    for (const key of ['hidden', 'epochs', 'out', 'live', 'stepFactor', 'cosineFloor', 'bestBy']) {
      expect(config).not.toHaveProperty(key)
    }
    expect(resolved('--schedule', 'step', '--step-every', '5')).toMatchObject({
      stepEvery: 5,
      stepFactor: 0.1,
    })
    expect(resolved('--validation', '0.1', '--patience', '3')).toMatchObject({ patience: 3, bestBy: 'loss' })
  })

  it('has the book’s number of iterations with --book, for generated digits too', () => {
    expect(resolved('--book')).toMatchObject({ book: true, iterations: 10_000 })
    expect(() => resolved('--book', '--clip-norm', '1')).toThrow(/--clip-norm cannot be used with --book/)
  })

  it('takes layers of any depth that fit the images', () => {
    expect(resolved('--hidden', '20').layers).toEqual([784, 20, 10])
    expect(resolved('--layers', '784,30,20,10').layers).toEqual([784, 30, 20, 10])
    expect(() => resolved('--layers', '700,10')).toThrow(
      /it must begin with 784, the pixels of an image, and end with at least 10/,
    )
    expect(() => resolved('--layers', '784,9')).toThrow(/end with at least 10, the classes/)
    expect(() => options('--layers', '784,10', '--hidden', '5')).toThrow(/cannot be used with/)
    expect(() => options('--layers', '784')).toThrow(/two or more integers/)
  })

  it('takes its length from --epochs or --iterations', () => {
    expect(resolved('--epochs', '3', '--batch-size', '8').iterations).toBe(12)
    expect(resolved('--iterations', '7').iterations).toBe(7)
    expect(() => options('--epochs', '3', '--iterations', '7')).toThrow(/cannot be used with/)
  })

  it('takes the learning rate from the optimizer unless one is given', () => {
    expect(resolved('--optimizer', 'adam').learningRate).toBe(0.001)
    expect(resolved('--optimizer', 'adam', '--learning-rate', '0.5').learningRate).toBe(0.5)
  })

  it('takes the initial weights’ standard deviation, or the rule of He or Xavier', () => {
    const std = (value: string) => resolved('--weight-init-std', value).weightInitStd
    expect([std('0.5'), std('he')]).toEqual([0.5, 'he'])
    expect(() => options('--weight-init-std', 'she')).toThrow(
      'It must be a number of at least 0, he or xavier (Did you mean he?)',
    )
  })
})

describe('the flags of train', () => {
  it.each([
    ['--hidden', '0'],
    ['--hidden', '1.5'],
    ['--hidden', ''],
    ['--batch-size', 'many'],
    ['--iterations', '-1'],
    ['--learning-rate', '0'],
    ['--learning-rate', 'Infinity'],
    ['--optimizer', 'magic'],
    ['--dtype', 'int8'],
    ['--backend', 'gpu'],
  ])('reject %s %j', (...line) => {
    expect(() => options(...line)).toThrow()
  })

  it('say which name was probably meant', () => {
    expect(() => options('--optimizer', 'adan')).toThrow(/It must be one of sgd, .* \(Did you mean adam\?\)/)
    expect(() => options('--lerning-rate', '1')).toThrow(/Did you mean --learning-rate\?/)
  })

  it('collect the values of --sweep', () => {
    expect(options('--sweep', 'hidden=5,6', '--sweep', 'seed=1').sweep).toEqual(['hidden=5,6', 'seed=1'])
  })
})

describe('config.json', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gosa-config-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('is read as it was written', async () => {
    const config = resolved('--weight-init-std', 'he')
    await writeConfig(folder, config)
    expect(await readConfig(folder)).toEqual(JSON.parse(JSON.stringify(config)))
  })

  it('must be there for a folder to be that of a run', async () => {
    await expect(readConfig(folder)).rejects.toThrow(`${folder} is not the folder of a run`)
  })

  it.each([
    ['{', /config\.json is not JSON/],
    ['null', /must hold an object of options/],
    ['{"data":5}', /data must be a string, not 5/],
    ['{"data":"digits"}', /is not the configuration of a run: activation is missing/],
    [JSON.stringify({ ...resolved(), seed: 'many' }), /seed must be an integer of at least 0, not "many"/],
    [JSON.stringify({ ...resolved(), layers: undefined }), /layers is missing/],
    [JSON.stringify({ ...resolved(), dataSha256: undefined }), /dataSha256 is missing/],
  ])('is rejected as a failure if it is %s', async (text, message) => {
    writeFileSync(join(folder, 'config.json'), text)
    await expect(readConfig(folder)).rejects.toMatchObject({
      message: expect.stringMatching(message),
      exitCode: 1,
    })
  })
})

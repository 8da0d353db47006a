import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadData } from '@gosa/cli-kit'
import { Command } from 'commander'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readConfig, type SavedConfig, writeConfig } from './config-file.ts'
import { resolveConfig } from './resolve-config.ts'
import { addTrainOptions, type TrainOptions } from './train-options.ts'

/** What the line makes of the options. */
function options(...line: string[]) {
  const command = addTrainOptions(new Command().exitOverride().configureOutput({ outputError: () => {} }))
  return { ...command.parse(line, { from: 'user' }).opts<TrainOptions>(), seed: 0 }
}

const data = await loadData({ data: 'digits', trainSize: 30, testSize: 5 }, { env: {} })
const resolved = (...line: string[]) => resolveConfig(options(...line), data)

describe('the configuration of a run', () => {
  it('is the book’s, but longer for the generated digits', () => {
    expect(resolved()).toMatchObject({
      ...{
        data: 'digits',
        layers: [784, 50, 10],
        activation: 'relu',
        std: 0.01,
        batchSize: 100,
        iterations: 20_000,
      },
      ...{ optimizer: 'sgd', learningRate: 0.1, dtype: 'float32', backend: 'wasm', seed: 0 },
    })
    expect(resolveConfig(options(), { ...data, generated: false }).iterations).toBe(10_000)
  })

  it('is as long as the book’s, of generated digits too, where its loop is asked for', () => {
    expect(resolved('--book')).toMatchObject({ book: true, iterations: 10_000 })
    expect(() => resolved('--book', '--clip-norm', '1')).toThrow(/--clip-norm cannot be used with --book/)
  })

  it('has a network of any depth, which must be one for the images', () => {
    expect(resolved('--hidden', '20').layers).toEqual([784, 20, 10])
    expect(resolved('--layers', '784,30,20,10').layers).toEqual([784, 30, 20, 10])
    expect(() => resolved('--layers', '700,10')).toThrow(
      /it must begin with 784, the pixels of an image, and end with 10/,
    )
    expect(() => resolved('--layers', '784,9')).toThrow(/end with 10 classes/)
    expect(() => options('--layers', '784,10', '--hidden', '5')).toThrow(/cannot be used with/)
    expect(() => options('--layers', '784')).toThrow(/two or more whole numbers/)
  })

  it('is as long as its epochs or its iterations', () => {
    expect(resolved('--epochs', '3', '--batch-size', '8').iterations).toBe(12)
    expect(resolved('--iterations', '7').iterations).toBe(7)
    expect(() => options('--epochs', '3', '--iterations', '7')).toThrow(/cannot be used with/)
  })

  it('has the learning rate that suits the optimizer, or the one given', () => {
    expect(resolved('--optimizer', 'adam').learningRate).toBe(0.001)
    expect(resolved('--optimizer', 'adam', '--learning-rate', '0.5').learningRate).toBe(0.5)
  })

  it('begins with weights of a deviation, or by the rule of He or Xavier', () => {
    expect([resolved('--weight-init-std', '0.5').std, resolved('--weight-init-std', 'he').std]).toEqual([
      0.5,
      'he',
    ])
    expect(() => options('--weight-init-std', 'she')).toThrow('It must be a number from 0 up, he or xavier')
  })

  it.each([
    ['--hidden', '0'],
    ['--hidden', '1.5'],
    ['--batch-size', 'many'],
    ['--iterations', '-1'],
    ['--learning-rate', '0'],
    ['--optimizer', 'magic'],
    ['--dtype', 'int8'],
    ['--backend', 'gpu'],
  ])('refuses %s %s', (...line) => {
    expect(() => options(...line)).toThrow()
  })
})

describe('config.json', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gosa-config-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('gives back what was written', async () => {
    const config: SavedConfig = { ...resolved('--weight-init-std', 'he'), dataSha256: 'abc' }
    await writeConfig(folder, config)
    expect(await readConfig(folder)).toEqual(JSON.parse(JSON.stringify(config)))
  })

  it('is what makes a folder that of a run', async () => {
    await expect(readConfig(folder)).rejects.toThrow(`${folder} is not the folder of a run`)
  })

  it.each([
    ['{', /config\.json is no JSON/],
    ['null', /must hold an object of options/],
    ['{"data":5}', /data must be a string, not 5/],
    ['{"data":"digits"}', /is not the configuration of a run: layers is missing/],
    [
      JSON.stringify({ ...resolved(), seed: 'many', dataSha256: '' }),
      /seed must be a whole number, not "many"/,
    ],
  ])('is refused as %s', async (text, message) => {
    writeFileSync(join(folder, 'config.json'), text)
    await expect(readConfig(folder)).rejects.toThrow(message)
  })
})

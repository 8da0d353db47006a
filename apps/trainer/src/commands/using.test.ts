import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tensor, zeros } from '@gosa/linalg'
import { encodeModel } from '@gosa/networks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inProcess, jsonLines, SMALL, temporaryFolder } from '../command.testing.ts'

const folder = temporaryFolder()
const run = (...args: string[]) => inProcess(folder.path, args)
/** Few images, for tests in which they do not matter. */
const SMALL_RUN = ['--train-size', '20', '--test-size', '5']
const at = (...path: string[]) => join(folder.path, ...path)
beforeAll(async () => {
  const { code, stderr } = await run(...SMALL, '--out', 'first')
  if (code !== 0) throw new Error(`a run that other tests use failed: ${stderr}`)
})
afterAll(folder.remove)

describe('evaluate, predict and export', () => {
  it('evaluate prints accuracy, loss and the number of images', async () => {
    const { code, stdout } = await run(
      'evaluate',
      '--model',
      'first',
      '--train-size',
      '1',
      '--test-size',
      '50',
      '--json',
    )
    expect(code).toBe(0)
    expect(Object.keys(jsonLines(stdout)[0])).toEqual([
      ...['event', 'accuracy', 'loss', 'count', 'perClass', 'confusion'],
    ])
    expect(jsonLines(stdout)[0]).toMatchObject({ event: 'done', count: 50 })
    const people = await run(
      'evaluate',
      '--model',
      join('first', 'model.safetensors'),
      '--split',
      'train',
      ...SMALL_RUN,
    )
    expect(people.stdout).toMatch(/drawn by a program.*: 20 training images\naccuracy {3}0\.\d{4}\nloss/)
  })

  it("evaluate uses the run's own images for the folder of a run and for the model in it, and warns otherwise", async () => {
    cpSync(at('first'), at('kmnist'), { recursive: true })
    const config = JSON.parse(readFileSync(at('kmnist', 'config.json'), 'utf8'))
    writeFileSync(
      at('kmnist', 'config.json'),
      JSON.stringify({ ...config, data: 'kmnist', dataDir: at('none') }),
    )
    for (const model of ['kmnist', join('kmnist', 'model.safetensors')]) {
      const { code, stderr } = await run('evaluate', '--model', model)
      expect([code, stderr]).toEqual([1, expect.stringContaining('none')])
    }
    cpSync(at('first', 'model.safetensors'), at('loose.safetensors'))
    const loose = await run('evaluate', '--model', 'loose.safetensors', ...SMALL_RUN)
    expect(loose.stderr).toBe(
      'loose.safetensors does not say on which images it was trained: using those of --data digits\n',
    )
    const named = await run('evaluate', '--model', 'loose.safetensors', '--data', 'digits', ...SMALL_RUN)
    expect(named.stderr).toBe('')
  })

  it('predict without a picture says which image it took', async () => {
    const { stderr } = await run('predict', '--model', 'first', ...SMALL_RUN)
    expect(stderr).toBe('no picture given: using image 0 of generated digits\n')
    expect((await run('predict', '--model', 'first', '--index', '2', ...SMALL_RUN)).stderr).toBe('')
  })

  it('evaluate prints precision and recall of each class, and the confusion matrix', async () => {
    const { stdout } = await run('evaluate', '--model', 'first', '--test-size', '50')
    const { perClass, confusion } = jsonLines(
      (await run('evaluate', '--model', 'first', '--test-size', '50', '--json')).stdout,
    )[0] as { perClass: { count: number; recall: number }[]; confusion: number[][] }
    expect(perClass.reduce((sum, { count }) => sum + count, 0)).toBe(50)
    expect(confusion.flat().reduce((sum, count) => sum + count)).toBe(50)
    for (const [label, { count, recall }] of perClass.entries()) {
      expect(recall * count).toBeCloseTo(confusion[label][label], 10)
      expect(stdout).toMatch(new RegExp(`^ +${label} +${count} .* ${recall.toFixed(4)}$`, 'm'))
    }
    expect(stdout).toMatch(/^predicted( +\d){10}$/m)
    const quiet = await run('evaluate', '--model', 'first', '--test-size', '50', '--quiet')
    expect(quiet.stdout).toMatch(/^accuracy .*\nloss .*\n$/)
  })

  it('evaluate counts NaN logits as wrong, and tells classes above 255 apart', async () => {
    /** A linear classifier that gives every image the same logits. */
    const evaluated = async (name: string, logits: Float32Array) => {
      const params = {
        W1: zeros([784, logits.length], { dtype: 'float32' }),
        b1: tensor(logits, { shape: [logits.length] }),
      }
      writeFileSync(at(name), encodeModel({ params }))
      const { stdout } = await run('evaluate', '--model', name, '--test-size', '50', '--json')
      return jsonLines(stdout)[0] as { accuracy: number; confusion: number[][]; perClass: object[] }
    }
    const nan = await evaluated('nan', new Float32Array(10).fill(Number.NaN))
    expect(nan).toMatchObject({ accuracy: 0, perClass: { 0: { count: 6, precision: null, recall: 0 } } })
    expect(nan.confusion.flat()).toEqual(new Array(100).fill(0))
    // As a byte 260 would be 4, a class that the digits have.
    const many = await evaluated(
      'many',
      Float32Array.from({ length: 300 }, (_, i) => (i === 260 ? 1 : 0)),
    )
    expect(many.accuracy).toBe(0)
    expect(many.confusion[4]).toMatchObject({ 4: 0, 260: 2 })
  })

  it('evaluate finds the accuracy that train printed at its end', async () => {
    const trained = jsonLines((await run(...SMALL, '--json', '--out', 'agrees')).stdout).at(-1)
    const evaluated = await run(
      'evaluate',
      '--model',
      'agrees',
      '--train-size',
      '1',
      '--test-size',
      '50',
      '--json',
    )
    expect(jsonLines(evaluated.stdout)[0].accuracy).toBe(trained?.testAccuracy)
  })

  it('evaluate and predict use the images of the run whose folder is given, unless --data is', async () => {
    const images = at('mine')
    mkdirSync(images)
    for (const [part, count] of [
      ['train', 6],
      ['t10k', 3],
    ] as const) {
      const header = (...bytes: number[]) => Uint8Array.of(0, 0, 8, ...bytes)
      const pixels = header(3, 0, 0, 0, count, 0, 0, 0, 2, 0, 0, 0, 2, ...Array(count * 4).fill(7))
      const labels = header(1, 0, 0, 0, count, ...Array(count).fill(1))
      writeFileSync(join(images, `${part}-images-idx3-ubyte`), pixels)
      writeFileSync(join(images, `${part}-labels-idx1-ubyte`), labels)
    }
    const { code, stderr } = await run('--data', 'mine', '--iterations', '2', '--out', 'of-mine')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect((await run('evaluate', '--model', 'of-mine')).stdout).toMatch(/^images {5}.*mine: 3 test images/)
    expect((await run('predict', '--model', 'of-mine', '--quiet')).stdout).toMatch(
      /^image 0 of .*mine: predicted as/,
    )
    const others = await run('evaluate', '--model', 'of-mine', '--data', 'digits', ...SMALL_RUN)
    expect(others).toMatchObject({ code: 1, stdout: '' })
    const model = await run('evaluate', '--model', join('of-mine', 'model.safetensors'))
    expect(model.stdout).toMatch(/^images {5}.*mine: 3 test images/)
  })

  it('predict draws an image and prints the probability of each class', async () => {
    const { code, stdout } = await run('predict', '--model', 'first', '--index', '3', ...SMALL_RUN)
    expect(code).toBe(0)
    expect(stdout).toMatch(/@@/)
    expect(stdout.match(/^\d {2}0\.\d{4}/gm)).toHaveLength(10)
    expect(stdout).toMatch(/image 3 of generated digits: predicted as \d \(0\.\d{4}\); its label is \d\n$/)
    const json = jsonLines(
      (await run('predict', '--model', 'first', '--index', '3,4', ...SMALL_RUN, '--json')).stdout,
    )
    expect(json.map(({ index }) => index)).toEqual([3, 4])
    const sum = (json[0].probabilities as number[]).reduce((a, b) => a + b)
    expect(sum).toBeCloseTo(1, 5)
  })

  it('export writes a new file and never overwrites one', async () => {
    const args = ['export', '--model', 'first', '--out', 'weights.json']
    expect((await run(...args)).stdout).toBe('written    weights.json\n')
    expect(Object.keys(JSON.parse(readFileSync(at('weights.json'), 'utf8')))).toEqual([
      'W1',
      'b1',
      'W2',
      'b2',
    ])
    const again = await run(...args)
    expect(again).toMatchObject({
      code: 1,
      stderr: 'gosa-trainer: weights.json already exists and is not overwritten\n',
    })
  })

  it('evaluate rejects a file that is not a model in one line', async () => {
    writeFileSync(at('wrong'), Buffer.alloc(100))
    for (const name of ['wrong', 'nowhere']) {
      const { code, stdout, stderr } = await run('evaluate', '--model', name, ...SMALL_RUN)
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(new RegExp(`^gosa-trainer: ${name}.*\\n$`))
    }
  })
})

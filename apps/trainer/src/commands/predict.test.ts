import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rawSyntheticDigits } from '@gosa/datasets'
import { zeros } from '@gosa/linalg'
import { encodeModel } from '@gosa/networks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inProcess, jsonLines, temporaryFolder } from '../command.testing.ts'
import { type Drawn, encodePng } from '../files/png.testing.ts'

const folder = temporaryFolder()
const run = (...args: string[]) => inProcess(folder.path, args)
beforeAll(async () => {
  const sizes = ['--train-size', '2000', '--test-size', '10', '--iterations', '600', '--optimizer', 'adam']
  const { code, stderr } = await run(...sizes, '--learning-rate', '0.003', '--out', 'run')
  if (code !== 0) throw new Error(`the run that other tests use failed: ${stderr}`)
})
afterAll(folder.remove)

const { pixels, t: labels } = rawSyntheticDigits({ count: 40, seed: 9 })

/** A large picture of a generated digit, not centred: dark on white, or as `drawn` says. */
function picture(n: number, { invert = true, ...drawn }: { invert?: boolean } & Partial<Drawn> = {}): Buffer {
  const grey = (x: number, y: number) => {
    const [column, row] = [Math.floor((x - 40) / 5), Math.floor((y - 10) / 5)]
    const inside = column >= 0 && column < 28 && row >= 0 && row < 28
    const ink = inside ? pixels[n * 784 + row * 28 + column] : 0
    return invert ? 255 - ink : ink
  }
  return encodePng({ width: 200, height: 160, pixel: (x, y) => [grey(x, y)], ...drawn })
}

const write = (name: string, bytes: Buffer) => {
  writeFileSync(join(folder.path, name), bytes)
  return name
}

describe('predict of PNG files', () => {
  it('reads digits of any size and place, dark on light, light on dark, interlaced', async () => {
    const files = Array.from(labels, (_, n) =>
      write(`${n}.png`, picture(n, { invert: n % 2 === 0, interlaced: n % 3 === 0 })),
    )
    const { stdout, stderr } = await run('predict', '--model', 'run', ...files, '--json')
    expect(stderr).toBe('')
    const predictions = jsonLines(stdout)
    expect(predictions.map(({ file }) => file)).toEqual(files)
    expect(Object.keys(predictions[0])).toEqual(['event', 'file', 'class', 'probabilities'])
    const right = predictions.filter((one, n) => one.class === labels[n]).length
    // Not all: it has learnt from 2000 images only.
    expect(right).toBeGreaterThan(30)
  })

  it('predicts the same whatever the colours are', async () => {
    const grey = write('grey.png', picture(3))
    const blue = write(
      'blue.png',
      encodePng({
        ...{ width: 28, height: 28, kind: 'rgba' },
        pixel: (x, y) => [0, 0, 120, pixels[3 * 784 + y * 28 + x]],
      }),
    )
    const { stdout } = await run('predict', '--model', 'run', grey, blue, '--json')
    const [one, other] = jsonLines(stdout) as { probabilities: number[] }[]
    for (const [i, p] of one.probabilities.entries()) expect(p).toBeCloseTo(other.probabilities[i], 1)
  })

  it('draws the digit as the model receives it, with a bar for each class', async () => {
    const file = write('digit.png', picture(0))
    const { code, stdout } = await run('predict', '--model', 'run', file)
    expect(code).toBe(0)
    expect(stdout).toMatch(/@@/)
    expect(stdout.match(/^\d {2}[01]\.\d{4}/gm)).toHaveLength(10)
    expect(stdout).toMatch(/\ndigit\.png: predicted as \d \([01]\.\d{4}\)\n$/)
    const quiet = await run('predict', '--model', 'run', file, '--quiet')
    expect(quiet.stdout).toMatch(/^digit\.png: predicted as \d \([01]\.\d{4}\)\n$/)
  })

  it.each([
    ['gone.png', undefined, 'gone.png: the file does not exist'],
    ['text.png', Buffer.from('hello'), 'text.png is not a PNG file: its signature is wrong'],
    ['cut.png', picture(0).subarray(0, 300), 'cut.png is truncated'],
    [
      'blank.png',
      encodePng({ width: 9, height: 9, pixel: () => [255] }),
      'blank.png is blank: all of its pixels are alike',
    ],
    ['.', undefined, '. is a folder, not a file'],
  ])('rejects %s in one line, and shows nothing of the others', async (name, bytes, message) => {
    if (bytes) write(name, bytes)
    const whole = write('whole.png', picture(1))
    const ended = await run('predict', '--model', 'run', whole, name)
    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: `gosa-trainer: ${message}\n` })
  })

  it('rejects files together with options that select images of a data set', async () => {
    const file = write('both.png', picture(1))
    for (const option of [
      ['--index', '3'],
      ['--test-size', '5'],
      ['--split', 'test'],
    ]) {
      const { code, stderr } = await run('predict', '--model', 'run', file, ...option)
      expect(code).toBe(2)
      expect(stderr).toContain(`${option[0]} selects images of a data set, but both.png is a picture`)
    }
  })

  it('rejects a model for other images', async () => {
    const weights = { W1: zeros([4, 2]), b1: zeros([2]) }
    write('small', Buffer.from(encodeModel({ params: weights, activation: 'relu' })))
    const { code, stderr } = await run('predict', '--model', 'small', write('fits.png', picture(1)))
    expect(code).toBe(1)
    expect(stderr).toBe(
      'gosa-trainer: small takes images of 4 pixels, but digits of PNG files become 28 × 28\n',
    )
  })
})

import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { OPTIMIZERS } from '@gosa/training'
import { afterAll, describe, expect, it } from 'vitest'
import { inProcess, jsonLines, SMALL, temporaryFolder } from '../command.testing.ts'

const folder = temporaryFolder()
afterAll(folder.remove)
const run = (...args: string[]) => inProcess(folder.path, args)
const at = (...path: string[]) => join(folder.path, ...path)

const SMALL_RUN = ['--train-size', '60', '--test-size', '10', '--hidden', '5', '--batch-size', '9', '--json']
const ALL = [
  ...['--sampling', 'epochs', '--validation', '0.2', '--patience', '2', '--weight-decay', '0.01'],
  ...['--clip-norm', '1', '--warm-up', '3', '--checkpoint-every', '4'],
]
/** All files of a run, and when they were written. */
const contentOf = (name: string) =>
  readdirSync(at(name), { recursive: true, encoding: 'utf8' }).map((file) => {
    const { mtimeMs, size } = statSync(at(name, file))
    return { file, mtimeMs, size }
  })

const last = ({ stdout }: { stdout: string }) => {
  const { seconds, samplesPerSecond, ...numbers } = jsonLines(stdout).at(-1) ?? {}
  return numbers
}

describe('a resumed run', () => {
  it.each(OPTIMIZERS)(
    'with %s and all options ends with the same results as an uninterrupted one',
    async (optimizer) => {
      const line = [...SMALL_RUN, ...ALL, '--optimizer', optimizer, '--schedule', 'step', '--step-every', '5']
      const whole = await run(...line, '--iterations', '23', '--no-out')
      await run(...line, '--iterations', '10', '--out', optimizer)
      const resumed = await run('--resume', optimizer, '--iterations', '23', '--json')
      expect(resumed.stderr).toBe('')
      expect(last(resumed)).toEqual(last(whole))
      expect(last(whole)).toMatchObject({ event: 'done', bestIteration: expect.any(Number) })
    },
  )

  it('that was extended stays extended', async () => {
    await run(...SMALL_RUN, '--iterations', '6', '--out', 'longer')
    const longer = await run('--resume', 'longer', '--iterations', '9', '--json')
    const again = await run('--resume', 'longer', '--json')
    expect(last(again)).toEqual(last(longer))
    expect(last(again)).toMatchObject({ iterations: 9 })
  })

  it('that has ended says so, prints its result again and writes nothing', async () => {
    const whole = await run(...SMALL_RUN, '--iterations', '6', '--out', 'ended')
    const before = contentOf('ended')
    const again = await run('--resume', 'ended', '--json')
    expect(again).toMatchObject({
      code: 0,
      stderr: 'the run of ended has ended already, and nothing is written; --iterations extends it\n',
    })
    expect(last(again)).toEqual(last(whole))
    expect(contentOf('ended')).toEqual(before)
    const longer = await run('--resume', 'ended', '--iterations', '7', '--json')
    expect(longer.stderr).toBe('')
    expect(contentOf('ended')).not.toEqual(before)
  })

  it('that was killed before its model or its report was written writes them', async () => {
    await run(...SMALL_RUN, '--iterations', '6', '--out', 'cut')
    const model = readFileSync(at('cut', 'model.safetensors'))
    for (const file of ['model.safetensors', 'report.html']) {
      rmSync(at('cut', file))
      expect((await run('--resume', 'cut', '--json')).stderr).toBe('')
    }
    expect(readFileSync(at('cut', 'model.safetensors'))).toEqual(model)
  })

  it('keeps the cosine that it started with', async () => {
    const cosine = [...SMALL_RUN, '--schedule', 'cosine', '--cosine-floor', '0.1', '--warm-up', '2']
    await run(...cosine, '--iterations', '8', '--out', 'cosine')
    const longer = await run('--resume', 'cosine', '--iterations', '12', '--json')
    const whole = await run(...cosine, '--iterations', '12', '--cosine-steps', '6', '--no-out')
    expect(last(longer)).toEqual(last(whole))
    const again = await run('--resume', 'cosine', '--json')
    expect(last(again)).toEqual(last(whole))
  })

  it('cannot be extended if its learning rate has reached 0', async () => {
    await run(...SMALL_RUN, '--schedule', 'cosine', '--iterations', '8', '--out', 'zero')
    const { code, stderr } = await run('--resume', 'zero', '--iterations', '9')
    expect(code).toBe(2)
    expect(stderr).toMatch(/the learning rate of the run of zero reaches 0 after 8 iterations/)
  })
})

describe('the images of a run', () => {
  const idx = (shape: number[], bytes: Uint8Array) =>
    Uint8Array.from([0, 0, 8, shape.length, ...shape.flatMap((size) => [0, 0, 0, size]), ...bytes])

  /** A folder of IDX files with 12 images of 2 × 2 pixels, of which one pixel may differ. */
  function imageFolder(name: string, pixel = 0): string {
    mkdirSync(at(name))
    const pixels = Uint8Array.from({ length: 48 }, (_, i) => (i % 4 === 0 ? 0 : i))
    pixels[8] = pixel
    for (const split of ['train', 't10k']) {
      writeFileSync(at(name, `${split}-images-idx3-ubyte`), idx([12, 2, 2], pixels))
      writeFileSync(
        at(name, `${split}-labels-idx1-ubyte`),
        idx([12], pixels.map((_, i) => i % 2).subarray(0, 12)),
      )
    }
    return name
  }
  const line = ['--hidden', '3', '--batch-size', '4', '--iterations', '6', '--json']

  it('may move: --data-dir says where they are', async () => {
    const data = imageFolder('mine')
    const whole = await run('--data', data, ...line, '--out', 'moved')
    renameSync(at(data), at('elsewhere'))
    const lost = await run('--resume', 'moved', '--json')
    expect(lost.code).toBe(1)
    expect(lost.stderr).toMatch(
      /the images of the run are no longer in .*mine: say with --data-dir where they are\n$/,
    )
    const found = await run('--resume', 'moved', '--data-dir', 'elsewhere', '--json')
    expect(last(found)).toEqual(last(whole))
    const evaluated = await run('evaluate', '--model', 'moved', '--data-dir', 'elsewhere', '--json')
    expect(jsonLines(evaluated.stdout).at(-1)).toMatchObject({ count: 12 })
    const none = await run('--resume', 'moved', '--data-dir', 'nowhere')
    expect(none.stderr).toBe('gosa-trainer: --data-dir nowhere: there is no such folder\n')
  })

  it('must be the same, pixel for pixel', async () => {
    const data = imageFolder('pixels')
    await run('--data', data, ...line, '--out', 'same')
    imageFolder('other-pixels', 1)
    const { code, stderr } = await run('--resume', 'same', '--data-dir', 'other-pixels')
    expect([code, stderr]).toEqual([
      1,
      'gosa-trainer: the run of same started with other images than other-pixels holds now\n',
    ])
  })
})

describe('a checkpoint of another run', () => {
  it('is named and left out', async () => {
    const whole = await run(...SMALL_RUN, '--iterations', '8', '--checkpoint-every', '4', '--out', 'mine')
    await run(...SMALL_RUN, '--hidden', '6', '--iterations', '8', '--out', 'theirs')
    copyFileSync(at('theirs', 'checkpoint', '8.safetensors'), at('mine', 'checkpoint', '8.safetensors'))
    const { stdout, stderr } = await run('--resume', 'mine', '--json')
    expect(stderr).toMatch(
      /^mine.checkpoint.8\.safetensors is not of this run \(layers of 784-6-10, not 784-5-10\)/,
    )
    expect(last({ stdout })).toEqual(last(whole))
  })
})

describe('a damaged checkpoint', () => {
  it('is named, and the one before it is used', async () => {
    const whole = await run(...SMALL_RUN, '--iterations', '12', '--checkpoint-every', '5', '--out', 'damaged')
    const newest = at('damaged', 'checkpoint', '12.safetensors')
    truncateSync(newest, 1000)
    const { code, stdout, stderr } = await run('--resume', 'damaged', '--json')
    expect(code).toBe(0)
    expect(stderr).toMatch(/^damaged.checkpoint.12\.safetensors is damaged \(.+\) and skipped\n$/)
    expect(last({ stdout })).toEqual(last(whole))
    expect(
      jsonLines(readFileSync(at('damaged', 'metrics.jsonl'), 'utf8')).map((line) => line.iteration),
    ).toEqual([7, 12])
  })

  it('makes the run start again if there is no other', async () => {
    const whole = await run(...SMALL_RUN, '--iterations', '12', '--out', 'ruined')
    for (const name of readdirSync(at('ruined', 'checkpoint'))) {
      const file = at('ruined', 'checkpoint', name)
      const bytes = readFileSync(file)
      bytes[bytes.length - 1] ^= 1
      writeFileSync(file, bytes)
    }
    const { stdout, stderr } = await run('--resume', 'ruined', '--json')
    expect(stderr).toMatch(/its checksum does not match its content/)
    expect(stderr).toMatch(/no checkpoint is left that can be used: the run starts again from its seed\n$/)
    expect(last({ stdout })).toEqual(last(whole))
  })
})

describe('the folder of a run that was killed before its configuration was complete', () => {
  it('is accepted as a new one', async () => {
    await run(...SMALL_RUN, '--iterations', '1', '--out', 'again')
    const config = readFileSync(at('again', 'config.json'))
    const { path } = temporaryFolder()
    writeFileSync(join(path, '.config.json.abc.unfinished'), config.subarray(0, 20))
    expect(await run(...SMALL_RUN, '--iterations', '1', '--out', path)).toMatchObject({ code: 0, stderr: '' })
    expect(readdirSync(path)).toContain('config.json')
    expect(readdirSync(path).filter((name) => name.endsWith('.unfinished'))).toEqual([])
  })
})

describe('a run with --patience', () => {
  const patient = ['--train-size', '60', '--test-size', '10', '--hidden', '20', '--batch-size', '9']
  const line = [
    ...patient,
    '--validation',
    '0.2',
    '--patience',
    '2',
    '--learning-rate',
    '2',
    '--weight-init-std',
    'he',
  ]

  it('saves the best weights as its model, and says so', async () => {
    const { code, stdout } = await run(...line, '--iterations', '2000', '--out', 'best')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^length {5}2,000 iterations, or until 2 epochs bring no improvement, seed 0$/m)
    expect(stdout).toMatch(/^stopped {4}after \d+ of 2,000 iterations: no improvement for 2 epochs$/m)
    const [, saved] = /^best {7}after (\d+) iterations, by validation loss; /m.exec(stdout) ?? []
    const metrics = jsonLines(readFileSync(at('best', 'metrics.jsonl'), 'utf8'))
    const best = metrics.map((epoch) => epoch.best).lastIndexOf(true)
    expect(metrics[best].iteration).toBe(Number(saved))
    expect(metrics).toHaveLength(best + 1 + 2)
    const model = readFileSync(at('best', 'model.safetensors'))
    expect(model.includes(`"iteration":"${saved}"`)).toBe(true)
    const evaluated = await run(
      'evaluate',
      '--model',
      'best',
      '--train-size',
      '1',
      '--test-size',
      '10',
      '--json',
    )
    const { accuracy, loss } = jsonLines(evaluated.stdout).at(-1) ?? {}
    expect(accuracy).toBe(metrics[best].testAccuracy)
    expect(loss).toBeCloseTo(metrics[best].testLoss as number, 6)
  })

  it('has ended once it has stopped early, and prints the same again', async () => {
    const whole = await run(...line, '--iterations', '2000', '--out', 'early', '--json')
    const again = await run('--resume', 'early', '--json')
    expect(last(again)).toEqual(last(whole))
    expect(last(again)).toMatchObject({ stoppedEarly: true })
    const longer = await run('--resume', 'early', '--iterations', '3000', '--json')
    expect(last(longer)).toEqual(last(whole))
  })

  it('reports them as JSON, with the hash of the weights that are saved', async () => {
    const { stdout } = await run(...line, '--iterations', '2000', '--no-out', '--json')
    const lines = jsonLines(stdout)
    const { bestIteration, stoppedEarly, iterations, weightsSha256, ...done } = lines.at(-1) ?? {}
    const best = lines.find(({ iteration }) => iteration === bestIteration)
    expect(stoppedEarly).toBe(true)
    expect(best).toMatchObject({
      ...{ best: true, testAccuracy: done.testAccuracy, validationLoss: done.validationLoss },
    })
    const there = await run(...line, '--iterations', String(bestIteration), '--no-out', '--json')
    expect(jsonLines(there.stdout).at(-1)?.weightsSha256).toBe(weightsSha256)
  })
})

describe('training that diverges', () => {
  it('says in which step and in which layer', async () => {
    const line = [...SMALL.slice(0, -1), '500', '--learning-rate', '1e20']
    const { code, stderr } = await run(...line, '--out', 'diverged')
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /^gosa-trainer: training failed (in|after) step \d+: the (test )?loss became NaN or infinite, (in [Wb]\d of layer Affine\d|first in the output of layer Affine\d), with learning rate 1\d+; try a smaller one, such as --learning-rate 0\.1; the weights after \d+ iterations are saved in diverged/,
    )
    const json = await run(...line, '--json', '--no-out')
    expect(jsonLines(json.stdout).at(-1)).toMatchObject({
      event: 'diverged',
      where: expect.stringMatching(/layer Affine/),
    })
  })
})

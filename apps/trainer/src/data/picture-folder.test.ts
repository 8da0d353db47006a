import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { inProcess, jsonLines, temporaryFolder } from '../command.testing.ts'
import { type Drawn, encodePng } from '../files/png.testing.ts'
import { loadImages } from './load-images.ts'

const folder = temporaryFolder()
afterAll(folder.remove)

let number = 0
let root = ''
beforeEach(() => {
  root = join(folder.path, `pictures-${number++}`)
  mkdirSync(root)
})

/** Writes a picture of 3 × 2 pixels in one grey, or as `drawn` says. */
function write(path: string, grey = 0, drawn: Partial<Drawn> = {}): void {
  const file = join(root, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, encodePng({ width: 3, height: 2, pixel: () => [grey], ...drawn }))
}

/** Writes ten pictures for each class, of which each has its own grey. */
function writeClasses(parent: string, ...names: string[]): void {
  for (const [label, name] of names.entries()) {
    for (let i = 0; i < 10; i++) write(join(parent, name, `${i}.png`), 100 * label + i)
  }
}

const load = (options: { trainSize?: number; testSize?: number } = {}) =>
  loadImages({ data: root, ...options }, { env: {} })

/** The first pixels and the labels of samples, sorted. */
const greysOf = ({ x, t }: Awaited<ReturnType<typeof load>>['train']) =>
  Array.from(t, (label, i) => [label, Math.round(255 * x.at(i, 0))]).sort((a, b) => a[1] - b[1])

describe('a folder of pictures, one subfolder per class', () => {
  it('is a data set whose classes are in the order of their names, a fifth of each for testing', async () => {
    writeClasses('.', 'ant', 'bee')
    write('.hidden/x.png')
    const { train, test, classes, height, width, generated } = await load()
    expect({ classes, height, width, generated }).toEqual({
      classes: 2,
      height: 2,
      width: 3,
      generated: false,
    })
    expect([train.x.shape, test.x.shape]).toEqual([
      [16, 6],
      [4, 6],
    ])
    expect([...test.t].sort()).toEqual([0, 0, 1, 1])
    const all = [...greysOf(train), ...greysOf(test)].sort((a, b) => a[1] - b[1])
    expect(all).toEqual(Array.from({ length: 20 }, (_, i) => (i < 10 ? [0, i] : [1, 90 + i])))
  })

  it('is split in the same way each time, and mixed', async () => {
    writeClasses('.', 'ant', 'bee')
    const [one, other] = [await load(), await load()]
    expect(one.train.t).toEqual(other.train.t)
    expect(greysOf(one.test)).toEqual(greysOf(other.test))
    expect([...one.train.t].join('')).not.toMatch(/^0+1+$/)
    const few = await load({ trainSize: 5, testSize: 2 })
    expect([few.train.t, few.test.t]).toEqual([one.train.t.subarray(0, 5), one.test.t.subarray(0, 2)])
  })

  it('may have subfolders train and test instead', async () => {
    writeClasses('train', 'ant', 'bee')
    write('test/bee/1.PNG', 7)
    const { train, test, classes } = await load()
    expect([classes, train.t.length, greysOf(test)]).toEqual([2, 20, [[1, 7]]])
  })

  it('reads colours as their luminance, transparency as black', async () => {
    writeClasses('.', 'ant', 'bee')
    write('cat/1.png', 0, { kind: 'rgb', pixel: () => [255, 0, 0] })
    write('cat/2.png', 0, { kind: 'rgba', pixel: () => [255, 255, 255, 0] })
    const { train, test } = await load()
    const cats = [...greysOf(train), ...greysOf(test)].filter(([label]) => label === 2)
    expect(cats.map(([, grey]) => grey).sort((a, b) => a - b)).toEqual([0, 76])
  })

  it('is trained with, resumed and evaluated by its path', async () => {
    writeClasses('.', 'ant', 'bee')
    const run = (...args: string[]) => inProcess(folder.path, args)
    const line = ['--data', root, '--hidden', '4', '--batch-size', '4', '--iterations', '9', '--json']
    expect(await run(...line, '--out', 'of-pictures')).toMatchObject({ code: 0, stderr: '' })
    expect((await run('--resume', 'of-pictures', '--iterations', '12', '--json')).code).toBe(0)
    const { stdout } = await run('evaluate', '--model', 'of-pictures', '--json')
    expect(jsonLines(stdout)[0]).toMatchObject({ count: 4 })
  })

  it.each<[string, () => void, RegExp]>([
    [
      'a picture of another size',
      () => write('bee/x.png', 0, { width: 4 }),
      /x\.png has 4 × 2 pixels, but .* 3 × 2/,
    ],
    ['a damaged picture', () => writeFileSync(join(root, 'ant', '5.png'), 'no'), /5\.png is not a PNG file/],
    ['a class with one picture', () => write('cat/1.png'), /cat has 1 pictures; a class needs/],
    ['a class without pictures', () => mkdirSync(join(root, 'cat')), /cat has 0 pictures/],
    [
      'too many classes',
      () => {
        for (let i = 0; i < 300; i++) mkdirSync(join(root, `c${i}`))
      },
      /has 302 classes, a subfolder each; at most 256/,
    ],
  ])('names what is wrong: %s', async (_what, plant, message) => {
    writeClasses('.', 'ant', 'bee')
    plant()
    await expect(load()).rejects.toThrow(message)
  })

  it('names a class of test that train does not have, one class alone, and sizes that are too large', async () => {
    writeClasses('train', 'ant', 'bee')
    write('test/wasp/1.png')
    await expect(load()).rejects.toThrow(/wasp is a class that .*train does not have/)
    root = join(folder.path, 'alone')
    mkdirSync(root)
    writeClasses('.', 'ant')
    await expect(load()).rejects.toThrow('has 1 subfolders with pictures; two classes are needed')
    writeClasses('.', 'ant', 'bee')
    await expect(load({ trainSize: 17 })).rejects.toThrow('--train-size 17: there are 16 images')
  })
})

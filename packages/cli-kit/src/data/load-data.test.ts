import { appendFileSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { syntheticDigits } from '@gosa/datasets'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { idx, writeIdxFolder } from './idx.testing.ts'
import { datasetLabel, loadData } from './load-data.ts'
import { dataLocation } from './named-sets.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gosa-data-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const load = (options: Parameters<typeof loadData>[0]) => loadData(options, { env: {} })

describe('loadData with digits', () => {
  it('generates the requested number of images, the same ones each time', async () => {
    const data = await load({ data: 'digits', trainSize: 20, testSize: 10 })
    expect(data).toMatchObject({
      name: 'generated digits',
      generated: true,
      classes: 10,
      height: 28,
      width: 28,
    })
    expect([data.train.x.shape, data.test.x.shape]).toEqual([
      [20, 784],
      [10, 784],
    ])
    const again = await load({ data: 'digits', trainSize: 20, testSize: 10 })
    expect(again.train.x.data).toEqual(data.train.x.data)
  })

  it('draws the images of syntheticDigits in chunks, and reports its progress', async () => {
    const messages: string[] = []
    const data = await loadData(
      { data: 'digits', trainSize: 1200, testSize: 1 },
      { env: {}, progress: (text) => messages.push(text) },
    )
    const { x, t } = syntheticDigits({ count: 1200, seed: 1 })
    expect(data.train.t).toEqual(t)
    expect(data.train.x.data).toEqual(x.data)
    expect(messages.slice(0, 2)).toEqual(['drawing digits: 0 % of 1200', 'drawing digits: 83 % of 1200'])
  })

  it('stops drawing when it is aborted', async () => {
    const signal = AbortSignal.abort('enough')
    await expect(loadData({ data: 'digits' }, { env: {}, signal })).rejects.toBe('enough')
  })

  it('draws other images for testing than for training', async () => {
    const { train, test } = await load({ data: 'digits', trainSize: 20, testSize: 20 })
    expect(train.x.row(0).data).not.toEqual(test.x.row(0).data)
  })
})

describe('loadData with a folder', () => {
  it('reads images of any size and number of classes', async () => {
    writeIdxFolder(folder)
    const data = await load({ data: folder })
    expect(data).toMatchObject({ name: folder, generated: false, classes: 3, height: 4, width: 3 })
    expect(data.train.x.shape).toEqual([6, 12])
    expect(data.train.x.at(0, 1)).toBe(Math.fround(37 / 255))
    expect([...data.test.t]).toEqual([0, 1, 2])
  })

  it('reads only the first images, if there are that many', async () => {
    writeIdxFolder(folder)
    const data = await load({ data: folder, trainSize: 2, testSize: 1 })
    expect([data.train.x.shape, data.test.t.length]).toEqual([[2, 12], 1])
    await expect(load({ data: folder, trainSize: 7 })).rejects.toThrow('--train-size 7: there are 6 images')
  })

  it('rejects with a usage error if the folder does not exist', async () => {
    await expect(load({ data: 'mnits' })).rejects.toMatchObject({
      message: expect.stringMatching(
        /^there is no data set or folder mnits: use digits, mnist, .*, or a folder with four IDX files$/,
      ),
      exitCode: 2,
    })
  })

  it.each([
    ['missing', (file: string) => rmSync(file), /neither train-images-idx3-ubyte nor/],
    ['truncated', (file: string) => truncateSync(file, 50), /train-images-idx3-ubyte/],
    ['too long', (file: string) => appendFileSync(file, 'x'), /train-images-idx3-ubyte/],
    [
      'of another number of images',
      (file: string) => writeFileSync(file, idx([1, 4, 3], Array(12).fill(0))),
      /6 labels/,
    ],
  ])('names a file that is %s', async (_what, damage, message) => {
    writeIdxFolder(folder)
    damage(join(folder, 'train-images-idx3-ubyte'))
    await expect(load({ data: folder })).rejects.toMatchObject({
      message: expect.stringMatching(message),
      exitCode: 1,
    })
  })
})

describe('loadData with mnist', () => {
  it('says how to give the folder if the files are missing', async () => {
    await expect(load({ data: 'mnist', dataDir: folder })).rejects.toMatchObject({
      message: expect.stringMatching(/--data-dir or GOSA_DATA_DIR, or use --data digits/),
      exitCode: 1,
    })
  })

  it('rejects images that are not MNIST', async () => {
    writeIdxFolder(folder)
    await expect(load({ data: 'mnist', dataDir: folder })).rejects.toMatchObject({ exitCode: 1 })
  })
})

describe('datasetLabel', () => {
  it('is the name of the data set, with its note if there is one', () => {
    expect(datasetLabel({ name: 'MNIST' })).toBe('MNIST')
    expect(datasetLabel({ name: 'generated digits', note: 'drawn by a program' })).toBe(
      'generated digits (drawn by a program)',
    )
  })
})

describe('dataLocation', () => {
  it('is --data-dir, then GOSA_DATA_DIR, or a subfolder of the name of the set, then the cache', () => {
    expect(dataLocation('mnist', 'given', { GOSA_DATA_DIR: 'set' })).toEqual({ dir: 'given' })
    expect(dataLocation('mnist', undefined, { GOSA_DATA_DIR: 'set' })).toEqual({ dir: 'set' })
    mkdirSync(join(folder, 'mnist'))
    expect(dataLocation('mnist', folder, {})).toEqual({ dir: join(folder, 'mnist') })
    expect(dataLocation('kmnist', folder, {})).toEqual({ dir: folder })
    const { cacheDir } = dataLocation('mnist', undefined, { XDG_CACHE_HOME: folder, LOCALAPPDATA: folder })
    expect(cacheDir).toContain('gosa')
  })
})

describe('loadData with other named sets', () => {
  it.each(['fashion-mnist', 'kmnist', 'qmnist', 'emnist-balanced', 'emnist-digits', 'emnist-letters'])(
    'reads %s from a folder',
    async (data) => {
      const loading = load({ data, dataDir: folder })
      await expect(loading).rejects.toMatchObject({ message: expect.stringContaining(folder), exitCode: 1 })
    },
  )

  it('looks for EMNIST, which is not downloaded, in the cache as well', async () => {
    const env = { XDG_CACHE_HOME: folder, LOCALAPPDATA: folder, HOME: folder }
    await expect(loadData({ data: 'emnist-letters' }, { env })).rejects.toMatchObject({ exitCode: 1 })
  })

  it('says why a download failed, and what to do', async () => {
    const env = { XDG_CACHE_HOME: folder, LOCALAPPDATA: folder, HOME: folder }
    const fetched = vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('no', { status: 403 }))
    await expect(loadData({ data: 'kmnist' }, { env })).rejects.toMatchObject({
      message: expect.stringMatching(/could not be downloaded.*or use --data digits, which needs none/),
      exitCode: 1,
    })
    expect(fetched).toHaveBeenCalled()
    fetched.mockRestore()
  })
})

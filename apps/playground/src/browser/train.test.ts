import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { decodeSafetensors } from '@gosa/formats'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { browserTest } from '../../../../vitest.chromium.ts'
import { untilDone, visit } from './open.testing.ts'

const TRAINER = fileURLToPath(new URL('../../../trainer/dist/main.js', import.meta.url))
const SMALL = '#train?trainSize=1000&hidden=12&iterations=120&optimizer=momentum&seed=7'

/** The bytes of an IDX file of uint8. */
const idx = (shape: number[], elements: ArrayLike<number>) =>
  Uint8Array.from([
    0,
    0,
    8,
    shape.length,
    ...shape.flatMap((n) => [0, 0, n >> 8, n & 255]),
    ...Array.from(elements),
  ])

/** Four small files in MNIST's format: each class is a bar at its own height. */
function imageFiles(): Record<string, Uint8Array> {
  const split = (count: number) => {
    const labels = Array.from({ length: count }, (_, n) => n % 10)
    const pixels = labels.flatMap((label) =>
      Array.from({ length: 784 }, (_, i) => (Math.floor(i / 56) === label + 2 ? 255 : 0)),
    )
    return { images: idx([count, 28, 28], pixels), labels: idx([count], labels) }
  }
  const [train, test] = [split(200), split(50)]
  return {
    'train-images-idx3-ubyte.gz': gzipSync(train.images),
    'train-labels-idx1-ubyte': train.labels,
    't10k-images-idx3-ubyte.gz': gzipSync(test.images),
    't10k-labels-idx1-ubyte': test.labels,
  }
}
const upload = (name: string, bytes: Uint8Array) => ({ name, mimeType: '', buffer: Buffer.from(bytes) })

/** Drops a file onto the page, as from another window. */
async function drop(page: Page, name: string, bytes: number[]): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([Uint8Array.from(content)], fileName))
      return transfer
    },
    [name, bytes] as const,
  )
  await page.dispatchEvent('body', 'drop', { dataTransfer })
}

describe('page Train', () => {
  browserTest('reaches an accuracy of 0.9 on generated digits, in a worker', () =>
    visit(
      async (page) => {
        await page.click('[data-do=train]')
        await untilDone(page)
        expect(page.workers().map((worker) => worker.url())).toContainEqual(
          expect.stringMatching(/train\.worker/),
        )
        const accuracy = await page.textContent('.figures dd')
        expect(Number.parseFloat(accuracy ?? '')).toBeGreaterThanOrEqual(90)
        expect(await page.locator('.confusion tbody td').count()).toBe(100)
        expect(await page.locator('.mistakes canvas').count()).toBe(12)
        expect(await page.locator('.weights canvas').getAttribute('aria-label')).toMatch(/50 hidden units/)
        const charts = await page.locator('.chart svg[role=img]').all()
        expect(charts).toHaveLength(2)
        for (const chart of charts) {
          expect(await chart.getAttribute('aria-label')).toMatch(/after 5,000 steps/)
        }
      },
      { hash: '#train' },
    ),
  )

  browserTest('comes to the weights of the command that it shows, bit for bit', () =>
    visit(
      async (page) => {
        await page.click('[data-do=train]')
        await untilDone(page)
        const hash = await page.textContent('.hash')
        const command = (await page.textContent('.command')) ?? ''
        expect(command).toMatch(/^npm start -- .* --iterations 120$/)
        const words = command.replace('npm start -- ', '').split(' ')
        const { stdout } = await promisify(execFile)(process.execPath, [
          TRAINER,
          'train',
          ...words,
          '--no-out',
          '--json',
        ])
        const done = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
        expect(hash).toBe(done.weightsSha256)
        expect(await page.textContent('.figures dd')).toBe(`${(100 * done.testAccuracy).toFixed(1)}%`)
      },
      { hash: SMALL },
    ),
  )

  browserTest('can be paused, stepped, resumed and reset', () =>
    visit(
      async (page) => {
        const status = page.locator('.status')
        await page.click('[data-do=step]')
        await page.waitForSelector('.status:has-text("step 1 of")')
        await page.click('[data-do=train]')
        await page.waitForSelector('[data-do=train]:has-text("Pause")')
        await page.click('[data-do=train]')
        await page.waitForSelector('.status:has-text("Paused")')
        const paused = await status.textContent()
        await page.click('[data-do=step]')
        await page.waitForFunction(
          (before) => document.querySelector('.status')?.textContent !== before,
          paused,
        )
        await page.click('[data-do=reset]')
        await page.waitForSelector('.status:has-text("not trained")')
        expect(await page.textContent('[data-do=train]')).toBe('Train')
      },
      { hash: '#train?trainSize=1000&iterations=1000000' },
    ),
  )

  browserTest('downloads and loads a model file, and keeps the network if a file is invalid', () =>
    visit(
      async (page) => {
        await page.click('[data-do=train]')
        await untilDone(page)
        const hash = await page.textContent('.hash')
        const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-do=save]')])
        const bytes = await readFile(await download.path())
        expect(decodeSafetensors(bytes).metadata).toMatchObject({ layers: '784,12,10', iteration: '120' })
        await page.setInputFiles('#model-file', upload('broken.safetensors', bytes.subarray(0, 1000)))
        await page.waitForSelector('.failure:has-text("broken.safetensors")')
        await drop(page, 'dropped.safetensors', [1, 2, 3])
        await page.waitForSelector('.failure:has-text("dropped.safetensors")')
        expect(await page.textContent('.failure')).toMatch(
          /cannot use this file as a model; the present network is kept/,
        )
        expect(await page.textContent('.hash')).toBe(hash)
        await page.click('[data-do=reset]')
        await page.waitForFunction((before) => document.querySelector('.hash')?.textContent !== before, hash)
        await page.setInputFiles('#model-file', upload('model.safetensors', bytes))
        await page.waitForSelector('.status:has-text("loaded from model.safetensors")')
        // The hash is shown once the network has been evaluated.
        await page.waitForFunction((before) => document.querySelector('.hash')?.textContent === before, hash)
        expect(await page.locator('.failure > *').count()).toBe(0)
      },
      { hash: SMALL },
    ),
  )

  browserTest('trains on dropped files, one by one or together, and reports invalid ones', () =>
    visit(
      async (page) => {
        const all = Object.entries(imageFiles()).map(([name, bytes]) => upload(name, bytes))
        await page.setInputFiles('#image-files', all.slice(0, 1))
        await page.waitForSelector('.failure:has-text("still missing")')
        expect(await page.textContent('.failure')).toMatch(/train-labels-idx1-ubyte, t10k-images/)
        await page.setInputFiles('#image-files', all.slice(1))
        await page.waitForSelector('.note.good:has-text("200 training images")')
        expect(await page.locator('.failure > *').count()).toBe(0)
        await page.click('[data-do=train]')
        await untilDone(page)
        expect(await page.textContent('.figures dd')).toBe('100.0%')
        expect(await page.textContent('.mistakes')).toMatch(/None/)
        expect(page.url()).toMatch(/data=files/)
        const broken = upload('train-images-idx3-ubyte', new TextEncoder().encode('this is not an IDX file'))
        await page.setInputFiles('#image-files', [broken, ...all.slice(1)])
        await page.waitForSelector('.failure:has-text("nothing has changed")')
        expect(await page.textContent('.failure')).toMatch(/train-images-idx3-ubyte: /)
        expect(await page.textContent('.figures dd')).toBe('100.0%')
      },
      { hash: '#train?iterations=300&optimizer=momentum' },
    ),
  )

  browserTest('keeps its settings in the address and in storage, and reports invalid ones', () =>
    visit(
      async (page, address) => {
        expect(await page.inputValue('[name=hidden]')).toBe('20')
        await page.fill('[name=hidden]', '30')
        await page.selectOption('[name=optimizer]', 'adam')
        await page.waitForFunction(() => location.hash === '#train?hidden=30&optimizer=adam')
        await page.fill('[name=hidden]', '0')
        expect(await page.textContent('.field:has([name=hidden]) .note')).toMatch(/from 1 to 1,000/)
        expect(await page.getAttribute('[name=hidden]', 'aria-invalid')).toBe('true')
        await page.goto('about:blank')
        await page.goto(`${address}#train`)
        expect(await page.inputValue('[name=hidden]')).toBe('30')
        await page.evaluate(() => localStorage.setItem('gosa.playground.train', '{"hidden":"<b>"'))
        await page.goto('about:blank')
        await page.goto(`${address}#train`)
        await page.waitForSelector('h1')
        expect(await page.inputValue('[name=hidden]')).toBe('50')
      },
      { hash: '#train?hidden=20&learningRate=nonsense' },
    ),
  )
})

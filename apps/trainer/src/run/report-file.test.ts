import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserTest, withChromium } from '../../../../vitest.chromium.ts'
import { inProcess, jsonLines, SMALL, temporaryFolder } from '../command.testing.ts'
import { pageFaults, VIEWS } from '../report/page-faults.testing.ts'

const folder = temporaryFolder()
afterAll(folder.remove)
const run = (...args: string[]) => inProcess(folder.path, args)
const at = (...path: string[]) => join(folder.path, ...path)
const reportOf = (name: string) => readFileSync(at(name, 'report.html'), 'utf8')

/** A name that is markup unless it is escaped. */
const EVIL = process.platform === 'win32' ? "a & b's" : `<i>a & "b"</i>`.replace('/', '')

/** A folder of 12 images of 3 × 5 pixels in two classes. */
function evilImages(): string {
  const uint8 = (...sizes: number[]) =>
    Buffer.from([0, 0, 8, sizes.length, ...sizes.flatMap((n) => [0, 0, 0, n])])
  mkdirSync(at(EVIL))
  for (const part of ['train', 't10k']) {
    const pixels = Buffer.from(Array.from({ length: 180 }, (_, i) => (i * 37) % 256))
    writeFileSync(at(EVIL, `${part}-images-idx3-ubyte`), Buffer.concat([uint8(12, 3, 5), pixels]))
    const labels = Buffer.from(Array.from({ length: 12 }, (_, i) => i % 2))
    writeFileSync(at(EVIL, `${part}-labels-idx1-ubyte`), Buffer.concat([uint8(12), labels]))
  }
  return EVIL
}

let done: Record<string, unknown> | undefined
beforeAll(async () => {
  const first = await run(...SMALL, '--out', 'first', '--json')
  done = jsonLines(first.stdout).at(-1)
  const set = evilImages()
  await run(
    '--data',
    set,
    '--layers',
    '15,6,4,2',
    '--dtype',
    'float64',
    '--activation',
    'tanh',
    '--iterations',
    '3',
    '--out',
    'evil',
  )
  await run(...SMALL, '--iterations', '500', '--learning-rate', '1e20', '--out', 'diverged')
  const images = ['--train-size', '20', '--test-size', '10', '--batch-size', '5', '--iterations', '2']
  await run('--network', 'deep-conv', ...images, '--out', 'conv')
})

describe('the report file of a run', () => {
  it('shows accuracy, learning curves, confusions, mistakes, weights and the machine', () => {
    const text = reportOf('first')
    for (const title of [
      'Learning curves',
      'Confusion matrix',
      'Most confident mistakes',
      'First-layer weights',
      'Weight distributions',
      'Reproduce this run',
      'Configuration',
      'Machine',
    ]) {
      expect(text).toContain(`<h2>${title}</h2>`)
    }
    expect(text).toContain(`<dd>${(100 * Number(done?.testAccuracy)).toFixed(2)} %</dd>`)
    expect(text).toContain(process.version)
    expect(text.match(/<img class="weights"/g)).toHaveLength(8)
    expect(text.match(/<figure class="histogram"/g)).toHaveLength(4)
    expect(text.match(/<img class="ink"/g)?.length).toBeGreaterThan(10)
  })

  it('has the command that gives the same weights', async () => {
    const [, line = ''] = /<code>gosa-trainer ([^<]*)<\/code>/.exec(reportOf('first')) ?? []
    const again = await run(...line.split(' '), '--no-out', '--json')
    const { weightsSha256 } = jsonLines(again.stdout).at(-1) ?? {}
    expect(weightsSha256).toBe(done?.weightsSha256)
    expect(reportOf('first')).toContain(`<code>${weightsSha256}</code>`)
  })

  it('stands alone and is small', () => {
    for (const name of ['first', 'evil']) {
      const text = reportOf(name)
      expect(text).not.toMatch(/<script|<link rel="stylesheet|https?:|url\(/)
      expect(text).toContain('content="default-src &#39;none&#39;; img-src data:; style-src &#39;sha256-')
      expect(statSync(at(name, 'report.html')).size).toBeLessThan(1_000_000)
    }
  })

  it('is written for layer stacks, float64, images that are not square, and a name that is markup', () => {
    const text = reportOf('evil')
    expect(text).toContain('15-6-4-2, tanh, float64')
    expect(text.match(/<img class="weights" width="5" height="3"/g)).toHaveLength(6)
    expect(text.match(/<figure class="histogram"/g)).toHaveLength(6)
    expect(text).not.toContain(EVIL)
    expect(text).toContain(EVIL.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`))
  })

  it('of a run that failed says so, and shows the last finite weights', () => {
    const text = reportOf('diverged')
    expect(text).toMatch(/Training failed: the test loss[^.]* became NaN or infinite after \d+ iterations\./)
    expect(text).not.toMatch(/>[^<]*NaN(?! or infinite)/)
  })

  it('of a resumed run has all epochs, and replaces the older report', async () => {
    await run(...SMALL, '--out', 'longer')
    expect(reportOf('longer')).not.toContain('epochs 4:')
    await run('--resume', 'longer', '--iterations', '8')
    for (const epoch of [1, 2, 3, 4])
      expect(reportOf('longer')).toContain(`training images, epochs ${epoch}:`)
  })

  it('is not written with --no-out', async () => {
    expect((await run(...SMALL, '--no-out')).stdout).not.toContain('report')
  })
})

describe('the report file in Chromium', () => {
  const views = { first: VIEWS, evil: VIEWS.slice(0, 2), diverged: VIEWS.slice(3), conv: VIEWS.slice(1, 3) }
  for (const [name, some] of Object.entries(views)) {
    const title = `of the run ${name} has no errors, no requests, no overflow, and is accessible`
    browserTest(title, () =>
      withChromium(async (browser) => {
        const url = String(pathToFileURL(at(name, 'report.html')))
        for (const view of some)
          expect({ view, faults: await pageFaults(browser, url, view) }).toEqual({ view, faults: [] })
      }),
    )
  }

  browserTest('is dark if the reader prefers that', async () => {
    await withChromium(async (browser) => {
      const grounds = []
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await browser.newPage({ colorScheme })
        await page.goto(String(pathToFileURL(at('first', 'report.html'))))
        grounds.push(await page.evaluate('getComputedStyle(document.body).backgroundColor'))
      }
      expect(grounds).toEqual(['rgb(247, 245, 240)', 'rgb(18, 22, 28)'])
    })
  })

  browserTest('fails these tests if faults are planted', async () => {
    const bad = reportOf('first')
      .replace(/<meta http-equiv[^>]*>/, '')
      .replace(
        '<main>',
        '<main><script>null.x</script><img src="http://127.0.0.1:9/x.png" alt=""><div style="width:9999px; color:#777; background:#888">pale</div>',
      )
    writeFileSync(at('bad.html'), bad)
    const faults = await withChromium((browser) =>
      pageFaults(browser, String(pathToFileURL(at('bad.html'))), VIEWS[0]),
    )
    for (const fault of [/^error: /, /^console: /, /^request: http/, /^overflow: /, /^axe: color-contrast/]) {
      expect(faults).toContainEqual(expect.stringMatching(fault))
    }
  })
})

import { tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { browserTest, withChromium } from '../../../../vitest.chromium.ts'
import { checkLayer, checkLoss } from '../index.ts'
import { Dense, Elementwise, normal } from '../layers.testing.ts'
import { REPORT_COLUMNS, toHtml, toJUnit } from '../report.ts'

const right = checkLayer(new Dense(2, 3), normal([4, 2]))
const wrong = checkLayer(new Elementwise(Math.tanh, () => 1), normal([2, 3]), { name: 'Tanh <"wrong">' })
const mutating = checkLoss(
  { forward: () => Number.NaN, backward: () => normal([2, 3]) },
  normal([2, 3]),
  Uint8Array.of(0, 1),
)

describe('the report of a check', () => {
  it('is a table as a string, with causes, findings and notes below', () => {
    const lines = String(wrong).split('\n')
    expect(lines[0]).toBe('Tanh <"wrong">: fail (richardson, full, float64, seed 0)')
    expect(lines[1]).toMatch(
      /^name +shape +mean \|a − n\| +max relative +worst at +analytic +numerical +kinks +verdict$/,
    )
    expect(lines[2]).toMatch(/^x +\(2, 3\) .* fail$/)
    expect(lines[3]).toBe(
      "x: the gradient is dout itself: it is not multiplied by the layer's own derivative",
    )
    expect(String(mutating)).toContain('not-finite: output is NaN')
    expect(String(checkLayer(new Elementwise(Math.abs, Math.sign), tensor([[1, 2]])))).toContain(
      'note: x holds one sample',
    )
  })

  it('is plain data as JSON, without the gradients', () => {
    const json = JSON.parse(JSON.stringify(wrong))
    expect(Object.keys(json)).toEqual([
      'ok',
      'verdict',
      'name',
      'method',
      'mode',
      'dtype',
      'seed',
      'entries',
      'findings',
      'unchecked',
      'notes',
    ])
    expect(json.entries[0].analytic).toBeUndefined()
    expect(json.entries[0].worst).toEqual(wrong.entries[0].worst)
    expect(wrong.entries[0].analytic?.shape).toEqual([2, 3])
  })
})

describe('REPORT_COLUMNS', () => {
  it('writes the cells of a row in the given format', () => {
    const format = {
      shape: (shape: readonly number[]) => shape.join('×'),
      index: (index: readonly number[]) => `[${index}]`,
      error: (value: number) => value.toFixed(0),
      derivative: (value: number) => value.toFixed(1),
      missing: 'none',
    }
    const errors = { meanAbsoluteDifference: 0.2, maxRelativeError: 3 }
    const row = { ...wrong.entries[0], ...errors, worst: { index: [1, 2], analytic: 0.25, numerical: -0.75 } }
    const cells = (given: typeof row | Omit<typeof row, 'worst'>) =>
      REPORT_COLUMNS.map(({ cell }) => cell(given, format))
    expect(cells(row)).toEqual(['x', '2×3', '0', '3', '[1,2]', '0.3', '-0.8', '0', 'fail'])
    expect(cells({ ...row, worst: undefined }).slice(4, 7)).toEqual(['none', 'none', 'none'])
  })
})

describe('toJUnit', () => {
  it('writes a suite for each report and a case for each entry and finding, escaped', () => {
    const xml = toJUnit([right, wrong, mutating])
    expect(xml).toContain('<testsuite name="Dense" tests="3" failures="0">')
    expect(xml).toContain('<testcase classname="Dense" name="W"/>')
    expect(xml).toContain('<testsuite name="Tanh &#60;&#34;wrong&#34;&#62;" tests="1" failures="1">')
    expect(xml).toContain('name="not-finite"')
    expect(xml.match(/<testcase/g)?.length).toBe(5)
    expect(xml.match(/<failure/g)?.length).toBe(2)
  })

  it('closes its elements in order', () => {
    const open: string[] = []
    for (const [, close, name, alone] of toJUnit([right, wrong]).matchAll(/<(\/?)(\w+)[^<>?]*?(\/?)>/g)) {
      if (close) expect(open.pop()).toBe(name)
      else if (!alone) open.push(name)
    }
    expect(open).toEqual([])
  })
})

describe('toHtml', () => {
  const html = toHtml([right, wrong, mutating], { title: 'Mine & yours' })

  it('is one page that loads nothing, with three heat maps of each gradient', () => {
    expect(html).toContain('<title>Mine &#38; yours</title>')
    expect(html.replace('href="data:,"', '')).not.toMatch(/src=|href="[^#]|@import|https?:/)
    expect(html.match(/<canvas/g)?.length).toBe(3 * 4)
    expect(html).toContain('Tanh &#60;&#34;wrong&#34;&#62; <span class="fail">fail</span>')
  })

  it('begins with counts and a list of links, failures first', () => {
    const figures = html.slice(html.indexOf('<dl'), html.indexOf('</dl>'))
    expect(
      figures
        .replace(/<[^>]*>/g, ' ')
        .trim()
        .split(/ +/)
        .join(' '),
    ).toBe('fail 2 inconclusive 0 pass 1 gradients compared 23')
    const links = Array.from(html.matchAll(/<li><a href="(#report-\d)">([^<]*)/g), ([, id, name]) => [
      id,
      name,
    ])
    expect(links).toEqual([
      ['#report-1', 'Tanh &#60;&#34;wrong&#34;&#62;'],
      ['#report-2', 'loss'],
      ['#report-3', 'Dense'],
    ])
    for (const [id] of links) expect(html).toContain(`id="${id.slice(1)}"`)
    expect(toHtml([right])).not.toContain('<ol')
  })

  it('folds what passes, unless it is the only report', () => {
    const folded = (page: string) =>
      /<section><details( open)?>\n<summary><h2>Dense/.exec(page)?.[1] === undefined
    expect(folded(html)).toBe(true)
    expect(folded(toHtml([right]))).toBe(false)
    expect(html).toMatch(/<section><details open>\n<summary><h2>Tanh/)
  })

  it('encodes each number as a level with 0 in the middle of the scale, and marks the worst entries', () => {
    const [, levels, worst] = /data-levels="([^"]+)" data-worst="([^"]+)"/.exec(toHtml([wrong])) ?? []
    const bytes = Uint8Array.from(atob(levels), (character) => character.charCodeAt(0))
    const gradient = wrong.entries[0].analytic?.data ?? []
    expect(bytes.length).toBe(6)
    for (const [i, level] of bytes.entries()) expect(level > 127).toBe(gradient[i] > 0)
    const [row, column] = wrong.entries[0].worst?.index ?? []
    expect(worst.split(' ')).toContain(`${column},${row}`)
  })

  it('has a scale below each heat map: that of a gradient ends at the largest entry', () => {
    const { analytic, numerical } = wrong.entries[0]
    const largest = Math.max(...[...(analytic?.data ?? []), ...(numerical?.data ?? [])].map(Math.abs))
    const end = String(Number(largest.toPrecision(5)))
    const page = toHtml([wrong])
    expect(page).toContain(`<span>−${end}</span><span>0</span><span>${end}</span>`)
    expect(page).toContain('<span>1e-12</span><span></span><span>1</span>')
  })

  it('has no heat maps if the report does not hold whole gradients', () => {
    const sampled = checkLayer(new Dense(9, 9), normal([2, 9]), { mode: 'sampled', samples: 20 })
    expect(toHtml([sampled])).not.toContain('<canvas')
  })

  browserTest('fits a phone and a desktop, light and dark, with nothing but its own text', async () => {
    const wide = checkLayer(new Dense(2, 500), normal([4, 2]), { name: `${'very'.repeat(30)} long` })
    const url = `data:text/html;base64,${Buffer.from(toHtml([wrong, wide])).toString('base64')}`
    await withChromium(async (browser) => {
      for (const width of [390, 1280]) {
        for (const colorScheme of ['light', 'dark'] as const) {
          const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme })
          const errors: Error[] = []
          page.on('pageerror', (error) => errors.push(error))
          await page.goto(url)
          const { scrollWidth, corner } = (await page.evaluate(`({
            scrollWidth: document.documentElement.scrollWidth,
            corner: Array.from(document.querySelector('[data-scale=error]').getContext('2d').getImageData(9, 9, 1, 1).data),
          })`)) as { scrollWidth: number; corner: number[] }
          expect(scrollWidth).toBe(width)
          // A wrong entry has the colour of the text, which is light in the dark.
          expect(corner[0] > 128).toBe(colorScheme === 'dark')
          expect(errors).toEqual([])
        }
      }
    })
  })
})

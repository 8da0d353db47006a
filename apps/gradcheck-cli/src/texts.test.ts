import { setLanguage } from '@gosa/cli-kit'
import { textFaults } from '@gosa/cli-kit/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { entryTable } from './output/entry-table.ts'
import { toHtmlPage } from './output/export-results.ts'
import { createGradcheck } from './program.ts'
import { texts } from './texts.ts'

afterEach(() => setLanguage('en'))

describe('texts', () => {
  it('are in both languages, complete and used', () => {
    expect(textFaults(texts, [new URL('./', import.meta.url)])).toEqual([])
  })
})

describe('in Japanese', () => {
  it('the help has no English left', () => {
    setLanguage('ja')
    const help = createGradcheck(new URL('file:///worker.js')).helpInformation()
    expect(help).toContain('使い方：')
    expect(help.split('\n').filter((line) => /[a-z]{3,} [a-z]{3,} [a-z]{3,}/.test(line))).toEqual([])
  })

  it('tables and pages have Japanese titles and verdicts', () => {
    setLanguage('ja')
    const worst = { index: [7], analytic: 1, numerical: -1 }
    const counts = { compared: 12, wrong: 1, unclear: 0, kinks: 0 }
    const errors = { meanAbsoluteDifference: 0.1, maxRelativeError: 2, maxNumericalError: 1e-10 }
    const entry = {
      name: 'W',
      shape: [12],
      verdict: 'fail',
      mode: 'full',
      ...counts,
      ...errors,
      worst,
    } as const
    const colors = new Proxy({}, { get: () => (text: string) => text }) as never
    const [titles, row] = entryTable([entry], 80, colors)
    expect(titles).toMatch(/^ +形状 +平均差 +最大相対 +最悪の位置 +解析的 +数値的 +折れ点 +判定$/)
    expect(row).toMatch(/不合格$/)
    const parts = { findings: [], unchecked: [], notes: [] }
    const page = toHtmlPage([{ name: 'case', ok: false, verdict: 'fail', entries: [entry], ...parts }], '/')
    expect(page).toContain('<html lang="ja">')
    expect(page).toContain('<th scope="col">最悪の位置</th>')
    expect(page).toContain('<dt>不合格</dt>')
  })
})

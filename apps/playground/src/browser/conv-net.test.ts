import { describe, expect } from 'vitest'
import { browserTest } from '../../../../vitest.chromium.ts'
import { accessibilityViolations } from './axe.testing.ts'
import { untilDone, visit } from './open.testing.ts'

/** Draws a line by keyboard. */
const LINE = ['Space', ...new Array<string>(10).fill('ArrowDown'), 'Space']
const SMALL =
  '#train?network=simple-conv&optimizer=adam&learningRate=0.001&trainSize=200&batchSize=10&iterations=2'

describe('a ConvNet', () => {
  for (const language of ['en-US', 'ja-JP'] as const) {
    browserTest(
      `is trained, and shows its filters and the feature maps of a drawing, on a phone (${language})`,
      () =>
        visit(
          async (page) => {
            await page.click('[data-do=train]')
            await page.waitForSelector('.status:has-text("Done"), .status:has-text("完了")', {
              timeout: 100_000,
            })
            expect(await accessibilityViolations(page)).toEqual([])
            await page.click('header nav a[href="#draw"]')
            await page.focus('.drawing-canvas')
            for (const key of LINE) await page.keyboard.press(key)
            await page.waitForSelector('.features .maps', { state: 'visible', timeout: 60_000 })
            expect(await page.getAttribute('.features .maps', 'aria-label')).toMatch(/30/)
            expect(await page.getAttribute('.features .filters', 'aria-label')).toMatch(/30/)
            expect(await accessibilityViolations(page)).toEqual([])
            expect(
              await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
            ).toBeLessThanOrEqual(0)
          },
          { hash: SMALL, language, width: 360, dark: language === 'ja-JP' },
        ),
    )
  }

  browserTest('is chosen in the settings, with what suits it; the command trains the same', () =>
    visit(
      async (page) => {
        await page.selectOption('[name=network]', 'simple-conv')
        expect(await page.evaluate(() => (document.activeElement as HTMLSelectElement).name)).toBe('network')
        expect(await page.inputValue('[name=optimizer]')).toBe('adam')
        expect(await page.isVisible('[name=hidden]')).toBe(false)
        await page.fill('[name=iterations]', '2')
        await page.fill('[name=batchSize]', '10')
        await page.selectOption('[name=trainSize]', '1000')
        await page.click('[data-do=train]')
        await untilDone(page)
        expect(await page.textContent('.command')).toContain('--network simple-conv --optimizer adam')
        await page.selectOption('[name=network]', 'two-layer')
        expect(await page.isVisible('[name=hidden]')).toBe(true)
      },
      { hash: '#train' },
    ),
  )
})

import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { browserTest } from '../../../../vitest.chromium.ts'
import { visit } from './open.testing.ts'

const texts = (page: Page, kind: string) => page.locator(`.graph-picture .g-${kind}`).allTextContents()
const explanation = (page: Page) => page.textContent('.graph-explanation')

describe('page Graph', () => {
  browserTest('shows the shopping bill, and computes it again on input', () =>
    visit(
      async (page) => {
        expect(await texts(page, 'value')).toEqual(['100', '2', '200', '1.1', '220'])
        expect(await texts(page, 'gradient')).toEqual(['2.2', '110', '1.1', '200', '1'])
        await page.fill('[name=apple]', '120')
        expect(await texts(page, 'value')).toContain('264')
        expect(page.url()).toMatch(/#graph\?apple=120$/)
        await page.fill('[name=apple]', 'many')
        expect(await page.textContent('.field:has([name=apple]) .note')).toMatch(/Enter a number/)
        expect(await texts(page, 'value')).toContain('264')
      },
      { hash: '#graph' },
    ),
  )

  browserTest('steps through the nodes by keyboard: upstream × local derivative = downstream', () =>
    visit(
      async (page) => {
        await page.focus('[data-do=first]')
        await page.keyboard.press('Enter')
        expect(await texts(page, 'value')).toEqual(['100', '2', '1.1'])
        await page.focus('[data-do=next]')
        await page.keyboard.press('Enter')
        expect(await explanation(page)).toMatch(/100 × 2 = 200/)
        for (let i = 0; i < 4; i++) await page.keyboard.press('Enter')
        expect(await page.textContent('.graph-status')).toBe('Step 5 of 5. Backward through ×')
        const [row] = await page.locator('.graph-products tbody tr').allTextContents()
        expect(row).toBe('applevalue 1001.1× 2∂(a × b)/∂a = b= 2.2')
        expect(page.url()).toMatch(/step=5$/)
        await page.focus('.graph-steps input')
        await page.keyboard.press('ArrowLeft')
        expect(await page.textContent('.graph-status')).toBe('Step 4 of 5. Backward through ×')
        // At the last step, the button does nothing and keeps the focus.
        await page.focus('[data-do=next]')
        for (let i = 0; i < 4; i++) await page.keyboard.press('Enter')
        expect(await page.textContent('.graph-status')).toBe('All steps')
        expect(await page.evaluate(() => document.activeElement?.getAttribute('data-do'))).toBe('next')
      },
      { hash: '#graph' },
    ),
  )

  browserTest('opens a node on click, with matrices and gradients as heat maps', () =>
    visit(
      async (page) => {
        await page.click('.graph-picture [data-node=Affine1]')
        expect(await explanation(page)).toMatch(/Backward through Affine1[\s\S]*dW = Xᵀ·dY/)
        const named = () =>
          page.locator('.heat canvas').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))
        expect(await named()).toEqual([
          expect.stringMatching(/^Heat map of dy, \(1, 50\): from −/),
          expect.stringMatching(/^Heat map of x, \(1, 784\): from 0 to 1$/),
          expect.stringMatching(/^Heat map of W, \(784, 50\)/),
          expect.stringMatching(/^Heat map of dx, \(1, 784\)/),
          expect.stringMatching(/^Heat map of dW, \(784, 50\)/),
          expect.stringMatching(/^Heat map of db, \(50\)/),
        ])
        await page.click('[data-open=Relu1]')
        expect(await named()).toHaveLength(3)
        await page.selectOption('[name=trained]', '1')
        await page.selectOption('[name=digit]', '7')
        await page.click('[data-do=all]')
        await page.waitForSelector('.graph[aria-busy=false]')
        expect(await explanation(page)).toMatch(/predicts 7/)
        expect(page.url()).toMatch(/example=network&digit=7&trained=1$/)
      },
      { hash: '#graph?example=network' },
    ),
  )

  browserTest('restores the state of its address, in Japanese and from top to bottom on a phone', () =>
    visit(
      async (page) => {
        expect(await page.textContent('.graph-status')).toBe('ステップ 6 / 9. 逆伝播：×')
        expect(await texts(page, 'label')).toContain('みかん')
        const { width = 0, height = 0 } = (await page.locator('.graph-picture svg').boundingBox()) ?? {}
        expect(width).toBeLessThan(height)
        expect(width).toBeLessThanOrEqual(360)
      },
      { hash: '#graph?example=fruit&oranges=5&step=6', language: 'ja-JP', width: 360 },
    ),
  )
})

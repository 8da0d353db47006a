import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { browserTest } from '../../../../vitest.chromium.ts'
import { visit } from './open.testing.ts'

/** Draws a line with the mouse through points of the canvas. */
async function stroke(page: Page, points: [number, number][]): Promise<void> {
  const { x, y, width, height } = (await page.locator('.drawing-canvas').boundingBox()) ?? expect.fail()
  const at = ([right, down]: [number, number]) => [x + right * width, y + down * height] as const
  await page.mouse.move(...at(points[0]))
  await page.mouse.down()
  for (const point of points) await page.mouse.move(...at(point), { steps: 8 })
  await page.mouse.up()
}

const ONE: [number, number][] = [
  [0.5, 0.15],
  [0.5, 0.85],
]
const predicts = (page: Page, words: string) =>
  page.waitForSelector(`.verdict:has-text("${words}")`, { timeout: 60_000 })
/** The description of the image that the network sees. */
const seen = (page: Page) => page.locator('.seen').getAttribute('aria-label')

describe('page Draw', () => {
  browserTest('offers to train a network, and then predicts what is drawn', () =>
    visit(
      async (page) => {
        expect(await page.textContent('.train-prompt')).toMatch(/no trained network yet/)
        await stroke(page, ONE)
        await page.click('.train-prompt [data-do=train]')
        await predicts(page, 'Predicted: 1')
        expect(await page.isVisible('.train-prompt')).toBe(false)
        expect(await page.textContent('.bars .best th')).toBe('1')
        await page.waitForFunction(() => location.hash.startsWith('#draw?s='))
        await page.click('[data-do=clear]')
        await predicts(page, 'Draw something')
        expect(await seen(page)).toBe('A blank canvas')
      },
      { hash: '#draw' },
    ),
  )

  browserTest('predicts while the network trains', () =>
    visit(
      async (page) => {
        await page.click('[data-do=train]')
        await page.waitForSelector('[data-do=train]:has-text("Pause")')
        await page.click('header nav a:has-text("Draw")')
        await stroke(page, ONE)
        await predicts(page, 'Predicted:')
        expect(await page.textContent('.prediction > .note')).toMatch(/^Training: step/)
      },
      { hash: '#train?iterations=1000000' },
    ),
  )

  browserTest('shows the drawing of an address, which can be undone', () =>
    visit(
      async (page) => {
        expect(await seen(page)).toBe('Your digit in 28 × 28 pixels')
        await page.click('header nav a:has-text("Check")')
        await page.click('header nav a:has-text("Draw")')
        await page.waitForSelector('.seen')
        await page.click('[data-do=undo]')
        await page.waitForFunction(
          () => document.querySelector('.seen')?.getAttribute('aria-label') === 'A blank canvas',
        )
      },
      { hash: '#draw?s=gJgz' },
    ),
  )

  browserTest('can be drawn on by keyboard', () =>
    visit(
      async (page) => {
        await page.focus('.drawing-canvas')
        await page.keyboard.press('Space')
        for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowDown')
        await page.keyboard.press('Space')
        await page.waitForFunction(() => /s=\w+$/.test(location.hash))
        expect(await seen(page)).toBe('Your digit in 28 × 28 pixels')
      },
      { hash: '#draw' },
    ),
  )
})

import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { browserTest } from '../../../../vitest.chromium.ts'
import { visit } from './open.testing.ts'

/** Draws a line with the mouse through places of the sheet. */
async function stroke(page: Page, places: [number, number][]): Promise<void> {
  const { x, y, width, height } = (await page.locator('.paper').boundingBox()) ?? expect.fail()
  const at = ([right, down]: [number, number]) => [x + right * width, y + down * height] as const
  await page.mouse.move(...at(places[0]))
  await page.mouse.down()
  for (const place of places) await page.mouse.move(...at(place), { steps: 8 })
  await page.mouse.up()
}

const ONE: [number, number][] = [
  [0.5, 0.15],
  [0.5, 0.85],
]
const reads = (page: Page, words: string) =>
  page.waitForSelector(`.verdict:has-text("${words}")`, { timeout: 60_000 })
/** How much ink the network sees. */
const ink = (page: Page) => page.locator('.seen').getAttribute('aria-label')

describe('the page Draw', () => {
  browserTest('says that nobody can read yet, trains on the spot, and reads what is drawn', () =>
    visit(
      async (page) => {
        expect(await page.textContent('.offer')).toMatch(/no trained network yet/)
        await stroke(page, ONE)
        await page.click('.offer [data-do=train]')
        await reads(page, 'It reads 1')
        expect(await page.isVisible('.offer')).toBe(false)
        expect(await page.textContent('.bars .best th')).toBe('1')
        await page.waitForFunction(() => location.hash.startsWith('#draw?s='))
        await page.click('[data-do=clear]')
        await reads(page, 'Draw something')
        expect(await ink(page)).toBe('A blank sheet')
      },
      { hash: '#draw' },
    ),
  )

  browserTest('reads while the network trains', () =>
    visit(
      async (page) => {
        await page.click('[data-do=train]')
        await page.waitForSelector('[data-do=train]:has-text("Pause")')
        await page.click('header nav a:has-text("Draw")')
        await stroke(page, ONE)
        await reads(page, 'It reads')
        expect(await page.textContent('.reading > .note')).toMatch(/^Training: step/)
      },
      { hash: '#train?iterations=1000000' },
    ),
  )

  browserTest('shows the drawing of an address, which can be taken back', () =>
    visit(
      async (page) => {
        expect(await ink(page)).toBe('Your digit in 28 × 28 pixels')
        await page.click('header nav a:has-text("Check")')
        await page.click('header nav a:has-text("Draw")')
        await page.waitForSelector('.seen')
        await page.click('[data-do=undo]')
        await page.waitForFunction(
          () => document.querySelector('.seen')?.getAttribute('aria-label') === 'A blank sheet',
        )
      },
      { hash: '#draw?s=gJgz' },
    ),
  )

  browserTest('is drawn on with keys as well', () =>
    visit(
      async (page) => {
        await page.focus('.paper')
        await page.keyboard.press('Space')
        for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowDown')
        await page.keyboard.press('Space')
        await page.waitForFunction(() => /s=\w+$/.test(location.hash))
        expect(await ink(page)).toBe('Your digit in 28 × 28 pixels')
      },
      { hash: '#draw' },
    ),
  )
})

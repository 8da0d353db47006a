import { afterEach, describe, expect } from 'vitest'
import { browserTest, withChromium } from '../../../../vitest.chromium.ts'
import { faultsOf, LOOKS } from '../html/faults.testing.ts'
import { closeAll, liveRun, measured, now, open } from './live.testing.ts'

afterEach(closeAll)

describe('in Chromium', () => {
  browserTest('curves grow while a run goes on, and the page says when it has ended', async () => {
    const { live, clock } = await open()
    const run = liveRun('<b>digits</b> & more')
    const observer = live.watch(run)
    const seen: string[] = []
    await withChromium(async (browser) => {
      const page = await browser.newPage()
      page.on('console', (message) => seen.push(message.text()))
      await page.goto(live.url)
      expect(await page.textContent('h1')).toBe('<b>digits</b> & more')
      for (const epoch of [1, 2, 3]) {
        clock.time += 1000
        observer.progress?.(now(10 * epoch))
        await observer.epoch?.(measured(epoch))
        clock.time += 1000
        observer.progress?.(now(10 * epoch + 1))
        await page
          .locator('svg[aria-label^=Loss] circle.train')
          .nth(epoch - 1)
          .waitFor()
      }
      expect(await page.title()).toContain('77 % <b>digits')
      await live.close('The run has ended.')
      await page.locator('#notice').waitFor()
      expect(await page.textContent('#notice')).toBe('The run has ended.')
      // What was drawn stays.
      expect(await page.locator('circle.train').count()).toBeGreaterThan(2)
    })
    expect(seen).toEqual([])
  })

  browserTest('the page has no errors, nothing beyond its side, and can be read by all', async () => {
    const { live } = await open()
    const observer = live.watch(liveRun())
    for (const epoch of [1, 2]) await observer.epoch?.(measured(epoch))
    observer.progress?.(now(21))
    await withChromium(async (browser) => {
      for (const look of LOOKS.slice(1, 3)) {
        const faults = await faultsOf(browser, live.url, look, {
          allowed: [`${live.url}events`],
          ready: (page) => page.locator('progress[value="21"]').waitFor(),
        })
        expect({ look, faults }).toEqual({ look, faults: [] })
      }
    })
  })
})

import { afterEach, describe, expect } from 'vitest'
import { browserTest, withChromium } from '../../../../vitest.chromium.ts'
import { pageFaults, VIEWS } from '../report/page-faults.testing.ts'
import { closeAll, liveRun, open, watch } from './live.testing.ts'

afterEach(closeAll)

describe('the live page in Chromium', () => {
  browserTest(
    'draws growing curves, keeps the epoch table open, and says when the run has ended',
    async () => {
      const { live, clock } = await open()
      const run = watch(live, liveRun('<b>digits</b> & more'))
      const messages: string[] = []
      await withChromium(async (browser) => {
        const page = await browser.newPage()
        page.on('console', (message) => messages.push(message.text()))
        await page.goto(live.url)
        expect(await page.textContent('h1')).toBe('<b>digits</b> & more')
        for (const epoch of [1, 2, 3]) {
          clock.time += 1000
          run.progress(10 * epoch)
          clock.time += 2000
          run.epoch(epoch)
          await page
            .locator('svg[aria-label^=Loss] circle.train')
            .nth(epoch - 1)
            .waitFor()
          if (epoch === 1) await page.locator('#epoch-table summary').click()
          expect(await page.locator('#epoch-table tbody tr').count()).toBe(epoch)
          expect(await page.locator('#epoch-table tbody tr').first().isVisible()).toBe(true)
        }
        expect(await page.title()).toContain('75 % <b>digits')
        await live.close('The run has ended.')
        await page.locator('#notice').waitFor()
        expect(await page.textContent('#notice')).toBe('The run has ended.')
        expect(await page.locator('circle.train').count()).toBeGreaterThan(2)
      })
      expect(messages).toEqual([])
    },
  )

  browserTest('has no errors, no overflow, and is accessible', async () => {
    const { live, clock } = await open()
    const run = watch(live, liveRun())
    for (const epoch of [1, 2]) run.epoch(epoch)
    run.progress(21)
    clock.time += 1000
    await withChromium(async (browser) => {
      for (const view of VIEWS.slice(1, 3)) {
        const faults = await pageFaults(browser, live.url, view, {
          allowed: [`${live.url}events`],
          ready: (page) => page.locator('progress[value="0.525"]').waitFor(),
        })
        expect({ view, faults }).toEqual({ view, faults: [] })
      }
    })
  })
})

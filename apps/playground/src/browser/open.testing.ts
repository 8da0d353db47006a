import type { Page } from 'playwright-core'
import { withChromium } from '../../../../vitest.chromium.ts'
import { serve } from '../../server.mjs'

export interface Visit {
  /** Behind the address, such as `#train`. */
  hash?: string
  language?: 'en-US' | 'ja-JP'
  width?: number
  dark?: boolean
}

/** Opens the built page in Chromium, as a reader would; nothing may go wrong in its console, and nothing leave the machine. */
export async function visit<T>(
  use: (page: Page, address: string) => Promise<T>,
  visit: Visit = {},
): Promise<T> {
  const { hash = '', language = 'en-US', width = 1280, dark = false } = visit
  const site = await serve()
  try {
    return await withChromium(async (browser) => {
      const context = await browser.newContext({
        ...{ locale: language, viewport: { width, height: 800 }, acceptDownloads: true },
        colorScheme: dark ? 'dark' : 'light',
      })
      const page = await context.newPage()
      const faults: string[] = []
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) faults.push(message.text())
      })
      page.on('pageerror', (error) => faults.push(error.message))
      page.on('request', (request) => {
        if (!/^(blob:|data:)/.test(request.url()) && !request.url().startsWith(site.address)) {
          faults.push(`asked for ${request.url()}`)
        }
      })
      await page.goto(site.address + hash)
      await page.waitForSelector('h1')
      const answer = await use(page, site.address)
      if (faults.length > 0) throw new Error(`the page's console: ${faults.join('; ')}`)
      return answer
    })
  } finally {
    site.close()
  }
}

/** Waits until training has stopped at the end of its steps. */
export const untilDone = (page: Page) => page.waitForSelector('.status:has-text("Done")', { timeout: 60_000 })

/** Opens the built page in Chromium, for the browser tests. */
import type { Page } from 'playwright-core'
import { withChromium } from '../../../../vitest.chromium.ts'
import { serve } from '../../server.mjs'

export interface VisitOptions {
  /** The hash of the address: `#train`. */
  hash?: string
  language?: 'en-US' | 'ja-JP'
  width?: number
  dark?: boolean
}

/** Opens the page and uses it. Throws if its console shows an error or a warning, or if it sends a request elsewhere. */
export async function visit<T>(
  use: (page: Page, address: string) => Promise<T>,
  { hash = '', language = 'en-US', width = 1280, dark = false }: VisitOptions = {},
): Promise<T> {
  const site = await serve()
  try {
    return await withChromium(async (browser) => {
      const context = await browser.newContext({
        ...{ locale: language, viewport: { width, height: 800 }, acceptDownloads: true },
        colorScheme: dark ? 'dark' : 'light',
      })
      const page = await context.newPage()
      const problems: string[] = []
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) problems.push(message.text())
      })
      page.on('pageerror', (error) => problems.push(error.message))
      page.on('request', (request) => {
        if (!/^(blob:|data:)/.test(request.url()) && !request.url().startsWith(site.address)) {
          problems.push(`requested ${request.url()}`)
        }
      })
      await page.goto(site.address + hash)
      await page.waitForSelector('h1')
      const result = await use(page, site.address)
      if (problems.length > 0) throw new Error(`the page's console: ${problems.join('; ')}`)
      return result
    })
  } finally {
    site.close()
  }
}

/** Waits until training has taken all its steps. */
export const untilDone = (page: Page) => page.waitForSelector('.status:has-text("Done")', { timeout: 60_000 })

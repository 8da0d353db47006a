/** What is wrong with a page, for tests in Chromium: errors, requests, overflow, and what axe-core finds. */
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'

/** How a page is looked at. */
export interface View {
  readonly width: number
  readonly colorScheme: 'light' | 'dark'
}

/** A phone and a desktop, each light and dark. */
export const VIEWS: readonly View[] = [360, 1200].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
)

/**
 * A line for each fault: console errors, requests other than for the page itself and `allowed` addresses, horizontal
 * overflow, and violations of accessibility rules such as low contrast. `ready` waits until the page is complete.
 */
export async function pageFaults(
  browser: Browser,
  url: string,
  { width, colorScheme }: View,
  { allowed = [], ready }: { allowed?: readonly string[]; ready?: (page: Page) => Promise<unknown> } = {},
): Promise<string[]> {
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme })
  const faults: string[] = []
  page.on('console', (message) => message.type() === 'error' && faults.push(`console: ${message.text()}`))
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`))
  page.on('request', (request) => {
    const isExpected = [url, ...allowed].includes(request.url()) || request.url().startsWith('data:')
    if (!isExpected) faults.push(`request: ${request.url()}`)
  })
  await page.goto(url)
  await ready?.(page)
  const overflow = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
  if (Number(overflow) > 0) faults.push(`overflow: ${overflow} px`)
  await page.evaluate(axe.source)
  const { violations } = (await page.evaluate('axe.run()')) as axe.AxeResults
  for (const { id, nodes } of violations) faults.push(`axe: ${id} ${nodes[0].html.slice(0, 120)}`)
  await page.close()
  return faults
}

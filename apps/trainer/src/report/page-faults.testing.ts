import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'

export interface Look {
  width: number
  colorScheme: 'light' | 'dark'
}

/** On a phone and at a desk, by day and by night. */
export const LOOKS: readonly Look[] = [360, 1200].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
)

/**
 * What is wrong with a page, in words: errors on its console, requests but the one for itself and those that are allowed,
 * what reaches beyond its side, and what axe-core finds, such as text that is too pale. `ready` waits until it is complete.
 */
export async function faultsOf(
  browser: Browser,
  url: string,
  { width, colorScheme }: Look,
  { allowed = [], ready }: { allowed?: readonly string[]; ready?: (page: Page) => Promise<unknown> } = {},
): Promise<string[]> {
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme })
  const faults: string[] = []
  page.on('console', (message) => message.type() === 'error' && faults.push(`console: ${message.text()}`))
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`))
  page.on('request', (request) => {
    const isOwn =
      request.url() === url || request.url().startsWith('data:') || allowed.includes(request.url())
    if (!isOwn) faults.push(`request: ${request.url()}`)
  })
  await page.goto(url)
  await ready?.(page)
  const beyond = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
  if (Number(beyond) > 0) faults.push(`overflow: ${beyond} px`)
  await page.evaluate(axe.source)
  const { violations } = (await page.evaluate('axe.run()')) as axe.AxeResults
  for (const { id, nodes } of violations) faults.push(`axe: ${id} ${nodes[0].html.slice(0, 120)}`)
  await page.close()
  return faults
}

import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { browserTest } from '../../../../vitest.chromium.ts'
import { built } from '../../server.mjs'
import { pages } from '../pages.ts'
import { accessibilityViolations } from './axe.testing.ts'
import { visit } from './open.testing.ts'

/** Uses each page, so that it shows more than at first. */
const USE_PAGE: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  graph: async (page) => {
    await page.click('[data-example=network]')
    await page.click('[data-do=back]')
  },
  train: async (page) => {
    await page.click('[data-do=step]')
    await page.waitForSelector('.mistakes canvas')
  },
  draw: async (page) => {
    await page.click('.drawing-canvas')
  },
  check: async (page) => {
    await page.selectOption('[name=fault]', 'x: twice')
    await page.waitForSelector('.entry.fail')
  },
}

describe('every page', () => {
  for (const { id } of pages) {
    for (const dark of [false, true]) {
      browserTest(
        `${id} is accessible by axe-core and fits the screen, ${dark ? 'dark on a phone' : 'light'}`,
        () =>
          visit(
            async (page) => {
              await USE_PAGE[id]?.(page)
              expect(await accessibilityViolations(page)).toEqual([])
              const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
              expect(overflow).toBeLessThanOrEqual(0)
            },
            { hash: `#${id}`, dark, width: dark ? 360 : 1280, language: dark ? 'ja-JP' : 'en-US' },
          ),
      )
    }
  }

  browserTest('uses the language of the reader, and stores a change of language or theme', () =>
    visit(
      async (page) => {
        expect(await page.getAttribute('html', 'lang')).toBe('ja')
        expect(await page.textContent('h1')).toBe('ネットワークを学習させる')
        await page.click('.choices button:has-text("English")')
        await page.waitForSelector('h1:has-text("Train a network")')
        await page.click('.choices button.icon')
        const theme = await page.getAttribute('html', 'data-theme')
        expect(theme).toBe('light')
        await page.reload()
        await page.waitForSelector('h1')
        expect(await page.textContent('h1')).toBe('Train a network')
        expect(await page.getAttribute('html', 'data-theme')).toBe('light')
      },
      { hash: '#train', language: 'ja-JP' },
    ),
  )

  browserTest('is reachable by keyboard, and an unknown address leads to the first page', () =>
    visit(
      async (page) => {
        await page.keyboard.press('Tab')
        await page.keyboard.press('Enter')
        expect(await page.evaluate(() => document.activeElement?.id)).toBe('content')
        for (const { id, title } of pages) {
          await page.click(`header nav a[href="#${id}"]`)
          await page.waitForFunction((name) => document.title.startsWith(name), title.en)
          await page.waitForSelector('h1')
          expect(await page.getAttribute('header nav [aria-current=page]', 'href')).toBe(`#${id}`)
        }
      },
      { hash: '#nowhere?x=1' },
    ),
  )
})

describe('offline', () => {
  browserTest('all pages work once the first one is shown', () =>
    visit(
      async (page) => {
        // Wait until both workers run.
        await page.waitForFunction(
          () =>
            performance.getEntriesByType('resource').filter(({ name }) => /worker/.test(name)).length === 2,
        )
        await page.waitForLoadState('networkidle')
        await page.context().setOffline(true)
        for (const { id } of pages) {
          await page.click(`header nav a[href="#${id}"]`)
          await page.waitForSelector('h1')
          await USE_PAGE[id]?.(page)
        }
      },
      { hash: `#${pages[0].id}` },
    ),
  )
})

describe('the built files', () => {
  const files = readdirSync(built, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const read = ({ parentPath, name }: (typeof files)[number]) => readFileSync(`${parentPath}/${name}`)

  it('have at most 200 KB compressed: all pages and the largest worker', () => {
    const sizes = files.map((file) => ({ name: file.name, bytes: gzipSync(read(file)).length }))
    const workers = sizes.filter(({ name }) => name.includes('.worker-'))
    expect(workers).toHaveLength(2)
    const pagesAlone = sizes
      .filter((file) => !workers.includes(file))
      .reduce((sum, { bytes }) => sum + bytes, 0)
    expect(pagesAlone + Math.max(...workers.map(({ bytes }) => bytes))).toBeLessThanOrEqual(200_000)
  })

  it('have relative addresses, so that the folder can be served from anywhere', () => {
    const [index] = files.filter(({ name }) => name === 'index.html').map((file) => read(file).toString())
    const addresses = [...index.matchAll(/(?:src|href)="([^"]+)"/g)]
      .map(([, address]) => address)
      .filter((address) => !address.startsWith('data:'))
    expect(addresses.length).toBeGreaterThanOrEqual(2)
    for (const address of addresses) expect(address).toMatch(/^\.\//)
    expect(index).toMatch(/default-src 'none'/)
  })
})

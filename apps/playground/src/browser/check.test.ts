import { describe, expect } from 'vitest'
import { browserTest } from '../../../../vitest.chromium.ts'
import { visit } from './open.testing.ts'

describe('page Check', () => {
  browserTest('finds a planted fault, and shows where and what it is', () =>
    visit(
      async (page) => {
        await page.waitForSelector('.verdict.good')
        expect(await page.textContent('.verdict')).toMatch(/^Pass/)
        expect(await page.locator('.heat-table').count()).toBe(9)
        await page.selectOption('[name=fault]', 'W: wrong sign of one entry')
        await page.waitForSelector('.verdict.fault')
        expect(await page.textContent('.verdict')).toMatch(/found the planted fault/)
        expect(await page.textContent('.findings')).toMatch(/Likely cause: the gradient has the wrong sign/)
        expect(await page.locator('.entry.fail .worst').count()).toBe(2)
        expect(await page.textContent('.table pre')).toMatch(/^Affine: fail/)
        expect(page.url()).toMatch(/fault=W/)
      },
      { hash: '#check' },
    ),
  )

  browserTest('runs the check of an address, and drops a fault that a layer cannot have', () =>
    visit(
      async (page) => {
        await page.waitForSelector('.verdict.fault')
        expect(await page.inputValue('[name=fault]')).toBe('b: twice')
        await page.selectOption('[name=layer]', 'Tanh')
        await page.waitForSelector('.verdict.good')
        expect(await page.inputValue('[name=fault]')).toBe('')
        expect(page.url()).toMatch(/#check\?layer=Tanh&seed=3$/)
      },
      { hash: '#check?fault=b%3A+twice&seed=3' },
    ),
  )
})

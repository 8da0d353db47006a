// Takes the picture in README.md from the built page: node apps/playground/tools/picture.mjs
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { serve } from '../server.mjs'

const { address, close } = await serve()
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
const page = await browser.newPage({ viewport: { width: 1120, height: 760 }, locale: 'en-US' })
await page.goto(`${address}#train`)
await page.click('[data-do=train]')
await page.waitForSelector('.status:has-text("Done")')
await page.screenshot({ path: fileURLToPath(new URL('../docs/train.png', import.meta.url)) })
await browser.close()
close()

/// <reference types="node" />
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { type Browser, chromium } from 'playwright-core'
import { it } from 'vitest'

const USUAL_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const executablePath = process.env.CHROMIUM_PATH || USUAL_PATHS.find((path) => existsSync(path))

/** Whether tests in Chromium run: if one is found, or if `GOSA_DEMAND_BROWSER` demands one. */
export const inBrowser = executablePath !== undefined || process.env.GOSA_DEMAND_BROWSER === '1'

/** A test that needs Chromium; without one it is skipped, and a printed line says so. */
export function browserTest(title: string, test: () => Promise<void>): void {
  if (!inBrowser) console.log(`left out, since no Chromium was found (CHROMIUM_PATH): ${title}`)
  it.skipIf(!inBrowser)(title, test, 300_000)
}

/**
 * Runs a module in a page of Chromium, bundled from the sources (`@gosa/x` included), and returns what its default export
 * returns. The page is cross-origin isolated by default.
 *
 * @param folder the base of relative imports: `import.meta.url` of the test
 */
export async function runInChromium(
  module: string,
  folder: string,
  { isolated = true, colorScheme }: { isolated?: boolean; colorScheme?: 'light' | 'dark' } = {},
): Promise<unknown> {
  const server = await serve(await bundle(module, folder), isolated)
  try {
    return await withChromium(async (browser) => {
      const page = await browser.newPage({ colorScheme })
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
      return page.evaluate("import('/module.js').then((module) => module.default())")
    })
  } finally {
    server.close()
  }
}

/** Starts Chromium, passes it to `use`, and closes it afterwards. */
export async function withChromium<T>(use: (browser: Browser) => Promise<T>): Promise<T> {
  if (executablePath === undefined) throw new Error('no Chromium found: set CHROMIUM_PATH')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    return await use(browser)
  } finally {
    await browser.close()
  }
}

async function bundle(contents: string, folder: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', folder)), loader: 'ts' },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    plugins: [sources],
    write: false,
  })
  return outputFiles[0].text
}

const sources: Plugin = {
  name: 'sources',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^@gosa\// }, ({ path }) => {
      const [, name, entry = 'index'] = path.split('/')
      return { path: fileURLToPath(new URL(`packages/${name}/src/${entry}.ts`, import.meta.url)) }
    })
  },
}

async function serve(script: string, isolated: boolean) {
  const headers = isolated
    ? { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }
    : {}
  const server = createServer(({ url }, response) => {
    const isModule = url === '/module.js'
    response.writeHead(200, { ...headers, 'Content-Type': isModule ? 'text/javascript' : 'text/html' })
    response.end(isModule ? script : '<!doctype html><link rel="icon" href="data:,">')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return server
}

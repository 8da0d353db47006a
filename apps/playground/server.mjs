import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, normalize, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
}

/** The folder of the built page, with a separator at its end. */
export const built = fileURLToPath(new URL('./dist/', import.meta.url))

/**
 * Serves the built page to this machine only. Returns its address. Any other static server does as well.
 *
 * @param {{ port?: number, folder?: string }} [options] port 0: any free one
 * @returns {Promise<{ address: string, close(): void }>}
 */
export async function serve({ port = 0, folder = built } = {}) {
  if (!existsSync(folder)) throw new Error(`${folder} does not exist: build the page first`)
  const server = createServer(async ({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost')
    const file = normalize(folder + (pathname.endsWith('/') ? `${pathname}index.html` : pathname))
    try {
      if (!file.startsWith(folder)) throw new Error('outside')
      const content = await readFile(file)
      response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' })
      response.end(content)
    } catch {
      response.writeHead(404, { 'Content-Type': 'text/plain' })
      response.end(`not found: ${pathname.split(sep).join('/')}\n`)
    }
  })
  await new Promise((listening, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', () => listening(undefined))
  })
  const { port: boundPort } = /** @type {import('node:net').AddressInfo} */ (server.address())
  return {
    address: `http://127.0.0.1:${boundPort}/`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

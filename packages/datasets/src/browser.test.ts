import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { createRng } from '@gosa/linalg'
import { afterEach, describe, expect, it } from 'vitest'
import { browserTest, runInChromium } from '../../../vitest.chromium.ts'
import { type ImageSource, loadRawImages } from './browser.ts'
import { idxFile } from './idx.testing.ts'
import { DataError, moons, rawSyntheticDigits, spiral } from './index.ts'
import { breakAfter, type Handler, serve, serveFiles } from './serve.testing.ts'

const rng = createRng(1)
const raw = {
  trainImages: idxFile(
    [40, 8, 8],
    Uint8Array.from({ length: 40 * 64 }, () => rng.integer(256)),
  ),
  trainLabels: idxFile([40], new Uint8Array(40)),
  testImages: idxFile([2, 8, 8], new Uint8Array(128)),
  testLabels: idxFile([2], Uint8Array.of(1, 0)),
}
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const describeFile = (name: keyof typeof raw) => ({
  name,
  bytes: raw[name].length,
  sha256: sha256(raw[name]),
})
const SOURCE: ImageSource = {
  name: 'a small set',
  folder: 'small',
  classes: 2,
  mirrors: [],
  files: {
    trainImages: describeFile('trainImages'),
    trainLabels: describeFile('trainLabels'),
    testImages: describeFile('testImages'),
    testLabels: describeFile('testLabels'),
  },
}
const FILES = Object.fromEntries(Object.entries(raw).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)]))

const servers: { close(): void }[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** Starts a server whose files pages of other origins may read; it breaks the first request for the images if told to. */
async function start(handler: Handler = serveFiles(FILES), { breaksFirst = true } = {}) {
  let isFirst = breaksFirst
  const server = await serve((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Access-Control-Allow-Headers', '*')
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
    if (request.method === 'OPTIONS') return response.writeHead(204).end()
    if (request.url !== '/trainImages.gz' || !isFirst) return handler(request, response)
    isFirst = false
    breakAfter(1000, FILES)(request, response)
  })
  servers.push(server)
  return server
}

describe('@gosa/datasets/browser', () => {
  it('loads by fetch and DecompressionStream, which Node has as well, and begins again after a break', async () => {
    const server = await start()
    const { train, test, verified } = await loadRawImages(SOURCE, { mirrors: [server.url], backOff: 1 })
    expect([sha256(train.pixels), test.count, verified]).toEqual([
      sha256(raw.trainImages.subarray(16)),
      2,
      'content',
    ])
    expect(server.requests.filter((url) => url === '/trainImages.gz')).toHaveLength(2)
  })

  it.each<[string, Uint8Array, RegExp]>([
    [
      'a damaged gzip file',
      FILES['trainImages.gz'].map((byte, i) => (i === 500 ? byte ^ 255 : byte)),
      /not a complete gzip file/,
    ],
    ['a truncated gzip file', FILES['trainImages.gz'].subarray(0, 1500), /not a complete gzip file/],
    [
      'other content',
      gzipSync(idxFile([40, 8, 8], new Uint8Array(40 * 64))),
      /the content is not that of a small set/,
    ],
    [
      'a gzip bomb',
      gzipSync(idxFile([40, 8, 8], new Uint8Array(1e7))),
      /promises 2576 bytes, but more follow/,
    ],
  ])('rejects with a DataError for %s', async (_what, bytes, message) => {
    const server = await start(serveFiles({ ...FILES, 'trainImages.gz': bytes }), { breaksFirst: false })
    const error = await loadRawImages(SOURCE, { mirrors: [server.url], backOff: 1 }).catch((reason) => reason)
    expect(error).toBeInstanceOf(DataError)
    expect(error.message).toMatch(message)
  })

  browserTest('loads in a page what it loads in Node', async () => {
    const server = await start()
    const result = await runInChromium(
      `
      import { loadRawImages } from './browser.ts'
      export default async () => {
        const source = ${JSON.stringify(SOURCE)}
        const { train, verified } = await loadRawImages(source, { mirrors: ['${server.url}'], backOff: 1 })
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', train.pixels))
        return [Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''), verified]
      }`,
      import.meta.url,
    )
    expect(result).toEqual([sha256(raw.trainImages.subarray(16)), 'content'])
    expect(server.requests.filter((url) => url === '/trainImages.gz')).toHaveLength(2)
  })
})

describe('generated data', () => {
  browserTest('has the same bits in a page as in Node', async () => {
    const digests = await runInChromium(
      `
      import { moons, spiral, rawSyntheticDigits } from './index.ts'
      const hex = async (bytes) =>
        Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('')
      export default () => Promise.all([
        hex(rawSyntheticDigits({ count: 2000, seed: 3 }).pixels),
        hex(spiral({ seed: 3, dtype: 'float64' }).x.data),
        hex(moons({ seed: 3, dtype: 'float64' }).x.data),
      ])`,
      import.meta.url,
    )
    expect(digests).toEqual([
      sha256(rawSyntheticDigits({ count: 2000, seed: 3 }).pixels),
      sha256(new Uint8Array(spiral({ seed: 3, dtype: 'float64' }).x.data.buffer)),
      sha256(new Uint8Array(moons({ seed: 3, dtype: 'float64' }).x.data.buffer)),
    ])
  })
})

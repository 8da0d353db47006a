import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { createRng } from '@gosa/linalg'
import { build } from 'esbuild'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DataError } from '../index.ts'
import { type DownloadProgress, type ImageSource, type LoadRawImagesOptions, loadRawImages } from '../node.ts'
import { idx } from './idx.testing.ts'
import { type Answer, serve, withoutRanges, withRanges } from './serve.testing.ts'

/** Bytes that do not compress. */
const noise = (length: number): Uint8Array => {
  const rng = createRng(length)
  return Uint8Array.from({ length }, () => rng.integer(256))
}
const raw = {
  'train-images': idx([300, 8, 8], noise(300 * 64)),
  'train-labels': idx([300], new Uint8Array(300)),
  'test-images': idx([2, 8, 8], noise(128)),
  'test-labels': idx([2], Uint8Array.of(1, 0)),
}
const file = (name: keyof typeof raw) => ({
  name,
  bytes: raw[name].length,
  sha256: createHash('sha256').update(raw[name]).digest('hex'),
})
const SOURCE: ImageSource = {
  name: 'a small set',
  folder: 'small',
  classes: 2,
  mirrors: [],
  files: {
    trainImages: file('train-images'),
    trainLabels: file('train-labels'),
    testImages: file('test-images'),
    testLabels: file('test-labels'),
  },
}
const FILES: Record<string, Uint8Array> = Object.fromEntries(
  Object.entries(raw).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)]),
)
const LARGE = 'train-images.gz'
const NAMES = Object.keys(FILES).sort()

let cacheDir: string
const servers: { close(): void }[] = []
beforeEach(() => {
  cacheDir = mkdtempSync(join(tmpdir(), 'gosa-cache-'))
})
afterEach(() => {
  vi.restoreAllMocks()
  for (const server of servers.splice(0)) server.close()
  rmSync(cacheDir, { recursive: true, force: true })
})

const start = async (answer: Answer) => {
  const server = await serve(answer)
  servers.push(server)
  return server
}
const cached = () => (existsSync(join(cacheDir, 'small')) ? readdirSync(join(cacheDir, 'small')).sort() : [])
const load = (mirrors: string[], options: Partial<LoadRawImagesOptions> = {}) =>
  loadRawImages(SOURCE, { cacheDir, mirrors, backOff: 1, stallTimeout: 5000, ...options })
const rejection = async (promise: Promise<unknown>): Promise<DataError> => {
  const error = await promise.then(
    () => new Error('it was accepted'),
    (reason) => reason,
  )
  if (error instanceof DataError) return error
  throw error
}

/** Does something else with the large file, for its first `times` requests. */
const spoiling = (spoil: Answer, times = Infinity, otherwise = withRanges(FILES)): Answer => {
  let count = 0
  return (request, response) =>
    (request.url === `/${LARGE}` && count++ < times ? spoil : otherwise)(request, response)
}
const cutOff: Answer = ({ url = '' }, response) => {
  const bytes = FILES[url.slice(1)]
  response.writeHead(200, { 'Content-Length': bytes.length })
  response.write(bytes.subarray(0, 5000), () => setTimeout(() => response.destroy(), 20))
}

describe('loadRawImages with a cache', () => {
  it('downloads the four files, verifies them, and needs no server the next time', async () => {
    const server = await start(withRanges(FILES))
    const { train, test, classes, verified } = await load([server.url])
    expect([train.count, test.count, classes, verified]).toEqual([300, 2, 2, 'content'])
    expect(cached()).toEqual(NAMES)
    await load([])
    expect(server.requests).toHaveLength(4)
  })

  it('reports what has come, and how much there is in all', async () => {
    const server = await start(withRanges(FILES))
    const seen: DownloadProgress[] = []
    await load([server.url], { onProgress: (progress) => seen.push(progress) })
    const last = seen.filter((progress) => progress.file === LARGE).pop()
    const total = FILES[LARGE].length
    expect(last).toEqual({ file: LARGE, url: `${server.url}${LARGE}`, received: total, total })
  })

  it('goes on by range where the connection broke', async () => {
    const server = await start(spoiling(cutOff, 1))
    await load([server.url])
    const asked = server.requests.filter(({ url }) => url === `/${LARGE}`)
    expect(asked.map(({ range }) => range)).toEqual([undefined, 'bytes=5000-'])
  })

  it('starts again where the server ignores the range', async () => {
    const server = await start(spoiling(cutOff, 1, withoutRanges(FILES)))
    const { train } = await load([server.url])
    expect(Buffer.compare(train.pixels, raw['train-images'].subarray(16))).toBe(0)
  })

  it('goes on with the second mirror where the first fails', async () => {
    const first = await start(spoiling(cutOff))
    const second = await start(withRanges(FILES))
    await load([first.url, second.url], { retries: 1 })
    expect(second.requests).toEqual([{ url: `/${LARGE}`, range: 'bytes=5000-' }])
    expect(cached()).toEqual(NAMES)
  })

  it('takes all of it from the second mirror, where its copy was compressed in another way', async () => {
    const first = await start(spoiling(cutOff))
    const second = await start(
      withRanges({ ...FILES, [LARGE]: gzipSync(raw['train-images'], { level: 1, memLevel: 3 }) }),
    )
    await load([first.url, second.url], { retries: 0 })
    expect(second.requests.map(({ range }) => range).slice(0, 2)).toEqual(['bytes=5000-', undefined])
    expect(cached()).toEqual(NAMES)
  })

  it('follows redirects', async () => {
    const target = await start(withRanges(FILES))
    const server = await start(({ url }, response) =>
      response.writeHead(302, { Location: `${target.url}${url?.slice(1)}` }).end(),
    )
    await load([server.url])
    expect(cached()).toEqual(NAMES)
  })

  it('waits for a slow server, as long as something comes', async () => {
    const bytes = FILES[LARGE]
    const slow: Answer = (_, response) => {
      response.writeHead(200, { 'Content-Length': bytes.length })
      const part = Math.ceil(bytes.length / 8)
      for (let i = 0; i < 8; i++)
        setTimeout(() => response.write(bytes.subarray(i * part, (i + 1) * part)), 40 * i)
      setTimeout(() => response.end(), 350)
    }
    const server = await start(spoiling(slow))
    await load([server.url])
    expect(server.requests).toHaveLength(4)
  })

  it('gives up a server that sends nothing any more, and goes on with the next', async () => {
    const stuck: Answer = (_, response) => {
      response.writeHead(200, { 'Content-Length': FILES[LARGE].length })
      response.write(FILES[LARGE].subarray(0, 100))
    }
    const [first, second] = [await start(spoiling(stuck)), await start(withRanges(FILES))]
    await load([first.url, second.url], { retries: 0, stallTimeout: 300 })
    expect(second.requests[0].range).toBe('bytes=100-')
  })

  it('tries again after a failure of the server that may pass, not after one that stays', async () => {
    const server = await start(spoiling((_, response) => response.writeHead(503).end(), 2))
    await load([server.url])
    expect(server.requests.filter(({ url }) => url === `/${LARGE}`)).toHaveLength(3)
    rmSync(join(cacheDir, 'small'), { recursive: true })
    const forbidden = await start((_, response) => response.writeHead(403).end())
    await rejection(load([forbidden.url]))
    expect(forbidden.requests).toHaveLength(1)
  })

  it('stores what a server has decompressed on the way under its uncompressed name', async () => {
    const server = await start(({ url = '' }, response) =>
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(FILES[url.slice(1)]),
    )
    await load([server.url])
    expect(cached()).toEqual(Object.keys(raw).sort())
  })

  it('downloads a file of the cache again that was damaged since', async () => {
    const server = await start(withRanges(FILES))
    await load([server.url])
    const path = join(cacheDir, 'small', LARGE)
    writeFileSync(path, readFileSync(path).subarray(0, 1000))
    await load([server.url])
    expect(server.requests.map(({ url }) => url).pop()).toBe(`/${LARGE}`)
    expect(readFileSync(path).length).toBe(FILES[LARGE].length)
  })
})

describe('a download that fails leaves no file and says why', () => {
  it.each<[string, Answer, RegExp]>([
    ['is refused', (_, response) => response.writeHead(403).end(), /answers HTTP 403/],
    ['is cut off each time', cutOff, /was cut off after|failed \(/],
    [
      'is not the file',
      (_, response) => response.writeHead(200).end('<html>Please sign in</html>'),
      /train-images\.gz.*not an IDX file/s,
    ],
    [
      'has other content',
      (_, response) => response.writeHead(200).end(gzipSync(idx([300, 8, 8], new Uint8Array(300 * 64)))),
      /its content is not that of a small set \(SHA-256/,
    ],
    [
      'is a gzip bomb',
      (_, response) => response.writeHead(200).end(gzipSync(idx([300, 8, 8], new Uint8Array(3e6)))),
      /promises 19216 bytes, but more follow/,
    ],
    [
      'never ends',
      (_, response) => {
        response.writeHead(200)
        const more = () => response.write(new Uint8Array(65536), more)
        more()
      },
      /sends more than the \d+ bytes/,
    ],
  ])('%s', async (_what, answer, message) => {
    const server = await start(spoiling(answer))
    const error = await rejection(load([server.url], { retries: 1 }))
    expect(error).toMatchObject({ code: 'network', file: LARGE })
    expect(error.message).toMatch(message)
    expect(error.message).toContain(`Or put ${LARGE} into ${join(cacheDir, 'small')} yourself`)
    expect(cached()).toEqual([])
  })

  it('where nobody listens, naming each mirror', async () => {
    const gone = await start(() => {})
    gone.close()
    const error = await rejection(load([gone.url, `${gone.url}second`], { retries: 0 }))
    expect(error.message).toMatch(/second\/train-images\.gz failed \(fetch failed: .*ECONNREFUSED/)
  })

  it('where the disk is full, without asking another mirror', async () => {
    const server = await start(withRanges(FILES))
    const probe = await open(join(cacheDir, 'probe'), 'w')
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
    vi.spyOn(Object.getPrototypeOf(probe), 'write').mockRejectedValue(full)
    const error = await rejection(load([server.url, server.url]))
    await probe.close()
    expect(error).toMatchObject({ code: 'write' })
    expect(error.message).toMatch(/the disk is full/)
    expect([cached(), server.requests.length]).toEqual([[], 1])
  })

  it('where the caller aborts', async () => {
    const controller = new AbortController()
    const server = await start(spoiling(() => controller.abort(new Error('stop it'))))
    await expect(load([server.url], { signal: controller.signal })).rejects.toThrow('stop it')
    expect(cached()).toEqual([])
  })

  it('where the folder cannot be made', async () => {
    writeFileSync(join(cacheDir, 'small'), '')
    expect(await rejection(load([]))).toMatchObject({ code: 'write' })
  })

  it('where neither or both of dir and cacheDir are given', async () => {
    await expect(loadRawImages(SOURCE, {})).rejects.toThrow('give either dir')
    await expect(loadRawImages(SOURCE, { dir: cacheDir, cacheDir })).rejects.toThrow(TypeError)
  })
})

describe('several processes', () => {
  it('that load at once download each file once', async () => {
    const server = await start(withRanges(FILES))
    await Promise.all([load([server.url]), load([server.url]), load([server.url])])
    expect(server.requests).toHaveLength(4)
    expect(cached()).toEqual(NAMES)
  })

  it('go on with the part that a killed one has left, and remove its lock', async () => {
    const dir = join(cacheDir, 'small')
    mkdirSync(dir)
    const child = fork('-e', [], { execArgv: ['-e', ''], silent: true })
    await new Promise((ended) => child.on('exit', ended))
    writeFileSync(join(dir, '.lock'), `${child.pid} ${hostname()}`)
    writeFileSync(join(dir, `${LARGE}.1234.part`), FILES[LARGE].subarray(0, 7000))
    const server = await start(withRanges(FILES))
    await load([server.url])
    expect(server.requests[0]).toEqual({ url: `/${LARGE}`, range: 'bytes=7000-' })
    expect(cached()).toEqual(NAMES)
  })

  it('go on where one was killed amid its download', async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: `import { loadRawImages } from './node.ts'; loadRawImages(...JSON.parse(process.argv[2]))`,
        resolveDir: fileURLToPath(new URL('..', import.meta.url)),
      },
      ...{ bundle: true, write: false, platform: 'node', format: 'esm', logLevel: 'error' },
      alias: {
        '@gosa/linalg': fileURLToPath(new URL('../../../linalg/src/index.ts', import.meta.url)),
        '@gosa/linalg/kernels': fileURLToPath(new URL('../../../linalg/src/kernels.ts', import.meta.url)),
      },
    })
    const script = join(cacheDir, 'load.mjs')
    writeFileSync(script, outputFiles[0].contents)
    // Half of the large file comes, then nothing, until the process is killed.
    const half = FILES[LARGE].length >> 1
    const server = await start(
      spoiling(({ url = '' }, response) => {
        response.writeHead(200, { 'Content-Length': FILES[url.slice(1)].length })
        response.write(FILES[url.slice(1)].subarray(0, half))
      }, 1),
    )
    const options = { cacheDir, mirrors: [server.url], stallTimeout: 60_000 }
    const child = fork(script, [JSON.stringify([SOURCE, options])], { silent: true })
    const parts = () => cached().filter((name) => name.endsWith('.part'))
    const written = () => parts().map((name) => statSync(join(cacheDir, 'small', name)).size)
    await vi.waitUntil(() => written()[0] === half, { timeout: 30_000 })
    child.kill('SIGKILL')
    await new Promise((ended) => child.on('exit', ended))
    expect(cached()).toEqual(['.lock', ...parts()])
    await load([server.url])
    expect(server.requests[1]).toEqual({ url: `/${LARGE}`, range: `bytes=${half}-` })
    expect(cached()).toEqual(NAMES)
  })

  it('start again where the part that was left is of another file', async () => {
    const dir = join(cacheDir, 'small')
    mkdirSync(dir)
    writeFileSync(join(dir, `${LARGE}.1.part`), noise(3000))
    writeFileSync(join(dir, `${LARGE}.2.part`), noise(3000))
    const server = await start(withRanges(FILES))
    await load([server.url])
    expect(server.requests.slice(0, 2).map(({ range }) => range)).toEqual(['bytes=3000-', undefined])
    expect(cached()).toEqual(NAMES)
  })

  it('wait for the lock of one on another machine, and say so where it stays', async () => {
    const dir = join(cacheDir, 'small')
    mkdirSync(dir)
    writeFileSync(join(dir, '.lock'), '1 another-machine')
    const { withLock } = await import('./lock.ts')
    const error = await rejection(withLock(dir, async () => {}, { patience: 150 }))
    expect(error).toMatchObject({ code: 'locked', file: join(dir, '.lock') })
    expect(error.message).toContain('another process (1 another-machine)')
  })
})

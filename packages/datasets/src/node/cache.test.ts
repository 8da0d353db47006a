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
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { createRng } from '@gosa/linalg'
import { build } from 'esbuild'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { idxFile } from '../idx.testing.ts'
import { DataError } from '../index.ts'
import {
  type DownloadProgress,
  defaultCacheDir,
  type ImageSource,
  type LoadRawImagesOptions,
  loadRawImages,
} from '../node.ts'
import { breakAfter, type Handler, serve, serveFiles } from '../serve.testing.ts'

const faults: { rename?: (from: string, to: string) => Promise<void> } = vi.hoisted(() => ({}))
vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:fs/promises')>()
  const rename = (from: string, to: string) => (faults.rename ?? original.rename)(from, to)
  return { ...original, rename }
})

/** Bytes that do not compress. */
const noise = (length: number): Uint8Array => {
  const rng = createRng(length)
  return Uint8Array.from({ length }, () => rng.integer(256))
}
const raw = {
  'train-images': idxFile([300, 8, 8], noise(300 * 64)),
  'train-labels': idxFile([300], new Uint8Array(300)),
  'test-images': idxFile([2, 8, 8], noise(128)),
  'test-labels': idxFile([2], Uint8Array.of(1, 0)),
}
const describeFile = (name: keyof typeof raw) => ({
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
    trainImages: describeFile('train-images'),
    trainLabels: describeFile('train-labels'),
    testImages: describeFile('test-images'),
    testLabels: describeFile('test-labels'),
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
  faults.rename = undefined
  for (const server of servers.splice(0)) server.close()
  rmSync(cacheDir, { recursive: true, force: true })
})

const start = async (handler: Handler) => {
  const server = await serve(handler)
  servers.push(server)
  return server
}
const folder = () => join(cacheDir, 'small')
const cached = () => (existsSync(folder()) ? readdirSync(folder()).sort() : [])
const load = (mirrors: string[], options: Partial<LoadRawImagesOptions> = {}) =>
  loadRawImages(SOURCE, { cacheDir, mirrors, backOff: 1, stallTimeout: 5000, ...options })
const rejection = async (promise: Promise<unknown>): Promise<DataError> => {
  const error = await promise.then(
    () => new Error('the promise was fulfilled'),
    (reason) => reason,
  )
  if (error instanceof DataError) return error
  throw error
}

/** Handles the first `times` requests for the large file by `fault`, everything else by `otherwise`. */
const failing = (fault: Handler, times = Infinity, otherwise = serveFiles(FILES)): Handler => {
  let count = 0
  return (request, response) =>
    (request.url === `/${LARGE}` && count++ < times ? fault : otherwise)(request, response)
}
const breakOff = breakAfter(5000, FILES)
const requestsFor = (file: string, { requests }: { requests: string[] }) =>
  requests.filter((url) => url === `/${file}`).length

describe('defaultCacheDir', () => {
  it.each([
    ['linux', {}, '/home/me/.cache/gosa'],
    ['linux', { XDG_CACHE_HOME: '/big' }, '/big/gosa'],
    ['darwin', {}, '/home/me/Library/Caches/gosa'],
    ['win32', { LOCALAPPDATA: 'C:\\Local' }, 'C:\\Local\\gosa\\cache'],
    ['win32', {}, '\\home\\me\\AppData\\Local\\gosa\\cache'],
  ])('returns the folder of caches on %s with %o', (platform, env, expected) => {
    expect(defaultCacheDir({ platform, env, home: '/home/me' })).toBe(expected)
  })
})

describe('loadRawImages with cacheDir', () => {
  it('downloads the four files, verifies them, and needs no server the next time', async () => {
    const server = await start(serveFiles(FILES))
    const { train, test, classes, verified } = await load([server.url])
    expect([train.count, test.count, classes, verified]).toEqual([300, 2, 2, 'content'])
    expect(cached()).toEqual(NAMES)
    for (const name of NAMES) expect(readFileSync(join(folder(), name)).equals(FILES[name])).toBe(true)
    await load([])
    expect(server.requests).toHaveLength(4)
  })

  it('reports the bytes received so far, and those in all', async () => {
    const server = await start(serveFiles(FILES))
    const seen: DownloadProgress[] = []
    await load([server.url], { onProgress: (progress) => seen.push(progress) })
    const last = seen.filter((progress) => progress.file === LARGE).pop()
    const total = FILES[LARGE].length
    expect(last).toEqual({ file: LARGE, url: `${server.url}${LARGE}`, received: total, total })
  })

  it('begins a broken transfer again from its first byte', async () => {
    const ranges: (string | undefined)[] = []
    const handler = failing(breakOff, 1)
    const server = await start((request, response) => {
      ranges.push(request.headers.range)
      handler(request, response)
    })
    const { train } = await load([server.url])
    expect(Buffer.compare(train.pixels, raw['train-images'].subarray(16))).toBe(0)
    expect(requestsFor(LARGE, server)).toBe(2)
    expect(ranges).toEqual(Array(5).fill(undefined))
    expect(cached()).toEqual(NAMES)
  })

  it('takes the file from the second mirror if the first keeps failing', async () => {
    const first = await start(failing(breakOff))
    const second = await start(serveFiles(FILES))
    await load([first.url, second.url], { retries: 1 })
    expect(requestsFor(LARGE, first)).toBe(2)
    expect(second.requests).toEqual([`/${LARGE}`])
    expect(cached()).toEqual(NAMES)
  })

  it('takes the file from the second mirror, at once, if the copy of the first has another hash', async () => {
    const other = gzipSync(idxFile([300, 8, 8], new Uint8Array(300 * 64)))
    const first = await start(serveFiles({ ...FILES, [LARGE]: other }))
    const second = await start(serveFiles(FILES))
    await load([first.url, second.url])
    expect([requestsFor(LARGE, first), requestsFor(LARGE, second)]).toEqual([1, 1])
    expect(readFileSync(join(folder(), LARGE)).equals(FILES[LARGE])).toBe(true)
    expect(cached()).toEqual(NAMES)
  })

  it('accepts a copy that was compressed in another way', async () => {
    const copy = gzipSync(raw['train-images'], { level: 1, memLevel: 3 })
    const server = await start(serveFiles({ ...FILES, [LARGE]: copy }))
    expect((await load([server.url])).verified).toBe('content')
  })

  it('follows redirects', async () => {
    const target = await start(serveFiles(FILES))
    const server = await start(({ url }, response) =>
      response.writeHead(302, { Location: `${target.url}${url?.slice(1)}` }).end(),
    )
    await load([server.url])
    expect(cached()).toEqual(NAMES)
  })

  it('waits for a slow server as long as bytes arrive', async () => {
    const bytes = FILES[LARGE]
    const slow: Handler = (_, response) => {
      response.writeHead(200, { 'Content-Length': bytes.length })
      const part = Math.ceil(bytes.length / 8)
      for (let i = 0; i < 8; i++)
        setTimeout(() => response.write(bytes.subarray(i * part, (i + 1) * part)), 40 * i)
      setTimeout(() => response.end(), 350)
    }
    const server = await start(failing(slow))
    await load([server.url])
    expect(server.requests).toHaveLength(4)
  })

  it('turns to the next mirror when a server sends nothing for stallTimeout', async () => {
    const stall: Handler = (_, response) => {
      response.writeHead(200, { 'Content-Length': FILES[LARGE].length })
      response.write(FILES[LARGE].subarray(0, 100))
    }
    const [first, second] = [await start(failing(stall)), await start(serveFiles(FILES))]
    await load([first.url, second.url], { retries: 0, stallTimeout: 300 })
    expect(second.requests).toEqual([`/${LARGE}`])
  })

  it('retries after HTTP 503, not after 403', async () => {
    const server = await start(failing((_, response) => response.writeHead(503).end(), 2))
    await load([server.url])
    expect(requestsFor(LARGE, server)).toBe(3)
    rmSync(folder(), { recursive: true })
    const forbidden = await start((_, response) => response.writeHead(403).end())
    await rejection(load([forbidden.url]))
    expect(forbidden.requests).toHaveLength(1)
  })

  it('stores what fetch decompressed on the way under its uncompressed name', async () => {
    const server = await start(({ url = '' }, response) =>
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(FILES[url.slice(1)]),
    )
    await load([server.url])
    expect(cached()).toEqual(Object.keys(raw).sort())
  })

  it('downloads a file of the cache again that was damaged since', async () => {
    const server = await start(serveFiles(FILES))
    await load([server.url])
    const path = join(folder(), LARGE)
    writeFileSync(path, readFileSync(path).subarray(0, 1000))
    await load([server.url])
    expect(server.requests.pop()).toBe(`/${LARGE}`)
    expect(readFileSync(path).length).toBe(FILES[LARGE].length)
  })
})

describe('a download that fails leaves no file and says why', () => {
  it.each<[string, Handler, RegExp]>([
    ['if it is refused', (_, response) => response.writeHead(403).end(), /returned HTTP 403/],
    ['if it breaks each time', breakOff, /was cut off after|failed \(/],
    [
      'if it is not the file',
      (_, response) => response.writeHead(200).end('<html>Please sign in</html>'),
      /train-images\.gz: not an IDX file/,
    ],
    [
      'if it has other content',
      (_, response) => response.writeHead(200).end(gzipSync(idxFile([300, 8, 8], new Uint8Array(300 * 64)))),
      /the content is not that of a small set \(SHA-256/,
    ],
    [
      'if it is a gzip bomb',
      (_, response) => response.writeHead(200).end(gzipSync(idxFile([300, 8, 8], new Uint8Array(3e6)))),
      /promises 19216 bytes, but more follow/,
    ],
    [
      'if it never ends',
      (_, response) => {
        response.writeHead(200)
        const more = () => response.write(new Uint8Array(65536), more)
        more()
      },
      /sends more than the \d+ bytes/,
    ],
    [
      'if it announces too many bytes',
      (_, response) => response.writeHead(200, { 'Content-Length': 1e9 }).flushHeaders(),
      /sends more than the \d+ bytes/,
    ],
  ])('%s', async (_case, fault, message) => {
    const server = await start(failing(fault))
    const error = await rejection(load([server.url], { retries: 1 }))
    expect(error).toMatchObject({ code: 'network', file: LARGE })
    expect(error.message).toMatch(message)
    expect(error.message).toContain(`Or put ${LARGE} into ${folder()} yourself`)
    expect(cached()).toEqual([])
  })

  it('if nobody listens, naming each mirror', async () => {
    const gone = await start(() => {})
    gone.close()
    const error = await rejection(load([gone.url, `${gone.url}second`], { retries: 0 }))
    expect(error.message).toMatch(/second\/train-images\.gz failed \(fetch failed: .*ECONNREFUSED/)
  })

  it('if the disk is full, without asking another mirror', async () => {
    const server = await start(serveFiles(FILES))
    const probe = await open(join(cacheDir, 'probe'), 'w')
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
    vi.spyOn(Object.getPrototypeOf(probe), 'writeFile').mockRejectedValue(full)
    const error = await rejection(load([server.url, server.url]))
    await probe.close()
    expect(error).toMatchObject({ code: 'write' })
    expect(error.message).toMatch(/the disk is full/)
    expect([cached(), server.requests.length]).toEqual([[], 1])
  })

  it('if the file cannot be renamed', async () => {
    const server = await start(serveFiles(FILES))
    faults.rename = () => Promise.reject(Object.assign(new Error('EACCES'), { code: 'EACCES' }))
    expect(await rejection(load([server.url]))).toMatchObject({ code: 'write', file: join(folder(), LARGE) })
    expect(cached()).toEqual([])
  })

  it('if the caller aborts while bytes arrive', async () => {
    const controller = new AbortController()
    const stall: Handler = (_, response) => {
      response.writeHead(200, { 'Content-Length': FILES[LARGE].length })
      response.write(FILES[LARGE].subarray(0, 100))
    }
    const server = await start(failing(stall))
    const onProgress = () => controller.abort(new Error('stop it'))
    await expect(load([server.url], { signal: controller.signal, onProgress })).rejects.toThrow('stop it')
    expect([cached(), server.requests.length]).toEqual([[], 1])
  })

  it('if the caller aborts during the pause before a retry', async () => {
    const controller = new AbortController()
    const server = await start((_, response) => {
      response.writeHead(503).end()
      setTimeout(() => controller.abort(new Error('stop it')), 50)
    })
    const options = { signal: controller.signal, backOff: 60_000 }
    await expect(load([server.url], options)).rejects.toThrow('stop it')
    expect(cached()).toEqual([])
  })

  it('if the folder cannot be created', async () => {
    writeFileSync(folder(), '')
    expect(await rejection(load([]))).toMatchObject({ code: 'write' })
  })

  it('if neither or both of dir and cacheDir are given', async () => {
    await expect(loadRawImages(SOURCE, {})).rejects.toThrow('give either dir')
    await expect(loadRawImages(SOURCE, { dir: cacheDir, cacheDir })).rejects.toThrow(TypeError)
  })
})

/** Bundles a script that loads a data set: a process of its own takes the arguments of `loadRawImages` as JSON. */
async function bundleLoader(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { loadRawImages } from './node.ts'; loadRawImages(...JSON.parse(process.argv[2]))`,
      resolveDir: fileURLToPath(new URL('..', import.meta.url)),
    },
    ...{ bundle: true, write: false, platform: 'node', format: 'esm', logLevel: 'error' },
    alias: {
      '@gosa/linalg/options': fileURLToPath(new URL('../../../linalg/src/options.ts', import.meta.url)),
      '@gosa/linalg': fileURLToPath(new URL('../../../linalg/src/index.ts', import.meta.url)),
      '@gosa/linalg/kernels': fileURLToPath(new URL('../../../linalg/src/kernels.ts', import.meta.url)),
    },
  })
  const script = join(cacheDir, 'load.mjs')
  writeFileSync(script, outputFiles[0].contents)
  return script
}

describe('several downloads into one cache', () => {
  it('do not disturb each other: all succeed, and no temporary file stays', async () => {
    const server = await start(serveFiles(FILES))
    const loads = await Promise.all([load([server.url]), load([server.url]), load([server.url])])
    for (const { verified } of loads) expect(verified).toBe('content')
    expect(cached()).toEqual(NAMES)
  })

  it('do not disturb each other in separate processes', async () => {
    const script = await bundleLoader()
    const server = await start(serveFiles(FILES))
    const argument = JSON.stringify([SOURCE, { cacheDir, mirrors: [server.url] }])
    const children = [1, 2].map(() => fork(script, [argument], { silent: true }))
    const codes = await Promise.all(children.map((child) => new Promise((ended) => child.on('exit', ended))))
    expect(codes).toEqual([0, 0])
    expect(cached()).toEqual(NAMES)
    expect((await load([])).verified).toBe('content')
  })

  it('accept the verified file of another process that cannot be replaced because it is being read', async () => {
    const server = await start(serveFiles(FILES))
    // As on Windows, if the other process has just put its file there and has it open.
    let renames = 0
    faults.rename = async (_, path) => {
      renames++
      writeFileSync(path, FILES[path.slice(folder().length + 1)])
      throw Object.assign(new Error('EPERM: operation not permitted, rename'), { code: 'EPERM' })
    }
    expect((await load([server.url])).verified).toBe('content')
    expect(renames).toBe(4)
    expect(cached()).toEqual(NAMES)
  })

  it('begin again after a process was killed in the middle, whose temporary file is removed a day later', async () => {
    const script = await bundleLoader()
    // Half of the large file arrives, then nothing until the process is killed.
    const half = FILES[LARGE].length >> 1
    const sendHalf: Handler = ({ url = '' }, response) => {
      response.writeHead(200, { 'Content-Length': FILES[url.slice(1)].length })
      response.write(FILES[url.slice(1)].subarray(0, half))
    }
    const server = await start(failing(sendHalf, 1))
    const options = { cacheDir, mirrors: [server.url], stallTimeout: 60_000 }
    const child = fork(script, [JSON.stringify([SOURCE, options])], { silent: true })
    await vi.waitUntil(() => cached().some((name) => statSync(join(folder(), name)).size === half), {
      timeout: 30_000,
    })
    child.kill('SIGKILL')
    await new Promise((ended) => child.on('exit', ended))
    const [temporary, ...others] = cached()
    expect(temporary).toMatch(/^train-images\.gz\.[-0-9a-f]+\.tmp$/)
    expect(others).toEqual([])
    await load([server.url])
    expect(cached()).toEqual([...NAMES, temporary].sort())

    const past = Date.now() / 1000 - 25 * 3600
    utimesSync(join(folder(), temporary), past, past)
    rmSync(join(folder(), LARGE))
    await load([server.url])
    expect(cached()).toEqual(NAMES)
  })

  it('leave the temporary files of other processes alone', async () => {
    mkdirSync(folder())
    const others = [`${LARGE}.1234.tmp`, 'notes.tmp']
    for (const name of others) writeFileSync(join(folder(), name), 'half')
    const server = await start(serveFiles(FILES))
    await load([server.url])
    expect(cached()).toEqual([...NAMES, ...others].sort())
  })
})

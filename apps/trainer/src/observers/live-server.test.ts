import { connect } from 'node:net'
import { CommandError } from '@gosa/cli-kit'
import { afterEach, describe, expect, it } from 'vitest'
import { ask, closeAll, listen, liveRun, measured, now, open } from './live.testing.ts'
import { openLive } from './live.ts'

afterEach(closeAll)

describe('a live page', () => {
  it('is on this machine alone, at a free port and a path that nobody can guess, another one each time', async () => {
    const [one, other] = [await open(), await open()]
    expect(one.live.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}\/$/)
    expect(other.token).not.toBe(one.token)
    expect(other.port).not.toBe(one.port)
  })

  it('is a page with a policy that lets nothing in from elsewhere', async () => {
    const { live } = await open()
    const { status, headers, text } = await ask(live.url)
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    const policy = String(headers['content-security-policy'])
    expect(policy).toMatch(
      /^default-src 'none'; img-src data:; style-src 'sha256-[^']*'; script-src 'sha256-[^']*'; connect-src 'self'; /,
    )
    expect(policy).toMatch(/frame-ancestors 'none'$/)
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    expect(text).toContain('The images are being loaded.')
  })

  it('answers 403 to every other host, whatever the path', async () => {
    const { live, port } = await open()
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      '127.0.0.1:1',
      `127.0.0.1.evil.example:${port}`,
      `[::1]:${port}`,
    ]) {
      expect({ host, ...(await ask(live.url, { host })) }).toMatchObject({ host, status: 403 })
      expect(await ask(live.url, { host, path: '/' })).toMatchObject({ status: 403 })
    }
    expect(await ask(live.url, { host: `localhost:${port}` })).toMatchObject({ status: 200 })
  })

  it('answers 404 without the token, and says nothing of the run', async () => {
    const { live, token } = await open()
    live.watch(liveRun('secret'))
    const paths = [
      '/',
      '/events',
      '/wrong/',
      '/wrong/events',
      `/${token.slice(0, -1)}/`,
      `/${token}x/`,
      `//${token}/`,
      `/${token}/other`,
      `/${token}/../`,
    ]
    for (const path of paths) {
      const { status, text } = await ask(live.url, { path })
      expect({ path, status }).toEqual({ path, status: 404 })
      expect(text).not.toContain('secret')
    }
    expect(await ask(live.url, { path: `/${token}` })).toMatchObject({
      status: 308,
      headers: { location: `/${token}/` },
    })
  })

  it('answers 405 to anything but reading', async () => {
    const { live } = await open()
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD']) {
      expect(await ask(live.url, { method })).toMatchObject({ status: 405, headers: { allow: 'GET' } })
    }
  })

  it('is refused in words where another program has the port', async () => {
    const { port } = await open()
    const second = openLive(Number(port))
    await expect(second).rejects.toThrow(CommandError)
    await expect(second).rejects.toThrow(`--live ${port}: another program has this port`)
  })
})

describe('the events of a live page', () => {
  it('tell of progress twice a second, of the end of the last epoch at once', async () => {
    const { live, clock } = await open()
    const observer = live.watch(liveRun())
    const { next } = listen(live.url)
    expect((await next()).value).toMatchObject({ title: '0 % digits-1' })
    clock.time = 1000
    observer.progress?.(now(4))
    observer.progress?.(now(8))
    clock.time = 1500
    observer.progress?.(now(12))
    observer.progress?.(now(40))
    await observer.epoch?.(measured(4))
    const titles = [await next(), await next(), await next()].map(
      ({ value }) => (value as { title: string }).title,
    )
    expect(titles).toEqual(['10 % digits-1', '30 % digits-1', '100 % digits-1'])
  })

  it('give those who come late the whole history', async () => {
    const { live } = await open()
    const run = { ...liveRun(), earlier: [measured(1)] }
    const observer = live.watch(run)
    for (const epoch of [2, 3]) {
      run.losses.add(10 * epoch, 0.5)
      observer.progress?.(now(10 * epoch))
      await observer.epoch?.(measured(epoch))
    }
    const { name, value } = await listen(live.url).next()
    const { content } = value as { content: string }
    expect(name).toBe('state')
    for (const epoch of [1, 2, 3]) expect(content).toContain(`training images, epochs ${epoch}:`)
    expect(content).toContain('single batches')
    expect((await ask(live.url)).text).toContain(content)
  })

  it('show the next run of a sweep', async () => {
    const { live } = await open()
    live.watch(liveRun('one'))
    const { next } = listen(live.url)
    await next()
    live.watch(liveRun('two'))
    expect((await next()).value).toMatchObject({ title: '0 % two' })
  })

  it('end with the run: last words, closed connections, a free port', async () => {
    const { live, port } = await open()
    live.watch(liveRun())
    const [one, two] = [listen(live.url), listen(live.url)]
    await one.next()
    await two.next()
    // One who holds a connection without asking for anything.
    const idle = connect(Number(port), '127.0.0.1')
    await new Promise((done) => idle.on('connect', done))
    const closed = new Promise((done) => idle.on('close', done))
    await live.close('It is over.')
    for (const listener of [one, two]) {
      expect(await listener.next()).toEqual({ name: 'end', value: 'It is over.' })
      await listener.ended
    }
    await closed
    await expect(ask(live.url)).rejects.toThrow('ECONNREFUSED')
  })

  it('are for sixteen pages, and for others when one has left', async () => {
    const { live, token } = await open()
    const listeners = Array.from({ length: 16 }, () => listen(live.url))
    for (const { next } of listeners) await next()
    expect(await ask(live.url, { path: `/${token}/events` })).toMatchObject({ status: 503 })
    listeners[0].leave()
    await listeners[0].ended
    let name: string | undefined
    while (name !== 'state') {
      const next = listen(live.url)
      name = await Promise.race([next.next().then((event) => event.name), next.ended.then(() => undefined)])
    }
  })

  it('are written for no one where no one listens', async () => {
    const { live } = await open()
    const run = liveRun()
    const observer = live.watch({
      ...run,
      losses: {
        ...run.losses,
        points: () => {
          throw new Error('drawn')
        },
      },
    })
    expect(() => observer.progress?.(now(4))).not.toThrow()
  })
})

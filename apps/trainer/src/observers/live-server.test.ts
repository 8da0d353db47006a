import { connect } from 'node:net'
import { CommandError } from '@gosa/cli-kit'
import { afterEach, describe, expect, it } from 'vitest'
import { closeAll, get, listen, liveRun, open, watch } from './live.testing.ts'
import { openLive } from './live.ts'

afterEach(closeAll)

describe('the live server', () => {
  it('listens on the loopback interface, at a free port and a path with a random token', async () => {
    const [one, other] = [await open(), await open()]
    expect(one.live.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}\/$/)
    expect(other.token).not.toBe(one.token)
    expect(other.port).not.toBe(one.port)
  })

  it('serves the page with a policy that allows no other resources', async () => {
    const { live } = await open()
    const { status, headers, text } = await get(live.url)
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    const policy = String(headers['content-security-policy'])
    expect(policy).toMatch(
      /^default-src 'none'; img-src data:; style-src 'sha256-[^']*'; script-src 'sha256-[^']*'; connect-src 'self'; /,
    )
    expect(policy).toMatch(/frame-ancestors 'none'$/)
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    expect(text).toContain('Loading the data.')
  })

  it('answers 403 for any other Host, whatever the path', async () => {
    const { live, port } = await open()
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      '127.0.0.1:1',
      `127.0.0.1.evil.example:${port}`,
      `[::1]:${port}`,
    ]) {
      expect({ host, ...(await get(live.url, { host })) }).toMatchObject({ host, status: 403 })
      expect(await get(live.url, { host, path: '/' })).toMatchObject({ status: 403 })
    }
    expect(await get(live.url, { host: `localhost:${port}` })).toMatchObject({ status: 200 })
  })

  it('answers 404 without the token, and reveals nothing of the run', async () => {
    const { live, token } = await open()
    watch(live, liveRun('secret'))
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
      const { status, text } = await get(live.url, { path })
      expect({ path, status }).toEqual({ path, status: 404 })
      expect(text).not.toContain('secret')
    }
    expect(await get(live.url, { path: `/${token}` })).toMatchObject({
      status: 308,
      headers: { location: `/${token}/` },
    })
  })

  it('answers 405 for all methods but GET', async () => {
    const { live } = await open()
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD']) {
      expect(await get(live.url, { method })).toMatchObject({ status: 405, headers: { allow: 'GET' } })
    }
  })

  it('is a CommandError if another program has the port', async () => {
    const { port } = await open()
    const second = openLive(Number(port))
    await expect(second).rejects.toThrow(CommandError)
    await expect(second).rejects.toThrow(`--live ${port}: the port is in use by another program`)
  })

  it('accepts 16 pages, and another one when one has left', async () => {
    const { live, token } = await open()
    const listeners = Array.from({ length: 16 }, () => listen(live.url))
    for (const { next } of listeners) await next()
    expect(await get(live.url, { path: `/${token}/events` })).toMatchObject({ status: 503 })
    listeners[0].leave()
    await listeners[0].ended
    let name: string | undefined
    while (name !== 'state') {
      const next = listen(live.url)
      name = await Promise.race([next.next().then((event) => event.name), next.ended.then(() => undefined)])
    }
  })

  it('closes all connections and the port at the end, after a last event', async () => {
    const { live, port } = await open()
    watch(live, liveRun())
    const [one, two] = [listen(live.url), listen(live.url)]
    await one.next()
    await two.next()
    // A connection without a request.
    const idle = connect(Number(port), '127.0.0.1')
    await new Promise((done) => idle.on('connect', done))
    const closed = new Promise((done) => idle.on('close', done))
    await live.close('The run has ended.')
    for (const listener of [one, two]) {
      expect(await listener.next()).toMatchObject({ name: 'end', value: { message: 'The run has ended.' } })
      await listener.ended
    }
    await closed
    await expect(get(live.url)).rejects.toThrow('ECONNREFUSED')
  })
})

import { createOutput, ExitCode } from '@gosa/cli-kit'
import { afterAll, describe, expect, it } from 'vitest'
import { command, inProcess, SMALL, temporaryFolder } from '../command.testing.ts'
import { type Listener, listen } from './live.testing.ts'
import { withLive } from './with-live.ts'

const folder = temporaryFolder()
afterAll(folder.remove)

/** What is said last, after the latest title; `meanwhile` is told each title. */
async function toTheEnd({ next, ended }: Listener, meanwhile: (title: string) => void = () => {}) {
  for (;;) {
    const { name, value } = await next()
    if (name === 'end') {
      await ended
      return value
    }
    meanwhile((value as { title: string }).title)
  }
}

/** Does something with a live page to which someone listens already; answers what was said to whom. */
async function done(action: () => Promise<ExitCode>, options: { json?: boolean; quiet?: boolean } = {}) {
  const written = { stdout: '', stderr: '' }
  const sink = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (written[name] += text) })
  const output = createOutput({ ...options, stdout: sink('stdout'), stderr: sink('stderr'), env: {} })
  let last: Promise<unknown> | undefined
  const code = await withLive({ options: { live: true } as never, output }, async (live) => {
    const listener = listen(live?.url ?? '')
    await listener.next()
    last = toTheEnd(listener)
    return action()
  }).catch((error: Error) => error.message)
  return { ...written, code, last: await last }
}

describe('a run with a live page', () => {
  it('says on stderr where it is, as JSON with --json', async () => {
    const { stdout, stderr } = await done(async () => ExitCode.success)
    expect(stderr).toMatch(/^live {7}http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}\/\n$/)
    expect(stdout).toBe('')
    expect(await done(async () => ExitCode.success, { quiet: true })).toMatchObject({
      stderr: expect.stringMatching(/^live /),
    })
    const json = await done(async () => ExitCode.success, { json: true })
    expect(json.stderr).toBe('')
    expect(JSON.parse(json.stdout)).toEqual({ event: 'live', url: expect.stringMatching(/^http:/) })
  })

  it('tells the page how it ended, and closes it, however that is', async () => {
    expect(await done(async () => ExitCode.success)).toMatchObject({
      code: 0,
      last: 'The run has ended; this is how it went.',
    })
    expect(await done(async () => ExitCode.interrupted)).toMatchObject({
      code: 130,
      last: 'The run has ended: it was stopped.',
    })
    const failing = async () => {
      throw new Error('on purpose')
    }
    expect(await done(failing)).toMatchObject({
      code: 'on purpose',
      last: 'The run has ended: it failed, and the terminal says why.',
    })
  })

  it('needs none', async () => {
    const output = createOutput({ stdout: { write: () => {} }, stderr: { write: () => {} }, env: {} })
    expect(await withLive({ options: {} as never, output }, async (live) => (live ? 1 : 0))).toBe(0)
  })
})

describe('--live', () => {
  it('shows the run while it goes on, and does not keep the command from ending', async () => {
    let said = ''
    let last: Promise<unknown> | undefined
    const { code } = await command(
      folder.path,
      [...SMALL, '--iterations', '10000000', '--no-out', '--live'],
      {
        started: (child) =>
          child.stderr?.on('data', (text) => {
            said += text
            const [url] = /http:.*\/(?=\n)/.exec(said) ?? []
            if (url && !last)
              last = toTheEnd(listen(url), (title) => title.includes('%') && child.kill('SIGINT'))
          }),
      },
    )
    expect(code).toBe(130)
    expect(await last).toBe('The run has ended: it was stopped.')
  })

  it('takes a port and nothing else', async () => {
    for (const port of ['65536', '-1', 'train', '80.5']) {
      const { code, stderr } = await inProcess(folder.path, ['--no-out', '--live', port])
      expect({ port, code }).toEqual({ port, code: 2 })
      expect(stderr).toMatch(/^gosa-trainer: .*--live.*a whole number from 0 to 65535.*\n$/)
    }
  })
})

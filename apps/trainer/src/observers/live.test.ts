import { html } from '@gosa/charts/html'
import { createOutput, ExitCode } from '@gosa/cli-kit'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { command, inProcess, SMALL, temporaryFolder } from '../command.testing.ts'
import { closeAll, get, type Listener, listen, liveRun, measured, open, watch } from './live.testing.ts'
import { withLive } from './live.ts'

afterEach(closeAll)
const folder = temporaryFolder()
afterAll(folder.remove)

describe('the live page', () => {
  it('gets summary and curves twice a second, and all parts at the end of an epoch', async () => {
    const { live, clock } = await open()
    const run = watch(live, liveRun())
    const { next } = listen(live.url)
    expect((await next()).value).toMatchObject({
      title: '0 % digits-1',
      parts: { report: expect.anything() },
    })
    clock.time = 1000
    run.progress(4)
    run.progress(8)
    clock.time = 1500
    run.progress(10)
    run.epoch(1)
    const events = [await next(), await next(), await next()].map(({ value }) => value)
    expect(events.map(({ title }) => title)).toEqual(['10 % digits-1', '25 % digits-1', '25 % digits-1'])
    expect(Object.keys(events[0].parts)).toEqual(['summary', 'curves'])
    expect(Object.keys(events[2].parts)).toEqual(
      expect.arrayContaining(['summary', 'curves', 'epochs', 'confusion', 'mistakes', 'weights']),
    )
  })

  it('evaluates the model at most every two seconds, and at the end of the last epoch in any case', async () => {
    const { live, clock } = await open()
    const quick = liveRun()
    let evaluations = 0
    const { predict } = quick.model
    const run = watch(live, {
      ...quick,
      model: {
        ...quick.model,
        predict(x) {
          evaluations += Number(x.shape[0] === 3)
          return predict(x)
        },
      },
    })
    const { next } = listen(live.url)
    await next()
    for (const epoch of [1, 2, 3]) {
      clock.time += 900
      run.progress(10 * epoch)
      run.epoch(epoch)
    }
    expect(evaluations).toBe(2)
    run.progress(40)
    run.epoch(4)
    expect(evaluations).toBe(3)
  })

  it('gives pages that are opened later the whole history', async () => {
    const { live } = await open()
    const run = watch(live, liveRun('digits-1', [measured(1)]))
    for (const epoch of [2, 3]) {
      run.progress(10 * epoch)
      run.epoch(epoch)
    }
    const { name, value } = await listen(live.url).next()
    const { report } = value.parts
    expect(name).toBe('state')
    for (const epoch of [1, 2, 3]) expect(report).toContain(`training images, epochs ${epoch}:`)
    expect(report).toContain('single batches')
    const { text } = await get(live.url)
    for (const epoch of [1, 2, 3]) expect(text).toContain(`training images, epochs ${epoch}:`)
  })

  it('shows the next run of a sweep', async () => {
    const { live } = await open()
    watch(live, liveRun('one'))
    const { next } = listen(live.url)
    await next()
    watch(live, liveRun('two'))
    expect((await next()).value).toMatchObject({ title: '0 % two', parts: { report: expect.anything() } })
  })

  it('ends with the final report and a message', async () => {
    const { live } = await open()
    watch(live, liveRun())
    const { next } = listen(live.url)
    await next()
    live.finish({ title: 'digits-1: 97.00 %', parts: { summary: html`<h1>The end</h1>` } })
    await live.close('The run has ended.')
    const { name, value } = await next()
    expect(name).toBe('end')
    expect(value).toMatchObject({ title: 'digits-1: 97.00 %', message: 'The run has ended.' })
    expect(value.parts.report).toContain('<h1>The end</h1>')
  })

  it('is not rendered while no page is open', async () => {
    const { live } = await open()
    const run = liveRun()
    const neverCalled = () => {
      throw new Error('rendered')
    }
    const losses = { ...run.history.losses, points: neverCalled }
    const observer = live.watch({ ...run, history: { ...run.history, losses } })
    observer.progress?.({ iteration: 4, loss: 1, samplesPerSecond: 1 })
    await observer.epoch?.(measured(1))
  })
})

/** The message of the last event. `meanwhile` is called with each title before. */
async function lastMessage({ next, ended }: Listener, meanwhile: (title: string) => void = () => {}) {
  for (;;) {
    const { name, value } = await next()
    if (name === 'end') {
      await ended
      return value.message
    }
    meanwhile(value.title)
  }
}

/** Runs an action with a live page that is open in one client. Returns its exit code, what was printed, and the last message. */
async function runWithLive(
  action: () => Promise<ExitCode>,
  options: { json?: boolean; quiet?: boolean } = {},
) {
  const written = { stdout: '', stderr: '' }
  const sink = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (written[name] += text) })
  const output = createOutput({ ...options, stdout: sink('stdout'), stderr: sink('stderr'), env: {} })
  let message: Promise<string | undefined> | undefined
  const code = await withLive({ options: { live: true } as never, output }, async (live) => {
    const listener = listen(live?.url ?? '')
    await listener.next()
    message = lastMessage(listener)
    return action()
  }).catch((error: Error) => error.message)
  return { ...written, code, message: await message }
}

describe('withLive', () => {
  it('prints the address on stderr, with --json as an event', async () => {
    const { stdout, stderr } = await runWithLive(async () => ExitCode.success)
    expect(stderr).toMatch(/^live {7}http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}\/\n$/)
    expect(stdout).toBe('')
    expect(await runWithLive(async () => ExitCode.success, { quiet: true })).toMatchObject({
      stderr: expect.stringMatching(/^live /),
    })
    const json = await runWithLive(async () => ExitCode.success, { json: true })
    expect(json.stderr).toBe('')
    expect(JSON.parse(json.stdout)).toEqual({ event: 'live', url: expect.stringMatching(/^http:/) })
  })

  it('tells the page how the run ended, and closes it also after an error', async () => {
    expect(await runWithLive(async () => ExitCode.success)).toMatchObject({
      code: 0,
      message: 'The run has ended.',
    })
    expect(await runWithLive(async () => ExitCode.interrupted)).toMatchObject({
      code: 130,
      message: 'The run was stopped.',
    })
    const failing = async () => {
      throw new Error('on purpose')
    }
    expect(await runWithLive(failing)).toMatchObject({
      code: 'on purpose',
      message: 'The run has failed; the terminal says why.',
    })
  })

  it('opens no page without --live', async () => {
    const output = createOutput({ stdout: { write: () => {} }, stderr: { write: () => {} }, env: {} })
    expect(await withLive({ options: {} as never, output }, async (live) => (live ? 1 : 0))).toBe(0)
  })
})

describe('gosa-trainer --live', () => {
  it('shows the run while it goes on, and does not keep the command from ending', async () => {
    let printed = ''
    let message: Promise<string | undefined> | undefined
    let isStopped = false
    const { code } = await command(
      folder.path,
      [...SMALL, '--iterations', '10000000', '--no-out', '--live'],
      {
        started: (child) =>
          child.stderr?.on('data', (text) => {
            printed += text
            const [url] = /http:.*\/(?=\n)/.exec(printed) ?? []
            if (url && !message)
              message = lastMessage(listen(url), (title) => {
                if (title.includes('%') && !isStopped) isStopped = child.kill('SIGINT')
              })
          }),
      },
    )
    expect(code).toBe(130)
    expect(await message).toBe('The run was stopped.')
  })

  it('shows the final report of a run that is not saved', async () => {
    let printed = ''
    let last: Promise<string> | undefined
    const { code } = await command(folder.path, [...SMALL, '--iterations', '1000', '--no-out', '--live'], {
      started: (child) =>
        child.stderr?.on('data', (text) => {
          printed += text
          const [url] = /http:.*\/(?=\n)/.exec(printed) ?? []
          if (url && !last) last = finalReport(listen(url))
        }),
    })
    expect(code).toBe(0)
    const report = await last
    expect(report).toMatch(/aria-label="Loss: single batches .*, training images ends at/)
    expect(report).toContain('<h2>Confusion matrix</h2>')
    expect(report).toContain('The SHA-256 of those shown here')
  })

  it('takes a port from 0 to 65535', async () => {
    for (const port of ['65536', '-1', 'train', '80.5']) {
      const { code, stderr } = await inProcess(folder.path, ['--no-out', '--live', port])
      expect({ port, code }).toEqual({ port, code: 2 })
      expect(stderr).toMatch(/^gosa-trainer: .*--live.*from 0 to 65535.*\n$/)
    }
  })
})

async function finalReport({ next }: Listener): Promise<string> {
  for (;;) {
    const { name, value } = await next()
    if (name === 'end') return value.parts.report
  }
}

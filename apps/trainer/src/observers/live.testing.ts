/** Live pages, and clients that request them and listen to their events, for tests. */
import { type IncomingMessage, request } from 'node:http'
import { ones, type Tensor, tensor } from '@gosa/linalg'
import type { EpochMetrics } from '@gosa/training'
import { type Live, type LiveRun, openLive } from './live.ts'
import { createHistory } from './observer.ts'

/** A run of 40 steps, ten to an epoch, of a network whose predictions are always the same. */
export function liveRun(name = 'digits-1', earlier: readonly EpochMetrics[] = []) {
  const W1 = ones([4, 3])
  const run: LiveRun = {
    ...{
      name,
      network: '4-3-2, relu, float32',
      dataset: 'generated digits',
      height: 2,
      width: 2,
      classes: 2,
    },
    ...{ iterations: 40, batchSize: 10, stepsPerEpoch: 10, history: createHistory(earlier) },
    ...{ configuration: {}, machine: {}, commandLine: 'gosa-trainer train' },
    test: { x: ones([3, 4]), t: Uint8Array.of(0, 1, 1) },
    model: {
      predict: ({ shape: [N] }: Tensor) => tensor(Array.from({ length: N }, () => [1, 0])),
      parameters: () => [{ name: 'W1', value: W1, grad: W1 }],
    },
  }
  return run
}

/** The observer of a run on a page, called after that of the run's history, as in training. */
export function watch(live: Live, run: LiveRun) {
  const { observer } = run.history as ReturnType<typeof createHistory>
  const page = live.watch(run)
  return {
    progress(iteration: number) {
      const progress = { iteration, loss: 1.5, samplesPerSecond: 100 }
      observer.progress?.(progress)
      page.progress?.(progress)
    },
    epoch(epoch: number) {
      observer.epoch?.(measured(epoch))
      page.epoch?.(measured(epoch))
    },
  }
}

/** What was measured at the end of an epoch of the run. */
export const measured = (epoch: number): EpochMetrics => ({
  ...{ epoch, iteration: 10 * epoch, loss: 1 / epoch, samplesPerSecond: 100 },
  ...{ trainAccuracy: 0.5, testAccuracy: 0.25, testLoss: 2 },
})

export interface Answer {
  status: number
  headers: IncomingMessage['headers']
  text: string
}

/** Sends a request, with any host and method. */
export function get(
  url: string,
  { path, host, method = 'GET' }: { path?: string; host?: string; method?: string } = {},
): Promise<Answer> {
  const { port, pathname } = new URL(url)
  const options = {
    host: '127.0.0.1',
    port,
    path: path ?? pathname,
    method,
    headers: host ? { Host: host } : {},
    agent: false,
  }
  return new Promise((resolve, reject) => {
    const sent = request(options, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part) => (text += part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    sent.on('error', reject).end()
  })
}

/** An event and its data. */
export interface LiveEvent {
  readonly name: string
  readonly value: { title: string; parts: Record<string, string>; message?: string }
}

export interface Listener {
  /** Waits for the next event. */
  next(): Promise<LiveEvent>
  /** Resolves when the server has closed the connection. */
  readonly ended: Promise<void>
  leave(): void
}

/** Listens to the events of a page. An event is a block of lines that ends with an empty one. */
export function listen(url: string): Listener {
  const events: LiveEvent[] = []
  let wake = () => {}
  let end = () => {}
  const ended = new Promise<void>((resolve) => (end = resolve))
  let rest = ''
  const sent = request(`${url}events`, { agent: false }, (response) => {
    response.setEncoding('utf8').on('data', (part: string) => {
      const blocks = (rest + part).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const field = (name: string) =>
          block
            .split('\n')
            .find((line) => line.startsWith(`${name}: `))
            ?.slice(name.length + 2)
        events.push({ name: field('event') ?? '', value: JSON.parse(field('data') ?? '') })
      }
      wake()
    })
    response.on('close', end)
  })
  sent.on('error', end).end()
  return {
    async next() {
      while (events.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      return events.shift() as LiveEvent
    },
    ended,
    leave: () => void sent.destroy(),
  }
}

const opened: Live[] = []

/** Opens a page with a clock that the test sets. */
export async function open(port = 0) {
  const clock = { time: 0 }
  const live = await openLive(port, () => clock.time)
  opened.push(live)
  return { live, clock, port: new URL(live.url).port, token: new URL(live.url).pathname.split('/')[1] }
}

/** Closes all pages of a test. */
export async function closeAll(): Promise<void> {
  for (const live of opened.splice(0)) await live.close('').catch(() => {})
}

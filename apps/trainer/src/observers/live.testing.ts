import { type IncomingMessage, request } from 'node:http'
import type { EpochMetrics } from '@gosa/training'
import { createCurve } from '@gosa/training'
import { type Live, openLive } from './live.ts'
import type { LiveRun } from './live-state.ts'

/** A run of 40 steps, ten to an epoch. */
export const liveRun = (name = 'digits-1'): LiveRun => ({
  name,
  config: { layers: [784, 50, 10], activation: 'relu', dtype: 'float32', iterations: 40, batchSize: 10 },
  data: { name: 'generated digits' },
  ...{ perEpoch: 10, losses: createCurve(), earlier: [] },
})

/** What was measured at the end of an epoch of it. */
export const measured = (epoch: number): EpochMetrics => ({
  ...{ epoch, iteration: 10 * epoch, loss: 1 / epoch, samplesPerSecond: 100 },
  ...{ trainAccuracy: 0.5, testAccuracy: 0.25, testLoss: 2 },
})

export interface Answer {
  status: number
  headers: IncomingMessage['headers']
  text: string
}

/** Asks as any program could, with a host and a method of its own choice. */
export function ask(
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
    const asked = request(options, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part) => (text += part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    asked.on('error', reject).end()
  })
}

export interface Listener {
  /** The next event. Waits for it. */
  next(): Promise<{ name: string; value: unknown }>
  /** When the server has ended the stream. */
  readonly ended: Promise<void>
  leave(): void
}

/** Listens to the events of a page: each a block of lines, ended by an empty one, as the specification has it. */
export function listen(url: string): Listener {
  const events: { name: string; value: unknown }[] = []
  let wake = () => {}
  let end = () => {}
  const ended = new Promise<void>((resolve) => (end = resolve))
  let rest = ''
  const asked = request(`${url}events`, { agent: false }, (response) => {
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
  asked.on('error', end).end()
  return {
    async next() {
      while (events.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      return events.shift() as { name: string; value: unknown }
    },
    ended,
    leave: () => void asked.destroy(),
  }
}

const opened: Live[] = []

/** A page, with a clock that stands for as long as the test does not set it. */
export async function open(port = 0) {
  const clock = { time: 0 }
  const live = await openLive(port, () => clock.time)
  opened.push(live)
  return { live, clock, port: new URL(live.url).port, token: new URL(live.url).pathname.split('/')[1] }
}

/** Closes the pages of a test. */
export async function closeAll(): Promise<void> {
  for (const live of opened.splice(0)) await live.close('').catch(() => {})
}

/** Where training stands after so many steps. */
export const now = (iteration: number) => ({ iteration, loss: 1.5, samplesPerSecond: 100 })

import { describe, expect, it } from 'vitest'
import { createThroughput } from './throughput.ts'

describe('createThroughput', () => {
  it('counts samples per second of the timed work only, overall and since the last call', () => {
    let time = 0
    const training = { samples: 0 }
    const throughput = createThroughput(training, () => time)
    const work = (samples: number, ms: number) =>
      throughput.time(() => {
        training.samples += samples
        time += ms
      })
    expect([throughput.overall(), throughput.sinceLast()]).toEqual([0, 0])
    work(100, 500)
    time += 10_000
    expect([throughput.overall(), throughput.sinceLast()]).toEqual([200, 200])
    work(100, 250)
    expect(throughput.sinceLast()).toBe(400)
    expect(throughput.sinceLast()).toBe(0)
    expect(throughput.overall()).toBeCloseTo(200 / 0.75)
  })

  it('does not count samples drawn before it was created', () => {
    let time = 0
    const training = { samples: 1000 }
    const throughput = createThroughput(training, () => time)
    throughput.time(() => {
      training.samples += 10
      time += 1000
    })
    expect([throughput.overall(), throughput.sinceLast()]).toEqual([10, 10])
  })
})

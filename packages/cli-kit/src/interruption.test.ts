import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { listenForInterruption } from './interruption.ts'

/** A process whose signals are emitted by the test. */
class FakeProcess extends EventEmitter {
  readonly exits: number[] = []
  exit(code: number) {
    this.exits.push(code)
  }
}

describe('listenForInterruption', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])(
    'aborts its signal at the first %s and exits at the second',
    (name) => {
      const source = new FakeProcess()
      let time = 0
      const { signal } = listenForInterruption(source, () => time)
      expect(signal.aborted).toBe(false)
      source.emit(name, name)
      expect(signal).toMatchObject({ aborted: true, reason: name })
      expect(source.exits).toEqual([])
      time = 1000
      source.emit(name, name)
      expect(source.exits).toEqual([130])
    },
  )

  it('treats a Ctrl-C that arrives twice, from the terminal and from npx, as one', () => {
    const source = new FakeProcess()
    listenForInterruption(source, () => 5)
    source.emit('SIGINT', 'SIGINT')
    source.emit('SIGINT', 'SIGINT')
    expect(source.exits).toEqual([])
  })

  it('aborts its signal when the pipe is closed, and does not exit however often that is reported', () => {
    const source = new FakeProcess()
    const { signal } = listenForInterruption(source)
    source.emit('SIGPIPE', 'SIGPIPE')
    source.emit('SIGPIPE', 'SIGPIPE')
    expect(signal.reason).toBe('SIGPIPE')
    expect(source.exits).toEqual([])
  })

  it('lets a signal arrive during yieldToEvents, and stops listening when released', async () => {
    const interruption = listenForInterruption()
    process.kill(process.pid, 'SIGHUP')
    while (!interruption.signal.aborted) await interruption.yieldToEvents()
    expect(interruption.signal.reason).toBe('SIGHUP')
    interruption.release()
    expect(process.listenerCount('SIGHUP')).toBe(0)
  })
})

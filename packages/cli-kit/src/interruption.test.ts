import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { listenForInterruption } from './interruption.ts'

/** A process that can be signalled. */
class FakeProcess extends EventEmitter {
  readonly exits: number[] = []
  exit(code: number) {
    this.exits.push(code)
  }
}

describe('listenForInterruption', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('takes %s for a wish first, and for an order then', (name) => {
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
  })

  it('takes a Ctrl-C that arrives twice, from the terminal and from npx, for one', () => {
    const source = new FakeProcess()
    listenForInterruption(source, () => 5)
    source.emit('SIGINT', 'SIGINT')
    source.emit('SIGINT', 'SIGINT')
    expect(source.exits).toEqual([])
  })

  it('takes a reader that has gone for a wish, however often it is missed', () => {
    const source = new FakeProcess()
    const { signal } = listenForInterruption(source)
    source.emit('SIGPIPE', 'SIGPIPE')
    source.emit('SIGPIPE', 'SIGPIPE')
    expect(signal.reason).toBe('SIGPIPE')
    expect(source.exits).toEqual([])
  })

  it('lets a signal arrive in between, and listens no more when it is released', async () => {
    const interruption = listenForInterruption()
    process.kill(process.pid, 'SIGHUP')
    while (!interruption.signal.aborted) await interruption.breathe()
    expect(interruption.signal.reason).toBe('SIGHUP')
    interruption.release()
    expect(process.listenerCount('SIGHUP')).toBe(0)
  })
})

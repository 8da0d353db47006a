import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createColors, noColors } from './colors.ts'
import { progressLine, startProgress } from './progress.ts'

const details = ['epoch 9/17', 'loss 0.2500', '', '5.0 s left', 'test 0.9500']
const line = (columns: number, share = 0.5) => progressLine({ share, details }, columns, noColors)

describe('progressLine', () => {
  it('has a bar, the percentage and the details', () => {
    expect(line(120)).toBe('━━━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌  50 %  epoch 9/17  loss 0.2500  5.0 s left  test 0.9500')
  })

  it('leaves out the last details first in a narrow terminal, then the bar', () => {
    expect([58, 44, 40, 39, 24, 17, 5].map((columns) => line(columns))).toEqual([
      '━━━━━━━╌╌╌╌╌╌╌╌  50 %  epoch 9/17  loss 0.2500  5.0 s left',
      '━━━━━━╌╌╌╌╌╌╌  50 %  epoch 9/17  loss 0.2500',
      '━━━━╌╌╌╌╌  50 %  epoch 9/17  loss 0.2500',
      '━━━━╌╌╌╌  50 %  epoch 9/17  loss 0.2500',
      '━━━╌╌╌  50 %  epoch 9/17',
      '━━━━━╌╌╌╌╌╌  50 %',
      '50 %',
    ])
  })

  it('fits into any width, colours not counted', () => {
    const colors = createColors({ isTTY: true }, { TERM: 'xterm' })
    for (let columns = 1; columns < 140; columns++) {
      const colored = progressLine({ share: 0.5, details }, columns, colors)
      expect(stripVTControlCharacters(colored)).toBe(line(columns))
      expect(line(columns).length).toBeLessThanOrEqual(Math.max(4, columns))
      expect(line(columns)).toContain('50 %')
    }
    expect(progressLine({ share: 0.5 }, 80, colors)).toMatch('\x1b[36m━')
  })

  it('has an empty bar at first and a full bar at the end', () => {
    expect(line(30, 0)).toMatch(/^╌+ {3}0 %/)
    expect(line(30, 1)).toMatch(/^━+ 100 %/)
  })
})

/** A terminal and a clock that the test sets. */
function terminal({ showsProgress = true } = {}) {
  const drawn: string[] = []
  const clock = { ms: 0 }
  const output = {
    drawn,
    showsProgress,
    progressColumns: 60,
    progress: (text = '') => void drawn.push(text),
    stderrColors: noColors,
  }
  return { output, drawn, clock, now: () => clock.ms }
}

describe('startProgress', () => {
  it('draws the line ten times a second at most', () => {
    const { output, drawn, clock, now } = terminal()
    const progress = startProgress(output, { now })
    for (; clock.ms < 1000; clock.ms += 10) progress.update(() => ({ share: clock.ms / 1000 }))
    expect(drawn).toHaveLength(10)
  })

  it('draws the line at once when the width of the terminal has changed', () => {
    const { output, drawn, now } = terminal()
    const progress = startProgress(output, { now })
    progress.update(() => ({ share: 0.1, details: ['a'.repeat(30)] }))
    output.progressColumns = 20
    progress.update(() => ({ share: 0.1, details: ['a'.repeat(30)] }))
    progress.update(() => ({ share: 0.2 }))
    expect(drawn).toHaveLength(2)
    expect(drawn[1].length).toBeLessThanOrEqual(20)
  })

  it('draws the latest state on redraw, and removes it at the end', () => {
    const { output, drawn, now } = terminal()
    const progress = startProgress(output, { now })
    progress.redraw()
    progress.update(() => ({ share: 0.1 }))
    progress.update(() => ({ share: 0.5 }))
    progress.redraw()
    progress.end()
    progress.redraw()
    expect(drawn.map((text) => /\d+ %/.exec(text)?.[0])).toEqual(['10 %', '50 %', undefined])
    expect(drawn.at(-1)).toBe('')
  })

  it('draws nothing before the delay', () => {
    const { output, drawn, clock, now } = terminal()
    const progress = startProgress(output, { delayMs: 1000, now })
    progress.update(() => ({ share: 0.5 }))
    clock.ms = 999
    progress.redraw()
    expect(drawn).toEqual([])
    clock.ms = 1000
    progress.redraw()
    expect(drawn).toHaveLength(1)
  })

  it('does not even compute the state if there is no terminal', () => {
    const { output, drawn } = terminal({ showsProgress: false })
    const progress = startProgress(output)
    progress.update(() => {
      throw new Error('not called')
    })
    progress.redraw()
    progress.end()
    expect(drawn).toEqual([])
  })
})

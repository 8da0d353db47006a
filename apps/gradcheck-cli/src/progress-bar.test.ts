import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { bar, startProgress } from './progress-bar.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const surface = (showsProgress = true) => {
  const drawn: string[] = []
  return { drawn, showsProgress, progressColumns: 60, progress: (text = '') => void drawn.push(text) }
}

it('nothing is drawn within the first second', () => {
  const output = surface()
  const progress = startProgress(output)
  progress.update(0.5)
  vi.advanceTimersByTime(900)
  expect(output.drawn).toEqual([])
  vi.advanceTimersByTime(200)
  expect(output.drawn.at(-1)).toBe('checking ━━━━━━━━━━━━━━━─────────────── 50 %, about 2 s left')
  progress.end()
  expect(output.drawn.at(-1)).toBe('')
  vi.advanceTimersByTime(1000)
  expect(output.drawn.at(-1)).toBe('')
})

it('nothing is drawn where nobody looks', () => {
  const output = surface(false)
  const progress = startProgress(output)
  progress.update(0.5)
  vi.advanceTimersByTime(5000)
  progress.end()
  expect(output.drawn).toEqual([])
})

it('a narrow terminal gets a shorter bar, and no guess is made from nearly nothing', () => {
  expect(bar(0.5, 1000, 40)).toBe('checking ━━━━━───── 50 %, about 1 s left')
  expect(bar(0.01, 1000, 30)).toBe('checking ───────────────── 1 %')
  expect(bar(0.5, 1000, 5)).toBe('checking  50 %, about 1 s left')
})

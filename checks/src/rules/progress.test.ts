import { describe, expect, it } from 'vitest'
import { estimate, taskReporter } from '../../../scripts/progress.mjs'

const task = (name: string, task: string, status = 'MISS') => ({
  taskId: `@gosa/${name}#${task}`,
  task,
  directory: '',
  cache: { status },
})

describe('the estimate of npm test', () => {
  it('adds up what is not cached and divides it by the cores', () => {
    const tasks = [task('a', 'test'), task('b', 'test'), task('a', 'build', 'HIT'), task('a', 'transit')]
    const known = { '@gosa/a#test': 200, '@gosa/b#test': 100 }
    expect(estimate(tasks, known, 1)).toBe('3 tasks, 1 of them cached: about 5 minutes on 1 core')
    expect(estimate(tasks, known, 2)).toBe('3 tasks, 1 of them cached: about 3 minutes on 2 cores')
  })

  it('is no shorter than the longest task, and knows usual times', () => {
    expect(estimate([task('a', 'test')], {}, 8)).toBe(
      '1 tasks, 0 of them cached: about 50 seconds on 8 cores',
    )
  })
})

describe('the report of tasks', () => {
  const printed: string[] = []
  const { line, flush } = taskReporter(
    (text) => printed.push(text),
    () => 12.34,
  )

  it('has a line for each ended task, and the log of a failed one', () => {
    for (const text of [
      '   • turbo 2.11.11',
      '@gosa/linalg:build: cache hit, suppressing logs 1a2b',
      '@gosa/optim:test: cache miss, executing 3c4d',
      '@gosa/optim:test: $ vitest run',
      '@gosa/optim:test: 135 passed',
      '//:lint:root: cache miss, executing 5e6f',
      '//:lint:root: scripts/a.mjs: ELIFECYCLE is only a word here',
      '//:lint:root: [ELIFECYCLE] Command failed with exit code 1.',
    ])
      line(text)
    flush()
    expect(printed).toEqual([
      '  1  ok       cached  @gosa/linalg build',
      '  2  ok       12.3 s  @gosa/optim test',
      '  3  FAILED   12.3 s  // lint:root',
      '     scripts/a.mjs: ELIFECYCLE is only a word here\n     [ELIFECYCLE] Command failed with exit code 1.',
    ])
  })
})

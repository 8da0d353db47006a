import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { environment } from '../../../scripts/environment.mjs'
import { tally } from '../../../scripts/tally.mjs'
import { workspaces } from '../../../scripts/workspaces.mjs'

let top: string
beforeEach(() => {
  top = `${mkdtempSync(join(tmpdir(), 'gosa-tally-'))}/`
})
afterEach(() => rmSync(top, { recursive: true, force: true }))

const packages = [{ folder: 'a', manifest: { name: '@gosa/a', scripts: { test: 'vitest run' } } }]
const write = (path: string, text: string) => {
  mkdirSync(join(top, path, '..'), { recursive: true })
  writeFileSync(join(top, path), text)
}
/** A report with a file of tests of these states. */
const report = (...states: string[]) =>
  write(
    'a/.vitest/results.json',
    JSON.stringify({
      testResults: [
        {
          status: states.includes('failed') ? 'failed' : 'passed',
          assertionResults: states.map((status, i) => ({ status, fullName: `test ${i}` })),
        },
      ],
    }),
  )

describe('the count that npm test closes with', () => {
  it('adds passed and failed tests, and names those that were skipped', () => {
    report('passed', 'passed', 'failed', 'pending')
    const lines = ['@gosa/a#test: 2 passed, 1 failed', '  skipped: test 3']
    expect(tally(packages, top)).toEqual({ passed: 2, failed: 1, lines })
  })

  it('repeats what the log says was left out', () => {
    report('passed')
    write('a/.turbo/turbo-test.log', 'stdout\nMNIST left out: no files\nMNIST left out: no files\n')
    expect(tally(packages, top).lines).toEqual(['@gosa/a#test: 1 passed', '  MNIST left out: no files'])
  })

  it('counts a report that is not there as failed, and one without a test', () => {
    expect(tally(packages, top)).toEqual({ passed: 0, failed: 1, lines: ['@gosa/a#test: no report'] })
    write('a/.vitest/results.json', JSON.stringify({ testResults: [] }))
    expect(tally(packages, top).failed).toBe(1)
  })

  it('counts a file that could not be loaded as failed', () => {
    const file = { status: 'failed', assertionResults: [] }
    write('a/.vitest/results.json', JSON.stringify({ testResults: [file] }))
    expect(tally(packages, top)).toMatchObject({ passed: 0, failed: 1 })
  })

  it('counts a failed task whose tests passed, as where coverage is too low, and no failed test twice', () => {
    const failing = (taskId: string) => ({ tasks: [{ taskId, execution: { exitCode: 1 } }] })
    report('passed')
    expect(tally(packages, top, failing('@gosa/a#test'))).toMatchObject({ passed: 1, failed: 1 })
    expect(tally(packages, top, failing('@gosa/a#build'))).toMatchObject({ passed: 1, failed: 1 })
    report('failed')
    expect(tally(packages, top, failing('@gosa/a#test'))).toMatchObject({ passed: 0, failed: 1 })
  })

  it('asks every package that has tests', () => {
    write('pnpm-workspace.yaml', 'packages:\n  - libraries/*\n  - tool\n  - gone\n\ncatalog:\n  x: 1\n')
    write('libraries/a/package.json', '{"name":"a"}')
    write('libraries/notes.txt', '')
    write('tool/package.json', '{"name":"tool"}')
    expect(workspaces(top).map(({ folder }) => folder)).toEqual(['libraries/a', 'tool'])
  })
})

describe('the environment of pnpm and turbo', () => {
  it('holds nothing of npm but where packages come from', () => {
    const from = { PATH: 'p', npm_lifecycle_event: 'test', npm_config_cache: 'c', NPM_CONFIG_PREFIX: 'x' }
    expect(environment(from, true)).toMatchObject({ PATH: 'p', npm_config_cache: 'c' })
    expect(Object.keys(environment(from, true))).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/lifecycle|prefix/i)]),
    )
  })

  it('has colours only for a terminal, and keeps the data folder that was given', () => {
    expect(environment({}, false).NO_COLOR).toBe('1')
    expect(environment({}, true).NO_COLOR).toBeUndefined()
    expect(environment({ GOSA_DATA_DIR: 'mine' }, true).GOSA_DATA_DIR).toBe('mine')
  })
})

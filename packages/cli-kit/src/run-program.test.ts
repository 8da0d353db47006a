import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { failure, usageError } from './command-error.ts'
import { ExitCode } from './exit-code.ts'
import { createProgram } from './program.ts'
import { type Action, act, runProgram } from './run-program.ts'

/** Runs a command with the given action and line; answers what it wrote and the code. */
async function run(action: Action<Record<never, never>>, ...argv: string[]) {
  const program = createProgram({ name: 'gosa-test', version: '1.2.3', description: 'For tests.' })
  program.configureOutput({ writeOut: (text) => process.stdout.write(text) }).action(act(action))
  const written = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      written[name] += text
      return true
    })
  }
  await runProgram(program, ['node', 'gosa-test', ...argv])
  const { exitCode } = process
  vi.restoreAllMocks()
  return { ...written, exitCode }
}

let before: typeof process.exitCode
beforeEach(() => {
  before = process.exitCode
})
afterEach(() => {
  process.exitCode = before
  for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners('error')
})

const throwing = (error: unknown) => () => {
  throw error
}

describe('runProgram', () => {
  it('exits with what the action answers', async () => {
    for (const code of [ExitCode.success, ExitCode.failed, ExitCode.inconclusive, ExitCode.interrupted]) {
      expect((await run(() => code)).exitCode).toBe(code)
    }
  })

  it('gives the action its options, its output and its environment', async () => {
    const seen = await run(
      ({ options, given, output, env }) => {
        output.value({ ...options, given: [...given], path: env.PATH === process.env.PATH })
        return ExitCode.success
      },
      '--seed',
      '5',
      '--json',
    )
    expect(JSON.parse(seen.stdout)).toMatchObject({
      ...{ json: true, quiet: false, debug: false, seed: 5 },
      ...{ given: ['seed', 'json'], path: true },
    })
  })

  it('says in one line what is wrong with the command line, and exits with 2', async () => {
    expect(await run(() => 0, '--sed', '5')).toEqual({
      stdout: '',
      stderr: "gosa-test: unknown option '--sed' (Did you mean --seed?); see gosa-test --help\n",
      exitCode: 2,
    })
    const seed = await run(() => 0, '--seed', 'x')
    expect(seed.stderr).toBe(
      "gosa-test: option '--seed <n>' argument 'x' is invalid. It must be a whole number from 0 up; see gosa-test --help\n",
    )
    expect((await run(throwing(usageError('not both')))).stderr).toBe(
      'gosa-test: not both; see gosa-test --help\n',
    )
  })

  it('points to the help of the command that was typed', async () => {
    const program = createProgram({ name: 'gosa-test', version: '1.2.3', description: 'For tests.' })
    program.command('sub').action(act(throwing(usageError('not both'))))
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    await runProgram(program, ['node', 'gosa-test', '--json', 'sub'])
    expect(write).toHaveBeenCalledWith('gosa-test: not both; see gosa-test sub --help\n')
    vi.restoreAllMocks()
  })

  it('says in one line what failed, and exits with 1', async () => {
    for (const error of [failure('the file\n  is gone'), new Error('the file is gone'), 'the file is gone']) {
      expect(await run(throwing(error))).toEqual({
        stdout: '',
        stderr: 'gosa-test: the file is gone\n',
        exitCode: 1,
      })
    }
  })

  it('adds the stack with --debug', async () => {
    const { stderr } = await run(throwing(new Error('gone')), '--debug')
    expect(stderr).toMatch(/^gosa-test: gone\nError: gone\n {4}at /)
  })

  it('prints help and version on stdout and exits with 0', async () => {
    expect(await run(() => 1, '--version')).toEqual({ stdout: '1.2.3\n', stderr: '', exitCode: 0 })
    expect(await run(() => 1, '--help')).toMatchObject({ stderr: '', exitCode: 0 })
  })
})

describe('a reader that has gone', () => {
  const epipe = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })

  it('ends the command quietly', async () => {
    await run(() => 0)
    const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never)
    process.stdout.emit('error', epipe)
    expect(exit).toHaveBeenCalledWith()
    exit.mockRestore()
  })

  it('is a signal for a command that has something to save', async () => {
    await run(() => 0)
    const listener = vi.fn()
    process.once('SIGPIPE', listener)
    process.stdout.emit('error', epipe)
    expect(listener).toHaveBeenCalledWith('SIGPIPE')
  })

  it('is not any other error', async () => {
    await run(() => 0)
    expect(() => process.stdout.emit('error', new Error('no'))).toThrow('no')
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { failure, usageError } from './errors.ts'
import { ExitCode } from './exit-code.ts'
import { createProgram } from './program.ts'
import { type CommandAction, commandAction, runProgram } from './run-command.ts'

/** Runs a program with the given action and arguments; returns its output and its exit code. */
async function run(action: CommandAction<Record<never, never>>, ...argv: string[]) {
  const program = createProgram({ name: 'gosa-test', version: '1.2.3', description: 'For tests.' })
  program.configureOutput({ writeOut: (text) => process.stdout.write(text) }).action(commandAction(action))
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
  it('exits with the code that the action returns', async () => {
    for (const code of [ExitCode.success, ExitCode.failed, ExitCode.inconclusive, ExitCode.interrupted]) {
      expect((await run(() => code)).exitCode).toBe(code)
    }
  })

  it('passes the options, the output and the environment to the action', async () => {
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

  it('reports a wrong command line in one line, and exits with 2', async () => {
    expect(await run(() => 0, '--sed', '5')).toEqual({
      stdout: '',
      stderr: "gosa-test: unknown option '--sed' (Did you mean --seed?); see gosa-test --help\n",
      exitCode: 2,
    })
    const seed = await run(() => 0, '--seed', 'x')
    expect(seed.stderr).toBe(
      "gosa-test: option '--seed <n>' argument 'x' is invalid. It must be an integer, at least 0; see gosa-test --help\n",
    )
    expect((await run(throwing(usageError('not both')))).stderr).toBe(
      'gosa-test: not both; see gosa-test --help\n',
    )
  })

  it('points to the help of the command that was typed', async () => {
    const program = createProgram({ name: 'gosa-test', version: '1.2.3', description: 'For tests.' })
    program.command('sub').action(commandAction(throwing(usageError('not both'))))
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    await runProgram(program, ['node', 'gosa-test', '--json', 'sub'])
    expect(write).toHaveBeenCalledWith('gosa-test: not both; see gosa-test sub --help\n')
    vi.restoreAllMocks()
  })

  it('reports a failure in one line, and exits with 1', async () => {
    for (const error of [
      failure('the file\n  is missing'),
      new Error('the file is missing'),
      'the file is missing',
    ]) {
      expect(await run(throwing(error))).toEqual({
        stdout: '',
        stderr: 'gosa-test: the file is missing\n',
        exitCode: 1,
      })
    }
  })

  it('adds the stack trace with --debug', async () => {
    const { stderr } = await run(throwing(new Error('gone')), '--debug')
    expect(stderr).toMatch(/^gosa-test: gone\nError: gone\n {4}at /)
  })

  it('prints help and version on stdout and exits with 0', async () => {
    expect(await run(() => 1, '--version')).toEqual({ stdout: '1.2.3\n', stderr: '', exitCode: 0 })
    expect(await run(() => 1, '--help')).toMatchObject({ stderr: '', exitCode: 0 })
  })
})

describe('a closed pipe', () => {
  const epipe = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })

  it('makes the command exit quietly', async () => {
    await run(() => 0)
    const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never)
    process.stdout.emit('error', epipe)
    expect(exit).toHaveBeenCalledWith()
    exit.mockRestore()
  })

  it('is the signal SIGPIPE for a command that listens to it', async () => {
    await run(() => 0)
    const listener = vi.fn()
    process.once('SIGPIPE', listener)
    process.stdout.emit('error', epipe)
    expect(listener).toHaveBeenCalledWith('SIGPIPE')
  })

  it('differs from any other error of the stream, which is thrown', async () => {
    await run(() => 0)
    expect(() => process.stdout.emit('error', new Error('no'))).toThrow('no')
  })
})

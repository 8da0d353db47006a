import { describe, expect, it } from 'vitest'
import { CommandError, failure, fileReadError, fileWriteError, usageError } from './errors.ts'

const systemError = (code: string) => Object.assign(new Error('no'), { code })

describe('usageError and failure', () => {
  it('carry the exit codes 2 and 1, and the cause', () => {
    const cause = new Error('cause')
    expect(usageError('wrong', { cause })).toMatchObject({ message: 'wrong', exitCode: 2, cause })
    expect(failure('failed')).toMatchObject({ message: 'failed', exitCode: 1 })
    expect(failure('failed')).toBeInstanceOf(CommandError)
  })
})

describe('fileWriteError', () => {
  it('says why a file cannot be written, in words or else as the system does', () => {
    const message = (code: string) => fileWriteError('model', systemError(code)).message
    expect(message('ENOSPC')).toBe('cannot write model: the disk is full')
    expect(message('EACCES')).toBe('cannot write model: permission denied')
    expect(message('ENOENT')).toBe('cannot write model: its folder does not exist')
    expect(message('EUNKNOWN')).toBe('cannot write model: no')
  })
})

describe('fileReadError', () => {
  it('says why a file cannot be read, and keeps the cause', () => {
    const cause = systemError('EACCES')
    expect(fileReadError('model', cause)).toMatchObject({
      message: 'model: permission denied',
      cause,
      exitCode: 1,
    })
    expect(fileReadError('model', systemError('ENOENT')).message).toBe('model: the file does not exist')
    expect(fileReadError('model', systemError('EUNKNOWN')).message).toBe('model: no')
  })
})

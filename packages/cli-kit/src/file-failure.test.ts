import { expect, it } from 'vitest'
import { readFailure, writeFailure } from './file-failure.ts'

const error = (code: string) => Object.assign(new Error('no'), { code })

it('what cannot be written is said in words, and else as the system says it', () => {
  const said = (code: string) => writeFailure('model', error(code)).message
  expect(said('ENOSPC')).toBe('cannot write model: the disk is full')
  expect(said('EACCES')).toBe('cannot write model: you may not write there')
  expect(said('ENOENT')).toBe('cannot write model: its folder is not there')
  expect(said('EUNKNOWN')).toBe('cannot write model: no')
})

it('what cannot be read likewise, and the cause is kept', () => {
  const cause = error('EACCES')
  expect(readFailure('model', cause)).toMatchObject({
    message: 'model: you may not read it',
    cause,
    exitCode: 1,
  })
  expect(readFailure('model', error('ENOENT')).message).toBe('model: there is no such file')
  expect(readFailure('model', error('EUNKNOWN')).message).toBe('model: no')
})

import { type CommandError, failure } from './command-error.ts'

const WRITING: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is used up',
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'nothing can be written there',
  EISDIR: 'that is a folder',
  ENOTDIR: 'a part of its path is a file, not a folder',
  ENOENT: 'its folder is not there',
  EFBIG: 'it is larger than a file may be',
}

const READING: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'you may not read it',
  EPERM: 'you may not read it',
  EISDIR: 'that is a folder, not a file',
  ENOTDIR: 'a part of its path is a file, not a folder',
}

/** A file that could not be written, in words. */
export const writeFailure = (path: string, cause: unknown): CommandError =>
  failure(`cannot write ${path}: ${inWords(WRITING, cause)}`, { cause })

/** A file that could not be read, in words. */
export const readFailure = (path: string, cause: unknown): CommandError =>
  failure(`${path}: ${inWords(READING, cause)}`, { cause })

function inWords(reasons: Readonly<Record<string, string>>, cause: unknown): string {
  const { code = '', message } = cause as NodeJS.ErrnoException
  return reasons[code] ?? message
}

import { culprit, type Place } from './culprit.ts'

/** An error that was thrown, as plain data that passes between threads. */
export interface Problem {
  readonly message: string
  readonly stack: string
  /** The user's own line that it comes from, if there is one. */
  readonly place?: Place
}

/** Describes whatever was thrown; `ownFolder` is where this command's code lies. */
export function problemOf(thrown: unknown, ownFolder: string): Problem {
  if (!(thrown instanceof Error)) {
    return { message: `${typeof thrown} ${String(thrown)} was thrown, which is no Error`, stack: '' }
  }
  const stack = thrown.stack ?? ''
  const message = firstLine(thrown.message) || thrown.name
  return {
    message: thrown.name === 'Error' ? message : `${thrown.name}: ${message}`,
    stack,
    place: culprit(stack, ownFolder),
  }
}

const firstLine = (text: string): string => text.split('\n', 1)[0].trim()

import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/*
 * Errors thrown by user code, shown with the user's own line: the first stack frame that is neither Node's, nor of an
 * installed package, nor of this command.
 */

/** A position in a source file; line and column count from 1. */
export interface Frame {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** What user code threw, as plain data that can be sent between threads. */
export interface Problem {
  readonly message: string
  readonly stack: string
  /** The user's own line that it comes from, if there is one. */
  readonly place?: Frame
}

/** Describes a thrown value. `ownFolder` is the folder of this command's compiled code. */
export function describeThrown(thrown: unknown, ownFolder: string): Problem {
  if (!(thrown instanceof Error)) {
    return { message: `${typeof thrown} ${String(thrown)} was thrown; it is not an Error`, stack: '' }
  }
  const stack = thrown.stack ?? ''
  const message = thrown.message.split('\n', 1)[0].trim() || thrown.name
  return {
    message: thrown.name === 'Error' ? message : `${thrown.name}: ${message}`,
    stack,
    place: firstUserFrame(stack, ownFolder),
  }
}

/** The topmost frame of a stack that is user code; undefined if there is none. */
export function firstUserFrame(stack: string, ownFolder: string): Frame | undefined {
  const frames = stack.split('\n').flatMap(parseFrame)
  return frames.find(({ file }) => !/[\\/]node_modules[\\/]/.test(file) && !file.startsWith(ownFolder))
}

/** Parses `at f (file:///a/b.js:1:2)`, `at /a/b.js:1:2`, or the first line of a syntax error, `file:///a/b.js:1`. */
function parseFrame(line: string): Frame[] {
  const match = /(?:^|[\s(])((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/])[^()]*?):(\d+)(?::(\d+))?\)?$/.exec(line)
  if (!match) return []
  const file = match[1].startsWith('file:') ? fileURLToPath(match[1]) : match[1]
  return [{ file, line: Number(match[2]), column: Number(match[3] ?? 1) }]
}

/** The problem in lines: `my-layer.ts:7:12: TypeError: …`, then the source line. Paths are relative to `folder`. */
export const problemLines = ({ message, place }: Problem, folder: string): string[] =>
  place ? [`${formatLocation(place, folder)}: ${message}`, ...codeFrame(place)] : [message]

/** `my-layer.ts:7:12` for a file in `folder`, else the absolute path. */
export function formatLocation({ file, line, column }: Frame, folder: string): string {
  const path = relative(folder, file)
  return `${path.startsWith('..') ? file : path}:${line}:${column}`
}

/**
 * The source line with its number and a mark below the column, or no lines if the file cannot be read:
 *
 *        7 |     return mul(dout, this.mask)
 *          |            ^
 */
export function codeFrame({ file, line, column }: Frame): string[] {
  const text = readLine(file, line)
  if (text === undefined) return []
  const indent = text.slice(0, column - 1).replace(/\S/g, ' ')
  return [`${String(line).padStart(6)} | ${text}`, `       | ${indent}^`]
}

function readLine(file: string, line: number): string | undefined {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/)[line - 1]
  } catch {
    return undefined
  }
}

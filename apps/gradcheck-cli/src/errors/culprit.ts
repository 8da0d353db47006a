import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A place in somebody's source. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/**
 * The topmost place in a stack that is the user's own: no code of Node, of an installed package, or of this command.
 * Undefined where there is none.
 */
export function culprit(stack: string, ownFolder: string): Place | undefined {
  const places = stack.split('\n').flatMap(placeIn)
  return places.find(({ file }) => !/[\\/]node_modules[\\/]/.test(file) && !file.startsWith(ownFolder))
}

/** `at f (file:///a/b.js:1:2)`, `at /a/b.js:1:2`, or the first line that Node gives a syntax error, `file:///a/b.js:1`. */
function placeIn(line: string): Place[] {
  const match = /(?:^|[\s(])((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/])[^()]*?):(\d+)(?::(\d+))?\)?$/.exec(line)
  if (!match) return []
  const file = match[1].startsWith('file:') ? fileURLToPath(match[1]) : match[1]
  return [{ file, line: Number(match[2]), column: Number(match[3] ?? 1) }]
}

/**
 * The line that stands there, with its number and a mark below the column:
 *
 *        7 |     return mul(dout, this.mask)
 *          |            ^
 *
 * Empty where the file cannot be read.
 */
export function excerpt({ file, line, column }: Place): string[] {
  const text = sourceLine(file, line)
  if (text === undefined) return []
  const mark = text.slice(0, column - 1).replace(/\S/g, ' ')
  return [`${String(line).padStart(6)} | ${text}`, `       | ${mark}^`]
}

function sourceLine(file: string, line: number): string | undefined {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/)[line - 1]
  } catch {
    return undefined
  }
}

/** `my-layer.ts:7:12`, seen from `folder`. */
export const showPlace = ({ file, line, column }: Place, folder: string): string => {
  const path = relative(folder, file)
  return `${path.startsWith('..') ? file : path}:${line}:${column}`
}

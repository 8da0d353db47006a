import { stripVTControlCharacters } from 'node:util'
import { textWidth } from '@gosa/charts/text'
import { type Colors, createColors, type Environment, noColors, type TerminalStream } from './colors.ts'
import { printable, printableJson, printableLine } from './printable.ts'

/*
 * What a command writes and where: results to stdout, notes, warnings and progress to stderr, as `--json` and `--quiet` say.
 */

/** A stream that is written to: stdout, stderr, or a recorder in a test. */
export interface Sink extends TerminalStream {
  write(text: string): unknown
}

export interface OutputOptions {
  /** Write nothing but JSON on stdout. */
  json?: boolean
  /** Write nothing but the result. */
  quiet?: boolean
  stdout: Sink
  stderr: Sink
  env: Environment
}

/**
 * Where a command writes: results to stdout, everything else to stderr. Texts are one line each, in which control characters,
 * which names of files may contain, are escaped (`printable`).
 */
export interface Output {
  readonly json: boolean
  readonly quiet: boolean
  /** The colours of stdout. */
  readonly colors: Colors
  /** The colours of stderr. */
  readonly stderrColors: Colors
  /** The width of stdout in characters; 80 if it is unknown. */
  readonly columns: number
  /** Writes a result for people, a line on stdout. Not with `json`. */
  result(line?: string): void
  /** Writes what leads to the result, a line on stdout. Not with `json` or `quiet`. */
  detail(line?: string): void
  /** Writes a value for programs, one line of JSON on stdout. Only with `json`. */
  value(value: unknown): void
  /** Writes information, a line on stderr. Not with `quiet`. */
  note(line: string): void
  /** Writes a warning, a line on stderr. */
  warn(line: string): void
  /** Whether `progress` shows anything: stderr is a terminal, and not `quiet`. */
  readonly showsProgress: boolean
  /** The width of the line of `progress` in characters. */
  readonly progressColumns: number
  /**
   * Shows a line on the terminal that the next one overwrites; without text, removes it. A line that is too long is cut
   * and loses its colours.
   */
  progress(text?: string): void
}

/**
 * Erases from the cursor to the end of the screen: a terminal that was made narrower has wrapped the progress line. The
 * cursor always waits at the line's first column, where such a terminal leaves it.
 */
const ERASE_BELOW = '\x1b[J'

/** Lets the terminal cut a line that is too long: it may be narrower already than it has reported so far. */
const [WRAP_OFF, WRAP_ON] = ['\x1b[?7l', '\x1b[?7h']

/** Creates the output of a command. */
export function createOutput({ json = false, quiet = false, stdout, stderr, env }: OutputOptions): Output {
  const showsProgress = !quiet && stderr.isTTY === true && env.TERM !== 'dumb'
  // A character in the last column moves some terminals to the next line.
  const progressColumns = () => Math.max(0, (stderr.columns || 80) - 1)
  let isProgressShown = false

  const progress = (text = ''): void => {
    if (!showsProgress || (text === '' && !isProgressShown)) return
    const line = `\r${WRAP_OFF}${cut(escapeLine(text, stderrColors), progressColumns())}${ERASE_BELOW}${WRAP_ON}\r`
    stderr.write(text === '' ? `\r${ERASE_BELOW}` : line)
    isProgressShown = text !== ''
  }
  const writeLine = (sink: Sink, text: string): void => {
    progress()
    sink.write(`${text}\n`)
  }
  const colors = createColors(stdout, env)
  const stderrColors = createColors(stderr, env)
  /** Names from files may be in any line. */
  const escapeLine = (text: string, { bold }: Colors) =>
    bold === noColors.bold ? printable(text) : printableLine(text)

  return {
    json,
    quiet,
    colors,
    stderrColors,
    get columns() {
      return stdout.columns || Number(env.COLUMNS) || 80
    },
    result: (text = '') => void (json || writeLine(stdout, escapeLine(text, colors))),
    detail: (text = '') => void (json || quiet || writeLine(stdout, escapeLine(text, colors))),
    value: (value) => void (json && writeLine(stdout, toJson(value))),
    note: (text) => void (quiet || writeLine(stderr, escapeLine(text, stderrColors))),
    warn: (text) => writeLine(stderr, escapeLine(text, stderrColors)),
    showsProgress,
    get progressColumns() {
      return progressColumns()
    },
    progress,
  }
}

/** Cuts text after `columns` columns of the terminal; colours are not counted, and are removed if it is cut. */
function cut(text: string, columns: number): string {
  const plain = stripVTControlCharacters(text)
  if (textWidth(plain) <= columns) return text
  let [cut, width] = ['', 0]
  for (const character of plain) {
    width += textWidth(character)
    if (width > columns) break
    cut += character
  }
  return cut
}

/** JSON, with NaN and infinities, which JSON lacks, as strings. */
const toJson = (value: unknown): string =>
  printableJson(
    JSON.stringify(value, (_, item) =>
      typeof item === 'number' && !Number.isFinite(item) ? String(item) : item,
    ),
  )

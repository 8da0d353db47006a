import { stripVTControlCharacters } from 'node:util'
import { createPaint, type Environment, isTerminal, type Paint, type Terminal } from './paint.ts'

/** What is written to. */
export interface Sink extends Terminal {
  write(text: string): unknown
}

export interface OutputOptions {
  /** JSON alone on stdout. */
  json?: boolean
  /** The result alone, nothing on the way to it. */
  quiet?: boolean
  stdout: Sink
  stderr: Sink
  env: Environment
}

/** Where a command's words go: results to stdout, everything else to stderr. */
export interface Output {
  readonly json: boolean
  readonly quiet: boolean
  /** The colours of stdout. */
  readonly paint: Paint
  /** The colours of stderr. */
  readonly notePaint: Paint
  /** How many characters fit into a line of stdout: 80 where that is unknown. */
  readonly columns: number
  /** A result for people, a line on stdout; left out with `json`. */
  result(line?: string): void
  /** Something on the way to the result, a line on stdout; left out with `json` and `quiet`. */
  detail(line?: string): void
  /** A value for programs, one line of JSON on stdout; left out without `json`. */
  value(value: unknown): void
  /** Something worth knowing, a line on stderr; left out with `quiet`. */
  note(line: string): void
  /** A warning, a line on stderr, always. */
  warn(line: string): void
  /** Whether `progress` shows anything: a terminal on stderr, and not `quiet`. */
  readonly showsProgress: boolean
  /** How many characters fit into the line of `progress`. */
  readonly progressColumns: number
  /** A line on the terminal that the next one overwrites; cut, then without colours, where the terminal is narrow. No text removes it. */
  progress(text?: string): void
}

/**
 * Removes what follows, all lines of it: a terminal that got narrower has broken the line of progress into several. The
 * cursor always waits at the line's beginning, which is where such a terminal leaves it.
 */
const CLEAR = '\x1b[J'

/** What is too long is cut by the terminal, which may be narrower already than it has said so far. */
const [CUT, WRAP] = ['\x1b[?7l', '\x1b[?7h']

/** The writer that a command gets; see `Output`. */
export function createOutput({ json = false, quiet = false, stdout, stderr, env }: OutputOptions): Output {
  const showsProgress = !quiet && isTerminal(stderr, env)
  // A character in the last column would move some terminals to the next line.
  const progressColumns = () => Math.max(0, (stderr.columns || 80) - 1)
  let inProgress = false

  const progress = (text = ''): void => {
    if (!showsProgress || (text === '' && !inProgress)) return
    stderr.write(text === '' ? `\r${CLEAR}` : `\r${CUT}${fit(text, progressColumns())}${CLEAR}${WRAP}\r`)
    inProgress = text !== ''
  }
  const line = (sink: Sink, text: string): void => {
    progress()
    sink.write(`${text}\n`)
  }

  return {
    json,
    quiet,
    paint: createPaint(stdout, env),
    notePaint: createPaint(stderr, env),
    get columns() {
      return stdout.columns || Number(env.COLUMNS) || 80
    },
    result: (text = '') => void (json || line(stdout, text)),
    detail: (text = '') => void (json || quiet || line(stdout, text)),
    value: (value) => void (json && line(stdout, toJson(value))),
    note: (text) => void (quiet || line(stderr, text)),
    warn: (text) => line(stderr, text),
    showsProgress,
    get progressColumns() {
      return progressColumns()
    },
    progress,
  }
}

/** As much of the text as fits, by characters, not by halves of them; colours are not counted, and go where it is cut. */
function fit(text: string, columns: number): string {
  const shown = [...stripVTControlCharacters(text)]
  return shown.length <= columns ? text : shown.slice(0, columns).join('')
}

/** JSON, with `NaN` and infinities, which it lacks, as strings. */
const toJson = (value: unknown): string =>
  JSON.stringify(value, (_, item) =>
    typeof item === 'number' && !Number.isFinite(item) ? String(item) : item,
  )

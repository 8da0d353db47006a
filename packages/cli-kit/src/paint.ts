/** The part of a stream that decides how it is written to. */
export interface Terminal {
  readonly isTTY?: boolean
  readonly columns?: number
}

export type Environment = Readonly<Record<string, string | undefined>>

const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
}

/** Text in colours: `paint.green('pass')`. */
export type Paint = Readonly<Record<keyof typeof CODES, (text: string) => string>>

/**
 * Colours on a terminal, plain text elsewhere and wherever `NO_COLOR` is set to anything.
 *
 * Source: no-color.org.
 */
export function createPaint(stream: Terminal, env: Environment): Paint {
  const colours = isTerminal(stream, env) && !env.NO_COLOR
  const painter = ([on, off]: number[]) =>
    colours ? (text: string) => `\x1b[${on}m${text}\x1b[${off}m` : (text: string) => text
  return Object.fromEntries(Object.entries(CODES).map(([name, code]) => [name, painter(code)])) as Paint
}

/** Whether a person watches, and lines can be overwritten. */
export const isTerminal = (stream: Terminal, env: Environment): boolean =>
  stream.isTTY === true && env.TERM !== 'dumb'

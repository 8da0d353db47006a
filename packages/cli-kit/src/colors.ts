import { WriteStream } from 'node:tty'
import { styleText } from 'node:util'

/*
 * Colours for terminals, by `styleText` of `node:util`.
 */

/** The part of an output stream that decides how text is written to it. */
export interface TerminalStream {
  readonly isTTY?: boolean
  readonly columns?: number
}

export type Environment = Readonly<Record<string, string | undefined>>

const STYLES = ['bold', 'dim', 'red', 'green', 'yellow', 'cyan'] as const

/** Text styles for one stream: `colors.green('pass')`. */
export type Colors = Readonly<Record<(typeof STYLES)[number], (text: string) => string>>

/** Styles that do nothing, for text that is not written to a terminal. */
export const noColors: Colors = stylesOf((text) => text)

/** The styles of `node:util`'s `styleText` if the stream shows colours, else `noColors`. */
export function createColors(stream: TerminalStream, env: Environment): Colors {
  if (!showsColors(stream, env)) return noColors
  // Without validateStream styleText would ask process.stdout and process.env, whatever the stream.
  return stylesOf((text, style) => styleText(style, text, { validateStream: false }))
}

function stylesOf(apply: (text: string, style: (typeof STYLES)[number]) => string): Colors {
  return Object.fromEntries(STYLES.map((style) => [style, (text: string) => apply(text, style)])) as Colors
}

/**
 * Whether colours are used: on a terminal that has them, or anywhere if `FORCE_COLOR` is set, but not with `NO_COLOR`.
 * Node's own rule; see the documentation of `tty.WriteStream#getColorDepth`.
 */
function showsColors(stream: TerminalStream, env: Environment): boolean {
  if (env.FORCE_COLOR === undefined && stream.isTTY !== true) return false
  return WriteStream.prototype.getColorDepth.call(stream as WriteStream, { ...env }) > 1
}

/** What a number is in a text, for all columns of a table alike. */

/** How numbers are written. */
export interface NumberFormat {
  /** The decimal separator: `.` by default, or `,`. */
  decimal?: '.' | ','
  /** The character between groups of three digits, such as `,` or `.` or a space; none by default. */
  thousands?: string
}

/** Returns the number that a text is; NaN if it is none. */
export type ParseNumber = (text: string) => number

/**
 * Returns the parser of numbers of this grammar:
 *
 *     number   = [sign] ( integer [decimal digits?] | decimal digits ) [exponent]
 *     integer  = digits, or with `thousands` also 1 to 3 digits and groups of exactly three: 1,234,567
 *     exponent = ("e" or "E") [sign] digits
 *     sign     = "+" or "-"
 *
 * in digits 0 to 9, without blanks inside; the value must be finite, is rounded once to float64, and −0 is 0. So `5.`, `.5`
 * and `+2e-3` are numbers; `0x1F`, `1_000`, `Infinity` and `5 %` are not.
 *
 * Throws a `RangeError` for separators that would be ambiguous.
 */
export function createNumberParser({ decimal = '.', thousands }: NumberFormat = {}): ParseNumber {
  if (decimal !== '.' && decimal !== ',') {
    throw new RangeError(`parseCsv: decimal must be "." or ",", not ${JSON.stringify(decimal)}`)
  }
  if (thousands !== undefined && (!/^[^\dA-Za-z+\-"\r\n]$/u.test(thousands) || thousands === decimal)) {
    throw new RangeError(
      `parseCsv: thousands must be one character that is no digit, letter, sign or quote, and not the decimal ` +
        `separator ${JSON.stringify(decimal)}; it is ${JSON.stringify(thousands)}`,
    )
  }
  const point = escapeRegExp(decimal)
  const groups = thousands === undefined ? '' : `|\\d{1,3}(?:${escapeRegExp(thousands)}\\d{3})+`
  const grammar = new RegExp(
    `^[+-]?(?:(?:\\d+${groups})(?:${point}\\d*)?|${point}\\d+)(?:[eE][+-]?\\d+)?$`,
    'u',
  )
  return (text) => {
    if (!grammar.test(text)) return Number.NaN
    const plain = thousands === undefined ? text : text.replaceAll(thousands, '')
    const value = Number(decimal === '.' ? plain : plain.replace(decimal, '.'))
    return Number.isFinite(value) ? value + 0 : Number.NaN
  }
}

const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&')

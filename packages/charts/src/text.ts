/**
 * Numbers and tables as text, for terminals, pages and pictures, in English notation. Nothing here uses `Intl`, which takes
 * Node 20 ms to load.
 */

/** A number with `digits` significant digits, without trailing zeros: `0.147`, `2`, `0.0000123`. */
export const formatSignificant = (value: number, digits = 3): string =>
  String(Number(value.toPrecision(digits)))

/** Three significant digits, in scientific notation outside of 0.001 to 1000: `2.82e-12`, `0.147`, `2`. */
export function formatNumber(value: number): string {
  const size = Math.abs(value)
  const isPlain = value === 0 || (size >= 1e-3 && size < 1e3)
  return isPlain ? formatSignificant(value) : value.toExponential(2)
}

/** A number in typeset form, with a minus sign and ∞: `−2.5`, `1.23e−5`; scientific below 0.0001 and from 10⁹. */
export function formatTypeset(value: number, digits = 6): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞'
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return value.toExponential(2).replaceAll('-', '−')
  const rounded = Number(size < 10 ** digits ? value.toPrecision(digits) : value.toFixed(0))
  return rounded === 0 ? '0' : String(rounded).replace('-', '−')
}

/** An integer with its thousands separated: `312,000`. Rounds. */
export const formatCount = (value: number): string =>
  String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',')

/** A share as a percentage, never rounded up to 100: `97.1 %`, `> 99.9 %`, `100 %`. */
export function formatPercent(share: number, decimals = 1): string {
  if (share === 1) return '100 %'
  const percent = (100 * share).toFixed(decimals)
  const isRoundedUp = share < 1 && Number(percent) === 100
  return isRoundedUp ? `> ${(100 - 10 ** -decimals).toFixed(decimals)} %` : `${percent} %`
}

/** An accuracy as the book prints it, with four decimals: `0.9712`. */
export const formatAccuracy = (share: number): string => share.toFixed(4)

/** A loss with four decimals, in scientific notation below 0.001 and from 100,000: `2.7100`, `1.00e-5`. */
export const formatLoss = (value: number): string =>
  value === 0 || (value >= 1e-3 && value < 1e5) ? value.toFixed(4) : value.toExponential(2)

/** A duration in seconds: `0.4 s`, `12 s`, `3 min 20 s`, `1 h 05 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const rounded = Math.round(seconds)
  if (rounded < 60) return `${rounded} s`
  if (rounded < 3600) return `${Math.floor(rounded / 60)} min ${rounded % 60} s`
  return `${Math.floor(rounded / 3600)} h ${String(Math.floor((rounded % 3600) / 60)).padStart(2, '0')} min`
}

/** A number of epochs: an integer, or one decimal: `3`, `16.7`. */
export const formatEpoch = (epoch: number): string =>
  Number.isInteger(epoch) ? String(epoch) : epoch.toFixed(1)

/** Characters that a terminal draws two columns wide: Chinese, Japanese and Korean letters, their punctuation, emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

/** Characters without a width: combining marks, and those that join others. */
const ZERO_WIDTH = /\p{Mn}|\p{Me}|\u200b|\u200c|\u200d|\ufe0f/u

/**
 * The number of columns of a terminal that a text takes; East Asian wide characters take two. Escape codes are counted too.
 *
 * Source: Unicode Standard Annex #11, East Asian Width, in rough blocks.
 */
export function textWidth(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the fast path of ASCII texts
  if (/^[\u0000-\u024f]*$/.test(text)) return text.length
  let width = 0
  for (const character of text) width += WIDE.test(character) ? 2 : ZERO_WIDTH.test(character) ? 0 : 1
  return width
}

/** A text with spaces after it, at least `width` columns wide. */
export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - textWidth(text)))

/** A text with spaces before it, at least `width` columns wide. */
export const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - textWidth(text))) + text

/** How `textTable` arranges and colours its cells. */
export interface TextTableOptions {
  /** Of every column, or by column; `left` by default. Columns beyond the list are aligned as its last entry. */
  readonly align?: 'left' | 'right' | readonly ('left' | 'right')[]
  /** Number of spaces between columns; 2 by default. */
  readonly gap?: number
  /** The smallest width of a column, in columns of the terminal; 0 by default. */
  readonly minWidth?: number
  /** Adds colours to a cell that has been padded already. Widths do not count what it adds. */
  readonly paint?: (cell: string, row: number, column: number) => string
}

/**
 * Rows of cells as lines in which columns are aligned, each as wide as its widest cell. Lines have no trailing spaces. Cells
 * must not contain escape codes: these are for `paint`.
 */
export function textTable(rows: readonly (readonly string[])[], options: TextTableOptions = {}): string[] {
  const { align = 'left', gap = 2, minWidth = 0, paint = (cell) => cell } = options
  const alignOf = (column: number) =>
    typeof align === 'string' ? align : align[Math.min(column, align.length - 1)]
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(minWidth, ...rows.map((row) => textWidth(row[column] ?? ''))),
  )
  return rows.map((row, i) => {
    let last = row.length - 1
    while (last >= 0 && row[last].trimEnd() === '') last--
    return row
      .slice(0, last + 1)
      .map((cell, column) => {
        if (alignOf(column) === 'right') return paint(padStart(cell, widths[column]), i, column)
        return paint(column === last ? cell.trimEnd() : padEnd(cell, widths[column]), i, column)
      })
      .join(' '.repeat(gap))
  })
}

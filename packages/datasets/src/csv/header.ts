/** Whether the first record of a CSV file is a header, by what stands in the columns below it. */
import { DataError } from '../errors.ts'

/** A field and its position: line and character, from 1. */
export interface Field {
  /** Without the quotes and the blanks around it. */
  readonly text: string
  readonly line: number
  readonly column: number
}

/** An entry of the first record, and what its column holds in the other records. */
export interface FirstEntry extends Field {
  readonly kind: 'number' | 'text' | 'missing'
  /** Whether there are other entries and all of them, except for missing ones, are numbers. */
  readonly isAboveNumbers: boolean
}

/**
 * Whether the first record is a header:
 *
 * 1. It is one if it holds a text and no number.
 * 2. Otherwise it is a sample if in no column a text stands above numbers alone.
 * 3. Otherwise it is a header if its numbers are 0, 1, 2 … or 1, 2, 3 …, as in `label,0,1,2`.
 * 4. Otherwise a `DataError` is thrown, which asks for the option `header`: `x7,2.5` above numbers may be a sample with an
 *    error in it.
 */
export function isHeader(first: readonly FirstEntry[], file?: string): boolean {
  const numbers = first.filter(({ kind }) => kind === 'number').map(({ text }) => text)
  if (numbers.length === 0 && first.some(({ kind }) => kind === 'text')) return true
  const unlike = first.find(({ kind, isAboveNumbers }) => kind === 'text' && isAboveNumbers)
  if (!unlike) return false
  const start = Number(numbers[0])
  const countsColumns = (start === 0 || start === 1) && numbers.every((text, i) => text === String(start + i))
  if (countsColumns && numbers.length > 1) return true
  const { text, line, column } = unlike
  throw new DataError(
    'format',
    `the first line is neither a header nor a sample: ${JSON.stringify(text)} stands above numbers, but beside ` +
      'numbers; correct it, or say header: true',
    { file, line, column },
  )
}

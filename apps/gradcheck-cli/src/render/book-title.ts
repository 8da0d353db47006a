import { STD } from '../book/book-case.ts'
import type { CaseResult } from '../check/case-result.ts'

const MODES = { full: 'every entry', sampled: 'some entries', projected: 'along random directions' }

/** What the book's check is of, in two lines. */
export function bookTitle(images: string, seed: number, [{ name, report }]: readonly CaseResult[]): string[] {
  const how = report ? `; ${report.method}, ${MODES[report.mode]}` : ''
  return [`${name}, float64, weights of standard deviation ${STD}`, `${images}; seed ${seed}${how}`]
}

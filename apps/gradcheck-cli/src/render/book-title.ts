import { STD } from '../book/book-case.ts'
import type { CaseResult } from '../check/case-result.ts'

/** What the book's check is of, in two lines. */
export function bookTitle(images: string, seed: number, [{ name, report }]: readonly CaseResult[]): string[] {
  const how = report ? `, ${report.method}, ${report.mode}` : ''
  return [`${name}, weights of standard deviation ${STD}, float64, seed ${seed}${how}`, `on ${images}`]
}

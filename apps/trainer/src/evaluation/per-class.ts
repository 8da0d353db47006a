/** How well one class is told from the others. */
export interface ClassQuality {
  class: number
  /** How many samples are of the class. */
  count: number
  /** Of the samples taken for the class, the share that are of it; null where none was taken for it. */
  precision: number | null
  /** Of the samples of the class, the share that were taken for it; null where there is none. */
  recall: number | null
}

/** Of each class, from counts in row label and column prediction, its precision and recall. */
export const perClass = (confusion: readonly (readonly number[])[]): ClassQuality[] =>
  confusion.map((row, label) => {
    const count = total(row)
    const taken = total(confusion.map((other) => other[label]))
    return { class: label, count, precision: share(row[label], taken), recall: share(row[label], count) }
  })

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)
const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

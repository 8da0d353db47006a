import type { Verdict } from '../types/report.ts'

/** The words of the HTML page, in English; a page in another language is given its own. */

/** The words of the page that do not come from the reports. */
export interface PageTexts {
  /** The language, as in `<html lang="en">`. */
  readonly lang: string
  readonly verdicts: Readonly<Record<Verdict, string>>
  /** The titles of columns, by the keys of `REPORT_COLUMNS`. */
  readonly columns?: Readonly<Record<string, string>>
  /** The title of the list of all reports. */
  readonly contents: string
  readonly gradientsCompared: string
  readonly maxRelativeError: string
  readonly analytic: string
  readonly numerical: string
  readonly difference: string
  /** What the frames in the heat maps mean. */
  readonly frames: string
}

export const ENGLISH: PageTexts = {
  lang: 'en',
  verdicts: { pass: 'pass', fail: 'fail', inconclusive: 'inconclusive' },
  contents: 'All cases',
  gradientsCompared: 'gradients compared',
  maxRelativeError: 'max relative error',
  analytic: 'analytic',
  numerical: 'numerical',
  difference: 'difference, as a part of the largest gradient',
  frames: 'Frames mark the entries with the largest differences.',
}

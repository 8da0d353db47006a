import type { Output } from '@gosa/cli-kit'
import type { CaseResult } from '../check/case-result.ts'
import type { Checked } from '../run-checks.ts'
import { caseDetails, caseHead, caseLine } from './case-lines.ts'
import { summary } from './summary.ts'
import { wrap } from './wrap.ts'

export interface ShowOptions {
  readonly seconds: number
  /** Where paths are seen from. */
  readonly folder: string
}

/**
 * Shows results to people: of a suite a line for each case, else each case in full; what does not pass always in full,
 * and alone where less is asked for.
 */
export function showResults({ title, suite, results }: Checked, output: Output, options: ShowOptions): void {
  for (const line of title.flatMap((each) => wrap(each, output.columns))) output.detail(line)
  if (title.length > 0) output.detail()
  const width = Math.max(...results.map(({ name }) => name.length))
  const details = (result: CaseResult): string[] => caseDetails(result, output, options.folder)
  for (const result of results) {
    const head = suite ? caseLine(result, output, width) : caseHead(result, output)
    const rest = suite && result.ok ? [] : details(result)
    for (const line of title.length > 0 && !suite ? rest : [head, ...rest]) {
      if (result.ok) output.detail(line)
      else output.result(line)
    }
    if (!suite) output.detail()
  }
  if (suite) output.detail()
  output.result(summary(results, options.seconds, output.paint))
}

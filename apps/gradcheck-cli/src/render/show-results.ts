import type { Output } from '@gosa/cli-kit'
import type { Checked } from '../run-checks.ts'
import { caseDetails, caseLine } from './case-lines.ts'
import { summary } from './summary.ts'
import { wrap } from './wrap.ts'

export interface ShowOptions {
  /** Whether cases that pass are shown in full as well. */
  readonly detailed: boolean
  readonly seconds: number
  /** Where paths are seen from. */
  readonly folder: string
}

/** Shows results to people: a line for each case, and all that is known of what does not pass. */
export function showResults({ title, results }: Checked, output: Output, options: ShowOptions): void {
  for (const line of title.flatMap((each) => wrap(each, output.columns))) output.detail(line)
  const width = Math.max(...results.map(({ name }) => name.length))
  for (const [i, result] of results.entries()) {
    const { module } = result
    if (module !== results[i - 1]?.module && module !== undefined) output.detail(output.paint.bold(module))
    const inFull = !result.ok || options.detailed
    const show = result.ok ? output.detail : output.result
    show(caseLine(result, output, width))
    if (inFull) for (const line of caseDetails(result, output, options.folder)) show(line)
  }
  const total = summary(results)
  output.result(`${output.paint.bold(total)}${output.paint.dim(`, ${options.seconds.toFixed(1)} s`)}`)
}

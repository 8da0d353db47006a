import { textTable } from '@gosa/charts/text'
import type { Colors, Output } from '@gosa/cli-kit'
import type { CheckerQuality } from '../checks/measure-checker.ts'
import { texts } from '../texts.ts'
import { colorVerdict } from './entry-table.ts'

/*
 * The result of `--faults` on the terminal.
 */

/** Shows how well the checker does: the comparison as a detail, the counts as the result. */
export function showCheckerQuality(quality: CheckerQuality, output: Output, seconds: number): void {
  for (const line of qualityLines(quality, output.colors)) output.detail(line)
  output.detail()
  const { planted, caught, falseAlarms } = quality
  const verdict = caught === planted && falseAlarms === 0 ? 'pass' : 'fail'
  const { summary } = texts().quality
  output.result(
    summary(colorVerdict(verdict, output.colors), caught, planted, falseAlarms, seconds.toFixed(1)),
  )
}

/** The checker beside the rules of others as a table, then the names of what it got wrong. */
export function qualityLines(quality: CheckerQuality, colors: Colors): string[] {
  const { planted, missed, trials, falseAlarms, failedTrials, inconclusive, baselines } = quality
  const text = texts().quality
  const row = (name: string, counts: { missed: number; falseAlarms: number }) => [
    name,
    String(counts.missed),
    String(counts.falseAlarms),
  ]
  const rows = [
    [text.rule, text.missed, text.falseAlarms],
    row('gosa-gradcheck', { missed: missed.length, falseAlarms }),
    row(text.book, baselines.book),
    row(text.pytorch, baselines.pytorch),
  ]
  const table = textTable(rows, {
    align: ['left', 'right'],
    paint: (cell, row) => (row === 0 ? colors.dim(cell) : cell),
  })
  return [
    text.title(planted, trials),
    '',
    ...table,
    ...(inconclusive > 0 ? ['', text.withoutVerdict(inconclusive)] : []),
    ...(missed.length > 0 || failedTrials.length > 0 ? [''] : []),
    ...missed.map((name) => colors.red(text.missedFault(name))),
    ...failedTrials.map((name) => colors.red(text.falseAlarm(name))),
  ]
}

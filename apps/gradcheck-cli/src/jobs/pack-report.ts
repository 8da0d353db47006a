import type { Entry, Report } from '@gosa/gradcheck'
import { Tensor } from '@gosa/linalg'

/** A report as plain data, which passes between threads. */
export type PackedReport = Omit<Report, 'toString' | 'entries'> & { readonly entries: readonly PackedEntry[] }

export type PackedEntry = Omit<Entry, 'analytic' | 'numerical'> & {
  readonly analytic?: Tensor['data']
  readonly numerical?: Tensor['data']
}

/** Packs a report; with the whole gradients only where they are wanted, since they are large. */
export const packReport = (report: Report, gradients: boolean): PackedReport => ({
  ...report,
  entries: report.entries.map(({ analytic, numerical, ...entry }) =>
    gradients ? { ...entry, analytic: analytic?.data, numerical: numerical?.data } : entry,
  ),
})

/** The report again, with tensors. */
export const unpackReport = (report: PackedReport): Omit<Report, 'toString'> => ({
  ...report,
  entries: report.entries.map(({ analytic, numerical, ...entry }) => ({
    ...entry,
    ...(analytic && { analytic: new Tensor(analytic, entry.shape) }),
    ...(numerical && { numerical: new Tensor(numerical, entry.shape) }),
  })),
})

import { checkLayer, checkLoss, type Entry } from '@gosa/gradcheck'
import { plantInLayer, plantInLoss } from '@gosa/gradcheck/faults'
import { heatMapsOf } from '@gosa/gradcheck/report'
import type { CheckedEntry, CheckReply, CheckRequest } from '../protocol.ts'
import { subjectOf } from './subjects.ts'

/** Checks a layer, with a fault or without. Throws a `RangeError` for a fault that cannot be planted in it. */
export function performCheck({ id, layer, seed, fault }: CheckRequest): CheckReply {
  const subject = subjectOf(layer, seed)
  const options = { name: layer, seed }
  const planted =
    subject.kind === 'layer'
      ? plantInLayer(subject.make, subject.x)
      : plantInLoss(subject.make, subject.x, subject.t)
  const faults = planted.map((one) => one.fault)
  const faulty = planted.find((one) => one.fault === fault)
  if (fault !== undefined && !faulty) {
    throw new RangeError(`'${fault}' cannot be planted in ${layer}, or does not show there`)
  }
  const make = faulty?.make ?? subject.make
  const report =
    subject.kind === 'layer'
      ? checkLayer(make as typeof subject.make, subject.x, options)
      : checkLoss(make as typeof subject.make, subject.x, subject.t, options)
  return {
    ...{ id, faults },
    verdict: report.verdict,
    entries: report.entries.map(plain),
    findings: report.findings.map(({ message }) => message),
    table: String(report),
  }
}

/** What a message between threads can carry. */
const plain = (entry: Entry): CheckedEntry => ({
  name: entry.name,
  shape: entry.shape,
  verdict: entry.verdict,
  compared: entry.compared,
  wrong: entry.wrong,
  meanAbsoluteDifference: entry.meanAbsoluteDifference,
  maxRelativeError: entry.maxRelativeError,
  cause: entry.cause,
  analytic: [...(entry.analytic?.data ?? [])],
  numerical: [...(entry.numerical?.data ?? [])],
  maps: heatMapsOf(entry),
})

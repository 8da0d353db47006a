import type { Finding } from '../report/report.ts'
import type { LayerLike, Value } from '../subject/types.ts'

/** A fresh layer refuses `backward` before any `forward`: it throws, and answers nothing. */
export function beforeForward(fresh: LayerLike, dout: Value): Finding[] {
  try {
    ;(fresh.backward as (dout: Value) => unknown).call(fresh, dout)
  } catch {
    return []
  }
  const message =
    'backward before any forward answers something; it should throw, since there is nothing to answer for'
  return [{ name: 'backward-before-forward', message }]
}

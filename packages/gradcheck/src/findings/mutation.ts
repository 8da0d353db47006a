import { Tensor } from '@gosa/linalg'
import { place } from '../report/index-of.ts'
import type { Finding, FindingName } from '../report/report.ts'
import { elementsOf } from '../subject/untouched.ts'
import { copyOf } from '../subject/values.ts'
import type { Context } from './context.ts'

interface Watched {
  readonly name: string
  readonly finding: FindingName
  readonly value: unknown
}

/** `forward` and `backward` leave inputs, weights, labels and `dout` as they are, bit by bit. */
export function mutation({ operation, douts }: Context): Finding[] {
  const given: Watched[] = [
    ...operation.variables.map(({ name, value, kind }) => ({
      name,
      value,
      finding: kind === 'input' ? ('input-mutated' as const) : ('parameter-mutated' as const),
    })),
    ...operation.constants.map((value, i) => ({
      name: operation.takesDout ? 't' : 'xt'[i],
      value,
      finding: 'constant-mutated' as const,
    })),
  ]
  const dout = copyOf(douts[0])
  const byForward = changes(given, 'forward', () => operation.forward())
  const watched = [...given, { name: 'dout', value: dout, finding: 'dout-mutated' as const }]
  return [...byForward, ...changes(watched, 'backward', () => operation.backward(dout))]
}

/** Runs `pass`, tells what it wrote into, and puts that back. */
function changes(watched: readonly Watched[], pass: string, run: () => void): Finding[] {
  const before = watched.map(({ value }) => elementsOf(value)?.slice())
  run()
  return watched.flatMap(({ name, value, finding }, k) => {
    const [now, then] = [elementsOf(value), before[k]]
    if (!now || !then) return []
    const i = then.findIndex((element, at) => !Object.is(element, now[at]))
    if (i < 0) return []
    const at = value instanceof Tensor ? place(name, i, value.shape) : `${name} (${i})`
    const message = `${pass} wrote into what it was given: ${at} was ${then[i]} and is ${now[i]}`
    now.set(then)
    return [{ name: finding, variable: name, message }]
  })
}

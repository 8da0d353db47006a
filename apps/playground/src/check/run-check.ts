/** The gradient check of a layer on small random numbers, with or without a planted fault. */
import { type CheckEntry, checkLayer, checkLoss } from '@gosa/gradcheck'
import { injectLayerFaults, injectLossFaults } from '@gosa/gradcheck/faults'
import { heatMapsOf } from '@gosa/gradcheck/report'
import { Affine, Relu, Sigmoid, Tanh } from '@gosa/layers'
import { createRng, randomNormal, type Tensor } from '@gosa/linalg'
import { SoftmaxWithLoss } from '@gosa/losses'
import type { CheckedEntry, CheckReply, CheckRequest, LayerName } from './protocol.ts'

/** Checks a layer. Throws a `RangeError` for a fault that cannot be planted in it. */
export function runCheck({ id, layer, seed, fault }: CheckRequest): CheckReply {
  const subject = createSubject(layer, seed)
  const options = { name: layer, seed }
  const variants =
    subject.kind === 'layer'
      ? injectLayerFaults(subject.make, subject.x)
      : injectLossFaults(subject.make, subject.x, subject.t)
  const faults = variants.map((one) => one.fault)
  const faulty = variants.find((one) => one.fault === fault)
  if (fault !== undefined && !faulty) {
    throw new RangeError(`'${fault}' cannot be planted in ${layer}, or has no effect there`)
  }
  const make = faulty?.make ?? subject.make
  const report =
    subject.kind === 'layer'
      ? checkLayer(make as typeof subject.make, subject.x, options)
      : checkLoss(make as typeof subject.make, subject.x, subject.t, options)
  return {
    ...{ id, faults },
    verdict: report.verdict,
    entries: report.entries.map(toMessage),
    findings: report.findings.map(({ message }) => message),
    table: String(report),
  }
}

/** The entry as plain data, which a message between threads can carry. */
const toMessage = (entry: CheckEntry): CheckedEntry => ({
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

/** A factory of the layer to check, and its inputs; a loss also has labels. */
type Subject =
  | { readonly kind: 'layer'; readonly make: () => Affine | Relu | Sigmoid | Tanh; readonly x: Tensor }
  | {
      readonly kind: 'loss'
      readonly make: () => SoftmaxWithLoss
      readonly x: Tensor
      readonly t: Uint8Array
    }

/** The numbers of samples, inputs and outputs: few enough to look at each entry. */
const [N, D, M] = [5, 6, 4]

/** The layer of that name with random numbers in general position: standard deviation 0.5. */
function createSubject(name: LayerName, seed: number): Subject {
  const rng = createRng(seed)
  const x = randomNormal([N, D], { std: 0.5, rng })
  const [W, b] = [randomNormal([D, M], { std: 0.5, rng }), randomNormal([M], { std: 0.5, rng })]
  switch (name) {
    case 'Affine':
      return { kind: 'layer', make: () => new Affine(W.clone(), b.clone()), x }
    case 'Relu':
      return { kind: 'layer', make: () => new Relu(), x }
    case 'Sigmoid':
      return { kind: 'layer', make: () => new Sigmoid(), x }
    case 'Tanh':
      return { kind: 'layer', make: () => new Tanh(), x }
    case 'SoftmaxWithLoss':
      return {
        kind: 'loss',
        make: () => new SoftmaxWithLoss(),
        x,
        t: Uint8Array.from({ length: N }, () => rng.integer(D)),
      }
  }
}

import type { CheckEntry, Finding, LayerLike, Report, Verdict } from '@gosa/gradcheck'
import { createRng, Tensor } from '@gosa/linalg'
import type { Case as CorpusCase, Subject, Values } from '../../corpus-2/case.ts'
import { first, second } from '../../corpus-2/corpus.ts'
import { type Case, checkLayered } from '../cases/case.ts'
import { BASELINES } from './baselines.ts'
import type { Judgement } from './judge.ts'

/*
 * The second corpus: right and wrong functions of many fields, written without looking at the checker. The checker sees each
 * as a layer; every rule gets a new instance.
 */

/** The halves of the corpus, which are from different fields. */
export const HALVES = ['first', 'second'] as const
export type Half = (typeof HALVES)[number]

/** How a case of the second corpus was judged. */
export interface CorpusJudgement extends Judgement {
  readonly half: Half
  readonly kind: CorpusCase['kind']
  /** Why no finite difference can judge the case. */
  readonly hard?: string
  /** The causes and findings that the report names. */
  readonly reasons: readonly string[]
}

/** The cases whose name contains `only`, with their half. */
export const selectCorpus = (only = ''): { half: Half; one: CorpusCase }[] =>
  [first, second].flatMap((cases, i) =>
    cases.filter(({ name }) => name.includes(only)).map((one) => ({ half: HALVES[i], one })),
  )

/** Judges the selected cases from `from` to `to`. */
export const judgeCorpus = (
  seed: number,
  only: string | undefined,
  from: number,
  to: number,
): CorpusJudgement[] =>
  selectCorpus(only)
    .slice(from, to)
    .map(({ half, one }) => {
      const make = (): Case => toCase(one, seed)
      const acceptedBy = { book: BASELINES.book(make()), pytorch: BASELINES.pytorch(make()) }
      const { name, kind, hard } = one
      return { half, name, kind, hard, acceptedBy, ...judge(make()) }
    })

function judge(given: Case): { verdict: Verdict; reasons: string[] } {
  try {
    const report: Report = checkLayered(given, {})
    return {
      verdict: report.verdict,
      reasons: [...report.entries.flatMap(reasonOf), ...report.findings.map(textOf)],
    }
  } catch (error) {
    return { verdict: 'fail', reasons: [`threw ${error}`] }
  }
}

const reasonOf = ({ name, cause, unclear }: CheckEntry): string[] => {
  if (cause) return [`${name}: ${cause}`]
  return unclear > 0 ? [`${name}: ${unclear} entries are unclear`] : []
}

const textOf = ({ name, message }: Finding): string => `${name}: ${message}`

/** A case of the corpus as one of the command. */
export function toCase(one: CorpusCase, seed: number): Case {
  const rng = createRng(seed)
  const subject = one.make(() => rng.uniform())
  const { notDifferentiable = [], accumulates } = subject
  const names = Object.keys(subject.x).filter((name) => !notDifferentiable.includes(name))
  const inputs = names.map((name) => toTensor(subject.x[name]))
  return { name: one.name, layer: toLayer(subject, names), inputs, options: { accumulates } }
}

/** The subject as a layer of the inputs of these names; all others are constants. */
function toLayer(subject: Subject, names: readonly string[]): LayerLike {
  return {
    forward: (...inputs: Tensor[]) =>
      toTensor(
        subject.forward({
          ...subject.x,
          ...Object.fromEntries(inputs.map(({ data, shape }, i) => [names[i], { data, shape }])),
        } as Record<string, Values>),
      ),
    backward(dout: Tensor) {
      const gradients = subject.backward({ data: dout.data as Float64Array, shape: dout.shape })
      return names.map((name) => gradients[name] && toTensor(gradients[name]))
    },
  }
}

const toTensor = ({ data, shape }: Values): Tensor => new Tensor(data, shape)

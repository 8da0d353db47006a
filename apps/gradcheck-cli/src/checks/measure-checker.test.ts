import { noColors } from '@gosa/cli-kit'
import { describe, expect, it } from 'vitest'
import type { Judgement } from '../faults/judge.ts'
import type { CorpusJudgement } from '../faults/second-corpus.ts'
import { corpusLines, qualityLines } from '../output/checker-quality.ts'
import type { Job, RunJobs } from '../workers/jobs.ts'
import { isPerfect, measureChecker, measureCorpus } from './measure-checker.ts'

const judgement = (name: string, verdict: Judgement['verdict'], book: boolean): Judgement => ({
  name,
  verdict,
  acceptedBy: { book, pytorch: !book },
})

/** 45 faults, of which fault 30 is missed; of the correct cases trial 2 fails, and trial 3 has no verdict. */
function resultOf(job: Job): number | Judgement[] {
  if (job.kind === 'count-faults') return 45
  if (job.kind !== 'faults' && job.kind !== 'trials') throw new Error(job.kind)
  const numbers = Array.from({ length: job.to - job.from }, (_, i) => job.from + i)
  if (job.kind === 'faults') {
    return numbers.map((i) => judgement(`fault ${i}`, i === 30 ? 'inconclusive' : 'fail', i < 5))
  }
  const verdicts = { 2: 'fail', 3: 'inconclusive' } as Record<number, Judgement['verdict']>
  return numbers.map((i) => judgement(`trial ${i}`, verdicts[i] ?? 'pass', true))
}
const runJobs = (async (jobs: readonly Job[]) => jobs.map((job) => ({ result: resultOf(job) }))) as RunJobs

describe('measureChecker', () => {
  it('counts and names missed faults and correct cases that fail', async () => {
    expect(await measureChecker(50, runJobs)).toEqual({
      planted: 45,
      caught: 44,
      missed: ['fault 30'],
      trials: 50,
      falseAlarms: 1,
      failedTrials: ['trial 2'],
      inconclusive: 1,
      baselines: { book: { missed: 5, falseAlarms: 0 }, pytorch: { missed: 40, falseAlarms: 50 } },
    })
  })

  it('is shown as a table beside the rules of others', async () => {
    const quality = await measureChecker(50, runJobs)
    expect(quality && qualityLines(quality, noColors)).toEqual([
      '45 planted faults, 50 random correct cases',
      '',
      'rule                     faults missed  false alarms',
      'gosa-gradcheck                       1             1',
      "the book's, mean < 1e-6              5             0",
      "PyTorch's gradcheck                 40            50",
      '',
      'correct cases without a verdict: 1',
      '',
      'missed: fault 30',
      'false alarm: trial 2',
    ])
  })

  it('rejects if a job throws: no user code runs here', async () => {
    const broken: RunJobs = async (jobs) => jobs.map(() => ({ problem: { message: 'no', stack: '' } }))
    await expect(measureChecker(1, broken)).rejects.toThrow('a check failed unexpectedly: no')
  })
})

describe('measureCorpus', () => {
  const judged = (name: string, more: Partial<CorpusJudgement>): CorpusJudgement => ({
    ...judgement(name, 'pass', true),
    half: 'first',
    kind: 'right',
    reasons: [],
    ...more,
  })
  const cases = [
    judged('a', { kind: 'wrong', verdict: 'fail' }),
    judged('b', { kind: 'wrong', reasons: ['x: not told'] }),
    judged('c', { kind: 'wrong', verdict: 'inconclusive' }),
    judged('d', {}),
    judged('e', { verdict: 'fail', reasons: ['x: the gradient is transposed'] }),
    judged('f', { verdict: 'fail', hard: 'noise' }),
    judged('g', { half: 'second' }),
  ]
  const runCorpus = (async (jobs: readonly Job[]) =>
    jobs.map((job) => ({
      result: job.kind === 'corpus' ? cases.slice(job.from, job.to) : cases.length,
    }))) as RunJobs

  it('counts each half by itself, without the cases that no finite difference can judge', async () => {
    const [first, second, ...more] = await measureCorpus(runCorpus)
    expect(more).toEqual([])
    expect(first).toMatchObject({ half: 'first', wrong: 3, right: 2, unclearWrong: 1 })
    expect(first.missed).toEqual([{ name: 'b', reasons: ['x: not told'] }])
    expect(first.falseAlarms.map(({ name }) => name)).toEqual(['e'])
    expect(first.inconclusive.map(({ name }) => name)).toEqual(['c'])
    expect(first.hard).toMatchObject([{ name: 'f', hard: 'noise', verdict: 'fail' }])
    expect(first.baselines.book).toEqual({ missed: 3, falseAlarms: 0 })
    expect([isPerfect(first), isPerfect(second)]).toEqual([false, true])
  })

  it('is shown with what the reports name', async () => {
    const [first] = await measureCorpus(runCorpus)
    expect(corpusLines(first, noColors)).toEqual([
      'second corpus, first half: 3 wrong and 2 right functions of other fields',
      '',
      'rule                     faults missed  false alarms',
      'gosa-gradcheck                       1             1',
      "the book's, mean < 1e-6              3             0",
      "PyTorch's gradcheck                  0             2",
      '',
      'not counted, since no finite difference can judge them: 1',
      '',
      'missed: b',
      '  x: not told',
      'false alarm: e',
      '  x: the gradient is transposed',
      'no verdict: c',
    ])
  })
})

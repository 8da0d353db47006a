import { createPaint } from '@gosa/cli-kit'
import { expect, it } from 'vitest'
import type { Judged } from '../faults/judge.ts'
import type { Job, Result } from '../jobs/job.ts'
import { faultsLines } from '../render/faults-lines.ts'
import { checkFaults } from './check-faults.ts'

const judged = (kind: string, number: number, verdict: Judged['verdict'], book: boolean): Judged => ({
  name: `${kind} ${number}`,
  verdict,
  accepted: { book, pytorch: !book },
})

/** 45 faults, of which number 30 is missed; of correct code number 2 is accused, and 3 cannot be judged. */
const answer = (job: Job): Result => {
  if (job.kind === 'count') return { count: 45 }
  if (job.kind !== 'faults' && job.kind !== 'trials') throw new Error(job.kind)
  const numbers = Array.from({ length: job.to - job.from }, (_, i) => job.from + i)
  if (job.kind === 'faults') {
    return { judged: numbers.map((i) => judged('fault', i, i === 30 ? 'inconclusive' : 'fail', i < 5)) }
  }
  const verdicts = { 2: 'fail', 3: 'inconclusive' } as Record<number, Judged['verdict']>
  return { judged: numbers.map((i) => judged('trial', i, verdicts[i] ?? 'pass', true)) }
}
const ask = async (jobs: readonly Job[]) => jobs.map((job) => ({ result: answer(job) }))

it('faults that are not found and correct code that is accused are counted and named', async () => {
  expect(await checkFaults(50, ask)).toEqual({
    planted: 45,
    caught: 44,
    missed: ['fault 30'],
    trials: 50,
    falseAlarms: 1,
    accused: ['trial 2'],
    inconclusive: 1,
    rivals: { book: { missed: 5, falseAlarms: 0 }, pytorch: { missed: 40, falseAlarms: 50 } },
  })
})

it('they are shown beside the rules of others', async () => {
  expect(faultsLines(await checkFaults(50, ask), createPaint({}, {}))).toEqual([
    '45 faults planted, 50 pieces of correct code',
    '',
    'rule                     faults missed  false alarms',
    'gosa-gradcheck                       1             1',
    "the book's, mean < 1e-6              5             0",
    "PyTorch's gradcheck                 40            50",
    '',
    'of correct code 1 could not be judged',
    '',
    'missed: fault 30',
    'wrongly accused: trial 2',
  ])
})

it('our own code breaking down is no verdict', async () => {
  const broken = async (jobs: readonly Job[]) => jobs.map(() => ({ problem: { message: 'no', stack: '' } }))
  await expect(checkFaults(1, broken)).rejects.toThrow('a check broke down: no')
})

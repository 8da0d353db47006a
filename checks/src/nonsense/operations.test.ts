import {
  add,
  allClose,
  arange,
  argmax,
  argsort,
  axpy,
  clip,
  concat,
  createRng,
  dot,
  full,
  logSoftmax,
  map,
  matmul,
  max,
  mean,
  pad,
  permute,
  randomNormal,
  randomUniform,
  relu,
  scale,
  slice,
  stack,
  sum,
  Tensor,
  takeRows,
  tensor,
  transpose,
  Workspace,
  where,
  zeros,
} from '@gosa/linalg'
import { assumeFinite, compressCodes } from '@gosa/linalg/kernels'
import { describe, expect, it } from 'vitest'
import { type ArgumentCase, faultsOf } from './nonsense.ts'

const rng = createRng(0)
const x = tensor([
  [1, 2],
  [3, 4],
])
const numbers = ['number', 'NaN'] as const
const codes = Uint8Array.of(0, 1)

const cases: readonly ArgumentCase[] = [
  ['Tensor(data, ·)', (v) => new Tensor(new Float64Array(4), v)],
  ['reshape(·)', (v) => x.reshape(v)],
  ['reshape([·])', (v) => x.reshape([v, 2])],
  ['astype(·)', (v) => x.astype(v)],
  ['at(·)', (v) => x.at(v, 0)],
  ['row(·)', (v) => x.row(v)],
  ['rows(·)', (v) => x.rows(v, 1)],
  ['rows(0, ·)', (v) => x.rows(0, v)],
  ['tensor([·])', (v) => tensor([v]), ['number', 'NaN', 'empty array', 'nested array']],
  ['tensor options', (v) => tensor([1], v), ['nothing']],
  ['tensor shape', (v) => tensor([1], { shape: v }), ['nothing', 'empty array']],
  ['tensor dtype', (v) => tensor([1], { dtype: v }), ['nothing']],
  ['full(shape, ·)', (v) => full([2], v), numbers],
  ['zeros([·])', (v) => zeros([v])],
  ['zeros options', (v) => zeros([2], v), ['nothing']],
  ['arange(0, ·)', (v) => arange(0, v), ['nothing', 'number']],
  ['arange step', (v) => arange(0, 1, v), ['nothing', 'number']],
  ['arange options', (v) => arange(0, 1, 1, v), ['nothing']],
  ['randomNormal rng', (v) => randomNormal([2], { rng: v })],
  ['randomNormal std', (v) => randomNormal([2], { rng, std: v }), ['nothing', ...numbers]],
  ['randomUniform low', (v) => randomUniform([2], { rng, low: v }), ['nothing', ...numbers]],
  ['integer(·)', (v) => rng.integer(v)],
  ['permutation(·)', (v) => rng.permutation(v)],
  ['add(x, ·)', (v) => add(x, v), numbers],
  ['add options', (v) => add(x, x, v), ['nothing']],
  ['add out', (v) => add(x, x, { out: v }), ['nothing']],
  ['scale(x, ·)', (v) => scale(x, v), numbers],
  ['matmul(x, ·)', (v) => matmul(x, v)],
  ['matmul options', (v) => matmul(x, x, v), ['nothing']],
  ['matmul out', (v) => matmul(x, x, { out: v }), ['nothing']],
  ['relu options', (v) => relu(x, v), ['nothing']],
  ['clip min', (v) => clip(x, v, 9), ['number']],
  ['clip max', (v) => clip(x, -9, v), ['number']],
  ['clip options', (v) => clip(x, 0, 1, v), ['nothing']],
  ['map(x, ·)', (v) => map(x, v), ['function']],
  ['map options', (v) => map(x, (one) => one, v), ['nothing']],
  ['where(x, ·)', (v) => where(x, v, 0), numbers],
  ['where(x, 0, ·)', (v) => where(x, 0, v), numbers],
  ['where options', (v) => where(x, 0, 1, v), ['nothing']],
  ['sum options', (v) => sum(x, v), ['nothing']],
  ['sum axis', (v) => sum(x, { axis: v })],
  ['mean options', (v) => mean(x, v), ['nothing']],
  ['max axis', (v) => max(x, { axis: v })],
  ['argmax options', (v) => argmax(x, v), ['nothing']],
  ['argsort options', (v) => argsort(x, v), ['nothing']],
  ['argsort axis', (v) => argsort(x, { axis: v }), ['nothing']],
  ['logSoftmax options', (v) => logSoftmax(x, v), ['nothing']],
  ['transpose options', (v) => transpose(x, v), ['nothing']],
  ['permute(x, ·)', (v) => permute(x, v)],
  ['permute(x, [·])', (v) => permute(x, [v, 1])],
  ['slice(x, ·)', (v) => slice(x, v), ['empty array', 'nested array']],
  ['slice(x, [·])', (v) => slice(x, [v]), ['nothing', 'null']],
  ['slice(x, [[·]])', (v) => slice(x, [[v]])],
  ['pad(x, ·)', (v) => pad(x, v)],
  ['pad(x, [·])', (v) => pad(x, [v, 1])],
  ['pad value', (v) => pad(x, [1, 1], { value: v }), ['nothing', ...numbers]],
  ['concat([·])', (v) => concat([x, v])],
  ['concat axis', (v) => concat([x, x], { axis: v }), ['nothing']],
  ['stack options', (v) => stack([x, x], v), ['nothing']],
  ['takeRows(x, ·)', (v) => takeRows(x, v), ['empty array']],
  ['takeRows(x, [·])', (v) => takeRows(x, [v])],
  ['takeRows options', (v) => takeRows(x, [0], v), ['nothing']],
  ['axpy alpha', (v) => axpy(v, x, x.clone()), numbers],
  ['axpy(1, x, ·)', (v) => axpy(1, x, v)],
  ['dot(x, ·)', (v) => dot(x, v)],
  ['allClose(x, ·)', (v) => allClose(x, v)],
  ['allClose rtol', (v) => allClose(x, x, { rtol: v }), ['nothing', ...numbers]],
  ['Workspace holds', (v) => new Workspace({ holds: v }), ['nothing', 'empty array']],
  ['Workspace holds [·]', (v) => new Workspace({ holds: [v] })],
  ['Workspace.run(·)', (v) => new Workspace().run(v), ['function']],
  ['assumeFinite(x, ·)', (v) => assumeFinite(x, v), ['function']],
  ['compressCodes(codes, ·)', (v) => compressCodes(codes, v)],
  ['compressCodes codebook', (v) => compressCodes(codes, { shape: [1, 2], codebook: v })],
]

describe('each argument of an operation, the others being right, refuses nonsense in words', () => {
  it.each(cases.map((one) => ({ argument: one[0], one })))('$argument', async ({ one }) => {
    expect(await faultsOf(one)).toEqual([])
  })
})

describe('an option that does not exist', () => {
  it.each([
    [
      () => matmul(x, x, { transposea: true } as never),
      'matmul: there is no option transposea; did you mean transposeA?',
    ],
    [() => sum(x, { dim: 0 } as never), 'sum: there is no option dim; did you mean axis?'],
    [() => zeros([2], { type: 'float32' } as never), 'zeros: there is no option type; did you mean dtype?'],
    [
      () => randomNormal([2], { rng, sd: 1 } as never),
      'randomNormal: there is no option sd; did you mean std?',
    ],
    [() => new Workspace({ hold: [] } as never), 'Workspace: there is no option hold; did you mean holds?'],
  ])('is refused: %#', (call, message) => {
    expect(call).toThrow(new TypeError(message))
  })
})

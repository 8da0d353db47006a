import { tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { checkGradient } from './check-gradient.ts'
import type { Report } from './types/report.ts'

const names = ({ findings }: Report): string[] => findings.map(({ name }) => name)

describe('checkGradient', () => {
  it('takes x in any form, and calls the code with the same form', () => {
    expect(checkGradient(Math.sin, Math.cos, 1).verdict).toBe('pass')
    const f = (x: ArrayLike<number>): number => x[0] ** 2 * x[1]
    expect(checkGradient(f, (x) => [2 * x[0] * x[1], x[0] ** 2], [3, 2]).verdict).toBe('pass')
    const typed = (x: Float64Array): Float64Array => Float64Array.of(2 * x[0] * x[1], x[0] ** 2)
    expect(checkGradient(f, typed, Float64Array.of(3, 2)).verdict).toBe('pass')
    const rows = [
      [1, 2, 3],
      [4, 5, 6],
    ]
    const sumOfSquares = (x: number[][]): number => x.flat().reduce((sum, value) => sum + value ** 2, 0)
    const { entries } = checkGradient(
      sumOfSquares,
      (x) => x.map((row) => row.map((value) => 2 * value)),
      rows,
    )
    expect(entries).toMatchObject([{ name: 'x', shape: [2, 3], verdict: 'pass' }])
    expect(
      checkGradient(
        (x) => x.data[0] ** 2,
        (x) => tensor([2 * x.data[0], 0]),
        tensor([3, 1]),
      ).verdict,
    ).toBe('pass')
  })

  it('names what is wrong, where and why', () => {
    const { verdict, entries } = checkGradient(Math.sin, (x) => -Math.cos(x), 1)
    expect(verdict).toBe('fail')
    expect(entries[0]).toMatchObject({ name: 'x', wrong: 1, cause: 'the gradient has the wrong sign' })
    const offByOne = checkGradient(
      (x) => x[0] ** 3 + x[1] * x[2],
      (x) => [3 * x[0] ** 2, x[2], x[0]],
      [1, 2, 3],
    )
    expect(offByOne.entries[0]).toMatchObject({ wrong: 1, worst: { index: [2], analytic: 1 } })
  })

  it('takes several inputs by name or in a list, and gradients in the same form', () => {
    const f = ({ W, b }: { W: number[]; b: number }): number => W[0] * b + W[1] ** 2
    const x = { W: [1, 2], b: 3 }
    expect(
      checkGradient(f, ({ W, b }) => ({ W: [b, 2 * W[1]], b: W[0] }), x).entries.map(({ name }) => name),
    ).toEqual(['W', 'b'])
    const layered = checkGradient(
      ({ layers }) => layers[0].W[0] * layers[1].W[0],
      ({ layers: [a, b] }) => ({ layers: [{ W: b.W }, { W: a.W }] }),
      { layers: [{ W: [2] }, { W: [5] }] },
    )
    expect(layered.entries.map(({ name }) => name)).toEqual(['layers[0].W', 'layers[1].W'])
    expect(layered.ok).toBe(true)
    const list = checkGradient(
      ([a, b]) => a[0] * b[0],
      ([a, b]) => [[b[0], 0], [a[0]]],
      [[1, 2], [3]],
    )
    expect(list.entries).toMatchObject([
      { name: 'x[0]', shape: [2], verdict: 'pass' },
      { name: 'x[1]', verdict: 'pass' },
    ])
  })

  it('reads gradients that come in another form', () => {
    const f = ({ W, b }: { W: number[][]; b: number[] }): number => W[0][0] * W[1][1] * b[0]
    const x = {
      W: [
        [2, 0],
        [0, 3],
      ],
      b: [5],
    }
    const dW = [15, 0, 0, 10]
    expect(
      checkGradient(
        f,
        () => ({
          dW: [
            [15, 0],
            [0, 10],
          ],
          db: [6],
        }),
        x,
        { properties: false },
      ).verdict,
    ).toBe('pass')
    expect(
      checkGradient(f, () => ({ grad_W: Float64Array.from(dW), grad_b: 6 }), x, { properties: false })
        .verdict,
    ).toBe('pass')
    expect(
      checkGradient(
        f,
        () => [
          tensor([
            [15, 0],
            [0, 10],
          ]),
          [6],
        ],
        x,
        { properties: false },
      ).verdict,
    ).toBe('pass')
    const g = (y: number[]): number => y[0] ** 2 + y[1]
    expect(checkGradient(g, (y) => ({ gradient: [2 * y[0], 1] }), [1, 2]).verdict).toBe('pass')
    expect(checkGradient(g, (y) => [[2 * y[0], 1]], [1, 2]).verdict).toBe('pass')
    const asRows = { arraySync: () => [2, 1] }
    expect(checkGradient(g, () => asRows, [1, 2], { properties: false }).verdict).toBe('pass')
  })

  it.each([
    ['undefined', () => {}, /came back is undefined: is a return missing\?/],
    ['a function', () => () => [1, 2], /came back is a function/],
    ['the value with it', () => [3, [1, 2]], /came back is a list of a number, an array/],
    ['a map', () => new Map(), /came back is a Map/],
    ['text', () => 'none', /came back is "none"/],
  ])('says what came back if it cannot be read: %s', (_, gradient, message) => {
    const report = checkGradient((x: number[]) => x[0] * x[1], gradient as () => unknown, [1, 2])
    expect(report.findings).toMatchObject([
      { name: 'missing-gradient', message: expect.stringMatching(message) },
    ])
  })

  it('says which name came back in place of the one that was expected, and nothing that follows from it', () => {
    const report = checkGradient(
      ({ W1, b1 }) => W1[0] * b1[0],
      ({ W1, b1 }) => ({ W1: b1, B2: W1, B1: W1 }) as unknown,
      { W1: [2], b1: [3] },
    )
    expect(report.findings.map(({ message }) => message)).toEqual([
      'there is no gradient of b1: what came back is an object with W1, B2, B1: is B1 meant?',
    ])
  })

  it('does not differentiate by whole numbers in integer arrays, and by what is declared', () => {
    const rows = [
      [1, 2],
      [3, 4],
      [5, 6],
    ]
    const f = ({ table, indices }: { table: number[][]; indices: ArrayLike<number> }): number =>
      Array.from(indices).reduce((sum, i) => sum + table[i][0] ** 2, 0)
    const gradient = ({ table, indices }: { table: number[][]; indices: ArrayLike<number> }): unknown => ({
      table: table.map(([first], i) => [
        2 * first * Array.from(indices).filter((one) => one === i).length,
        0,
      ]),
    })
    const labelled = checkGradient(f, gradient, { table: rows, indices: Int32Array.of(0, 2, 2) })
    expect(labelled).toMatchObject({
      verdict: 'pass',
      notes: ['not differentiated by indices: it holds no floating-point numbers (Int32Array)'],
    })
    const declared = checkGradient(
      f,
      gradient,
      { table: rows, indices: [0, 2, 2] },
      { notDifferentiable: ['indices'] },
    )
    expect(declared).toMatchObject({
      verdict: 'pass',
      notes: ['not differentiated by indices: declared as not differentiable'],
    })
  })

  it('finds that the code writes into what it was given', () => {
    const sorting = checkGradient(
      (x) => x.sort((a, b) => a - b)[0],
      (x) => x.map((_, i) => Number(i === 2)),
      [3, 2, 1],
    )
    expect(sorting.findings).toMatchObject([{ name: 'input-mutated', variable: 'x' }])
    const labels = Int32Array.of(2, 1)
    const f = ({ x, t }: { x: number; t: Int32Array }): number => x * t.sort()[0]
    expect(names(checkGradient(f, ({ t }) => t[0], { x: 3, t: labels }))).toEqual(['input-mutated'])
  })

  it('finds random functions and those that keep something', () => {
    let calls = 0
    expect(
      names(
        checkGradient(
          (x) => x * ++calls,
          () => calls,
          2,
        ),
      ),
    ).toContain('not-repeatable')
    let kept: number | undefined
    const f = (x: number): number => x ** 2
    const stale = checkGradient(
      f,
      (x) => {
        kept ??= x
        return 2 * kept
      },
      3,
    )
    expect(stale.verdict).toBe('fail')
  })

  it('judges small, large and cancelling functions by their own scale', () => {
    expect(
      checkGradient(
        (x) => 1e-200 * x ** 2,
        (x) => 2e-200 * x,
        3,
      ).verdict,
    ).toBe('pass')
    expect(
      checkGradient(
        (x) => 1e-12 * x ** 2,
        (x) => 2.01e-12 * x,
        3,
      ).verdict,
    ).toBe('fail')
    expect(
      checkGradient(
        (x) => 1e200 * x ** 2,
        (x) => 2e200 * x,
        3,
      ).verdict,
    ).toBe('pass')
    expect(
      checkGradient(
        (x) => (1e6 + x) ** 2 - 1e12,
        (x) => 2 * (1e6 + x),
        1e-3,
      ).verdict,
    ).toBe('pass')
  })

  it('takes code that computes in float32, and says what accuracy that gives', () => {
    const f = (x: Float32Array): number => Math.fround(x[0] ** 2 + 3 * x[1])
    const report = checkGradient(f, (x) => Float32Array.of(2 * x[0], 3), Float32Array.of(1.25, 2))
    expect(report.verdict).toBe('pass')
    expect(report.notes.join()).toMatch(
      /about 7 digits inside: gradients that are wrong by less than .* may pass/,
    )
    expect(checkGradient(f, (x) => Float32Array.of(2.1 * x[0], 3), Float32Array.of(1.25, 2)).verdict).toBe(
      'fail',
    )
  })

  it('is inconclusive where the function is not defined, and says so', () => {
    const report = checkGradient(
      (x) => Math.acosh(x),
      (x) => 1 / Math.sqrt(x * x - 1),
      0.5,
    )
    expect(report.verdict).toBe('inconclusive')
    expect(report.notes).toEqual(
      ['acosh is NaN at these inputs, so there is no derivative to compare with: choose others'].map((note) =>
        note.replace('acosh', 'f'),
      ),
    )
  })

  it('is a promise if the code is asynchronous', async () => {
    const later = async <T>(value: T): Promise<T> => value
    const x = [1, 0, -2]
    const f = (y: number[]): Promise<number> => later(y[0] ** 2 + Math.abs(y[1]) + Math.exp(y[2]))
    const right = await checkGradient(f, (y) => [2 * y[0], y[1] < 0 ? -1 : 1, Math.exp(y[2])], x)
    expect(right).toMatchObject({ verdict: 'pass', entries: [{ kinks: 1 }] })
    const sync = (y: number[]): number => y[0] ** 2 + Math.abs(y[1]) + Math.exp(y[2])
    const wrong = await checkGradient(sync, (y) => later([y[0], Math.sign(y[1]), Math.exp(y[2])]), x)
    expect(wrong.entries[0]).toMatchObject({ wrong: 1, worst: { index: [0], analytic: 1 } })
    await expect(
      checkGradient(
        async () => Promise.reject(new Error('offline')),
        () => [1],
        [1],
      ),
    ).rejects.toThrow('offline')
  })

  it('agrees with itself whether the code is asynchronous or not', async () => {
    const f = (x: number[]): number => x.reduce((sum, value, i) => sum + Math.tanh(value * (i + 1)), 0)
    const gradient = (x: number[]): number[] =>
      x.map((value, i) => (i + 1) * (1 - Math.tanh(value * (i + 1)) ** 2))
    const x = [0.3, -1, 2, 0.1]
    const report = await checkGradient(
      async (y: number[]) => f(y),
      async (y) => gradient(y),
      x,
    )
    expect(report).toEqual(checkGradient(f, gradient, x))
  })

  it('throws for arguments of the wrong kind', () => {
    expect(() => checkGradient(3 as never, Math.cos, 1)).toThrow(
      new TypeError('checkGradient: f must be a function, not number'),
    )
    expect(() => checkGradient(Math.sin, [1] as never, 1)).toThrow(
      /checkGradient: gradient must be a function/,
    )
    expect(() => checkGradient(Math.sin, Math.cos, 'x' as never)).toThrow(
      /checkGradient: x holds nothing to differentiate by/,
    )
    expect(() =>
      checkGradient(
        (x: number[]) => x,
        (x) => x,
        [1, 2],
      ),
    ).toThrow(/f returned 2 numbers.* use checkJacobian/)
    expect(() =>
      checkGradient(
        () => undefined,
        () => 1,
        1,
      ),
    ).toThrow(/returned undefined, where a number/)
    expect(() => checkGradient(Math.sin, Math.cos, 1, { notDifferentiable: ['mask'] })).toThrow(
      new RangeError('checkGradient: notDifferentiable names mask, but the inputs are x'),
    )
  })
})

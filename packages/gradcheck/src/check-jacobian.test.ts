import { describe, expect, it } from 'vitest'
import { checkHessian } from './check-hessian.ts'
import { checkJacobian } from './check-jacobian.ts'

/** Spherical to Cartesian coordinates. */
const toCartesian = ([r, a, b]: number[]): number[] => [
  r * Math.sin(a) * Math.cos(b),
  r * Math.sin(a) * Math.sin(b),
  r * Math.cos(a),
]
const jacobian = ([r, a, b]: number[]): number[][] => [
  [Math.sin(a) * Math.cos(b), r * Math.cos(a) * Math.cos(b), -r * Math.sin(a) * Math.sin(b)],
  [Math.sin(a) * Math.sin(b), r * Math.cos(a) * Math.sin(b), r * Math.sin(a) * Math.cos(b)],
  [Math.cos(a), -r * Math.sin(a), 0],
]
const point = [2, 0.7, 1.1]
const columnsOf = (J: number[][]): number[][] => J[0].map((_, k) => J.map((row) => row[k]))
const product = (J: number[][], v: number[]): number[] =>
  J.map((row) => row.reduce((sum, value, k) => sum + value * v[k], 0))

describe('checkJacobian', () => {
  it('takes the Jacobian, or its product with a vector on either side', () => {
    expect(checkJacobian(toCartesian, jacobian, point).verdict).toBe('pass')
    expect(checkJacobian(toCartesian, { jacobian }, point).verdict).toBe('pass')
    const vjp = (x: number[], dout: number[]): number[] => product(columnsOf(jacobian(x)), dout)
    expect(checkJacobian(toCartesian, { vjp }, point).verdict).toBe('pass')
    const jvp = (x: number[], dx: number[]): number[] => product(jacobian(x), dx)
    expect(checkJacobian(toCartesian, { jvp }, point).verdict).toBe('pass')
  })

  it('finds a transposed Jacobian in every form', () => {
    const transposed = (x: number[]): number[][] => columnsOf(jacobian(x))
    expect(checkJacobian(toCartesian, transposed, point).verdict).toBe('fail')
    expect(
      checkJacobian(toCartesian, { vjp: (x, dout: number[]) => product(jacobian(x), dout) }, point).verdict,
    ).toBe('fail')
    expect(
      checkJacobian(toCartesian, { jvp: (x, dx: number[]) => product(transposed(x), dx) }, point).verdict,
    ).toBe('fail')
  })

  it('names the entry that is off by the most', () => {
    const wrong = (x: number[]): number[][] =>
      jacobian(x).map((row, i) => (i === 2 ? [row[0], -row[1], row[2]] : row))
    const { notes } = checkJacobian(toCartesian, wrong, point)
    expect(notes).toEqual([
      expect.stringMatching(/off by the most: ∂toCartesian \(2\)\/∂x \(1\) is 1\.28.*, numerically -1\.28/),
    ])
  })

  it('says which shape a Jacobian has that came in another one', () => {
    const f = (x: number[]): number[] => [x[0] * x[1], x[0], x[1]]
    const { findings } = checkJacobian(
      f,
      ([a, b]) => [
        [b, 1, 0],
        [a, 0, 1],
      ],
      [2, 3],
    )
    expect(findings[0].message).toContain(
      'shape (2, 3); the Jacobian has shape (3, 2), the axes of the output first',
    )
  })

  it('finds products that are not linear', () => {
    const jvp = (x: number[], dx: number[]): number[] => product(jacobian(x), dx.map(Math.abs))
    expect(checkJacobian(toCartesian, { jvp }, point).verdict).toBe('pass')
    const squared = (x: number[], dx: number[]): number[] =>
      product(
        jacobian(x),
        dx.map((one) => one ** 2),
      )
    expect(checkJacobian(toCartesian, { jvp: squared }, point).findings[0].message).toContain(
      'not linear in dx',
    )
  })

  it('takes several inputs and outputs by name', () => {
    const f = ({ a, b }: { a: number[]; b: number }): { sum: number; scaled: number[] } => ({
      sum: a[0] + a[1] + b,
      scaled: a.map((one) => one * b),
    })
    const vjp = ({ a, b }: { a: number[]; b: number }, { sum, scaled }: ReturnType<typeof f>): unknown => ({
      a: scaled.map((one) => sum + one * b),
      b: sum + scaled[0] * a[0] + scaled[1] * a[1],
    })
    const x = { a: [1, 2], b: 3 }
    expect(checkJacobian(f, { vjp }, x).verdict).toBe('pass')
    const whole = ({ a, b }: { a: number[]; b: number }): unknown => ({
      sum: { a: [1, 1], b: 1 },
      scaled: {
        a: [
          [b, 0],
          [0, b],
        ],
        b: a,
      },
    })
    expect(checkJacobian(f, whole, x).verdict).toBe('pass')
  })

  it('is a promise for asynchronous code', async () => {
    const report = await checkJacobian(
      async (x: number[]) => toCartesian(x),
      async (x) => jacobian(x),
      point,
    )
    expect(report).toMatchObject({ verdict: 'pass', entries: [{ compared: 3 }] })
  })

  it('throws unless there is one derivative', () => {
    expect(() => checkJacobian(toCartesian, {} as never, point)).toThrow(
      /checkJacobian: expected one derivative/,
    )
    expect(() => checkJacobian(toCartesian, undefined as never, point)).toThrow(TypeError)
    expect(() => checkJacobian(toCartesian, { vjp: 3 } as never, point)).toThrow(/vjp must be a function/)
  })
})

describe('checkHessian', () => {
  const rosenbrock = ([a, b]: number[]): number => (1 - a) ** 2 + 100 * (b - a * a) ** 2
  const gradient = ([a, b]: number[]): number[] => [-2 * (1 - a) - 400 * a * (b - a * a), 200 * (b - a * a)]
  const hessian = ([a, b]: number[]): number[][] => [
    [2 - 400 * (b - 3 * a * a), -400 * a],
    [-400 * a, 200],
  ]

  it('checks the gradient, and the second derivatives in either form', () => {
    const report = checkHessian(rosenbrock, gradient, hessian, [-1.2, 1])
    expect(report.entries).toMatchObject([
      { name: 'x', verdict: 'pass' },
      { name: 'Hessian of x', verdict: 'pass' },
    ])
    const hvp = (x: number[], v: number[]): number[] => product(hessian(x), v)
    expect(checkHessian(rosenbrock, gradient, { hvp }, [-1.2, 1]).verdict).toBe('pass')
  })

  it('finds what is wrong in either', () => {
    const half = (x: number[]): number[][] => [
      [hessian(x)[0][0], 0],
      [-400 * x[0], 200],
    ]
    const report = checkHessian(rosenbrock, gradient, half, [-1.2, 1])
    expect(report.entries.map(({ verdict }) => verdict)).toEqual(['pass', 'fail'])
    expect(report.notes.join()).toMatch(/∂gradient \(0\)\/∂x \(1\) is 0, numerically 480/)
    const other = checkHessian(rosenbrock, (x) => gradient(x).map((one) => 2 * one), hessian, [-1.2, 1])
    expect(other.entries.map(({ verdict }) => verdict)).toEqual(['fail', 'fail'])
  })

  it('is a promise for asynchronous code, and throws unless there is one form', async () => {
    const report = await checkHessian(rosenbrock, async (x) => gradient(x), hessian, [-1.2, 1])
    expect(report.ok).toBe(true)
    expect(() => checkHessian(rosenbrock, gradient, {} as never, [1, 2])).toThrow(/checkHessian: expected/)
  })
})

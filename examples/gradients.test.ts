import { readFileSync } from 'node:fs'
import { checkGradient, checkJacobian, type Report } from '@gosa/gradcheck'
import { describe, expect, it } from 'vitest'
import * as jax from './gradients/jax.ts'
import * as mlMatrix from './gradients/ml-matrix.ts'
import * as plainLoops from './gradients/plain-loops.ts'
import * as tensorflow from './gradients/tensorflow.ts'

interface Case {
  f: (x: never) => unknown
  x: unknown
  gradient?: (x: never) => unknown
  vjp?: (x: never, dout: never) => unknown
  jvp?: (x: never, dx: never) => unknown
  options?: object
}

/** What the command does with a case. */
const check = ({ f, gradient, vjp, jvp, x, options }: Case): Report | Promise<Report> =>
  gradient
    ? (checkGradient(f, gradient, x as never, options) as Report | Promise<Report>)
    : (checkJacobian(f, (vjp ? { vjp } : { jvp }) as never, x as never, options) as Report)

const isCase = (value: unknown): value is Case => typeof value === 'object' && value !== null && 'f' in value
const casesOf = (module: object): [string, Case][] =>
  Object.entries(module).flatMap(([name, value]) => (isCase(value) ? [[name, value]] : []))

describe.each([
  ['plain loops', plainLoops, 1],
  ['TensorFlow.js', tensorflow, 3],
  ['jax-js', jax, 4],
  ['ml-matrix', mlMatrix, 2],
])('gradients in %s', (_, module, count) => {
  const cases = casesOf(module)
  it('are all there', () => expect(cases.length).toBe(count))

  it.each(cases)(
    '%s passes',
    async (_name, one) => {
      expect(String(await check(one))).toMatch(/: pass \(/)
    },
    60_000,
  )

  it.each(cases)(
    '%s fails if its gradient is twice what it should be',
    async (_name, one) => {
      const { f } = one
      const halved = (...args: [never]): unknown => {
        const value = f(...args)
        return value instanceof Promise ? value.then(half) : half(value)
      }
      expect((await check({ ...one, f: halved })).verdict).toBe('fail')
    },
    60_000,
  )
})

describe('docs/gradients-of-other-code.md', () => {
  const page = readFileSync(new URL('../docs/gradients-of-other-code.md', import.meta.url), 'utf8')
  const blocks = [...page.matchAll(/^```ts fragment from (\S+),.*\n([\s\S]*?)^```$/gm)]

  it('shows what stands in the examples', () => {
    expect(blocks.length).toBeGreaterThan(4)
    for (const [, path, code] of blocks) {
      expect(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')).toContain(code)
    }
  })
})

/** Half of a number or of nested arrays, as any of the libraries returns them. */
function half(value: unknown): unknown {
  if (typeof value === 'number') return value / 2
  if (Array.isArray(value)) return value.map(half)
  const foreign = value as { js?(): unknown; to2DArray?(): unknown }
  return half(foreign.js ? foreign.js() : foreign.to2DArray?.())
}

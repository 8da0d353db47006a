import process from 'node:process'
import {
  backend,
  createRng,
  type DType,
  exp,
  matmul,
  randomNormal,
  setBackend,
  type Tensor,
  tensor,
  Workspace,
  zeros,
} from '@gosa/linalg'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { NativeFunction, NativeLibrary } from './foreign.ts'
import { type BlasInUse, useBlas } from './index.ts'
import { asBlas, findBlas, usualFiles } from './libraries.ts'

/** Why no BLAS can be tested here; undefined if one was found. */
const missing = (() => {
  try {
    useBlas().restore()
    return undefined
  } catch (error) {
    return (error as Error).message
  }
})()
if (missing) console.log(`left out: products by BLAS (${missing})`)
if (missing && process.env.GOSA_DEMAND_NATIVE === '1') throw new Error(missing)

afterEach(() => setBackend('wasm'))

/** Elements of a·b in float64, and for each the sum of magnitudes, to which rounding is in proportion. */
function reference(a: Tensor, b: Tensor, ta: boolean, tb: boolean) {
  const [m, k] = ta ? [a.shape[1], a.shape[0]] : a.shape
  const n = tb ? b.shape[0] : b.shape[1]
  return Array.from({ length: m * n }, (_, index) => {
    const [i, j] = [Math.floor(index / n), index % n]
    let [value, magnitude] = [0, 0]
    for (let l = 0; l < k; l++) {
      const product = (ta ? a.at(l, i) : a.at(i, l)) * (tb ? b.at(j, l) : b.at(l, j))
      value += product
      magnitude += Math.abs(product)
    }
    return { value, magnitude }
  })
}

describe.skipIf(missing)('useBlas', () => {
  it('says what it found, and returns to the former backend', () => {
    setBackend('js')
    const blas = useBlas()
    expect(blas.name).toMatch(/^(OpenBLAS|BLIS|MKL|Accelerate|BLAS)$/)
    if (blas.name === 'OpenBLAS') expect(blas.version).toMatch(/^\d+\.\d+/)
    expect(usualFiles(process.platform)).toContain(blas.library)
    expect(blas.threads).toBe(1)
    expect(backend().name).toBe('blas')
    blas.restore()
    expect(backend().name).toBe('js')
  })

  it('multiplies as the definition does, within the bound of rounding, for any size, dtype and transpose', () => {
    useBlas()
    const length = fc.integer({ min: 0, max: 33 })
    const dtypes = fc.constantFrom<DType>('float32', 'float64')
    fc.assert(
      fc.property(length, length, length, fc.boolean(), fc.boolean(), dtypes, (m, k, n, ta, tb, dtype) => {
        const rng = createRng(m + 41 * k + 1681 * n)
        const a = randomNormal(ta ? [k, m] : [m, k], { rng, dtype })
        const b = randomNormal(tb ? [n, k] : [k, n], { rng, dtype })
        const product = matmul(a, b, { transposeA: ta, transposeB: tb })
        expect(product.shape).toEqual([m, n])
        // Higham, Accuracy and Stability of Numerical Algorithms, §3.5: |error| ≤ γ_k·Σ|a||b|, in any order of the sum.
        const unit = dtype === 'float32' ? 2 ** -24 : 2 ** -53
        reference(a, b, ta, tb).forEach(({ value, magnitude }, i) => {
          expect(Math.abs(product.data[i] - value)).toBeLessThanOrEqual(2 * (k + 1) * unit * magnitude)
        })
      }),
    )
  })

  it('writes into out and into the memory of a workspace, and reads views', () => {
    useBlas()
    const a = tensor([
      [1, 2],
      [3, 4],
      [5, 6],
    ])
    const workspace = new Workspace()
    const product = workspace.run(() => matmul(a.rows(1, 3), matmul(a.rows(0, 2), a.rows(0, 2))))
    expect(product.toArray()).toEqual([
      [81, 118],
      [125, 182],
    ])
    const out = zeros([2, 2])
    expect(matmul(a, a, { transposeA: true, out })).toBe(out)
    expect(out.toArray()).toEqual([
      [35, 44],
      [44, 56],
    ])
  })

  it('overwrites what was in out, NaN included, and multiplies zeros by NaN and infinities', () => {
    useBlas()
    const out = tensor([[Number.NaN]])
    expect(matmul(tensor([[2]]), tensor([[3]]), { out }).at(0, 0)).toBe(6)
    expect(matmul(zeros([1, 0]), zeros([0, 1]), { out }).at(0, 0)).toBe(0)
    expect(matmul(tensor([[0, 0]]), tensor([[Infinity], [1]])).at(0, 0)).toBeNaN()
    expect(matmul(tensor([[Number.NaN, 0]]), tensor([[0], [1]])).at(0, 0)).toBeNaN()
  })

  it('leaves all but the products to the backend in use before', () => {
    const x = tensor([0.1, 1, 10])
    const expected = exp(x).toArray()
    useBlas()
    expect(exp(x).toArray()).toEqual(expected)
  })

  it('may be called again: each restores the backend before it, and none calls another', () => {
    const first = useBlas()
    const outer = backend()
    const second = useBlas({ threads: 2 })
    expect(backend()).not.toBe(outer)
    second.restore()
    expect(backend()).toBe(outer)
    first.restore()
    expect(backend().name).toBe('wasm')
  })

  it('takes the library of a given name', () => {
    const found: BlasInUse = useBlas()
    expect(useBlas({ library: found.library }).library).toBe(found.library)
  })
})

describe('asBlas', () => {
  /** A library that has the products and functions of the given prototypes. */
  const library = (functions: Record<string, NativeFunction>): NativeLibrary => ({
    find: (prototype) =>
      /cblas_[sd]gemm/.test(prototype)
        ? () => undefined
        : Object.entries(functions).find(
            ([name]) => prototype.includes(` ${name}(`) || prototype.includes(`*${name}(`),
          )?.[1],
  })

  it('tells libraries apart by what they say of themselves', () => {
    const openBlas = { openblas_get_config: () => 'OpenBLAS 0.3.29 DYNAMIC_ARCH Haswell MAX_THREADS=8' }
    const mkl = {
      MKL_Get_Version_String(buffer: unknown) {
        ;(buffer as Uint8Array).set(
          new TextEncoder().encode('Intel(R) oneAPI Math Kernel Library Version 2024.1-Product Build'),
        )
      },
    }
    const blis = { bli_info_get_version_str: () => '0.9.0' }
    const said = (functions: Record<string, NativeFunction>, file = 'libx.so') => {
      const found = asBlas(library(functions), file)
      return typeof found === 'string' ? found : `${found.name} ${found.version}`
    }
    expect(said(openBlas)).toBe('OpenBLAS 0.3.29')
    expect(said(mkl)).toBe('MKL 2024.1-Product')
    expect(said(blis)).toBe('BLIS 0.9.0')
    expect(said({}, '/System/Library/Frameworks/Accelerate.framework/Accelerate')).toBe('Accelerate ')
    expect(said({}, 'libcblas.so.3')).toBe('BLAS ')
  })

  it('finds the function that sets the number of threads, where there is one', () => {
    const seen: unknown[] = []
    const found = asBlas(
      library({
        openblas_get_config: () => 'OpenBLAS 0.3.29',
        openblas_set_num_threads: (threads: unknown) => seen.push(threads),
      }),
      'libopenblas.so.0',
    )
    if (typeof found === 'string') throw new Error(found)
    found.setThreads?.(3)
    expect(seen).toEqual([3])
    expect(asBlas(library({}), 'libcblas.so.3')).toMatchObject({ setThreads: undefined })
  })

  it('tries the usual names of each platform', () => {
    expect(usualFiles('linux')[0]).toBe('libopenblas.so.0')
    expect(usualFiles('freebsd')).toBe(usualFiles('linux'))
    expect(usualFiles('darwin')[0]).toContain('Accelerate')
    expect(usualFiles('win32')).toContain('mkl_rt.2.dll')
    expect(() => findBlas(undefined, 'win32')).toThrow(
      /libopenblas\.dll cannot be loaded; .+put libopenblas\.dll on the PATH/,
    )
  })
})

describe('useBlas, misused', () => {
  it('throws where there is no such library, names what was tried and what to install, and sets nothing', () => {
    expect(() => useBlas({ library: 'libnothing.so' })).toThrow(
      /^useBlas: no BLAS library was found \(libnothing\.so cannot be loaded\)\. To install one: .+useBlas\(\{ library \}\)/,
    )
    expect(backend().name).toBe('wasm')
  })

  it.runIf(process.platform === 'linux')('throws for a library that is no BLAS', () => {
    expect(() => useBlas({ library: 'libm.so.6' })).toThrow(
      'libm.so.6 lacks cblas_sgemm or cblas_dgemm with 32-bit sizes',
    )
  })

  it('throws for options that are none', () => {
    expect(() => useBlas({ library: 3 as never })).toThrow('useBlas: library must be the name')
    expect(() => useBlas({ threads: 0 })).toThrow('useBlas: threads must be an integer from 1 to 1024, not 0')
    expect(() => useBlas({ thread: 1 } as never)).toThrow('useBlas: there is no option thread')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  add,
  compress,
  createRng,
  type DType,
  map,
  matmul,
  ones,
  randomNormal,
  type Tensor,
  takeRows,
  tensor,
  zeros,
} from '../index.ts'
import { assumeFinite, compressCodes } from '../kernels.ts'
import { CsrMatrix } from './csr-matrix.ts'

/** Returns a random matrix of which four fifths are 0 and the others have 255 distinct values. */
function randomSparse(rows: number, columns: number, dtype: DType, seed: number): Tensor {
  const rng = createRng(seed)
  const values = randomNormal([255], { rng, dtype })
  return map(zeros([rows, columns], { dtype }), () =>
    rng.uniform() < 0.8 ? 0 : values.data[rng.integer(255)],
  )
}

const length = fc.integer({ min: 1, max: 70 })
const dtype = fc.constantFrom<DType>('float32', 'float64')
const seed = fc.integer({ min: 0, max: 2 ** 31 })
const single = { dtype: 'float32' } as const

describe('a compressed matrix', () => {
  it('has products with the bits of the dense matrix, as it is and transposed, over random shapes', () => {
    fc.assert(
      fc.property(length, length, length, dtype, fc.boolean(), seed, (m, k, n, dtype, transposeA, seed) => {
        const a = transposeA ? randomSparse(k, m, dtype, seed) : randomSparse(m, k, dtype, seed)
        const b = randomNormal([k, n], { rng: createRng(seed + 1), dtype })
        const got = matmul(compress(a), b, { transposeA })
        expect(got.data).toEqual(matmul(a, b, { transposeA }).data)
      }),
    )
  })

  it('has products with the same bits in several blocks, and if they do not fit into scratch memory', () => {
    const product = (x: Tensor, b: Tensor, transposeA: boolean) => {
      expect(compress(x)).toBeInstanceOf(CsrMatrix)
      expect(matmul(compress(x), b, { transposeA }).data).toEqual(matmul(x, b, { transposeA }).data)
    }
    const rng = createRng(1)
    product(randomSparse(2000, 784, 'float32', 1), randomNormal([784, 20], { rng, ...single }), false)
    product(randomSparse(2000, 784, 'float32', 1), randomNormal([2000, 20], { rng, ...single }), true)
    product(randomSparse(30, 3000, 'float64', 1), randomNormal([3000, 100], { rng }), false)
  })

  it('has a product of zeros if it has no rows, also in an out that held another result', () => {
    const x = compress(zeros([0, 3]))
    expect(x).toBeInstanceOf(CsrMatrix)
    const out = ones([3, 30])
    expect(matmul(x, zeros([0, 30]), { transposeA: true, out }).data).toEqual(zeros([3, 30]).data)
    expect(matmul(x, ones([3, 30])).shape).toEqual([0, 30])
  })

  it('multiplies its zeros by NaN and infinities of the other operand', () => {
    const a = compress(tensor([[0, 0, 0, 2]]))
    expect(matmul(a, tensor([[Infinity], [1], [1], [1]])).at(0, 0)).toBeNaN()
    expect(matmul(compress(tensor([[0, 0, 0, Number.NaN]])), tensor([[1], [1], [1], [1]])).at(0, 0)).toBeNaN()
  })

  it('skips the search for NaN and infinities in assumeFinite, and only there', () => {
    const a = compress(tensor([[0, 0, 0, 2]]))
    const b = tensor([[Number.NaN], [1], [1], [1]])
    const product = () => matmul(a, b).at(0, 0)
    expect(assumeFinite(b, product)).toBe(2)
    expect(product()).toBeNaN()
    // The end of a nested promise does not end the outer one.
    expect(assumeFinite(b, () => [assumeFinite(b, product), product()])).toEqual([2, 2])
    expect(() =>
      assumeFinite(b, () => {
        throw new Error('stopped')
      }),
    ).toThrow('stopped')
    expect(product()).toBeNaN()
    expect(assumeFinite(a, product)).toBeNaN()
  })

  it('has compressed rows in takeRows, whose elements are filled in when they are read', () => {
    fc.assert(
      fc.property(length, length, dtype, seed, (rows, columns, dtype, seed) => {
        const x = randomSparse(rows, columns, dtype, seed)
        const rng = createRng(seed)
        const draw = () => Int32Array.from({ length: 9 }, () => rng.integer(rows))
        const [first, second] = [draw(), draw()]
        fc.pre(compress(x) instanceof CsrMatrix)
        const taken = takeRows(compress(x), first)
        expect(taken.data).toEqual(takeRows(x, first).data)
        expect(taken.dtype).toBe(dtype)
        const again = takeRows(compress(x), second, { out: taken })
        expect(again).toBe(taken)
        expect(again.toArray()).toEqual(takeRows(x, second).toArray())
        expect(taken.reshape([9, columns])).toBe(taken)
      }),
    )
  })

  it('can be read by all operations, and written only by takeRows', () => {
    const x = compress(tensor([[0, 0, 3]]))
    expect(x).toBeInstanceOf(CsrMatrix)
    expect(add(x, 1).toArray()).toEqual([[1, 1, 4]])
    expect(matmul(tensor([[2]]), x).toArray()).toEqual([[0, 0, 6]])
    expect(() => add(x, 1, { out: x })).toThrow(/only takeRows writes/)
    expect(takeRows(x, [0], { out: tensor([[1, 1, 1]]) }).toArray()).toEqual([[0, 0, 3]])
  })

  it('has compressed views of its rows', () => {
    const x = randomSparse(9, 30, 'float32', 3)
    const [part, one] = [compress(x).rows(2, 7), compress(x).row(4)]
    expect(part).toBeInstanceOf(CsrMatrix)
    expect([part.shape, one.shape]).toEqual([[5, 30], [30]])
    expect(part.data).toEqual(x.rows(2, 7).data)
    expect(one.data).toEqual(x.row(4).data)
    expect(() => compress(x).rows(2, 10)).toThrow('rows: 2 to 10 lie outside of shape (9, 30)')
  })

  it('has views whose products have the same bits, and which takeRows refuses as out', () => {
    fc.assert(
      fc.property(length, length, dtype, fc.boolean(), seed, (rows, n, dtype, transposeA, seed) => {
        const x = randomSparse(rows + 5, 40, dtype, seed)
        fc.pre(compress(x) instanceof CsrMatrix)
        const all = takeRows(
          compress(x),
          Int32Array.from({ length: rows + 5 }, (_, i) => i),
        )
        const [part, same] = [all.rows(3, rows + 4), x.rows(3, rows + 4)]
        const b = randomNormal([transposeA ? rows + 1 : 40, n], { rng: createRng(seed), dtype })
        expect(matmul(part, b, { transposeA }).data).toEqual(matmul(same, b, { transposeA }).data)
        expect(part.data).toEqual(same.data)
        expect(all.data).toEqual(x.data)
        expect(takeRows(part, [1, 0]).data).toEqual(takeRows(same, [1, 0]).data)
        expect(part.rows(1, 2).data).toEqual(same.rows(1, 2).data)
        expect(() => takeRows(all, [0], { out: part.rows(0, 1) })).toThrow(/is a view of rows/)
      }),
    )
  })

  it('is created from codes and a codebook like from the dense matrix', () => {
    fc.assert(
      fc.property(length, length, dtype, seed, (rows, columns, dtype, seed) => {
        const rng = createRng(seed)
        const codebook = randomNormal([200], { rng, dtype }).data
        codebook[0] = 0
        const codes = Uint8Array.from({ length: rows * columns }, () =>
          rng.uniform() < 0.6 ? 0 : rng.integer(200),
        )
        const x = tensor(
          Array.from(codes, (code) => codebook[code]),
          { shape: [rows, columns], dtype },
        )
        const created = compressCodes(codes, { shape: [rows, columns], codebook })
        expect(created instanceof CsrMatrix).toBe(compress(x) instanceof CsrMatrix)
        expect(takeRows(created, [0]).data).toEqual(x.rows(0, 1).data)
        expect(created.data).toEqual(x.data)
        expect(created.dtype).toBe(dtype)
      }),
    )
  })

  it('is not created from codes that do not fit the shape or the codebook', () => {
    const codebook = Float32Array.of(0, 1)
    const shape = [2, 2]
    expect(() => compressCodes(new Uint8Array(3), { shape, codebook })).toThrow(
      'compressCodes: 3 codes do not fit into a matrix of shape (2, 2)',
    )
    expect(() => compressCodes(Uint8Array.of(0, 0, 2, 0), { shape, codebook })).toThrow(
      'code 2 lies outside of the codebook of 2 values',
    )
    expect(() => compressCodes(new Uint8Array(4), { shape, codebook: Float32Array.of(1) })).toThrow(
      'must begin with 0',
    )
  })

  it('is not created from a vector, or with few zeros or more than 256 values', () => {
    const many = randomNormal([2, 257], { rng: createRng(1) })
    many.data.fill(0, 257)
    const others = [tensor([[1, 2, 0]]), tensor([0, 0, 0]), many]
    for (const x of others) expect(compress(x)).toBe(x)
    const fewer = many.clone()
    fewer.data.fill(0, 0, 2)
    expect(compress(fewer)).toBeInstanceOf(CsrMatrix)
    const twice = compress(compress(tensor([[0, 0]])))
    expect(twice.toArray()).toEqual([[0, 0]])
  })

  it('may have columns at any distance', () => {
    const x = zeros([3, 100_003], { dtype: 'float32' })
    const columns = [0, 255, 256, 512, 1024, 1280, 99_999, 100_002]
    for (const column of columns) x.data[100_003 + column] = 1 + column
    const compressed = compress(x)
    expect(compressed).toBeInstanceOf(CsrMatrix)
    const W = randomNormal([100_003, 3], { rng: createRng(2), dtype: 'float32' })
    expect(matmul(compressed, W).data).toEqual(matmul(x, W).data)
    const rows = takeRows(compressed, [1, 0, 1])
    expect(rows.data).toEqual(takeRows(x, [1, 0, 1]).data)
  })
})

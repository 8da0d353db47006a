/** The two element types, and the typed arrays that hold them. */

/** The element type of a tensor, named as in NumPy. */
export type DType = 'float32' | 'float64'

/** The typed array that holds a tensor's elements. */
export type FloatArray = Float32Array | Float64Array

/** Returns the element type of a typed array. */
export const dtypeOf = (data: FloatArray): DType => (data instanceof Float32Array ? 'float32' : 'float64')

/** Returns a new array of zeros. Throws a `TypeError` for an unknown dtype. */
export function allocate(size: number, dtype: DType): FloatArray {
  if (dtype === 'float32') return new Float32Array(size)
  if (dtype === 'float64') return new Float64Array(size)
  throw new TypeError(`dtype ${JSON.stringify(dtype)} does not exist: use 'float32' or 'float64'`)
}

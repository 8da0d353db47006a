import { Tensor } from '@gosa/linalg'

export const isFloat32 = (value: unknown): boolean => value instanceof Tensor && value.dtype === 'float32'

/** A float32 tensor as float64; anything else as it is. */
export const toFloat64 = <T>(value: T): T =>
  value instanceof Tensor && value.dtype === 'float32' ? (value.astype('float64') as T & Tensor) : value

import type { Tensor } from '@gosa/linalg'

/** The tensors that `make` makes of each, by the same names. */
export const mapTensors = <T extends Readonly<Record<string, Tensor>>>(
  tensors: T,
  make: (tensor: Tensor) => Tensor,
): { [Name in keyof T]: Tensor } =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, make(tensor)])) as never

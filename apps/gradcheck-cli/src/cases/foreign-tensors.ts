import { type NestedArray, Tensor, tensor } from '@gosa/linalg'

/*
 * Values of the user's modules as tensors of the copy of `@gosa/linalg` that this command uses. A module may use another
 * copy: a CommonJS module loads the CommonJS build, and a project may have another version.
 */

/** A tensor of any copy of `@gosa/linalg`. */
type AnyTensor = Pick<Tensor, 'data' | 'shape'>

type TensorClass = new (data: Tensor['data'], shape: Tensor['shape']) => unknown

/** Returns a number or a tensor unchanged, nested arrays as a tensor of float64. Throws a `TypeError` for anything else. */
export function toTensorOrNumber(value: unknown, what: string): number | Tensor {
  const own = toOwnTensor(value)
  if (typeof own === 'number' || own instanceof Tensor) return own
  if (Array.isArray(own)) return tensor(own as NestedArray[])
  const kind =
    typeof value === 'object' && value !== null ? `a ${value.constructor?.name ?? 'object'}` : String(value)
  throw new TypeError(`${what} must be a tensor, a number or nested arrays of numbers, not ${kind}`)
}

/** Returns a foreign tensor as one of our copy that shares its elements; anything else unchanged. */
export const toOwnTensor = (value: unknown): unknown =>
  isTensor(value) && !(value instanceof Tensor) ? new Tensor(value.data, value.shape) : value

function isTensor(value: unknown): value is AnyTensor {
  if (value instanceof Tensor) return true
  if (typeof value !== 'object' || value === null) return false
  const { data, shape } = value as Partial<AnyTensor>
  return (data instanceof Float64Array || data instanceof Float32Array) && Array.isArray(shape)
}

/**
 * Wraps a layer, loss or network made with another copy of `@gosa/linalg`: its methods receive tensors of their copy, and
 * what they return becomes tensors of ours; both share their elements. A subject made with our copy is returned unchanged.
 *
 * The copy is recognised by `values`, the inputs that come with the subject, and by the subject's weights.
 */
export function wrapForeignTensors<T extends object>(subject: T, values: readonly unknown[]): T {
  const foreign = [...values, ...weightsOf(subject)].find(
    (value) => isTensor(value) && !(value instanceof Tensor),
  )
  if (foreign === undefined) return subject
  const ForeignTensor = (foreign as object).constructor as TensorClass
  const toForeign = (value: unknown): unknown =>
    value instanceof Tensor ? new ForeignTensor(value.data, value.shape) : value
  return convertingProxy(subject, (value, key) =>
    typeof value === 'function' && key !== 'constructor'
      ? (...args: unknown[]) => toOwnTensors(value.apply(subject, args.map(toForeign)))
      : toOwnTensors(value),
  )
}

/** Converts a tensor, a list of tensors, or an object of tensors. */
function toOwnTensors(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toOwnTensors)
  const isObject = typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)
  return isObject && !isTensor(value) ? convertingProxy(value, toOwnTensor) : toOwnTensor(value)
}

/** An object with the properties of another one, each converted when it is read. */
function convertingProxy<T extends object>(
  object: T,
  convert: (value: unknown, key: string | symbol) => unknown,
): T {
  // Not a proxy of the object itself: that of a frozen object may not return other values.
  return new Proxy(Object.create(null), {
    get: (_, key) => convert(Reflect.get(object, key, object), key),
    has: (_, key) => Reflect.has(object, key),
    ownKeys: () => Reflect.ownKeys(object),
    getOwnPropertyDescriptor: (_, key) =>
      Reflect.has(object, key)
        ? { value: convert(Reflect.get(object, key, object), key), enumerable: true, configurable: true }
        : undefined,
  })
}

function weightsOf(subject: object): unknown[] {
  const { params, parameters } = subject as { params?: object; parameters?(): { value: unknown }[] }
  const listed = typeof parameters === 'function' ? parameters.call(subject) : []
  const values = Array.isArray(listed) ? listed.map((parameter) => parameter?.value) : []
  return [...Object.values(params ?? {}), ...values]
}

import { Tensor } from '@gosa/linalg'
import { isTensor, toOwn } from './to-value.ts'

type Maker = new (data: Tensor['data'], shape: Tensor['shape']) => unknown

/**
 * The same layer, loss or network for our copy of `@gosa/linalg`, where it was made with another one: a CommonJS module
 * loads the CommonJS build, and a project may have another version. Its methods then get tensors of the copy that they
 * know, and what they give becomes ours, all sharing their elements.
 *
 * `values` are tensors that come with it, by which its copy is recognised.
 */
export function adopt<T extends object>(subject: T, values: readonly unknown[]): T {
  const foreign = [...values, ...weightsOf(subject)].find(
    (each) => isTensor(each) && !(each instanceof Tensor),
  )
  if (foreign === undefined) return subject
  const make = (foreign as object).constructor as Maker
  const give = (value: unknown): unknown =>
    value instanceof Tensor ? new make(value.data, value.shape) : value
  return mirror(subject, (value, key) =>
    typeof value === 'function' && key !== 'constructor'
      ? (...args: unknown[]) => take(value.apply(subject, args.map(give)))
      : take(value),
  )
}

/** Tensors as ours: alone, in a list, or by name. */
function take(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(take)
  const isPlain = typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)
  return isPlain && !isTensor(value) ? mirror(value, toOwn) : toOwn(value)
}

/** An object that shows another one's properties, as `show` turns them, each when it is asked for. */
function mirror<T extends object>(object: T, show: (value: unknown, key: string | symbol) => unknown): T {
  // Not a proxy of the object itself, since of a frozen one it could not show anything else.
  return new Proxy(Object.create(null), {
    get: (_, key) => show(Reflect.get(object, key, object), key),
    has: (_, key) => Reflect.has(object, key),
    ownKeys: () => Reflect.ownKeys(object),
    getOwnPropertyDescriptor: (_, key) =>
      Reflect.has(object, key)
        ? { value: show(Reflect.get(object, key, object), key), enumerable: true, configurable: true }
        : undefined,
  })
}

function weightsOf(subject: object): unknown[] {
  const { params, parameters } = subject as { params?: object; parameters?(): { value: unknown }[] }
  const listed = typeof parameters === 'function' ? parameters.call(subject) : []
  return [...Object.values(params ?? {}), ...(Array.isArray(listed) ? listed.map((each) => each?.value) : [])]
}

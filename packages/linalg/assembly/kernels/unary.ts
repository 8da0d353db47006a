import { sigmoid as sigmoidOf, tanh as tanhOf } from '../activations'
import { exp as expOf } from '../exp'
import { log as logOf } from '../log'
import { storeTail } from '../tail'

// The operations as types, so that the compiler generates a loop for each.
class Exp {}
class Log {}
class Sqrt {}
class Abs {}
class Negate {}
class Square {}
class Tanh {}
class Sigmoid {}
class Relu {}

/** `out[i] = eˣ`; `out` may be `x`, in all kernels of this file. */
export function exp<T>(x: usize, out: usize, count: i32): void {
  applyToAll<T, Exp>(x, out, count)
}

/** `out[i] = ln x`. */
export function log<T>(x: usize, out: usize, count: i32): void {
  applyToAll<T, Log>(x, out, count)
}

/** `out[i] = √x`. */
export function sqrt<T>(x: usize, out: usize, count: i32): void {
  applyToAll<T, Sqrt>(x, out, count)
}

/** `out[i] = |x|`. */
export function abs<T>(x: usize, out: usize, count: i32): void {
  applyToAll<T, Abs>(x, out, count)
}

/** `out[i] = −x`. */
export function negate<T>(x: usize, out: usize, count: i32): void {
  applyToAll<T, Negate>(x, out, count)
}

/** `out[i] = x²`. */
export function square<T>(x: usize, out: usize, count: i32): void {
  applyToAll<T, Square>(x, out, count)
}

/** `out[i] = tanh x`. */
export function tanh<T>(x: usize, out: usize, count: i32): void {
  applyToAll<T, Tanh>(x, out, count)
}

/** `out[i] = 1/(1 + e⁻ˣ)`. */
export function sigmoid<T>(x: usize, out: usize, count: i32): void {
  applyToAll<T, Sigmoid>(x, out, count)
}

/** `out[i] = max(0, x)`. */
export function relu<T>(x: usize, out: usize, count: i32): void {
  applyToAll<T, Relu>(x, out, count)
}

function applyToAll<T, Operation>(x: usize, out: usize, count: i32): void {
  const end = out + <usize>count * sizeof<T>()
  for (; out + 16 <= end; x += 16, out += 16) v128.store(out, apply<T, Operation>(v128.load(x)))
  if (out < end) storeTail(out, apply<T, Operation>(v128.load(x)), end - out)
}

function apply<T, Operation>(x: v128): v128 {
  if (idof<Operation>() === idof<Sqrt>()) return v128.sqrt<T>(x)
  if (idof<Operation>() === idof<Abs>()) return v128.abs<T>(x)
  if (idof<Operation>() === idof<Negate>()) return v128.neg<T>(x)
  if (idof<Operation>() === idof<Square>()) return v128.mul<T>(x, x)
  if (idof<Operation>() === idof<Relu>()) return v128.max<T>(x, v128.splat<T>(0))
  if (sizeof<T>() === 8) return transcendental<Operation>(x)
  // float32 is computed in float64 and rounded once: one formula for both dtypes, and nearly always the nearest float32.
  const low = transcendental<Operation>(f64x2.promote_low_f32x4(x))
  const high = transcendental<Operation>(f64x2.promote_low_f32x4(v128.shuffle<f64>(x, x, 1, 1)))
  return v128.shuffle<f64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2)
}

function transcendental<Operation>(x: v128): v128 {
  if (idof<Operation>() === idof<Exp>()) return expOf(x)
  if (idof<Operation>() === idof<Log>()) return logOf(x)
  if (idof<Operation>() === idof<Tanh>()) return tanhOf(x)
  return sigmoidOf(x)
}

import { sigmoid, tanh } from './activations'
import { exp } from './exp'
import { log } from './log'

// The operations as types, so that the compiler generates a loop for each. Their codes are the indices of
// `UNARY_OPERATIONS` in `src/kernels/wasm/elementwise.ts`.
class Exp {}
class Log {}
class Sqrt {}
class Abs {}
class Negate {}
class Square {}
class Tanh {}
class Sigmoid {}
class Relu {}

/** `out[i] = operation(x[i])`, in whole vectors: up to 15 bytes beyond the end of `out` are written as well. */
export function unary<T>(operation: i32, x: usize, out: usize, count: i32): void {
  if (operation === 0) applyToAll<T, Exp>(x, out, count)
  else if (operation === 1) applyToAll<T, Log>(x, out, count)
  else if (operation === 2) applyToAll<T, Sqrt>(x, out, count)
  else if (operation === 3) applyToAll<T, Abs>(x, out, count)
  else if (operation === 4) applyToAll<T, Negate>(x, out, count)
  else if (operation === 5) applyToAll<T, Square>(x, out, count)
  else if (operation === 6) applyToAll<T, Tanh>(x, out, count)
  else if (operation === 7) applyToAll<T, Sigmoid>(x, out, count)
  else applyToAll<T, Relu>(x, out, count)
}

function applyToAll<T, Operation>(x: usize, out: usize, count: i32): void {
  const end = out + <usize>count * sizeof<T>()
  while (out < end) {
    v128.store(out, apply<T, Operation>(v128.load(x)))
    x += 16
    out += 16
  }
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
  if (idof<Operation>() === idof<Exp>()) return exp(x)
  if (idof<Operation>() === idof<Log>()) return log(x)
  if (idof<Operation>() === idof<Tanh>()) return tanh(x)
  return sigmoid(x)
}

import { sigmoid, tanh } from './activations'
import { exp } from './exp'
import { log } from './log'

// The operations, as types, so that each gets a loop of its own. `src/wasm/codes.ts` numbers them in this order.
class Exp {}
class Log {}
class Sqrt {}
class Abs {}
class Negate {}
class Square {}
class Tanh {}
class Sigmoid {}
class Relu {}

/** `out[i] = operation(x[i])`, in whole vectors: up to 15 bytes behind the end are written as well. */
export function unary<T>(operation: i32, x: usize, out: usize, count: i32): void {
  if (operation === 0) each<T, Exp>(x, out, count)
  else if (operation === 1) each<T, Log>(x, out, count)
  else if (operation === 2) each<T, Sqrt>(x, out, count)
  else if (operation === 3) each<T, Abs>(x, out, count)
  else if (operation === 4) each<T, Negate>(x, out, count)
  else if (operation === 5) each<T, Square>(x, out, count)
  else if (operation === 6) each<T, Tanh>(x, out, count)
  else if (operation === 7) each<T, Sigmoid>(x, out, count)
  else each<T, Relu>(x, out, count)
}

function each<T, Operation>(x: usize, out: usize, count: i32): void {
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
  if (sizeof<T>() === 8) return curve<Operation>(x)
  // float32 is computed in float64 and rounded once: one formula for both, and the nearest float32 but for rare ties.
  const low = curve<Operation>(f64x2.promote_low_f32x4(x))
  const high = curve<Operation>(f64x2.promote_low_f32x4(v128.shuffle<f64>(x, x, 1, 1)))
  return v128.shuffle<f64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2)
}

function curve<Operation>(x: v128): v128 {
  if (idof<Operation>() === idof<Exp>()) return exp(x)
  if (idof<Operation>() === idof<Log>()) return log(x)
  if (idof<Operation>() === idof<Tanh>()) return tanh(x)
  return sigmoid(x)
}

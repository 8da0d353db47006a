import { storeTail } from '../tail'

/** `y[i] += alpha·x[i]`. */
export function axpy<T>(alpha: f64, x: usize, y: usize, count: i32): void {
  const factor = v128.splat<T>(<T>alpha)
  const end = y + <usize>count * sizeof<T>()
  for (; y + 16 <= end; x += 16, y += 16) v128.store(y, addScaled<T>(y, factor, x))
  storeTail(y, addScaled<T>(y, factor, x), end - y)
}

function addScaled<T>(y: usize, factor: v128, x: usize): v128 {
  return v128.add<T>(v128.load(y), v128.mul<T>(factor, v128.load(x)))
}

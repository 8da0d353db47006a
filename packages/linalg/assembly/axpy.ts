/** `y[i] += alpha·x[i]`, in whole vectors: up to 15 bytes beyond the end of `y` are changed as well. */
export function axpy<T>(alpha: f64, x: usize, y: usize, count: i32): void {
  const factor = v128.splat<T>(<T>alpha)
  const end = y + <usize>count * sizeof<T>()
  while (y < end) {
    v128.store(y, v128.add<T>(v128.load(y), v128.mul<T>(factor, v128.load(x))))
    x += 16
    y += 16
  }
}

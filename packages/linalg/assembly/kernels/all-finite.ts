/**
 * Returns whether none of `count` elements is NaN or infinite, judged by their sum, which is NaN or infinite if any of
 * them is. Also returns false for finite elements whose sum overflows.
 */
export function allFinite<T>(x: usize, count: i32): bool {
  // Eight independent sums, so that additions overlap.
  let s0 = v128.splat<T>(0)
  let s1 = s0
  let s2 = s0
  let s3 = s0
  let s4 = s0
  let s5 = s0
  let s6 = s0
  let s7 = s0
  const end = x + <usize>count * sizeof<T>()
  for (; x + 128 <= end; x += 128) {
    s0 = v128.add<T>(s0, v128.load(x))
    s1 = v128.add<T>(s1, v128.load(x, 16))
    s2 = v128.add<T>(s2, v128.load(x, 32))
    s3 = v128.add<T>(s3, v128.load(x, 48))
    s4 = v128.add<T>(s4, v128.load(x, 64))
    s5 = v128.add<T>(s5, v128.load(x, 80))
    s6 = v128.add<T>(s6, v128.load(x, 96))
    s7 = v128.add<T>(s7, v128.load(x, 112))
  }
  for (; x + 16 <= end; x += 16) s0 = v128.add<T>(s0, v128.load(x))
  for (; x < end; x += sizeof<T>()) s1 = v128.add<T>(s1, v128.load_splat<T>(x))
  s0 = v128.add<T>(v128.add<T>(s0, s1), v128.add<T>(s2, s3))
  s4 = v128.add<T>(v128.add<T>(s4, s5), v128.add<T>(s6, s7))
  const sum = v128.add<T>(s0, s4)
  // ∞ − ∞ and NaN − NaN are NaN, only a finite number minus itself is 0.
  return !v128.any_true(v128.ne<T>(v128.sub<T>(sum, sum), v128.splat<T>(0)))
}

/**
 * `c + a·b`: rounded twice, so that all engines agree. If compiled with relaxed SIMD it is fused, which is faster and more
 * accurate, but the processor decides how it rounds.
 */
export function multiplyAdd<T>(c: v128, a: v128, b: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<T>(a, b, c)
  return v128.add<T>(c, v128.mul<T>(a, b))
}

/**
 * `c + a·b`: rounded twice, so that all engines agree; or once, where the module is compiled with relaxed SIMD, which is
 * faster and more exact, but leaves it to the processor.
 */
export function multiplyAdd<T>(c: v128, a: v128, b: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<T>(a, b, c)
  return v128.add<T>(c, v128.mul<T>(a, b))
}

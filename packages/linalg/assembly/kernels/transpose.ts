/** Writes the transpose of `from` (rows, columns) to `to` (columns, rows), both row-major and contiguous. */
export function transpose<T>(from: usize, to: usize, rows: i32, columns: i32): void {
  const lanes = <i32>(16 / sizeof<T>())
  const fromStride = <usize>columns * sizeof<T>()
  const toStride = <usize>rows * sizeof<T>()
  const tiledRows = rows - (rows % lanes)
  const tiledColumns = columns - (columns % lanes)
  for (let r = 0; r < tiledRows; r += lanes) {
    for (let c = 0; c < tiledColumns; c += lanes) {
      const source = from + <usize>r * fromStride + <usize>c * sizeof<T>()
      const target = to + <usize>c * toStride + <usize>r * sizeof<T>()
      if (sizeof<T>() === 4) transpose4(source, fromStride, target, toStride)
      else transpose2(source, fromStride, target, toStride)
    }
  }
  for (let r = 0; r < rows; r++) {
    for (let c = r < tiledRows ? tiledColumns : 0; c < columns; c++) {
      const value = load<T>(from + <usize>r * fromStride + <usize>c * sizeof<T>())
      store<T>(to + <usize>c * toStride + <usize>r * sizeof<T>(), value)
    }
  }
}

/** Transposes 4 × 4 elements of 4 bytes. */
function transpose4(from: usize, fromStride: usize, to: usize, toStride: usize): void {
  const r0 = v128.load(from)
  const r1 = v128.load(from + fromStride)
  const r2 = v128.load(from + 2 * fromStride)
  const r3 = v128.load(from + 3 * fromStride)
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5)
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5)
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7)
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7)
  v128.store(to, v128.shuffle<f64>(low01, low23, 0, 2))
  v128.store(to + toStride, v128.shuffle<f64>(low01, low23, 1, 3))
  v128.store(to + 2 * toStride, v128.shuffle<f64>(high01, high23, 0, 2))
  v128.store(to + 3 * toStride, v128.shuffle<f64>(high01, high23, 1, 3))
}

/** Transposes 2 × 2 elements of 8 bytes. */
function transpose2(from: usize, fromStride: usize, to: usize, toStride: usize): void {
  const r0 = v128.load(from)
  const r1 = v128.load(from + fromStride)
  v128.store(to, v128.shuffle<f64>(r0, r1, 0, 2))
  v128.store(to + toStride, v128.shuffle<f64>(r0, r1, 1, 3))
}

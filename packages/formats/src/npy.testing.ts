/** Returns a `.npy` file made by hand, with its header as NumPy writes it. */
export function npyFile(
  descr: string,
  shape: string,
  elements: ArrayLike<number>,
  { fortran = 'False', version = 1 } = {},
) {
  const text = `{'descr': ${descr}, 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`
  const length =
    version === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0]
  return Uint8Array.from([
    0x93,
    ...Buffer.from('NUMPY'),
    version,
    0,
    ...length,
    ...Buffer.from(text),
    ...Array.from(elements),
  ])
}

import { type Shape, type Tensor, zeros } from '@gosa/linalg'

/**
 * The standard faults of a gradient of images (N, C, H, W) or filters (F, C, FH, FW): axes exchanged, flipped, moved by a
 * pixel, or not covered to the end. Each makes another tensor of the same shape.
 */

/** The index from which an entry of the wrong gradient is taken; undefined for a zero. */
type Source = (
  index: readonly [n: number, c: number, y: number, x: number],
  shape: Shape,
) => number[] | undefined

const takenFrom =
  (source: Source) =>
  (right: Tensor): Tensor => {
    const { shape } = right
    const [N, C, H, W] = shape
    const wrong = zeros(shape, { dtype: right.dtype })
    let next = 0
    for (let n = 0; n < N; n++) {
      for (let c = 0; c < C; c++) {
        for (let y = 0; y < H; y++) {
          for (let x = 0; x < W; x++, next++) {
            const from = source([n, c, y, x], shape)
            if (from) wrong.data[next] = right.at(...from)
          }
        }
      }
    }
    return wrong
  }

/** The faults by name, for tensors of rank 4. */
export const imageFaults: Readonly<Record<string, (right: Tensor) => Tensor>> = {
  'height and width exchanged': takenFrom(([n, c, y, x], [, , H, W]) => {
    const next = y * W + x
    return [n, c, next % H, Math.floor(next / H)]
  }),
  'turned by 180°': takenFrom(([n, c, y, x], [, , H, W]) => [n, c, H - 1 - y, W - 1 - x]),
  'channels in reverse order': takenFrom(([n, c, y, x], [, C]) => [n, C - 1 - c, y, x]),
  'first channel in every channel': takenFrom(([n, , y, x]) => [n, 0, y, x]),
  'moved down by one pixel': takenFrom(([n, c, y, x]) => (y > 0 ? [n, c, y - 1, x] : undefined)),
  'moved right by one pixel': takenFrom(([n, c, y, x]) => (x > 0 ? [n, c, y, x - 1] : undefined)),
  'last line of pixels not computed': takenFrom(([n, c, y, x], [, , H]) =>
    y < H - 1 ? [n, c, y, x] : undefined,
  ),
  'last column of pixels not computed': takenFrom(([n, c, y, x], [, , , W]) =>
    x < W - 1 ? [n, c, y, x] : undefined,
  ),
}

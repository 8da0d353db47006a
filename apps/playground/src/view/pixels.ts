/** Paints images of `width` columns side by side, `perRow` in a row with `gap` pixels between, through a table of colours. */
export function paintImages(
  canvas: HTMLCanvasElement,
  levels: Uint8Array,
  colours: Uint8ClampedArray,
  { width, height, perRow, gap = 1 }: { width: number; height: number; perRow: number; gap?: number },
): void {
  const size = width * height
  const count = levels.length / size
  const columns = Math.min(perRow, count)
  const [w, h] = [columns * (width + gap) - gap, Math.ceil(count / columns) * (height + gap) - gap]
  // Setting the size, even to what it is, takes time.
  if (canvas.width !== w) canvas.width = w
  if (canvas.height !== h) canvas.height = h
  const context = canvas.getContext('2d')
  if (!context) return
  const image = context.createImageData(canvas.width, canvas.height)
  // Four bytes at once.
  const [to, from] = [new Uint32Array(image.data.buffer), new Uint32Array(colours.buffer)]
  for (let n = 0; n < count; n++) {
    const [left, top] = [(n % columns) * (width + gap), Math.floor(n / columns) * (height + gap)]
    for (let row = 0, i = n * size; row < height; row++) {
      const start = (top + row) * canvas.width + left
      for (let column = 0; column < width; column++) to[start + column] = from[levels[i++]]
    }
  }
  context.putImageData(image, 0, 0)
}

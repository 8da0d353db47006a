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
  canvas.width = columns * (width + gap) - gap
  canvas.height = Math.ceil(count / columns) * (height + gap) - gap
  const context = canvas.getContext('2d')
  if (!context) return
  const image = context.createImageData(canvas.width, canvas.height)
  for (let n = 0; n < count; n++) {
    const [left, top] = [(n % columns) * (width + gap), Math.floor(n / columns) * (height + gap)]
    for (let i = 0; i < size; i++) {
      const at = 4 * ((top + Math.floor(i / width)) * canvas.width + left + (i % width))
      const from = 4 * levels[n * size + i]
      for (let channel = 0; channel < 4; channel++) image.data[at + channel] = colours[from + channel]
    }
  }
  context.putImageData(image, 0, 0)
}

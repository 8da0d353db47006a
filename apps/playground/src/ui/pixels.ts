/** Images on a canvas: bytes as colours of the present theme. */

/** A colour as red, green and blue, 0 to 255. */
type Rgb = readonly [number, number, number]

/** Colour tables of the present theme: four bytes (RGBA) for each of the levels 0 to 255. */
export interface ColorTables {
  /** Blue for negative values, the background at 128, vermilion for positive values. */
  readonly diverging: Uint8ClampedArray
  /** From the background to the colour of text. */
  readonly ink: Uint8ClampedArray
}

/** Reads the colour tables of the present theme from the style sheet. */
export function readColorTables(): ColorTables {
  const [surface, ink, forward, backward] = ['surface', 'ink', 'forward', 'backward'].map(cssColor)
  const diverging = colorTable((level) =>
    level < 128 ? mix(surface, forward, (128 - level) / 128) : mix(surface, backward, (level - 128) / 127),
  )
  return { diverging, ink: colorTable((level) => mix(surface, ink, level / 255)) }
}

function colorTable(color: (level: number) => Rgb): Uint8ClampedArray {
  const bytes = new Uint8ClampedArray(4 * 256)
  for (let level = 0; level < 256; level++) bytes.set([...color(level), 255], 4 * level)
  return bytes
}

const mix = (a: Rgb, b: Rgb, share: number): Rgb =>
  [0, 1, 2].map((i) => a[i] + (b[i] - a[i]) * share) as unknown as Rgb

const probeContext = document.createElement('canvas').getContext('2d', { willReadFrequently: true })

/** A custom property of the style sheet as RGB, in whatever notation the browser returns it. */
function cssColor(name: string): Rgb {
  const probe = document.createElement('span')
  probe.style.color = `var(--${name})`
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  if (!probeContext) return [128, 128, 128]
  probeContext.fillStyle = color
  probeContext.fillRect(0, 0, 1, 1)
  const [red, green, blue] = probeContext.getImageData(0, 0, 1, 1).data
  return [red, green, blue]
}

/** How images lie on a canvas: `perRow` side by side with `gap` pixels between them. */
interface ImageLayout {
  readonly width: number
  readonly height: number
  readonly perRow: number
  readonly gap?: number
}

/** Paints images of `width` × `height` levels, one after the other in `levels`, through a colour table. */
export function paintImages(
  canvas: HTMLCanvasElement,
  levels: Uint8Array,
  colors: Uint8ClampedArray,
  { width, height, perRow, gap = 1 }: ImageLayout,
): void {
  const size = width * height
  const count = levels.length / size
  const columns = Math.min(perRow, count)
  const [w, h] = [columns * (width + gap) - gap, Math.ceil(count / columns) * (height + gap) - gap]
  // Setting the size takes time even if it does not change.
  if (canvas.width !== w) canvas.width = w
  if (canvas.height !== h) canvas.height = h
  const context = canvas.getContext('2d')
  if (!context) return
  const image = context.createImageData(canvas.width, canvas.height)
  // Copies the four bytes of a pixel at once.
  const [to, from] = [new Uint32Array(image.data.buffer), new Uint32Array(colors.buffer)]
  for (let n = 0; n < count; n++) {
    const [left, top] = [(n % columns) * (width + gap), Math.floor(n / columns) * (height + gap)]
    for (let row = 0, i = n * size; row < height; row++) {
      const start = (top + row) * canvas.width + left
      for (let column = 0; column < width; column++) to[start + column] = from[levels[i++]]
    }
  }
  context.putImageData(image, 0, 0)
}

/** A colour as red, green and blue, 0 to 255. */
type Rgb = readonly [number, number, number]

/** The colours of a picture, from the style sheet, as they are just now. */
export interface Palette {
  /** For 0 to 255, as four bytes each: blue for what is negative, the ground at 128, vermilion for what is positive. */
  readonly diverging: Uint8ClampedArray
  /** For 0 to 255: from the ground to ink. */
  readonly ink: Uint8ClampedArray
}

/** Reads the palette of the theme that is worn. */
export function palette(): Palette {
  const [ground, ink, forward, backward] = ['surface', 'ink', 'forward', 'backward'].map(colourOf)
  const diverging = scale((level) =>
    level < 128 ? mixed(ground, forward, (128 - level) / 128) : mixed(ground, backward, (level - 128) / 127),
  )
  return { diverging, ink: scale((level) => mixed(ground, ink, level / 255)) }
}

function scale(colour: (level: number) => Rgb): Uint8ClampedArray {
  const bytes = new Uint8ClampedArray(4 * 256)
  for (let level = 0; level < 256; level++) bytes.set([...colour(level), 255], 4 * level)
  return bytes
}

const mixed = (a: Rgb, b: Rgb, share: number): Rgb =>
  [0, 1, 2].map((i) => a[i] + (b[i] - a[i]) * share) as unknown as Rgb

const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })

/** A colour of the style sheet, whatever notation the browser answers in. */
function colourOf(name: string): Rgb {
  const probe = document.createElement('span')
  probe.style.color = `var(--${name})`
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  if (!context) return [128, 128, 128]
  context.fillStyle = color
  context.fillRect(0, 0, 1, 1)
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data
  return [red, green, blue]
}

/** Calls `repaint` when another theme is worn; answers what stops that. */
export function onThemeChange(repaint: () => void): () => void {
  const media = matchMedia('(prefers-color-scheme: dark)')
  const observer = new MutationObserver(repaint)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  media.addEventListener('change', repaint)
  return () => {
    observer.disconnect()
    media.removeEventListener('change', repaint)
  }
}

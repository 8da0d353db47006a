/** How the page looks. */
export const style = `
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; color: #222; background: #fff }
table { border-collapse: collapse; font-variant-numeric: tabular-nums }
td, th { padding: .15rem .8rem .15rem 0; text-align: left; border-bottom: 1px solid #ddd }
.pass { color: #137333 } .fail { color: #b3261e } .inconclusive { color: #8a5a00 }
.maps { display: flex; flex-wrap: wrap; gap: 1.5rem }
figure { margin: 0 } canvas { image-rendering: pixelated; border: 1px solid #ccc }
`

/**
 * Draws the canvases: blue to white to red for a gradient, white to black for an error in decades; the worst entries are
 * framed. Each cell becomes as many pixels as fit.
 */
export const script = `
for (const canvas of document.querySelectorAll('canvas')) {
  const { width, height } = canvas
  const { levels, scale, worst } = canvas.dataset
  const bytes = Uint8Array.from(atob(levels), (c) => c.charCodeAt(0))
  const size = Math.max(1, Math.min(24, Math.floor(480 / Math.max(width, height))))
  canvas.width = width * size
  canvas.height = height * size
  const paint = canvas.getContext('2d')
  const colour = (l) => {
    if (scale === 'error') return 'rgb(' + [255 - l, 255 - l, 255 - l] + ')'
    return 'rgb(' + (l < 128 ? [2 * l, 2 * l, 255] : [255, 510 - 2 * l, 510 - 2 * l]) + ')'
  }
  bytes.forEach((l, i) => {
    paint.fillStyle = colour(l)
    paint.fillRect((i % width) * size, Math.floor(i / width) * size, size, size)
  })
  paint.strokeStyle = '#d0007f'
  paint.lineWidth = 2
  for (const cell of worst.split(' ')) {
    const [column, row] = cell.split(',')
    paint.strokeRect(column * size - 1, row * size - 1, size + 2, size + 2)
  }
}
`

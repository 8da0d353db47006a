/** The canvas that is drawn on by mouse, finger, pen or keyboard. */
import type { DrawTexts } from '../../i18n/draw.ts'
import { el } from '../../ui/el.ts'
import type { Drawing, Point } from '../drawing.ts'

/** The side of the canvas and the width of the pen, in pixels. */
const [CANVAS_SIZE, PEN_WIDTH] = [560, 40]

/** How far an arrow key moves the pen. */
const KEY_STEP = 0.04

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: [-KEY_STEP, 0],
  ArrowRight: [KEY_STEP, 0],
  ArrowUp: [0, -KEY_STEP],
  ArrowDown: [0, KEY_STEP],
}

/** A canvas that shows `drawing` and extends it. */
export function drawingCanvas(t: DrawTexts, drawing: Drawing) {
  const canvas = el('canvas', {
    ...{ class: 'drawing-canvas', width: CANVAS_SIZE, height: CANVAS_SIZE, tabindex: 0, role: 'application' },
    ...{ 'aria-label': t.canvasLabel, 'aria-roledescription': t.canvas },
  })
  const announcement = el('p', { class: 'visually-hidden', role: 'status' })
  let pointerId: number | undefined
  /** The pen of the keyboard. */
  let position: Point = [0.5, 0.25]
  let isDown = false

  const pointOf = ({ clientX, clientY }: PointerEvent): Point => {
    const { left, top, width, height } = canvas.getBoundingClientRect()
    return [(clientX - left) / width, (clientY - top) / height]
  }
  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || pointerId !== undefined) return
    event.preventDefault()
    canvas.focus({ preventScroll: true })
    canvas.setPointerCapture(event.pointerId)
    pointerId = event.pointerId
    isDown = false
    drawing.begin(pointOf(event))
  })
  canvas.addEventListener('pointermove', (event) => {
    if (event.pointerId !== pointerId) return
    const events = event.getCoalescedEvents?.() ?? []
    for (const one of events.length > 0 ? events : [event]) drawing.extend(pointOf(one))
  })
  const lift = (event: PointerEvent) => {
    if (event.pointerId === pointerId) pointerId = undefined
  }
  canvas.addEventListener('pointerup', lift)
  canvas.addEventListener('pointercancel', lift)

  canvas.addEventListener('keydown', (event) => {
    const step = ARROWS[event.key]
    if (step) {
      position = [clamp(position[0] + step[0]), clamp(position[1] + step[1])]
      if (isDown) drawing.extend(position)
      else repaint()
    } else if (event.key === ' ' || event.key === 'Enter') {
      isDown = !isDown
      announcement.textContent = isDown ? t.penDown : t.penUp
      if (isDown) drawing.begin(position)
    } else return
    event.preventDefault()
  })
  canvas.addEventListener('blur', () => {
    isDown = false
    repaint()
  })
  canvas.addEventListener('focus', () => repaint())

  /** Paints the strokes, and the pen of the keyboard while the canvas has the focus. */
  function repaint(): void {
    const context = canvas.getContext('2d')
    if (!context) return
    const { color, accentColor } = getComputedStyle(canvas)
    context.clearRect(0, 0, CANVAS_SIZE, CANVAS_SIZE)
    context.lineCap = context.lineJoin = 'round'
    context.lineWidth = PEN_WIDTH
    context.strokeStyle = color
    for (const stroke of drawing.strokes) {
      const points = stroke.map(([x, y]) => [x * CANVAS_SIZE, y * CANVAS_SIZE] as const)
      context.beginPath()
      context.moveTo(...points[0])
      // Curves through the midpoints between points, which rounds the corners.
      for (let i = 1; i < points.length - 1; i++) {
        const [[x, y], [nextX, nextY]] = [points[i], points[i + 1]]
        context.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2)
      }
      context.lineTo(...points[points.length - 1])
      context.stroke()
    }
    if (!canvas.matches(':focus-visible')) return
    context.lineWidth = 4
    context.strokeStyle = accentColor
    context.beginPath()
    context.arc(position[0] * CANVAS_SIZE, position[1] * CANVAS_SIZE, PEN_WIDTH / 2, 0, 2 * Math.PI)
    context.stroke()
  }
  return { element: el('div', { class: 'drawing-frame' }, canvas, announcement), repaint }
}

const clamp = (x: number): number => Math.min(1, Math.max(0, x))

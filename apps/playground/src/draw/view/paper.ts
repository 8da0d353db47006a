import { el } from '../../dom/el.ts'
import type { DrawTexts } from '../../text/draw.ts'
import type { Sheet } from '../sheet.ts'
import type { Place } from '../strokes.ts'

/** The pixels of the sheet's side, and how thick the pen is. */
const [SIDE, PEN] = [560, 40]

/** How far a press of an arrow key goes. */
const STEP = 0.04

const ARROWS: Readonly<Record<string, Place>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
}

/** The sheet on the screen, which is drawn on with anything that points, or with keys. */
export function paper(t: DrawTexts, sheet: Sheet) {
  const canvas = el('canvas', {
    ...{ class: 'paper', width: SIDE, height: SIDE, tabindex: 0, role: 'application' },
    ...{ 'aria-label': t.sheetLabel, 'aria-roledescription': t.sheet },
  })
  const said = el('p', { class: 'unseen', role: 'status' })
  let pen: number | undefined
  let place: Place = [0.5, 0.25]
  let isDown = false

  const placeOf = ({ clientX, clientY }: PointerEvent): Place => {
    const { left, top, width, height } = canvas.getBoundingClientRect()
    return [(clientX - left) / width, (clientY - top) / height]
  }
  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || pen !== undefined) return
    event.preventDefault()
    canvas.focus({ preventScroll: true })
    canvas.setPointerCapture(event.pointerId)
    pen = event.pointerId
    isDown = false
    sheet.begin(placeOf(event))
  })
  canvas.addEventListener('pointermove', (event) => {
    if (event.pointerId !== pen) return
    const events = event.getCoalescedEvents?.() ?? []
    for (const one of events.length > 0 ? events : [event]) sheet.extend(placeOf(one))
  })
  const lift = ({ pointerId }: PointerEvent) => {
    if (pointerId === pen) pen = undefined
  }
  canvas.addEventListener('pointerup', lift)
  canvas.addEventListener('pointercancel', lift)

  canvas.addEventListener('keydown', (event) => {
    const step = ARROWS[event.key]
    if (step) {
      place = [clamped(place[0] + step[0]), clamped(place[1] + step[1])]
      if (isDown) sheet.extend(place)
      else repaint()
    } else if (event.key === ' ' || event.key === 'Enter') {
      isDown = !isDown
      said.textContent = isDown ? t.penDown : t.penUp
      if (isDown) sheet.begin(place)
    } else return
    event.preventDefault()
  })
  canvas.addEventListener('blur', () => {
    isDown = false
    repaint()
  })
  canvas.addEventListener('focus', () => repaint())

  /** Paints strokes, and where keys are used the pen's place. */
  function repaint(): void {
    const context = canvas.getContext('2d')
    if (!context) return
    const { color, accentColor } = getComputedStyle(canvas)
    context.clearRect(0, 0, SIDE, SIDE)
    context.lineCap = context.lineJoin = 'round'
    context.lineWidth = PEN
    context.strokeStyle = color
    for (const stroke of sheet.strokes) {
      const points = stroke.map(([x, y]) => [x * SIDE, y * SIDE] as const)
      context.beginPath()
      context.moveTo(...points[0])
      // Through the middles between points, so that corners of the hand's are round.
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
    context.arc(place[0] * SIDE, place[1] * SIDE, PEN / 2, 0, 2 * Math.PI)
    context.stroke()
  }
  return { element: el('div', { class: 'sheet' }, canvas, said), repaint }
}

const clamped = (at: number): number => Math.min(1, Math.max(0, at))

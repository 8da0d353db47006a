import type { Place, Stroke } from './strokes.ts'

/** Strokes that are being drawn. */
export interface Sheet {
  readonly strokes: readonly Stroke[]
  /** The pen touches the sheet: a stroke begins. */
  begin(place: Place): void
  /** The pen moves while it touches. */
  extend(place: Place): void
  undo(): void
  clear(): void
}

/** A sheet; `changed` is called after each change. */
export function createSheet(initial: readonly Stroke[], changed: () => void): Sheet {
  let strokes: Stroke[] = [...initial]
  const become = (next: Stroke[]) => {
    strokes = next
    changed()
  }
  return {
    get strokes() {
      return strokes
    },
    begin: (place) => become([...strokes, [within(place)]]),
    extend(place) {
      const last = strokes.at(-1)
      if (last) become([...strokes.slice(0, -1), [...last, within(place)]])
    },
    undo: () => become(strokes.slice(0, -1)),
    clear: () => become([]),
  }
}

/** A place on the sheet, also where the pen has left it. */
const within = ([x, y]: Place): Place => [Math.min(1, Math.max(0, x)), Math.min(1, Math.max(0, y))]

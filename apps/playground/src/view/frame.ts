/** Does what is asked for at the next frame, once, however often it is asked for until then. */
export interface Frame {
  ask(): void
  stop(): void
}

export function frame(paint: () => void): Frame {
  let asked = 0
  return {
    ask() {
      asked ||= requestAnimationFrame(() => {
        asked = 0
        paint()
      })
    },
    stop() {
      cancelAnimationFrame(asked)
      asked = 0
    },
  }
}

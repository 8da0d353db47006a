import type { Trainer } from '../train/client.ts'
import { isTrained } from '../train/state.ts'

/** What the network makes of an image that changes, while it changes itself. */
export interface Reader {
  /** The probabilities of the digits, as far as they are known. */
  readonly probabilities: Float32Array | undefined
  /** Reads another image (784), or none. */
  show(image: Float32Array | undefined): void
  /** Reads once more what is shown: the network has learned. */
  again(): void
}

/** A reader that calls `changed` when it has an answer. While it waits for one it asks no more than once again. */
export function createReader(trainer: Pick<Trainer, 'state' | 'predict'>, changed: () => void): Reader {
  let image: Float32Array | undefined
  let probabilities: Float32Array | undefined
  let asking = false
  let isStale = false

  async function read(): Promise<void> {
    isStale = true
    if (asking) return
    asking = true
    while (isStale) {
      isStale = false
      const asked = image
      const answer = asked && isTrained(trainer.state) ? await trainer.predict(asked) : undefined
      // Of the image before; but nothing where nothing is shown any more.
      probabilities = image && answer
    }
    asking = false
    changed()
  }

  return {
    get probabilities() {
      return probabilities
    },
    show(next) {
      image = next
      if (!image) probabilities = undefined
      read()
    },
    again: () => void read(),
  }
}

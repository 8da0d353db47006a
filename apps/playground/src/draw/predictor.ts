/** Keeps the prediction for the drawing up to date, while the drawing changes and the network learns. */
import type { Trainer } from '../train/client.ts'
import type { Prediction } from '../train/protocol.ts'
import { isTrained } from '../train/state.ts'

export interface Predictor {
  /** The latest known prediction; undefined if there is none. */
  readonly prediction: Prediction | undefined
  /** Predicts another image (784), or none. */
  setImage(image: Float32Array | undefined): void
  /** Predicts the same image again, when the network has changed. */
  refresh(): void
}

/**
 * A predictor that calls `onChange` when there is a new prediction. At most one request is under way; whatever changes
 * meanwhile leads to one more.
 */
export function createPredictor(
  trainer: Pick<Trainer, 'state' | 'predict'>,
  onChange: () => void,
): Predictor {
  let image: Float32Array | undefined
  let prediction: Prediction | undefined
  let isBusy = false
  let isStale = false

  async function predict(): Promise<void> {
    isStale = true
    if (isBusy) return
    isBusy = true
    while (isStale) {
      isStale = false
      const requested = image
      const reply = requested && isTrained(trainer.state) ? await trainer.predict(requested) : undefined
      // The reply may be for the image before; but an image that was removed meanwhile has no prediction.
      prediction = image && reply
    }
    isBusy = false
    onChange()
  }

  return {
    get prediction() {
      return prediction
    },
    setImage(next) {
      image = next
      if (!image) prediction = undefined
      predict()
    },
    refresh: () => void predict(),
  }
}

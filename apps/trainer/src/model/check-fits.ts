import { failure, type NamedData } from '@gosa/cli-kit'
import type { TwoLayerNet } from '@gosa/networks'

/** Throws a `CommandError` where a model is not one for these images. */
export function checkFits(
  { params: { W1, W2 } }: Pick<TwoLayerNet, 'params'>,
  { name, height, width, classes }: Pick<NamedData, 'name' | 'height' | 'width' | 'classes'>,
  file: string,
): void {
  const [inputs, outputs] = [W1.shape[0], W2.shape[1]]
  if (inputs !== height * width) {
    throw failure(`${file} takes images of ${inputs} pixels, but those of ${name} have ${height} × ${width}`)
  }
  if (outputs < classes) throw failure(`${file} knows ${outputs} classes, but ${name} has ${classes}`)
}

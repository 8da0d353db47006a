import { drawRawSyntheticDigits, type Samples, SYNTHETIC_SPLITS, toSamples } from '@gosa/datasets'
import type { DType } from '@gosa/linalg'
import type { DataOptions } from './data-options.ts'
import type { NamedData } from './named-data.ts'

interface Drawing {
  dtype?: DType
  progress?: (text: string) => void
  signal?: AbortSignal
}

/** Digits drawn by a program, to train and to test with; the first ones, where less are asked for. */
export async function generatedDigits(
  { trainSize, testSize }: Pick<DataOptions, 'trainSize' | 'testSize'>,
  drawing: Drawing,
): Promise<NamedData> {
  const train = await draw({ ...SYNTHETIC_SPLITS.train, ...(trainSize && { count: trainSize }) }, drawing)
  const test = await draw({ ...SYNTHETIC_SPLITS.test, ...(testSize && { count: testSize }) }, drawing)
  const remark = 'drawn by a program'
  return {
    name: 'generated digits',
    generated: true,
    remark,
    classes: 10,
    height: 28,
    width: 28,
    train,
    test,
  }
}

/** `syntheticDigits`, part by part. */
async function draw(
  { seed, count }: { seed: number; count: number },
  { dtype, progress = () => {}, signal }: Drawing,
): Promise<Samples<Uint8Array>> {
  const drawing = drawRawSyntheticDigits({ seed, count })
  for (;;) {
    const { done, value } = drawing.next()
    if (done) return toSamples(value, { dtype, compressed: true })
    progress(`drawing digits: ${Math.floor((100 * value) / count)} % of ${count}`)
    // So that Ctrl-C is heard.
    await new Promise((resolve) => setImmediate(resolve))
    signal?.throwIfAborted()
  }
}

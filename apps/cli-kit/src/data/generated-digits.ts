import { type Dataset, syntheticPixels, toDataset } from '@gosa/datasets'
import { createRng, type DType } from '@gosa/linalg'
import type { DataOptions } from './data-options.ts'
import type { NamedData } from './named-data.ts'

/**
 * How many are generated. Each part has a seed of its own, so that no image is in both; fixed, so that runs of other
 * seeds work on the same images.
 */
export const DIGITS = { train: { seed: 1, count: 60_000 }, test: { seed: 2, count: 5000 } } as const

/** How many are drawn between two reports of progress. */
const AT_ONCE = 1000

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
  const train = await draw({ ...DIGITS.train, ...(trainSize && { count: trainSize }) }, drawing)
  const test = await draw({ ...DIGITS.test, ...(testSize && { count: testSize }) }, drawing)
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

/** `syntheticDigits`, part by part with one generator, which gives the same images. */
async function draw(
  { seed, count }: { seed: number; count: number },
  { dtype, progress = () => {}, signal }: Drawing,
): Promise<Dataset> {
  const rng = createRng(seed)
  const set = {
    pixels: new Uint8Array(count * 784),
    labels: new Uint8Array(count),
    count,
    height: 28,
    width: 28,
  }
  for (let drawn = 0; drawn < count; drawn += AT_ONCE) {
    progress(`drawing digits: ${Math.floor((100 * drawn) / count)} % of ${count}`)
    const part = syntheticPixels({ count: Math.min(AT_ONCE, count - drawn), rng })
    set.pixels.set(part.pixels, drawn * 784)
    set.labels.set(part.labels, drawn)
    // So that Ctrl-C is heard.
    await new Promise((resolve) => setImmediate(resolve))
    signal?.throwIfAborted()
  }
  return toDataset(set, { dtype })
}

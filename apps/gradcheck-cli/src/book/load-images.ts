import { type Loading, loadData } from '@gosa/cli-kit'
import type { BookData } from './book-case.ts'

/** How many images the book takes. */
const COUNT = 3

export interface BookImages extends BookData {
  /** What they are, for people: `the first 3 images of MNIST`. */
  readonly title: string
}

/** The first images of the set that `--data` names. Throws as `loadData` does. */
export async function loadImages(
  { data, dataDir }: { data: string; dataDir?: string },
  loading: Omit<Loading, 'dtype'>,
): Promise<BookImages> {
  const set = await loadData(
    { data, dataDir, trainSize: COUNT, testSize: 1 },
    { ...loading, dtype: 'float64' },
  )
  const { images, labels } = set.train
  return {
    title: set.generated ? `the first ${COUNT} generated digits` : `the first ${COUNT} images of ${set.name}`,
    images: Float64Array.from(images.data),
    labels: Uint8Array.from(labels),
    inputSize: set.height * set.width,
    classes: set.classes,
  }
}

import { createHash } from 'node:crypto'
import type { NamedData } from '@gosa/cli-kit'

/** Tells sets of images apart by their labels, so that a run goes on with the images that it began with. */
export function dataSha256({ train, test }: Pick<NamedData, 'train' | 'test'>): string {
  const hash = createHash('sha256')
  for (const { labels } of [train, test]) hash.update(`${labels.length}:`).update(labels)
  return hash.digest('hex')
}

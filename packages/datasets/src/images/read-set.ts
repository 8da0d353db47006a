import { assemble, type RawImageDataset } from './assemble.ts'
import type { IdxFile } from './pair.ts'
import type { ImageSource, Role } from './sources.ts'

/** A file, and whether its content was compared with its hash and found right. */
export interface ReadFile extends IdxFile {
  readonly pinned: boolean
}

/** A set from four files that `read` gets. Throws a `DataError` where they do not fit each other, and what `read` throws. */
export async function readSet(
  read: (role: Role) => Promise<ReadFile>,
  source?: ImageSource,
): Promise<RawImageDataset> {
  const roles = ['trainImages', 'trainLabels', 'testImages', 'testLabels'] as const
  const [trainImages, trainLabels, testImages, testLabels] = await Promise.all(roles.map(read))
  const files = { trainImages, trainLabels, testImages, testLabels }
  return assemble(files, Object.values(files).every(({ pinned }) => pinned) ? 'content' : 'structure', source)
}

import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type DataOptions, failure, type LoadDataOptions, type NamedDataset, usageError } from '@gosa/cli-kit'
import { type RawImages, toSamples } from '@gosa/datasets'
import { createRng } from '@gosa/linalg'
import { readPixels } from '../files/picture-pixels.ts'
import { errorTexts } from '../texts/errors.ts'
import { runTexts } from '../texts/run.ts'

/**
 * A folder of PNG pictures as a data set: a subfolder for each class, in the order of their names; or `train` and `test` with
 * such subfolders. Without these a fifth of each class is for testing, drawn at random.
 */

/** Labels are bytes. */
const MAX_CLASSES = 256

/** The share of each class that is for testing, if the folder does not say. */
const TEST_SHARE = 0.2

/** The seed of the split into training and test pictures: the same pictures in every run. */
const SPLIT_SEED = 0

interface PictureFile {
  readonly file: string
  readonly label: number
}

/** Whether a folder has subfolders with PNG pictures, and so is not one of IDX files. */
export async function isPictureFolder(folder: string): Promise<boolean> {
  for (const name of await subfolders(folder)) {
    const path = join(folder, name)
    if ((await pictures(path)).length > 0) return true
    if (name === 'train' && (await subfolders(path)).length > 0) return true
  }
  return false
}

/** Loads a folder of pictures. Throws a `CommandError` that names the file or the folder if something is wrong. */
export async function loadPictureFolder(
  folder: string,
  { trainSize, testSize }: Pick<DataOptions, 'trainSize' | 'testSize'>,
  { dtype, progress = () => {}, signal }: Omit<LoadDataOptions, 'env'>,
): Promise<NamedDataset> {
  const { classes, train, test } = await listPictures(folder)
  const split = { train: first(train, trainSize, '--train-size'), test: first(test, testSize, '--test-size') }
  const size = { height: 0, width: 0, first: '' }
  const read = async (files: readonly PictureFile[], done: number): Promise<RawImages> => {
    let pixels = new Uint8Array(0)
    for (const [i, { file }] of files.entries()) {
      signal?.throwIfAborted()
      const picture = await readPixels(file)
      if (size.first === '') Object.assign(size, { ...picture, first: file })
      if (picture.height !== size.height || picture.width !== size.width) {
        throw failure(
          errorTexts().data.sizes(
            file,
            `${picture.width} × ${picture.height}`,
            size.first,
            `${size.width} × ${size.height}`,
          ),
        )
      }
      const area = size.height * size.width
      if (i === 0) pixels = new Uint8Array(files.length * area)
      pixels.set(picture.grey, i * area)
      if (i % 100 === 0)
        progress(runTexts().progress.pictures(done + i, split.train.length + split.test.length))
    }
    const { height, width } = size
    return { pixels, t: Uint8Array.from(files, ({ label }) => label), count: files.length, height, width }
  }
  const raw = [await read(split.train, 0), await read(split.test, split.train.length)]
  const [trained, tested] = raw.map((images) => toSamples(images, { dtype, compressed: true }))
  const { height, width } = size
  return {
    name: folder,
    generated: false,
    classes: classes.length,
    height,
    width,
    train: trained,
    test: tested,
  }
}

function first(
  files: readonly PictureFile[],
  count: number | undefined,
  flag: string,
): readonly PictureFile[] {
  if (count !== undefined && count > files.length) {
    throw usageError(errorTexts().data.tooFew(flag, count, files.length))
  }
  return files.slice(0, count)
}

/** The pictures of a folder for training and for testing, the classes mixed. */
async function listPictures(
  folder: string,
): Promise<{ classes: readonly string[]; train: PictureFile[]; test: PictureFile[] }> {
  const names = await subfolders(folder)
  const rng = createRng(SPLIT_SEED)
  const mix = <T>(files: readonly T[]): T[] => Array.from(rng.permutation(files.length), (i) => files[i])
  if (
    names.includes('train') &&
    names.includes('test') &&
    (await pictures(join(folder, 'train'))).length === 0
  ) {
    const [train, test] = [join(folder, 'train'), join(folder, 'test')]
    const classes = checkClasses(train, await subfolders(train))
    const other = (await subfolders(test)).find((name) => !classes.includes(name))
    if (other !== undefined) throw failure(errorTexts().data.newClass(join(test, other), train))
    const list = async (parent: string) =>
      mix((await Promise.all(classes.map((name, label) => listClass(join(parent, name), label)))).flat())
    return { classes, train: await list(train), test: await list(test) }
  }
  const classes = checkClasses(folder, names)
  const [train, test]: [PictureFile[], PictureFile[]] = [[], []]
  for (const [label, name] of classes.entries()) {
    const files = mix(await listClass(join(folder, name), label))
    if (files.length < 2) {
      throw failure(errorTexts().data.fewPictures(join(folder, name), files.length))
    }
    const tested = Math.max(1, Math.round(TEST_SHARE * files.length))
    test.push(...files.slice(0, tested))
    train.push(...files.slice(tested))
  }
  return { classes, train: mix(train), test: mix(test) }
}

function checkClasses(folder: string, names: readonly string[]): readonly string[] {
  if (names.length < 2) throw failure(errorTexts().data.fewClasses(folder, names.length))
  if (names.length <= MAX_CLASSES) return names
  throw failure(errorTexts().data.manyClasses(folder, names.length, MAX_CLASSES))
}

const listClass = async (folder: string, label: number): Promise<PictureFile[]> =>
  (await pictures(folder)).map((name) => ({ file: join(folder, name), label }))

/** The names of the PNG files in a folder, sorted; none if there is no such folder. */
const pictures = (folder: string): Promise<string[]> =>
  list(folder, (entry) => !entry.isDirectory() && /\.png$/i.test(entry.name))

/** The names of the subfolders, sorted by UTF-16 code unit; hidden ones are left out. */
const subfolders = (folder: string): Promise<string[]> => list(folder, (entry) => entry.isDirectory())

async function list(folder: string, accepts: (entry: Dirent) => boolean): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => !entry.name.startsWith('.') && accepts(entry))
    .map(({ name }) => name)
    .sort()
}

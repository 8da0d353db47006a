/** The data sets of the MNIST family: their files, sizes, hashes and mirrors. */

/** One of a data set's four files. */
export type FileRole = 'trainImages' | 'trainLabels' | 'testImages' | 'testLabels'

/** A file of a data set. */
export interface SourceFile {
  /** Its name without `.gz`. */
  readonly name: string
  /** Its uncompressed size in bytes. */
  readonly bytes: number
  /** The SHA-256 of its *uncompressed* content in hexadecimal, so that any honest copy is accepted; if it is known. */
  readonly sha256?: string
}

/** A data set of the MNIST family, and where its files are. */
export interface ImageSource {
  /** Its name for people, such as `MNIST`. */
  readonly name: string
  /** Its folder in a cache folder. */
  readonly folder: string
  /** The number of classes. */
  readonly classes: number
  readonly files: Readonly<Record<FileRole, SourceFile>>
  /** URLs of folders with the four compressed files; none if only an archive is offered. */
  readonly mirrors: readonly string[]
  /** The label of the first class; 0 by default. */
  readonly firstLabel?: number
  /** Whether images are stored column by column; false by default. */
  readonly transposed?: boolean
}

const IMAGE_BYTES = 28 * 28

/** The four files of `train` and `test` images, named as MNIST names them, or with EMNIST's prefixes. */
function files(
  train: number,
  test: number,
  [trainPart, testPart]: readonly [string, string] = ['train', 't10k'],
) {
  return {
    trainImages: { name: `${trainPart}-images-idx3-ubyte`, bytes: 16 + train * IMAGE_BYTES },
    trainLabels: { name: `${trainPart}-labels-idx1-ubyte`, bytes: 8 + train },
    testImages: { name: `${testPart}-images-idx3-ubyte`, bytes: 16 + test * IMAGE_BYTES },
    testLabels: { name: `${testPart}-labels-idx1-ubyte`, bytes: 8 + test },
  }
}

const mnist = files(60_000, 10_000)

/** MNIST's file names, which its successors kept. */
export const MNIST_NAMES: Readonly<Record<FileRole, string>> = {
  trainImages: mnist.trainImages.name,
  trainLabels: mnist.trainLabels.name,
  testImages: mnist.testImages.name,
  testLabels: mnist.testLabels.name,
}

/** Handwritten digits, 60,000 and 10,000 (Y. LeCun, C. Cortes, C. Burges). Its content is verified by SHA-256. */
export const MNIST: ImageSource = {
  name: 'MNIST',
  folder: 'mnist',
  classes: 10,
  mirrors: [
    'https://storage.googleapis.com/cvdf-datasets/mnist/',
    'https://ossci-datasets.s3.amazonaws.com/mnist/',
  ],
  files: {
    trainImages: {
      ...mnist.trainImages,
      sha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
    },
    trainLabels: {
      ...mnist.trainLabels,
      sha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
    },
    testImages: {
      ...mnist.testImages,
      sha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
    },
    testLabels: {
      ...mnist.testLabels,
      sha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
    },
  },
}

/** Clothes in ten kinds, 60,000 and 10,000 (H. Xiao, K. Rasul, R. Vollgraf). Structure and sizes are verified. */
export const FASHION_MNIST: ImageSource = {
  name: 'Fashion-MNIST',
  folder: 'fashion-mnist',
  classes: 10,
  mirrors: [
    'https://storage.googleapis.com/tensorflow/tf-keras-datasets/',
    'https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/',
  ],
  files: mnist,
}

/** Ten cursive hiragana, 60,000 and 10,000 (T. Clanuwat and others). Structure and sizes are verified. */
export const KMNIST: ImageSource = {
  name: 'Kuzushiji-MNIST',
  folder: 'kmnist',
  classes: 10,
  mirrors: ['https://codh.rois.ac.jp/kmnist/dataset/kmnist/'],
  files: mnist,
}

/** A part of EMNIST (G. Cohen and others): from a folder, since only one archive is offered. */
const emnist = (part: string, classes: number, train: number, test: number, firstLabel = 0): ImageSource => ({
  name: `EMNIST ${part}`,
  folder: 'emnist',
  classes,
  mirrors: [],
  files: files(train, test, [`emnist-${part}-train`, `emnist-${part}-test`]),
  firstLabel,
  transposed: true,
})

/** Handwritten digits, 240,000 and 40,000; from a folder. */
export const EMNIST_DIGITS = emnist('digits', 10, 240_000, 40_000)

/** Handwritten letters, capital and small in one class, as classes 0 to 25: 124,800 and 20,800; from a folder. */
export const EMNIST_LETTERS = emnist('letters', 26, 124_800, 20_800, 1)

/** Digits and letters, capital and small where their forms differ, equally many of each: 112,800 and 18,800. */
export const EMNIST_BALANCED = emnist('balanced', 47, 112_800, 18_800)

/** Digits, capital and small letters, 697,932 and 116,323; from a folder. */
export const EMNIST_BYCLASS = emnist('byclass', 62, 697_932, 116_323)

/** The images of `byclass`, capital and small letters of the same form in one class; from a folder. */
export const EMNIST_BYMERGE = emnist('bymerge', 47, 697_932, 116_323)

/** Digits in the sizes of MNIST, 60,000 and 10,000; from a folder. */
export const EMNIST_MNIST = emnist('mnist', 10, 60_000, 10_000)

const qmnistFiles = (part: string) => ({
  images: { name: `qmnist-${part}-images-idx3-ubyte`, bytes: 16 + 60_000 * IMAGE_BYTES },
  // Eight integers for each image, of which the first is the class.
  labels: { name: `qmnist-${part}-labels-idx2-int`, bytes: 12 + 60_000 * 8 * 4 },
})

/** MNIST made again from its source, with all 60,000 test images (C. Yadav, L. Bottou). Structure and sizes are verified. */
export const QMNIST: ImageSource = {
  name: 'QMNIST',
  folder: 'qmnist',
  classes: 10,
  mirrors: ['https://raw.githubusercontent.com/facebookresearch/qmnist/master/'],
  files: {
    trainImages: qmnistFiles('train').images,
    trainLabels: qmnistFiles('train').labels,
    testImages: qmnistFiles('test').images,
    testLabels: qmnistFiles('test').labels,
  },
}

/** The data sets whose content is known by its hashes. */
export const KNOWN_SOURCES: readonly ImageSource[] = [MNIST]

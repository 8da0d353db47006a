/** Which of a set's four files. */
export type Role = 'trainImages' | 'trainLabels' | 'testImages' | 'testLabels'

/** What is known of a file. */
export interface SourceFile {
  /** Its name, uncompressed; with `.gz` behind it, compressed. */
  readonly name: string
  /** Its length, uncompressed. */
  readonly bytes: number
  /** The SHA-256 of its *uncompressed* content, so that any honest copy serves; where it is not known, none. */
  readonly sha256?: string
}

/** A set of the MNIST family: what is known of it and where it is. */
export interface ImageSource {
  readonly name: string
  /** Its folder below a cache folder. */
  readonly folder: string
  readonly classes: number
  readonly files: Readonly<Record<Role, SourceFile>>
  /** Addresses of folders with the four files, compressed; none where only archives are offered. */
  readonly mirrors: readonly string[]
  /** The label of the first class, 0 unless said otherwise. */
  readonly firstLabel?: number
  /** Whether images are stored column by column. */
  readonly transposed?: boolean
}

const IMAGE = 28 * 28

/** The four files of so many images, by the names that MNIST gave them; of EMNIST with a prefix. */
function files(
  train: number,
  test: number,
  [trainPart, testPart]: readonly [string, string] = ['train', 't10k'],
) {
  return {
    trainImages: { name: `${trainPart}-images-idx3-ubyte`, bytes: 16 + train * IMAGE },
    trainLabels: { name: `${trainPart}-labels-idx1-ubyte`, bytes: 8 + train },
    testImages: { name: `${testPart}-images-idx3-ubyte`, bytes: 16 + test * IMAGE },
    testLabels: { name: `${testPart}-labels-idx1-ubyte`, bytes: 8 + test },
  }
}

const mnist = files(60_000, 10_000)

/** The names that MNIST gave its files and its successors kept. */
export const MNIST_NAMES: Readonly<Record<Role, string>> = {
  trainImages: mnist.trainImages.name,
  trainLabels: mnist.trainLabels.name,
  testImages: mnist.testImages.name,
  testLabels: mnist.testLabels.name,
}

/** Handwritten digits, 60,000 and 10,000 (Y. LeCun, C. Cortes, C. Burges). The content is pinned. */
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

/** Handwritten digits, 240,000 and 40,000 (G. Cohen and others); from a folder, since it is offered as one archive. */
export const EMNIST_DIGITS: ImageSource = {
  name: 'EMNIST digits',
  folder: 'emnist',
  classes: 10,
  mirrors: [],
  files: files(240_000, 40_000, ['emnist-digits-train', 'emnist-digits-test']),
  transposed: true,
}

/** Handwritten letters A to Z, capital and small alike, as classes 0 to 25: 124,800 and 20,800; from a folder. */
export const EMNIST_LETTERS: ImageSource = {
  name: 'EMNIST letters',
  folder: 'emnist',
  classes: 26,
  mirrors: [],
  files: files(124_800, 20_800, ['emnist-letters-train', 'emnist-letters-test']),
  firstLabel: 1,
  transposed: true,
}

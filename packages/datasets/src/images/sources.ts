/** The four files of a set of the MNIST family, and what is known of them. */
export interface ImageSource {
  readonly name: string
  readonly classes: number
  /** Length and SHA-256 of the *uncompressed* files, by name; of a set whose hashes are not known, none. */
  readonly files: Readonly<Record<IdxFileName, { bytes: number; sha256?: string } | undefined>>
}

/** The names that MNIST gave its files and its successors kept. */
export type IdxFileName = (typeof IDX_FILE_NAMES)[keyof typeof IDX_FILE_NAMES]

export const IDX_FILE_NAMES = {
  trainImages: 'train-images-idx3-ubyte',
  trainLabels: 'train-labels-idx1-ubyte',
  testImages: 't10k-images-idx3-ubyte',
  testLabels: 't10k-labels-idx1-ubyte',
} as const

/** The handwritten digits of Y. LeCun, C. Cortes and C. Burges: 60,000 to train with and 10,000 to test with. */
export const MNIST: ImageSource = {
  name: 'MNIST',
  classes: 10,
  files: {
    'train-images-idx3-ubyte': {
      bytes: 47040016,
      sha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
    },
    'train-labels-idx1-ubyte': {
      bytes: 60008,
      sha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
    },
    't10k-images-idx3-ubyte': {
      bytes: 7840016,
      sha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
    },
    't10k-labels-idx1-ubyte': {
      bytes: 10008,
      sha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
    },
  },
}

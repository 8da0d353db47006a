import type { Tensor } from '@gosa/linalg'

/** An image that a model looks at. */
export interface Subject {
  /** Pixels from 0, blank, to 1: a vector of height × width. */
  readonly image: Tensor
  readonly height: number
  readonly width: number
  /** What people call it: `image 3 of MNIST`, or a file. */
  readonly title: string
  /** Which it is, for programs, and its label where it is known. */
  readonly about: { readonly file: string } | { readonly index: number; readonly label: number }
}

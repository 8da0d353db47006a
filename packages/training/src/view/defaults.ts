/** Default hyperparameters, shared by the options of the trainer and of the playground. */

/** The book's own, sections 4.5 and 5.7. */
export const BOOK_DEFAULTS = {
  hiddenSize: 50,
  weightInitStd: 0.01,
  batchSize: 100,
  iterations: 10_000,
} as const

/** Default number of steps on the generated digits, which vary more than MNIST's and take longer to learn. */
export const DIGITS_ITERATIONS = 20_000

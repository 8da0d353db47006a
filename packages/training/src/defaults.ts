/** The book's own, sections 4.5 and 5.7. */
export const DEFAULTS = { hidden: 50, std: 0.01, batchSize: 100, iterations: 10_000 } as const

/** The generated digits are more varied than MNIST's, and take longer. */
export const DIGITS_ITERATIONS = 20_000

/** How many steps draw as many images as there are: a whole number, so that every epoch has an end. */
export const stepsPerEpoch = (images: number, batchSize: number): number => Math.ceil(images / batchSize)

/**
 * The generated digits that the apps train and test with, as many as MNIST's to train. Each part has a seed of its own, so
 * that no image is in both; fixed, so that runs of other seeds work on the same images.
 */
export const SYNTHETIC_SPLITS = {
  train: { count: 60_000, seed: 1 },
  test: { count: 5000, seed: 2 },
} as const

import { loadImages } from '../session/run-data.ts'

/** Loads images, but the same ones only once. */
export function loadOnce(): typeof loadImages {
  let latest: { key: string; data: ReturnType<typeof loadImages> } | undefined
  return ({ data, dataDir, trainSize, testSize }, loading) => {
    const options = { data, dataDir, trainSize, testSize }
    const key = JSON.stringify({ ...options, dtype: loading.dtype })
    if (latest?.key !== key) latest = { key, data: loadImages(options, loading) }
    return latest.data
  }
}

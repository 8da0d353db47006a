import { loadData } from '@gosa/cli-kit'

/** Loads images, but the same ones only once. */
export function loadOnce(): typeof loadData {
  let latest: { key: string; data: ReturnType<typeof loadData> } | undefined
  return ({ data, dataDir, trainSize, testSize }, loading) => {
    const options = { data, dataDir, trainSize, testSize }
    const key = JSON.stringify({ ...options, dtype: loading.dtype })
    if (latest?.key !== key) latest = { key, data: loadData(options, loading) }
    return latest.data
  }
}

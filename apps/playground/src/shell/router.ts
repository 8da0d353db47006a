/** Reads and writes the part of the address after `#`: which page is open, and its state. */

export interface Address {
  readonly page: string
  readonly params: Readonly<Record<string, string>>
}

/** `#train?hidden=50` → the page `train` with the parameter `hidden`. Unknown pages and parameters are kept. */
export function parseAddress(hash: string): Address {
  const [page, query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s)
  return { page, params: Object.fromEntries(new URLSearchParams(query)) }
}

/** The inverse of `parseAddress`; parameters that are undefined or empty are left out. */
export function formatAddress(
  page: string,
  params: Readonly<Record<string, string | undefined>> = {},
): string {
  const given = Object.entries(params).filter((entry): entry is [string, string] => Boolean(entry[1]))
  const query = new URLSearchParams(given).toString()
  return `#${page}${query && `?${query}`}`
}

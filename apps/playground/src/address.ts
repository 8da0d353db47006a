/** What an address says behind its `#`: which page, and what state it is in. */
export interface Address {
  readonly page: string
  readonly params: Readonly<Record<string, string>>
}

/** `#train?hidden=50` → the page `train` with `hidden` 50. Whatever else stands there is passed on as it is. */
export function parseAddress(hash: string): Address {
  const [page, query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s)
  return { page, params: Object.fromEntries(new URLSearchParams(query)) }
}

/** The reverse; what is undefined or empty is left out. */
export function formatAddress(
  page: string,
  params: Readonly<Record<string, string | undefined>> = {},
): string {
  const said = Object.entries(params).filter((entry): entry is [string, string] => Boolean(entry[1]))
  const query = new URLSearchParams(said).toString()
  return `#${page}${query && `?${query}`}`
}

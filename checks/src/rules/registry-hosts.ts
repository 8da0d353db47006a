/** Hosts and credentials of package registries, and the URLs that a lockfile must not hold. */
const registry =
  /https?:\/\/[^\s/'"]*(registry|npmmirror|verdaccio|artifactory|nexus|jfrog)[^\s'"]*|_auth[T]oken/gi

/** What a file says about where packages come from: that is a machine's business. Lockfiles hold no URL at all. */
export function registryHosts(path: string, text: string): string[] {
  const found = /(^|\/)(pnpm-lock\.yaml|package-lock\.json)$/.test(path)
    ? /https?:\/\/\S+|tarball:/g
    : registry
  return (text.match(found) ?? []).map((match) => `${path}: ${match}`)
}

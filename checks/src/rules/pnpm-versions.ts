/** Versions of pnpm that a text tells people to run, but for the one that the repository pins. */
export const pnpmVersions = (path: string, text: string, pinned: string): string[] =>
  [...text.matchAll(/\bpnpm@(\d[\w.-]*)/g)]
    .filter(([, version]) => version !== pinned)
    .map(([named]) => `${path}: ${named}`)

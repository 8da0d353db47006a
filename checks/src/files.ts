import { readdirSync } from 'node:fs'

const made = new Set(['node_modules', 'dist', '.git', '.turbo', '.vitest', 'gosa-runs'])

/** The files below a folder that people wrote, `/`-separated and relative to it: nothing installed or made. */
export function filesBelow(folder: string, prefix = ''): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${prefix}${entry.name}`
    if (made.has(entry.name) || /\.(tgz|log)$|\.generated\.ts$/.test(entry.name)) return []
    return entry.isDirectory() ? filesBelow(`${folder}/${entry.name}`, `${path}/`) : [path]
  })
}

import { posix, win32 } from 'node:path'

/** What the cache folder depends on; `{ env: process.env, platform: process.platform, home: os.homedir() }`. */
export interface PlatformInfo {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: string
  readonly home: string
}

/**
 * Gosa's folder among the user's caches, where each system keeps them. A pure function: what it depends on is passed in.
 *
 * Source: the XDG base directory specification; Apple's and Microsoft's guides to their file systems.
 */
export function defaultCacheDir({ env, platform, home }: PlatformInfo): string {
  if (platform === 'win32')
    return win32.join(env.LOCALAPPDATA || win32.join(home, 'AppData', 'Local'), 'gosa', 'cache')
  if (platform === 'darwin') return posix.join(home, 'Library', 'Caches', 'gosa')
  return posix.join(env.XDG_CACHE_HOME || posix.join(home, '.cache'), 'gosa')
}

import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Environment } from '../paint.ts'

/**
 * Gosa's folder among the user's caches, where each system keeps them.
 *
 * Source: the XDG base directory specification; Apple's and Microsoft's guides to their file systems.
 */
export function cacheFolder(env: Environment, platform: string = process.platform, home = homedir()): string {
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'gosa', 'cache')
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'gosa')
  return join(env.XDG_CACHE_HOME || join(home, '.cache'), 'gosa')
}

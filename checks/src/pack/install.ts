import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { environment } from '../../../scripts/environment.mjs'
import { needs } from './outside.ts'
import type { Packed } from './pack-all.ts'

/** Installs a package from its tarball in an empty folder, as a user of npm would, but without a network. */
export function install(packed: Packed, all: Packed[], folder: string): string {
  const wanted = new Map([...needs(packed, all), [packed.manifest.name, packed.tarball]])
  const dependencies = Object.fromEntries([...wanted].map(([name, place]) => [name, `file:${place}`]))
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'consumer', private: true, dependencies }),
  )
  const words = [
    'install',
    '--offline',
    '--install-links',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--silent',
  ]
  // On Windows npm is a batch file, which only a shell starts.
  execFileSync('npm', words, { cwd: folder, env: environment(), shell: process.platform === 'win32' })
  return folder
}

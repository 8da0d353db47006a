import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkPackage, Package } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import type { Manifest } from '../repository.ts'
import { contents } from './tarballs.ts'

/** The messages of publint about an unpacked tarball, suggestions included. */
export async function publintFaults(unpacked: string): Promise<string[]> {
  const { messages, pkg } = await publint({ pkgDir: unpacked, pack: false, strict: true })
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`)
}

/**
 * The problems that "are the types wrong" finds in an unpacked tarball.
 *
 * TypeScript's old resolution `node10` is ignored for subpaths: it does not know exports maps.
 */
export async function typesFaults(unpacked: string, { name, version = '' }: Manifest): Promise<string[]> {
  const files = contents(unpacked).map((path) => [
    `/node_modules/${name}/${path}`,
    readFileSync(join(unpacked, path), 'utf8'),
  ])
  const result = await checkPackage(new Package(Object.fromEntries(files), name, version))
  if (!result.types) return ['attw: no types']
  return result.problems
    .filter(
      (problem) =>
        !('entrypoint' in problem && problem.entrypoint !== '.' && problem.resolutionKind === 'node10'),
    )
    .map((problem) => `attw: ${JSON.stringify(problem)}`)
}

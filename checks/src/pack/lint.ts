import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkPackage, Package } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import type { Manifest } from '../workspace.ts'
import { contents } from './contents.ts'

/** What publint says of an unpacked tarball; its suggestions count. */
export async function publintFaults(unpacked: string): Promise<string[]> {
  const { messages, pkg } = await publint({ pkgDir: unpacked, pack: false, strict: true })
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`)
}

/**
 * What "are the types wrong" says of an unpacked tarball.
 *
 * Left out is TypeScript's old resolution `node10` on subpaths: it knows no exports maps, and so none of them.
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

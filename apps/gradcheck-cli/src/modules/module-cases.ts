import { basename } from 'node:path'
import { createRng } from '@gosa/linalg'
import type { Case } from '../cases/case.ts'
import { findCases } from './find-cases.ts'
import { loadModule } from './load-module.ts'

const known = new Map<string, Promise<Case[]>>()

/** The cases of a module, which is loaded once in a thread. Throws what it throws. */
export function moduleCases(file: string, seed: number, ownFolder: string): Promise<Case[]> {
  const cases = known.get(file) ?? load(file, seed, ownFolder)
  known.set(file, cases)
  return cases
}

const load = async (file: string, seed: number, ownFolder: string): Promise<Case[]> =>
  findCases(await loadModule(file, ownFolder), createRng(seed), basename(file))

/** Finding the MPI library that fits the launcher. */
import { type Abi, abiOf, libraryVersion, shortVersion } from './abi.ts'
import { type MpiLibrary, openLibrary } from './foreign.ts'
import type { Launch } from './launcher.ts'

/** File names by platform, in the order in which they are tried; others are those of Linux and the BSDs. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  darwin: [
    'libmpi.dylib',
    '/opt/homebrew/lib/libmpi.dylib',
    '/usr/local/lib/libmpi.dylib',
    '/opt/local/lib/libmpi.dylib',
  ],
  win32: ['msmpi.dll', 'impi.dll'],
  others: ['libmpi.so.40', 'libmpich.so.12', 'libmpi.so.12', 'libmpi_abi.so.0', 'libmpi_abi.so', 'libmpi.so'],
}

/** An MPI library and how it is called. */
export interface FoundLibrary {
  readonly library: MpiLibrary
  readonly abi: Abi
  /** Such as `Open MPI 4.1.4`. */
  readonly version: string
}

/**
 * Finds the library: the given file, or the first of the platform's usual names whose family is that of the launcher.
 *
 * Throws an `Error` that names what was tried.
 */
export function findLibrary(
  { family }: Launch,
  file: string | undefined,
  platform: string,
  open = openLibrary,
): FoundLibrary {
  const faults: string[] = []
  for (const name of file === undefined ? (FILES[platform] ?? FILES.others) : [file]) {
    const library = open(name)
    const abi = library && abiOf(library)
    if (!library) faults.push(`${name} cannot be loaded`)
    else if (!abi) faults.push(`${name} is no MPI library that is known here`)
    // A library of the standard interface may belong to any launcher; the number of processes is compared later.
    else if (file === undefined && family && abi.name !== 'MPI 5' && abi.name !== family)
      faults.push(`${name} is ${abi.name}`)
    else return { library, abi, version: shortVersion(libraryVersion(library)) }
  }
  throw new Error(
    `connect: ${family ? `mpiexec of ${family}` : 'a launcher'} started this program, but no MPI library for it was found ` +
      `(${faults.join('; ')}). Debian, Ubuntu: apt install libopenmpi3, or libmpich12; a library elsewhere is given by its path: ` +
      'connect({ library })',
  )
}

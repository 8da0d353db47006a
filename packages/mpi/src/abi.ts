/** What differs between the binary interfaces of MPI libraries: how handles are passed, and which values they have. */
import type { MpiLibrary } from './foreign.ts'

/** The binary interfaces: MPICH and its family (Intel MPI, MVAPICH, Microsoft MPI), Open MPI, and the standard of MPI 5. */
export type AbiName = 'MPICH' | 'Open MPI' | 'MPI 5'

/** The handles that this package needs, in one binary interface. */
export interface Abi {
  readonly name: AbiName
  /** The type of a handle in C. */
  readonly handle: 'int' | 'intptr_t'
  /** The handles of `MPI_COMM_WORLD` and `MPI_BYTE`. */
  handles(library: MpiLibrary): { readonly world: number | bigint; readonly byte: number | bigint }
}

/**
 * Sources: `mpi.h` of MPICH 4.0 (handles are numbers), of Open MPI 4.1 (handles are addresses of variables of the library), and
 * `mpi.h` of github.com/mpi-forum/mpi-abi-stubs (handles are small numbers in a pointer).
 */
const ABIS: Readonly<Record<AbiName, Abi>> = {
  MPICH: { name: 'MPICH', handle: 'int', handles: () => ({ world: 0x44000000, byte: 0x4c00010d }) },
  'Open MPI': {
    name: 'Open MPI',
    handle: 'intptr_t',
    handles: (library) => ({
      world: library.addressOf('ompi_mpi_comm_world'),
      byte: library.addressOf('ompi_mpi_byte'),
    }),
  },
  'MPI 5': { name: 'MPI 5', handle: 'intptr_t', handles: () => ({ world: 0x101, byte: 0x247 }) },
}

/**
 * Returns the binary interface of a library: that of the standard if the library says that it has it, else by the name that it
 * gives itself (which needs neither handles nor `MPI_Init`); `undefined` for an unknown one.
 */
export function abiOf(library: MpiLibrary): Abi | undefined {
  if (standardVersion(library) >= 1) return ABIS['MPI 5']
  const version = libraryVersion(library)
  if (/^Open MPI/.test(version)) return ABIS['Open MPI']
  if (/^(MPICH|Intel\(R\) MPI|MVAPICH|Microsoft MPI)/.test(version)) return ABIS.MPICH
  return undefined
}

/** Returns what a library says of itself: `Open MPI v4.1.4, package: …`, `MPICH Version: 4.0.2 …`. */
export function libraryVersion(library: MpiLibrary): string {
  // MPI_MAX_LIBRARY_VERSION_STRING is 256 in Open MPI, 8192 in MPICH and in the standard.
  const text = new Uint8Array(8192)
  const length = new Int32Array(1)
  library.find('int MPI_Get_library_version(void *version, void *length)')?.(text, length)
  return String.fromCharCode(...text.subarray(0, length[0]))
    .split('\0')[0]
    .trim()
}

/** Returns name and version alone: `Open MPI 4.1.4`, `MPICH 4.0.2`. */
export function shortVersion(version: string): string {
  const [, name, number] = /^([A-Za-z()\s]*?)\s*(?:Library|Version:)?[\sv]*(\d[\w.]*)/.exec(version) ?? []
  return name ? `${name} ${number}` : version.split('\n')[0]
}

/** The major version of the standard binary interface; 0 or less if the library has another one. */
function standardVersion(library: MpiLibrary): number {
  const [major, minor] = [new Int32Array(1), new Int32Array(1)]
  library.find('int MPI_Abi_get_version(void *major, void *minor)')?.(major, minor)
  return major[0]
}

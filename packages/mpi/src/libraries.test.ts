import { describe, expect, it } from 'vitest'
import { type AbiName, abiOf, libraryVersion, shortVersion } from './abi.ts'
import type { MpiLibrary } from './foreign.ts'
import { findLaunch } from './launcher.ts'
import { findLibrary } from './libraries.ts'

/** A library that says the given version of itself, and of its standard interface, if it has one. */
const library = (version: string, standard?: number): MpiLibrary => ({
  file: 'libmpi.so',
  find(prototype) {
    if (prototype.includes('MPI_Get_library_version')) {
      return (text, length) => {
        const bytes = new TextEncoder().encode(`${version}\0`)
        ;(text as Uint8Array).set(bytes)
        ;(length as Int32Array)[0] = bytes.length
      }
    }
    if (!prototype.includes('MPI_Abi_get_version') || standard === undefined) return undefined
    return (major) => {
      ;(major as Int32Array)[0] = standard
    }
  },
  addressOf: (variable) => BigInt(variable.length),
})

const OPEN_MPI = 'Open MPI v4.1.4, package: Debian OpenMPI, ident: 4.1.4, repo rev: v4.1.4, May 26, 2022'
const MPICH = 'MPICH Version:\t4.0.2\nMPICH Release date:\tThu Apr  7 12:34:45 CDT 2022'

describe('abiOf', () => {
  it.each([
    ['Open MPI', OPEN_MPI, undefined],
    // Open MPI 6 has the function, and says -1 in its native library.
    ['Open MPI', 'Open MPI v6.0.0', -1],
    ['MPICH', MPICH, undefined],
    ['MPICH', 'Intel(R) MPI Library 2021.11 for Linux* OS', undefined],
    ['MPICH', 'MVAPICH Version:\t3.0', undefined],
    ['MPICH', 'Microsoft MPI 10.1.12498.52', undefined],
    ['MPI 5', 'MPICH Version:\t5.0.0', 1],
  ])('is that of %s for "%s"', (name, version, standard) => {
    const abi = abiOf(library(version, standard))
    expect(abi?.name).toBe(name)
    expect(abi?.handles(library(version))).toEqual(
      {
        MPICH: { world: 0x44000000, byte: 0x4c00010d },
        'MPI 5': { world: 0x101, byte: 0x247 },
        // The addresses of two variables.
        'Open MPI': { world: 19n, byte: 13n },
      }[name],
    )
  })

  it('is unknown for another library', () => expect(abiOf(library('LAM 7.1'))).toBeUndefined())
})

describe('shortVersion', () => {
  it.each([
    [OPEN_MPI, 'Open MPI 4.1.4'],
    [MPICH, 'MPICH 4.0.2'],
    ['Intel(R) MPI Library 2021.11 for Linux* OS', 'Intel(R) MPI 2021.11'],
    ['LAM', 'LAM'],
  ])('shortens "%s" to %s', (version, short) => {
    expect(shortVersion(libraryVersion(library(version)))).toBe(short)
  })
})

describe('findLaunch', () => {
  it('asks mpiexec before Slurm, and finds none in an ordinary environment', () => {
    expect(findLaunch({ OMPI_COMM_WORLD_SIZE: '4', SLURM_STEP_NUM_TASKS: '2' })).toEqual({
      size: 4,
      family: 'Open MPI',
    })
    expect(findLaunch({ PMI_SIZE: '3', PMI_RANK: '0' })).toEqual({ size: 3, family: 'MPICH' })
    expect(findLaunch({ SLURM_STEP_NUM_TASKS: '2' })).toEqual({ size: 2, family: undefined })
    expect(findLaunch({ PATH: '/bin', PMI_SIZE: '' })).toBeUndefined()
  })
})

describe('findLibrary', () => {
  it('takes the first library of the family of the launcher, or of the standard interface, which any may have', () => {
    const installed: Record<string, MpiLibrary> = {
      'libmpi.so.40': library(OPEN_MPI),
      'libmpich.so.12': library('LAM 7.1'),
      'libmpi.so.12': library(MPICH),
      'libmpi_abi.so.0': library('MPICH Version:\t5.0.0', 1),
    }
    const find = (family?: AbiName, without: readonly string[] = []) =>
      findLibrary({ size: 2, family }, undefined, 'linux', (file) =>
        without.includes(file) ? undefined : installed[file],
      ).version
    expect(find('Open MPI')).toBe('Open MPI 4.1.4')
    expect(find('MPICH')).toBe('MPICH 4.0.2')
    expect(find()).toBe('Open MPI 4.1.4')
    expect(find('MPICH', ['libmpi.so.12'])).toBe('MPICH 5.0.0')
    expect(() => find('MPICH', ['libmpi.so.12', 'libmpi_abi.so.0'])).toThrow(
      'libmpi.so.40 is Open MPI; libmpich.so.12 is no MPI library that is known here; libmpi.so.12 cannot be loaded',
    )
    // One that is asked for is taken as it is.
    expect(findLibrary({ size: 2, family: 'MPICH' }, 'x.so', 'linux', () => library(OPEN_MPI)).version).toBe(
      'Open MPI 4.1.4',
    )
  })

  it('names what it tried and what to install, for each platform', () => {
    expect(() => findLibrary({ size: 2, family: 'MPICH' }, undefined, 'win32')).toThrow(
      /^connect: mpiexec of MPICH started this program, but no MPI library for it was found \(msmpi\.dll cannot be loaded; impi\.dll .+connect\(\{ library \}\)$/,
    )
    expect(() => findLibrary({ size: 2 }, 'libnothing.so', 'linux')).toThrow(
      'connect: a launcher started this program, but no MPI library for it was found (libnothing.so cannot be loaded)',
    )
  })
})

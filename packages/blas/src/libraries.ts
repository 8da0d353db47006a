/** Which BLAS libraries there are, how each tells its version, and how it is told the number of threads. */
import { type NativeFunction, type NativeLibrary, openLibrary } from './foreign.ts'

/** The two functions that matrix products need, with what identifies the library. */
export interface Blas {
  /** `OpenBLAS`, `BLIS`, `MKL`, `Accelerate`, or `BLAS` for a library of another name. */
  readonly name: string
  /** As the library tells it; empty if it does not. */
  readonly version: string
  /** The file that was loaded. */
  readonly library: string
  readonly sgemm: NativeFunction
  readonly dgemm: NativeFunction
  /** Sets the number of threads of the products; undefined if the library has no function for it. */
  readonly setThreads: ((threads: number) => void) | undefined
}

interface Kind {
  readonly name: string
  /** Returns the version, or `undefined` if the library is of another kind. */
  version(library: NativeLibrary, file: string): string | undefined
  /** The prototype in C of the function that sets the number of threads. */
  readonly threads?: string
}

const KINDS: readonly Kind[] = [
  {
    name: 'OpenBLAS',
    // Such as "OpenBLAS 0.3.21 DYNAMIC_ARCH Zen MAX_THREADS=64".
    version: (library) =>
      /OpenBLAS\s+(\S+)/.exec(text(library, 'const char *openblas_get_config(void)'))?.[1],
    threads: 'void openblas_set_num_threads(int threads)',
  },
  {
    name: 'BLIS',
    version: (library) => text(library, 'const char *bli_info_get_version_str(void)') || undefined,
    threads: 'void bli_thread_set_num_threads(int64_t threads)',
  },
  {
    name: 'MKL',
    version: (library) => mklVersion(library),
    threads: 'void MKL_Set_Num_Threads(int threads)',
  },
  { name: 'Accelerate', version: (_, file) => (/Accelerate/.test(file) ? '' : undefined) },
]

/** File names by platform, in the order in which they are tried; others are those of Linux and the BSDs. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  darwin: [
    '/System/Library/Frameworks/Accelerate.framework/Accelerate',
    'libopenblas.dylib',
    '/opt/homebrew/opt/openblas/lib/libopenblas.dylib',
    '/usr/local/opt/openblas/lib/libopenblas.dylib',
    'libblis.dylib',
    'libmkl_rt.dylib',
  ],
  win32: ['libopenblas.dll', 'openblas.dll', 'mkl_rt.3.dll', 'mkl_rt.2.dll', 'mkl_rt.dll', 'libblis.dll'],
  others: [
    'libopenblas.so.0',
    'libopenblas.so',
    'libmkl_rt.so.3',
    'libmkl_rt.so.2',
    'libmkl_rt.so',
    'libblis.so.4',
    'libblis.so.3',
    'libblis.so',
  ],
}

const INSTALL: Readonly<Record<string, string>> = {
  darwin: 'macOS has Accelerate from version 13.3 on; or: brew install openblas',
  win32: 'download OpenBLAS (github.com/OpenMathLib/OpenBLAS/releases), and put libopenblas.dll on the PATH',
  others: 'Debian, Ubuntu: apt install libopenblas0; Fedora: dnf install openblas; Alpine: apk add openblas',
}

/** Returns the names of the libraries that are tried on a platform. */
export const usualFiles = (platform: string): readonly string[] => FILES[platform] ?? FILES.others

/**
 * Finds a BLAS: the given file, or the first of the platform's usual names that can be loaded and has the functions of CBLAS.
 *
 * Throws an `Error` that names what was tried and what to install.
 */
export function findBlas(file: string | undefined, platform: string): Blas {
  const files = file === undefined ? usualFiles(platform) : [file]
  const faults: string[] = []
  for (const name of files) {
    const library = openLibrary(name)
    const found = library ? asBlas(library, name) : 'cannot be loaded'
    if (typeof found !== 'string') return found
    faults.push(`${name} ${found}`)
  }
  throw new Error(
    `useBlas: no BLAS library was found (${faults.join('; ')}). To install one: ${INSTALL[platform] ?? INSTALL.others}. ` +
      'A library elsewhere is given by its path: useBlas({ library })',
  )
}

/** Returns the library as a BLAS, or says what it lacks. */
export function asBlas(library: NativeLibrary, file: string): Blas | string {
  const sgemm = library.find(gemm('sgemm', 'float'))
  const dgemm = library.find(gemm('dgemm', 'double'))
  if (!sgemm || !dgemm) return 'lacks cblas_sgemm or cblas_dgemm with 32-bit sizes'
  for (const { name, version, threads } of KINDS) {
    const told = version(library, file)
    if (told === undefined) continue
    const setThreads = threads === undefined ? undefined : library.find(threads)
    return { name, version: told, library: file, sgemm, dgemm, setThreads }
  }
  return { name: 'BLAS', version: '', library: file, sgemm, dgemm, setThreads: undefined }
}

/** The prototype of `C = α·op(A)·op(B) + β·C` in CBLAS. */
const gemm = (name: string, real: string) =>
  `void cblas_${name}(int order, int transA, int transB, int m, int n, int k, ` +
  `${real} alpha, void *a, int lda, void *b, int ldb, ${real} beta, void *c, int ldc)`

function text(library: NativeLibrary, prototype: string): string {
  return String(library.find(prototype)?.() ?? '')
}

function mklVersion(library: NativeLibrary): string | undefined {
  const tell = library.find('void MKL_Get_Version_String(void *buffer, int length)')
  if (!tell) return undefined
  const buffer = new Uint8Array(198)
  tell(buffer, buffer.length)
  return /Version\s+(\S+)/.exec(String.fromCharCode(...buffer))?.[1] ?? ''
}

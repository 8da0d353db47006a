/** `connect`: the processes that `mpiexec` started, as a group. */
import { writeSync } from 'node:fs'
import process from 'node:process'
import { inspect } from 'node:util'
import { checkOptions } from '@gosa/linalg/options'
import { type Environment, findLaunch } from './launcher.ts'
import type { FoundLibrary } from './libraries.ts'
import { findLibrary } from './libraries.ts'

/** Arrays that can be sent. */
export type NumberArray = Uint8Array | Int32Array | Float32Array | Float64Array

/** A group of processes that run the same program. Each call but `abort` waits until all of them make it. */
export interface Group {
  /** The number of this process, from 0 to `size` − 1. */
  readonly rank: number
  readonly size: number
  /** The MPI library, such as `Open MPI 4.1.4`; empty for a process that runs alone. */
  readonly library: string
  /** Returns the arrays of all processes, one after the other by rank. All must have the same length, and `out` room for all. */
  allGather<A extends NumberArray>(values: A, out?: A): A
  /** Overwrites `values` with those of the process `root`, by default the first. */
  broadcast(values: NumberArray, root?: number): void
  /** Waits until all processes have come here. */
  barrier(): void
  /** Ends all processes at once, with this exit code. */
  abort(code?: number): never
  /** Leaves the group; no other call may follow. The program runs on. */
  close(): void
}

export interface ConnectOptions {
  /** File name or path of the MPI library; by default the usual one of the launcher's family. */
  library?: string
  /** Where the launcher's announcements are read; `process.env` by default. */
  environment?: Environment
}

/** MPI can be initialized once in a process. */
let connected: Group | undefined

/**
 * Joins the processes that `mpiexec` started; without a launcher it returns a group of one, and loads nothing.
 *
 *     const group = connect()
 *     const all = group.allGather(Float64Array.of(group.rank)) // 0, 1, … for each process
 *     group.close()
 *
 * A process that ends with an error, or without `close`, ends all the others: none waits for ever. Calling `connect` again
 * returns the same group. It must be called by the main thread.
 *
 * Throws an `Error` if there is no MPI library that fits the launcher.
 */
export function connect(options: ConnectOptions = {}): Group {
  checkOptions('connect', options, ['library', 'environment'])
  const { library, environment = process.env } = options
  if (connected) return connected
  const launch = findLaunch(environment)
  connected = launch ? join(findLibrary(launch, library, process.platform), launch.size) : alone
  return connected
}

/** How long an error message may take to reach the launcher's terminal. */
const MILLISECONDS_TO_FORWARD = 300

const sleep = (milliseconds: number) =>
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)

/** The largest number of bytes that a count of type `int` can hold. */
const MAX_BYTES = 2 ** 31 - 1

/** The group of a process that runs alone. */
const alone: Group = {
  rank: 0,
  size: 1,
  library: '',
  allGather(values, out) {
    const all = gatheredArray(values, out, 1)
    all.set(values)
    return all
  },
  broadcast: () => undefined,
  barrier: () => undefined,
  abort: (code = 1) => process.exit(code),
  close: () => undefined,
}

/** Initializes MPI, and returns its `MPI_COMM_WORLD` as a group. */
function join({ library, abi, version }: FoundLibrary, announced: number): Group {
  const { world, byte } = abi.handles(library)
  const call = (name: string, parameters: string) => {
    const f = library.find(`int ${name}(${parameters.replaceAll('handle', abi.handle)})`)
    if (!f) throw new Error(`connect: ${library.file} has no function ${name}`)
    return f
  }
  const rankOf = call('MPI_Comm_rank', 'handle comm, void *rank')
  const sizeOf = call('MPI_Comm_size', 'handle comm, void *size')
  const gather = call(
    'MPI_Allgather',
    'void *send, int count, handle type, void *receive, int countOfEach, handle sameType, handle comm',
  )
  const send = call('MPI_Bcast', 'void *buffer, int count, handle type, int root, handle comm')
  const wait = call('MPI_Barrier', 'handle comm')
  const end = call('MPI_Abort', 'handle comm, int code')
  const finalize = call('MPI_Finalize', 'void')

  call('MPI_Init', 'void *argc, void *argv')(null, null)
  const [rank, size] = [rankOf, sizeOf].map((ask) => {
    const answer = new Int32Array(1)
    ask(world, answer)
    return answer[0]
  })
  let open = true
  const inOrder = (name: string) => {
    if (!open) throw new Error(`${name}: this group is closed`)
  }
  const close = () => {
    if (!open) return
    open = false
    finalize()
  }
  // Others would wait for ever for a process that ended. Node would print an error only after the exit.
  process.on('uncaughtExceptionMonitor', (error) => writeSync(2, `${inspect(error)}\n`))
  process.on('exit', (code) => {
    if (!open) return
    writeSync(2, `process ${rank} of ${size} ended without close(), so that all end\n`)
    // Launchers drop what they have not forwarded when a job is aborted.
    sleep(MILLISECONDS_TO_FORWARD)
    end(world, code || 1)
  })
  if (size !== announced) {
    throw new Error(
      `connect: the launcher started ${announced} processes, but ${version} (${library.file}) sees ${size}: ` +
        'mpiexec and library must be of the same MPI',
    )
  }
  return {
    rank,
    size,
    library: version,
    allGather(values, out) {
      inOrder('allGather')
      const all = gatheredArray(values, out, size)
      const bytes = sendable('allGather', values)
      gather(values, bytes, byte, all, bytes, byte, world)
      return all
    },
    broadcast(values, root = 0) {
      inOrder('broadcast')
      if (!Number.isInteger(root) || root < 0 || root >= size) {
        throw new RangeError(`broadcast: root must be a rank from 0 to ${size - 1}, not ${root}`)
      }
      send(values, sendable('broadcast', values), byte, root, world)
    },
    barrier() {
      inOrder('barrier')
      wait(world)
    },
    abort(code = 1) {
      end(world, code)
      return process.exit(code)
    },
    close,
  }
}

/** Returns `out`, or a new array, for the arrays of all processes. */
function gatheredArray<A extends NumberArray>(values: A, out: A | undefined, size: number): A {
  const length = values.length * size
  if (out === undefined) return new (values.constructor as new (length: number) => A)(length)
  if (out.constructor === values.constructor && out.length === length) return out
  throw new RangeError(
    `allGather: out must be a ${values.constructor.name} of ${length} elements, not a ${out.constructor.name} of ${out.length}`,
  )
}

/** Returns the size in bytes. Throws a `RangeError` if it does not fit into a C int. */
function sendable(caller: string, values: NumberArray): number {
  if (values.byteLength <= MAX_BYTES) return values.byteLength
  throw new RangeError(
    `${caller}: an array of ${values.byteLength} bytes is too large; at most 2³¹ − 1 bytes can be sent`,
  )
}

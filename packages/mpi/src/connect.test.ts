import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from './index.ts'
import { bundle, launchers, mpiexec, type Program } from './mpiexec.testing.ts'

describe('connect, without a launcher', () => {
  const group = connect({ environment: {} })

  it('returns a group of one, which gathers and sends to itself', () => {
    expect(group).toMatchObject({ rank: 0, size: 1, library: '' })
    expect(group.allGather(Float32Array.of(1, 2))).toEqual(Float32Array.of(1, 2))
    const out = new Int32Array(1)
    expect(group.allGather(Int32Array.of(7), out)).toBe(out)
    expect(out).toEqual(Int32Array.of(7))
    group.broadcast(new Float64Array(3))
    group.barrier()
    group.close()
  })

  it('returns the same group again', () => expect(connect({ environment: {} })).toBe(group))

  it('throws for an out of another type or length, and for options that do not exist', () => {
    expect(() => group.allGather(Float32Array.of(1, 2), new Float32Array(3))).toThrow(
      'allGather: out must be a Float32Array of 2 elements, not a Float32Array of 3',
    )
    expect(() => connect({ libary: 'libmpi.so' } as never)).toThrow(
      'connect: there is no option libary; did you mean library?',
    )
  })
})

describe.each(launchers)('connect, under $name', (launcher) => {
  let program: Program
  beforeAll(async () => {
    program = await bundle(`
      import { connect } from './index.ts'
      const task = process.argv[2]
      const group = connect(task === 'library' ? { library: process.argv[3] } : {})
      const { rank, size } = group
      const tasks = {
        all() {
          const numbers = group.allGather(Float64Array.of(rank, rank / 4))
          const shared = Float32Array.of(rank, 1)
          group.broadcast(shared, size - 1)
          group.barrier()
          console.log([rank, size, ...numbers, ...shared, group.library.replace(/[\\d.]+$/, '#')].join(' '))
          group.close()
          try { group.barrier() } catch (error) { console.log(rank + ' ' + error.message) }
        },
        throw() {
          if (rank === 1) throw new Error('a bug in process 1')
          group.barrier()
        },
        leave() {
          if (rank === 0) group.barrier()
        },
        kill() {
          group.barrier()
          if (rank === 1) process.kill(process.pid, 'SIGKILL')
          group.barrier()
        },
        abort() {
          if (rank === 1) group.abort(7)
          group.barrier()
        },
        root() {
          try { group.broadcast(Float32Array.of(1), 2) } catch (error) { console.log(error.message) }
          group.close()
        },
      }
      tasks[task]?.()
    `)
  })
  afterAll(() => program.remove())

  it('gathers by rank, sends from any process, and is closed once', async () => {
    const { code, lines, errors } = await mpiexec(launcher, 3, program, ['all'])
    expect(lines, errors).toEqual(
      [0, 1, 2].flatMap((rank) => [
        `${rank} 3 0 0 1 0.25 2 0.5 2 1 ${launcher.name} #`,
        `${rank} barrier: this group is closed`,
      ]),
    )
    expect(code).toBe(0)
  })

  it.each([
    ['throws', 'throw', /a bug in process 1[\s\S]*process 1 of 2 ended without close\(\), so that all end/],
    ['returns without close', 'leave', /process 1 of 2 ended without close\(\), so that all end/],
    // What is printed then is the launcher's.
    ['is killed', 'kill', /(?:)/],
    ['aborts', 'abort', /(?:)/],
    // Tried again, since on a loaded machine a launcher may drop what it has not forwarded yet.
  ])('ends all processes, with an error, if one %s', { retry: 3 }, async (_, task, message) => {
    const { code, errors } = await mpiexec(launcher, 2, program, [task])
    expect(code).not.toBe(0)
    expect(errors).toMatch(message)
  })

  it('refuses a root that is no rank', async () => {
    const { lines } = await mpiexec(launcher, 2, program, ['root'])
    expect(lines).toEqual(Array(2).fill('broadcast: root must be a rank from 0 to 1, not 2'))
  })

  it('refuses a library that is none of MPI, or is not there', async () => {
    const { code, errors } = await mpiexec(launcher, 1, program, ['library', 'libm.so.6'])
    expect(errors).toContain('libm.so.6 is no MPI library that is known here')
    expect(code).not.toBe(0)
    const none = await mpiexec(launcher, 1, program, ['library', 'libnothing.so'])
    expect(none.errors).toContain('libnothing.so cannot be loaded')
  })
})

describe.runIf(launchers.length > 1)('connect, with the library of another MPI', () => {
  it('says that launcher and library do not belong together', async () => {
    const program = await bundle(`
      import { connect } from './index.ts'
      connect({ library: process.argv[2] })
    `)
    try {
      const [openMpi, mpich] = launchers
      const outcome = await mpiexec(openMpi, 2, program, ['libmpich.so.12'])
      expect(outcome.errors).toContain('mpiexec and library must be of the same MPI')
      expect(outcome.code).not.toBe(0)
      expect(mpich.name).toBe('MPICH')
    } finally {
      program.remove()
    }
  })
})

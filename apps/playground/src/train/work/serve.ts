import { DataError } from '@gosa/datasets'
import { tensor } from '@gosa/linalg'
import { decodeModel } from '@gosa/training'
import type { Failing, Request } from '../protocol.ts'
import { DEFAULT_SETTINGS, sameRun, type TrainSettings } from '../settings.ts'
import { createDroppedFiles } from './dropped-files.ts'
import { generatedImages, type Images } from './images.ts'
import type { Port } from './port.ts'
import { createSession, type Session } from './session.ts'
import { takeSteps } from './take-steps.ts'

/** What a preparation ends with that is not wanted any more. */
const NOT_WANTED = new Error('something else is wanted')

type Asked<Type extends Request['type']> = Extract<Request, { type: Type }>

/** Answers requests; what runs long listens to those that come meanwhile. */
export function createServer(port: Port): (request: Request) => Promise<void> {
  const readDropped = createDroppedFiles()
  let files: Images | undefined
  let digits: Images | undefined
  let session: Session | undefined
  let preparing = Promise.resolve(true)
  /** Counts what makes another network or a pause, so that what takes long can be given up for it. */
  let wishes = 0
  /** Whether steps are being taken, whether they are to be, and up to which iteration. */
  let [running, wanted, target] = [false, false, 0]

  const failed = (at: Failing, error: unknown, name?: string) => {
    const code = error instanceof DataError ? error.code : undefined
    if (error !== NOT_WANTED) port.tell({ type: 'failed', at, code, name, message: (error as Error).message })
  }
  const tellStopped = (why: 'paused' | 'done' | 'diverged') =>
    port.tell({ type: 'stopped', iteration: session?.training.iteration ?? 0, why })

  function tellWeights(of: Session): void {
    const weights = of.weights()
    port.tell({ type: 'weights', weights }, [weights.levels.buffer])
  }

  async function tellMeasured(of: Session): Promise<void> {
    const measured = await of.measure()
    if (of !== session) return
    port.tell({ type: 'measured', measured })
    tellWeights(of)
  }

  async function begin(next: Session): Promise<void> {
    session = next
    const { settings, images, sizes, loaded } = next
    port.tell({ type: 'ready', settings, images: images.info, sizes, loaded })
    await tellMeasured(next)
  }

  /** Rejects with `NOT_WANTED` where a later wish came meanwhile. */
  async function imagesFor({ data, trainSize }: TrainSettings): Promise<Images> {
    const wish = ++wishes
    if (data === 'files' && files) return files
    if (digits?.info.trainCount === trainSize) return digits
    digits = await generatedImages(trainSize, async (drawn, total) => {
      port.tell({ type: 'drawing', drawn, total })
      await port.breathe()
      if (wish !== wishes) throw NOT_WANTED
    })
    return digits
  }

  /** Makes a network unless there is that of the same settings; answers whether there is one now. */
  async function prepare({ settings, anew }: Asked<'prepare'>): Promise<boolean> {
    const usable = settings.data === 'files' && !files ? { ...settings, data: 'digits' as const } : settings
    if (session && !anew && sameRun(session.settings, usable)) return true
    try {
      await begin(createSession(usable, await imagesFor(usable)))
      return true
    } catch (error) {
      failed('prepare', error)
      if (!running) tellStopped('paused')
      return false
    }
  }

  async function load({ name, bytes }: Asked<'load'>): Promise<void> {
    try {
      const network = decodeModel(bytes)
      checkFits(network.sizes)
      wanted = false
      const settings = session?.settings ?? DEFAULT_SETTINGS
      await begin(createSession(settings, await imagesFor(settings), { network, name }))
    } catch (error) {
      failed('load', error, name)
    }
  }

  async function run({ iterations }: Asked<'run'>): Promise<void> {
    const wish = wishes
    if (!(await preparing)) return
    if (wish !== wishes) return tellStopped('paused')
    ;[wanted, target] = [true, iterations]
    if (running) return
    running = true
    // Another network may take the place of the one that is running, and steps may be wanted again while it is measured.
    while (session && wanted) {
      const of = session
      const why = await takeSteps(of, courseOf(of))
      if (of !== session) continue
      wanted = false
      if (why !== 'diverged') await tellMeasured(of)
      if (of === session) tellStopped(why)
    }
    running = false
  }

  const courseOf = (of: Session) => ({
    port,
    target: () => target,
    goesOn: () => of === session && wanted,
    tellMeasured: () => tellMeasured(of),
    tellWeights: () => tellWeights(of),
  })

  async function step(): Promise<void> {
    if (!(await preparing) || running || !session) return
    const loss = session.training.step()
    const { iteration } = session.training
    if (!Number.isFinite(loss)) return tellStopped('diverged')
    port.tell({ type: 'progress', iteration, losses: [[iteration, loss]], samplesPerSecond: 0 })
    await tellMeasured(session)
    tellStopped('paused')
  }

  async function takeFiles(request: Asked<'files'>): Promise<void> {
    try {
      files = await readDropped(request.files)
      port.tell({ type: 'files', images: files.info })
    } catch (error) {
      failed('files', error)
    }
  }

  function save(): void {
    const bytes = session?.encoded()
    if (bytes)
      port.tell({ type: 'saved', bytes, iteration: session?.training.iteration ?? 0 }, [bytes.buffer])
  }

  function predict({ id, image }: Asked<'predict'>): void {
    const probabilities = session?.predict(tensor(image, { shape: [784] })) ?? new Float32Array(0)
    port.tell({ type: 'predicted', id, probabilities, iteration: session?.training.iteration ?? 0 })
  }

  return async (request) => {
    switch (request.type) {
      case 'prepare':
        if (request.anew) wanted = false
        preparing = prepare(request)
        await preparing
        return
      case 'pause':
        wanted = false
        wishes++
        return
      case 'run':
        return run(request)
      case 'step':
        return step()
      case 'load':
        return load(request)
      case 'files':
        return takeFiles(request)
      case 'save':
        return save()
      case 'predict':
        return predict(request)
    }
  }
}

/** Throws a `RangeError` unless a network is one for images of digits. */
function checkFits(sizes: readonly number[]): void {
  if (sizes[0] === 784 && sizes[sizes.length - 1] === 10) return
  throw new RangeError(`it is ${sizes.join('-')}, but this page takes networks of 784 inputs and 10 classes`)
}
